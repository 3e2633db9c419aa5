"""How two figures of one measure stand to one another, as numbers: never which of them is right."""

from collections.abc import Callable
from enum import StrEnum
from fractions import Fraction

from msgspec import Struct

from .figure import Figure
from .interval import Interval
from .rounding import printed_reach

Reach = Callable[[Figure], Interval | None]
"""How far a figure may lie from its number because it was printed rounded; None if unknown."""


class Relation(StrEnum):
    """How the numbers of one figure stand to those of another."""

    SAME = "same"
    ROUNDED = "rounded"
    INSIDE = "inside"
    AROUND = "around"
    OVERLAPPING = "overlapping"
    APART = "apart"
    OTHER_PERIOD = "other period"
    OTHER_CURRENCY = "other currency"
    NO_NUMBER = "no number"

    @property
    def comparable(self) -> bool:
        """Whether the two can be held against each other at all."""
        hindrances = (Relation.OTHER_PERIOD, Relation.OTHER_CURRENCY, Relation.NO_NUMBER)
        return self not in hindrances


class Agreement(Struct, frozen=True, gc=False):
    """How one figure stands to another, `INSIDE` being the first within the second.

    Of two that are apart, `gap` is what lies between them in storage units, and `ratio` the gap as
    a part of the lesser one, None where that is not above zero. They are `at_least` so far apart
    where one of them is a bound. `beyond_rounding` is whether both printed forms, at their
    widest, cannot be of one number; it is false where that is not known.
    """

    relation: Relation
    gap: int | None = None
    ratio: Fraction | None = None
    at_least: bool = False
    beyond_rounding: bool = False


def of_one_time(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one period, both undated, or may be of one period.

    An undated figure may be of a period that ends in the year of its publication or in the year
    before. Nothing is finer than years: 2015/16 counts as ending in 2016, wherever in 2016 it does.
    """
    if one.period and other.period:
        return one.period.end == other.period.end
    if not one.period and not other.period:
        return True
    dated, undated = (one, other) if one.period else (other, one)
    assert dated.period is not None
    published = undated.published
    return published is not None and 0 <= published.year - dated.period.end.year <= 1


def compare(one: Figure, other: Figure, reach: Reach = printed_reach) -> Agreement:
    """How a figure stands to another of the same measure."""
    if one.interval is None or other.interval is None:
        return Agreement(Relation.NO_NUMBER)
    if one.currency != other.currency:
        return Agreement(Relation.OTHER_CURRENCY)
    if not of_one_time(one, other):
        return Agreement(Relation.OTHER_PERIOD)
    if shared := _shared(one.interval, other.interval):
        return Agreement(shared)
    if _rounded(one, other, reach):
        return Agreement(Relation.ROUNDED)
    return _apart(one.interval, other.interval, beyond=_beyond_rounding(one, other, reach))


def _shared(one: Interval, other: Interval) -> Relation | None:
    """How two intervals with a number in common lie; None for two without."""
    if one == other:
        return Relation.SAME
    if one.inside(other):
        return Relation.INSIDE
    if other.inside(one):
        return Relation.AROUND
    return Relation.OVERLAPPING if one.cut(other) else None


def _rounded(one: Figure, other: Figure, reach: Reach) -> bool:
    """Whether the finer of two numbers is printed as the coarser is.

    Of two that were stated, one itself must lie within what the other reaches: 13.8 and 13.9 touch
    at 13.85, and are two numbers for all that. One that is worked out may lie anywhere that its
    rounded inputs can bring it.
    """
    assert one.interval is not None
    assert other.interval is not None
    reaches = (reach(one), reach(other))
    if one.derivation or other.derivation:
        return _meet(*reaches)
    return _meet(one.interval, reaches[1]) or _meet(reaches[0], other.interval)


def _beyond_rounding(one: Figure, other: Figure, reach: Reach) -> bool:
    reaches = (reach(one), reach(other))
    return None not in reaches and not _meet(*reaches)


def _meet(one: Interval | None, other: Interval | None) -> bool:
    """Whether two intervals have a number in common."""
    return one is not None and other is not None and one.cut(other) is not None


def _apart(one: Interval, other: Interval, *, beyond: bool) -> Agreement:
    """Two intervals without a common number, and what lies between them."""
    lesser, greater = (one, other) if _ends_below(one, other) else (other, one)
    assert lesser.high is not None
    assert greater.low is not None
    gap = greater.low - lesser.high
    return Agreement(
        Relation.APART,
        gap,
        Fraction(gap, lesser.high) if lesser.high > 0 else None,
        at_least=one.exact is None or other.exact is None,
        beyond_rounding=beyond,
    )


def _ends_below(one: Interval, other: Interval) -> bool:
    """Whether an interval ends where another begins, or before."""
    return one.high is not None and other.low is not None and one.high <= other.low
