"""A database of a test's own, with the two engines that the application opens on one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from app.profiles.company import Dataset, Incoming
from app.profiles.filter import CompanyFilter
from app.store.cursor import Cursor
from app.store.engine import open_engine
from app.store.listing import Page, count_companies, find_page
from app.store.load import Progress, prepare, write_generation
from app.store.snapshot import Library, Snapshot
from tests.databases import database_url

NOON = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


class Shelf:
    """Loads data sets into one database and reads them back."""

    def __init__(self, path: Path) -> None:
        self.url = database_url(path.parent, path.stem)
        self.writer = open_engine(self.url, writes=True)
        self.reader = open_engine(self.url)
        self.library = Library(self.reader)
        prepare(self.writer)

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()

    def load(
        self, dataset: Dataset, keep: int = 2, progress: Progress = lambda _written: None
    ) -> int:
        return write_generation(self.writer, Incoming.of(dataset), keep, NOON, progress)

    @contextmanager
    def open(self, currency: str = "") -> Iterator[Snapshot]:
        with self.library.open(currency) as snapshot:
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
