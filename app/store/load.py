"""Loading: a whole data set becomes a new generation beside the old one, or nothing changes."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine, Table, func, insert, inspect, select, update
from sqlalchemy.exc import DatabaseError

from app.errors import UnusableDatabase
from app.profiles.company import Head, Incoming
from app.profiles.remarks import Remark
from app.store import rows, tables
from app.store.engine import folder_of, let_readers_go_on
from app.store.extents import write_extents
from app.store.packing import Layout, Packer, Put, Resting
from app.store.ranked import write_rankings
from app.store.stock import Stock
from app.store.tables import CURRENT
from app.store.verifying import add_up_headlines, verify

T = TypeVar("T")

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


class Packing(Protocol):
    """Where companies are packed. See `packing.Packer`."""

    def __enter__(self) -> "Packing": ...

    def __exit__(self, *_: object) -> None: ...

    def add(self, to_pack: bytes) -> None: ...

    def end(self) -> None: ...

    def finish(self) -> Resting: ...


Packs = Callable[[Layout, Path | None, Put], Packing]


def write_generation(
    engine: Engine,
    incoming: Incoming,
    keep: int,
    now: datetime,
    progress: Progress,
    *,
    packs: Packs = Packer,
) -> int:
    """Write a data set as a new generation, verify it and make it the current one.

    It is read to its end first. Then it is written in one transaction: readers see the old
    generation until it ends, and for ever if it fails. Generations beyond the newest `keep` are
    dropped. Returns the new generation's number. Raises what reading the companies raises.
    """
    head, folder = incoming.head, folder_of(engine)
    with Stock(incoming, folder) as stock, engine.begin() as connection:
        number = _next_number(connection)
        with packs(Layout.of(head), folder, partial(_put, connection, number)) as packer:
            for written in stock.write(connection, number, packer):
                progress(written)
            packer.end()
            figures = add_up_headlines(connection, number, head.currency)  # While packing ends.
            resting = packer.finish()
        _write_head(connection, number, head, stock, now)
        _write_sources(connection, number, head, resting)
        _write_remarks(connection, number, incoming.remarks)
        write_extents(connection, number, head.catalogue, head.rates.offered)
        write_rankings(connection, number, head.catalogue, head.rates.offered)
        verify(connection, number, head, stock, figures)
        _make_current(connection, number)
        _drop_before(connection, number - keep + 1)
    return number


def _next_number(connection: Connection) -> int:
    newest = connection.scalar(select(func.max(tables.generation.c.generation)))
    return int(newest or 0) + 1


def _write_head(
    connection: Connection, number: int, head: Head, stock: Stock, now: datetime
) -> None:
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
            companies=stock.companies,
            figures=stock.figures,
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
