"""Versions for readers: a snapshot is one reader's unchanging view of the current one."""

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from msgspec import Struct
from sqlalchemy import Connection, RowMapping, Table, select
from sqlalchemy.exc import DBAPIError

from ..errors import FieldProblem, HostLost, InvalidQuery, NoData, QueryInterrupted
from ..profiles.filter import CompanyFilter
from ..profiles.measures import Catalogue
from ..profiles.rates import AS_STATED, Rates
from ..profiles.version import Version, View
from . import rows, tables
from .cache import Cache
from .database import Database, opened
from .extents import read_extents
from .pointer import Current
from .tables import Tables, tables_of

P = ParamSpec("P")
T = TypeVar("T")

QUERY_CANCELED = "57014"
"""PostgreSQL's SQLSTATE for a query that was cancelled, or that took longer than its limit."""
CACHE = 32_000_000
"""Bytes that a process keeps of what it has read and counted."""


class Snapshot(Struct, frozen=True):
    """A connection to one version, and what the version is.

    `cache` holds what was read or counted before, of the newest version that was opened.
    """

    connection: Connection
    version: Version
    tables: Tables
    cache: Cache
    identity: tuple[int, str, str, str]

    def view(self, filter: CompanyFilter) -> View:
        """The view whose figures a filter compares."""
        return View(filter.period or 0, self.version.chosen)

    def remember(self, question: Hashable, find: Callable[[], T]) -> T:
        """The answer to a question about this version, found once while it is kept.

        Answers must be values that nobody changes.
        """
        return self.cache.get((self.identity, question), find)

    def interrupt(self) -> None:
        """Have the query that runs now end with an error; to be called from another thread."""
        with suppress(Exception):  # The connection may be done at this very moment.
            driver: Any = self.connection.connection.dbapi_connection
            (getattr(driver, "interrupt", None) or driver.cancel)()


def memoized(
    find: Callable[Concatenate[Snapshot, CompanyFilter, P], T],
) -> Callable[Concatenate[Snapshot, CompanyFilter, P], T]:
    """A question that is asked of the database once for each version and filter.

    Sort order and page size are no part of the filter. Arguments must be hashable, the answer a
    value that nobody changes.
    """

    @wraps(find)
    def ask(
        snapshot: Snapshot,
        filter: CompanyFilter,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        criteria = filter.criteria
        question = (find.__name__, criteria, args, tuple(sorted(kwargs.items())))
        return snapshot.remember(question, lambda: find(snapshot, criteria, *args, **kwargs))

    return ask


def pairs(rows: Iterable[Any]) -> dict[Any, Any]:
    """Rows of two columns by the first of them."""
    return {row[0]: row[1] for row in rows}


class Versions:
    """Opens snapshots of the current version of one database."""

    REMEMBERED = 16

    def __init__(self, database: Database) -> None:
        self.database = database
        self.cache = Cache(CACHE)
        self._newest: Current | None = None
        self._described: dict[tuple[int, str, str, str], tuple[Version, Tables]] = {}

    @contextmanager
    def open(self, currency: str = "") -> Iterator[Snapshot]:
        """A snapshot of the current version, with amounts as published or in a currency.

        Raises NoData where there is none, HostLost where no host has it, InvalidQuery for a
        currency that it does not offer, QueryInterrupted for a query that was interrupted.
        """
        with _interruption_translated(), self.database.read() as found:
            if found is None:
                raise NoData
            connection, current = found
            self._notice(current)
            chosen = _chosen(currency, current.offered)
            identity = (current.number, current.digest, current.loaded_at, chosen)
            if identity not in self._described:
                self._described[identity] = _describe(connection, current, chosen)
            yield Snapshot(connection, *self._described[identity], self.cache, identity)

    def _notice(self, current: Current) -> None:
        """Forget what was kept of earlier versions once a new one is seen."""
        if self._newest is None or self._newest.number < current.number:
            self._newest = current
            self.cache.clear()
            self._described = {}
        elif len(self._described) >= self.REMEMBERED:
            self._described = {}

    def number(self) -> int | None:
        """The number of the current version, or None without data."""
        current = self.database.current()
        return current.number if current else None

    def digest(self) -> str | None:
        """The digest of the files that the current version came from, or None without data."""
        current = self.database.current()
        return current.digest if current else None

    def close(self) -> None:
        """Close all connections."""
        self.database.close()


@contextmanager
def _interruption_translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if not _is_interrupted(error):
            raise
        raise QueryInterrupted from error


def _is_interrupted(error: DBAPIError) -> bool:
    """Whether a query was interrupted, in the words of any of the three drivers."""
    driver = error.orig
    return (
        getattr(driver, "sqlite_errorname", "") == "SQLITE_INTERRUPT"
        or getattr(driver, "sqlstate", "") == QUERY_CANCELED
        or type(driver).__name__ == "InterruptException"
    )


@contextmanager
def reading(url: str) -> Iterator[Versions]:
    """The versions of a database URL until the block ends."""
    with opened(url) as database:
        yield Versions(database)


def holds_data(database: Database) -> bool:
    """Whether readers can be served from a database as it is."""
    try:
        return database.current() is not None
    except (HostLost, DBAPIError):
        return False


def _chosen(currency: str, offered: Sequence[str]) -> str:
    """The currency that a reader chose, or blank where amounts are wanted as published."""
    typed = currency.strip()
    if typed in ("", AS_STATED):
        return ""
    if typed.upper() not in offered:
        accepted = f"one of {', '.join((AS_STATED, *offered))}"
        accepted += "" if offered else ", for the data bring no exchange rates"
        raise InvalidQuery([FieldProblem("currency", typed, accepted)])
    return typed.upper()


def _describe(connection: Connection, current: Current, chosen: str) -> tuple[Version, Tables]:
    def ordered(table: Table) -> Iterable[RowMapping]:
        return connection.execute(select(table).order_by(table.c.position)).mappings()

    held = dict(connection.execute(select(tables.version)).mappings().one())
    catalogue = Catalogue(tuple(map(rows.measure_of, ordered(tables.measure))))
    version = Version(
        number=current.number,
        digest=current.digest,
        loaded_at=current.loaded_at,
        title=held["title"],
        description=held["description"],
        classification=held["classification"],
        currency=chosen or held["currency"],
        companies=held["companies"],
        figures=held["figures"],
        sources=tuple(map(rows.source_of, ordered(tables.source))),
        catalogue=catalogue,
        years=tuple(json.loads(held["years"])),
        prefer=tuple(json.loads(held["prefer"])),
        extents=read_extents(connection, chosen),
        rates=Rates(tuple(map(rows.rate_of, ordered(tables.rate))), current.offered),
        chosen=chosen,
    )
    return version, tables_of(catalogue)
