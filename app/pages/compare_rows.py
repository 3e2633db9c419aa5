"""The rows of a comparison: a measure over all companies, and what each of them lacks. Pure."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..charts.ranked import Bar, bar_scale, make_bar
from ..profiles.company import Company
from ..profiles.figure import Figure, State
from ..profiles.interval import Interval
from ..profiles.measures import BUILT_IN, Kind, Measure
from .accounts import Agreed, agreement_of, with_reason
from .cells import BAR_CLASSES, Cell, currency_words, make_cell, note_url
from .compare_places import measured_places, of_different_years, ranked_places
from .comparison import Comparison
from .ranking import Place, highest_of


class Compared(Struct, frozen=True, gc=False):
    """One company's cell: its figure and its place in the row, in words.

    `period` is when the figure is from, where those of the row differ; `agreement` is how its
    sources agree, where several tell it.
    """

    company: str
    cell: Cell
    bar: Bar | None
    place: Place
    highest: bool
    reference: bool
    period: str = ""
    agreement: tuple[Agreed, ...] = ()


class CompareRow(Struct, frozen=True, gc=False):
    """One measure over all companies. `same` if nothing differs."""

    label: str
    detail: str
    basis: str | None
    hue: str
    cells: tuple[Compared, ...]
    same: bool


class Gap(Struct, frozen=True, gc=False):
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
    places = _places(comparison, measure, comparable, highest)
    differ = ranked and len({_when(figure) for figure in figures if figure.known}) > 1
    cells = tuple(
        Compared(
            company.name,
            _cell(comparison, company, measure),
            make_bar(comparable[index], top),
            places[index],
            highest=index in highest,
            reference=company is comparison.reference,
            period=_told(comparison, figures[index], differ=differ),
            agreement=agreement_of(company, measure, comparison.version),
        )
        for index, company in enumerate(comparison.companies)
    )
    same = len({(figure.state, figure.interval, figure.currency) for figure in figures}) == 1
    detail = _detail(figures) if ranked else ""
    hue = BAR_CLASSES.get(measure.key, "")
    return CompareRow(measure.label, detail, measure.basis, hue, cells, same)


def _places(
    comparison: Comparison,
    measure: Measure,
    comparable: Sequence[Interval | None],
    highest: Sequence[int],
) -> list[Place]:
    """Where each value stands: against the reference, or else among the others."""
    figures = comparison.headlines(measure)
    if comparison.reference:
        return list(measured_places(comparison, comparison.reference, measure))
    if measure.kind is Kind.YEAR:
        return [Place("") for _ in figures]
    return list(ranked_places(figures, comparable, highest))


def _told(comparison: Comparison, figure: Figure, *, differ: bool) -> str:
    """When a figure is from, if its row holds several times, and whether it was converted."""
    when = _when(figure) if differ and figure.known else ""
    return ", ".join(filter(None, (when, currency_words(figure, comparison.version))))


def _when(figure: Figure) -> str:
    """When a figure is from, in a word or two."""
    return figure.period.label if figure.period else "undated"


def _cell(comparison: Comparison, company: Company, measure: Measure) -> Cell:
    """A company's figure; it is cited by its place on the company's profile."""
    figure = company.headline(measure.key)
    position = comparison.position(company, figure)
    cell = make_cell(
        figure,
        measure,
        company.name,
        comparison.version,
        f"note-{company.slug}-{measure.key}",
        url=comparison.origin
        + note_url(company.slug, measure.key, position, comparison.version.chosen),
    )
    return with_reason(cell, company, comparison.version)


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
        what = "years" if of_different_years(*known) else "periods"
        parts.append(f"different {what}: {', '.join(sorted(periods))}")
    return ", ".join(parts)


def gaps(companies: Sequence[Company]) -> Iterator[Gap]:
    """Who lacks what, of the built-in measures."""
    for company in companies:
        states = [(one.label, company.headline(one.key).state) for one in BUILT_IN]
        silent = tuple(label for label, state in states if state is State.UNKNOWN)
        none = tuple(label for label, state in states if state is State.NONE)
        if silent or none:
            yield Gap(company.name, silent, none)
