"""The companies of a load as rows, laid up in the order of the tables, and written from there.

A table whose rows come in the order of its key grows at its end alone, whatever its length.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from sqlalchemy import Connection, Table, insert

from app.profiles.company import Company, Head, Incoming
from app.store import rows, tables
from app.store.spool import Spool

BATCH = 500
"""Companies written at a time."""
TERMS = 5000
"""Search terms written at a time."""
ROOM = 24_000_000
"""Bytes of memory for companies that are laid up, and as many for their search terms."""

T = TypeVar("T")
Values = tuple[Any, ...]


class Stock:
    """All that a load writes of its companies. Raises what reading them raises."""

    def __init__(self, incoming: Incoming, folder: Path | None) -> None:
        self.companies = self.figures = 0
        self._shelves = tuple(_of_company(incoming.head))
        self._laid_up = Spool(folder, ROOM)
        self._terms = Spool(folder, ROOM)
        self._encode = msgspec.msgpack.Encoder().encode
        try:
            for company in incoming.companies:
                self._lay_up(company)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Stock":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the room back."""
        self._laid_up.close()
        self._terms.close()

    def write(self, connection: Connection, number: int) -> Iterator[int]:
        """Write all into a generation; tells how many companies more are written, now and then."""
        decode = msgspec.msgpack.Decoder(list[list[Values]]).decode
        for batch in _batches((item[1] for item in self._laid_up), BATCH):
            of_each = zip(*map(decode, batch), strict=True)
            for shelf, made in zip(self._shelves, of_each, strict=True):
                joined = chain.from_iterable(made)
                _write(connection, number, shelf.table, shelf.columns, joined)
            yield len(batch)
        for terms in _batches(self._terms, TERMS):
            _write(connection, number, tables.search_term, ("term", "slug"), terms)

    def _lay_up(self, company: Company) -> None:
        made = [shelf.values(company) for shelf in self._shelves]
        self._laid_up.add((company.slug, self._encode(made)))
        for row in rows.term_rows(company):
            self._terms.add((row["term"], company.slug))
        self.companies += 1
        self.figures += len(company.figures)


class _Shelf:
    """A table that takes the rows of companies: all of them name the same columns."""

    def __init__(self, table: Table, made: Callable[[Company], Iterable[rows.Row]]) -> None:
        self.table, self.made = table, made
        self.columns: tuple[str, ...] = ()
        self._read: Callable[[rows.Row], Values]

    def values(self, company: Company) -> list[Values]:
        """A company's rows without the names of the columns."""
        made = list(self.made(company))
        if made and not self.columns:
            self.columns = tuple(name for name in self.table.c.keys() if name in made[0])  # noqa: SIM118
            self._read = itemgetter(*self.columns)
        return [*map(self._read, made)] if made else []


def _write(
    connection: Connection,
    number: int,
    table: Table,
    columns: Sequence[str],
    made: Iterable[Values],
) -> None:
    """Write rows into a generation: as they are, where the database takes them so."""
    named = ["generation", *columns]
    batch = [(number, *values) for values in made]
    if not batch:
        return
    if connection.dialect.positional:
        statement = insert(table).compile(dialect=connection.dialect, column_keys=named)
        connection.exec_driver_sql(str(statement), batch)
    else:
        connection.execute(insert(table), [dict(zip(named, row, strict=True)) for row in batch])


def _of_company(head: Head) -> Iterator[_Shelf]:
    """The tables of a company's rows."""
    yield _Shelf(tables.company, lambda one: [rows.company_row(one)])
    yield _Shelf(tables.listing, lambda one: rows.listing_rows(one, head))
    yield _Shelf(tables.former_slug, rows.former_slug_rows)
    yield _Shelf(tables.company_facet, rows.facet_rows)
    yield _Shelf(tables.statement, rows.statement_rows)
    yield _Shelf(tables.figure, rows.figure_rows)


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(values)
    while batch := list(islice(remaining, size)):
        yield batch
