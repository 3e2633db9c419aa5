"""SQLite: one file a version, read without locks since it never changes."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, QueuePool, Table, create_engine, insert
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.ddl import CreateIndex, CreateTable

from ..errors import UnusableDatabase
from . import upgrade
from .draft import Draft, Packed
from .limits import CONNECTIONS, OVERFLOW
from .rows import Unpacker
from .tables import INDEXES, Tables

LARGE = 100_000
"""Companies from which on DuckDB answers lists much faster; see docs/scaling.md."""
TOGETHER = 10_000
"""Rows that are given to the driver at a time."""
CACHE = 32_000
"""KiB of pages that a load keeps in memory."""


class SqliteFiles:
    """See `files.FileKind`."""

    def open_reader(self, path: Path) -> Engine:
        """An engine that reads a version; `immutable` spares locks, also on a read-only disk."""
        uri = f"file:{quote(str(path))}?mode=ro&immutable=1"

        def connect() -> sqlite3.Connection:
            opened = sqlite3.connect(
                uri, uri=True, check_same_thread=False, isolation_level=None, cached_statements=256
            )
            opened.execute("PRAGMA trusted_schema = 0")
            return opened

        return create_engine(
            "sqlite://",
            creator=connect,
            poolclass=QueuePool,
            pool_size=CONNECTIONS,
            max_overflow=OVERFLOW,
            isolation_level="AUTOCOMMIT",
        )

    @contextmanager
    def write(self, path: Path, number: int) -> Iterator[Draft]:
        """A new file. Nothing else knows of it, so it is written without a journal."""
        url = URL.create("sqlite", database=str(path))
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{CACHE}"):
                    connection.exec_driver_sql(f"PRAGMA {pragma}")
                connection.exec_driver_sql("BEGIN")
                yield _SqliteDraft(number, connection)
                connection.exec_driver_sql("COMMIT")
        except (DBAPIError, sqlite3.Error) as error:
            raise UnusableDatabase(f"{path}: {getattr(error, 'orig', error)}") from error
        finally:
            engine.dispose()

    def number_of(self, path: Path) -> int | None:
        """See `FileKind`."""
        if not path.stat().st_size:
            return None
        try:
            with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as opened:
                return upgrade.number_in(opened, str(path))
        except sqlite3.DatabaseError as error:
            raise UnusableDatabase(f"{path}: {error}") from error

    def advice(self, path: Path, companies: int) -> str:
        """That another engine is faster for so many companies."""
        if companies <= LARGE:
            return ""
        url = f"duckdb:///{path.with_suffix('.duckdb')}"
        return f"DuckDB would answer lists of {companies:,} companies faster: --database {url}"

    def leftovers(self, path: Path) -> tuple[Path, ...]:
        """The journal of a database of an older program; what a link leads to has none."""
        return tuple(path.with_name(f"{path.name}{ending}") for ending in ("-wal", "-shm"))


class _SqliteDraft:
    """See `draft.Draft`."""

    def __init__(self, number: int, connection: Connection) -> None:
        self.number, self.connection = number, connection

    def create(self, tables: Tables) -> None:
        self._unpacker = Unpacker(tables.listing)
        for table in tables.metadata.sorted_tables:
            self.connection.execute(CreateTable(table))

    def insert(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        statement = str(insert(table).compile(dialect=dialect(paramstyle="qmark")))
        cursor, remaining = self.connection.connection.cursor(), iter(rows)
        while part := list(islice(remaining, TOGETHER)):
            cursor.executemany(statement, part)

    def insert_companies(self, companies: Sequence[Packed]) -> None:
        for table, rows in self._unpacker.rows(companies):
            self.insert(table, rows)

    def finish(self) -> None:
        for index in INDEXES:
            self.connection.execute(CreateIndex(index))
        self.connection.exec_driver_sql("ANALYZE")
