"""Views: what a list compares of a company, as of the latest of its figures or of one year, as
stated or in a currency that readers may choose.
"""

from collections.abc import Iterable
from struct import Struct

from ..profiles.company import Company, Head
from ..profiles.figure import Figure
from ..profiles.interval import Interval
from .codes import (
    CODES,
    FOREIGN,
    HIGH_ENDLESS,
    HIGH_OPEN,
    LACKING,
    LOW_ENDLESS,
    LOW_OPEN,
)

LATEST = ""
"""The view that holds the latest of each figure."""
IN = "|"
"""What stands in a view between the year and the currency that all its amounts are in."""
TOLD = Struct("<HBBHqq")
"""What is told of a figure: the year in which its period ends, zero where there is none; the
currency it is told in, zero as stated, else counted from 1 among those offered; the byte of what
is known; the number of its measure in the catalogue; and both bounds, zero where there is none.
"""


def view_of(year: str, currency: str) -> str:
    """The view of a year, or LATEST, as stated or in a currency."""
    return f"{year}{IN}{currency}" if currency else year


class Views:
    """What companies of one data set tell in all views, figure by figure, in order."""

    def __init__(self, head: Head) -> None:
        self._rates, self._own = head.rates, head.currency
        self._measures = {key: number for number, key in enumerate(head.catalogue.keys)}

    def of(self, one: Company) -> bytes:
        """What is told of all its figures, as stated and in each currency, one after another."""
        told = self._told(one.figures, 0, self._own)
        for number, chosen in enumerate(self._rates.offered, 1):
            figures = one.in_currency(chosen, self._rates).figures
            told += self._told(figures, number, chosen)
        return told

    def _told(self, figures: Iterable[Figure], number: int, currency: str) -> bytes:
        """The figures in the currency that has a number.

        An amount in another currency has no bounds here: it cannot be compared.
        """
        told, pack, measures = [], TOLD.pack, self._measures
        for figure in figures:
            interval, period, low, high = figure.interval, figure.period, 0, 0
            if interval is None:
                code = CODES[figure.state] | LACKING
            elif figure.currency is not None and figure.currency != currency:
                code = CODES[FOREIGN]
            else:
                code = CODES[figure.state] | _ends(interval)
                low, high = interval.low or 0, interval.high or 0
            year = period.end.year if period else 0
            told.append(pack(year, number, code, measures[figure.measure], low, high))
        return b"".join(told)


def _ends(interval: Interval) -> int:
    """The bits of the ends of an interval; in most cases none."""
    if interval.low is not None and interval.low == interval.high:
        return 0  # One number, and both ends belong to it.
    return (
        (LOW_OPEN if interval.low_open else 0)
        | (HIGH_OPEN if interval.high_open else 0)
        | (LOW_ENDLESS if interval.low is None else 0)
        | (HIGH_ENDLESS if interval.high is None else 0)
    )
