"""Counts over the companies of a list: facets, histograms, grids, and marks for charts.

A bin or cell counts by the same three-valued logic as the list: what lies wholly in it is certain,
what reaches into it and beyond is possible.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Integer,
    RowMapping,
    and_,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from ..profiles.answer import Answer
from ..profiles.facets import NOT_STATED
from ..profiles.filter import CompanyFilter
from ..profiles.interval import Interval
from ..profiles.results import Class, Known, Option, Spot, Spread, ranges_of
from ..profiles.search import fold
from .filters import Filtered
from .tables import (
    DERIVED,
    IN_OTHER_CURRENCY,
    INFINITE,
    NONE_YET,
    NONE_YET_BUT,
    STATE_OF,
    company,
    company_facet,
    high_bound,
    is_open,
    low_bound,
)
from .versions import Snapshot, memoized

EVERYBODY = CompanyFilter()


@memoized
def count_options(snapshot: Snapshot, filter: CompanyFilter, key: str) -> tuple[Option, ...]:
    """Every value of a facet by name, counted under all criteria but this facet's own; none where
    no company has any.

    Where a company of the data set has none, NOT_STATED comes last. Of a facet with one value a
    company the counts add up to what the list shows without this criterion.
    """
    known = _count_values(snapshot, EVERYBODY).get(key, {})
    if set(known) <= {NOT_STATED}:
        return ()  # Nobody has it: there is nothing to choose.
    found = _count_values(snapshot, filter.replace(**{key: ()})).get(key, {})
    options = (Option(value, found.get(value, 0)) for value in known)
    return tuple(sorted(options, key=_by_name))


def frequent_values(snapshot: Snapshot, key: str) -> tuple[str, ...]:
    """The same values from the most frequent of all companies to the rarest."""
    options = count_options(snapshot, EVERYBODY, key)
    return tuple(one.value for one in sorted(options, key=lambda one: -one.count))


def _by_name(option: Option) -> tuple[bool, str, str]:
    return option.value == NOT_STATED, fold(option.value), option.value


@memoized
def _count_values(snapshot: Snapshot, filter: CompanyFilter) -> Mapping[str, Mapping[str, int]]:
    """How many companies of the list have each value of each facet; NOT_STATED counts those
    without any. All facets are counted at once, since most lists filter by none of them.
    """
    filtered, held = Filtered(snapshot, filter), company_facet
    source: FromClause = held
    if filtered.criteria:
        # Twice as fast on DuckDB as a subquery behind IN; on SQLite too if it is materialized.
        found = filtered.select(filtered.n.label("n"), answers=filtered.shown).cte("found")
        found = found.prefix_with("MATERIALIZED")
        # + 0, or SQLite looks up each company in the index of facets, 20 times as long.
        source = held.join(found, found.c.n == held.c.n + literal_column("0", Integer))
    query = select(held.c.facet, held.c.value, func.count()).select_from(source)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in snapshot.connection.execute(query.group_by(held.c.facet, held.c.value)):
        counts[row[0]][row[1]] = row[2]
    return counts


LACKING, OTHER = -1, -2
"""Codes of companies in no bin: without any figure, or without one to compare."""
SPANNING = 1000
"""From this code on, companies that reach into several bins: SPANNING * (first + 1) + last."""


@memoized
def spread_over(
    snapshot: Snapshot,
    filter: CompanyFilter,
    key: str,
    edges: tuple[int, ...],
) -> Spread:
    """How the companies that a filter admits spread over the bins between the edges.

    The filter must not be about the measure itself. A bin counts as the list would with its range
    added: certain are those that answer yes to everything, possible the others that do not answer
    no, unless the filter leaves possible matches out.
    """
    filtered = Filtered(snapshot, filter)
    code = _bin_code(filtered, key, edges)
    answers = (Answer.YES, Answer.MAYBE) if filter.maybe else (Answer.YES,)
    yes = case((filtered.gives((Answer.YES,)), 1), else_=0) if filtered.criteria else literal(1)
    rows = filtered.select(code.label("code"), yes.label("yes"), answers=answers).subquery()
    query = select(*rows.c, func.count()).group_by(*rows.c)
    sure, maybe, nowhere = Counter[int](), Counter[int](), Counter[int]()
    for row in snapshot.connection.execute(query):
        place, certain, companies = tuple[int, ...](row)
        if place < 0:
            nowhere[place] += companies
        elif place < SPANNING:
            (sure if certain else maybe)[place] += companies
        else:
            first, last = divmod(place, SPANNING)
            maybe.update(dict.fromkeys(range(first - 1, last + 1), companies))
    classes = (
        Class(wanted, sure[place], maybe[place] if filter.maybe else 0)
        for place, wanted in enumerate(ranges_of(edges))
    )
    return Spread(tuple(classes), nowhere[LACKING], nowhere[OTHER])


def _bin_code(filtered: Filtered, key: str, edges: Sequence[int]) -> ColumnElement[int]:
    """Which bin or bins a company's figure lies in, or why in none, as one number."""
    low, high = filtered.low(key), filtered.high(key)
    inside = place_of(low, edges, open_at=0)
    first, last = place_of(low, edges, open_at=-1), place_of(high, edges, open_at=0)
    return case(
        (and_(low == high, ~is_open(low)), inside),
        (and_(low.is_(None), filtered.lacks(key)), literal_column(str(LACKING), Integer)),
        (low.is_(None), literal_column(str(OTHER), Integer)),
        (inside == place_of(high, edges, open_at=-1), inside),
        else_=literal_column(str(SPANNING), Integer) * (first + 1) + last,
    )


