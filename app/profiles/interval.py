"""Intervals over whole storage units, the arithmetic on them, and nothing about meaning.

A bound is an integer in the measure's storage unit (see `measures`), so that every comparison
is exact. `None` is an infinite end, and an infinite end is always open.
"""

from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct

INT64_MAX = 2**63 - 1
"""The most that an interval can hold, totals included."""
MAX_BOUND = 2**62 - 2
"""The greatest finite bound of a figure in storage units, 4.6e16 units of money: twice as much
must fit 64 bits, since the store compares bounds in half steps.
"""


class Interval(Struct, frozen=True, gc=False):
    """All numbers between `low` and `high`, each end open or closed.

    Raises ValueError for an empty interval and for a bound outside 64 bits.
    """

    low: int | None
    high: int | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        low, high = self.low, self.high
        one = low == high and not (self.low_open or self.high_open)
        if one and low is not None and -INT64_MAX <= low <= INT64_MAX:
            return  # Most are one number.
        for bound in (low, high):
            if bound is not None and abs(bound) > INT64_MAX:
                raise ValueError("the number is too large to be stored")
        if (self.low is None and not self.low_open) or (self.high is None and not self.high_open):
            raise ValueError("an infinite end is open")
        if self.low is not None and self.high is not None and not self._holds_a_number():
            raise ValueError("the lower end lies above the upper end")

    def _holds_a_number(self) -> bool:
        assert self.low is not None and self.high is not None
        if self.low == self.high:
            return not (self.low_open or self.high_open)
        return self.low < self.high

    @classmethod
    def exactly(cls, value: int) -> "Interval":
        """[value, value]"""
        return cls(value, value)

    @classmethod
    def at_least(cls, low: int) -> "Interval":
        """[low, ∞)"""
        return cls(low, None, high_open=True)

    @property
    def exact(self) -> int | None:
        """The one number in the interval, or None if there are more."""
        return self.low if self.low is not None and self.low == self.high else None

    def cut(self, domain: "Interval") -> "Interval | None":
        """What lies in both, or None. Of two equal bounds the open one wins."""
        low, low_open = _higher((self.low, self.low_open), (domain.low, domain.low_open))
        high, high_open = _lower((self.high, self.high_open), (domain.high, domain.high_open))
        try:
            return Interval(low, high, low_open, high_open)
        except ValueError:
            return None

    def hull(self, other: "Interval") -> "Interval":
        """The least interval that holds both. Of two equal bounds the closed one wins."""
        lows, highs = (self.low, other.low), (self.high, other.high)
        low = None if None in lows else min(one for one in lows if one is not None)
        high = None if None in highs else max(one for one in highs if one is not None)
        ends = (self, other)
        return Interval(
            low,
            high,
            all(one.low_open for one in ends if one.low == low),
            all(one.high_open for one in ends if one.high == high),
        )

    def inside(self, other: "Interval") -> bool:
        """Whether every number of this interval is one of the other's."""
        return self.cut(other) == self


_End: TypeAlias = tuple[int | None, bool]


def _higher(one: _End, two: _End) -> _End:
    """The lower end that excludes more."""
    finite = [end for end in (one, two) if end[0] is not None]
    return max(finite, key=lambda end: (end[0], end[1]), default=(None, True))


def _lower(one: _End, two: _End) -> _End:
    """The upper end that excludes more."""
    finite = [end for end in (one, two) if end[0] is not None]
    return min(finite, key=lambda end: (end[0], not end[1]), default=(None, True))


EVERYTHING = Interval(None, None, low_open=True, high_open=True)
FROM_ZERO = Interval.at_least(0)


def divide(
    top: Interval, bottom: Interval, scale: Fraction, domain: Interval = EVERYTHING
) -> Interval | None:
    """All quotients of two intervals of numbers ≥ 0, times `scale`, within a domain.

    Ends are rounded half-even, and open where they are not reached: over an unbounded divisor the
    quotient nears zero, over one that may be zero it has no upper end; nor has it one where that
    lies beyond 64 bits. None where no quotient lies in the domain, where the divisor can only be
    zero, or where an operand may lie below zero.
    """
    if top.low is None or bottom.low is None or top.low < 0 or bottom.low < 0 or bottom.high == 0:
        return None
    if top.low == top.high and bottom.low == bottom.high:
        return _exact_quotient(_quotient(top.low, bottom.low, scale), domain)
    low, low_open = _least_quotient(top.low, top.low_open, bottom, scale)
    if low > MAX_BOUND:
        return None
    high, high_open = _greatest_quotient(top, bottom, scale)
    high, high_open = _lower((high, high_open), (domain.high, domain.high_open))
    if low == high:
        # Rounding may close a gap narrower than one unit; what only met the edge is outside.
        return Interval.exactly(low) if not low_open or low != domain.high else None
    try:
        return Interval(low, high, low_open, high_open).cut(domain)
    except ValueError:
        return None


def _exact_quotient(quotient: int, domain: Interval) -> Interval | None:
    """One number over another, or None where that is beyond the domain or 64 bits."""
    if quotient > MAX_BOUND or (domain.high is not None and quotient > domain.high):
        return None
    return Interval(quotient, quotient)


def _least_quotient(
    low: int, low_open: bool, bottom: Interval, scale: Fraction
) -> tuple[int, bool]:
    """The lower end of a quotient: the least dividend over the greatest divisor."""
    if low == 0:
        return 0, low_open
    if bottom.high is None:
        return 0, True
    return _quotient(low, bottom.high, scale), low_open or bottom.high_open


def _greatest_quotient(top: Interval, bottom: Interval, scale: Fraction) -> _End:
    """The upper end of a quotient: the greatest dividend over the least divisor."""
    if top.high is None or not bottom.low:
        return None, True
    high = _quotient(top.high, bottom.low, scale)
    return (high, top.high_open or bottom.low_open) if high <= MAX_BOUND else (None, True)


def _quotient(top: int, bottom: int, scale: Fraction) -> int:
    """A quotient times `scale`, rounded half-even: as `round` of a Fraction, in a tenth of its
    time.
    """
    bottom *= scale.denominator
    whole, rest = divmod(top * scale.numerator, bottom)
    return whole + (2 * rest > bottom or (2 * rest == bottom and whole % 2))
