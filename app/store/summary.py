"""Totals and medians over the companies that a list shows. A sum of intervals is an interval."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from app.profiles.figure import State
from app.profiles.filter import CompanyFilter
from app.profiles.interval import INT64_MAX, Interval
from app.store.listing import found_by
from app.store.snapshot import Snapshot
from app.store.tables import listing

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


def summarise(snapshot: Snapshot, asked: CompanyFilter, key: str) -> Summary:
    """Total, median and extremes of one listed measure over the companies the list shows."""
    columns = _Columns(snapshot, asked, key)
    row = snapshot.connection.execute(columns.aggregates()).one()
    if not row.stating:
        return Summary(row.companies, 0)
    return Summary(
        companies=row.companies,
        stating=row.stating,
        total=_total(row),
        median=_median(snapshot, columns, row.stating),
        least=row.least,
        top=max(row.greatest, row.greatest_high or 0),
        endless=bool(row.endless),
    )


class _Columns:
    """The columns of one measure in the companies found."""

    def __init__(self, snapshot: Snapshot, asked: CompanyFilter, key: str) -> None:
        parts = ("state", "low", "high", "low_open", "high_open")
        names = [f"{key}_{part}" for part in parts]
        self.rows = found_by(snapshot, asked, [listing.c[name] for name in names]).subquery()
        state, self.low, self.high, self.low_open, self.high_open = (
            self.rows.c[name] for name in names
        )
        self.known = state.in_([State.STATED, State.DERIVED])

    def _counted(self, condition: ColumnElement[bool], name: str) -> ColumnElement[Any]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)

    def _sums(self, bound: ColumnElement[int], name: str) -> list[ColumnElement[Any]]:
        whole, rest = bound // PART, bound % PART
        return [
            func.coalesce(func.sum(part), 0).label(f"{name}_{label}")
            for part, label in ((whole, "parts"), (rest, "rest"))
        ]

    def aggregates(self) -> Select[Any]:
        """Everything that one pass over the rows can tell."""
        return select(
            func.count().label("companies"),
            self._counted(self.known, "stating"),
            self._counted(and_(self.known, self.high.is_(None)), "endless"),
            self._counted(and_(self.known, self.low_open), "low_open"),
            self._counted(and_(self.known, self.high_open), "high_open"),
            func.min(self.low).label("least"),
            func.max(self.low).label("greatest"),
            func.max(self.high).label("greatest_high"),
            *self._sums(self.low, "low"),
            *self._sums(self.high, "high"),
        ).select_from(self.rows)

    def middle_low(self, n: int) -> Select[Any]:
        """The one or two middle lower ends of `n`; of equal ones the open end is the greater."""
        return self._middle(self.low, self.low_open, [self.low, self.low_open], n)

    def middle_high(self, n: int) -> Select[Any]:
        """The one or two middle upper ends of `n`; an infinite one is the greatest of all."""
        order = [self.high.nulls_last(), self.high_open.desc()]
        return self._middle(self.high, self.high_open, order, n)

    def _middle(
        self,
        bound: ColumnElement[int],
        opened: ColumnElement[bool],
        order: Sequence[ColumnElement[Any]],
        n: int,
    ) -> Select[Any]:
        place = func.row_number().over(order_by=(*order, self.rows.c.slug))
        ranked = (
            select(bound.label("bound"), opened.label("open"), place.label("place"))
            .where(self.known)
            .subquery()
        )
        places = [(n + 1) // 2, n // 2 + 1]
        return select(ranked.c.bound, ranked.c.open).where(ranked.c.place.in_(places))


def _total(row: Any) -> Interval | None:
    low = int(row.low_parts) * PART + int(row.low_rest)
    high = None if row.endless else int(row.high_parts) * PART + int(row.high_rest)
    if max(low, high or 0) > INT64_MAX:
        return None  # Beyond what a figure can hold; the page then shows no total.
    return Interval(low, high, bool(row.low_open), high is None or bool(row.high_open))


def _median(snapshot: Snapshot, columns: _Columns, n: int) -> Interval:
    low, low_open = _middle(snapshot, columns.middle_low(n))
    high, high_open = _middle(snapshot, columns.middle_high(n))
    assert low is not None
    if low == high:
        return Interval.exactly(low)
    return Interval(low, high, low_open, high is None or high_open)


def _middle(snapshot: Snapshot, query: Select[Any]) -> tuple[int | None, bool]:
    """The mean of the middle bounds, rounded half-even; None where it is infinite."""
    found = snapshot.connection.execute(query).all()
    bounds = [row.bound for row in found]
    if None in bounds:
        return None, True
    return round(Fraction(sum(bounds), len(bounds))), any(row.open for row in found)
