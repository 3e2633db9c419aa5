"""Loading: versions beside each other, all or nothing, and what a reader sees meanwhile."""

import signal
import subprocess
import sys
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.errors import NoData, UnusableDatabase
from app.profiles.company import Company
from app.profiles.filter import CompanyFilter
from app.store import load, rows, tables
from app.store.database import open_database
from app.store.listing import every_line, find_page
from app.store.load import BATCH
from app.store.rows import RowMaker
from app.store.tables import DERIVED, INFINITE, STATED, layout
from app.store.versions import Versions
from tests.browser.serving import environment
from tests.databases import files_beside, only_files, only_postgresql, versions_in
from tests.store.cast import BASES, company, dataset, more_than
from tests.store.shelf import NOON, Shelf

ALDER = dataset(
    company(
        "alder", employees=5, rd_staff=2, bases=3, industries=("pumps",), formerly=("old-alder",)
    ),
    digest="one",
)
BIRCH = dataset(company("birch", employees=more_than(7)), company("cedar"), digest="two")
BY_NAME = CompanyFilter(sort="name")


def current(shelf: Shelf) -> tuple[int, str]:
    with shelf.open() as snapshot:
        return snapshot.version.number, snapshot.version.digest


def refuse(_written: int) -> None:
    raise RuntimeError("the power fails")


def test_before_the_first_load_there_is_no_data(shelf: Shelf) -> None:
    assert (shelf.versions.digest(), shelf.versions.number()) == (None, None)
    with pytest.raises(NoData), shelf.open():
        pass


def test_each_load_is_a_version_and_the_current_one(shelf: Shelf) -> None:
    assert shelf.load(ALDER) == 1
    with shelf.open() as snapshot:
        version = snapshot.version
    assert (version.number, version.digest, version.title) == (1, "one", "Cast")
    assert (version.currency, version.loaded_at) == ("USD", NOON.isoformat(timespec="seconds"))
    assert (version.companies, version.figures) == (1, 4)
    assert version.catalogue.own == (BASES,)
    assert shelf.load(BIRCH) == 2
    assert current(shelf) == (2, "two")
    assert (shelf.versions.digest(), shelf.versions.number()) == ("two", 2)
    assert shelf.slugs(BY_NAME) == ["birch", "cedar"]
    shelf.load(dataset(digest="empty"))
    assert current(shelf) == (3, "empty")
    assert (shelf.slugs(BY_NAME), shelf.counts(BY_NAME)) == ([], {})


@pytest.mark.parametrize(("keep", "kept"), [(1, [4]), (2, [3, 4]), (9, [1, 2, 3, 4])])
def test_versions_beyond_the_number_kept_are_dropped(
    shelf: Shelf, keep: int, kept: list[int]
) -> None:
    for _ in range(3):
        shelf.load(ALDER, keep=9)
    assert shelf.load(ALDER, keep=keep) == 4
    assert versions_in(shelf.url) == kept


def test_progress_is_reported_for_every_batch_and_the_whole_list_is_read(shelf: Shelf) -> None:
    many = dataset(*(company(f"c{n:04}", employees=n % 7) for n in range(BATCH * 2 + 1)))
    reported: list[int] = []
    shelf.load(many, progress=reported.append)
    assert reported == [BATCH, BATCH, 1]
    with shelf.open() as snapshot:
        parts = list(every_line(snapshot, BY_NAME.replace(size=1)))
    assert [line.slug for lines in parts for line in lines] == [c.slug for c in many.companies]


def test_a_load_that_fails_leaves_everything_as_it_was(shelf: Shelf) -> None:
    with pytest.raises(RuntimeError, match="the power fails"):
        shelf.load(BIRCH, progress=refuse)
    assert (shelf.versions.digest(), versions_in(shelf.url)) == (None, [])
    shelf.load(ALDER)
    with pytest.raises(RuntimeError, match="the power fails"):
        shelf.load(BIRCH, progress=refuse)
    assert (current(shelf), versions_in(shelf.url)) == ((1, "one"), [1])
    assert shelf.slugs(BY_NAME) == ["alder"]
    assert shelf.load(BIRCH) == 2


@only_files
def test_a_load_that_fails_leaves_no_file(shelf: Shelf) -> None:
    shelf.load(ALDER)
    with pytest.raises(RuntimeError):
        shelf.load(BIRCH, progress=refuse)
    assert files_beside(shelf.url) == []


def test_rows_that_go_missing_while_writing_are_noticed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.load(ALDER)
    monkeypatch.setattr(rows, "figure_rows", lambda _: [])
    with pytest.raises(UnusableDatabase, match="figure holds 0 rows where 1 were written"):
        shelf.load(BIRCH)
    assert current(shelf) == (1, "one")


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param((14, 16, STATED), id="an end that is wider"),
        pytest.param((16, 16, STATED), id="another number"),
        pytest.param((14, 14, DERIVED), id="derived"),
        pytest.param((15, 14, STATED), id="an open end"),
        pytest.param((14, INFINITE, STATED), id="an infinite end"),
        pytest.param((None, None, None), id="nothing"),
    ],
)
def test_a_listing_that_differs_from_its_figures_is_noticed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, listed: tuple[Any, ...]
) -> None:
    make = RowMaker._bounds

    def bounds(self: RowMaker, *given: Any) -> list[Any]:
        place = self._places["employees"]
        return [*make(self, *given)[:place], *listed, *make(self, *given)[place + 3 :]]

    monkeypatch.setattr(RowMaker, "_bounds", bounds)
    with pytest.raises(UnusableDatabase, match="the listing differs from 1 figures of employees"):
        shelf.load(dataset(company("birch", employees=7)))
    assert shelf.versions.digest() is None


