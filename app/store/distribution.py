"""How the companies found spread over a measure, or over two: what the charts draw.

A class or cell counts by the same three-valued logic as the list: what lies in it wholly is sure,
what reaches into it and beyond is maybe.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    RowMapping,
    Select,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
)

from app.profiles.answer import Answer, Range, answer
from app.profiles.figure import State
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from app.store.answers import all_of, answers_of, known, lacks
from app.store.listing import found_by, shown_answers
from app.store.remembered import remembered
from app.store.rows import listed_columns, listed_interval
from app.store.snapshot import Snapshot
from app.store.tables import FOREIGN, company, listing

MANY = -1
"""The class of a figure that is no single number."""


@dataclass(frozen=True, slots=True)
class Class:
    """One class of a measure: the range it holds, and how many lie in it surely or maybe."""

    range: Range
    sure: int
    maybe: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The classes of a measure, and how many companies have no figure of it at all.

    `apart` are those in no class that do not lack it: an amount in another currency, say.
    """

    classes: tuple[Class, ...]
    lacking: int
    apart: int


def ranges_of(edges: Sequence[int]) -> tuple[Range, ...]:
    """The classes between some edges. The first has no lower end and the last no upper one, so
    that nothing lies outside; each ends one storage unit below the next.
    """
    lows: list[int | None] = [None, *edges[1:-1]]
    highs: list[int | None] = [*(edge - 1 for edge in edges[1:-1]), None]
    return tuple(Range(low, high) for low, high in zip(lows, highs, strict=True))


@remembered
def spread_over(
    snapshot: Snapshot, asked: CompanyFilter, key: str, edges: tuple[int, ...]
) -> Spread:
    """How the companies that `asked` admits spread over the classes between the edges.

    `asked` must not filter on the measure itself. A class counts as the list would with its range
    added: sure are those that answer yes to everything, maybe the others that do not answer no,
    unless `asked` leaves maybes out.
    """
    found = _answered(snapshot, asked, key, edges)
    tally: dict[tuple[Answer, int], int] = defaultdict(int)
    ranges, lacking, apart = ranges_of(edges), 0, 0
    for row in snapshot.connection.execute(found):
        if row.lacking:
            lacking += row.companies
        elif row.place is None:
            apart += row.companies
        else:
            for place, one in _places(row, ranges):
                tally[min(Answer(row.answer), one), place] += row.companies
    classes = (
        Class(wanted, tally[Answer.YES, place], tally[Answer.MAYBE, place] if asked.maybe else 0)
        for place, wanted in enumerate(ranges)
    )
    return Spread(tuple(classes), lacking, apart)


def _places(row: Any, ranges: Sequence[Range]) -> Iterator[tuple[int, Answer]]:
    """The classes that a counted row lies in or reaches into, with what they answer."""
    if row.place != MANY:
        yield row.place, Answer.YES
        return
    one = Interval(row.low, row.high, bool(row.low_open), bool(row.high_open))
    for place, wanted in enumerate(ranges):
        yield place, answer(one, wanted)


def _answered(
    snapshot: Snapshot, asked: CompanyFilter, key: str, edges: Sequence[int]
) -> Select[Any]:
    """Companies counted by answer and class; a figure that is no number keeps its bounds."""
    low, high, *opened = (
        snapshot.part(key, part) for part in ("low", "high", "low_open", "high_open")
    )
    known_here = known(snapshot, key)
    exact = and_(known_here, low == high)
    bounds = [case((exact, null()), else_=end) for end in (low, high, *opened)]
    rows = (
        select(
            all_of(answers_of(snapshot, asked)).label("answer"),
            case((lacks(snapshot, key), 1), else_=0).label("lacking"),
            case((exact, place_of(low, edges)), (known_here, MANY), else_=null()).label("place"),
            *(
                bound.label(name)
                for bound, name in zip(
                    bounds, ("low", "high", "low_open", "high_open"), strict=True
                )
            ),
        )
        .where(snapshot.of(listing, asked.view))
        .subquery()
    )
    shown = [one.value for one in shown_answers(asked.but(unknown=False))]
    return (
        select(*rows.c, func.count().label("companies"))
        .where(rows.c.answer.in_(shown))
        .group_by(*rows.c)
    )


