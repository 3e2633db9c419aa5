"""The figure: one number that was stated, worked out, or said not to exist yet.

An interval with its unit, period, printed form and source. It knows nothing of companies.
"""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from .interval import Interval


class State(StrEnum):
    """How we come to know a figure, or why we do not."""

    STATED = "stated"
    DERIVED = "derived"
    NONE = "none"
    UNKNOWN = "unknown"


class Period(Struct, frozen=True, gc=False):
    """The time that a figure speaks of: the label as printed, and its last day."""

    label: str
    end: date


YEAR_ACCEPTED = "a year, as 2016, or 2015/16, which ends in 2016"
"""What a reader may type for a period."""
_YEAR = re.compile(r"(?P<start>\d{4})(?:\s?[/–-]\s?(?P<end>\d{2}|\d{4}))?")


def end_year(label: str) -> int:
    """The year in which a period of at most a year ends: 2015 of `2015`, 2016 of `2015/16`.

    Raises ValueError for anything else; the message says what would be right.
    """
    found = _YEAR.fullmatch(label.strip())
    if found is None:
        raise ValueError(f"“{label}” is no period; write a year as 2015 or 2015/16")
    start = int(found["start"])
    end = int(found["end"]) if found["end"] else start
    end = end + start // 100 * 100 if end < 100 else end
    end = end + 100 if end < start else end
    if end - start > 1 or not 1 <= end <= 9999:
        raise ValueError(f"“{label}” is longer than a year")
    return end


class Citation(Struct, frozen=True, gc=False):
    """One place of a source where a figure stands, with the form printed there."""

    locator: str
    as_stated: str


class Rate(Struct, frozen=True, gc=False):
    """One unit of `base` is `value` units of `quote`, above zero: of a year, or of a day.

    `period` is that year or day, and `yearly` tells which. `value` has the digits printed.
    """

    base: str
    quote: str
    value: Decimal
    period: Period
    yearly: bool
    source: str
    locator: str | None = None


class Conversion(Struct, frozen=True, gc=False):
    """How an amount came into another currency: what it was, and the rates that led there.

    `interval` and `currency` are those of the figure as its source has it.
    """

    interval: Interval
    currency: str
    rates: tuple[Rate, ...]


class Figure(Struct, frozen=True, gc=False):
    """What is known of one measure of one company.

    `interval` is in the measure's storage unit and None unless stated or derived. `published`
    is the date of the source, `period` None where the source dates the figure in no way. An amount
    that a reader has in another currency than its source's tells of its `conversion`.
    """

    measure: str
    state: State
    interval: Interval | None = None
    currency: str | None = None
    period: Period | None = None
    published: date | None = None
    as_stated: str | None = None
    source: str | None = None
    citations: tuple[Citation, ...] = ()
    derivation: str | None = None
    note: str | None = None
    conversion: Conversion | None = None

    @property
    def known(self) -> bool:
        """Whether there is a number at all."""
        return self.interval is not None

    @property
    def locator(self) -> str | None:
        """Where the figure stands; a place that prints another form names that form."""
        places = [
            cited.locator
            if cited.as_stated == self.as_stated
            else f"{cited.locator} ({cited.as_stated})"
            for cited in self.citations
        ]
        return "; ".join(places) or None


def unknown(measure: str) -> Figure:
    """The figure of a measure of which no source says anything."""
    return Figure(measure, State.UNKNOWN)
