"""The companies of a load, laid up in the order of slugs, to be written from there.

A table whose rows come in the order of its key grows at its end alone, whatever its length; and a
company's place, by which all packing goes, is its number in that order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias, TypeVar

from .laying import Flat, decode
from .packing import Layout, Packer, Put, Resting
from .spool import Spool

BATCH = 500
"""Companies given at a time."""
ROOM = 24_000_000
"""Bytes of memory for companies that are laid up."""

Write: TypeAlias = Callable[[int, Sequence[Flat]], None]
"""Writes so many companies: their rows of each table of `laying.ROWS`."""

T = TypeVar("T")


class Stock:
    """Takes companies, laid up, in any order; gives them back in the order of slugs, and all that
    is packed of them. `folder` has room for what the memory has none for.
    """

    def __init__(self, layout: Layout, folder: Path | None) -> None:
        self._layout, self._folder = layout, folder
        self._laid_up = Spool(folder, ROOM)
        self._taken = 0

    def __enter__(self) -> "Stock":
        return self

    def __exit__(self, *_: object) -> None:
        self._laid_up.close()

    def add(self, slug: str, laid_up: bytes) -> None:
        """Take a company, the slugs of all being different."""
        self._laid_up.add(slug, self._taken, laid_up)
        self._taken += 1

    def give(self, write: Write, put: Put) -> Resting:
        """Give all back, some at a time, and what is packed of them as soon as it is. Returns what
        rests on each source, if anything.
        """
        laid_up = (decode(one) for _, _, one in self._laid_up)
        with Packer(self._layout, self._folder, put) as packer:
            for batch in _batches(laid_up, BATCH):
                of_each = zip(*(one.rows for one in batch), strict=True)
                write(len(batch), [Flat.together(rows) for rows in of_each])
                for one in batch:
                    packer.add(one.to_pack)
            return packer.finish()


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(values)
    while batch := list(islice(remaining, size)):
        yield batch
