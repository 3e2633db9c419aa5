"""Loading: a whole data set becomes a new generation beside the old one, or nothing changes."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    and_,
    false,
    func,
    insert,
    inspect,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.exc import DatabaseError

from app.errors import UnusableDatabase
from app.profiles.company import Head, Incoming
from app.profiles.measures import Catalogue
from app.profiles.remarks import Remark
from app.store import rows, tables
from app.store.engine import folder_of, let_readers_go_on
from app.store.extents import write_extents
from app.store.packing import pack
from app.store.stock import Stock
from app.store.tables import CURRENT

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


def write_generation(
    engine: Engine, incoming: Incoming, keep: int, now: datetime, progress: Progress
) -> int:
    """Write a data set as a new generation, verify it and make it the current one.

    It is read to its end first. Then it is written in one transaction: readers see the old
    generation until it ends, and for ever if it fails. Generations beyond the newest `keep` are
    dropped. Returns the new generation's number. Raises what reading the companies raises.
    """
    head = incoming.head
    with Stock(incoming, folder_of(engine)) as stock, engine.begin() as connection:
        number = _next_number(connection)
        for written in stock.write(connection, number):
            progress(written)
        _write_head(connection, number, head, stock, now)
        _write_remarks(connection, number, incoming.remarks)
        _complete_years(connection, number)
        pack(connection, number, head.catalogue)
        write_extents(connection, number, head.catalogue, head.rates.offered)
        _verify(connection, number, head, stock)
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
    _insert(connection, number, tables.source, map(rows.source_row, *_numbered(head.sources)))
    _insert(connection, number, tables.rate, map(rows.rate_row, *_numbered(head.rates.all)))
    own = head.catalogue.own
    _insert(connection, number, tables.measure, map(rows.measure_row, *_numbered(own)))


def _write_remarks(connection: Connection, number: int, remarks: Iterable[Remark]) -> None:
    told = enumerate(remarks)
    made = ({"position": place, "kind": one.kind, "text": one.text} for place, one in told)
    _insert(connection, number, tables.remark, made)


def _numbered(values: tuple[T, ...]) -> tuple[range, tuple[T, ...]]:
    return range(len(values)), values


def _insert(connection: Connection, number: int, table: Table, made: Iterable[rows.Row]) -> None:
    if batch := [{"generation": number} | row for row in made]:
        connection.execute(insert(table), batch)


def _verify(connection: Connection, number: int, head: Head, stock: Stock) -> None:
    """Count what arrived, and hold the listing against the figures it repeats."""
    expected = {tables.company: stock.companies, tables.figure: stock.figures}
    for table, count in expected.items():
        found = connection.scalar(
            select(func.count()).select_from(table).where(table.c.generation == number)
        )
        if found != count:
            raise UnusableDatabase(f"{table.name} holds {found} rows where {count} were written")
    for measure in head.catalogue.listed:
        key = measure.key
        if stray := _listing_strays(connection, number, head.catalogue, key):
            raise UnusableDatabase(f"the listing disagrees with {stray} figures of {key}")


def _complete_years(connection: Connection, number: int) -> None:
    """Give every year a line of every company: one without a figure of it has nothing reported."""
    listing = tables.listing
    of_generation = listing.c.generation == number
    years = select(listing.c.view).where(of_generation, listing.c.view != rows.LATEST).distinct()
    for year in connection.scalars(years.order_by(listing.c.view)).all():
        there = select(listing.c.slug).where(of_generation, listing.c.view == year)
        latest = and_(of_generation, listing.c.view == rows.LATEST, listing.c.slug.not_in(there))
        blank = rows.unreported(year)
        kept = [listing.c.generation, listing.c.slug, listing.c.name_key]
        missing = select(*kept, *(literal(v, listing.c[k].type) for k, v in blank.items()))
        names = [*(column.name for column in kept), *blank]
        connection.execute(insert(listing).from_select(names, missing.where(latest)))


def _listing_strays(connection: Connection, number: int, catalogue: Catalogue, key: str) -> int:
    """How many lines of the listing's latest do not repeat their headline figure."""
    listing, figure = tables.listing, tables.figure
    headline = and_(
        figure.c.generation == number,
        figure.c.slug == listing.c.slug,
        figure.c.measure == key,
        figure.c.position == 0,
    )
    part = partial(rows.listed_column, catalogue, key)
    state = part("state")
    differs = or_(
        func.coalesce(figure.c.state, "unknown") != state,
        *(
            func.coalesce(figure.c[end], -1) != func.coalesce(part(end), -1)
            for end in ("low", "high")
        ),
        *(func.coalesce(figure.c[end], false()) != part(end) for end in ("low_open", "high_open")),
    )
    found = connection.scalar(
        select(func.count())
        .select_from(listing.outerjoin(figure, headline))
        .where(
            listing.c.generation == number,
            listing.c.view == rows.LATEST,
            state != tables.FOREIGN,
            differs,
        )
    )
    return int(found or 0)


def _make_current(connection: Connection, number: int) -> None:
    moved = connection.execute(
        update(tables.pointer).where(tables.pointer.c.name == CURRENT).values(generation=number)
    )
    if not moved.rowcount:
        connection.execute(insert(tables.pointer).values(name=CURRENT, generation=number))


def _drop_before(connection: Connection, oldest_kept: int) -> None:
    for table in tables.OF_GENERATION:
        connection.execute(table.delete().where(table.c.generation < oldest_kept))
