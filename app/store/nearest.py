"""The companies nearest in size: a few candidates by their order, then their distance."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from app.store.blocks import lows_at
from app.store.ranked import Ranking, read_rankings
from app.store.snapshot import Snapshot
from app.store.standing import Own
from app.store.texts import place_of_slug, slugs_at
from app.store.views import LATEST

SIZES = ("revenue", "employees")
"""The measures of size, in the order in which they are named."""
NEAREST = 3
CANDIDATES = 20
"""Companies looked at above and below in each measure."""

LACKING = math.log(4)
"""How far apart two companies count in a measure that only one of them states: four times."""

Sizes: TypeAlias = Mapping[str, int]
"""Lower ends above zero by measure: what the distance is taken of."""


@dataclass(frozen=True, slots=True)
class Near:
    """A company near in size, and the measures in which it is compared."""

    slug: str
    by: tuple[str, ...]


def sizes_of(own: Own) -> dict[str, int]:
    """The sizes of a company; a bound counts by its low end, and what may be zero not at all."""
    return {key: low for key in SIZES if key in own and (low := own[key].low)}


def find_nearest(snapshot: Snapshot, slug: str, own: Own) -> tuple[Near, ...]:
    """The companies nearest in size to one, the nearest first."""
    sizes = sizes_of(own)
    if not sizes:
        return ()
    own_place = place_of_slug(snapshot, slug)
    rankings = read_rankings(snapshot, SIZES)
    found = (_around(rankings[key], low, own_place) for key, low in sizes.items())
    places = sorted(set(chain.from_iterable(found)))
    lows = {key: lows_at(snapshot, LATEST, key, places) for key in SIZES}
    others = {
        slug: {key: low for key in SIZES if (low := lows[key][place])}
        for place, slug in slugs_at(snapshot, places).items()
    }
    return nearest_of(sizes, others)


def _around(found: Ranking, low: int, own: int | None) -> Iterator[int]:
    """The places of the companies next to a lower end, but one's own: those that have it or more,
    and those that have less. Of equals the first places come first, in both directions.
    """
    end = found.below(low)
    above = [place for _, place in found.at(range(end, end + CANDIDATES + 1)) if place != own]
    yield from above[:CANDIDATES]
    missing = CANDIDATES
    while end and missing:
        ((level, _),) = found.at([end - 1])
        if level <= 0:
            return
        first = found.below(level)
        some = range(first, min(end, first + missing))
        yield from (place for _, place in found.at(some))
        end, missing = first, missing - len(some)


def nearest_of(sizes: Sizes, others: Mapping[str, Sizes]) -> tuple[Near, ...]:
    """Of some companies by slug the nearest, among those that share a measure."""
    shared = {slug: tuple(key for key in sizes if key in other) for slug, other in others.items()}
    ordered = sorted((distance(sizes, others[slug]), slug) for slug, by in shared.items() if by)
    return tuple(Near(slug, shared[slug]) for _, slug in ordered[:NEAREST])


def distance(one: Sizes, other: Sizes) -> float:
    """The mean of the logarithms of the ratios: twice as large is as far as half as large.

    It is taken over the measures of the first; without LACKING, who states least would be nearest.
    """
    apart = [abs(math.log(one[key] / other[key])) if key in other else LACKING for key in one]
    return sum(apart) / len(apart)
