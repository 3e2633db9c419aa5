"""Scales: storage units into percent of a plot, and the round numbers that stand at its ticks.

Every number here is in a measure's storage unit, but edges and ticks are round in whole units.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from ..profiles.measures import Kind

LOGARITHMIC = frozenset({Kind.MONEY, Kind.COUNT})
"""The kinds that span many powers of ten; shares and years have even scales."""
SHARE_EDGES = (0, 5, 10, 20, 35, 50, 75, 100)
_MANTISSAS = ((1, 2, 5), (1, 3), (1,))
"""The round numbers of a power of ten, from fine to coarse."""
_YEAR_STEPS = (10, 20, 25, 50, 100, 200, 500, 1000, 2000)
KEPT = 512
"""Scales and edges that are worked out once: each has its own for each measure of a data set."""
_PLACES = 2
"""Decimals of a position: a hundredth of a percent is finer than any screen."""


class Scale(Struct, frozen=True, gc=False):
    """Where a number stands between `start` and `stop` percent; beyond the ends it is held.

    On a `log` scale both ends are above zero, and what is not stands at the start.
    """

    low: int
    high: int
    log: bool = False
    start: float = 0.0
    stop: float = 100.0

    def __call__(self, value: int) -> float:
        """The position of a number in percent."""
        part = min(1.0, max(0.0, self._part(value)))
        return round(self.start + part * (self.stop - self.start), _PLACES)

    def _part(self, value: int) -> float:
        if not self.log:
            return (value - self.low) / ((self.high - self.low) or 1)
        if value <= 0:
            return 0.0
        span = math.log(self.high) - math.log(self.low)
        return (math.log(value) - math.log(self.low)) / (span or 1)

    def within(self, start: float, stop: float) -> "Scale":
        """The same scale between other positions."""
        return Scale(self.low, self.high, self.log, start, stop)

    def ticks(self, kind: Kind) -> tuple[int, ...]:
        """The round numbers to be marked: powers of ten, or even steps; about two to seven."""
        if self.log:
            found = _between(_powers(self.low, self.high, (1,), kind.scale), self.low, self.high)
            fine = found if len(found) > 1 else self.edges_between(kind)
            return fine[:: math.ceil(len(fine) / 7)]
        return _even(self.low, self.high, kind)

    def edges_between(self, kind: Kind) -> tuple[int, ...]:
        """Every 1, 2 or 5 times a power of ten on a logarithmic scale."""
        return _between(_powers(self.low, self.high, (1, 2, 5), kind.scale), self.low, self.high)


@lru_cache(maxsize=KEPT)
def scale_over(low: int, high: int, kind: Kind) -> Scale:
    """The scale from a round number at or below `low` to one at or above `high`."""
    if kind is Kind.SHARE:
        step = _step(0, max(kind.scale, high), kind)
        return Scale(0, -(-max(kind.scale, high) // step) * step)
    if kind is Kind.YEAR:
        return Scale(low // 10 * 10, -(-(high + 1) // 10) * 10)
    least = max(low, 1)
    edges = _powers(least, max(high, least), (1, 2, 5), kind.scale)
    below = [edge for edge in edges if edge <= least]
    above = [edge for edge in edges if edge >= high and edge > least]
    return Scale(below[-1], above[0], log=True)


@lru_cache(maxsize=KEPT)
def even_over(low: int, high: int, kind: Kind) -> Scale:
    """The even scale that holds zero, from a round number at or below `low` to one from `high`."""
    least, most = min(low, 0), max(high, 0)
    step = _step(least, most, kind)
    return Scale(least // step * step, max(-(-most // step), least == 0) * step)


@lru_cache(maxsize=KEPT)
def class_edges(low: int, high: int, kind: Kind, most: int = 9) -> tuple[int, ...]:
    """The edges of two to `most` classes, of which each number from `low` to `high` has one.

    A class holds its lower edge and not its upper one; the first and the last go on without end,
    which is why a single one would be no class at all. Edges are round in whole units. A share
    always has the same seven, for which there must be room.
    """
    if kind is Kind.SHARE:
        return tuple(percent * kind.scale // 100 for percent in SHARE_EDGES)
    if kind is Kind.YEAR:
        return _year_edges(low, high, most)
    if low < 0:
        return _even_edges(low, high, kind, most)
    for mantissas in _MANTISSAS:
        edges = _covering(low, high, mantissas, kind)
        if len(edges) <= most + 1:
            return edges
    every = math.ceil((len(edges) - 1) / most)
    coarse = edges[::every]
    return coarse if coarse[-1] == edges[-1] else (*coarse, coarse[-1] * 10**every)


def _even_edges(low: int, high: int, kind: Kind, most: int) -> tuple[int, ...]:
    """Even steps on either side of zero, which is an edge where numbers lie on both."""
    step = _step(low, high, kind)
    while True:
        first = low // step * step
        last = max((high // step + 1) * step, first + 2 * step)
        if (last - first) // step <= most:
            return tuple(range(first, last + 1, step))
        step *= 2


def _covering(low: int, high: int, mantissas: Sequence[int], kind: Kind) -> tuple[int, ...]:
    """At least three round numbers, from the last at or below `low` to the first above `high`."""
    least = max(low, 1)
    edges = _powers(least, max(high, least), mantissas, kind.scale)
    first = max(index for index, edge in enumerate(edges) if edge <= least)
    last = min(index for index, edge in enumerate(edges) if edge > high and index > first + 1)
    return edges[first : last + 1]


def _year_edges(low: int, high: int, most: int) -> tuple[int, ...]:
    for step in _YEAR_STEPS:
        first = low // step * step
        last = max((high // step + 1) * step, first + 2 * step)
        if (last - first) // step <= most:
            break
    return tuple(range(first, last + 1, step))


def _powers(low: int, high: int, mantissas: Sequence[int], unit: int) -> tuple[int, ...]:
    """Mantissas times powers of ten of a whole unit, from well below `low` to well above `high`.

    Below one whole unit there are none but the storage unit itself.
    """
    first = math.floor(math.log10(max(low / unit, 1))) - 1
    last = math.ceil(math.log10(max(high / unit, 1))) + 2
    whole = (
        mantissa * 10**power * unit
        for power in range(max(first, 0), last + 1)
        for mantissa in mantissas
    )
    return ((1,) if low < unit else ()) + tuple(whole)


def _between(values: Sequence[int], low: int, high: int) -> tuple[int, ...]:
    return tuple(value for value in values if low <= value <= high)


def _even(low: int, high: int, kind: Kind) -> tuple[int, ...]:
    step = _step(low, high, kind)
    return tuple(range(-(-low // step) * step, high + 1, step))


def _step(low: int, high: int, kind: Kind) -> int:
    """1, 2 or 5 times a power of ten, so that at most six steps lie between."""
    unit = kind.scale // 100 if kind is Kind.SHARE else kind.scale
    raw = max((high - low) / unit / 6, 1)
    size: int = 10 ** math.floor(math.log10(raw))
    return next(m * size for m in (1, 2, 5, 10) if m * size >= raw) * unit
