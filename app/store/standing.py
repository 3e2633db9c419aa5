"""Where a company stands among all that state a measure: ranks, and the figures of a strip.

Figures are those that a list compares: an amount in another currency is not counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from msgspec import Struct

from ..profiles.filter import CompanyFilter
from ..profiles.interval import Interval
from .blocks import read_column
from .classes import place_of
from .rankings import Ranking, Rankings
from .remembered import remembered
from .snapshot import Snapshot
from .texts import place_of_slug
from .views import LATEST

EVERYBODY = CompanyFilter()

Own: TypeAlias = Mapping[str, Interval]
"""A company's comparable figures by the keys of their listed measures."""


class Standing(Struct, frozen=True):
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


def find_standings(rankings: Rankings, own: Own) -> dict[str, Standing]:
    """How each figure of a company stands, which must be among those that are ranked."""
    return {key: _standing(rankings[key], one) for key, one in own.items()}


def _standing(found: Ranking, own: Interval) -> Standing:
    found.look_around(end for end in (own.low, own.high) if end is not None)
    outline = found.outline
    # The company itself is never above itself, and may be so as often as its figure is a bound.
    perhaps = _possibly_above(found, own) - (own.exact is None)
    equal = _the_same(found, own.exact) - 1 if own.exact is not None else 0
    above = _certainly_above(found, own)
    return Standing(outline.stating, above, perhaps, equal, outline.least, outline.greatest)


def _certainly_above(found: Ranking, own: Interval) -> int:
    """Of how many every number lies above every number of one's own."""
    if own.high is None:
        return 0
    below = found.below(own.high) if own.high_open else found.closed(own.high)
    return found.outline.ranked - below


def _possibly_above(found: Ranking, own: Interval) -> int:
    """Of how many some number lies above some number of one's own."""
    if own.low is None:
        return found.outline.stating
    beyond = found.outline.ranked - found.through(own.low)
    return beyond + found.outline.reaching(own.low)


def _the_same(found: Ranking, exact: int) -> int:
    """How many have just this number."""
    return found.through(exact) - found.below(exact) - found.outline.many_at(exact)


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
