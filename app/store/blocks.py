"""The columns of an edition, read for a snapshot (see `columns`)."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from sqlalchemy import ColumnElement, and_, func, select

from .columns import REPORTED, Chunk, Codes, Column, chunks_in
from .snapshot import Snapshot
from .tables import block
from .views import LATEST

WIDEST = 9
"""Bytes that most companies' part of a column takes at most."""


def read_chunks(snapshot: Snapshot, view: str, key: str) -> Iterable[Chunk]:
    """A measure of every company of a view, a chunk at a time; those asked for last are kept, as
    far as there is room.
    """

    def read() -> Iterator[Chunk]:
        return chunks_in(snapshot.connection, _of(snapshot, view, key))

    return snapshot.chunks(("column", view, key), WIDEST, read)


def read_column(snapshot: Snapshot, view: str, key: str) -> Iterator[Column]:
    """The same, with both bounds of every company laid out."""
    return (one.whole for one in read_chunks(snapshot, view, key))


def read_columns(snapshot: Snapshot, view: str, keys: Sequence[str]) -> Iterator[tuple[Chunk, ...]]:
    """Several measures side by side, a chunk at a time."""
    return zip(*(read_chunks(snapshot, view, key) for key in keys), strict=True)


def read_states(snapshot: Snapshot, view: str, key: str) -> Codes:
    """The states' bytes of every company of a view."""
    found = [one.states for one in read_chunks(snapshot, view, key)]
    return np.concatenate(found) if found else np.zeros(0, np.uint8)


def _of(snapshot: Snapshot, view: str, key: str) -> ColumnElement[bool]:
    """The blocks of a measure; what no list compares is the same in every view."""
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