def place_of(bound: ColumnElement[int], edges: Sequence[int]) -> ColumnElement[int]:
    """In which class between the edges a bound lies, from 0; an infinite one is in the last."""
    return _halved(bound, edges, 0, len(edges) - 1)


def _halved(
    bound: ColumnElement[int], edges: Sequence[int], first: int, last: int
) -> ColumnElement[int]:
    """The class between two edges that a bound lies in, found by halving."""
    if last - first == 1:
        return literal(first, Integer)
    middle = (first + last) // 2
    below = _halved(bound, edges, first, middle)
    return case((bound < edges[middle], below), else_=_halved(bound, edges, middle, last))


@remembered
def count_cells(
    snapshot: Snapshot,
    asked: CompanyFilter,
    across: tuple[str, tuple[int, ...]],
    up: tuple[str, tuple[int, ...]] | None,
) -> Mapping[tuple[int, int], int]:
    """How many companies lie wholly in each cell of a grid, by its column and its row.

    Counted are those that answer yes to `asked`. Without `up` the grid has one row, 0.
    """
    axes = [axis for axis in (across, up) if axis]
    columns = [snapshot.part(key, part) for key, _ in axes for part in ("low", "high", "state")]
    found = found_by(snapshot, asked.but(maybe=False, unknown=False), columns).subquery()
    places, inside = [], []
    for key, edges in axes:
        low, high, state = (found.c[f"{key}_{end}"] for end in ("low", "high", "state"))
        places.append(place_of(low, edges))
        inside += [
            state.in_([State.STATED, State.DERIVED]),
            or_(low == high, place_of(low, edges) == place_of(high, edges)),
        ]
    labelled = [place.label(name) for place, name in zip(places, ("x", "y"), strict=False)]
    query = select(*labelled, func.count().label("companies")).where(*inside)
    counted = snapshot.connection.execute(query.group_by(*labelled))
    return {(row[0], row[1] if up else 0): row.companies for row in counted}


@remembered
def count_states(snapshot: Snapshot, asked: CompanyFilter, key: str) -> Mapping[str, int]:
    """How many companies of the list have a figure of a measure in which state."""
    found = found_by(snapshot, asked, [snapshot.part(key, "state")]).subquery()
    state = found.c[f"{key}_state"]
    query = select(state, func.count()).group_by(state).order_by(state)
    return {str(name): count for name, count in snapshot.connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Known:
    """What a company says of one measure: an interval, or why there is none to compare."""

    interval: Interval | None
    none_yet: bool = False
    foreign: bool = False
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """One company found, with what it says of the measures that a chart draws."""

    slug: str
    name: str
    known: Mapping[str, Known]


@remembered
def spots(
    snapshot: Snapshot,
    asked: CompanyFilter,
    keys: tuple[str, ...],
    *,
    limit: int,
    by: str | None = None,
) -> tuple[Spot, ...]:
    """Up to `limit` companies of the list: in the order of slugs, or the highest of `by` first.

    With `by` those without a figure of it are left out.
    """
    found = found_by(snapshot, asked, listed_columns(snapshot.edition.catalogue, keys)).subquery()
    same = and_(snapshot.of(company), company.c.slug == found.c.slug)
    query = select(*found.c, company.c.name).join_from(found, company, same).limit(limit)
    if by:
        low, opened = found.c[f"{by}_low"], found.c[f"{by}_low_open"]
        state = found.c[f"{by}_state"].in_([State.STATED, State.DERIVED])
        query = query.where(state).order_by(low.desc(), opened.desc(), found.c.slug)
    else:
        query = query.order_by(found.c.slug)
    rows = snapshot.connection.execute(query).mappings()
    return tuple(
        Spot(row["slug"], row["name"], {key: _known(row, key) for key in keys}) for row in rows
    )


def _known(row: RowMapping, key: str) -> Known:
    state = row[f"{key}_state"]
    told = (state == one for one in (State.NONE, FOREIGN, State.DERIVED))
    return Known(listed_interval(row, key), *told)
