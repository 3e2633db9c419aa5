"""Hypothesis strategies for intervals, ranges and the numbers that lie in them."""

from fractions import Fraction

from hypothesis import strategies as st

from app.profiles.answer import Range
from app.profiles.interval import Interval

BOUNDS = st.integers(0, 12)


@st.composite
def intervals(draw: st.DrawFn, bounds: st.SearchStrategy[int] = BOUNDS) -> Interval:
    """Intervals of numbers ≥ 0, all four kinds of ends, some without an upper one."""
    low = draw(bounds)
    high = draw(st.none() | bounds.map(lambda bound: max(low, bound)))
    if low == high:
        return Interval.exactly(low)
    return Interval(low, high, draw(st.booleans()), high is None or draw(st.booleans()))


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """What a reader may ask: none, one or both bounds."""
    low, high = draw(st.none() | BOUNDS), draw(st.none() | BOUNDS)
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    return Range(low, high)


@st.composite
def numbers_in(draw: st.DrawFn, interval: Interval) -> Fraction:
    """A number of the interval, its ends among them where they belong to it."""
    assert interval.low is not None
    length = Fraction(40) if interval.high is None else Fraction(interval.high - interval.low)
    parts = draw(st.integers(2, 1000))
    first = 1 if interval.low_open and length else 0
    last = parts - 1 if interval.high_open and length else parts
    return interval.low + length * Fraction(draw(st.integers(first, last)), parts)


def holds(interval: Interval | None, number: Fraction) -> bool:
    """Whether a number lies in an interval, said as plainly as can be."""
    if interval is None:
        return False
    above = interval.low is None or number > interval.low
    below = interval.high is None or number < interval.high
    at_low = number == interval.low and not interval.low_open
    at_high = number == interval.high and not interval.high_open
    return (above or at_low) and (below or at_high)
