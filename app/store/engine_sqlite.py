"""SQLite: one file, one writer at a time, readers that go on during a load."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, insert
from sqlalchemy.engine import URL

from app.errors import UnusableDatabase
from app.store.pool import CONNECTIONS, OVERFLOW

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
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def put_rows(
    connection: Connection, table: Table, generation: int, rows: Sequence[tuple[Any, ...]]
) -> None:
    """Write rows of a generation, their values in the order of the table's columns behind it."""
    one = str(insert(table).compile(dialect=connection.dialect))
    start, _, marks = one.rpartition(" VALUES ")
    marks = marks.replace("?", str(generation), 1)
    whole = len(rows) // TOGETHER * TOGETHER
    together = [
        tuple(chain.from_iterable(rows[at : at + TOGETHER])) for at in range(0, whole, TOGETHER)
    ]
    # Of a statement for many rows a row costs a fifth less than of one for each.
    for many, made in ((TOGETHER, together), (1, list(rows[whole:]))):
        if made:
            connection.exec_driver_sql(f"{start} VALUES {', '.join([marks] * many)}", made)
