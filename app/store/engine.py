"""Engines: how each database is opened. The one place that knows a dialect."""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from app.errors import UnusableDatabase

CONNECTIONS = 16
"""Connections that one process holds at most; who may have one is decided before."""

OVERFLOW = 8
"""Connections beyond those, for error pages and probes, which wait for no slot."""


def open_engine(database: str, *, writes: bool = False) -> Engine:
    """An engine for a database URL; one that only reads cannot write, whatever it is asked.

    Raises UnusableDatabase for an URL that cannot be used.
    """
    try:
        url = make_url(database)
        if url.get_backend_name() == "sqlite":
            return _open_sqlite(url, writes)
        return _open_server(url)
    except (ArgumentError, ImportError) as error:
        raise UnusableDatabase(
            f"“{database}” is no database URL that can be opened here; "
            "right would be sqlite:///sourcebook.db"
        ) from error


def _open_server(url: URL) -> Engine:
    return create_engine(url, pool_size=CONNECTIONS, max_overflow=OVERFLOW, pool_pre_ping=True)


def _open_sqlite(url: URL, writes: bool) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise UnusableDatabase("SQLite needs a file, so that readers go on during a load")
    engine = create_engine(url, pool_size=CONNECTIONS, max_overflow=OVERFLOW)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # Transactions are begun below, reads included.
        connection.execute("PRAGMA busy_timeout = 30000")
        connection.execute("PRAGMA trusted_schema = 0")
        connection.execute(f"PRAGMA query_only = {0 if writes else 1}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A deferred transaction that turns to writing can fail halfway; an immediate one waits.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def let_readers_go_on(engine: Engine) -> None:
    """Have a database serve readers during a load: SQLite keeps its journal beside the file."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            connection.close()
