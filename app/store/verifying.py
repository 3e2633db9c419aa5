"""Verifying a load before it becomes current: what arrived is what was written, and what is packed
says the same as the figures.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

import numpy as np
from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, select

from app.errors import UnusableDatabase
from app.profiles.company import Head
from app.profiles.figure import State
from app.store import tables
from app.store.codes import FOREIGN, HIGH_OPEN, LOW_OPEN, STATE, STATES
from app.store.columns import CHUNK, Column, columns_in
from app.store.stock import Stock
from app.store.views import LATEST

PRIME = 1_000_003
"""Bounds are added up by their remainders, so that no sum is too large for any database."""

Sums: TypeAlias = dict[str, tuple[int, ...]]
"""By state: how many figures, both bounds added up, and how many ends are open."""


def verify(
    connection: Connection, number: int, head: Head, stock: Stock, figures: Mapping[str, Sums]
) -> None:
    """Count what arrived, and hold each measure's packed headlines against what its figures,
    those of `add_up_headlines`, add up to.

    Raises UnusableDatabase where they differ.
    """
    for table, written in ((tables.company, stock.companies), (tables.figure, stock.figures)):
        if (found := _count(connection, number, table)) != written:
            raise UnusableDatabase(f"{table.name} holds {found} rows where {written} were written")
    for measure in head.catalogue.listed:
        packed = _of_columns(connection, number, measure.key)
        if packed != figures.get(measure.key, {}):
            raise UnusableDatabase(f"what is packed of {measure.key} disagrees with its figures")


def _count(connection: Connection, number: int, table: Table) -> int:
    rows = select(func.count()).select_from(table).where(table.c.generation == number)
    return int(connection.scalar(rows) or 0)


def add_up_headlines(connection: Connection, number: int, currency: str) -> dict[str, Sums]:
    """What the figures that speak for each measure add up to, once all are written.

    An amount in another currency has no bounds to compare.
    """
    held = tables.figure.c
    known = held.state.in_([State.STATED, State.DERIVED])
    foreign = and_(known, held.currency.is_not(None), held.currency != currency)
    state = case((foreign, FOREIGN), else_=held.state)
    query = (
        select(held.measure, state, func.count(), *_added_up(foreign))
        .where(held.generation == number, held.position == 0, held.state != State.UNKNOWN)
        .group_by(held.measure, state)
    )
    found: dict[str, Sums] = {}
    for measure, word, *sums in connection.execute(query):
        found.setdefault(measure, {})[word] = tuple(int(one) for one in sums)
    return found


def _added_up(foreign: ColumnElement[bool]) -> Iterator[ColumnElement[int]]:
    held = tables.figure.c
    for end in (held.low, held.high):
        yield func.sum(case((foreign, 0), else_=func.coalesce(end % PRIME, 0)))
    for opened in (held.low_open, held.high_open):
        yield func.sum(case((foreign, 0), (opened, 1), else_=0))


def _of_columns(connection: Connection, number: int, key: str) -> Sums:
    """What the packed headlines of a measure add up to."""
    held = tables.block.c
    of_key = and_(held.generation == number, held.view == LATEST, held.measure == key)
    sums: dict[str, np.ndarray[tuple[int], np.dtype[np.int64]]] = {}
    for column in columns_in(connection, of_key):
        for state, word in enumerate(STATES):
            those = column.of((column.states & STATE) == state)
            if state and len(those.states):
                sums[word] = sums.get(word, np.zeros(5, np.int64)) + _sums(those)
    return {word: tuple(int(one) for one in found) for word, found in sums.items()}


def _sums(column: Column) -> list[int]:
    assert len(column.states) <= CHUNK  # So no sum of remainders overflows.
    ends = (int(np.fmod(bounds, PRIME).sum()) for bounds in (column.low, column.high))
    opened = (int(np.count_nonzero(column.has(bit))) for bit in (LOW_OPEN, HIGH_OPEN))
    return [len(column.states), *ends, *opened]
