"""A spool: what is written, brought into order beside the memory, so that any length of it fits."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryFile
from typing import TypeAlias

import msgspec

Item: TypeAlias = tuple[str, int, bytes]
"""A text to be ordered by, a number that orders those of equal texts, and what comes with it."""
BLOCK = 64
"""Items that are read back at a time, of each run."""
_OF_EACH = 200
"""Bytes that an item takes beside its texts."""


class Spool:
    """Takes items in any order and gives them back in theirs.

    Some `room` bytes of memory are filled while they are taken; later a block of each run. What is
    more lies in a file without a name, which goes with the process, however that ends.
    """

    def __init__(self, folder: Path | None, room: int) -> None:
        self._room, self._free = room, room
        self._items: list[Item] = []
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 - It lives as long as the spool.
        self._runs: list[list[tuple[int, int]]] = []
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(list[tuple[str, int, bytes]]).decode

    def add(self, text: str, number: int, packed: bytes) -> None:
        """Take one more; no two have the same text and number."""
        self._items.append((text, number, packed))
        self._free -= _OF_EACH + len(text) + len(packed)
        if self._free < 0:
            self._put_by()

    def __iter__(self) -> Iterator[Item]:
        """All of them, in order."""
        self._items.sort()
        if not self._runs:
            return iter(self._items)
        if self._items:
            self._put_by()
        return chain.from_iterable(self._merged())

    def _merged(self) -> Iterator[list[Item]]:
        """A part of all after another, in order: up to the least end of any block in memory."""
        held = [_Run(map(self._block, blocks)) for blocks in self._runs]
        while held := [run for run in held if run.items or run.more()]:
            least = min(run.items[-1] for run in held)
            # What is in order already, run after run, is quickly sorted.
            yield sorted(chain.from_iterable(run.taken(least) for run in held))

    def close(self) -> None:
        """Give the room back."""
        self._items = []
        self._file.close()

    def _put_by(self) -> None:
        """Write what is in memory as a run of its own."""
        self._items.sort()
        starts = range(0, len(self._items), BLOCK)
        self._runs.append([self._write(self._items[at : at + BLOCK]) for at in starts])
        self._items, self._free = [], self._room

    def _write(self, items: Sequence[Item]) -> tuple[int, int]:
        place = self._file.tell()
        return place, self._file.write(self._encode(items))

    def _block(self, block: tuple[int, int]) -> list[Item]:
        place, length = block
        self._file.seek(place)
        return self._decode(self._file.read(length))


class _Run:
    """A run being read: the items of the block in memory that were not taken yet."""

    def __init__(self, blocks: Iterator[list[Item]]) -> None:
        self._blocks = blocks
        self.items: list[Item] = []

    def more(self) -> bool:
        """Have the next block in memory; False where there is none."""
        self.items = next(self._blocks, [])
        return bool(self.items)

    def taken(self, last: Item) -> list[Item]:
        """Take the items up to one."""
        end = bisect_right(self.items, last)
        found, self.items = self.items[:end], self.items[end:]
        return found
