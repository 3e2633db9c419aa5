"""The exchange rates of data files, and the currencies that readers may choose."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Any

from ..profiles.company import Source
from ..profiles.figure import Period, Rate
from ..profiles.rates import NO_RATES, Rates
from .document import Document, Path
from .entries import RateEntry
from .report import Report

MOST_OFFERED = 4
"""Currencies that readers may choose from: the list is kept in each of them."""


class Exchange:
    """Collects the rates of all files; what is wrong goes into the report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.found: dict[tuple[frozenset[str], Period], tuple[Rate, str]] = {}
        self.cited: list[tuple[Document, Path, str]] = []
        self.offers: list[tuple[Document, str]] = []

    def offer(self, document: Document, currencies: Sequence[str]) -> None:
        """Note the currencies that a file offers its readers."""
        self.offers += ((document, one) for one in currencies)

    def read(self, document: Document, values: Sequence[Any]) -> None:
        """The rates of one file."""
        for place, value in enumerate(values):
            path: Path = ("rates", place)
            if entry := self.report.validate(RateEntry, value, document, path):
                self.cited.append((document, (*path, "source"), entry.source))
                self.add(document, path, make_rate(entry))

    def add(self, document: Document, path: Path, rate: Rate) -> None:
        """Keep a rate; a second one between two currencies of one time is at fault."""
        key = (frozenset({rate.base, rate.quote}), rate.period)
        if key in self.found:
            told = f"the rate of {rate.base} and {rate.quote} of {rate.period.label}"
            self.report.add(document, path, f"{told} is given at {self.found[key][1]} already")
            return
        mark = document.mark(path)
        self.found[key] = (rate, f"{document.file}:{mark.line}")

    def rates(self, home: str, sources: Mapping[str, Source]) -> Rates:
        """All rates, once every file is read; `home` is the data set's own currency.

        Readers may have that and those which the files offer, else all that a rate names.
        """
        for document, path, source in self.cited:
            if source not in sources:
                known = ", ".join(sources) or "none"
                self.report.add(document, path, f"no source {source} is described; known: {known}")
        rates = tuple(rate for rate, _ in self.found.values())
        named = tuple(dict.fromkeys(chain.from_iterable((r.base, r.quote) for r in rates)))
        for document, currency in self.offers:
            if currency not in named:
                told = ", ".join(named) or "none"
                message = f"no rate leads to {currency}; rates are given for {told}"
                self.report.add(document, ("currencies",), message)
        if not rates:
            return NO_RATES
        offered = dict.fromkeys((home, *([one for _, one in self.offers] or named)))
        if len(offered) > MOST_OFFERED:
            document = self.offers[0][0] if self.offers else self.cited[0][0]
            place: Path = ("currencies",) if self.offers else ("rates",)
            message = f"rates are given for {', '.join(named)}; readers may choose from at most "
            message += f"{MOST_OFFERED} with {home}: name those under currencies"
            self.report.add(document, place, message)
        return Rates(rates, tuple(offered))


def make_rate(entry: RateEntry) -> Rate:
    """The rate that an entry gives."""
    base, _, quote = entry.pair.partition("/")
    yearly = entry.year is not None
    end = date(int(entry.year), 12, 31) if entry.year else entry.date
    assert end is not None
    label = entry.year or end.isoformat()
    return Rate(base, quote, entry.rate, Period(label, end), yearly, entry.source, entry.locator)
