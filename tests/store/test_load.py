"""Loading: generations beside each other, all or nothing, and what a reader sees meanwhile."""

import sqlite3
from pathlib import Path

import pytest
from app.store.codes import CODES, LOW_OPEN
from app.store.engine import open_engine
from app.store.stock import BATCH
from app.store.views import TOLD, Views
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError

from app.errors import NoData, UnusableDatabase
from app.profiles.company import Company
from app.profiles.figure import State
from app.profiles.filter import CompanyFilter
from app.profiles.measures import Catalogue
from app.store import laying, rows, tables
from app.store.listing import every_line, find_page
from app.store.load import prepare
from app.store.tables import schema_version
from app.store.versions import Versions
from tests.databases import only_sqlite
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
EMPTY: dict[str, list[int]] = {"source": [], "statement": [], "remark": [], "rate": []}
"""The tables to which ALDER brings no row."""
WRITTEN = {table.name for table in tables.OF_GENERATION} - set(EMPTY)

STATED, DERIVED, UNKNOWN = (CODES[one] for one in (State.STATED, State.DERIVED, State.UNKNOWN))


def generations(shelf: Shelf) -> dict[str, list[int]]:
    """Which generations the rows of each table belong to."""
    with shelf.reader.connect() as connection:
        return {
            table.name: sorted(connection.scalars(select(table.c.generation).distinct()))
            for table in tables.OF_GENERATION
        }


def current(shelf: Shelf) -> tuple[int, str]:
    with shelf.open() as snapshot:
        return snapshot.version.number, snapshot.version.digest


def refuse(_written: int) -> None:
    raise RuntimeError("the power fails")


def test_before_the_first_load_there_is_no_data(shelf: Shelf) -> None:
    assert shelf.versions.digest() is None
    with pytest.raises(NoData), shelf.open():
        pass


def test_a_load_is_a_generation_and_becomes_the_current_one(shelf: Shelf) -> None:
    assert shelf.load(ALDER) == 1
    assert current(shelf) == (1, "one")
    assert shelf.load(BIRCH) == 2
    assert current(shelf) == (2, "two")
    assert shelf.versions.digest() == "two"
    assert shelf.slugs(BY_NAME) == ["birch", "cedar"]


def test_the_edition_says_what_was_loaded(shelf: Shelf) -> None:
    shelf.load(ALDER)
    with shelf.open() as snapshot:
        edition = snapshot.version
    assert (edition.title, edition.currency, edition.loaded_at) == (
        "Cast",
        "USD",
        NOON.isoformat(timespec="seconds"),
    )
    assert (edition.companies, edition.figures) == (1, 4)
    assert edition.catalogue.own == (BASES,)


def test_every_row_of_company_data_carries_its_generation(shelf: Shelf) -> None:
    shelf.load(ALDER)
    shelf.load(ALDER)
    assert generations(shelf) == {key: [1, 2] for key in WRITTEN} | EMPTY


@pytest.mark.parametrize(
    ("keep", "kept"), [(1, [5]), (2, [4, 5]), (3, [3, 4, 5]), (9, [1, 2, 3, 4, 5])]
)
def test_generations_beyond_the_number_kept_are_dropped(
    shelf: Shelf, keep: int, kept: list[int]
) -> None:
    for _ in range(4):
        shelf.load(ALDER, keep=9)
    shelf.load(ALDER, keep=keep)
    assert generations(shelf) == dict.fromkeys(WRITTEN, kept) | EMPTY


def test_numbers_are_not_used_twice(shelf: Shelf) -> None:
    assert [shelf.load(ALDER, keep=1) for _ in range(3)] == [1, 2, 3]


def test_an_empty_data_set_is_a_generation_too(shelf: Shelf) -> None:
    shelf.load(ALDER)
    shelf.load(dataset(digest="empty"))
    assert current(shelf) == (2, "empty")
    assert shelf.slugs(BY_NAME) == []
    assert shelf.counts(BY_NAME) == {}


def test_progress_is_told_for_every_batch_and_the_whole_list_is_read(shelf: Shelf) -> None:
    many = dataset(*(company(f"c{n:04}", employees=n % 7) for n in range(BATCH * 2 + 1)))
    told: list[int] = []
    shelf.load(many, progress=told.append)
    assert told == [BATCH, BATCH, 1]
    with shelf.open() as snapshot:
        parts = list(every_line(snapshot, BY_NAME.replace(size=1)))
    assert [line.slug for lines in parts for line in lines] == [c.slug for c in many.companies]
    assert {len(lines) for lines in parts} == {200, 1}


