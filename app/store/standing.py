"""Where a company stands among all that report a measure, and which are nearest to it in size.

Figures are those that a list compares: an amount in another currency is not counted.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
    union_all,
)

from ..profiles.filter import CompanyFilter
from ..profiles.interval import Interval
from ..profiles.results import Near, Standing
from .aggregates import interval_of, place_of
from .filters import Filtered
from .listing import number_of, slugs_of
from .tables import INFINITE, high_bound, high_half, is_open, low_bound
from .versions import Snapshot, pairs

EVERYBODY = CompanyFilter()
SIZES = ("revenue", "employees")
"""The measures of size, in the order in which they are named."""
NEAREST = 3
CANDIDATES = 20
"""Companies looked at above and below in each measure."""
LACKING = math.log(4)
"""How far apart two companies count in a measure that only one of them reports: four times."""

Own: TypeAlias = Mapping[str, Interval]
"""A company's comparable figures by the keys of their filterable measures."""
Sizes: TypeAlias = Mapping[str, int]
"""Lower bounds above zero by measure: what the distance is taken of."""


def find_standings(snapshot: Snapshot, own: Own) -> dict[str, Standing]:
    """How each figure of a company ranks; the figures must be among those that are ranked."""
    if not own:
        return {}
    filtered = Filtered(snapshot, EVERYBODY)
    columns = [one for key, of in own.items() for one in _counts(filtered, key, of)]
    row = snapshot.connection.execute(filtered.every(*columns)).mappings().one()
    return {key: _standing(snapshot, key, row, of) for key, of in own.items()}


def _counts(filtered: Filtered, key: str, own: Interval) -> Iterator[ColumnElement[Any]]:
    low, high = filtered.low(key), filtered.high(key)
    conditions = {
        "above": _certainly_above(low, own),
        "perhaps": _possibly_above(low, high, own),
        "equal": _equal(low, high, own),
    }
    for name, condition in conditions.items():
        yield func.count(case((condition, 1))).label(f"{key}__{name}")


def _standing(snapshot: Snapshot, key: str, row: RowMapping, own: Interval) -> Standing:
    def find() -> tuple[int, int | None, int]:
        filtered = Filtered(snapshot, EVERYBODY)
        low, high = filtered.low(key), filtered.high(key)
        query = filtered.every(
            func.count(low),
            func.min(case((low >= 2, low))),
            func.max(case((low != -INFINITE, low))),
            func.max(case((high != INFINITE, high))),
        )
        stating, least, highest_low, highest = snapshot.connection.execute(query).one()
        tops = [0 if highest_low is None else low_bound(highest_low)[0] or 0]
        tops.append(0 if highest is None else high_bound(highest)[0] or 0)
        return stating, None if least is None else low_bound(least)[0], max(0, *tops)

    stating, least, greatest = snapshot.remember(("standing", key), find)
    above, perhaps, equal = (row[f"{key}__{name}"] for name in ("above", "perhaps", "equal"))
    # The company itself is possibly above itself if its figure is a bound, and else equal to it.
    is_bound = own.exact is None
    others = equal if is_bound else equal - 1
    return Standing(stating, above, perhaps - is_bound, others, least, greatest)


def _certainly_above(low: ColumnElement[int], own: Interval) -> ColumnElement[bool]:
    """Whether every number of the other lies above every number of one's own."""
    if own.high is None:
        return false()
    return low > high_half(own.high, is_open=own.high_open)


def _possibly_above(
    low: ColumnElement[int], high: ColumnElement[int], own: Interval
) -> ColumnElement[bool]:
    """Whether some number of the other lies above some number of one's own, open ends or not."""
    return low.is_not(None) if own.low is None else high > 2 * own.low


def _equal(low: ColumnElement[int], high: ColumnElement[int], own: Interval) -> ColumnElement[bool]:
    if own.exact is None:
        return false()
    return and_(low == 2 * own.exact, high == 2 * own.exact)


