"""The list: every company as a row, the filter beside it, and what it left out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.dependencies import Asked, Listed, Snap
from app.errors import FieldProblem, Suggestion
from app.links import company_url, list_url
from app.pages import wording
from app.pages.cells import WORKED_OUT, Bar, Cell, make_bar, make_cell, note_url, scale_end
from app.pages.formatting import count_of, write_interval
from app.pages.rendering import Pages
from app.profiles.amounts import accepted
from app.profiles.answer import Answer, answer, best_of
from app.profiles.company import Company
from app.profiles.figure import Figure
from app.profiles.filter import (
    DEFAULT_SORT,
    RANGES,
    RD_SHARE,
    CompanyFilter,
    Typed,
)
from app.profiles.measures import RD_SHARES, Kind
from app.store.listing import (
    Counts,
    Option,
    Page,
    count_companies,
    count_industries,
    find_page,
)
from app.store.profiles import closest_names, get_companies
from app.store.snapshot import Edition, Snapshot
from app.store.summary import Summary, summarise

router = APIRouter(include_in_schema=False)
BARRED = ("revenue", "employees")
"""The columns with in-cell bars; each has one zero and one scale."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its header sorts by `sort`, where it can."""

    key: str
    label: str
    sorts: tuple["Sort", ...]
    classes: str = ""
    help: str | None = None


@dataclass(frozen=True, slots=True)
class Sort:
    """A link in a header: `aria` is the order in force, or blank."""

    label: str
    href: str
    aria: str


