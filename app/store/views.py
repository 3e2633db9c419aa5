"""Views: what a list compares of a company, as of the latest of its figures or of one year, as
stated or in a currency that readers may choose.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from app.profiles.company import Company, Head
from app.profiles.figure import Figure
from app.profiles.interval import Interval
from app.store.codes import (
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

Told: TypeAlias = tuple[int, int, int, int]
"""The number of a measure in the catalogue, the byte of what is known, and both bounds, zero where
there is none."""
View: TypeAlias = tuple[str, list[Told]]
"""A view in which a company has any figure, and what is told there; of the others nothing is."""


def view_of(year: str, currency: str) -> str:
    """The view of a year, or LATEST, as stated or in a currency."""
    return f"{year}{IN}{currency}" if currency else year


class Views:
    """What companies of one data set tell in each view."""

    def __init__(self, head: Head) -> None:
        self._rates, self._own = head.rates, head.currency
        every = {key: number for number, key in enumerate(head.catalogue.keys)}
        self._listed = {measure.key: every[measure.key] for measure in head.catalogue.listed}
        self._others = {key: number for key, number in every.items() if key not in self._listed}

    def of(self, one: Company) -> list[View]:
        """The views in which a company has a figure; of measures that are not listed the latest
        says whether there is a number, no more.
        """
        if not one.figures:
            return []
        latest = (LATEST, [*_told(one.figures, self._listed, self._own), *self._numbers(one)])
        found = [latest, *self._years(one, "", self._own)]
        for chosen in self._rates.offered:
            seen = one.in_currency(chosen, self._rates)
            told = list(_told(seen.figures, self._listed, chosen))
            found += [(view_of(LATEST, chosen), told), *self._years(seen, chosen, chosen)]
        return found

    def _years(self, one: Company, chosen: str, currency: str) -> Iterator[View]:
        by_year: dict[int, list[Figure]] = {}
        for figure in one.figures:
            if figure.period:
                by_year.setdefault(figure.period.end.year, []).append(figure)
        for year, figures in by_year.items():
            yield view_of(str(year), chosen), list(_told(figures, self._listed, currency))

    def _numbers(self, one: Company) -> Iterator[Told]:
        known = {figure.measure for figure in one.figures if figure.known} & self._others.keys()
        return ((self._others[key], 0, 0, 0) for key in sorted(known))


def _told(figures: Iterable[Figure], columns: Mapping[str, int], currency: str) -> Iterator[Told]:
    """Each measure's headline, which is its first figure.

    An amount in another currency than `currency` has no bounds here: it cannot be compared.
    """
    found: dict[int, Told] = {}
    for figure in figures:
        column, interval = columns.get(figure.measure), figure.interval
        if column is None:
            continue
        if column in found:
            if interval is not None and found[column][1] & LACKING:
                found[column] = (column, found[column][1] & ~LACKING, 0, 0)
        elif interval is None:
            found[column] = (column, CODES[figure.state] | LACKING, 0, 0)
        elif figure.currency is not None and figure.currency != currency:
            found[column] = (column, CODES[FOREIGN], 0, 0)
        else:
            code = CODES[figure.state] | _ends(interval)
            found[column] = (column, code, interval.low or 0, interval.high or 0)
    return iter(found.values())


def _ends(interval: Interval) -> int:
    """The bits of the ends of an interval; in most cases none."""
    return (
        (LOW_OPEN if interval.low_open else 0)
        | (HIGH_OPEN if interval.high_open else 0)
        | (LOW_ENDLESS if interval.low is None else 0)
        | (HIGH_ENDLESS if interval.high is None else 0)
    )