def test_readers_go_on_while_three_versions_are_published(shelf: Shelf) -> None:
    shelf.load(ALDER, keep=1)
    seen: list[list[str]] = []
    with shelf.open() as reading:

        def look(_written: int) -> None:
            seen.append([line.slug for line in find_page(reading, BY_NAME, None).lines])
            seen.append(shelf.slugs(BY_NAME))  # Another reader, while the load is under way.

        for data, now in ((BIRCH, "alder"), (ALDER, "birch cedar"), (BIRCH, "alder")):
            shelf.load(data, keep=1, progress=look)
            assert seen == [["alder"], now.split()]
            seen.clear()
        look(0)
        assert reading.version.digest == "one"
    assert seen == [["alder"], ["birch", "cedar"]]
    shelf.load(ALDER, keep=1)  # PostgreSQL leaves a version that is being read to the next load.
    assert versions_in(shelf.url) == [5]


def test_two_readers_of_one_database_see_the_same(shelf: Shelf) -> None:
    shelf.load(ALDER)
    other = Versions(open_database(shelf.url))
    assert other.digest() == "one"
    shelf.load(BIRCH)
    assert other.digest() == shelf.versions.digest() == "two"
    other.close()


def test_two_loads_at_once_take_turns(shelf: Shelf) -> None:
    numbers: list[int] = []
    data = [ALDER, BIRCH, ALDER]
    threads = [Thread(target=lambda one=one: numbers.append(shelf.load(one))) for one in data]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(numbers), versions_in(shelf.url)) == ([1, 2, 3], [2, 3])


def test_a_version_of_another_layout_is_not_read_and_rebuilt(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(load, "layout", lambda: "older")
        shelf.load(ALDER)
    assert shelf.versions.digest() is None
    assert shelf.load(BIRCH) == 2
    assert shelf.slugs(BY_NAME) == ["birch", "cedar"]


def test_the_layout_changes_with_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    before = layout()
    assert before == layout()
    tables.tables_for.cache_clear()
    monkeypatch.setattr(tables.company.c.name, "nullable", True)
    assert layout() != before
    tables.tables_for.cache_clear()


@pytest.mark.parametrize(
    "url",
    [
        *("nonsense", "", "sqlite://", "sqlite:///", "sqlite:///:memory:", "duckdb:///:memory:"),
        *("no such thing://x", "mysql://x/y", "postgresql+nodriver://x/y"),
    ],
)
def test_a_url_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(UnusableDatabase):
        open_database(url)


def test_a_reader_cannot_write(shelf: Shelf) -> None:
    shelf.load(ALDER)
    for statement in (
        tables.company.delete(),
        tables.remark.insert().values(position=9, kind="x", text="y"),
        text("DROP TABLE company"),
        text("CREATE TABLE more (x INTEGER)"),
    ):
        with shelf.open() as snapshot, pytest.raises(DBAPIError, match=r"read-?only"):
            snapshot.connection.execute(statement)
    assert current(shelf) == (1, "one")


def test_no_two_companies_of_a_version_have_one_slug(shelf: Shelf) -> None:
    twice = dataset(Company("alder", "Alder"), Company("alder", "Alder again"))
    with pytest.raises(ValueError, match="is not unique"):
        shelf.load(twice)
    assert shelf.versions.digest() is None


@only_postgresql
def test_tables_of_others_are_left_alone(shelf: Shelf) -> None:
    from psycopg import connect  # noqa: PLC0415 - PostgreSQL may not be there

    with connect(shelf.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("CREATE TABLE company (id INTEGER)")
        connection.execute("CREATE SCHEMA sourcebook_of_others")
        for _ in range(3):
            shelf.load(ALDER, keep=1)
        connection.execute("INSERT INTO company VALUES (7)")
        schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'sourcebook_of_others'"
        assert connection.execute(schemas).fetchone() == (1,)


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from app.store import files, load, postgresql
from tests.store.test_load import ALDER, BIRCH
from app.profiles.company import Incoming
from app.store.database import open_database

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

url, step = sys.argv[1:]
for owner in (load, files.FileVersions, postgresql):
    for name in (step, step.replace("_publish", "_make_current").replace("_drop_old", "_drop")):
        if hasattr(owner, name):
            setattr(owner, name, die)
now = datetime.now(UTC)
load.write_version(open_database(url), Incoming.of(BIRCH), 1, now, lambda _: None)
"""


@pytest.mark.parametrize(
    ("step", "published"),
    [("_write_sources", False), ("_verify", False), ("_publish", False), ("_drop_old", True)],
)
def test_a_load_that_is_killed_leaves_the_old_version_or_the_new_one(
    shelf: Shelf, step: str, *, published: bool
) -> None:
    shelf.load(ALDER)
    killed = subprocess.run(  # noqa: S603 - it is this program itself
        [sys.executable, "-c", KILLED, shelf.url, step], env=environment(), check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert current(shelf) == ((2, "two") if published else (1, "one"))
    assert shelf.slugs(BY_NAME) == (["birch", "cedar"] if published else ["alder"])
    number = 3 if published else 2
    assert shelf.load(dataset(digest="next"), keep=1) == number
    assert versions_in(shelf.url) == [number]
    if not shelf.url.startswith("postgresql"):
        assert files_beside(shelf.url) == []
