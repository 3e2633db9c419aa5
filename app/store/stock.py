"""The companies of a load, laid up in the order of slugs, and written from there.

A table whose rows come in the order of its key grows at its end alone, whatever its length; and a
company's place, by which all packing goes, is its number in that order.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec
from sqlalchemy import Connection, Table

from app.profiles.company import Company, Incoming
from app.profiles.search import fold
from app.store import rows, tables
from app.store.engine import put_rows
from app.store.rows import Values
from app.store.spool import Spool
from app.store.views import Views

BATCH = 500
"""Companies written at a time."""
ROOM = 24_000_000
"""Bytes of memory for companies that are laid up."""

TABLES: tuple[tuple[Table, Callable[[Company], list[Values]]], ...] = (
    (tables.company, lambda one: [rows.company_row(one)]),
    (tables.former_slug, rows.former_slug_rows),
    (tables.statement, rows.statement_rows),
    (tables.figure, rows.figure_rows),
)
"""The tables of a company's rows."""

T = TypeVar("T")


class LaidUp(msgspec.Struct, array_like=True):
    """A company as it is laid up: its rows of each of TABLES, and what of it is packed.

    `filed` are its values of each facet, `rests_on` how many of its figures rest on each source,
    and `told` is what `Views` says of it.
    """

    rows: list[list[Values]]
    slug: str
    name_key: str
    terms: list[str]
    filed: list[tuple[str, str]]
    rests_on: dict[str, int]
    told: bytes


class Packs(Protocol):
    """Takes companies in the order of their places."""

    def add(self, one: LaidUp) -> None: ...


class Stock:
    """All that a load writes of its companies. Raises what reading them raises."""

    def __init__(self, incoming: Incoming, folder: Path | None) -> None:
        self.companies = self.figures = 0
        self._views = Views(incoming.head)
        self._laid_up = Spool(folder, ROOM)
        self._encode = msgspec.msgpack.Encoder().encode
        try:
            for company in incoming.companies:
                self._laid_up.add(company.slug, self.companies, self._encode(self._of(company)))
                self.companies += 1
                self.figures += len(company.figures)
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

    def write(self, connection: Connection, number: int, packer: Packs) -> Iterator[int]:
        """Write all into a generation and have it packed; tells how many companies more are
        written, now and then.
        """
        decode = msgspec.msgpack.Decoder(LaidUp).decode
        laid_up = (decode(packed) for _, _, packed in self._laid_up)
        for batch in _batches(laid_up, BATCH):
            of_each = zip(*(one.rows for one in batch), strict=True)
            for (table, _), made in zip(TABLES, of_each, strict=True):
                if found := list(chain.from_iterable(made)):
                    put_rows(connection, table, number, found)
            for one in batch:
                packer.add(one)
            yield len(batch)

    def _of(self, company: Company) -> LaidUp:
        return LaidUp(
            [made(company) for _, made in TABLES],
            company.slug,
            fold(company.name),
            rows.terms_of(company),
            rows.filed_under(company),
            Counter(one.source for one in company.figures if one.source),
            self._views.of(company),
        )


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(values)
    while batch := list(islice(remaining, size)):
        yield batch
