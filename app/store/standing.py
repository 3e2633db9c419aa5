"""Where a company stands among all that state a measure: ranks, and the figures of a strip.

Figures are those of the listing: an amount in another currency is not compared and not counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from app.profiles.filter import CompanyFilter
from app.profiles.interval import INT64_MAX, Interval
from app.store.blocks import read_column
from app.store.codes import HIGH_ENDLESS, LOW_ENDLESS, LOW_OPEN
from app.store.columns import Column, Flags
from app.store.distribution import place_of
from app.store.remembered import remembered
from app.store.snapshot import Snapshot
from app.store.texts import place_of_slug
from app.store.views import LATEST

EVERYBODY = CompanyFilter()

Own: TypeAlias = Mapping[str, Interval]
"""A company's comparable figures by the keys of their listed measures."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a figure stands among the `stating` companies that have a comparable one.

    `above` are certainly greater, `perhaps` are these and all that only may be; `equal` have the
    very same exact figure. `least` is the lowest lower end above zero, or None where there is
    none, `greatest` the highest finite bound, both in storage units.
    """

    stating: int
    above: int
    perhaps: int
    equal: int
    least: int | None
    greatest: int

    @property
    def best(self) -> int:
        """The highest rank that the figure can have, counted from 1."""
        return self.above + 1

    @property
    def worst(self) -> int:
        """The lowest rank that the figure can have."""
        return self.perhaps + 1


def find_standings(snapshot: Snapshot, slug: str, own: Own) -> dict[str, Standing]:
    """How each figure of a company stands."""
    place = place_of_slug(snapshot, slug)
    return {key: _standing(snapshot, key, one, place) for key, one in own.items()}


def _standing(snapshot: Snapshot, key: str, own: Interval, place: int | None) -> Standing:
    stating = above = perhaps = equal = greatest = 0
    least = INT64_MAX
    for column in read_column(snapshot, LATEST, key):
        known = column.known
        stating += int(np.count_nonzero(known))
        greatest = max(greatest, int(column.low.max()), int(column.high.max()))
        least = min(least, int(column.low.min(where=column.low > 0, initial=INT64_MAX)))
        if place is not None and column.start <= place < column.stop:
            known[place - column.start] = False  # From here on only the others count.
        above += int(np.count_nonzero(known & _certainly_above(column, own)))
        perhaps += int(np.count_nonzero(known & _possibly_above(column, own)))
        if own.exact is not None:
            same = (column.low == own.exact) & (column.high == own.exact)
            equal += int(np.count_nonzero(same & known & column.exact))
    lowest = least if least < INT64_MAX else None
    return Standing(stating, above, perhaps, equal, lowest, greatest)


def _certainly_above(column: Column, own: Interval) -> Flags:
    """Whether every number of the other lies above every number of one's own."""
    if own.high is None:
        return np.zeros(len(column.states), bool)
    further: Flags = column.low >= own.high if own.high_open else column.low > own.high
    if not own.high_open:
        further = further | ((column.low == own.high) & column.has(LOW_OPEN))
    return further & ~column.has(LOW_ENDLESS)


def _possibly_above(column: Column, own: Interval) -> Flags:
    """Whether some number of the other lies above some number of one's own."""
    if own.low is None:
        return np.ones(len(column.states), bool)
    return column.has(HIGH_ENDLESS) | (column.high > own.low)


def find_figures(
    snapshot: Snapshot, keys: Sequence[str], slug: str
) -> dict[str, tuple[Interval, ...]]:
    """The comparable figures of all companies but one in some measures, in the order of slugs."""
    place = place_of_slug(snapshot, slug)
    return {key: tuple(_intervals(snapshot, key, place)) for key in keys}


def _intervals(snapshot: Snapshot, key: str, without: int | None) -> Iterator[Interval]:
    for column in read_column(snapshot, LATEST, key):
        for at in np.nonzero(column.known)[0]:
            if column.start + int(at) != without:
                yield column.interval(int(at))


def count_between(snapshot: Snapshot, key: str, edges: Sequence[int]) -> tuple[int, ...]:
    """How many companies have their lower end from one edge to below the next, each in one part.

    What lies below the first edge counts in the first part, what lies above the last in the last.
    """
    return _count_between(snapshot, EVERYBODY, key, tuple(edges))


@remembered
def _count_between(
    snapshot: Snapshot, asked: CompanyFilter, key: str, edges: tuple[int, ...]
) -> tuple[int, ...]:
    found = np.zeros(len(edges) - 1, np.int64)
    for column in read_column(snapshot, asked.view, key):
        places = place_of(column.low[column.known], edges)
        found += np.bincount(places, minlength=len(found))
    return tuple(int(one) for one in found)
