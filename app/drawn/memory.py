"""The memory of pages: of one generation, and bounded by the bytes that it takes."""

from collections import OrderedDict

from .asked import Key
from .kept import Kept

LARGEST = 1 << 20
"""Bytes of the longest answer that is kept; what is longer goes on as a stream."""


class PageMemory:
    """Answers of one generation, in at most `most` bytes; the least recently asked go first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.largest = min(LARGEST, most // 4)
        self.generation = 0
        self.size = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def turn_to(self, generation: int) -> None:
        """Forget what is of older generations; a number that is not newer changes nothing."""
        if generation > self.generation:
            self.generation = generation
            self.size = 0
            self._kept.clear()

    def get(self, key: Key) -> Kept | None:
        """The answer kept under a key, which is now the most recently asked."""
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: Key, page: Kept) -> None:
        """Keep an answer, unless it is of an older generation than others here."""
        self.turn_to(page.generation)
        if page.generation < self.generation:
            return
        if (before := self._kept.pop(key, None)) is not None:
            self.size -= _size(key, before)
        self._kept[key] = page
        self.size += _size(key, page)
        while self.size > self.most:
            self.size -= _size(*self._kept.popitem(last=False))


def _size(key: Key, page: Kept) -> int:
    return page.size + sum(map(len, key))
