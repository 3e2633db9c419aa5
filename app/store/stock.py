"""The companies of a load, laid up in the order of slugs, to be written from there.

A table whose rows come in the order of its key grows at its end alone, whatever its length; and a
company's place, by which all packing goes, is its number in that order.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeAlias, TypeVar

from msgspec import Raw

from app.store.laying import decode
from app.store.packing import Layout, Packer, Put, Resting
from app.store.spool import Spool

BATCH = 500
"""Companies given at a time."""
ROOM = 24_000_000
"""Bytes of memory for companies that are laid up."""

Write: TypeAlias = Callable[[Sequence[Raw]], None]
"""Writes companies, each by its rows as they are laid up."""

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
                write([one.rows for one in batch])
                for one in batch:
                    packer.add(one.to_pack)
            return packer.finish()


def _batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    remaining = iter(values)
    while batch := list(islice(remaining, size)):
        yield batch