def test_a_load_that_fails_midway_leaves_everything_as_it_was(shelf: Shelf) -> None:
    shelf.load(ALDER)
    before = generations(shelf)
    with pytest.raises(RuntimeError, match="the power fails"):
        shelf.load(BIRCH, progress=refuse)
    assert generations(shelf) == before
    assert current(shelf) == (1, "one")
    assert shelf.slugs(BY_NAME) == ["alder"]
    assert shelf.load(BIRCH) == 2


def test_the_first_load_that_fails_leaves_no_data(shelf: Shelf) -> None:
    with pytest.raises(RuntimeError):
        shelf.load(ALDER, progress=refuse)
    assert shelf.versions.digest() is None
    assert set(map(tuple, generations(shelf).values())) == {()}


@only_sqlite
@pytest.mark.parametrize("there", [True, False], ids=["somebody reads", "nobody reads"])
def test_the_first_load_goes_by_the_journal_only_where_somebody_reads(
    shelf: Shelf, there: bool
) -> None:
    modes: list[str] = []
    with shelf.reader.connect() as reading:
        if there:
            reading.execute(select(tables.generation))

        def look(_written: int) -> None:
            with shelf.reader.connect() as another:
                modes.append(str(another.scalar(text("PRAGMA journal_mode"))))
                assert another.scalar(select(func.count()).select_from(tables.company)) == 0

        shelf.load(BIRCH, progress=look)
    assert modes == ["wal" if there else "delete"]
    assert shelf.slugs(BY_NAME) == ["birch", "cedar"]
    with shelf.reader.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_rows_that_go_missing_while_writing_are_noticed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.load(ALDER)
    without = [made if made is not rows.figure_rows else lambda _: [] for made in laying.ROWS]
    monkeypatch.setattr(laying, "ROWS", without)
    with pytest.raises(UnusableDatabase, match="figure holds 0 rows where 1 were written"):
        shelf.load(BIRCH)
    assert current(shelf) == (1, "one")


@pytest.mark.parametrize(
    "told",
    [
        pytest.param((8, 8, STATED), id="both bounds"),
        pytest.param((6, 8, STATED), id="an interval around it"),
        pytest.param((7, 7, DERIVED), id="derived"),
        pytest.param((7, 7, STATED | LOW_OPEN), id="an open end"),
        pytest.param((0, 0, UNKNOWN), id="nothing"),
    ],
)
def test_what_is_packed_otherwise_than_it_is_stated_is_noticed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, told: tuple[int, int, int]
) -> None:
    low, high, state = told
    employees = Catalogue().keys.index("employees")
    told_otherwise = TOLD.pack(0, 0, state, employees, low, high)
    monkeypatch.setattr(Views, "of", lambda *_: told_otherwise)
    with pytest.raises(UnusableDatabase, match="what is packed of employees disagrees"):
        shelf.load(dataset(company("birch", employees=7)))
    assert shelf.versions.digest() is None


def test_a_reader_goes_on_seeing_its_generation_during_and_after_a_load(shelf: Shelf) -> None:
    shelf.load(ALDER, keep=1)
    seen: list[list[str]] = []

    with shelf.open() as reading:

        def look(_written: int) -> None:
            seen.append([line.slug for line in find_page(reading, BY_NAME, None).lines])
            seen.append(shelf.slugs(BY_NAME))  # Another reader, while the load is under way.

        shelf.load(BIRCH, keep=1, progress=look)
        look(0)
        assert reading.version.digest == "one"
    assert seen == [["alder"], ["alder"], ["alder"], ["birch", "cedar"]]
    assert generations(shelf)["company"] == [2]


def test_two_libraries_read_one_database(shelf: Shelf) -> None:
    shelf.load(ALDER)
    other = Versions(shelf.reader)
    shelf.load(BIRCH)
    assert other.digest() == shelf.versions.digest() == "two"


def test_preparing_again_changes_nothing(shelf: Shelf) -> None:
    shelf.load(ALDER)
    prepare(shelf.writer)
    assert current(shelf) == (1, "one")


