"""Totals and medians over the companies that a list shows. A sum of intervals is an interval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, Subquery, and_, case, func, or_, select

from app.profiles.figure import State
from app.profiles.filter import CompanyFilter
from app.profiles.interval import INT64_MAX, Interval
from app.store.listing import found_by
from app.store.remembered import remembered
from app.store.rows import listed_columns
from app.store.snapshot import Snapshot

PART = 10**6
"""Sums are taken in two parts, millions and rest, so that no database overflows."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One measure over the companies found: `stating` of `companies` state it.

    `total` and `median` are None where nobody states it; `top` is the highest finite bound.
    """

    companies: int
    stating: int
    total: Interval | None = None
    median: Interval | None = None
    least: int | None = None
    top: int | None = None
    endless: bool = False


@remembered
def summarise(
    snapshot: Snapshot, asked: CompanyFilter, keys: tuple[str, ...]
) -> Mapping[str, Summary]:
    """Total, median and extremes of listed measures over the companies the list shows."""
    rows = found_by(snapshot, asked, listed_columns(snapshot.edition.catalogue, keys)).subquery()
    columns = {key: _Columns(rows, key) for key in keys}
    sums = [one for found in columns.values() for one in found.aggregates()]
    query = select(func.count().label("companies"), *sums).select_from(rows)
    row = snapshot.connection.execute(query).mappings().one()
    return {key: _summary(snapshot, row, found) for key, found in columns.items()}


def _summary(snapshot: Snapshot, row: RowMapping, columns: "_Columns") -> Summary:
    stating = row[columns.name("stating")]
    if not stating:
        return Summary(row["companies"], 0)
    found = {part: row[columns.name(part)] for part in _Columns.PARTS}
    return Summary(
        companies=row["companies"],
        stating=stating,
        total=_total(found),
        median=_median(snapshot, columns, stating),
        least=found["least"],
        top=max(found["greatest"], found["greatest_high"] or 0),
        endless=bool(found["endless"]),
    )


class _Columns:
    """The columns of one measure in the companies found."""

    PARTS = (
        *("endless", "low_open", "high_open", "least", "greatest", "greatest_high"),
        *("low_parts", "low_rest", "high_parts", "high_rest"),
    )

    def __init__(self, rows: Subquery, key: str) -> None:
        self.key, self.rows = key, rows
        self.low, self.high = rows.c[f"{key}_low"], rows.c[f"{key}_high"]
        self.low_open, self.high_open = rows.c[f"{key}_low_open"], rows.c[f"{key}_high_open"]
        self.known = rows.c[f"{key}_state"].in_([State.STATED, State.DERIVED])

    def name(self, part: str) -> str:
        """What a part of the aggregates is called."""
        return f"{self.key}__{part}"

    def _counted(self, condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
        counted = func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
        return counted.label(self.name(name))

    def _sums(self, bound: ColumnElement[int], name: str) -> list[ColumnElement[Any]]:
        whole, rest = bound // PART, bound % PART
        return [
            func.coalesce(func.sum(part), 0).label(self.name(f"{name}_{label}"))
            for part, label in ((whole, "parts"), (rest, "rest"))
        ]

    def aggregates(self) -> list[ColumnElement[Any]]:
        """Everything that one pass over the rows can tell."""
        return [
            self._counted(self.known, "stating"),
            self._counted(and_(self.known, self.high.is_(None)), "endless"),
            self._counted(and_(self.known, self.low_open), "low_open"),
            self._counted(and_(self.known, self.high_open), "high_open"),
            func.min(self.low).label(self.name("least")),
            func.max(self.low).label(self.name("greatest")),
            func.max(self.high).label(self.name("greatest_high")),
            *self._sums(self.low, "low"),
            *self._sums(self.high, "high"),
        ]

    def middle(self, n: int) -> Select[Any]:
        """The one or two middle lower ends of `n`, and the same of the upper ends.

        Of equal lower ends the open one is the greater; an infinite upper end is the greatest.
        """
        low_place = self._place(self.low, self.low_open)
        high_place = self._place(self.high.nulls_last(), self.high_open.desc())
        bounds = (self.low, self.low_open, self.high, self.high_open)
        names = ("low", "low_open", "high", "high_open")
        ranked = (
            select(
                low_place.label("low_place"),
                high_place.label("high_place"),
                *(bound.label(name) for bound, name in zip(bounds, names, strict=True)),
            )
            .where(self.known)
            .subquery()
        )
        places = [(n + 1) // 2, n // 2 + 1]
        return select(ranked).where(
            or_(ranked.c.low_place.in_(places), ranked.c.high_place.in_(places))
        )

    def _place(self, *order: ColumnElement[Any]) -> ColumnElement[int]:
        return func.row_number().over(order_by=(*order, self.rows.c.slug))


def _total(found: Mapping[str, Any]) -> Interval | None:
    low = int(found["low_parts"]) * PART + int(found["low_rest"])
    endless = bool(found["endless"])
    high = None if endless else int(found["high_parts"]) * PART + int(found["high_rest"])
    if max(low, high or 0) > INT64_MAX:
        return None  # Beyond what a figure can hold; the page then shows no total.
    return Interval(low, high, bool(found["low_open"]), endless or bool(found["high_open"]))


def _median(snapshot: Snapshot, columns: _Columns, n: int) -> Interval:
    found = snapshot.connection.execute(columns.middle(n)).all()
    places = ((n + 1) // 2, n // 2 + 1)
    low, low_open = _mean([(row.low, row.low_open) for row in found if row.low_place in places])
    high, high_open = _mean(
        [(row.high, row.high_open) for row in found if row.high_place in places]
    )
    assert low is not None
    if low == high:
        return Interval.exactly(low)
    return Interval(low, high, low_open, high is None or high_open)


def _mean(ends: Sequence[tuple[int | None, bool]]) -> tuple[int | None, bool]:
    """The mean of the middle bounds, rounded half-even; None where one is infinite."""
    bounds = [bound for bound, _ in ends if bound is not None]
    if len(bounds) < len(ends):
        return None, True
    return round(Fraction(sum(bounds), len(bounds))), any(opened for _, opened in ends)
