"""A spool: what is written, brought into order beside the memory, so that any length of it fits."""

from collections.abc import Iterator, Sequence
from heapq import merge
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
        runs: list[Iterator[Item]] = [*map(self._read, self._runs), iter(self._items)]
        return merge(*runs) if len(runs) > 1 else runs[0]

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

    def _read(self, blocks: Sequence[tuple[int, int]]) -> Iterator[Item]:
        return chain.from_iterable(self._block(*block) for block in blocks)

    def _block(self, place: int, length: int) -> list[Item]:
        self._file.seek(place)
        return self._decode(self._file.read(length))
