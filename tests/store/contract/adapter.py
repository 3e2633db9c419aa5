"""The store as the contract asks it: one method a question, plain values as answers.

This is the only module of the suite that knows the store. Another store takes its place by
replacing the bodies below; the shapes of the answers, which `reference` gives too, stay.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from msgspec.structs import asdict

from app.errors import Suggestion
from app.profiles.answer import Answer
from app.profiles.company import Company, Dataset, Incoming, Source
from app.profiles.cursor import Cursor
from app.profiles.figure import Figure
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from app.profiles.results import Line
from app.store import aggregates, listing, profiles, standing, summary
from app.store.database import open_database
from app.store.load import write_version
from app.store.versions import Snapshot, Versions

Record: TypeAlias = dict[str, Any]
Lines: TypeAlias = tuple[tuple[str, str], ...]
"""Slugs with the words of their answers: yes, maybe, unknown, no."""
Edges: TypeAlias = tuple[int, ...]
Axis: TypeAlias = tuple[str, Edges]

UNSUPPORTED: Mapping[str, str] = {}
"""What this store does not do, with the reason; tests of it are skipped. Keep it empty."""


class PageOfLines(NamedTuple):
    """One page of a list; the cursors are opaque texts, None where there is no such page."""

    lines: Lines
    next: str | None
    prev: str | None


class Questions:
    """One unchanging snapshot of a loaded data set, as stated or in a currency."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def count_companies(self, criteria: CompanyFilter) -> Record:
        """`yes, maybe, unknown, no`, and of the unknown ones `none` (yet) and `foreign`."""
        return asdict(listing.count_companies(self._snapshot, criteria))

    def find_page(self, criteria: CompanyFilter, cursor: str | None = None) -> PageOfLines:
        """The page behind or before a cursor; the first one without, or if it cannot be read."""
        place = None
        with suppress(ValueError):
            place = Cursor.read(cursor, criteria.sort) if cursor is not None else None
        page = listing.find_page(self._snapshot, criteria, place)
        cursors = (one.text() if one else None for one in (page.next, page.prev))
        return PageOfLines(_lines(page.lines), *cursors)

    def every_line(self, criteria: CompanyFilter) -> Lines:
        """The whole list."""
        parts = listing.every_line(self._snapshot, criteria)
        return tuple(line for part in parts for line in _lines(part))

    def find_neighbours(self, criteria: CompanyFilter, slug: str) -> Record | None:
        """`position` from 1, `shown`, and the slugs `prev` and `next`; None if not listed."""
        found = listing.find_neighbours(self._snapshot, criteria, slug)
        return asdict(found) if found else None

    def count_options(self, criteria: CompanyFilter, key: str) -> tuple[tuple[str, int], ...]:
        """Values of a facet and their counts, in order."""
        options = aggregates.count_options(self._snapshot, criteria, key)
        return tuple((one.value, one.count) for one in options)

    def frequent_values(self, key: str) -> tuple[str, ...]:
        """Values of a facet, the most frequent first."""
        return aggregates.frequent_values(self._snapshot, key)

    def spread_over(self, criteria: CompanyFilter, key: str, edges: Edges) -> Record:
        """`classes` as (low, high, sure, maybe), `lacking`, and `apart` (not comparable)."""
        found = aggregates.spread_over(self._snapshot, criteria, key, edges)
        classes = ((one.range.low, one.range.high, one.sure, one.maybe) for one in found.classes)
        return {"classes": tuple(classes), "lacking": found.lacking, "apart": found.other_currency}

    def count_cells(
        self, criteria: CompanyFilter, across: Axis, up: Axis | None
    ) -> dict[tuple[int, int], int]:
        """Counts above zero by (column, row)."""
        return dict(aggregates.count_cells(self._snapshot, criteria, across, up))

    def count_states(self, criteria: CompanyFilter, key: str) -> dict[str, int]:
        """Counts above zero by `unknown, none, foreign, stated, derived`."""
        return dict(aggregates.count_states(self._snapshot, criteria, key))

    def spots(
        self, criteria: CompanyFilter, keys: Sequence[str], limit: int, by: str | None = None
    ) -> tuple[tuple[str, str, dict[str, Record]], ...]:
        """(slug, name, what is known by measure: `interval, none_yet, foreign, derived`)."""
        found = aggregates.spots(self._snapshot, criteria, tuple(keys), limit=limit, by=by)
        return tuple(
            (one.slug, one.name, {key: asdict(known) for key, known in one.known.items()})
            for one in found
        )

    def count_between(self, key: str, edges: Edges) -> tuple[int, ...]:
        """One count for each part between two edges."""
        return standing.count_between(self._snapshot, key, edges)

    def read_extents(self) -> dict[str, Record]:
        """`stating, least, greatest, low, high` by measure, without measures nobody reports."""
        return {key: asdict(one) for key, one in self._snapshot.version.extents.items()}

    def summarise(self, criteria: CompanyFilter, keys: Sequence[str]) -> dict[str, Record]:
        """`companies, stating, total, median, least, top, endless` by measure."""
        found = summary.summarise(self._snapshot, criteria, tuple(keys))
        return {key: asdict(one) for key, one in found.items()}

    def find_standings(self, own: Mapping[str, Interval]) -> dict[str, Record]:
        """`stating, above, perhaps, equal, least, greatest` by measure."""
        found = standing.find_standings(self._snapshot, own)
        return {key: asdict(one) for key, one in found.items()}

    def find_figures(self, keys: Sequence[str], slug: str) -> dict[str, tuple[Interval, ...]]:
        """Intervals by measure, in the order of slugs."""
        return standing.find_figures(self._snapshot, keys, slug)

    def find_nearest(
        self, slug: str, own: Mapping[str, Interval]
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(slug, measures compared), the nearest first."""
        found = standing.find_nearest(self._snapshot, slug, own)
        return tuple((one.slug, one.by) for one in found)

    def get_company(self, slug: str) -> Company:
        """The company. Raises CompanyMoved or CompanyNotFound."""
        return profiles.get_company(self._snapshot, slug)

    def get_companies(self, slugs: Sequence[str]) -> tuple[Company, ...]:
        """The companies that there are."""
        return profiles.get_companies(self._snapshot, slugs)

    def get_every_company(self, slugs: Sequence[str]) -> tuple[Company, ...]:
        """The companies. Raises CompanyNotFound for the first that is missing."""
        return profiles.get_every_company(self._snapshot, slugs)

    def answered_companies(self, lines: Lines, period: int | None) -> list[tuple[str, Company]]:
        """The words of some lines with their companies."""
        numbers = {slug: listing.number_of(self._snapshot, slug) or 0 for slug, _ in lines}
        given = [Line(numbers[slug], slug, Answer[word.upper()]) for slug, word in lines]
        found = profiles.answered_companies(self._snapshot, given, period)
        return [(answered.word, one) for answered, one in found]

    def known_slugs(self, slugs: Iterable[str]) -> frozenset[str]:
        """Those that a company has now."""
        return profiles.known_slugs(self._snapshot, slugs)

    def current_slug(self, slug: str) -> str | None:
        """The present slug for a former one."""
        return profiles.current_slug(self._snapshot, slug)

    def name_companies(self, limit: int, after: str = "") -> tuple[tuple[str, str], ...]:
        """(slug, name) in the order of slugs."""
        return _named(profiles.name_companies(self._snapshot, limit, after))

    def closest_names(self, text: str) -> tuple[tuple[str, str], ...]:
        """(slug, name), the closest first."""
        return _named(profiles.closest_names(self._snapshot, text))

    def get_source(self, source_id: str) -> Source:
        """The source. Raises SourceNotFound."""
        return profiles.get_source(self._snapshot, source_id)

    def count_figures(self) -> dict[str, tuple[int, int]]:
        """(figures, companies) by source."""
        return profiles.count_figures(self._snapshot)

    def figures_of_source(
        self, source_id: str, after: str, companies: int
    ) -> tuple[tuple[str, str, Figure], ...]:
        """(slug, name, figure), company by company."""
        found = profiles.figures_of_source(self._snapshot, source_id, after, companies)
        return tuple((one.slug, one.name, one.figure) for one in found)

    def read_remarks(self) -> tuple[tuple[str, str], ...]:
        """(kind, text) in the order of the load."""
        return tuple((one.kind, one.text) for one in profiles.read_remarks(self._snapshot))


class Store:
    """A database by its URL: a data set is loaded, then asked."""

    def __init__(self, url: str) -> None:
        self._database = open_database(url)
        self._versions = Versions(self._database)

    def load(self, dataset: Dataset) -> None:
        """Make a data set the current one."""
        now = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
        write_version(self._database, Incoming.of(dataset), 2, now, lambda _written: None)

    @contextmanager
    def open(self, currency: str = "") -> Iterator[Questions]:
        """What is current, with amounts as stated or in a currency that the data set offers."""
        with self._versions.open(currency) as snapshot:
            yield Questions(snapshot)

    def close(self) -> None:
        """Close all connections."""
        self._versions.close()


def _lines(lines: Iterable[Line]) -> Lines:
    return tuple((one.slug, one.answer.word) for one in lines)


def _named(found: Iterable[Suggestion]) -> tuple[tuple[str, str], ...]:
    return tuple((one.slug, one.name) for one in found)
