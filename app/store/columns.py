"""Columns: what one measure is of every company, in the order of slugs, packed a chunk at a time.

A question about all companies reads the few columns that it asks of, instead of a million rows. A
company's place is its number in the order of slugs, counted from 0.
"""

from collections.abc import Iterator
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, RowMapping, select

from ..profiles.interval import Interval
from .codes import (
    FIRST_KNOWN,
    HIGH_ENDLESS,
    HIGH_OPEN,
    LOW_ENDLESS,
    LOW_OPEN,
    NOTHING,
    STATE,
)
from .tables import block

Flags: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.uint8]
Numbers: TypeAlias = npt.NDArray[np.int64]
Bounds: TypeAlias = npt.NDArray[np.signedinteger]
"""Numbers in as few bytes each as hold them all."""
Places: TypeAlias = npt.NDArray[np.uint32]
Chosen: TypeAlias = npt.NDArray[np.intp]
"""Places of some companies, in rising order unless told."""

CHUNK = 65_536
"""Companies in a chunk, so that a place in it fits 16 bits."""
FEW = 8_000
"""Companies up to which each is looked for in a chunk, rather than all be laid out."""
REPORTED = "=reported"
"""The column that says who has any figure of a view; no measure is called so."""
NAME = "=name"
"""The column of places in the order of names, two apart, equal ones for equal names."""


def known_in(states: Codes) -> Flags:
    """Whose state's byte tells of a comparable number."""
    those: Flags = (states & np.uint8(STATE)) >= FIRST_KNOWN
    return those


class Column(Struct, frozen=True):
    """A measure of the companies of one chunk, from the place `start` on.

    `low` and `high` are zero where there is no bound, be it unknown or infinite.
    """

    start: int
    states: Codes
    low: Numbers
    high: Numbers

    def has(self, bit: int) -> Flags:
        """Who has a bit of the state's byte."""
        those: Flags = (self.states & bit) != 0
        return those

    def of(self, those: Flags | Chosen) -> "Column":
        """The same of some companies alone."""
        # By places numpy takes in a quarter of the time that it needs by flags in no order.
        places = np.flatnonzero(those) if those.dtype == bool else those
        low = self.low[places]
        high = low if self.high is self.low else self.high[places]
        return Column(self.start, self.states[places], low, high)

    @property
    def known(self) -> Flags:
        """Who has a comparable number."""
        return known_in(self.states)

    @property
    def exact(self) -> Flags:
        """Who has just one number."""
        endless = (self.states & (LOW_ENDLESS | HIGH_ENDLESS)) != 0
        those: Flags = self.known & (self.low == self.high) & ~endless
        return those

    def interval(self, at: int) -> Interval:
        """The number of the company at a place of the chunk, which must have one."""
        states = int(self.states[at])
        return Interval(
            None if states & LOW_ENDLESS else int(self.low[at]),
            None if states & HIGH_ENDLESS else int(self.high[at]),
            bool(states & LOW_OPEN),
            bool(states & HIGH_OPEN),
        )


NOBODY = Column(0, np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64))
"""The column of no company."""


class Chunk(Struct, frozen=True):
    """A column of one chunk in few bytes: `lows` in as few each as they are written in, and `highs`
    only of the companies at the places `several` in it, which state more than one number.
    """

    start: int
    states: Codes
    lows: Bounds
    several: npt.NDArray[np.uint16]
    highs: Numbers

    @property
    def stop(self) -> int:
        """The place behind the last."""
        return self.start + len(self.states)

    @property
    def nbytes(self) -> int:
        """The bytes it takes."""
        return sum(one.nbytes for one in (self.states, self.lows, self.several, self.highs))

    @property
    def known(self) -> Flags:
        """Who has a comparable number."""
        return known_in(self.states)

    @property
    def whole(self) -> Column:
        """All its companies."""
        low = self.lows.astype(np.int64)
        high = low
        if len(self.several):
            high = low.copy()
            high[self.several] = self.highs
        return Column(self.start, self.states, low, high)

    def at(self, places: Chosen) -> Column:
        """Some of its companies, by their places in the chunk."""
        low = self.lows[places].astype(np.int64, copy=False)
        return Column(self.start, self.states[places], low, self._highs_at(places, low))

    def _highs_at(self, places: Chosen, low: Numbers) -> Numbers:
        if not len(self.several):
            return low
        if len(places) > FEW:
            return self.whole.high[places]
        high, found = low.copy(), np.searchsorted(self.several, places)
        found[found == len(self.several)] = 0
        apart = np.flatnonzero(self.several[found] == places)
        high[apart] = self.highs[found[apart]]
        return high

    def numbers(self) -> Codes:
        """How many numbers each company states: none, one, or 2 for more."""
        found = self.known.view(np.uint8)
        found[self.several] = 2
        return found

    @property
    def ranging(self) -> Column:
        """Those that state more than one number."""
        low = self.lows[self.several].astype(np.int64, copy=False)
        return Column(self.start, self.states[self.several], low, self.highs)


def chunks_in(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Chunk]:
    """Some blocks of one measure, view by view, a chunk at a time."""
    query = select(block).where(condition).order_by(block.c.view, block.c.chunk)
    for row in connection.execute(query).mappings():
        yield _chunk(row)


def columns_in(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Column]:
    """The same as whole columns."""
    return (one.whole for one in chunks_in(connection, condition))


def states_of_chunk(packed: bytes, companies: int) -> Codes:
    """The states' bytes of a chunk, of which none are written where nobody says anything."""
    if packed:
        return np.frombuffer(packed, np.uint8)
    return np.full(companies, NOTHING, np.uint8)


def lows_of_chunk(packed: bytes, companies: int) -> Bounds:
    """The lower ends of a chunk, in as few bytes each as they are written in; where none are
    written nobody has a number, or all have zero.
    """
    if not packed:
        return np.zeros(companies, np.int8)
    return np.frombuffer(packed, f"i{len(packed) // companies}")


def _chunk(row: RowMapping) -> Chunk:
    states = states_of_chunk(row["states"], row["companies"])
    lows = lows_of_chunk(row["lows"], row["companies"])
    wide = np.frombuffer(row["wide"], np.uint16)
    several: Flags = (states & np.uint8(LOW_ENDLESS | HIGH_ENDLESS)) != 0
    several[wide] = True
    places = np.flatnonzero(several).astype(np.uint16)
    highs = lows[places].astype(np.int64)
    highs[np.searchsorted(places, wide)] = np.frombuffer(row["highs"], np.int64)
    return Chunk(row["chunk"] * CHUNK, states, lows, places, highs)
