"""How numbers are written for people. Pure: text in English, nothing of pages.

Money is shown to three digits with one letter, counts in full. A bound keeps four digits and is
rounded away from the figure, so that "more than" and "less than" stay true.
"""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from enum import Enum
from functools import lru_cache

from babel.numbers import get_currency_name, get_currency_symbol
from msgspec import Struct

from ..profiles.figure import Figure, Period, State
from ..profiles.interval import Interval
from ..profiles.measures import Kind, Measure


class Rounding(Enum):
    """How a number is cut short: an exact one, the lower end of an interval, the upper one."""

    SHORT = Context(prec=3, rounding=ROUND_HALF_EVEN)
    DOWN = Context(prec=4, rounding=ROUND_FLOOR)
    UP = Context(prec=4, rounding=ROUND_CEILING)


UNKNOWN = "—"
MINUS = "−"
"""What stands before an amount below zero, as wide as a plus; for machines it is a hyphen."""
WRITTEN = 8192
"""Numbers and intervals that are written once, as often as pages print them: edges of classes,
figures of the companies that stand on top.
"""


class Magnitude(Struct, frozen=True, gc=False):
    """A thousand, a million, …: how large sums are cut short, and the letter and word for it."""

    factor: int
    letter: str
    word: str


UNITS = Magnitude(1, "", "")
MAGNITUDES = (
    Magnitude(10**12, "T", " trillion"),
    Magnitude(10**9, "B", " billion"),
    Magnitude(10**6, "M", " million"),
    Magnitude(10**3, "k", " thousand"),
)


class Written(Struct, frozen=True, gc=False):
    """A number as it is seen and as it is spoken, and for machines where it is exact."""

    seen: str
    spoken: str
    value: str | None = None

    @property
    def named(self) -> str:
        """As it is spoken; with what is seen, where that is another word: who speaks to a page says
        what he sees.
        """
        return self.spoken if self.seen in self.spoken else f"{self.spoken}, {self.seen}"


@lru_cache(maxsize=256)
def _symbol(currency: str) -> str:
    symbol = get_currency_symbol(currency, "en_US")
    return symbol if len(symbol) < 3 else f"{symbol}\u00a0"


@lru_cache(maxsize=256)
def _currency_name(currency: str) -> str:
    return get_currency_name(currency, count=2, locale="en_US")


