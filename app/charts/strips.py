"""Strips: every company of a measure on one line, and one company among them. Pure geometry.

Positions are percent of the line. An exact figure is a point; a bound is a whisker and never one.
"""

from collections.abc import Sequence

from msgspec import Struct

from ..profiles.interval import Interval
from .scales import Scale

EDGES = (2.0, 98.0)
"""Where the scale begins and ends, so that no mark is cut off."""
BINS = 60
LOWEST = 8.0
"""Percent of the strip's height that a single company still shows."""


class Whisker(Struct, frozen=True, gc=False):
    """A bound from `start` to `stop`; an end without an edge is an arrow, since it goes on."""

    start: float
    stop: float
    edge_low: bool
    edge_high: bool


class Heap(Struct, frozen=True, gc=False):
    """How many companies stand in one part of the line, as a bar from its foot."""

    x: float
    width: float
    y: float
    height: float


class Strip(Struct, frozen=True, gc=False):
    """The others as points and whiskers, or as heaps where they are many, and one on top."""

    own: float | Whisker
    points: tuple[float, ...] = ()
    whiskers: tuple[Whisker, ...] = ()
    heaps: tuple[Heap, ...] = ()

    @property
    def bound(self) -> bool:
        """Whether the one company's figure is a bound."""
        return isinstance(self.own, Whisker)


def draw_strip(own: Interval, others: Sequence[Interval], scale: Scale) -> Strip:
    """A mark for each of the others, and one company's own."""
    line = scale.within(*EDGES)
    marks = [_mark(one, line) for one in others]
    return Strip(
        own=_mark(own, line),
        points=tuple(mark for mark in marks if not isinstance(mark, Whisker)),
        whiskers=tuple(mark for mark in marks if isinstance(mark, Whisker)),
    )


def heap_up(counts: Sequence[int]) -> tuple[Heap, ...]:
    """Companies counted in equal parts of the line, as `bin_edges` cuts it."""
    start, stop = EDGES
    width = (stop - start) / len(counts)
    most = max(*counts, 1)
    return tuple(
        _heap(start + place * width, width, count / most)
        for place, count in enumerate(counts)
        if count
    )


def draw_heaps(own: Interval, heaps: tuple[Heap, ...], scale: Scale) -> Strip:
    """The others in heaps, and one company's own on top."""
    return Strip(own=_mark(own, scale.within(*EDGES)), heaps=heaps)


def bin_edges(scale: Scale) -> tuple[int, ...]:
    """The edges of equal parts of a logarithmic scale; a part holds its lower edge alone.

    Numbers below the first edge belong to the first part, those above the last to the last.
    """
    ratio = scale.high / scale.low
    return tuple(round(scale.low * ratio ** (place / BINS)) for place in range(BINS + 1))


def _mark(interval: Interval, line: Scale) -> float | Whisker:
    if interval.exact is not None:
        return line(interval.exact)
    low, high = interval.low, interval.high
    return Whisker(
        start=line(low) if low else 0.0,
        stop=100.0 if high is None else line(high),
        edge_low=bool(low),
        edge_high=high is not None,
    )


def _heap(x: float, width: float, part: float) -> Heap:
    height = round(max(LOWEST, 100 * part), 1)
    return Heap(round(x, 2), round(width, 2), round(100 - height, 1), height)
