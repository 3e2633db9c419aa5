"""The companies nearest in size: a few candidates from SQL, then their distance."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Select, select, union_all

from app.store.snapshot import Snapshot
from app.store.standing import Own
from app.store.tables import listing

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
    found = [
        select(_around(snapshot, slug, key, low, above=above).subquery())
        for key, low in sizes.items()
        for above in (True, False)
    ]
    rows = snapshot.connection.execute(union_all(*found)).mappings()
    return nearest_of(
        sizes, {row["slug"]: {key: row[key] for key in SIZES if row[key]} for row in rows}
    )


def _around(snapshot: Snapshot, slug: str, key: str, size: int, *, above: bool) -> Select[Any]:
    """The companies next to a size, above it (those as large included) or below."""
    low = snapshot.part(key, "low")
    columns = [snapshot.part(size, "low").label(size) for size in SIZES]
    beyond = low >= size if above else (low < size) & (low > 0)
    query = select(listing.c.slug, *columns).where(snapshot.of(listing), beyond)
    ordered = query.where(listing.c.slug != slug).order_by(
        low.asc() if above else low.desc(), listing.c.slug
    )
    return ordered.limit(CANDIDATES)


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
