"""The places of a row's values in words, ranked or measured, with a word on their years. Pure."""

from collections.abc import Iterator, Sequence

from ..profiles.company import Company
from ..profiles.figure import Figure
from ..profiles.interval import Interval
from ..profiles.measures import Kind, Measure
from .comparison import Comparison
from .multiples import measure_against
from .ranking import Place, absence, place_of

DIFFERENT = "of different years"


def ranked_places(
    figures: Sequence[Figure], comparable: Sequence[Interval | None], highest: Sequence[int]
) -> Iterator[Place]:
    """Where each value stands among the others; `highest` are those that certainly are."""
    best = figures[highest[0]] if highest else None
    for index, figure in enumerate(figures):
        yield _dated(Place(place_of(index, figure, comparable, highest)), figure, best)


def measured_places(
    comparison: Comparison, reference: Company, measure: Measure
) -> Iterator[Place]:
    """How each value measures against the reference's; its own tells that it is the reference."""
    theirs = reference.headline(measure.key)
    for company in comparison.companies:
        figure = company.headline(measure.key)
        if company is not reference:
            place = measure_against(figure, theirs, measure, reference.name)
            yield place if measure.kind is Kind.YEAR else _dated(place, figure, theirs)
        elif figure.known or not absence(figure):
            yield Place("reference")
        else:
            yield Place(f"reference, {absence(figure)}")


def _dated(place: Place, figure: Figure, other: Figure | None) -> Place:
    """The same place; one that compares figures of different years says so."""
    if other is None or not (figure.known and other.known) or figure.currency != other.currency:
        return place
    if not of_different_years(figure, other):
        return place
    ends = [f"{words}, {DIFFERENT}" if words else "" for words in (place.seen, place.aloud)]
    return Place(*ends)


def of_different_years(*figures: Figure) -> bool:
    """Whether the periods of figures end in different years; an undated one is of none."""
    return len({one.period.end.year for one in figures if one.period}) > 1
