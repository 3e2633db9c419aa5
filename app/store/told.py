"""What the companies of one chunk tell, by view and measure: of several figures the headline.

Here alone what `views` writes of each figure is read.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from .codes import LACKING, NOTHING
from .columns import Codes, Flags, Numbers
from .views import LATEST, TOLD, view_of

_FIELDS = np.dtype(
    [
        ("year", "<u2"),
        ("currency", "u1"),
        ("code", "u1"),
        ("measure", "<u2"),
        ("low", "<i8"),
        ("high", "<i8"),
    ]
)
assert _FIELDS.itemsize == TOLD.size

Packed = tuple[Codes, Numbers, Numbers]
"""The bytes of what is known of some companies, and both bounds, zero where there is none."""


class Told(Struct, frozen=True):
    """Figures of one view, in the order of companies and of each company's figures."""

    places: npt.NDArray[np.int64]
    measures: npt.NDArray[np.uint16]
    codes: Codes
    lows: Numbers
    highs: Numbers

    def of(self, those: Flags) -> "Told":
        """Some of them alone."""
        places = np.flatnonzero(those)
        return Told(*(getattr(self, name)[places] for name in self.__struct_fields__))

    def column(self, measure: int, companies: int) -> Packed:
        """The headlines of a measure of every company of the chunk.

        A headline that is no number does not lack one where another figure of its measure has.
        """
        those = self.of(self.measures == measure)
        first = np.ones(len(those.places), bool)
        first[1:] = those.places[1:] != those.places[:-1]
        states = np.full(companies, NOTHING, np.uint8)
        lows, highs = np.zeros((2, companies), np.int64)
        speaks = those.of(first)
        at = speaks.places
        states[at], lows[at], highs[at] = speaks.codes, speaks.lows, speaks.highs
        numbered = those.places[np.flatnonzero((those.codes & LACKING) == 0)]
        states[numbered] &= ~np.uint8(LACKING)
        return states, lows, highs

    def numbers(self, measure: int, companies: int) -> Packed:
        """Who has any number of a measure, and no more."""
        has = self.places[(self.measures == measure) & ((self.codes & LACKING) == 0)]
        states = np.full(companies, NOTHING, np.uint8)
        states[has] = 0
        nothing = np.zeros(companies, np.int64)
        return states, nothing, nothing


NOTHING_TOLD = Told(
    np.zeros(0, np.int64),
    np.zeros(0, np.uint16),
    np.zeros(0, np.uint8),
    np.zeros(0, np.int64),
    np.zeros(0, np.int64),
)


def views_in(of_each: Sequence[bytes], currencies: Sequence[str]) -> Iterator[tuple[str, Told]]:
    """The views in which any of some companies has a figure, with what is told there.

    `currencies` are those that the data set offers, and `of_each` is what `Views` says of each
    company, which stand at the places from 0 on.
    """
    every = np.frombuffer(b"".join(of_each), _FIELDS)
    counts = np.fromiter(map(len, of_each), np.int64, len(of_each)) // TOLD.size
    places = np.repeat(np.arange(len(of_each)), counts)
    fields = (np.ascontiguousarray(every[name]) for name in ("measure", "code", "low", "high"))
    told = Told(places, *fields)
    for number, currency in enumerate(("", *currencies)):
        chosen = every["currency"] == number
        if not np.any(chosen):
            continue
        in_it, years = told.of(chosen), every["year"][chosen]
        yield view_of(LATEST, currency), in_it
        for year in np.unique(years[years > 0]).tolist():
            yield view_of(str(year), currency), in_it.of(years == year)
