"""Classes: in which of the classes of a measure each company lies, a byte for each.

The byte is worked out once for a measure and its edges; how any companies spread over the classes
is then told by counting bytes.
"""

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from .blocks import read_chunks
from .codes import HIGH_ENDLESS, HIGH_OPEN, LACKING, LOW_ENDLESS, LOW_OPEN
from .columns import Bounds, Chunk, Codes, Column
from .snapshot import Snapshot

MOST = 20
"""Classes of which a byte can say from which to which somebody may be."""
NOWHERE, APART, LACKS = 253, 254, 255
"""The bytes of who has a figure that lies in no class at all, who has one that cannot be compared,
and who has none.
"""

Count = npt.NDArray[np.intp]


class Spans(Struct, frozen=True):
    """What the bytes mean for so many classes: below `classes` surely that one, and further on
    perhaps any from the first to the last of a span.
    """

    classes: int

    @property
    def ends(self) -> tuple[tuple[int, int], ...]:
        """The first and the last class of each span, in the order of their bytes."""
        return tuple(combinations_with_replacement(range(self.classes), 2))

    def maybe(self, counts: Count) -> Count:
        """How many may lie in each class, of companies counted by their bytes."""
        found = np.zeros(self.classes, np.intp)
        for number, (first, last) in enumerate(self.ends, self.classes):
            found[first : last + 1] += counts[number]
        return found


def classed(snapshot: Snapshot, view: str, key: str, edges: tuple[int, ...]) -> Codes:
    """The byte of every company for the classes between some edges, of which MOST can be told. The
    first class has no lower end and the last no upper one.
    """
    assert len(edges) <= MOST + 1

    def find() -> Codes:
        chunks = read_chunks(snapshot, view, key)
        return np.concatenate([np.zeros(0, np.uint8), *(_of_chunk(one, edges) for one in chunks)])

    return snapshot.column(("classes", view, key, edges), find)


def place_of(bounds: Bounds, edges: Sequence[int]) -> npt.NDArray[np.intp]:
    """In which class between the edges each bound lies, from 0."""
    return np.searchsorted(np.array(edges[1:-1], np.int64), bounds, side="right")


def _of_chunk(chunk: Chunk, edges: Sequence[int]) -> Codes:
    codes: Codes = np.zeros(len(chunk.states), np.uint8)
    for edge in edges[1:-1]:
        codes += chunk.lows >= edge
    codes[chunk.several] = _spanned(chunk.ranging, edges)
    np.putmask(codes, ~chunk.known, APART)
    np.putmask(codes, (chunk.states & LACKING) != 0, LACKS)
    return codes


def _spanned(column: Column, edges: Sequence[int]) -> Codes:
    """The bytes of companies that state more than one number."""
    first, last = _reach(column, edges)
    sure = first == last
    borders = np.array(edges, np.int64)
    # What begins just above the last number of a class has nothing in it; so with the other end.
    ends_class = column.has(LOW_OPEN) & ~column.has(LOW_ENDLESS) & (first < len(edges) - 2)
    ends_class &= column.low + 1 == borders[first + 1]
    begins_class = column.has(HIGH_OPEN) & ~column.has(HIGH_ENDLESS) & (last > 0)
    begins_class &= column.high == borders[last]
    classes = len(edges) - 1
    numbers = np.full((classes + 1, classes + 1), NOWHERE, np.uint8)
    for number, ends in enumerate(Spans(classes).ends, classes):
        numbers[ends] = number
    maybe = numbers[first + ends_class, np.maximum(last - begins_class, 0)]
    return np.where(sure, first, maybe).astype(np.uint8)


def _reach(
    column: Column, edges: Sequence[int]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """The classes of both bounds; below all is the first and above all the last."""
    first = np.where(column.has(LOW_ENDLESS), 0, place_of(column.low, edges))
    last = np.where(column.has(HIGH_ENDLESS), len(edges) - 2, place_of(column.high, edges))
    return first, last
