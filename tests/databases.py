"""Where a test's database is: in a file of its folder, or on a PostgreSQL server of the tests'.

A test that wants a database asks for the URL of one in a folder. Which kind that is, the fixture
`database_kind` says (tests/conftest.py), so that every such test runs on both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.postgres import Postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"

only_sqlite = pytest.mark.only(SQLITE)
"""Marks a test of what SQLite alone has: files, pragmas."""
only_postgresql = pytest.mark.only(POSTGRESQL)
"""Marks a test of what PostgreSQL alone has."""


class _Used:
    """The server in use, if any, and the databases made there by their path."""

    server: "Postgres | None" = None
    made: dict[Path, str] = {}  # noqa: RUF012 - emptied whenever a server comes into use
    numbers = count(1)


@contextmanager
def on(server: "Postgres") -> Iterator[None]:
    """Have databases made on a server until the block ends."""
    _Used.server, _Used.made = server, {}
    try:
        yield
    finally:
        _Used.server = None


def database_url(folder: Path, name: str = "site") -> str:
    """The URL of the database by a name in a folder: the same for the same."""
    if _Used.server is None:
        return f"sqlite:///{folder / name}.db"
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
