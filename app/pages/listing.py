"""The list: every company as a row, the filter beside it, and what it left out."""

from collections.abc import Callable, Iterator, Sequence
from time import monotonic
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from msgspec import Struct

from ..api.exports import CSV, EXCEL, EXPORTS, JSON, Export
from ..errors import FieldProblem, Suggestion
from ..links import company_url, list_url, with_query
from ..profiles.company import Company
from ..profiles.facets import FACETS
from ..profiles.filter import RANGES, CompanyFilter, Typed
from ..profiles.results import Counts, Page
from ..store.aggregates import count_options, frequent_values
from ..store.listing import count_companies, find_page
from ..store.profiles import answered_companies, closest_names, get_companies
from ..store.summary import summarise
from ..store.versions import Snapshot
from ..web.dependencies import PageList, Snap
from . import wording
from .cells import WORKED_OUT
from .charted import Choice
from .citing import cited_sources
from .columns import chooser, columns
from .form import Facets, as_typed, make_form
from .formatting import count_of
from .histograms import histograms
from .rankings import FEW, Ranking, ranked, ranking
from .rendering import Link, PageMaker, Pages
from .rows import RowMaker
from .scatter_views import ScatterView
from .scatters import chart_url, scatter_view
from .totals import SPANNED, SUMMARISED, stats

router = APIRouter(include_in_schema=False)
ROOMY = 12
"""Rows up to which the table is set wide; more stand closer together."""
MOST_DRAWN = 10_000
"""Companies of a narrowed list whose scatter stands with it; that of more is a page of its own."""
PATIENCE = 2.0
"""Seconds after which a page is sent without what is drawn for the eye and not drawn yet; rows and
numbers are never left out.
"""
BUTTONS = (CSV, EXCEL, JSON)
"""Files of the companies that have a button; the others are named below the list."""


class Return(Struct, frozen=True, gc=False):
    """A chip of the page without hits: what its removal would bring back."""

    chip: wording.Chip
    count: int

    @property
    def counted(self) -> str:
        """The count as it is printed."""
        return f"{self.count:,}"


@router.get("/", response_class=HTMLResponse)
def show_list(snapshot: Snap, asked: PageList, pages: Pages) -> HTMLResponse:
    counts = count_companies(snapshot, asked.filter)
    view = ListPage(snapshot, asked.filter, counts)
    found = counts.shown(asked.filter) > 0
    frame = view.frame()
    shown = view.something(find_page(snapshot, asked.filter, asked.cursor)) if found else {}
    answer = pages.page(
        "list",
        snapshot.version,
        here="/",
        search=asked.filter.q,
        within=[pair for pair in asked.filter.query() if pair[0] != "q"],
        canonical=list_url(asked.filter.without_display, asked.cursor),
        left_out=view.left_out and f"took longer than {PATIENCE:g} seconds",
        **frame,
        **(shown or view.nothing()),
    )
    if view.left_out:
        answer.headers["Cache-Control"] = "no-store"  # The next time there may be time for all.
    return answer


def refused_list(
    snapshot: Snapshot, typed: Typed, problems: Sequence[FieldProblem], pages: PageMaker
) -> HTMLResponse:
    """The list's page for a query that cannot be read: the form as typed, and what is accepted."""
    nothing = CompanyFilter(currency=snapshot.version.chosen)
    form = make_form(typed, nothing, snapshot.version, _facets(snapshot, nothing), problems)
    return pages.page(
        "list",
        snapshot.version,
        here="/",
        status=422,
        search=form.q,
        title="That cannot be searched for",
        kind="refused",
        found="Nothing was filtered: something typed cannot be read",
        stats=(),
        chips=(),
        links=(),
        left_out="",
        form=form,
    )


def _always() -> bool:
    return True


def _facets(
    snapshot: Snapshot, asked: CompanyFilter, in_time: Callable[[], bool] = _always
) -> Facets:
    """What stands beside the fields of the form; its histograms as long as there is time."""
    often = ranked(snapshot.version)
    fields = [field for field in asked.fields if field in RANGES or field in often]
    drawn = {field: histograms(snapshot, asked, field) for field in fields if in_time()}
    return Facets(
        {facet.key: count_options(snapshot, asked, facet.key) for facet in FACETS},
        {facet.key: frequent_values(snapshot, facet.key) for facet in FACETS},
        drawn,
    )


