"""A snapshot: one reader's unchanging view of the current generation, and what it is."""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import numpy as np
from msgspec import Struct, field
from sqlalchemy import ColumnElement, Connection, Engine, RowMapping, Table, and_, select
from sqlalchemy.exc import DBAPIError

from ..errors import FieldProblem, HostLost, InvalidQuery, NoData
from ..profiles.company import Company, Source
from ..profiles.measures import LISTED, Catalogue
from ..profiles.rates import AS_STATED, NO_RATES, Rates
from . import rows, tables
from .engine import open_engine, open_newest
from .extents import Extent, read_extents
from .hosts import Hosts
from .memory import Memory
from .tables import CURRENT
from .views import IN, LATEST, view_of

T = TypeVar("T")

ROOM, ROOM_FOR_ANSWERS = 52_000_000, 8_000_000
"""Bytes of memory that a process keeps for columns, and for what every company answered.

At a million the columns of one list take 50 MB: with less room each would drop what the next needs.
"""
COMPANIES = 600
"""Companies of an edition, whole or as a row of a list, that a process keeps."""


def _arrays(room: int) -> Memory:
    return Memory(room, _bytes_of)


def _fixed(found: T) -> T:
    """The same, which nobody can change by mistake: others are given it too."""
    if isinstance(found, np.ndarray):
        found.flags.writeable = False
    return found


def _bytes_of(arrays: Any) -> int:
    """The bytes of an array, or of several."""
    return sum(map(_bytes_of, arrays)) if isinstance(arrays, tuple) else int(arrays.nbytes)


class Edition(Struct, frozen=True):
    """What a generation holds as a whole. `loaded_at` is an ISO time, `digest` a SHA-256.

    `currency` is that in which amounts are compared: the `chosen` one, in which they are then also
    shown as far as `rates` lead there, or else the data set's own.
    `prefer` is the order of sources where several tell one figure.
    """

    generation: int
    digest: str
    loaded_at: str
    title: str
    description: str
    classification: str
    currency: str
    companies: int
    figures: int
    sources: tuple[Source, ...]
    catalogue: Catalogue
    years: tuple[int, ...] = ()
    prefer: tuple[str, ...] = ()
    extents: Mapping[str, Extent] = field(default_factory=dict)
    rates: Rates = NO_RATES
    chosen: str = ""

    def seen(self, company: Company) -> Company:
        """A company as a reader of this edition sees it: in the currency that was chosen."""
        return company.in_currency(self.chosen, self.rates) if self.chosen else company

    def source(self, source_id: str | None) -> Source | None:
        """The source of that id, or None."""
        return next((source for source in self.sources if source.id == source_id), None)

    def number(self, source_id: str | None) -> int | None:
        """The number by which pages name a source, counted from 1."""
        ids = [source.id for source in self.sources]
        return ids.index(source_id) + 1 if source_id in ids else None


class Snapshot(Struct, frozen=True):
    """A connection inside one read transaction, and the edition it shows.

    `memory` holds what was counted of the edition before, `companies` those read last by their
    slugs, and what was made of one alone; whatever is kept there must be a value.
    `columns` holds what is read of every company, `answers` what every company answered.
    """

    connection: Connection
    edition: Edition
    memory: Memory = field(default_factory=Memory)
    companies: Memory = field(default_factory=lambda: Memory(COMPANIES))
    columns: Memory = field(default_factory=lambda: _arrays(ROOM))
    answers: Memory = field(default_factory=lambda: _arrays(ROOM_FOR_ANSWERS))

    def column(self, question: Hashable, find: Callable[[], T]) -> T:
        """A column of this edition, or several; the latest asked stay, of any edition."""
        return self.columns.get((self._of_edition, question), lambda: _fixed(find()))

    def chunks(
        self, question: Hashable, widest: int, read: Callable[[], Iterator[T]]
    ) -> Iterable[T]:
        """A column a chunk at a time, of at most `widest` bytes a company: kept in the same way
        where there is room for it, else read anew and never whole.
        """
        if self.edition.companies * widest > ROOM // 2:
            return read()
        return self.column(question, lambda: tuple(read()))

    def array(self, question: Hashable, find: Callable[[], T]) -> T:
        """What every company of this edition answers, in the same way."""
        return self.answers.get((self._of_edition, question), lambda: _fixed(find()))

    @property
    def _of_edition(self) -> tuple[int, str, str]:
        return self.edition.generation, self.edition.digest, self.edition.chosen

    def of(self, table: Table, view: str = LATEST) -> ColumnElement[bool]:
        """The condition that a row belongs to this edition, and of what is packed to a view."""
        of_edition = table.c.generation == self.edition.generation
        if "view" not in table.c:
            return of_edition
        return and_(of_edition, table.c.view == view_of(view, self.edition.chosen))


