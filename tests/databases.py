"""Where a test's database is: in a file of its folder, or on a PostgreSQL server of the tests'.

A test that wants a database asks for the URL of one in a folder. Which kind that is, the fixture
`database_kind` says (tests/conftest.py), so that every such test runs on each engine.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url

if TYPE_CHECKING:
    from tests.postgres import Postgres

SQLITE, DUCKDB, POSTGRESQL = "sqlite", "duckdb", "postgresql"

only_sqlite = pytest.mark.only(SQLITE)
"""Marks a test of what SQLite alone has: files, pragmas."""
only_files = pytest.mark.only(SQLITE, DUCKDB)
"""Marks a test of versions that are files."""
only_postgresql = pytest.mark.only(POSTGRESQL)
"""Marks a test of what PostgreSQL alone has."""


class _Used:
    """The server in use, if any, and the databases made there by their path."""

    kind = SQLITE
    server: "Postgres | None" = None
    made: dict[Path, str] = {}  # noqa: RUF012 - emptied whenever a server comes into use
    numbers = count(1)


@contextmanager
def on(kind: str, server: "Postgres | None" = None) -> Iterator[None]:
    """Have databases of a kind made until the block ends, those of PostgreSQL on a server."""
    _Used.kind, _Used.server, _Used.made = kind, server, {}
    try:
        yield
    finally:
        _Used.kind, _Used.server = SQLITE, None


def database_url(folder: Path, name: str = "site") -> str:
    """The URL of the database by a name in a folder: the same for the same."""
    if _Used.server is None:
        return f"{_Used.kind}:///{folder / name}.{'db' if _Used.kind == SQLITE else _Used.kind}"
    path = folder / name
    if path not in _Used.made:
        _Used.made[path] = f"t{next(_Used.numbers)}"
        _Used.server.execute(
            f"CREATE DATABASE {_Used.made[path]} TEMPLATE template0 STRATEGY file_copy"
        )
    return _Used.server.url(_Used.made[path])


def drop_databases(folder: Path) -> None:
    """Drop what was made in a folder on a server, whoever is still connected."""
    for path in [path for path in _Used.made if folder in path.parents]:
        name = _Used.made.pop(path)
        if _Used.server:
            _Used.server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def file_of(url: str) -> Path:
    """What the URL of a database in a file names: the link to its current version."""
    return Path(str(make_url(url).database))


def versions_in(url: str) -> list[int]:
    """The numbers of the versions that a database holds, the current one among them."""
    if url.startswith("postgresql"):
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            found = connection.execute("SELECT nspname FROM pg_namespace").fetchall()
        names, pattern = [str(name) for (name,) in found], r"sourcebook_(\d+)"
    else:
        path = file_of(url)
        names = [one.name for one in path.parent.iterdir()]
        pattern = rf"{re.escape(path.stem)}\.v(\d+)-[0-9a-f]{{8}}{re.escape(path.suffix)}"
    return sorted(int(one[1]) for name in names if (one := re.fullmatch(pattern, name)))


def files_beside(url: str) -> list[str]:
    """The files of a database that are neither a version, nor the link, nor the lock of loads."""
    path = file_of(url)
    expected = rf"{re.escape(path.stem)}\.v\d+-[0-9a-f]{{8}}{re.escape(path.suffix)}"
    names = {one.name for one in path.parent.iterdir()} - {path.name, f".{path.name}.lock"}
    return sorted(name for name in names if not re.fullmatch(expected, name))
