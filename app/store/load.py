"""Loading: a whole data set becomes a new generation beside the old one, or nothing changes."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, update
from sqlalchemy.exc import DatabaseError

from ..errors import UnusableDatabase
from ..profiles.company import Head, Incoming, Packed
from ..profiles.remarks import Remark
from . import rows, tables
from .engine import folder_of, let_readers_go_on, put_rows, written_at_once
from .extents import write_extents
from .laying import Flat, Layer
from .packing import Layout, Put, Resting
from .ranked import write_rankings
from .stock import Stock, Write
from .tables import CURRENT
from .verifying import Told, verify

T = TypeVar("T")

TABLES = (tables.company, tables.former_slug, tables.statement, tables.figure)
"""The tables of a company's rows, in the order of `laying.ROWS`."""

Progress = Callable[[int], None]
"""Told how many more companies were written."""


def prepare(engine: Engine) -> None:
    """Make the tables. A database of another schema version is emptied, to be loaded anew.

    Raises UnusableDatabase where it cannot be opened, or where tables of ours would take the place
    of somebody else's; such a database is left as it was.
    """
    try:
        with engine.connect() as connection:
            present = _our_tables(connection)
        let_readers_go_on(engine)
        with engine.begin() as connection:
            if tables.schema.name in present and _version(connection) == tables.schema_version():
                return
            tables.metadata.drop_all(connection)
            tables.metadata.create_all(connection)
            connection.execute(insert(tables.schema).values(version=tables.schema_version()))
    except DatabaseError as error:
        raise UnusableDatabase(f"{engine.url.render_as_string()}: {error.orig}") from error


def _our_tables(connection: Connection) -> set[str]:
    """The tables of ours that are there; UnusableDatabase if they are another program's."""
    ours = {table.name for table in tables.metadata.tables.values()}
    present = set(inspect(connection).get_table_names()) & ours
    if present and tables.schema.name not in present:
        raise UnusableDatabase(
            f"the database holds tables of another program ({', '.join(sorted(present))}); "
            "give Sourcebook a database of its own"
        )
    return present


def _version(connection: Connection) -> str | None:
    return connection.scalar(select(tables.schema.c.version))


class Stocked(Protocol):
    """Where companies are laid up. See `stock.Stock`."""

    def __enter__(self) -> "Stocked": ...

    def __exit__(self, *_: object) -> None: ...

    def add(self, slug: str, laid_up: bytes) -> None: ...

    def give(self, write: Write, put: Put) -> Resting: ...


def write_generation(
    engine: Engine,
    incoming: Incoming,
    keep: int,
    now: datetime,
    progress: Progress,
    *,
    stocks: Callable[[Layout, Path | None], Stocked] = Stock,
) -> int:
    """Write a data set as a new generation, verify it and make it the current one.

    It is read to its end first. Then it is written in one transaction: readers see the old
    generation until it ends, and for ever if it fails. Generations beyond the newest `keep` are
    dropped. Returns the new generation's number. Raises what reading the companies raises.
    """
    head = incoming.head
    with stocks(Layout.of(head), folder_of(engine)) as stock:
        told = _lay_up(incoming, stock)
        with _best_way(engine), engine.begin() as connection:
            number = _next_number(connection)

            def write(companies: int, rows: Sequence[Flat]) -> None:
                for table, flat in zip(TABLES, rows, strict=True):
                    if flat.rows:
                        put_rows(connection, table, number, flat.unpacked(len(table.c) - 1))
                progress(companies)

            resting = stock.give(write, partial(_put, connection, number))
            _write_head(connection, number, head, told, now)
            _write_sources(connection, number, head, resting)
            _write_remarks(connection, number, incoming.remarks)
            write_extents(connection, number, head.catalogue, head.rates.offered)
            write_rankings(connection, number, head.catalogue, head.rates.offered)
            verify(connection, number, head, told)
            _make_current(connection, number)
            _drop_before(connection, number - keep + 1)
    return number


def _lay_up(incoming: Incoming, stock: Stocked) -> Told:
    """Have all companies laid up, and count them."""
    companies = figures = 0
    for one in incoming.packed or _packed(incoming):
        stock.add(one.slug, one.content)
        companies += 1
        figures += one.figures
    return Told(companies, figures)


def _packed(incoming: Incoming) -> Iterator[Packed]:
    lay_up = Layer(incoming.head).lay_up
    for company in incoming.companies:
        yield Packed(company.slug, len(company.figures), lay_up(company))


@contextmanager
def _best_way(engine: Engine) -> Iterator[None]:
    """Where there is nothing to read yet it is written without regard to readers."""
    with engine.connect() as connection:
        first = _next_number(connection) == 1
    if first:
        with written_at_once(engine):
            yield
    else:
        let_readers_go_on(engine)
        yield


def _next_number(connection: Connection) -> int:
    newest = connection.scalar(select(func.max(tables.generation.c.generation)))
    return int(newest or 0) + 1


def _write_head(connection: Connection, number: int, head: Head, told: Told, now: datetime) -> None:
    connection.execute(
        insert(tables.generation).values(
            generation=number,
            digest=head.digest,
            loaded_at=now.isoformat(timespec="seconds"),
            title=head.title,
            description=head.description,
            classification=head.classification,
            currency=head.currency,
            offered=" ".join(head.rates.offered),
            prefer=json.dumps(head.prefer),
            companies=told.companies,
            figures=told.figures,
        )
    )
    _insert(connection, number, tables.rate, map(rows.rate_row, *_numbered(head.rates.all)))
    own = head.catalogue.own
    _insert(connection, number, tables.measure, map(rows.measure_row, *_numbered(own)))


def _write_sources(connection: Connection, number: int, head: Head, resting: Resting) -> None:
    made = (
        rows.source_row(place, one, *resting.get(one.id, (0, 0)))
        for place, one in enumerate(head.sources)
    )
    _insert(connection, number, tables.source, made)


def _write_remarks(connection: Connection, number: int, remarks: Iterable[Remark]) -> None:
    told = enumerate(remarks)
    made = ({"position": place, "kind": one.kind, "text": one.text} for place, one in told)
    _insert(connection, number, tables.remark, made)


def _numbered(values: tuple[T, ...]) -> tuple[range, tuple[T, ...]]:
    return range(len(values)), values


def _put(connection: Connection, number: int, name: str, made: Iterable[rows.Row]) -> None:
    _insert(connection, number, tables.metadata.tables[name], made)


def _insert(connection: Connection, number: int, table: Table, made: Iterable[rows.Row]) -> None:
    if batch := [{"generation": number} | row for row in made]:
        connection.execute(insert(table), batch)


def _make_current(connection: Connection, number: int) -> None:
    moved = connection.execute(
        update(tables.pointer).where(tables.pointer.c.name == CURRENT).values(generation=number)
    )
    if not moved.rowcount:
        connection.execute(insert(tables.pointer).values(name=CURRENT, generation=number))


def _drop_before(connection: Connection, oldest_kept: int) -> None:
    for table in tables.OF_GENERATION:
        connection.execute(table.delete().where(table.c.generation < oldest_kept))