def test_a_database_of_another_schema_version_is_emptied_and_rebuilt(shelf: Shelf) -> None:
    shelf.load(ALDER)
    with shelf.writer.begin() as connection:
        connection.execute(tables.schema.update().values(version="older"))
        connection.execute(text("ALTER TABLE company DROP COLUMN filed"))
    prepare(shelf.writer)
    assert shelf.versions.digest() is None
    assert set(map(tuple, generations(shelf).values())) == {()}
    shelf.load(BIRCH)
    assert shelf.slugs(BY_NAME) == ["birch", "cedar"]
    with shelf.reader.connect() as connection:
        assert connection.scalars(select(tables.schema.c.version)).all() == [schema_version()]


def test_the_schema_version_changes_with_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema_version()
    assert before == schema_version()
    monkeypatch.setattr(tables.company.c.name, "nullable", True)
    assert schema_version() != before


@only_sqlite
def test_short_rows_lie_in_the_order_of_their_key(shelf: Shelf) -> None:
    shelf.load(ALDER)
    ours = text("SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%' ORDER BY name")
    with shelf.reader.connect() as connection:
        assert connection.scalars(ours).all() == ["company", "figure"]


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A database of another program, which has a table called company."""
    path = tmp_path / "foreign.db"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE company (id INTEGER); INSERT INTO company VALUES (7);")
    connection.close()
    return path


def read_raw(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.execute(query))
    finally:
        connection.close()


@only_sqlite
def test_a_database_of_another_program_is_refused_and_untouched(foreign: Path) -> None:
    engine = open_engine(f"sqlite:///{foreign}", writes=True)
    with pytest.raises(UnusableDatabase, match=r"tables of another program \(company\)"):
        prepare(engine)
    engine.dispose()
    assert read_raw(foreign, "SELECT name FROM sqlite_master") == [("company",)]
    assert read_raw(foreign, "SELECT id FROM company") == [(7,)]


@only_sqlite
def test_a_refused_database_keeps_its_journal(foreign: Path) -> None:
    engine = open_engine(f"sqlite:///{foreign}", writes=True)
    with pytest.raises(UnusableDatabase):
        prepare(engine)
    engine.dispose()
    assert read_raw(foreign, "PRAGMA journal_mode") == [("delete",)]


@only_sqlite
def test_tables_beside_ours_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "shared.db"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE diary (day TEXT); INSERT INTO diary VALUES ('x');")
    connection.close()
    shelf = Shelf(path)
    shelf.load(ALDER)
    shelf.close()
    assert read_raw(path, "SELECT day FROM diary") == [("x",)]


@pytest.mark.parametrize(
    "url", ["nonsense", "", "sqlite://", "sqlite:///", "sqlite:///:memory:", "no such thing://x"]
)
def test_an_url_that_cannot_be_used_is_refused(url: str) -> None:
    with pytest.raises(UnusableDatabase):
        open_engine(url)


@only_sqlite
def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, this is not a database at all. " * 100, encoding="utf-8")
    engine = open_engine(f"sqlite:///{path}", writes=True)
    try:
        with pytest.raises(UnusableDatabase):
            prepare(engine)
    finally:
        engine.dispose()


def test_a_reading_engine_cannot_write(shelf: Shelf) -> None:
    shelf.load(ALDER)
    for statement in (
        insert(tables.pointer).values(name="other", generation=1),
        tables.company.delete(),
        text("DROP TABLE company"),
        text("CREATE TABLE more (x INTEGER)"),
    ):
        with (
            shelf.reader.connect() as connection,
            pytest.raises(DBAPIError, match=r"read-?only"),
        ):
            connection.execute(statement)
    assert current(shelf) == (1, "one")


@only_sqlite
def test_the_database_is_in_wal_mode(shelf: Shelf) -> None:
    with shelf.reader.connect() as connection:
        assert connection.scalar(text("PRAGMA journal_mode")) == "wal"


def test_a_rolled_back_change_is_gone(shelf: Shelf) -> None:
    shelf.load(ALDER)
    with shelf.writer.connect() as connection:
        connection.execute(tables.company.delete())
        connection.rollback()
    assert shelf.slugs(BY_NAME) == ["alder"]


def test_no_two_companies_of_a_generation_have_one_slug(shelf: Shelf) -> None:
    twice = dataset(Company("alder", "Alder"), Company("alder", "Alder again"))
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        shelf.load(twice)
    assert shelf.versions.digest() is None


def test_the_pointer_is_one_row(shelf: Shelf) -> None:
    for _ in range(3):
        shelf.load(ALDER)
    with shelf.reader.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.pointer)) == 1
        assert connection.scalar(select(tables.pointer.c.generation)) == 3
