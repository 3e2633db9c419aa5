"""Databases of the program before versions: recognised, rebuilt, and removed only afterwards.

`old_sqlite.sql` and `old_postgresql.sql` are what that program made of two companies in its third
generation.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from starlette.testclient import TestClient

from app.loading import Loader
from app.main import create_app
from app.readers.inputs import gather
from app.settings import Settings
from tests.browser.serving import run, serving
from tests.conftest import DATA_FILE
from tests.databases import (
    POSTGRESQL,
    SQLITE,
    database_url,
    file_of,
    files_beside,
    versions_in,
)

pytestmark = pytest.mark.only(SQLITE, POSTGRESQL)
HERE = Path(__file__).parent
JOURNAL = ("-wal", "-shm")


def left_by_old_program(path: Path) -> None:
    """A database as it is while the old program has it open: all rows are in the journal."""
    made = path.with_name("made.db")
    with closing(sqlite3.connect(made)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.executescript((HERE / "old_sqlite.sql").read_text(encoding="utf-8"))
        for ending in ("", *JOURNAL):
            shutil.copy(f"{made}{ending}", f"{path}{ending}")
    made.unlink()


@pytest.fixture
def old(tmp_path: Path, database_kind: str) -> str:
    """The URL of an old database."""
    url = database_url(tmp_path, "old")
    if database_kind == SQLITE:
        left_by_old_program(file_of(url))
    else:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            connection.execute((HERE / "old_postgresql.sql").read_bytes())
            connection.execute("CREATE TABLE diary (day TEXT)")
    return url


def leftovers(url: str) -> list[str]:
    """What is there of the old program."""
    if url.startswith(SQLITE):
        return [] if file_of(url).is_symlink() and not files_beside(url) else ["old.db"]
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'diary'"
        )
        return [str(name) for (name,) in found]


def test_a_load_counts_on_and_removes_what_was_left(old: str) -> None:
    seen: list[list[str]] = []
    with closing(Loader(old, 2)) as loader:
        assert loader.versions.digest() is None
        number = loader.load(
            gather([DATA_FILE]), written=lambda _: seen.append(sorted(leftovers(old)))
        )
        assert number == 4
        with loader.versions.open() as snapshot:
            assert snapshot.version.companies == 6
    assert seen
    assert all(seen)
    assert (leftovers(old), versions_in(old)) == ([], [4])


def test_a_load_that_fails_leaves_the_old_database_as_it_was(old: str) -> None:
    def fail(_: int) -> None:
        raise RuntimeError("the power fails")

    before = leftovers(old)
    with closing(Loader(old, 2)) as loader:
        with pytest.raises(RuntimeError):
            loader.load(gather([DATA_FILE]), written=fail)
        assert (leftovers(old), versions_in(old)) == (before, [])
        assert loader.load(gather([DATA_FILE])) == 4


def test_serving_rebuilds_it_from_the_data_files(old: str) -> None:
    settings = Settings(database=old, data=(DATA_FILE,), watch=False)
    with TestClient(create_app(settings)) as client:
        assert client.get("/readyz").json()["version"] == 4
        assert client.get("/api/companies/huawei").status_code == 200
    assert leftovers(old) == []


def test_without_data_files_the_message_names_the_command(old: str, tmp_path: Path) -> None:
    missing = tmp_path / "missing.yaml"
    with serving(tmp_path, "--database", old, "--data", missing, wait=False) as server:
        assert server.get("/readyz")[0] == 503
        assert "sourcebook load FILE" in server.said()
        assert "Traceback" not in server.said()
    exported = run("export", "--database", old, folder=tmp_path)
    assert exported.returncode == 1
    assert "sourcebook load FILE" in exported.stderr
    assert leftovers(old)
