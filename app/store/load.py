"""Loading: a whole data set becomes a new version, or nothing changes."""

import json
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, and_, case, func, or_, select
from sqlalchemy.sql.ddl import CreateView

from ..errors import UnusableDatabase
from ..profiles.company import Company, Head, Incoming, Packed
from ..profiles.measures import LISTED, Catalogue
from . import rows, tables
from .database import Database
from .draft import Draft
from .extents import write_extents
from .rows import RowMaker
from .tables import (
    DERIVED,
    IN_OTHER_CURRENCY,
    INFINITE,
    STATED,
    companies_view,
    layout,
    tables_of,
)

BATCH = 1_000
"""Companies written at a time."""
IN_MEMORY = 64_000_000
"""Bytes of packed companies that stay in memory while a load reads; more go to a file."""

Progress = Callable[[int], None]
"""Called with how many more companies were written."""


def write_version(
    database: Database, incoming: Incoming, keep: int, now: datetime, progress: Progress
) -> int:
    """Write a data set as a new version, verify it and publish it.

    It is read to its end first. Until then, and for ever if it fails, readers see the version
    before. Versions beyond the newest `keep` are dropped. Returns the new version's number. Raises
    what reading the companies raises, and UnusableDatabase where the database cannot be written.
    """
    head = incoming.head
    with Spool() as spool:
        for one in incoming.packed or pack(incoming.companies, head):
            spool.add(one)
        with database.write(keep) as draft:
            held = tables_of(head.catalogue)
            draft.create(held)
            companies = iter(spool)
            while batch := list(islice(companies, BATCH)):
                draft.insert_companies(batch)
                progress(len(batch))
            draft.insert(tables.remark, _numbered(incoming.remarks, rows.remark_row))
            draft.insert(tables.rate, _numbered(head.rates.all, rows.rate_row))
            draft.insert(tables.measure, _numbered(head.catalogue.own, rows.measure_row))
            draft.finish()
            _write_sources(draft, head)
            _write_head(draft, held.listing, head, spool, now)
            write_extents(draft.connection, held.listing, head.catalogue, head.rates.offered)
            _create_view(draft.connection, head.catalogue)
            _verify(draft.connection, held.listing, head, spool)
            return draft.number


def pack(companies: Iterable[Company], head: Head) -> Iterator[Packed]:
    """Companies as a load keeps them while it reads: their rows in few bytes."""
    packed = packer(head)
    for company in companies:
        yield Packed(company.slug, len(company.figures), packed(company))


def packer(head: Head) -> Callable[[Company], bytes]:
    """What packs the companies of a data set."""
    return RowMaker(head).pack


class Spool:
    """The packed companies of a load: taken as they come, given back in the order of slugs."""

    def __init__(self) -> None:
        self.companies = self.figures = 0
        self._slugs: list[str] = []
        self._ends = array("Q", [0])
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - see __exit__

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, one: Packed) -> None:
        """Take a company. Raises UnusableDatabase where the disk is full."""
        self.companies += 1
        self.figures += one.figures
        self._slugs.append(one.slug)
        try:
            self._file.write(one.content)
        except OSError as error:
            raise UnusableDatabase(f"{tempfile.gettempdir()}: {error.strerror}") from error
        self._ends.append(self._ends[-1] + len(one.content))

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """The companies with their numbers. Raises ValueError if two have one slug."""
        order = sorted(range(self.companies), key=self._slugs.__getitem__)
        before = None
        for number, place in enumerate(order):
            if (slug := self._slugs[place]) == before:
                raise ValueError(f"the slug “{slug}” is not unique")
            before = slug
            self._file.seek(self._ends[place])
            yield number, self._file.read(self._ends[place + 1] - self._ends[place])


def _numbered(
    values: Iterable[Any], make: Callable[[int, Any], rows.Values]
) -> Iterator[rows.Values]:
    return (make(place, one) for place, one in enumerate(values))


def _write_sources(draft: Draft, head: Head) -> None:
    """The sources, each with how many figures come from it and of how many companies."""
    figure = tables.figure.c
    query = select(figure.source, func.count(), func.count(figure.n.distinct()))
    counted = query.where(figure.source.is_not(None)).group_by(figure.source)
    found = {row[0]: (row[1], row[2]) for row in draft.connection.execute(counted)}
    for place, one in enumerate(head.sources):
        row = rows.source_row(place, one, *found.get(one.id, (0, 0)))
        _insert_row(draft.connection, tables.source, row)


def _insert_row(connection: Connection, table: Table, row: Sequence[Any]) -> None:
    connection.execute(table.insert(), dict(zip(table.c.keys(), row, strict=True)))


def _write_head(draft: Draft, listing: Table, head: Head, spool: Spool, now: datetime) -> None:
    row = (
        draft.number,
        layout(),
        head.digest,
        now.isoformat(timespec="seconds"),
        head.title,
        head.description,
        head.classification,
        head.currency,
        " ".join(head.rates.offered),
        json.dumps(head.prefer),
        json.dumps(_years(draft.connection, listing)),
        spool.companies,
        spool.figures,
    )
    _insert_row(draft.connection, tables.version, row)


def _years(connection: Connection, listing: Table) -> list[int]:
    """The years of which there are figures of built-in measures, the latest first.

    A year that only a figure of the data set's own measures has makes no choice of years.
    """
    reported = or_(*(listing.c[f"{one.key}_state"].is_not(None) for one in LISTED))
    query = select(listing.c.year).where(listing.c.year > 0, listing.c.currency == "", reported)
    return list(connection.scalars(query.distinct().order_by(listing.c.year.desc())))


def _create_view(connection: Connection, catalogue: Catalogue) -> None:
    connection.execute(CreateView(companies_view(catalogue), "companies"))


def _verify(connection: Connection, listing: Table, head: Head, spool: Spool) -> None:
    """Count what arrived, and hold the listing against the figures that it repeats.

    Raises UnusableDatabase where they differ.
    """
    expected = {tables.company: spool.companies, tables.figure: spool.figures}
    for table, written in expected.items():
        found = connection.scalar(select(func.count()).select_from(table))
        if found != written:
            raise UnusableDatabase(f"{table.name} holds {found} rows where {written} were written")
    for measure in head.catalogue.listed:
        differing = connection.scalar(_differing(listing, measure.key, head.currency))
        if differing:
            raise UnusableDatabase(f"the listing differs from {differing} figures of {measure.key}")


def _differing(listing: Table, key: str, currency: str) -> Any:
    """How many companies' latest figure of a measure the listing does not repeat."""
    figure = tables.figure.c
    headline = and_(figure.n == listing.c.n, figure.measure == key, figure.position == 0)
    low, high, state = (listing.c[f"{key}_{part}"] for part in ("low", "high", "state"))
    known = figure.state.in_([STATED, DERIVED])
    other = and_(known, figure.currency.is_not(None), figure.currency != currency)
    lower = case((figure.low.is_(None), -INFINITE), else_=2 * figure.low)
    upper = case((figure.high.is_(None), INFINITE), else_=2 * figure.high)
    same = and_(
        low == lower + case((and_(figure.low_open, figure.low.is_not(None)), 1), else_=0),
        high == upper - case((and_(figure.high_open, figure.high.is_not(None)), 1), else_=0),
        state == figure.state,
    )
    agrees = case(
        (other, state == IN_OTHER_CURRENCY),
        (known, func.coalesce(same, False)),
        else_=low.is_(None),
    )
    latest = and_(listing.c.year == 0, listing.c.currency == "")
    joined = listing.outerjoin(tables.figure, headline)
    return select(func.count()).select_from(joined).where(latest, ~agrees)