def find_figures(
    snapshot: Snapshot, keys: Sequence[str], slug: str
) -> dict[str, tuple[Interval, ...]]:
    """The comparable figures of all companies but one in some measures, in the order of slugs."""
    if not keys:
        return {}
    filtered = Filtered(snapshot, EVERYBODY)
    columns = [end for key in keys for end in (filtered.low(key), filtered.high(key))]
    reported = or_(*(filtered.low(key).is_not(None) for key in keys))
    others = filtered.every(*columns).where(filtered.n != number_of(snapshot, slug), reported)
    rows = snapshot.connection.execute(others.order_by(filtered.n)).all()
    return {
        key: tuple(one for row in rows if (one := interval_of(row[2 * place], row[2 * place + 1])))
        for place, key in enumerate(keys)
    }


def count_between(snapshot: Snapshot, key: str, edges: Sequence[int]) -> tuple[int, ...]:
    """How many companies have their lower bound from one edge to below the next.

    What lies below the first edge counts in the first part, what lies above the last in the last.
    """

    def find() -> tuple[int, ...]:
        filtered = Filtered(snapshot, EVERYBODY)
        part = place_of(filtered.low(key), edges, open_at=0).label("part")
        parts = filtered.every(part).where(filtered.low(key).is_not(None)).subquery()
        query = select(parts.c.part, func.count()).group_by(parts.c.part)
        found = pairs(snapshot.connection.execute(query))
        return tuple(found.get(place, 0) for place in range(len(edges) - 1))

    return snapshot.remember(("between", key, tuple(edges)), find)


def sizes_of(own: Own) -> dict[str, int]:
    """The sizes of a company; a bound counts by its low end, and what may be zero not at all."""
    return {key: low for key in SIZES if key in own and (low := own[key].low)}


def find_nearest(snapshot: Snapshot, slug: str, own: Own) -> tuple[Near, ...]:
    """The companies nearest in size to one, the nearest first; of equals the first by slug."""
    sizes = sizes_of(own)
    if not sizes:
        return ()
    filtered, n = Filtered(snapshot, EVERYBODY), number_of(snapshot, slug)
    found = [
        select(_around(filtered, n, key, low, above=above).subquery())
        for key, low in sizes.items()
        for above in (True, False)
    ]
    rows = snapshot.connection.execute(union_all(*found))
    others = {
        row[0]: {key: low for key, half in zip(SIZES, row[1:], strict=True) if (low := _low(half))}
        for row in rows
    }
    nearest = nearest_of(sizes, others)
    slugs = slugs_of(snapshot, [number for number, _ in nearest])
    return tuple(Near(slugs[number], by) for number, by in nearest)


def _low(half: int | None) -> int | None:
    return None if half is None else low_bound(half)[0]


def _around(filtered: Filtered, n: int | None, key: str, size: int, *, above: bool) -> Select[Any]:
    """The companies next to a size, above it (those as large included) or below."""
    low = filtered.low(key)
    columns = [filtered.low(one).label(one) for one in SIZES]
    beyond = low >= 2 * size if above else and_(low < 2 * size, low >= 2)
    query = filtered.every(filtered.n.label("n"), *columns).where(beyond, filtered.n != n)
    whole = case((is_open(low), low - 1), else_=low)  # An open bound is as near as a closed one.
    return query.order_by(whole.asc() if above else whole.desc(), filtered.n).limit(CANDIDATES)


def nearest_of(
    sizes: Sizes, others: Mapping[int, Sizes]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Of some companies the nearest among those that share a measure, with the measures shared; of
    equals the first by number.
    """
    shared = {one: tuple(key for key in sizes if key in other) for one, other in others.items()}
    ordered = sorted((distance(sizes, others[one]), one) for one, by in shared.items() if by)
    return tuple((one, shared[one]) for _, one in ordered[:NEAREST])


def distance(one: Sizes, other: Sizes) -> float:
    """The mean of the logarithms of the ratios: twice as large is as far as half as large.

    It is taken over the measures of the first; without LACKING, who reports least would be nearest.
    """
    apart = [abs(math.log(one[key] / other[key])) if key in other else LACKING for key in one]
    return sum(apart) / len(apart)
