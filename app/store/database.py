"""A database by its URL: SQLite, DuckDB or PostgreSQL, behind one interface."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from ..errors import UnusableDatabase
from .draft import Draft
from .files import FileKind, FileVersions
from .pointer import Current

SECONDS = 8
"""Seconds after which a reader's query is given up, by default."""
DUCKDB_MEMORY = "256MB"
"""What DuckDB may buffer in one serving process, by default."""


class Database(Protocol):
    """The versions of one database URL, for readers and for a load."""

    def read(self) -> AbstractContextManager[tuple[Connection, Current] | None]:
        """A connection to the current version, and what it is; None where there is none.

        The version stays readable until the block ends, whatever is published meanwhile.
        """

    def current(self) -> Current | None:
        """What the current version is, or None where there is none."""

    def write(self, keep: int) -> AbstractContextManager[Draft]:
        """A new version, published in one step at the end of the block unless it raises.

        Only the newest `keep` versions stay. Raises UnusableDatabase where it cannot be written.
        """

    def check_writable(self) -> None:
        """Raises UnusableDatabase where a load could not write, and says why."""

    def is_damaged(self) -> bool:
        """Whether the current version is not what its load wrote."""

    def advice(self, companies: int) -> str:
        """What an operator should know after a load of so many companies; blank for nothing."""

    def close(self) -> None:
        """Close all connections."""


def open_database(
    url: str, *, seconds: int = SECONDS, memory: str = DUCKDB_MEMORY, threads: int = 0
) -> Database:
    """The database of a URL. Raises UnusableDatabase for one that cannot be used.

    `seconds` is how long a query may take on PostgreSQL, `memory` and `threads` (0: all cores) are
    DuckDB's limits for one process that reads.
    """
    try:
        parsed = make_url(url)
        kind = parsed.get_backend_name()
        if kind == "postgresql":
            from .postgresql import ServerVersions  # noqa: PLC0415 - it is an extra

            return ServerVersions(parsed, seconds)
        if kind == "sqlite":
            from .sqlite import SqliteFiles  # noqa: PLC0415 - one engine is needed, not three

            return FileVersions(_path(parsed), SqliteFiles(), url)
        if kind == "duckdb":
            from .duckdb import DuckdbFiles  # noqa: PLC0415 - it is an extra

            return FileVersions(_path(parsed), DuckdbFiles(memory, threads), url)
        raise ArgumentError(kind)  # noqa: TRY301 - reported like all others
    except (ArgumentError, ImportError) as error:
        raise UnusableDatabase(
            f"“{url}” is no database URL that can be opened here; right would be "
            "sqlite:///sourcebook.db or, with the extras duckdb and postgresql installed, "
            "duckdb:///sourcebook.duckdb and postgresql+psycopg://user@host/name"
        ) from error


def _path(url: URL) -> Path:
    """The file of a URL. Raises UnusableDatabase for a database in memory."""
    if url.database in (None, "", ":memory:"):
        raise UnusableDatabase("the database must be a file, so that readers go on during a load")
    return Path(str(url.database)).absolute()


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """The database of a URL until the block ends."""
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


__all__ = ["Database", "FileKind", "open_database", "opened"]
