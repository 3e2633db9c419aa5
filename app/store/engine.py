"""Engines: how a database is opened, by its kind. Here and in its two neighbours dialects end."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from ..errors import UnusableDatabase
from . import engine_postgresql, engine_sqlite
from .pool import CONNECTIONS, OVERFLOW

__all__ = [
    "CONNECTIONS",
    "OVERFLOW",
    "folder_of",
    "in_words",
    "is_bare",
    "is_lost",
    "let_readers_go_on",
    "open_engine",
    "open_newest",
    "put_rows",
    "written_at_once",
]


def open_engine(database: str, *, writes: bool = False) -> Engine:
    """An engine for a database URL; one that only reads cannot write, whatever it is asked.

    Of several hosts one that writes goes to the primary. Raises UnusableDatabase for an URL that
    cannot be used.
    """
    try:
        url = make_url(database)
        kinds = {"sqlite": engine_sqlite.open_file, "postgresql": engine_postgresql.open_server}
        if url.get_backend_name() not in kinds:
            raise ArgumentError("no database of ours")  # noqa: TRY301 - it is told as all others
        return kinds[url.get_backend_name()](url, writes)
    except (ArgumentError, ImportError) as error:
        raise UnusableDatabase(
            f"“{database}” is no database URL that can be opened here; "
            "right would be sqlite:///sourcebook.db or, where sourcebook[postgresql] is "
            "installed, postgresql+psycopg://user@host/name"
        ) from error


def open_newest(database: str) -> Engine | None:
    """A reading engine on the one host that is never behind; None where there is only one."""
    url = make_url(database)
    if url.get_backend_name() != "postgresql":
        return None
    return engine_postgresql.open_primary(url)


@contextmanager
def in_words(engine: Engine) -> Iterator[None]:
    """Tell in words what the database refuses. Raises UnusableDatabase then."""
    try:
        yield
    except OperationalError as error:
        raise UnusableDatabase(f"{engine.url.render_as_string()}: {error.orig}") from error


def is_lost(error: DBAPIError) -> bool:
    """Whether the host was lost, so that another connection may do what this one could not."""
    return error.connection_invalidated or engine_postgresql.is_passing(error)


def is_bare(error: DBAPIError) -> bool:
    """Whether a host lacks a table that it was asked for."""
    return engine_postgresql.lacks_table(error)


def put_rows(
    connection: Connection, table: Table, generation: int, values: tuple[Any, ...]
) -> None:
    """Write rows of a generation by the quickest way: all their values one after another, in the
    order of the table's columns behind the generation, which is the first.
    """
    kinds = {"sqlite": engine_sqlite.put_rows, "postgresql": engine_postgresql.put_rows}
    kinds[connection.dialect.name](connection, table, generation, values)


def let_readers_go_on(engine: Engine) -> None:
    """Have a database serve readers during a load."""
    if engine.dialect.name == "sqlite":
        engine_sqlite.keep_journal_beside(engine)


@contextmanager
def written_at_once(engine: Engine) -> Iterator[None]:
    """Within this block write a database that holds nothing yet by the quickest way: whoever comes
    to read it meanwhile may have to wait.
    """
    with (
        engine_sqlite.written_at_once(engine) if engine.dialect.name == "sqlite" else nullcontext()
    ):
        yield


def folder_of(engine: Engine) -> Path | None:
    """The folder of a database that is a file: where as much again has room."""
    url = engine.url
    one_file = url.get_backend_name() == "sqlite"
    return Path(url.database or "").resolve().parent if one_file else None