def place_of(half: ColumnElement[int], edges: Sequence[int], *, open_at: int) -> ColumnElement[int]:
    """How many inner edges a bound in half steps reaches, which is its bin from 0 on.

    `open_at` is 0 if it reaches an edge e from 2e on, -1 if from 2e - 1 on: a bin ends one storage
    unit below the next, so an interval that is open there lies between the two.
    """
    assert isinstance(half, Column)
    inner = tuple(2 * edge + open_at for edge in edges[1:-1])
    return literal_column(_halved(f"{half.table.description}.{half.name}", inner, 0), Integer)


@lru_cache(maxsize=1024)
def _halved(half: str, edges: tuple[int, ...], below: int) -> str:
    """The place among edges, of which `below` lie below all of these, found by halving.

    It is text since the same few are used on every page: built of expressions they took half the
    time of a histogram of six companies (7 of 15 ms).
    """
    if not edges:
        return str(below)
    middle = len(edges) // 2
    under = _halved(half, edges[:middle], below)
    over = _halved(half, edges[middle + 1 :], below + middle + 1)
    return f"CASE WHEN {half} < {edges[middle]} THEN {under} ELSE {over} END"


@memoized
def count_cells(
    snapshot: Snapshot,
    filter: CompanyFilter,
    across: tuple[str, tuple[int, ...]],
    up: tuple[str, tuple[int, ...]] | None,
) -> Mapping[tuple[int, int], int]:
    """How many companies lie wholly in each cell of a grid, by its column and its row.

    Counted are those that answer yes. Without `up` the grid has one row, 0.
    """
    filtered = Filtered(snapshot, filter)
    places, inside = [], []
    for key, edges in (axis for axis in (across, up) if axis):
        low, high = filtered.low(key), filtered.high(key)
        place = place_of(low, edges, open_at=0)
        places.append(place)
        exact = and_(low == high, ~is_open(low))
        inside += [low.is_not(None), or_(exact, place == place_of(high, edges, open_at=-1))]
    cells = (
        filtered.select(
            *(place.label(name) for place, name in zip(places, ("x", "y"), strict=False)),
            answers=(Answer.YES,),
        )
        .where(*inside)
        .subquery()
    )
    query = select(*cells.c, func.count()).group_by(*cells.c)
    counted = snapshot.connection.execute(query)
    return {(row[0], row[1] if up else 0): row[-1] for row in counted}


@memoized
def count_states(snapshot: Snapshot, filter: CompanyFilter, key: str) -> Mapping[str, int]:
    """How many companies of the list have a figure of a measure in which state."""
    filtered = Filtered(snapshot, filter)
    state = filtered.state(key).label("state")
    rows = filtered.select(state, answers=filtered.shown).subquery()
    query = select(rows.c.state, func.count()).group_by(rows.c.state)
    counts = Counter[str]()
    for word, companies in snapshot.connection.execute(query):
        counts[STATE_OF[word]] += companies
    return counts


@memoized
def spots(
    snapshot: Snapshot,
    filter: CompanyFilter,
    keys: tuple[str, ...],
    *,
    limit: int,
    by: str | None = None,
) -> tuple[Spot, ...]:
    """Up to `limit` companies of the list: in the order of slugs, or the highest of `by` first.

    With `by` those without a figure of it are left out.
    """
    filtered = Filtered(snapshot, filter)
    columns = [
        column.label(f"{key}_{part}")
        for key in dict.fromkeys(keys)
        for part, column in (
            ("low", filtered.low(key)),
            ("high", filtered.high(key)),
            ("state", filtered.state(key)),
        )
    ]
    query = filtered.select(filtered.n.label("n"), *columns, answers=filtered.shown).limit(limit)
    if by:
        low = filtered.low(by)
        endless = case((low == -INFINITE, 1), else_=0)
        query = query.where(low.is_not(None)).order_by(endless, low.desc(), filtered.n)
    else:
        query = query.order_by(filtered.n)
    rows = list(snapshot.connection.execute(query).mappings())
    named = select(company.c.n, company.c.slug, company.c.name).where(
        company.c.n.in_([row["n"] for row in rows])
    )
    names = {n: (slug, name) for n, slug, name in snapshot.connection.execute(named)}
    return tuple(Spot(*names[row["n"]], {key: _known(row, key) for key in keys}) for row in rows)


def _known(row: RowMapping, key: str) -> Known:
    state = row[f"{key}_state"]
    return Known(
        interval_of(row[f"{key}_low"], row[f"{key}_high"]),
        none_yet=state in (NONE_YET, NONE_YET_BUT),
        foreign=state == IN_OTHER_CURRENCY,
        derived=state == DERIVED,
    )


def interval_of(low: int | None, high: int | None) -> Interval | None:
    """An interval from half steps; None where there is no figure."""
    if low is None or high is None:
        return None
    (lower, low_open), (upper, high_open) = low_bound(low), high_bound(high)
    return Interval(lower, upper, low_open, high_open)