def plain(value: Decimal) -> str:
    """A decimal with thousands separators and no trailing zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole(ticks: int, kind: Kind) -> Decimal:
    """Storage units in whole units, exactly."""
    return Decimal(ticks) / kind.scale


def magnitude_of(value: Decimal) -> Magnitude:
    """The magnitude in which one sum is written; sums under ten thousand are written whole."""
    size = abs(value)
    for one in MAGNITUDES:
        if size >= one.factor and (one.factor > 1000 or size >= 10_000):
            return one
    return UNITS


def magnitude_for(sums: Sequence[int], kind: Kind) -> Magnitude | None:
    """The one magnitude of a column, in which its sums can be compared at a glance.

    It is that of the middle one, or the next smaller where the least would need too many digits.
    None for numbers that are not cut short.
    """
    found = sorted(value for ticks in sums if (value := whole(ticks, kind)) > 0)
    if kind is not Kind.MONEY or not found:
        return None
    middle = magnitude_of(found[len(found) // 2])
    if found[0] * 100 >= middle.factor:
        return middle
    smaller = [one for one in (*MAGNITUDES, UNITS) if one.factor < middle.factor]
    return smaller[0] if smaller else middle


def _money(value: Decimal, currency: str | None, magnitude: Magnitude | None) -> tuple[str, str]:
    unit = magnitude or magnitude_of(value)
    digits = plain(abs(value) / unit.factor)
    code, below = currency or "", value < 0
    seen = f"{_symbol(code) if code else ''}{digits}{unit.letter if value else ''}"
    words = f"{digits}{unit.word if value else ''} {_currency_name(code) if code else ''}"
    return f"{MINUS if below else ''}{seen}", f"{'minus ' if below else ''}{words.strip()}"


def write_number(
    ticks: int,
    measure: Measure,
    currency: str | None,
    rounding: Rounding | None = Rounding.SHORT,
    magnitude: Magnitude | None = None,
) -> tuple[str, str]:
    """One number as seen and as spoken; without a `rounding` with every digit.

    Counts and years are never rounded. Sums are in a `magnitude` of their own unless one is given.
    """
    return _number(ticks, measure.kind, currency, rounding, magnitude)


@lru_cache(maxsize=WRITTEN)
def _number(
    ticks: int,
    kind: Kind,
    currency: str | None,
    rounding: Rounding | None,
    magnitude: Magnitude | None,
) -> tuple[str, str]:
    value = whole(ticks, kind)
    if kind in (Kind.MONEY, Kind.SHARE) and rounding:
        value = rounding.value.plus(value)
    if kind is Kind.MONEY:
        return _money(value, currency, magnitude)
    if kind is Kind.SHARE:
        text = f"{plain(value * 100)}%"
    elif kind is Kind.YEAR:
        text = str(ticks)
    else:
        text = plain(value)
    return text, text


def write_interval(
    interval: Interval,
    measure: Measure,
    currency: str | None = None,
    magnitude: Magnitude | None = None,
    *,
    exactly: bool = False,
) -> Written:
    """An interval as people write it: $61B, > 50%, 40+, ≤ 12, 10–20; `exactly` rounds nothing."""
    return _interval(interval, measure.kind, measure.domain, currency, magnitude, exactly=exactly)


@lru_cache(maxsize=WRITTEN)
def _interval(
    interval: Interval,
    kind: Kind,
    domain: Interval,
    currency: str | None,
    magnitude: Magnitude | None,
    *,
    exactly: bool,
) -> Written:
    rounding, down, up = (None, None, None) if exactly else (tuple(Rounding))
    if interval.exact is not None:
        seen, spoken = _number(interval.exact, kind, currency, rounding, magnitude)
        return Written(seen, spoken, machine(interval.exact, kind))

    def end(bound: int | None, rounding: Rounding | None) -> tuple[str, str]:
        if bound is None:
            return "", ""
        return _number(bound, kind, currency, rounding, magnitude)

    low, high = end(interval.low, down), end(interval.high, up)
    if interval.high is None or (interval.high == domain.high and not interval.high_open):
        return _from(low, interval.low_open, kind)
    if interval.low == domain.low:
        sign, words = ("<", "less than") if interval.high_open else ("≤", "up to")
        return Written(f"{sign}\u202f{high[0]}", f"{words} {high[1]}")
    if interval.low_open or interval.high_open:
        over = "more than " if interval.low_open else ""
        under = "less than " if interval.high_open else ""
        text = f"{over}{{}} to {under}{{}}"
        return Written(text.format(low[0], high[0]), text.format(low[1], high[1]))
    return Written(f"{low[0]}–{high[0]}", f"{low[1]} to {high[1]}")


def _from(low: tuple[str, str], opened: bool, kind: Kind) -> Written:
    if opened:
        return Written(f">\u202f{low[0]}", f"more than {low[1]}")
    seen = f"≥\u202f{low[0]}" if kind is Kind.SHARE else f"{low[0]}+"
    return Written(seen, f"{low[1]} or more")


def machine(ticks: int, kind: Kind) -> str:
    """A number for machines: whole units, shares as fractions, no separators."""
    text = f"{whole(ticks, kind):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_exactly(figure: Figure, measure: Measure) -> str:
    """What is stored, with every digit and both ends, in words."""
    if figure.state is State.NONE:
        return "none yet"
    interval = figure.interval
    if interval is None:
        return "not stated"
    ends = [_digits(bound, figure, measure) for bound in (interval.low, interval.high)]
    if interval.exact is not None:
        return ends[0]
    low = f"{'more than' if interval.low_open else 'at least'} {ends[0]}"
    if interval.high is None:
        return f"{low}, no upper end"
    return f"{low}, {'less than' if interval.high_open else 'at most'} {ends[1]}"


def _digits(bound: int | None, figure: Figure, measure: Measure) -> str:
    if bound is None:
        return ""
    if measure.kind is Kind.YEAR:
        return str(bound)
    if measure.kind is Kind.SHARE:
        return f"{plain(whole(bound, measure.kind) * 100)}%"
    unit = figure.currency if measure.kind is Kind.MONEY else measure.unit
    return f"{plain(whole(bound, measure.kind))} {unit}"


@lru_cache(maxsize=1024)
def write_date(day: date) -> str:
    """A day as 21 Nov 2016."""
    return f"{day.day} {day:%b %Y}"


def write_period(period: Period | None, published: date | None) -> str:
    """The period's label; an undated figure tells when its source came out."""
    if period:
        return period.label
    return f"undated, published {published:%b %Y}" if published else "undated"


def count_of(number: int, one: str, many: str = "") -> str:
    """A number with its noun: 1 company, 2,500 companies."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
