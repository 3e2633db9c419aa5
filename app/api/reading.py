"""What each JSON address answers, as values: the routes, the files and the page /api share it."""

from collections.abc import Iterable, Iterator, Mapping

from ..errors import FieldProblem, InvalidQuery
from ..links import list_url
from ..profiles.company import Company
from ..profiles.filter import CompanyFilter
from ..profiles.results import Line
from ..store.listing import count_companies, every_line, find_page
from ..store.profiles import (
    answered_companies,
    count_figures,
    current_slug,
    get_company,
    get_every_company,
    known_slugs,
)
from ..store.versions import Snapshot
from ..web.dependencies import ListRequest
from .views import (
    CompaniesView,
    CompanyView,
    ItemView,
    ListView,
    MeasuresView,
    SourcesView,
    company_view,
    item_view,
    list_view,
    measure_view,
    source_view,
)

MIN_COMPARED = 2


def _items(snapshot: Snapshot, lines: tuple[Line, ...], period: int | None) -> list[ItemView]:
    version = snapshot.version
    found = answered_companies(snapshot, lines, period)
    return [
        item_view(company, answer, version.catalogue, version.prefer) for answer, company in found
    ]


def read_page(snapshot: Snapshot, asked: ListRequest, path: str) -> ListView:
    """One page of the list; `next` and `prev` lead to its neighbours under `path`."""
    page = find_page(snapshot, asked.filter, asked.cursor)
    urls = [
        list_url(asked.filter, cursor, path) if cursor else None
        for cursor in (page.next, page.prev)
    ]
    counts = count_companies(snapshot, asked.filter)
    return list_view(counts, _items(snapshot, page.lines, asked.filter.period), *urls)


def read_all(snapshot: Snapshot, asked: CompanyFilter) -> tuple[ListView, Iterator[ItemView]]:
    """The whole list: its counts without any item, and the items one after another."""
    items = (
        item
        for lines in every_line(snapshot, asked)
        for item in _items(snapshot, lines, asked.period)
    )
    return list_view(count_companies(snapshot, asked), (), None, None), items


def read_company(snapshot: Snapshot, slug: str) -> CompanyView:
    """One company. Raises CompanyMoved and CompanyNotFound."""
    version = snapshot.version
    return company_view(get_company(snapshot, slug), version.catalogue, version.prefer)


def present_slugs(snapshot: Snapshot, slugs: Iterable[str]) -> Mapping[str, str]:
    """Of each slug that a company has or had, the one under which it is found now."""
    asked = tuple(slugs)
    known = known_slugs(snapshot, asked)
    found = {slug: slug if slug in known else current_slug(snapshot, slug) for slug in asked}
    return {slug: present for slug, present in found.items() if present}


def read_compared(
    snapshot: Snapshot, slugs: tuple[str, ...], year: int | None
) -> tuple[Company, ...]:
    """The companies to compare, each once; a former slug leads to its company. With a year they
    have just the figures of it, and those that are the same in every year.

    Raises InvalidQuery for fewer than make a comparison, CompanyNotFound for one missing.
    """
    found = present_slugs(snapshot, slugs)
    present = tuple(dict.fromkeys(found.get(slug, slug) for slug in slugs))
    if len(present) < MIN_COMPARED:
        accepted = "2 to 8 companies, as c=huawei&c=zte"
        raise InvalidQuery([FieldProblem("c", ", ".join(slugs), accepted)])
    companies = get_every_company(snapshot, present)
    return tuple(one.in_year(year) for one in companies) if year else companies


def read_comparison(snapshot: Snapshot, slugs: tuple[str, ...], year: int | None) -> CompaniesView:
    """Companies side by side, with all figures or those of a year.

    Raises InvalidQuery for fewer than 2, CompanyNotFound.
    """
    version = snapshot.version
    companies = read_compared(snapshot, slugs, year)
    return CompaniesView(
        items=tuple(company_view(one, version.catalogue, version.prefer) for one in companies)
    )


def read_measures(snapshot: Snapshot) -> MeasuresView:
    """Every measure."""
    catalogue = snapshot.version.catalogue
    return MeasuresView(items=tuple(measure_view(one, catalogue) for one in catalogue))


def read_sources(snapshot: Snapshot) -> SourcesView:
    """Every source, in the order of the data set."""
    resting = count_figures(snapshot)
    return SourcesView(
        items=tuple(source_view(s, resting.get(s.id, (0, 0))) for s in snapshot.version.sources)
    )
