"""The databases that are measured, by the name of their engine."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from typing import Protocol

from tests.postgres import ABSENT, INSTALLED, Postgres

SQLITE, DUCKDB, POSTGRESQL = "sqlite", "duckdb", "postgresql"
NAMES: Mapping[str, str] = {SQLITE: "SQLite", DUCKDB: "DuckDB", POSTGRESQL: "PostgreSQL"}
MOST_ON_SQLITE, LEAST_ON_DUCKDB = 100_000, 50_000
"""Numbers of companies between which both engines are measured, unless engines are named."""
JOURNALS = ("", "-wal", "-shm", ".wal")
"""What follows the name of a database file in the names of the files that belong to it."""


class Database(Protocol):
    """An empty database, or one that was loaded."""

    @property
    def engine(self) -> str: ...

    @property
    def url(self) -> str: ...

    def bytes(self) -> int:
        """What the current version takes on disk."""

    def parts(self) -> Sequence[str]:
        """The names of all that it consists of: files, or schemas."""

    def clear(self) -> None:
        """Make it empty."""


@dataclass(frozen=True, slots=True)
class FileDatabase:
    """A database in files, alone in a folder. The name in its URL may be a link."""

    engine: str
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / f"site.{'db' if self.engine == SQLITE else self.engine}"

    @property
    def url(self) -> str:
        return f"{self.engine}:///{self.path}"

    def bytes(self) -> int:
        current = self.path.resolve()
        files = (current.with_name(current.name + end) for end in JOURNALS)
        return sum(file.stat().st_size for file in files if file.exists())

    def parts(self) -> Sequence[str]:
        return sorted(file.name for file in self.folder.iterdir())

    def clear(self) -> None:
        rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)


@dataclass(frozen=True, slots=True)
class ServerDatabase:
    """A database on a PostgreSQL server that runs for the benchmark alone."""

    server: Postgres
    name: str = "measured"
    engine: str = POSTGRESQL

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    def bytes(self) -> int:
        """What the whole database takes beyond an empty one: every version in it."""
        sizes = f"pg_database_size('{self.name}') - pg_database_size('template0')"
        return int(str(self.server.ask(f"SELECT {sizes}")))

    def parts(self) -> Sequence[str]:
        names = "SELECT coalesce(string_agg(nspname, ' ' ORDER BY nspname), '') FROM pg_namespace"
        own = "nspname NOT LIKE 'pg~_%' ESCAPE '~' AND nspname <> 'information_schema'"
        return str(self.server.ask(f"{names} WHERE {own}", self.name)).split()

    def clear(self) -> None:
        self.server.execute(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self.server.execute(f"CREATE DATABASE {self.name} TEMPLATE template0")


@contextmanager
def _in_files(engine: str, folder: Path) -> Iterator[Database]:
    database = FileDatabase(engine, folder / f"{engine}-database")
    database.clear()
    yield database


@contextmanager
def _on_a_server(_engine: str, _folder: Path) -> Iterator[Database]:
    if not INSTALLED:
        raise OSError(ABSENT)
    server = Postgres()
    try:
        database = ServerDatabase(server.make().start())
        database.clear()
        yield database
    finally:
        server.stop()


_MAKERS: Mapping[str, Callable[[str, Path], AbstractContextManager[Database]]] = {
    SQLITE: _in_files,
    DUCKDB: _in_files,
    POSTGRESQL: _on_a_server,
}


def empty_database(engine: str, folder: Path) -> AbstractContextManager[Database]:
    """An empty database until the block ends. Raises OSError where there is no PostgreSQL."""
    return _MAKERS[engine](engine, folder)


def engines_for(companies: int) -> Sequence[str]:
    """The engines on which so many companies are measured unless others are named."""
    small = (SQLITE,) if companies <= MOST_ON_SQLITE else ()
    large = (DUCKDB,) if companies >= LEAST_ON_DUCKDB else ()
    return small + large