class ListPage:
    """What the list's templates print, for one filter."""

    def __init__(self, snapshot: Snapshot, asked: CompanyFilter, counts: Counts) -> None:
        self.snapshot, self.version = snapshot, snapshot.version
        self.asked, self.counts = asked, counts
        self.until, self.left_out = monotonic() + PATIENCE, False
        self.summaries = summarise(snapshot, asked, SUMMARISED, SPANNED)

    def something(self, page: Page) -> dict[str, Any]:
        """The page with rows."""
        asked, counts = self.asked, self.counts
        found = answered_companies(self.snapshot, page.lines, asked.period)
        hidden = counts.unknown if not asked.unknown else 0
        name, *shown = columns(asked, self.version.catalogue)
        maker = RowMaker(asked, self.snapshot, self.summaries, found, shown)
        return {
            "kind": "rows",
            "worked_out": WORKED_OUT,
            "columns": (name, *shown),
            "chooser": chooser(asked, self.version.catalogue),
            "groups": tuple(maker.groups(counts)),
            "dense": len(found) > ROOMY,
            "kept": self._kept([company.slug for _, company in found]),
            "next": list_url(asked, page.next) if page.next else None,
            "prev": list_url(asked, page.prev) if page.prev else None,
            "missing": wording.missing_words(counts, asked) if counts.unknown else "",
            "show_missing": list_url(asked.replace(unknown=True)) if hidden else None,
            "hidden_maybe": counts.maybe if not asked.maybe else 0,
            "show_maybe": list_url(asked.replace(maybe=True)),
            "scatter": self._scatter(),
            "rankings": tuple(self._rankings()),
            "charts": chart_url(asked, Choice()),
            "more_charts": (
                f"The scatter and more charts of these {counts.shown(asked):,} companies"
                if self._apart or self.left_out
                else "More charts of these companies"
            ),
            "sources": cited_sources(
                (figure for _, company in found for figure in company.figures), self.version
            ),
        }

    def _in_time(self) -> bool:
        """Whether there is still time to draw something; what is not drawn then is told of."""
        in_time = monotonic() < self.until
        self.left_out |= not in_time
        return in_time

    @property
    def _apart(self) -> bool:
        """Whether the scatter stands elsewhere, since for each filter it is counted anew."""
        return self.asked.is_active and self.counts.shown(self.asked) > MOST_DRAWN

    def _scatter(self) -> ScatterView | None:
        if self._apart or not self._in_time():
            return None
        return scatter_view(self.snapshot, self.asked, self.counts.shown(self.asked), Choice())

    def _rankings(self) -> Iterator[Ranking]:
        for key in ("revenue", "revenue_per_employee"):
            if self._in_time() and (found := ranking(self.snapshot, self.asked, key, FEW)):
                yield found

    def _kept(self, listed: Sequence[str]) -> tuple[Company, ...]:
        """The ticked companies that are on another page, or that the filter leaves out."""
        away = [slug for slug in self.asked.chosen if slug not in listed]
        return get_companies(self.snapshot, away) if away else ()

    def nothing(self) -> dict[str, Any]:
        """The page without hits: what each filter keeps away, and the closest names."""
        asked = self.asked
        found = tuple(
            Return(chip, count_companies(self.snapshot, chip.without).shown(chip.without))
            for chip in wording.chips(asked, self.version)
        )
        near: tuple[Suggestion, ...] = closest_names(self.snapshot, asked.q) if asked.q else ()
        return {
            "kind": "nothing",
            "kept": self._kept(()),
            "returns": found,
            "closest": tuple((company_url(one.slug), one.name) for one in near),
            "missing": wording.missing_words(self.counts, asked) if self.counts.unknown else "",
            "show_missing": list_url(asked.replace(unknown=True)) if self.counts.unknown else None,
            "all": count_of(self.counts.total, "company", "companies"),
        }

    def frame(self) -> dict[str, Any]:
        """What the page holds with and without hits."""
        asked, version = self.asked, self.version
        facets = _facets(self.snapshot, asked, self._in_time)
        return {
            "title": wording.title(asked, version),
            "found": wording.found_words(self.counts, asked),
            "stats": tuple(stats(self.counts.shown(asked), self.summaries, version)),
            "chips": wording.chips(asked, version),
            "form": make_form(as_typed(asked), asked, version, facets, ()),
            **file_links(asked.without_display),
        }


def file_links(question: CompanyFilter) -> dict[str, tuple[Link, ...]]:
    """The files of a list that can be written here: those on buttons, and the others by name."""
    query = question.query()

    def link(export: Export, label: str) -> Link:
        return Link(with_query(f"/{export.name}", query), label)

    offered = [export for export in EXPORTS if export.offered]
    companies = [one for one in offered if one.stem == "companies"]
    buttons = [one for one in companies if one.format in BUTTONS]
    return {
        "links": tuple(link(one, one.format.label) for one in buttons),
        "more_files": tuple(link(one, one.name) for one in companies if one not in buttons),
        "figure_files": tuple(
            link(one, "one CSV" if one.format is CSV else one.name)
            for one in offered
            if one.stem == "figures"
        ),
    }
