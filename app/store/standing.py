"""Where a company stands among all that state a measure: ranks, and the figures of a strip.

Figures are those of the listing: an amount in another currency is not compared and not counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
)

from app.profiles.interval import Interval
from app.store.answers import known
from app.store.distribution import place_of
from app.store.rows import listed_columns, listed_interval
from app.store.snapshot import Snapshot
from app.store.tables import listing

Own: TypeAlias = Mapping[str, Interval]
"""A company's comparable figures by the keys of their listed measures."""

_Condition: TypeAlias = ColumnElement[bool]


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
    """How each figure of a company stands, in one query over the listing."""
    if not own:
        return {}
    columns = [
        column for key, one in own.items() for column in _aggregates(snapshot, key, one, slug)
    ]
    query = select(*columns).where(snapshot.of(listing))
    row = snapshot.connection.execute(query).mappings().one()
    return {key: _standing(key, row) for key in own}


def _standing(key: str, row: RowMapping) -> Standing:
    greatest = max(row[f"{key}_greatest_low"] or 0, row[f"{key}_greatest_high"] or 0)
    return Standing(
        stating=int(row[f"{key}_stating"]),
        above=int(row[f"{key}_above"]),
        perhaps=int(row[f"{key}_perhaps"]),
        equal=int(row[f"{key}_equal"]),
        least=row[f"{key}_least"],
        greatest=greatest,
    )


def _aggregates(
    snapshot: Snapshot, key: str, own: Interval, slug: str
) -> Iterator[ColumnElement[Any]]:
    low, high, low_open = (snapshot.part(key, part) for part in ("low", "high", "low_open"))
    stating = known(snapshot, key)
    other = and_(stating, listing.c.slug != slug)
    conditions = {
        "stating": stating,
        "above": and_(other, _certainly_above(low, low_open, own)),
        "perhaps": and_(other, _possibly_above(high, own)),
        "equal": and_(other, _equal(low, high, own)),
    }
    for name, condition in conditions.items():
        yield func.count(case((condition, 1))).label(f"{key}_{name}")
    yield func.min(case((low > 0, low))).label(f"{key}_least")
    yield func.max(low).label(f"{key}_greatest_low")
    yield func.max(high).label(f"{key}_greatest_high")


def _certainly_above(
    low: ColumnElement[int], low_open: ColumnElement[bool], own: Interval
) -> _Condition:
    """Whether every number of the other lies above every number of one's own."""
    if own.high is None:
        return false()
    if own.high_open:
        return low >= own.high
    return or_(low > own.high, and_(low == own.high, low_open))


def _possibly_above(high: ColumnElement[int], own: Interval) -> _Condition:
    """Whether some number of the other lies above some number of one's own."""
    if own.low is None:
        return true()
    return or_(high.is_(None), high > own.low)


def _equal(low: ColumnElement[int], high: ColumnElement[int], own: Interval) -> _Condition:
    return false() if own.exact is None else and_(low == own.exact, high == own.exact)


def find_figures(
    snapshot: Snapshot, keys: Sequence[str], slug: str
) -> dict[str, tuple[Interval, ...]]:
    """The comparable figures of all companies but one in some measures, in the order of slugs."""
    if not keys:
        return {}
    stating = and_(listing.c.slug != slug, or_(*(known(snapshot, key) for key in keys)))
    columns = listed_columns(snapshot.edition.catalogue, keys)
    query = select(*columns).where(snapshot.of(listing), stating).order_by(listing.c.slug)
    rows = snapshot.connection.execute(query).mappings().all()
    return {key: tuple(_intervals(key, rows)) for key in keys}


def _intervals(key: str, rows: Iterable[RowMapping]) -> Iterator[Interval]:
    return (one for row in rows if (one := listed_interval(row, key)))


def count_between(snapshot: Snapshot, key: str, edges: Sequence[int]) -> tuple[int, ...]:
    """How many companies have their lower end from one edge to below the next, each in one part.

    What lies below the first edge counts in the first part, what lies above the last in the last.
    """
    part = place_of(snapshot.part(key, "low"), edges).label("part")
    inner = select(part).where(snapshot.of(listing), known(snapshot, key)).subquery()
    query = select(inner.c.part, func.count()).group_by(inner.c.part)
    found = {int(row[0]): int(row[1]) for row in snapshot.connection.execute(query)}
    return tuple(found.get(place, 0) for place in range(len(edges) - 1))
