"""SQLite: one file, one writer at a time, readers that go on during a load."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from sqlite3 import OperationalError
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.engine import URL

from ..errors import UnusableDatabase
from .pool import CONNECTIONS, OVERFLOW

TOGETHER = 50
"""Rows that one statement writes: of the widest table, no more values than SQLite takes at once."""

CACHE = 16_000
"""Kibibytes of pages that a load keeps, so that few are written before they are full."""


def open_file(url: URL, writes: bool) -> Engine:
    """An engine for a file. Raises UnusableDatabase for a database in memory."""
    if url.database in (None, "", ":memory:"):
        raise UnusableDatabase("SQLite needs a file, so that readers go on during a load")
    engine = create_engine(url, pool_size=CONNECTIONS, max_overflow=OVERFLOW)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # Transactions are begun below, reads included.
        connection.execute("PRAGMA busy_timeout = 30000")
        connection.execute("PRAGMA trusted_schema = 0")
        connection.execute(f"PRAGMA query_only = {0 if writes else 1}")
        if writes:
            connection.execute(f"PRAGMA cache_size = -{CACHE}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that turns to writing can fail halfway; an immediate one waits.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def keep_journal_beside(engine: Engine) -> None:
    """Keep the journal beside the file, so that a load writes there and readers go on."""
    _journal(engine, "WAL")


@contextmanager
def written_at_once(engine: Engine) -> Iterator[None]:
    """Within this block write a file that holds nothing yet straight away, not to a journal first
    and from there once more. A reader who comes meanwhile waits; where one is there, or another
    writer, it goes by the journal as ever.
    """
    with suppress(OperationalError):
        _journal(engine, "DELETE")
    try:
        yield
    finally:
        keep_journal_beside(engine)


def _journal(engine: Engine, mode: str) -> None:
    connection = engine.raw_connection()
    try:
        connection.cursor().execute(f"PRAGMA journal_mode = {mode}")
    finally:
        connection.close()


def put_rows(
    connection: Connection, table: Table, generation: int, values: tuple[Any, ...]
) -> None:
    """Write rows of a generation, their values in the order of the table's columns behind it."""
    width = len(table.c) - 1
    whole = len(values) // (width * TOGETHER) * width * TOGETHER
    # Of a statement for many rows a row costs a fifth less than of one for each.
    for many, first, beyond in ((TOGETHER, 0, whole), (1, whole, len(values))):
        step = width * many
        if made := [values[at : at + step] for at in range(first, beyond, step)]:
            connection.exec_driver_sql(_inserting(table, generation, many), made)


@lru_cache(maxsize=32)
def _inserting(table: Table, generation: int, many: int) -> str:
    """The statement that writes so many rows of a generation."""
    start, _, marks = str(insert(table).compile(dialect=dialect())).rpartition(" VALUES ")
    of_one = marks.replace("?", str(generation), 1)
    return f"{start} VALUES {', '.join([of_one] * many)}"
