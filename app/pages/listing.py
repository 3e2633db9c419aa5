"""The list: every company as a row, the filter beside it, and what it left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.dependencies import Listed, Snap
from app.errors import FieldProblem, Suggestion
from app.links import company_url, list_url
from app.pages import wording
from app.pages.cells import WORKED_OUT
from app.pages.columns import columns
from app.pages.form import as_typed, make_form
from app.pages.formatting import count_of
from app.pages.rendering import Pages
from app.pages.rows import BARRED, RowMaker
from app.pages.totals import stats
from app.profiles.filter import CompanyFilter, Typed
from app.store.listing import Counts, Page, count_companies, count_industries, find_page
from app.store.profiles import answered_companies, closest_names
from app.store.snapshot import Snapshot
from app.store.summary import summarise

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Return:
    """A chip of the page without hits: what its removal would bring back."""

    chip: wording.Chip
    count: int


@router.get("/", response_class=HTMLResponse)
def show_list(snapshot: Snap, asked: Listed, pages: Pages) -> HTMLResponse:
    counts = count_companies(snapshot, asked.filter)
    page = find_page(snapshot, asked.filter, asked.cursor)
    view = ListPage(snapshot, asked.filter, counts)
    if not counts.shown(asked.filter):
        return pages.page(
            "empty", snapshot.edition, here="/", search=asked.filter.q, **view.nothing()
        )
    return pages.page(
        "list", snapshot.edition, here="/", search=asked.filter.q, **view.something(page)
    )


def refused_list(
    snapshot: Snapshot, typed: Typed, problems: Sequence[FieldProblem], pages: Pages
) -> HTMLResponse:
    """The list's page for a query that cannot be read: the form as typed, and what is accepted."""
    nothing = CompanyFilter()
    form = make_form(
        typed, nothing, snapshot.edition, count_industries(snapshot, nothing), problems
    )
    return pages.page("refused", snapshot.edition, here="/", status=422, search=form.q, form=form)


class ListPage:
    """What the list's templates print, for one filter."""

    def __init__(self, snapshot: Snapshot, asked: CompanyFilter, counts: Counts) -> None:
        self.snapshot, self.edition = snapshot, snapshot.edition
        self.asked, self.counts = asked, counts

    def something(self, page: Page) -> dict[str, Any]:
        """The page with rows."""
        asked, counts = self.asked, self.counts
        summaries = {key: summarise(self.snapshot, asked, key) for key in (*BARRED, "founded")}
        found = answered_companies(self.snapshot, page.lines)
        hidden = counts.unknown if not asked.unknown else 0
        return self._frame() | {
            "found_count": f"{counts.shown(asked):,}",
            "worked_out": WORKED_OUT,
            "stats": tuple(stats(summaries, self.edition)),
            "columns": columns(asked),
            "groups": tuple(RowMaker(asked, self.edition, summaries).groups(found, counts)),
            "next": list_url(asked, page.next) if page.next else None,
            "prev": list_url(asked, page.prev) if page.prev else None,
            "missing": wording.missing_words(counts) if counts.unknown else "",
            "show_missing": list_url(asked.but(unknown=True)) if hidden else None,
            "hidden_maybe": counts.maybe if not asked.maybe else 0,
            "show_maybe": list_url(asked.but(maybe=True)),
        }

    def nothing(self) -> dict[str, Any]:
        """The page without hits: what each filter keeps away, and the closest names."""
        asked = self.asked
        found = tuple(
            Return(chip, count_companies(self.snapshot, chip.without).shown(chip.without))
            for chip in wording.chips(asked, self.edition)
        )
        near: tuple[Suggestion, ...] = closest_names(self.snapshot, asked.q) if asked.q else ()
        return self._frame() | {
            "returns": found,
            "closest": tuple((company_url(one.slug), one.name) for one in near),
            "missing": wording.missing_words(self.counts) if self.counts.unknown else "",
            "show_missing": list_url(asked.but(unknown=True)) if self.counts.unknown else None,
            "all": count_of(self.counts.total, "company", "companies"),
        }

    def _frame(self) -> dict[str, Any]:
        asked, edition = self.asked, self.edition
        options = count_industries(self.snapshot, asked)
        return {
            "title": wording.title(asked, edition),
            "found": wording.found_words(self.counts, asked),
            "chips": wording.chips(asked, edition),
            "form": make_form(as_typed(asked), asked, edition, options, ()),
            "csv": list_url(asked, path="/companies.csv"),
            "figures_csv": list_url(asked, path="/figures.csv"),
            "json": list_url(asked, path="/companies.json"),
        }
