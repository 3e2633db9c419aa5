"""A database of a test's own, with what loads into it and reads from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.profiles.company import Dataset, Incoming
from app.profiles.cursor import Cursor
from app.profiles.filter import CompanyFilter
from app.profiles.results import Page
from app.store.database import open_database
from app.store.listing import count_companies, find_page
from app.store.load import Progress, write_version
from app.store.versions import Snapshot, Versions
from tests.databases import database_url

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


class Shelf:
    """Loads data sets into one database and reads them back."""

    def __init__(self, path: Path) -> None:
        self.url = database_url(path.parent, path.stem)
        self.database = open_database(self.url)
        self.versions = Versions(self.database)

    def close(self) -> None:
        self.versions.close()

    def load(
        self, dataset: Dataset, keep: int = 2, progress: Progress = lambda _written: None
    ) -> int:
        return write_version(self.database, Incoming.of(dataset), keep, NOON, progress)

    @contextmanager
    def open(self, currency: str = "") -> Iterator[Snapshot]:
        with self.versions.open(currency) as snapshot:
            yield snapshot

    def page(self, asked: CompanyFilter, cursor: Cursor | None = None) -> Page:
        with self.open(asked.currency) as snapshot:
            return find_page(snapshot, asked, cursor)

    def answers(self, asked: CompanyFilter) -> dict[str, str]:
        """What the list answers for every company it shows, in its order."""
        return {line.slug: line.answer.word for line in self.page(asked).lines}

    def slugs(self, asked: CompanyFilter) -> list[str]:
        return list(self.answers(asked))

    def counts(self, asked: CompanyFilter) -> dict[str, int]:
        """How many answer how, zeros left out."""
        with self.open(asked.currency) as snapshot:
            found = count_companies(snapshot, asked)
        named = ("yes", "maybe", "unknown", "no", "none", "foreign")
        return {name: count for name in named if (count := getattr(found, name))}
