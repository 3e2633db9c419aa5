"""The dated figures of a measure: which can be drawn together, and what is named instead. Pure."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from ..charts.line import OfYear
from ..charts.scales import Scale
from ..profiles.company import Company
from ..profiles.figure import Figure, Period, State
from ..profiles.interval import Interval
from ..profiles.measures import Kind, Measure
from .cells import note_anchor
from .formatting import Written, count_of, write_interval, write_number

NONE_YET = Written("none yet", "none yet")
RUN = 3
"""So many years in a row are told by the first and the last of them."""


class Dated(Struct, frozen=True, gc=False):
    """A figure of a year; `place` is its place among all figures of its measure."""

    figure: Figure
    period: Period
    place: int

    @property
    def year(self) -> int:
        """The year in which its period ends."""
        return self.period.end.year

    @property
    def anchor(self) -> str:
        """The element that holds its note on the profile."""
        return note_anchor(self.figure.measure, self.place)

    @property
    def interval(self) -> Interval:
        """What is known of a figure that is drawn."""
        assert self.figure.interval is not None
        return self.figure.interval

    def written(self, measure: Measure) -> Written:
        """The number, or that there is none yet."""
        if self.figure.interval is None:
            return NONE_YET
        return write_interval(self.figure.interval, measure, self.figure.currency)


class Tick(Struct, frozen=True, gc=False):
    """A line across the plot at a round number."""

    at: float
    text: str


def dated(company: Company, measure: Measure) -> tuple[Dated, ...]:
    """The figures of a measure that have a period, the first of each year before its others."""
    every = enumerate(company.all_of(measure.key))
    return tuple(Dated(one, one.period, place) for place, one in every if one.period)


def currency_of(found: Iterable[Dated], usual: str) -> str | None:
    """The one currency in which amounts are drawn: the usual one if any figure is in it."""
    named = [one.figure.currency for one in found if one.figure.currency]
    return usual if usual in named else next(iter(named), None)


def drawable(found: Iterable[Dated], currency: str | None) -> tuple[Dated, ...]:
    """The figures with a number in the currency."""
    return tuple(one for one in found if one.figure.known and one.figure.currency == currency)


def years_of(found: Iterable[Dated]) -> tuple[int, ...]:
    """The years of some figures, the earliest first."""
    return tuple(sorted({one.year for one in found}))


def several(company: Company, measure: Measure) -> bool:
    """Whether a measure has figures of two years; a year of foundation has no course."""
    return measure.kind is not Kind.YEAR and len(years_of(dated(company, measure))) > 1


def to_draw(found: Iterable[Dated], currency: str | None) -> tuple[OfYear, ...]:
    """The same as the geometry takes them; those that are not drawable have no interval."""
    return tuple(
        OfYear(one.year, one.figure.interval if one.figure.currency == currency else None)
        for one in found
    )


def year_words(year: int, figures: Iterable[Figure]) -> str:
    """A year as the figures call it, where they agree: 2015/16 for 2016."""
    periods = (one.period for one in figures)
    labels = {one.label for one in periods if one and one.end.year == year}
    return labels.pop() if len(labels) == 1 else str(year)


def ticks(scale: Scale, measure: Measure, currency: str | None) -> tuple[Tick, ...]:
    """The ends of an upright scale, and zero."""
    marked = sorted({scale.low, 0, scale.high})
    return tuple(Tick(scale(one), write_number(one, measure, currency)[0]) for one in marked)


def absences(
    company: Company, measure: Measure, span: Sequence[int], currency: str | None
) -> Iterator[str]:
    """What is not drawn of a measure in the years of `span`: none yet, no figure, and why."""
    found = dated(company, measure)
    span = span if found else ()
    first = {one.year: one.figure for one in reversed(found)}
    foreign = (one for one in found if one.figure.known and one.figure.currency != currency)
    kinds = {
        "none yet in": [year for year in first if first[year].state is State.NONE],
        "no figure of": [year for year in span if year not in first],
        "another currency in": years_of(foreign),
    }
    for words, years in kinds.items():
        if years:
            told = runs(years, [*span, *years])
            yield f"{words} {', '.join(_run(*ends, company) for ends in told)}"
    if not found:
        yield "no dated figure"
    undated = sum(one.known and not one.period for one in company.all_of(measure.key))
    if undated:
        yield f"{count_of(undated, 'undated figure')} not drawn"


def runs(years: Iterable[int], span: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """The years as first and last of those that follow each other in `span`, three or more."""
    wanted = set(years)
    groups: list[list[int]] = [[]]
    for year in sorted(set(span)):
        if year in wanted:
            groups[-1].append(year)
        elif groups[-1]:
            groups.append([])
    return tuple(run for group in groups for run in _ends(group))


def _ends(group: Sequence[int]) -> list[tuple[int, int]]:
    return [(group[0], group[-1])] if len(group) >= RUN else [(year, year) for year in group]


def _run(first: int, last: int, company: Company) -> str:
    ends = [year_words(year, company.figures) for year in sorted({first, last})]
    return " to ".join(ends)
