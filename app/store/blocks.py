"""The listing's columns, packed: what one measure is of every company, in the order of slugs.

A question about all companies reads the few columns that it asks of, a chunk at a time, instead of
a million rows. A company's place is its number in the order of slugs, counted from 0.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, RowMapping, and_, func, select

from app.profiles.figure import State
from app.profiles.interval import Interval
from app.store.rows import LATEST
from app.store.snapshot import Snapshot
from app.store.tables import FOREIGN, block

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

STATES = (State.UNKNOWN.value, State.NONE.value, FOREIGN, State.STATED.value, State.DERIVED.value)
"""What the lowest three bits of a state's byte say; from FIRST_KNOWN on there is a number."""
FIRST_KNOWN = 3
STATE, LOW_OPEN, HIGH_OPEN, LACKING, LOW_ENDLESS, HIGH_ENDLESS = 7, 8, 16, 32, 64, 128
"""The bits of a state's byte."""


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
        return Column(self.start, self.states[those], self.low[those], self.high[those])

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


def read_column(snapshot: Snapshot, view: str, key: str) -> Iterator[Column]:
    """A measure of every company of a view, a chunk at a time."""
    of_key = select(block).where(_of(snapshot, view, key))
    for row in snapshot.connection.execute(of_key.order_by(block.c.chunk)).mappings():
        yield _column(row)


def read_columns(
    snapshot: Snapshot, view: str, keys: Sequence[str]
) -> Iterator[tuple[Column, ...]]:
    """Several measures side by side, a chunk at a time."""
    return zip(*(read_column(snapshot, view, key) for key in keys), strict=True)


def read_states(snapshot: Snapshot, view: str, key: str) -> Codes:
    """The states' bytes of every company of a view."""
    of_key = select(block.c.states).where(_of(snapshot, view, key))
    chunks = snapshot.connection.scalars(of_key.order_by(block.c.chunk))
    return np.frombuffer(b"".join(chunks), np.uint8)


def _of(snapshot: Snapshot, view: str, key: str) -> ColumnElement[bool]:
    """The blocks of a measure; what no listing holds is the same in every view."""
    measure = snapshot.edition.catalogue.get(key)
    if key == REPORTED or (measure and measure.listed):
        return and_(snapshot.of(block, view), block.c.measure == key)
    of_edition = block.c.generation == snapshot.edition.generation
    return and_(of_edition, block.c.view == LATEST, block.c.measure == key)


def size_of(snapshot: Snapshot, view: str) -> int:
    """How many companies a view has a line of: all, or none where there is no such view."""

    def count() -> int:
        of_view = select(func.sum(block.c.companies)).where(snapshot.of(block, view))
        return int(snapshot.connection.scalar(of_view.where(block.c.measure == REPORTED)) or 0)

    return snapshot.memory.get(("size", view), count)


def _column(row: RowMapping) -> Column:
    states = np.frombuffer(row["states"], np.uint8)
    low = np.zeros(len(states), np.int64)
    if row["lows"]:  # Else nobody in the chunk has a number.
        width = len(row["lows"]) // len(states)
        low = np.frombuffer(row["lows"], f"i{width}").astype(np.int64, copy=False)
    high = low
    if row["wide"]:
        high = low.copy()
        high[np.frombuffer(row["wide"], np.uint16)] = np.frombuffer(row["highs"], np.int64)
    return Column(row["chunk"] * CHUNK, states, low, high)