@dataclass(frozen=True, slots=True)
class ListedCell:
    """A figure in a row; its mark leads to the note on the profile."""

    cell: Cell
    href: str
    bar: Bar | None = None
    basis: str | None = None
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that stands in for one not stated, with what it counts."""

    shown: ListedCell
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """One company of the list. `why` tells what makes it a maybe, or unknown."""

    slug: str
    name: str
    href: str
    detail: str
    cells: Mapping[str, ListedCell]
    shares: tuple[ListedCell, ...]
    beside: Beside | None
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one answer under their heading; the sure ones have none."""

    answer: str
    heading: str | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Stat:
    """A number over all companies found, with who states it."""

    label: str
    seen: str
    spoken: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RangeField:
    """The two text fields of a range, as typed, with what is wrong about them."""

    name: str
    label: str
    sign: str
    unit: str
    low: str
    high: str
    hint: str
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be ticked or picked, with its count where it has one."""

    value: str
    label: str
    chosen: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """The filter form, as typed."""

    q: str
    ranges: tuple[RangeField, ...]
    bases: tuple[Choice, ...]
    industries: tuple[Choice, ...]
    lacks: tuple[Choice, ...]
    unknown: bool
    hide_maybe: bool
    sort: str
    size: str
    active: int
    problems: tuple[FieldProblem, ...]


@dataclass(frozen=True, slots=True)
class Return:
    """A chip of the page without hits: what its removal would bring back."""

    chip: wording.Chip
    count: int


@router.get("/", response_class=HTMLResponse)
def show_list(snapshot: Snap, asked: Listed, pages: Pages) -> HTMLResponse:
    counts = count_companies(snapshot, asked.filter)
    page = find_page(snapshot, asked.filter, asked.cursor)
    view = ListPage(snapshot, asked, counts)
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
    return pages.page("refused", snapshot.edition, here="/", status=422, form=form)


class ListPage:
    """What the list's templates print, for one filter."""

    def __init__(self, snapshot: Snapshot, asked: Asked, counts: Counts) -> None:
        self.snapshot, self.edition = snapshot, snapshot.edition
        self.asked, self.counts = asked.filter, counts
        self.paged = asked.cursor is not None

    def something(self, page: Page) -> dict[str, Any]:
        """The page with rows."""
        asked, counts = self.asked, self.counts
        summaries = {key: summarise(self.snapshot, asked, key) for key in (*BARRED, "founded")}
        hidden = counts.unknown if not asked.unknown else 0
        return self._frame() | {
            "found_count": f"{counts.shown(asked):,}",
            "worked_out": WORKED_OUT,
            "stats": tuple(stats(summaries, self.edition)),
            "columns": columns(asked),
            "groups": tuple(self._groups(page, summaries)),
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
        typed = _typed(asked)
        options = count_industries(self.snapshot, asked)
        return {
            "title": wording.title(asked, edition),
            "found": wording.found_words(self.counts, asked),
            "chips": wording.chips(asked, edition),
            "form": make_form(typed, asked, edition, options, ()),
            "csv": list_url(asked, path="/companies.csv"),
            "figures_csv": list_url(asked, path="/figures.csv"),
            "json": list_url(asked, path="/companies.json"),
        }

    def _groups(self, page: Page, summaries: Mapping[str, Summary]) -> Iterator[Group]:
        companies = get_companies(self.snapshot, [line.slug for line in page.lines])
        rows = [
            (line.answer, self._row(company, line.answer, summaries))
            for line, company in zip(page.lines, companies, strict=True)
        ]
        headings = {
            Answer.YES: None,
            Answer.MAYBE: f"{count_of(self.counts.maybe, 'company', 'companies')} maybe: "
            "what is stated reaches into the range and beyond it",
            Answer.UNKNOWN: f"Without a figure: {wording.missing_words(self.counts)}",
        }
        for kind, heading in headings.items():
            if group := tuple(row for found, row in rows if found is kind):
                yield Group(kind.word, heading, group)

    def _row(self, company: Company, found: Answer, summaries: Mapping[str, Summary]) -> Row:
        founded = company.headline("founded").interval
        year = str(founded.exact) if founded and founded.exact else ""
        places = company.place or ""
        keys = ("revenue", "employees", "revenue_per_employee", "countries")
        cells = {key: self._cell(company, company.headline(key), summaries) for key in keys}
        return Row(
            slug=company.slug,
            name=company.name,
            href=company_url(company.slug),
            detail=" · ".join(filter(None, (year, places))),
            cells=cells,
            shares=tuple(self._shares(company, summaries)),
            beside=self._beside(company, summaries),
            why=self._why(company, found),
        )

    def _cell(
        self, company: Company, figure: Figure, summaries: Mapping[str, Summary]
    ) -> ListedCell:
        measure = self.edition.catalogue[figure.measure]
        cell = make_cell(figure, measure, company.name, self.edition, "")
        bar = None
        if figure.measure in BARRED and figure.currency in (None, self.edition.currency):
            one = summaries[figure.measure]
            end = scale_end(one.top, endless=one.endless) if one.top else None
            bar = make_bar(figure.interval, end)
        return ListedCell(cell, note_url(company.slug, measure.key), bar, measure.basis)

    def _shares(self, company: Company, summaries: Mapping[str, Summary]) -> Iterator[ListedCell]:
        """The R&D shares that are known, on the basis that answered first."""
        wanted = self.asked.rd_share
        asked = self.asked.measures_of(RD_SHARE)
        known = [figure for key in RD_SHARES.values() if (figure := company.headline(key)).known]
        answers = {figure.measure: answer(figure.interval, wanted) for figure in known}
        best = best_of(answers[key] for key in asked if key in answers)
        known.sort(key=lambda figure: answers[figure.measure] is not best)
        for figure in known:
            shown = self._cell(company, figure, summaries)
            is_best = figure.measure in asked and answers[figure.measure] is best
            yield ListedCell(
                shown.cell,
                shown.href,
                None,
                shown.basis,
                bool(wanted) and is_best and len(known) > 1,
            )

    def _beside(self, company: Company, summaries: Mapping[str, Summary]) -> Beside | None:
        """What else is stated of a company's reach where no count of countries is."""
        if company.headline("countries").known:
            return None
        for measure in self.edition.catalogue.own:
            if measure.beside == "countries" and company.headline(measure.key).known:
                cell = self._cell(company, company.headline(measure.key), summaries)
                return Beside(cell, measure.unit)
        return None

    def _why(self, company: Company, found: Answer) -> str:
        """The filters that a row meets only maybe, or leaves open, in words."""
        if found is Answer.YES:
            return ""
        named = [
            wording.field_name(self.asked, field)
            for field in RANGES
            if (wanted := self.asked.range(field))
            and best_of(
                answer(company.headline(key).interval, wanted)
                for key in self.asked.measures_of(field)
            )
            is found
        ]
        return f"{found.word}: {', '.join(named)}" if named else found.word


def stats(summaries: Mapping[str, Summary], edition: Edition) -> Iterator[Stat]:
    """Totals and medians over all companies found; with who states them."""
    for key, one in summaries.items():
        measure = edition.catalogue[key]
        of = f"{one.stating:,} of {one.companies:,} {'states' if one.stating == 1 else 'state'} it"
        if measure.kind is Kind.YEAR:
            years = {one.least, one.top} - {None}
            seen = "–".join(str(year) for year in sorted(filter(None, years))) or "—"
            yield Stat(measure.label, seen, seen if years else "not stated", of)
            continue
        if one.total is None or one.median is None:
            seen, spoken = ("—", "not stated") if not one.stating else ("too large", "too large")
            yield Stat(f"{measure.label}, total", seen, spoken, of)
            continue
        currency = edition.currency if measure.kind is Kind.MONEY else None
        total = write_interval(one.total, measure, currency)
        median = write_interval(one.median, measure, currency)
        detail = f"median {median.seen} · {of}"
        yield Stat(f"{measure.label}, total", total.seen, total.spoken, detail)


def columns(asked: CompanyFilter) -> tuple[Column, ...]:
    """The columns, with the links that sort by them."""
    help_text = "Revenue divided by employees. We work it out where the source does not state it."
    return (
        Column("name", "Company", (_sort(asked, "name", "Company"),)),
        Column("revenue", "Revenue", (_sort(asked, "revenue", "Revenue"),), "r"),
        Column("employees", "Employees", (_sort(asked, "employees", "Employees"),), "r"),
        Column(
            "revenue_per_employee",
            "Revenue per employee",
            (_sort(asked, "revenue_per_employee", "Revenue per employee"),),
            "r ph-h",
            help_text,
        ),
        Column(
            "rd_share",
            "R&D share",
            (
                _sort(asked, "rd_share_staff", "of employees"),
                _sort(asked, "rd_share_revenue", "of revenue"),
            ),
            "rdh",
        ),
        Column("countries", "Reach", (_sort(asked, "countries", "Reach"),)),
    )


def _sort(asked: CompanyFilter, key: str, label: str) -> Sort:
    """A link that sorts by a key, or turns the order round if it is sorted by it already."""
    if asked.sort_key == key:
        turned = key if asked.descending else f"-{key}"
        aria = "descending" if asked.descending else "ascending"
        return Sort(label, list_url(asked.but(sort=turned)), aria)
    first = key if key == "name" else f"-{key}"
    return Sort(label, list_url(asked.but(sort=first)), "")


def _typed(asked: CompanyFilter) -> Typed:
    typed: dict[str, list[str]] = {}
    for name, value in asked.query():
        typed.setdefault(name, []).append(value)
    return typed


def make_form(
    typed: Typed,
    asked: CompanyFilter,
    edition: Edition,
    industries: Sequence[Option],
    problems: Sequence[FieldProblem],
) -> Form:
    """The form with what was typed, and beside each field what is wrong with it."""

    def last(name: str) -> str:
        return (typed.get(name) or ("",))[-1]

    chosen = typed.get("industry", ())
    return Form(
        q=last("q"),
        ranges=tuple(_range_field(field, last, edition, problems) for field in RANGES),
        bases=tuple(
            Choice(value, label, last("rd_basis") == value)
            for value, label in (("", "either basis"), *wording.BASES.items())
        ),
        industries=tuple(
            Choice(one.value, one.value, one.value in chosen, one.count) for one in industries
        ),
        lacks=tuple(
            Choice(measure.key, measure.label, last("lacks") == measure.key)
            for measure in edition.catalogue
        ),
        unknown=last("unknown") == "1",
        hide_maybe=last("maybe") == "0",
        sort=last("sort") if last("sort") != DEFAULT_SORT else "",
        size=last("size"),
        active=len(wording.chips(asked, edition)),
        problems=tuple(problems),
    )


def _range_field(
    field: str, last: Callable[[str], str], edition: Edition, problems: Sequence[FieldProblem]
) -> RangeField:
    kind = RANGES[field]
    ends = {f"{field}_{end}": end for end in ("min", "max")}
    return RangeField(
        name=field,
        label=wording.NAMES[field],
        sign=edition.currency if kind is Kind.MONEY else "",
        unit="%" if kind is Kind.SHARE else "",
        low=last(f"{field}_min"),
        high=last(f"{field}_max"),
        hint=accepted(kind, edition.currency),
        problems={ends[one.field]: one.accepted for one in problems if one.field in ends},
    )
