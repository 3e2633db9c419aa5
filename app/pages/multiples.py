"""A value measured against the reference's: how many times it is, or how many years apart. Pure.

What follows from bounds is a bound, rounded away from what is known; where nothing certain
follows, the words say so.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from ..profiles.figure import Figure, State
from ..profiles.interval import Interval, divide
from ..profiles.measures import Kind, Measure
from .formatting import count_of, plain
from .ranking import FOREIGN, Place, absence

LONG = 24
"""Letters of a name from which on the eye reads "the reference" instead."""

LEAST = Decimal("0.001")
"""A smaller multiple is told no closer."""

UNCERTAIN = Place("multiple not certain")
UNCERTAIN_ORDER = Place("order not certain")
NOT = {"later": "not earlier", "earlier": "not later"}


def measure_against(figure: Figure, reference: Figure, measure: Measure, name: str) -> Place:
    """A figure against that of the reference so named: 2.3× ZTE, 20 years later, or why not."""
    if figure.interval is None:
        return Place(absence(figure))
    if reference.interval is None:
        none = reference.state is State.NONE
        return Place("the reference has none yet" if none else "not stated for the reference")
    if figure.currency != reference.currency:
        return Place(FOREIGN)
    one, other = (_freed(each, measure.domain) for each in (figure.interval, reference.interval))
    if measure.kind is Kind.YEAR:
        return _years_apart(one, other, name)
    return _times(one, other, name)


def _freed(one: Interval, domain: Interval) -> Interval:
    """The interval without the ends that nobody stated and only the domain sets."""
    if one.exact is not None:
        return one
    if one.low == domain.low and not one.low_open:
        one = replace(one, low=None, low_open=True)
    if one.high == domain.high and not one.high_open:
        one = replace(one, high=None, high_open=True)
    return one


def _times(one: Interval, other: Interval, name: str) -> Place:
    short = name if len(name) <= LONG else "the reference"
    if one.exact is not None and one.exact == other.exact:
        return Place(f"equal to {short}", f"equal to {name}")
    if other.exact == 0:
        return Place("no multiple of 0")
    words = write_multiple(one, other)
    if words is None:
        return UNCERTAIN
    return Place(f"{words} {short}", f"{words.replace('×', ' times')} {name}")


def write_multiple(one: Interval, other: Interval) -> str | None:
    """How many times the other a value is: 2.3×, more than 1.2×, 2× to under 3×.

    The intervals hold numbers ≥ 0; a lower end None is 0. None where nothing certain follows.
    """
    positive = Interval.at_least(0)
    top, bottom = one.cut(positive), other.cut(positive)
    if top is None or bottom is None:
        return None
    scale = _scale(top, bottom)
    quotient = divide(top, bottom, scale)
    if quotient is None:
        return None
    if quotient.exact is not None:
        value = _decimal(quotient.exact, scale)
        return f"under {LEAST}×" if value < LEAST and top.high else _number(value)
    return _bounds(quotient, scale)


def _scale(top: Interval, bottom: Interval) -> Fraction:
    """The power of ten that gives the quotients 17 digits or more, and keeps them in 64 bits."""
    greatest = top.high or top.low or 0
    least = bottom.low or bottom.high or 1
    return Fraction(10) ** (18 - len(str(greatest // least)))


def _decimal(ticks: int, scale: Fraction) -> Decimal:
    return Decimal(ticks) * scale.denominator / scale.numerator


def _rounded(value: Decimal, rounding: str) -> Decimal:
    """Two digits, just above 1 three; from 10 on whole numbers."""
    if value >= 10:
        return value.quantize(Decimal(1), rounding)
    return Context(prec=3 if 1 <= value < Decimal("1.1") else 2, rounding=rounding).plus(value)


def _number(value: Decimal) -> str:
    """A multiple that is one number; what only rounding makes the same is not called so."""
    rounded = _rounded(value, ROUND_HALF_EVEN)
    if rounded == 1 != value:
        return "just over 1×" if value > 1 else "just under 1×"
    return f"{plain(rounded)}×"


class _End(Struct, frozen=True, gc=False):
    """One end of a multiple as written: whether it is left out, and whether it was rounded."""

    written: str
    opened: bool
    rounded: bool


def _end(bound: int | None, opened: bool, scale: Fraction, rounding: str) -> _End | None:
    """An end, rounded away from what is known; None where it tells nothing."""
    if bound is None:
        return None
    value = _decimal(bound, scale)
    if value < LEAST:
        return None if rounding == ROUND_FLOOR else _End(f"{LEAST}×", opened, rounded=True)
    rounded = _rounded(value, rounding)
    return _End(f"{plain(rounded)}×", opened, rounded != value)


def _bounds(quotient: Interval, scale: Fraction) -> str | None:
    """A multiple that lies between bounds, of which one may be missing."""
    low = _end(quotient.low, quotient.low_open, scale, ROUND_FLOOR)
    high = _end(quotient.high, quotient.high_open, scale, ROUND_CEILING)
    if low and high:
        over, under = ("more than " * low.opened, "under " * high.opened)
        return f"{over}{low.written} to {under}{high.written}"
    if low:
        return f"{'more than' if low.opened or low.rounded else 'at least'} {low.written}"
    if high:
        return f"{'under' if high.opened or high.rounded else 'at most'} {high.written}"
    return None


def _years_apart(one: Interval, other: Interval, name: str) -> Place:
    """How far one year lies from another; years are whole, so that an open end is one nearer."""
    (low, high), (other_low, other_high) = _whole(one), _whole(other)
    least = low - other_high if low is not None and other_high is not None else None
    most = high - other_low if high is not None and other_low is not None else None
    if least == most == 0:
        return Place("the same year", f"the same year as {name}")
    if least is not None and least >= 0:
        words = _years(least, most, "later")
    elif most is not None and most <= 0:
        words = _years(-most, -least if least is not None else None, "earlier")
    else:
        return UNCERTAIN_ORDER
    return Place(words, f"{words} than {name}")


def _whole(one: Interval) -> tuple[int | None, int | None]:
    low = one.low + one.low_open if one.low is not None else None
    high = one.high - one.high_open if one.high is not None else None
    return low, high


def _years(least: int, most: int | None, word: str) -> str:
    if most is None:
        return f"at least {count_of(least, 'year')} {word}" if least else NOT[word]
    if least == most:
        return f"{count_of(least, 'year')} {word}"
    return f"{f'{least} to' if least else 'up to'} {count_of(most, 'year')} {word}"
