"""What every test may use: a clock, the project's own data set, databases of one's own."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from app.profiles.company import Dataset
from app.readers.dataset import DataFile, read_dataset
from tests.store.shelf import Shelf

settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")

DATA_FILE = Path(__file__).parent.parent / "data" / "companies.yaml"


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
    """An empty database on disk."""
    opened = Shelf(tmp_path / "shelf.db")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def six_shelf(six: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A database that holds the data set that the project ships; only to be read."""
    opened = Shelf(tmp_path_factory.mktemp("six") / "six.db")
    opened.load(six)
    yield opened
    opened.close()
