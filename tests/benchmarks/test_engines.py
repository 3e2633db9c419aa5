"""Databases by the name of their engine: their addresses, and what they take on disk."""

from pathlib import Path

import pytest

from benchmarks.engines import (
    DUCKDB,
    POSTGRESQL,
    SQLITE,
    FileDatabase,
    empty_database,
    engines_for,
)
from tests.postgres import ABSENT, INSTALLED


@pytest.mark.parametrize(
    ("companies", "engines"),
    [
        *((6, [SQLITE]), (2_500, [SQLITE]), (49_999, [SQLITE])),
        *((70_000, [SQLITE, DUCKDB]), (100_000, [SQLITE, DUCKDB])),
        *((100_001, [DUCKDB]), (1_000_000, [DUCKDB])),
    ],
)
def test_each_size_has_its_engines(companies: int, engines: list[str]) -> None:
    assert list(engines_for(companies)) == engines


@pytest.mark.parametrize(("engine", "name"), [(SQLITE, "site.db"), (DUCKDB, "site.duckdb")])
def test_a_file_is_measured_with_its_journals_and_behind_its_link(
    tmp_path: Path, engine: str, name: str
) -> None:
    with empty_database(engine, tmp_path) as database:
        assert isinstance(database, FileDatabase)
        assert database.url == f"{engine}:///{database.path}"
        assert (database.path.name, database.bytes()) == (name, 0)
        database.path.write_bytes(b"x" * 10)
        database.path.with_name(f"{name}-wal").write_bytes(b"x" * 5)
        assert (database.bytes(), database.parts()) == (15, [name, f"{name}-wal"])
        database.clear()
        assert database.parts() == []
        for number, size in ((6, 100), (7, 40)):
            (database.folder / f"site.v{number}").write_bytes(b"x" * size)
        (database.folder / "site.v7-wal").write_bytes(b"xx")
        database.path.symlink_to("site.v7")
        assert database.bytes() == 42


@pytest.mark.skipif(not INSTALLED, reason=ABSENT)
def test_a_postgresql_database_is_made_measured_and_emptied(tmp_path: Path) -> None:
    with empty_database(POSTGRESQL, tmp_path) as database:
        assert database.url.startswith("postgresql+psycopg://")
        empty = database.bytes()
        server, name = database.server, database.name  # type: ignore[attr-defined]
        server.execute("CREATE SCHEMA more", name)
        server.execute("CREATE TABLE more.many AS SELECT generate_series(1, 9999)", name)
        assert database.bytes() > empty + 200_000
        assert database.parts() == ["more", "public"]
        database.clear()
        assert (database.bytes(), database.parts()) == (empty, ["public"])
