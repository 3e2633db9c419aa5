"""The comparison: companies side by side, ranked or measured against one of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from msgspec import Struct

from ..api.reading import present_slugs
from ..errors import Suggestion
from ..links import company_url, compare_url
from ..profiles.company import Company
from ..profiles.search import fold
from ..profiles.version import Version
from ..store.profiles import closest_names, get_companies, name_companies
from ..store.versions import Snapshot
from ..web.dependencies import MAX_COMPARED, Slugs, Snap, Year
from .citing import cite_page, cited_sources, listed
from .compare_lines import line_charts
from .compare_rows import gaps, rows
from .comparison import Comparison
from .form import currency_choices, period_choices
from .rendering import Pages

router = APIRouter(include_in_schema=False)
MENU = 300
"""Companies offered in a menu; a longer list is picked from the list itself."""


class Chosen(Struct, frozen=True, gc=False):
    """The companies of a comparison as its addresses name them, and the reference among them.

    `period` is the year whose figures are compared, or None for the latest of each; amounts are in
    `currency`, or as stated where it is blank.
    """

    slugs: tuple[str, ...]
    ref: str | None
    period: int | None = None
    currency: str = ""

    def _url(self, slugs: Iterable[str], ref: str | None = None, path: str = "/compare") -> str:
        return compare_url(slugs, path, ref, self.period, self.currency)

    @property
    def url(self) -> str:
        """This very comparison."""
        return self._url(self.slugs, self.ref)

    def file(self, ending: str) -> str:
        """The same figures of the same companies as a file."""
        return self._url(self.slugs, path=f"/compare{ending}")

    def without(self, slug: str) -> str:
        """The comparison of the others; without its reference it has none."""
        return self._url((one for one in self.slugs if one != slug), self.ref)

    def with_one(self, slug: str) -> str:
        """The comparison with one company more."""
        return self._url((*self.slugs, slug), self.ref)

    def against(self, slug: str | None) -> str:
        """The same companies against another reference, or against none."""
        return self._url(self.slugs, slug)


class Head(Struct, frozen=True, gc=False):
    """A company's column: its profile, the comparison without it, and against it.

    Where the company is the reference already, `refer` leads to the comparison against none.
    """

    slug: str
    name: str
    initial: str
    href: str
    without: str
    reference: bool
    refer: str


class Skipped(Struct, frozen=True, gc=False):
    """A slug that nobody has, and the closest names with the comparison that takes one instead."""

    slug: str
    closest: tuple[tuple[str, str], ...]


@router.get("/compare", response_class=HTMLResponse)
def show_comparison(
    snapshot: Snap, slugs: Slugs, pages: Pages, year: Year, ref: str = ""
) -> HTMLResponse:
    present = _present(snapshot, slugs)
    companies = get_companies(snapshot, present)
    chosen = _chosen(snapshot, companies, ref, year)
    skipped = [slug for slug in present if slug not in chosen.slugs]
    view: dict[str, Any] = {
        "heads": [_head(company, chosen) for company in companies],
        "ref": chosen.ref,
        "period": year,
        "currency": chosen.currency,
        "skipped": [_skipped(snapshot, slug, chosen) for slug in skipped],
        "choices": _choices(snapshot, chosen),
        "many": snapshot.version.companies > MENU,
        "full": len(companies) >= MAX_COMPARED,
    }
    if len(companies) < 2:
        return pages.page("picker", snapshot.version, here="/compare", **view)
    view |= _parts(_comparison(companies, snapshot.version, chosen, pages.origin), chosen)
    canonical = compare_url(chosen.slugs)
    return pages.page("compare", snapshot.version, here="/compare", canonical=canonical, **view)


def _comparison(
    companies: tuple[Company, ...], version: Version, chosen: Chosen, origin: str
) -> Comparison:
    """The companies with the figures that are compared: those of a year, or all."""
    year = chosen.period
    seen = tuple(one.in_year(year) for one in companies) if year else companies
    reference = next((one for one in seen if one.slug == chosen.ref), None)
    return Comparison(seen, version, reference, origin, whole=companies)


def _present(snapshot: Snapshot, typed: Sequence[str]) -> tuple[str, ...]:
    """The slugs that are meant: a former one leads to its company, a name is read as a slug."""
    slugs = {one: "-".join(fold(one).split()) for one in typed}
    present = present_slugs(snapshot, slugs.values())
    return tuple(dict.fromkeys(present.get(slug, one) for one, slug in slugs.items()))


def _chosen(snapshot: Snapshot, companies: Sequence[Company], ref: str, year: int | None) -> Chosen:
    """The companies found; a reference that is not one of them is none."""
    slugs = tuple(company.slug for company in companies)
    (meant,) = _present(snapshot, [ref]) if ref.strip() else ("",)
    return Chosen(slugs, meant if meant in slugs else None, year, snapshot.version.chosen)


def _parts(comparison: Comparison, chosen: Chosen) -> dict[str, Any]:
    """What the comparison's template prints beside its heads and forms."""
    companies, version = comparison.companies, comparison.version
    names = listed([company.name for company in companies])
    reference = comparison.reference.name if comparison.reference else ""
    of_year = f", figures of {chosen.period}" if chosen.period else ""
    of_year += f", amounts in {chosen.currency}" if chosen.currency else ""
    against = f"{of_year}, measured against {reference}" if reference else of_year
    compared = tuple(rows(comparison))
    figures = [
        figure for measure in comparison.measures for figure in comparison.headlines(measure)
    ]
    told = (one for row in compared for cell in row.cells for one in cell.agreement)
    figures += (figure for one in told for figure in one.figures)
    return {
        "names": names,
        "against": against,
        "rows": compared,
        "lines": line_charts(comparison),
        "periods": period_choices(version, str(chosen.period or "")),
        "currencies": currency_choices(version),
        "gaps": tuple(gaps(companies)),
        "sources": cited_sources(figures, version),
        "citation": cite_page(
            f"Comparison of {names}{against}", version, comparison.origin + chosen.url
        ),
        "csv": chosen.file(".csv"),
        "json": chosen.file(".json"),
    }


def _head(company: Company, chosen: Chosen) -> Head:
    slug, is_reference = company.slug, company.slug == chosen.ref
    return Head(
        slug,
        company.name,
        company.name[:1],
        company_url(slug, chosen.currency),
        chosen.without(slug),
        is_reference,
        chosen.against(None if is_reference else slug),
    )


def _skipped(snapshot: Snapshot, slug: str, chosen: Chosen) -> Skipped:
    near = closest_names(snapshot, slug.replace("-", " "))
    fresh = [one for one in near if one.slug not in chosen.slugs]
    return Skipped(slug, tuple((one.name, chosen.with_one(one.slug)) for one in fresh))


def _choices(snapshot: Snapshot, chosen: Chosen) -> list[Suggestion]:
    if snapshot.version.companies > MENU:
        return []
    offered = [one for one in name_companies(snapshot, MENU) if one.slug not in chosen.slugs]
    return sorted(offered, key=lambda one: (one.name.casefold(), one.slug))
