"""The comparison: companies side by side, ranked only where the order is certain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.charts.ranked import Bar, bar_scale, make_bar
from app.dependencies import MAX_COMPARED, Slugs, Snap
from app.errors import Suggestion
from app.links import company_url, compare_url
from app.pages.cells import BAR_CLASSES, Cell, make_cell
from app.pages.rendering import Pages
from app.profiles.company import Company
from app.profiles.figure import Figure, State
from app.profiles.interval import Interval
from app.profiles.measures import BUILT_IN, Kind, Measure
from app.profiles.search import fold
from app.store.profiles import (
    closest_names,
    current_slug,
    get_companies,
    known_slugs,
    name_companies,
)
from app.store.snapshot import Edition, Snapshot

router = APIRouter(include_in_schema=False)
MENU = 300
"""Companies offered in a menu; a longer list is picked from the list itself."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One company's cell: its figure and its place in the row, in words."""

    company: str
    cell: Cell
    bar: Bar | None
    place: str
    highest: bool


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One measure over all companies. `same` if nothing differs."""

    label: str
    detail: str
    basis: str | None
    hue: str
    cells: tuple[Compared, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Head:
    """A company's column: its profile, and the comparison without it."""

    slug: str
    name: str
    initial: str
    href: str
    without: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What one company lacks."""

    name: str
    not_stated: tuple[str, ...]
    none_yet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A slug that nobody has, and the closest names with the comparison that takes one instead."""

    slug: str
    closest: tuple[tuple[str, str], ...]


@router.get("/compare", response_class=HTMLResponse)
def show_comparison(snapshot: Snap, slugs: Slugs, pages: Pages) -> HTMLResponse:
    present = _present(snapshot, slugs)
    companies = get_companies(snapshot, present)
    chosen = [company.slug for company in companies]
    view: dict[str, Any] = {
        "heads": [_head(company, chosen) for company in companies],
        "skipped": [_skipped(snapshot, slug, chosen) for slug in present if slug not in chosen],
        "choices": _choices(snapshot, chosen),
        "many": snapshot.edition.companies > MENU,
        "full": len(chosen) >= MAX_COMPARED,
    }
    if len(companies) < 2:
        return pages.page("picker", snapshot.edition, here="/compare", **view)
    return pages.page(
        "compare",
        snapshot.edition,
        here="/compare",
        rows=tuple(rows(companies, snapshot.edition)),
        gaps=tuple(gaps(companies)),
        csv=compare_url(chosen, "/compare.csv"),
        json=compare_url(chosen, "/compare.json"),
        **view,
    )


def _present(snapshot: Snapshot, typed: Sequence[str]) -> tuple[str, ...]:
    """The slugs that are meant: a former one leads to its company, a name is read as a slug."""
    slugs = {one: "-".join(fold(one).split()) for one in typed}
    known = known_slugs(snapshot, slugs.values())
    meant = (
        slug if slug in known else current_slug(snapshot, slug) or one
        for one, slug in slugs.items()
    )
    return tuple(dict.fromkeys(meant))


def _head(company: Company, chosen: Sequence[str]) -> Head:
    others = [slug for slug in chosen if slug != company.slug]
    href = company_url(company.slug)
    return Head(company.slug, company.name, company.name[:1], href, compare_url(others))


def _skipped(snapshot: Snapshot, slug: str, chosen: Sequence[str]) -> Skipped:
    near = closest_names(snapshot, slug.replace("-", " "))
    fresh = [one for one in near if one.slug not in chosen]
    return Skipped(slug, tuple((one.name, compare_url([*chosen, one.slug])) for one in fresh))


def _choices(snapshot: Snapshot, chosen: Sequence[str]) -> list[Suggestion]:
    if snapshot.edition.companies > MENU:
        return []
    offered = [one for one in name_companies(snapshot, MENU) if one.slug not in chosen]
    return sorted(offered, key=lambda one: (one.name.casefold(), one.slug))


def rows(companies: Sequence[Company], edition: Edition) -> Iterator[CompareRow]:
    """A row for every built-in measure, and for each of the data set's own that one states."""
    for measure in edition.catalogue:
        figures = [company.headline(measure.key) for company in companies]
        if measure in BUILT_IN or any(figure.state is not State.UNKNOWN for figure in figures):
            yield _row(measure, figures, companies, edition)