class Library:
    """Opens snapshots of one database; remembers the editions it has read."""

    REMEMBERED = 8

    def __init__(self, engine: Engine, primary: Engine | None = None) -> None:
        self.hosts = Hosts(engine, primary, _current)
        self._editions: dict[tuple[int, str, str], tuple[Edition, Memory, Memory]] = {}
        self._arrays = _arrays(ROOM), _arrays(ROOM_FOR_ANSWERS)

    @contextmanager
    def open(self, currency: str = "") -> Iterator[Snapshot]:
        """A snapshot of the current generation, with the amounts as stated or in a currency.

        Raises NoData where there is none, HostLost where no host has it, InvalidQuery for a
        currency that it does not offer.
        """
        with self.hosts.connect() as (connection, current):
            if current is None:
                raise NoData
            chosen = _chosen(currency, current["offered"].split())
            yield Snapshot(connection, *self._edition(connection, current, chosen), *self._arrays)

    def generation(self) -> int | None:
        """The number of the current generation, or None without data; it reads one row."""
        with self.hosts.connect() as (_, current):
            return current["generation"] if current else None

    def digest(self) -> str | None:
        """The digest of the files that the current generation came from, or None without data."""
        with self.hosts.connect() as (_, current):
            pass
        return current["digest"] if current else None

    def _edition(
        self, connection: Connection, current: RowMapping, chosen: str
    ) -> tuple[Edition, Memory, Memory]:
        key = (int(current["generation"]), str(current["digest"]), chosen)
        if key not in self._editions:
            if len(self._editions) >= self.REMEMBERED:
                self._editions.clear()
            edition = _read_edition(connection, current, chosen)
            self._editions[key] = (edition, Memory(), Memory(COMPANIES))
        return self._editions[key]


@contextmanager
def reading(database: str) -> Iterator[Library]:
    """A library of a database until the block ends."""
    library = Library(open_engine(database), open_newest(database))
    try:
        yield library
    finally:
        library.hosts.dispose()


def holds_data(database: str) -> bool:
    """Whether readers could be served from a database as it is."""
    try:
        with reading(database) as library:
            return library.digest() is not None
    except (HostLost, DBAPIError):
        return False


_HELD = tables.generation
_CURRENT = (
    select(_HELD)
    .join(tables.pointer, tables.pointer.c.generation == _HELD.c.generation)
    .where(tables.pointer.c.name == CURRENT)
)
"""The generation that readers are shown; every request asks for it, so that it is written once."""


def _current(connection: Connection) -> RowMapping | None:
    return connection.execute(_CURRENT).mappings().first()


def _chosen(currency: str, offered: Sequence[str]) -> str:
    """The currency that is asked for, or blank where amounts are wanted as stated."""
    typed = currency.strip()
    if typed in ("", AS_STATED):
        return ""
    if typed.upper() not in offered:
        accepted = f"one of {', '.join((AS_STATED, *offered))}"
        accepted += "" if offered else ", for the data bring no exchange rates"
        raise InvalidQuery([FieldProblem("currency", typed, accepted)])
    return typed.upper()


def _read_edition(connection: Connection, current: RowMapping, chosen: str) -> Edition:
    def ordered(table: Table) -> Iterable[RowMapping]:
        query = select(table).where(table.c.generation == current["generation"])
        return connection.execute(query.order_by(table.c.position)).mappings()

    held = dict(current)
    offered = tuple(str(held.pop("offered")).split())
    prefer = tuple(json.loads(held.pop("prefer")))
    return Edition(
        **held | ({"currency": chosen} if chosen else {}),
        chosen=chosen,
        prefer=prefer,
        rates=Rates(tuple(map(rows.rate_of, ordered(tables.rate))), offered),
        sources=tuple(map(rows.source_of, ordered(tables.source))),
        catalogue=Catalogue(tuple(map(rows.measure_of, ordered(tables.measure)))),
        years=tuple(_years(connection, current["generation"])),
        extents=read_extents(connection, current["generation"], chosen),
    )


def _years(connection: Connection, generation: int) -> Iterator[int]:
    """The years of which there are figures of built-in measures, the latest first.

    A year that only a figure of the data set's own is of makes no choice of years.
    """
    held, built_in = tables.block.c, [measure.key for measure in LISTED]
    of_years = and_(held.generation == generation, held.view != LATEST, held.told > 0)
    query = select(held.view).where(of_years, ~held.view.contains(IN))
    of_built_in = query.where(held.measure.in_(built_in))
    views = connection.scalars(of_built_in.distinct().order_by(held.view.desc()))
    return (int(view) for view in views)
