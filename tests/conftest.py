"""What every test may use: a clock, the project's own data set, databases of one's own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from app.profiles.company import Dataset
from app.readers.dataset import DataFile, read_dataset
from tests import databases, postgres
from tests.databases import DUCKDB, POSTGRESQL, SQLITE, drop_databases
from tests.store.shelf import Shelf

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

TESTS = Path(__file__).parent
ON_EVERY_KIND = {
    *("contract", "test_database_page.py", "test_files.py", "test_load.py", "test_loading.py"),
    *("test_replicas.py", "test_roles.py", "test_upgrade.py"),
}
"""Tests of databases, which run on every engine; the contract asks each every question of the
store. All others run on SQLite.
"""
DATA_FILE = TESTS.parent / "data" / "companies.yaml"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever has a folder in these places may put a database there."""
    if "database_kind" not in metafunc.fixturenames:
        return
    places = {metafunc.definition.path.name, metafunc.definition.path.parent.name}
    only = metafunc.definition.get_closest_marker("only")
    everywhere = (SQLITE, DUCKDB, POSTGRESQL) if places & ON_EVERY_KIND else ()
    if kinds := only.args if only else everywhere:
        metafunc.parametrize("database_kind", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
def database_server() -> Iterator[postgres.Postgres]:
    """A PostgreSQL server of this process's own."""
    if not postgres.INSTALLED:
        pytest.skip(postgres.ABSENT)
    started = postgres.Postgres().make().start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> Iterator[str]:
    """The kind of database on which tests run now."""
    name: str = getattr(request, "param", SQLITE)
    server = request.getfixturevalue("database_server") if name == POSTGRESQL else None
    with databases.on(name, server):
        yield name


@pytest.fixture(scope="session")
def tmp_path_factory(
    tmp_path_factory: pytest.TempPathFactory, database_kind: str
) -> pytest.TempPathFactory:
    """Folders that are given up when the kind of database changes, and all that stands on them."""
    del database_kind
    return tmp_path_factory


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """A folder of a test's own, whose databases end with it."""
    yield tmp_path
    drop_databases(tmp_path)


@pytest.fixture(scope="session")
def today() -> date:
    """The day on which all files of the tests are read."""
    return date(2026, 7, 1)


@pytest.fixture(scope="session")
def six(today: date) -> Dataset:
    """The data set that the project ships."""
    return read_dataset([DataFile.read(DATA_FILE)], today)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """An empty database."""
    opened = Shelf(tmp_path / "shelf")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def six_shelf(six: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A database that holds the data set that the project ships; only to be read."""
    opened = Shelf(tmp_path_factory.mktemp("six") / "six")
    opened.load(six)
    yield opened
    opened.close()
