"""Verifying a load before it becomes current: what arrived is what was written, and what is packed
says the same as the figures.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from sqlalchemy import Connection, Table, and_, case, func, select

from ..errors import UnusableDatabase
from ..profiles.company import Head
from ..profiles.figure import State
from . import tables
from .codes import FOREIGN, HIGH_OPEN, LOW_OPEN, STATE, STATES
from .columns import CHUNK, Column, columns_in
from .views import LATEST

PRIME = 1_000_003
"""Bounds are added up by their remainders, so that no sum is too large for any database."""
LOW, HIGH, OPEN_LOW, OPEN_HIGH, THERE = 1, 3, 11, 13, 1
"""What a bound, an open end and a figure count for, so that none stands in for another."""
OF_STATE = {State.NONE.value: 7, FOREIGN: 17, State.STATED.value: 3, State.DERIVED.value: 5}
"""How many times a figure counts, by its state. An unknown one counts for nothing, and of one that
is foreign no bounds can be compared: it counts as if it had none.
"""


class Told(Struct, frozen=True):
    """How much there is to be written."""

    companies: int
    figures: int


def verify(connection: Connection, number: int, head: Head, told: Told) -> None:
    """Count what arrived, and hold what is packed of the headlines of all listed measures against
    what their figures add up to.

    Raises UnusableDatabase where they differ.
    """
    listed = [measure.key for measure in head.catalogue.listed]
    figures, added_up = _of_figures(connection, number, head.currency, listed)
    companies = _count(connection, number, tables.company)
    for what, found, written in (
        ("company", companies, told.companies),
        ("figure", figures, told.figures),
    ):
        if found != written:
            raise UnusableDatabase(f"{what} holds {found} rows where {written} were written")
    if added_up != _packed(connection, number, listed):
        wrong = [key for key in listed if not _agrees(connection, number, head.currency, key)]
        raise UnusableDatabase(f"what is packed of {', '.join(wrong)} disagrees with its figures")


def _count(connection: Connection, number: int, table: Table) -> int:
    rows = select(func.count()).select_from(table).where(table.c.generation == number)
    return int(connection.scalar(rows) or 0)


def _agrees(connection: Connection, number: int, currency: str, key: str) -> bool:
    """Whether what is packed of a measure adds up to what its figures do."""
    return _packed(connection, number, [key]) == _of_figures(connection, number, currency, [key])[1]


def _packed(connection: Connection, number: int, keys: Sequence[str]) -> int:
    """What is packed of some measures, added up, that of each so many times as its turn is."""
    found = (_of_columns(connection, number, key) for key in keys)
    return sum(turn * one for turn, one in enumerate(found, 1))


def _of_figures(
    connection: Connection, number: int, currency: str, keys: Sequence[str]
) -> tuple[int, int]:
    """How many figures there are, and what those add up to that speak for the measures. All are
    looked through once and not sorted by measure, which would take three times as long.
    """
    held = tables.figure.c
    turn = case({key: turn for turn, key in enumerate(keys, 1)}, value=held.measure, else_=0)
    known = held.state.in_([State.STATED, State.DERIVED])
    foreign = and_(known, held.currency.is_not(None), held.currency != currency)
    bounds = (
        func.coalesce(held.low % PRIME, 0) * LOW
        + func.coalesce(held.high % PRIME, 0) * HIGH
        + case((held.low_open, OPEN_LOW), else_=0)
        + case((held.high_open, OPEN_HIGH), else_=0)
    )
    times = case(OF_STATE, value=held.state, else_=0)
    counted = case(
        (held.position != 0, 0),
        (foreign, OF_STATE[FOREIGN] * THERE),
        else_=times * (bounds + THERE),
    )
    query = select(func.count(), func.sum(turn * counted)).where(held.generation == number)
    figures, added_up = connection.execute(query).one()
    return int(figures), int(added_up or 0)


def _of_columns(connection: Connection, number: int, key: str) -> int:
    """What the packed headlines of a measure add up to."""
    held = tables.block.c
    of_key = and_(held.generation == number, held.view == LATEST, held.measure == key)
    return sum(map(_of_column, columns_in(connection, of_key)))


def _of_column(column: Column) -> int:
    assert len(column.states) <= CHUNK  # So no sum of remainders overflows.
    states = column.states & STATE
    return sum(
        times * _added_up(column.of(states == code))
        for code, word in enumerate(STATES)
        if (times := OF_STATE.get(word))
    )


def _added_up(column: Column) -> int:
    low, high = (int(np.fmod(bounds, PRIME).sum()) for bounds in (column.low, column.high))
    opened, closed = (int(np.count_nonzero(column.has(bit))) for bit in (LOW_OPEN, HIGH_OPEN))
    ends = opened * OPEN_LOW + closed * OPEN_HIGH
    return low * LOW + high * HIGH + ends + len(column.states) * THERE