def _row(
    measure: Measure, figures: Sequence[Figure], companies: Sequence[Company], edition: Edition
) -> CompareRow:
    comparable = [_comparable(figure, figures) for figure in figures]
    top = bar_scale(comparable) if measure.kind is not Kind.YEAR else None
    highest = highest_of(comparable) if measure.kind is not Kind.YEAR else ()
    cells = tuple(
        Compared(
            company.name,
            make_cell(figure, measure, company.name, edition, f"note-{company.slug}-{measure.key}"),
            make_bar(interval, top),
            "" if measure.kind is Kind.YEAR else _place(index, figure, comparable, highest),
            index in highest,
        )
        for index, (figure, interval, company) in enumerate(
            zip(figures, comparable, companies, strict=True)
        )
    )
    same = len({(figure.state, figure.interval, figure.currency) for figure in figures}) == 1
    detail = _detail(figures) if measure.kind is not Kind.YEAR else ""
    hue = BAR_CLASSES.get(measure.key, "")
    return CompareRow(measure.label, detail, measure.basis, hue, cells, same)


def _comparable(figure: Figure, figures: Sequence[Figure]) -> Interval | None:
    """The interval, unless the row holds several currencies: then nothing in it is comparable."""
    currencies = {other.currency for other in figures if other.known}
    return figure.interval if len(currencies) < 2 else None


def highest_of(intervals: Sequence[Interval | None]) -> tuple[int, ...]:
    """Which values are certainly not below any other: each of its numbers reaches all of theirs.

    Empty where fewer than two are known, where none is certain, or where all are the same number.
    """
    known = [(index, one) for index, one in enumerate(intervals) if one is not None]
    if len(known) < 2 or len({one for _, one in known}) == 1:
        return ()
    return tuple(
        index
        for index, one in known
        if all(_reaches(one, other) for place, other in known if place != index)
    )


def _reaches(one: Interval, other: Interval) -> bool:
    return one.low is not None and other.high is not None and one.low >= other.high


def _place(
    index: int,
    figure: Figure,
    intervals: Sequence[Interval | None],
    highest: Sequence[int],
) -> str:
    """A value's place in its row, in words."""
    one = intervals[index]
    if one is None:
        return _absence(figure)
    if index in highest:
        return "highest" if len(highest) == 1 else "joint highest"
    known = [other for other in intervals if other]
    if len(known) == 1:
        return "the only one stated"
    if not highest:
        return "equal" if one.exact is not None and len(set(known)) == 1 else "order not certain"
    best = intervals[highest[0]]
    if best and best.exact and one.exact is not None:
        return f"{_percent(one.exact, best.exact)} of the highest"
    return "below the highest"


def _percent(value: int, highest: int) -> str:
    """A part in whole percent; what is no whole and not nothing is called neither."""
    percent = 100 * value / highest
    if percent < 1:
        return "under 1%"
    return f"{percent:.0f}%" if percent <= 99 else "over 99%"


def _absence(figure: Figure) -> str:
    """Why a value has no place in its row."""
    if figure.known:
        return "another currency, not comparable"
    if figure.state is State.NONE:
        return f"“{figure.as_stated}”" if figure.as_stated else ""
    return "not stated"


def _detail(figures: Sequence[Figure]) -> str:
    """What a reader must know of a row: worked out, periods that differ, several currencies."""
    known = [figure for figure in figures if figure.known]
    parts = []
    if known and all(figure.state is State.DERIVED for figure in known):
        parts.append("worked out")
    periods = {figure.period.label if figure.period else "undated" for figure in known}
    stated = [figure for figure in known if figure.state is State.STATED]
    if stated and len(periods) == 1:
        parts += periods
    elif len(periods) > 1:
        parts.append(f"different periods: {', '.join(sorted(periods))}")
    return ", ".join(parts)


def gaps(companies: Sequence[Company]) -> Iterator[Gap]:
    """Who lacks what, of the built-in measures."""
    for company in companies:
        states = [(one.label, company.headline(one.key).state) for one in BUILT_IN]
        silent = tuple(label for label, state in states if state is State.UNKNOWN)
        none = tuple(label for label, state in states if state is State.NONE)
        if silent or none:
            yield Gap(company.name, silent, none)
