"""Columns: what one measure is of every company, in the order of slugs, packed a chunk at a time.

A question about all companies reads the few columns that it asks of, instead of a million rows. A
company's place is its number in the order of slugs, counted from 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, RowMapping, select

from app.profiles.interval import Interval
from app.store.codes import (
    FIRST_KNOWN,
    HIGH_ENDLESS,
    HIGH_OPEN,
    LOW_ENDLESS,
    LOW_OPEN,
    NOTHING,
    STATE,
)
from app.store.tables import block

Flags: TypeAlias = npt.NDArray[np.bool_]
Codes: TypeAlias = npt.NDArray[np.uint8]
Numbers: TypeAlias = npt.NDArray[np.int64]
Places: TypeAlias = npt.NDArray[np.uint32]

CHUNK = 65_536
"""Companies in a chunk, so that a place in it fits 16 bits."""
REPORTED = "=reported"
"""The column that says who has any figure of a view; no measure is called so."""
NAME = "=name"
"""The column of places in the order of names, two apart, equal ones for equal names."""


@dataclass(frozen=True, slots=True)
class Column:
    """A measure of the companies of one chunk, from the place `start` on.

    `low` and `high` are zero where there is no bound, be it unknown or infinite.
    """

    start: int
    states: Codes
    low: Numbers
    high: Numbers

    @property
    def stop(self) -> int:
        """The place behind the last."""
        return self.start + len(self.states)

    def has(self, bit: int) -> Flags:
        """Who has a bit of the state's byte."""
        those: Flags = (self.states & bit) != 0
        return those

    def of(self, those: Flags) -> "Column":
        """The same of some companies alone."""
        low = self.low[those]
        high = low if self.high is self.low else self.high[those]
        return Column(self.start, self.states[those], low, high)

    @property
    def known(self) -> Flags:
        """Who has a comparable number."""
        return (self.states & STATE) >= FIRST_KNOWN

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


def columns_in(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Column]:
    """The columns of some blocks of one measure, view by view, a chunk at a time."""
    query = select(block).where(condition).order_by(block.c.view, block.c.chunk)
    for row in connection.execute(query).mappings():
        yield _column(row)


def states_of_chunk(packed: bytes, companies: int) -> Codes:
    """The states' bytes of a chunk, of which none are written where nobody says anything."""
    if packed:
        return np.frombuffer(packed, np.uint8)
    return np.full(companies, NOTHING, np.uint8)


def lows_of_chunk(packed: bytes, companies: int) -> npt.NDArray[np.signedinteger]:
    """The lower ends of a chunk, in as few bytes each as they are written in."""
    return np.frombuffer(packed, f"i{len(packed) // companies}")


def _column(row: RowMapping) -> Column:
    states = states_of_chunk(row["states"], row["companies"])
    low = np.zeros(len(states), np.int64)
    if row["lows"]:  # Else nobody in the chunk has a number, or all have zero.
        low = lows_of_chunk(row["lows"], len(states)).astype(np.int64, copy=False)
    high = low
    if row["wide"]:
        high = low.copy()
        high[np.frombuffer(row["wide"], np.uint16)] = np.frombuffer(row["highs"], np.int64)
    return Column(row["chunk"] * CHUNK, states, low, high)
