"""The companies nearest in size: a few candidates by their order, then their distance."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from app.store.blocks import read_column, size_of
from app.store.columns import Numbers
from app.store.order import NEVER, Ordered
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
    own_place, size = place_of_slug(snapshot, slug), size_of(snapshot, LATEST)
    lows = {key: _lows(snapshot, key, size) for key in SIZES}
    found: set[int] = set()
    for key, one in sizes.items():
        low = lows[key]
        for those, falling in ((low >= one, False), ((low < one) & (low > 0), True)):
            if own_place is not None:
                those[own_place] = False
            group = np.where(those, np.uint8(0), np.uint8(NEVER))
            order = Ordered(group, ~low if falling else low, np.zeros(size, bool))
            found.update(int(place) for place in order.first(CANDIDATES))
    others = {
        slug: {key: int(lows[key][place]) for key in SIZES if lows[key][place]}
        for place, slug in slugs_at(snapshot, sorted(found)).items()
    }
    return nearest_of(sizes, others)


def _lows(snapshot: Snapshot, key: str, size: int) -> Numbers:
    """Each company's lower end, zero where there is none."""
    found = np.zeros(size, np.int64)
    for column in read_column(snapshot, LATEST, key):
        found[column.start : column.stop] = column.low
    return found


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
