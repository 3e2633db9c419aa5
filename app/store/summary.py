"""Totals and medians over the companies that a list shows. A sum of intervals is an interval."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    RowMapping,
    Select,
    String,
    case,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from ..profiles.filter import CompanyFilter
from ..profiles.interval import INT64_MAX, Interval
from ..profiles.results import Summary
from .filters import Filtered
from .tables import INFINITE, high_bound, low_bound
from .versions import Snapshot, memoized

PART = 24
"""SQLite adds up in two parts, the lowest so many bits and the rest, since it refuses sums beyond
64 bits. PostgreSQL and DuckDB add up exactly."""


class exact_sum(GenericFunction[str]):  # noqa: N801 - the name of an SQL function
    """A sum of 64-bit numbers as text: one number, or two parts of it."""

    type = String()
    inherit_cache = True


@compiles(exact_sum)
def _sum_exactly(element: Any, compiler: Any, **options: Any) -> str:
    return f"CAST(sum({compiler.process(element.clauses, **options)}) AS VARCHAR)"


@compiles(exact_sum, "sqlite")
def _sum_in_parts(element: Any, compiler: Any, **options: Any) -> str:
    number = compiler.process(element.clauses, **options)
    return f"(sum(({number}) >> {PART}) || ' ' || sum(({number}) & {(1 << PART) - 1}))"


def _read_sum(text: str | None) -> int:
    """An exact sum; 0 of no numbers."""
    parts = [int(part) for part in (text or "0").split()]
    return parts[0] if len(parts) == 1 else (parts[0] << PART) + parts[1]


@memoized
def summarise(
    snapshot: Snapshot,
    filter: CompanyFilter,
    keys: tuple[str, ...],
    without_median: tuple[str, ...] = (),
) -> Mapping[str, Summary]:
    """Total, median and extremes of filterable measures over the companies the list shows.

    The medians, which take longest, are left out for some measures.
    """
    filtered = Filtered(snapshot, filter)
    wanted = [one for key in keys for one in _aggregates(filtered, key)]
    query = filtered.select(func.count().label("companies"), *wanted, answers=filtered.shown)
    row = snapshot.connection.execute(query).mappings().one()
    wanted_medians = [key for key in keys if key not in without_median]
    stating = {key: row[f"{key}__stating"] for key in wanted_medians}
    medians = _medians(snapshot, filtered, stating)
    return {key: _summary(row, key, medians.get(key)) for key in keys}


def _aggregates(filtered: Filtered, key: str) -> Sequence[ColumnElement[Any]]:
    """Everything about a measure that one pass over the companies can tell.

    Infinite ends are part of the sums and of the open ones, and taken out again afterwards: that
    is quicker than to leave them out of each.
    """
    low, high = filtered.low(key), filtered.high(key)
    columns: dict[str, ColumnElement[Any]] = {
        "stating": func.count(low),
        "bottomless": func.count(case((low == -INFINITE, 1))),
        "endless": func.count(case((high == INFINITE, 1))),
        "low_open": func.sum(low.bitwise_and(1)),
        "high_open": func.sum(high.bitwise_and(1)),
        "low_sum": exact_sum(low),
        "high_sum": exact_sum(high),
        "least": func.min(case((low != -INFINITE, low))),
        "highest_low": func.max(low),
        "highest": func.max(case((high != INFINITE, high))),
    }
    return [column.label(f"{key}__{name}") for name, column in columns.items()]


def _summary(row: RowMapping, key: str, median: Interval | None) -> Summary:
    def found(name: str) -> Any:
        return row[f"{key}__{name}"]

    if not found("stating"):
        return Summary(row["companies"], 0)
    least, highest_low, highest = (found(name) for name in ("least", "highest_low", "highest"))
    tops = (low_bound(highest_low)[0], 0 if highest is None else high_bound(highest)[0])
    return Summary(
        companies=row["companies"],
        stating=found("stating"),
        total=_total(found),
        median=median,
        least=None if least is None else low_bound(least)[0],
        top=max(0, *(top or 0 for top in tops)),
        endless=bool(found("endless")),
    )


def _total(found: Any) -> Interval | None:
    """The sum of all intervals; None beyond what an interval can hold."""
    bottomless, endless = found("bottomless"), found("endless")
    low_open, high_open = int(found("low_open")) - bottomless, int(found("high_open")) - endless
    lows = _read_sum(found("low_sum")) + bottomless * INFINITE
    highs = _read_sum(found("high_sum")) - endless * INFINITE
    low = None if bottomless else (lows - low_open) // 2
    high = None if endless else (highs + high_open) // 2
    if any(bound is not None and abs(bound) > INT64_MAX for bound in (low, high)):
        return None
    return Interval(low, high, bool(low is None or low_open), bool(high is None or high_open))


def _medians(
    snapshot: Snapshot, filtered: Filtered, stating: Mapping[str, int]
) -> Mapping[str, Interval]:
    """The median of all lower bounds and that of all upper bounds, by measure.

    Of equal lower bounds the open one is the greater, of equal upper bounds the lesser: half steps
    are in just this order.
    """
    ends = {
        f"{key}__{end}": column
        for key, many in stating.items()
        if many
        for end, column in (("low", filtered.low(key)), ("high", filtered.high(key)))
    }
    if not ends:
        return {}
    if snapshot.connection.dialect.name == "sqlite":
        query = _middles_by_sorting(filtered, ends, stating)
        found: dict[str, list[int]] = {}
        for name, half in snapshot.connection.execute(query):
            found.setdefault(name, []).append(half)
    else:
        row = snapshot.connection.execute(_middles(filtered, ends)).mappings().one()
        found = {name: list(row[name]) for name in ends}
    keys = dict.fromkeys(name.rpartition("__")[0] for name in ends)
    return {key: _median(found[f"{key}__low"], found[f"{key}__high"]) for key in keys}


def _middles(filtered: Filtered, ends: Mapping[str, ColumnElement[int]]) -> Select[Any]:
    """The two middle ones of each end, as an array."""
    columns = [middles(half).label(name) for name, half in ends.items()]
    return filtered.select(*columns, answers=filtered.shown)


class middles(GenericFunction[Any]):  # noqa: N801 - the name of an SQL function
    """The two middle ones of some numbers, which are one of an odd number: the last at or below the
    half, and the first beyond it. The fraction tells them apart up to 5 billion numbers.
    """

    inherit_cache = True


@compiles(middles)
def _middles_of(element: Any, compiler: Any, **options: Any) -> str:
    half = compiler.process(element.clauses, **options)
    return f"percentile_disc(ARRAY[0.5, 0.5000000001]) WITHIN GROUP (ORDER BY {half})"


@compiles(middles, "duckdb")
def _middles_on_duckdb(element: Any, compiler: Any, **options: Any) -> str:
    return f"quantile_disc({compiler.process(element.clauses, **options)}, [0.5, 0.5000000001])"


def _middles_by_sorting(
    filtered: Filtered, ends: Mapping[str, ColumnElement[int]], stating: Mapping[str, int]
) -> CompoundSelect[Any]:
    """The same for SQLite, which has no percentiles: one row for each, two alike as one."""
    columns = [column.label(name) for name, column in ends.items()]
    rows = filtered.select(*columns, answers=filtered.shown).cte("found")
    queries = []
    for name in ends:
        many, half = stating[name.rpartition("__")[0]], rows.c[name]
        middle = (
            select(half.label("half"))
            .where(half.is_not(None))
            .order_by(half)
            .limit(2 - many % 2)
            .offset((many - 1) // 2)
            .subquery()
        )
        queries.append(select(literal(name), middle.c.half))
    return union_all(*queries)


def _median(lows: Sequence[int], highs: Sequence[int]) -> Interval:
    lower, upper = [low_bound(one) for one in lows], [high_bound(one) for one in highs]
    low, low_open = _mean([bound for bound, _ in lower]), any(opened for _, opened in lower)
    high, high_open = _mean([bound for bound, _ in upper]), any(opened for _, opened in upper)
    if low is not None and low == high:
        return Interval.exactly(low)
    return Interval(low, high, low is None or low_open, high is None or high_open)


def _mean(bounds: Sequence[int | None]) -> int | None:
    """The mean of the middle bounds, rounded half-even; None where one is infinite."""
    finite = [bound for bound in bounds if bound is not None]
    if len(finite) < len(bounds):
        return None
    return round(Fraction(sum(finite), len(finite)))
