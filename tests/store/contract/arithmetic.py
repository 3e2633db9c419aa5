"""The arithmetic of the reference model: sums, medians, ranks and extents of plain intervals."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from app.profiles.answer import Range
from app.profiles.interval import Interval

Record: TypeAlias = dict[str, Any]
"""An answer of several parts by their names."""
Edges: TypeAlias = tuple[int, ...]

LARGEST_TOTAL = 2**63 - 1
TRIMMED = 50
"""An extent's `low` and `high` leave out one figure in so many at either end."""


def low_of(interval: Interval | None) -> tuple[bool, int, bool]:
    """What orders an interval: whether it has no lower end, that end, and whether it is open.

    An interval without a lower end stands with those that have no figure, as an open zero.
    """
    if interval is None:
        return True, 0, False
    return interval.low is None, interval.low or 0, interval.low_open


def ranges_between(edges: Edges) -> list[Range]:
    """The classes between edges; the first has no lower end and the last no upper one."""
    inner = list(edges[1:-1])
    lows, highs = [None, *inner], [*(edge - 1 for edge in inner), None]
    return [Range(low, high) for low, high in zip(lows, highs, strict=True)]


def extent_of(intervals: Sequence[Interval], floor: int | None) -> Record | None:
    """An extent; of "before 1990" the end that counts is 1990, not the floor of the domain."""
    said = sorted(
        one.high if one.low == floor and one.high is not None else one.low
        for one in intervals
        if one.low is not None
    )
    if not said:
        return None
    trimmed = min(len(intervals) // TRIMMED, len(said) - 1)
    return {
        "stating": len(intervals),
        "least": said[0],
        "greatest": max(0, said[-1], *(one.high for one in intervals if one.high is not None)),
        "low": said[trimmed],
        "high": said[-1 - trimmed],
    }


def standing_of(own: Interval, every: Iterable[Interval]) -> Record:
    """A rank: who is certainly above, who is or may be, and who has the very same number."""
    known = list(every)
    others = list(known)
    others.remove(own)
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    return {
        "stating": len(known),
        "above": sum(_surely_above(one, own) for one in others),
        "perhaps": sum(_perhaps_above(one, own) for one in others),
        "equal": others.count(own) if own.exact is not None else 0,
        "least": min((low for low in lows if low > 0), default=None),
        "greatest": max([0, *lows, *highs]),
    }


def _surely_above(one: Interval, own: Interval) -> bool:
    if one.low is None or own.high is None:
        return False
    return one.low > own.high or (one.low == own.high and (one.low_open or own.high_open))


def _perhaps_above(one: Interval, own: Interval) -> bool:
    return one.high is None or own.low is None or one.high > own.low


def summary_of(companies: int, known: Sequence[Interval]) -> Record:
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    return {
        "companies": companies,
        "stating": len(known),
        "total": _total(known) if known else None,
        "median": _median(known) if known else None,
        "least": min(lows, default=None),
        "top": max([0, *lows, *highs]) if known else None,
        "endless": len(highs) < len(known),
    }


def _total(known: Sequence[Interval]) -> Interval | None:
    """The sum of intervals; None where it is more than a figure can hold."""
    low = _sum([one.low for one in known])
    high = _sum([one.high for one in known])
    if any(bound is not None and abs(bound) > LARGEST_TOTAL for bound in (low, high)):
        return None
    return Interval(
        low, high, any(one.low_open for one in known), any(one.high_open for one in known)
    )


def _sum(bounds: Sequence[int | None]) -> int | None:
    finite = [bound for bound in bounds if bound is not None]
    return sum(finite) if len(finite) == len(bounds) else None


def _median(known: Sequence[Interval]) -> Interval:
    """From the median of the lower ends to that of the upper ends, half-even.

    No lower end is the least, no upper one the greatest; of equal lower ends the open one is the
    greater, of equal upper ends the lesser.
    """
    middle = ((len(known) - 1) // 2, len(known) // 2)
    by_low = sorted(known, key=lambda one: (one.low is not None, one.low or 0, one.low_open))
    by_high = sorted(known, key=lambda one: (one.high is None, one.high or 0, not one.high_open))
    lows, highs = [by_low[at] for at in middle], [by_high[at] for at in middle]
    low, high = _mean([one.low for one in lows]), _mean([one.high for one in highs])
    if low is not None and low == high:
        return Interval.exactly(low)
    low_open = low is None or any(one.low_open for one in lows)
    return Interval(low, high, low_open, high is None or any(one.high_open for one in highs))


def _mean(bounds: Sequence[int | None]) -> int | None:
    total = _sum(bounds)
    return None if total is None else round(Fraction(total, len(bounds)))
