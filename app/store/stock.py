"""The companies of a load, laid up in the order of slugs, and written from there.

A table whose rows come in the order of its key grows at its end alone, whatever its length; and a
company's place, by which all packing goes, is its number in that order.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from app.profiles.company import Incoming, Packed
from app.store import tables
from app.store.engine import put_rows
from app.store.laying import Layer, decode
from app.store.spool import Spool

BATCH = 500
"""Companies written at a time."""
ROOM = 24_000_000
"""Bytes of memory for companies that are laid up."""

TABLES = (tables.company, tables.former_slug, tables.statement, tables.figure)
"""The tables of a company's rows, in the order of `laying.ROWS`."""

T = TypeVar("T")


class Packs(Protocol):
    """Takes companies in the order of their places, each as ToPack in its bytes."""

    def add(self, to_pack: bytes) -> None: ...


class Stock:
    """All that a load writes of its companies. Raises what reading them raises."""

    def __init__(self, incoming: Incoming, folder: Path | None) -> None:
        self.companies = self.figures = 0
        self._laid_up = Spool(folder, ROOM)
        try:
            for one in incoming.packed or _laid_up(incoming):
                self._laid_up.add(one.slug, self.companies, one.content)
                self.companies += 1
                self.figures += one.figures
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
        laid_up = (decode(packed) for _, _, packed in self._laid_up)
        for batch in _batches(laid_up, BATCH):
            of_each = zip(*(one.rows for one in batch), strict=True)
            for table, made in zip(TABLES, of_each, strict=True):
                if found := list(chain.from_iterable(made)):
                    put_rows(connection, table, number, found)
            for one in batch:
                packer.add(one.to_pack)
            yield len(batch)


def _laid_up(incoming: Incoming) -> Iterator[Packed]:
    lay_up = Layer(incoming.head).lay_up
    for company in incoming.companies:
        yield Packed(company.slug, len(company.figures), lay_up(company))


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(values)
    while batch := list(islice(remaining, size)):
        yield batch
