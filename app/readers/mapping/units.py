"""In which unit a column counts: the factor, exactly, and the words a person reads beside it."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from ...profiles.currency import SIGNS
from ...profiles.interval import MAX_BOUND
from ...profiles.measures import Kind
from .entries import FigureColumnEntry

_WORDS = {
    Fraction(10**power): word
    for power, word in ((3, "thousand"), (6, "million"), (9, "billion"), (12, "trillion"))
}
_SIGN_OF = {code: sign for sign, code in reversed(SIGNS.items())}


class NotWholeError(ValueError):
    """A part of what is counted whole."""


class TooLargeError(ValueError):
    """A number beyond what can be stored."""


@dataclass(frozen=True)
class Unit:
    """What one unit of a column is: `times` of the measure's own unit, in percent or not.

    `plain` is whether a bare number can be read at all: of a share only where the column says
    what it counts in.
    """

    kind: Kind
    times: Fraction = Fraction(1)
    percent: bool = False
    plain: bool = True
    words: str | None = None

    @classmethod
    def of(cls, entry: FigureColumnEntry, kind: Kind) -> "Unit":
        """The unit that a mapping gives a column."""
        plain = kind is not Kind.SHARE or entry.percent or entry.times is not None
        times = entry.times if entry.times is not None else Fraction(1)
        return cls(kind, times, entry.percent, plain, entry.unit)

    @cached_property
    def factor(self) -> Fraction:
        """How many storage units one unit of the column is."""
        return self.times * self.kind.scale / (100 if self.percent else 1)

    def described(self, currency: str | None) -> str:
        """The unit in words, as `€ million`, `%`, `thousand`; "" where a number says it all."""
        if self.words is not None:
            return self.words
        if self.percent:
            return "%"
        scale = "" if self.times == 1 else _WORDS.get(self.times) or f"× {_plain(self.times)}"
        return " ".join(part for part in (currency_sign(currency), scale) if part)


def in_storage(value: Decimal, factor: Fraction, kind: Kind) -> int:
    """A number in storage units: whole for counts and years, else half-even.

    Raises NotWholeError and TooLargeError.
    """
    top, bottom = value.as_integer_ratio()
    top, bottom = top * factor.numerator, bottom * factor.denominator
    ticks, rest = divmod(top, bottom)
    if rest:
        if kind in (Kind.COUNT, Kind.YEAR):
            raise NotWholeError
        ticks = round(Fraction(top, bottom))
    if abs(ticks) > MAX_BOUND:
        raise TooLargeError
    return ticks


def currency_sign(code: str | None) -> str:
    """The sign that means this currency alone, else its code; "" for none."""
    return _SIGN_OF.get(code, code) if code else ""


def _plain(times: Fraction) -> str:
    return f"{Decimal(times.numerator) / Decimal(times.denominator):f}"
