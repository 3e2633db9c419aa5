"""One cell into what it says: an interval in storage units, nothing, or none yet.

13,612.0      the number itself, times the column's unit
(1,228.0)     a number below zero, where the column's style has it so
> 10    40+   a bound, in the notation of `app.profiles.notation`
n/a           missing, where the mapping lists it; a blank always is
"""

import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from ...profiles.currency import AMBIGUOUS, DOLLAR, SIGNS, codes
from ...profiles.interval import Interval
from ...profiles.measures import Kind, Measure
from ...profiles.notation import (
    MAX_LENGTH,
    NotationError,
    Reading,
    domain_words,
    read_notation,
)
from .numbers import NumberStyle
from .units import NotWholeError, TooLargeError, Unit, in_storage

_MARK = re.compile(
    "|".join(re.escape(sign) for sign in (*sorted(SIGNS, key=len, reverse=True), DOLLAR, AMBIGUOUS))
    + r"|(?<![a-z])[a-z]{3}(?![a-z])",
    re.IGNORECASE | re.ASCII,
)


REMEMBERED = 8192
"""Cells of like columns whose reading is kept: years and counts stand in many rows."""
_PERCENT = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)


class CellError(ValueError):
    """A cell that cannot be read; the message is what would be right, the same for all alike."""


class NoCurrencyError(CellError):
    """A bare amount of money of which nothing names the currency."""

    def __init__(self) -> None:
        super().__init__(
            "an amount with its currency, as EUR 14 million, or a currency in the mapping"
        )


class Cell(Struct, frozen=True):
    """What a cell says. `interval` None: that there is none yet.

    `as_stated` is the text printed, and in brackets what the column says it counts in:
    `13,612.0 (€ million)`.
    """

    interval: Interval | None
    currency: str | None
    as_stated: str


class CellReader:
    """Reads the cells of one column, in its style and unit. Built once, called for every row."""

    def __init__(
        self,
        measure: Measure,
        unit: Unit,
        style: NumberStyle,
        *,
        missing: Iterable[str] = (),
        none: Collection[str] = (),
        dollar: str = "USD",
    ) -> None:
        self.measure, self.unit, self.style, self.dollar = measure, unit, style, dollar
        self.missing = frozenset(missing)
        self.none = frozenset(none)
        numbers = {style.plain(mark) for mark in self.missing}
        self.missing_numbers = frozenset(number for number in numbers if number is not None)
        self.described = lru_cache(maxsize=300)(unit.described)  # As many as there are currencies.
        self.expected = _expected(measure.kind, style, unit)
        self.read = lru_cache(maxsize=REMEMBERED)(self._read)

    def _read(self, cell: str, currency: str | None) -> Cell | None:
        """What a cell says that holds more than blanks; None where it is missing.

        `currency` is that of the column's bare amounts, None where each cell names its own. A
        number among the texts for missing stands for all cells of its value: `0` for `0.0`, too.
        Raises CellError.
        """
        if cell in self.missing:
            return None
        if cell in self.none:
            return Cell(None, None, " ".join(cell.split()))
        if len(cell) > MAX_LENGTH:
            raise CellError(f"at most {MAX_LENGTH} characters")
        number = self.style.plain(cell)
        if number is None:
            return self._in_words(cell, currency)
        if self.missing_numbers and number in self.missing_numbers:
            return None
        return self._bare(cell, number, currency)

    def _bare(self, cell: str, number: Decimal, currency: str | None) -> Cell:
        if not self.unit.plain:
            raise CellError("a share with its sign, as 12.5%, or percent: true in the mapping")
        if self.measure.kind is Kind.MONEY and currency is None:
            raise NoCurrencyError
        stated = _with_unit(cell, self.described(currency))
        return Cell(self._exactly(number), currency, stated)

    def _exactly(self, number: Decimal) -> Interval:
        try:
            ticks = in_storage(number, self.unit.factor, self.measure.kind)
        except NotWholeError:
            raise CellError(f"a whole number of {self.measure.unit}") from None
        except TooLargeError:
            raise CellError("a number small enough to be stored") from None
        return self._inside(ticks)

    def _inside(self, ticks: int) -> Interval:
        domain = self.measure.domain
        if (domain.low is None or ticks >= domain.low) and (
            domain.high is None or ticks <= domain.high
        ):
            return Interval.exactly(ticks)
        raise CellError(domain_words(self.measure))

    def _in_words(self, cell: str, currency: str | None) -> Cell:
        """A cell in the notation: with a bound, a range, a sign, a scale or a unit of its own."""
        below = self.style.negated(cell)
        own = _Own.of(cell if below is None else below, self.measure.kind, self.style)
        if own.scale and self.unit.times != 1:
            raise CellError(f"a number in {self.described(None)}, without a scale of its own")
        if self.measure.kind is Kind.MONEY and not own.currency and currency is None:
            raise NoCurrencyError
        reading = self._noted(own, currency)
        if own.currency and currency not in (None, reading.currency):
            raise CellError(f"an amount in {currency}, as the mapping says")
        interval = reading.interval if below is None else self._mirrored(reading)
        silent = own.scale or own.percent
        unit = "" if silent else self.described(None if own.currency else currency)
        return Cell(interval, reading.currency, _with_unit(" ".join(cell.split()), unit))

    def _noted(self, own: "_Own", currency: str | None) -> Reading:
        """The reading of a cell to which the notation's marks are added that the column implies."""
        times, suffix = self.unit.times, ""
        if self.measure.kind is Kind.SHARE:
            times = Fraction(1) if own.percent or self.unit.percent else times * 100
            suffix = "%" if self.unit.plain and not own.percent else ""
        elif self.measure.kind is Kind.MONEY and not own.currency:
            suffix = f" {currency}"
        factor = Decimal(times.numerator) / Decimal(times.denominator)
        noted = self.style.in_notation(own.text, factor, suffix)
        try:
            if noted is not None:
                return read_notation(noted, self.measure, self.dollar)
        except NotationError:
            pass  # The message would show the cell in another form than it has.
        raise CellError(self.expected)

    def _mirrored(self, reading: Reading) -> Interval:
        exact = reading.interval.exact
        if exact is None:
            raise CellError(self.expected)
        return self._inside(-exact)


class _Own(Struct, frozen=True):
    """A cell's text, and which parts of its unit it names itself."""

    text: str
    currency: bool
    percent: bool
    scale: bool

    @classmethod
    def of(cls, text: str, kind: Kind, style: NumberStyle) -> "_Own":
        named = kind is Kind.MONEY and any(
            not found[0].isalpha() or found[0].upper() in codes() for found in _MARK.finditer(text)
        )
        return cls(text, named, bool(_PERCENT.search(text)), style.names_scale(text))


def _with_unit(printed: str, unit: str) -> str:
    """The form printed in a cell, and in brackets what the column says it counts in."""
    return f"{printed} ({unit})" if unit else printed


def _expected(kind: Kind, style: NumberStyle, unit: Unit) -> str:
    """What a cell of the column may hold, in the column's own style."""
    comma = {None: "," if style.decimal == "." else ".", "none": ""}.get(
        style.thousands, style.thousands
    )
    sample = {
        Kind.MONEY: f"13{comma}612{style.decimal}5",
        Kind.COUNT: f"610{comma}076",
        Kind.SHARE: f"12{style.decimal}5{'' if unit.plain else '%'}",
        Kind.YEAR: "1987",
    }[kind]
    bounds = "" if kind is Kind.YEAR else ", a bound as > 10 or 40+"
    return f"a number as {sample}{bounds}, or a text that the mapping lists under missing"
