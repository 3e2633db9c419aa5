"""The rows of a comparison: a measure over all companies, and what each of them lacks. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.charts.ranked import Bar, bar_scale, make_bar
from app.pages.cells import BAR_CLASSES, Cell, make_cell, note_url
from app.pages.multiples import measure_against
from app.pages.ranking import Place, absence, highest_of, place_of
from app.profiles.company import Company
from app.profiles.figure import Figure, State
from app.profiles.interval import Interval
from app.profiles.measures import BUILT_IN, Kind, Measure
from app.store.snapshot import Edition


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: companies in their order, and the one that the others are measured by.

    `origin` begins the full addresses by which figures are cited, as http://host.
    """

    companies: tuple[Company, ...]
    edition: Edition
    reference: Company | None = None
    origin: str = ""

    def headlines(self, measure: Measure) -> list[Figure]:
        """The figure that speaks for a measure, of each company."""
        return [company.headline(measure.key) for company in self.companies]

    @property
    def measures(self) -> Iterator[Measure]:
        """Every built-in measure, and those of the data set's own that one company states."""
        for measure in self.edition.catalogue:
            stated = (figure.state is not State.UNKNOWN for figure in self.headlines(measure))
            if measure in BUILT_IN or any(stated):
                yield measure


@dataclass(frozen=True, slots=True)
class Compared:
    """One company's cell: its figure and its place in the row, in words."""

    company: str
    cell: Cell
    bar: Bar | None
    place: Place
    highest: bool
    reference: bool


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
class Gap:
    """What one company lacks."""

    name: str
    not_stated: tuple[str, ...]
    none_yet: tuple[str, ...]


def rows(comparison: Comparison) -> Iterator[CompareRow]:
    """A row for each measure that is compared."""
    return (_row(comparison, measure) for measure in comparison.measures)


def _row(comparison: Comparison, measure: Measure) -> CompareRow:
    figures = comparison.headlines(measure)
    ranked = measure.kind is not Kind.YEAR
    comparable = [_comparable(figure, figures) for figure in figures]
    top = bar_scale(comparable) if ranked else None
    highest = highest_of(comparable) if ranked and not comparison.reference else ()
    if comparison.reference:
        places = list(_measured(comparison, comparison.reference, measure))
    else:
        places = [
            Place(place_of(index, figure, comparable, highest) if ranked else "")
            for index, figure in enumerate(figures)
        ]
    cells = tuple(
        Compared(
            company.name,
            _cell(comparison, company, measure),
            make_bar(comparable[index], top),
            places[index],
            highest=index in highest,
            reference=company is comparison.reference,
        )
        for index, company in enumerate(comparison.companies)
    )
    same = len({(figure.state, figure.interval, figure.currency) for figure in figures}) == 1
    detail = _detail(figures) if ranked else ""
    hue = BAR_CLASSES.get(measure.key, "")
    return CompareRow(measure.label, detail, measure.basis, hue, cells, same)


def _cell(comparison: Comparison, company: Company, measure: Measure) -> Cell:
    """A company's figure; it is cited by its place on the company's profile."""
    return make_cell(
        company.headline(measure.key),
        measure,
        company.name,
        comparison.edition,
        f"note-{company.slug}-{measure.key}",
        url=comparison.origin + note_url(company.slug, measure.key),
    )


def _measured(comparison: Comparison, reference: Company, measure: Measure) -> Iterator[Place]:
    """How each value measures against the reference's; its own tells that it is the reference."""
    theirs = reference.headline(measure.key)
    for company in comparison.companies:
        figure = company.headline(measure.key)
        if company is not reference:
            yield measure_against(figure, theirs, measure, reference.name)
        elif figure.known or not absence(figure):
            yield Place("reference")
        else:
            yield Place(f"reference, {absence(figure)}")


def _comparable(figure: Figure, figures: Sequence[Figure]) -> Interval | None:
    """The interval, unless the row holds several currencies: then nothing in it is comparable."""
    currencies = {other.currency for other in figures if other.known}
    return figure.interval if len(currencies) < 2 else None


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
