"""Exchange rates, and amounts converted by them. Pure.

A data set brings its rates; nothing is fetched, and none is taken for a time that it is not of.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from .figure import Conversion, Figure, Period, Rate
from .interval import MAX_BOUND, Interval

AS_STATED = "as-stated"
"""What a reader asks for who wants every amount in the currency of its source."""


_Pair = tuple[str, str]
_When = tuple[bool, date]


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a data set, and the currencies in which readers may have its amounts."""

    all: tuple[Rate, ...] = ()
    offered: tuple[str, ...] = ()
    _by_time: Mapping[_When, Mapping[_Pair, Rate]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_time: dict[_When, dict[_Pair, Rate]] = {}
        for rate in self.all:
            known = by_time.setdefault((rate.yearly, rate.period.end), {})
            known.setdefault((rate.base, rate.quote), rate)
        object.__setattr__(self, "_by_time", by_time)

    def path(self, base: str, quote: str, period: Period | None) -> tuple[Rate, ...]:
        """The rates that lead from one currency to another for an amount of a period, or none.

        They are of the year in which the period ends; where the data set has none such, of its last
        day. A rate leads both ways; where none leads straight, two that share a currency do. An
        undated amount has no rate: nobody knows of when it would be.
        """
        if period is None:
            return ()
        year = date(period.end.year, 12, 31)
        for when in ((True, year), (False, period.end)):
            if found := _path(self._by_time.get(when, {}), base, quote):
                return found
        return ()

    def convert(self, figure: Figure, currency: str) -> Figure:
        """The figure in another currency, its bounds rounded half-even to hundredths.

        A figure that is no amount, that is in this currency, or that no rate fits stays as it is.
        """
        before, interval = figure.currency, figure.interval
        if before is None or before == currency or interval is None:
            return figure
        rates = self.path(before, currency, figure.period)
        converted = _scaled(interval, _factor(rates, before)) if rates else None
        if converted is None:
            return figure
        how = Conversion(interval, before, rates)
        return replace(figure, interval=converted, currency=currency, conversion=how)


NO_RATES = Rates()


def rate_words(rate: Rate) -> str:
    """A rate as people write it, with its time: 1 EUR = 1.1095 USD (2015)."""
    return f"1 {rate.base} = {rate.value} {rate.quote} ({rate.period.label})"


def conversion_words(conversion: Conversion) -> str:
    """How an amount was converted: from CNY at 1 EUR = 6.9733 CNY (2015)."""
    rates = " and ".join(map(rate_words, conversion.rates))
    return f"from {conversion.currency} at {rates}"


def _path(known: Mapping[_Pair, Rate], base: str, quote: str) -> tuple[Rate, ...]:
    if straight := _either_way(known, base, quote):
        return (straight,)
    for between in _partners(known.values(), base):
        first, second = _either_way(known, base, between), _either_way(known, between, quote)
        if first and second:
            return (first, second)
    return ()


def _either_way(known: Mapping[_Pair, Rate], one: str, other: str) -> Rate | None:
    return known.get((one, other)) or known.get((other, one))


def _partners(rates: Iterable[Rate], currency: str) -> Iterator[str]:
    """The currencies that a rate leads to from this one, in the order of the data set."""
    for rate in rates:
        if currency in (rate.base, rate.quote):
            yield rate.quote if rate.base == currency else rate.base


def _factor(rates: Sequence[Rate], currency: str) -> Fraction:
    """What an amount in a currency is multiplied by along some rates, exactly."""
    factor = Fraction(1)
    for rate in rates:
        onward = rate.base == currency
        factor *= Fraction(rate.value) if onward else 1 / Fraction(rate.value)
        currency = rate.quote if onward else rate.base
    return factor


def _scaled(interval: Interval, factor: Fraction) -> Interval | None:
    """All numbers of an interval times a factor above zero; None beyond 64 bits.

    An open interval narrower than one storage unit becomes the one number it is rounded to.
    """
    low, high = (
        None if bound is None else round(bound * factor) for bound in (interval.low, interval.high)
    )
    if any(bound is not None and abs(bound) > MAX_BOUND for bound in (low, high)):
        return None
    if low is not None and low == high:
        return Interval.exactly(low)
    return Interval(low, high, interval.low_open, interval.high_open)
