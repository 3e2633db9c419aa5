"""The companies nearest in size: a few candidates by their order, then their distance."""

import math
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TypeAlias, TypeVar

import numpy as np
from msgspec import Struct

from .lookup import lows_at
from .rankings import Ranking, Rankings
from .standing import Own
from .texts import place_of_slug, slugs_at
from .views import LATEST

K = TypeVar("K", int, str)

SIZES = ("revenue", "employees")
"""The measures of size, in the order in which they are named."""
NEAREST = 3
CANDIDATES = 20
"""Companies looked at above and below in each measure."""

LACKING = math.log(4)
"""How far apart two companies count in a measure that only one of them states: four times."""

Sizes: TypeAlias = Mapping[str, int]
"""Lower ends above zero by measure: what the distance is taken of."""


class Near(Struct, frozen=True):
    """A company near in size, and the measures in which it is compared."""

    slug: str
    by: tuple[str, ...]


def sizes_of(own: Own) -> dict[str, int]:
    """The sizes of a company; a bound counts by its low end, and what may be zero not at all."""
    return {key: low for key in SIZES if key in own and (low := own[key].low)}


def find_nearest(rankings: Rankings, slug: str, own: Own) -> tuple[Near, ...]:
    """The companies nearest in size to one, the nearest first."""
    sizes, snapshot = sizes_of(own), rankings.snapshot
    if not sizes:
        return ()
    own_place = place_of_slug(snapshot, slug)
    found = (_around(rankings[key], low, own_place) for key, low in sizes.items())
    places = sorted(set(chain.from_iterable(found)))
    among = np.array(places, np.uint32)
    lows = {key: lows_at(snapshot, LATEST, key, among)[0].tolist() for key in SIZES}
    others = {
        place: {key: low for key in SIZES if (low := lows[key][at])}
        for at, place in enumerate(places)
    }
    nearest = nearest_of(sizes, others)
    slugs = slugs_at(snapshot, [place for place, _ in nearest])
    return tuple(Near(slugs[place], by) for place, by in nearest)


def _around(found: Ranking, low: int, own: int | None) -> Iterator[int]:
    """The places of the companies next to a lower end, but one's own: those that have it or more,
    and those that have less. Of equals the first places come first, in both directions.
    """
    end = found.below(low)
    above = [place for _, place in found.between(end, end + CANDIDATES + 1) if place != own]
    yield from above[:CANDIDATES]
    below = [one for one in found.between(end - CANDIDATES, end) if one[0] > 0]
    if below:
        least = below[0][0]
        higher = [place for level, place in below if level > least]
        yield from higher
        first, missing = found.below(least), CANDIDATES - len(higher)
        level = found.between(first, min(first + missing, end - len(higher)))
        yield from (place for _, place in level)


def nearest_of(sizes: Sizes, others: Mapping[K, Sizes]) -> tuple[tuple[K, tuple[str, ...]], ...]:
    """Of some companies the nearest among those that share a measure, with the measures shared; of
    equals the first in their order.
    """
    shared = {one: tuple(key for key in sizes if key in other) for one, other in others.items()}
    ordered = sorted((distance(sizes, others[one]), one) for one, by in shared.items() if by)
    return tuple((one, shared[one]) for _, one in ordered[:NEAREST])


def distance(one: Sizes, other: Sizes) -> float:
    """The mean of the logarithms of the ratios: twice as large is as far as half as large.

    It is taken over the measures of the first; without LACKING, who states least would be nearest.
    """
    apart = [abs(math.log(one[key] / other[key])) if key in other else LACKING for key in one]
    return sum(apart) / len(apart)
