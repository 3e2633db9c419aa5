"""The list: which companies a filter admits, in which order, page by page, and how many."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
)

from ..profiles.answer import Answer
from ..profiles.cursor import Cursor
from ..profiles.filter import MAX_SIZE, CompanyFilter
from ..profiles.results import Counts, Line, Neighbours, Page
from .filters import YES, Filtered
from .tables import INFINITE, company
from .versions import Snapshot, memoized, pairs


@memoized
def count_companies(snapshot: Snapshot, filter: CompanyFilter) -> Counts:
    """How many companies give each answer to a filter."""
    filtered = Filtered(snapshot, filter)
    if not filtered.criteria:
        return Counts(yes=snapshot.version.companies)
    answers = filtered.every(filtered.answer.label("answer")).subquery()
    query = select(answers.c.answer, func.count()).group_by(answers.c.answer)
    found = {Answer(row[0]): int(row[1]) for row in snapshot.connection.execute(query)}
    counts = {answer.word: many for answer, many in found.items()}
    if any(filter.ranges) and Answer.UNKNOWN in found:
        why = (filtered.none_yet(), filtered.other_currency())
        unknown = filtered.every(*(func.sum(one) for one in why)).where(filtered.answer == UNKNOWN)
        none, foreign = tuple[int, int](snapshot.connection.execute(unknown).one())
        counts |= {"none": int(none), "foreign": int(foreign)}
    return Counts(**counts)


ANSWERED = (Answer.YES, Answer.MAYBE, Answer.UNKNOWN)


def find_page(snapshot: Snapshot, filter: CompanyFilter, cursor: Cursor | None) -> Page:
    """The page behind (or before) a cursor; the first page without one."""
    order = _Order(snapshot, filter)
    backward = cursor is not None and cursor.before
    query = order.select().order_by(*order.by(backward=backward)).limit(filter.size + 1)
    if cursor is not None:
        query = query.where(order.beyond(order.mark(cursor), backward=backward))
    rows = list(snapshot.connection.execute(query))
    more, rows = len(rows) > filter.size, rows[: filter.size]
    if backward and not more:
        return find_page(snapshot, filter, None)  # A full first page, not a short one.
    rows = rows[::-1] if backward else rows
    lines = _lines(snapshot, ((row.n, row.answer) for row in rows))
    behind = bool(rows) and (more or backward)
    return Page(
        lines=lines,
        next=order.cursor(rows[-1], lines[-1], before=False) if behind else None,
        prev=order.cursor(rows[0], lines[0], before=True) if rows and cursor else None,
    )


def every_line(snapshot: Snapshot, filter: CompanyFilter) -> Iterator[tuple[Line, ...]]:
    """The whole list in its order, some hundred lines at a time.

    Numbers and answers of all are read at once, nine bytes a company, since not every database
    lets other queries run while one is being read.
    """
    order = _Order(snapshot, filter)
    numbers, answers = array("q"), bytearray()
    found = snapshot.connection.execute(order.select().order_by(*order.by(backward=False)))
    for part in found.partitions(10_000):
        numbers.extend(row.n for row in part)
        answers.extend(row.answer for row in part)
    for start in range(0, len(numbers), MAX_SIZE):
        end = start + MAX_SIZE
        yield _lines(snapshot, zip(numbers[start:end], answers[start:end], strict=True))


def find_neighbours(snapshot: Snapshot, filter: CompanyFilter, slug: str) -> Neighbours | None:
    """A company's place in the list of a filter; None where the list does not show it."""
    order = _Order(snapshot, filter)
    n = number_of(snapshot, slug)
    own = order.select().where(order.n == n)
    if n is None or (row := snapshot.connection.execute(own).first()) is None:
        return None
    mark = _Mark(row.answer, row.has_none == 1, row.sort_key, row.n)
    before, behind = (order.beyond(mark, backward=way) for way in (True, False))
    counting: Any = select(func.count(case((before, 1))), func.count())
    ahead, shown = tuple(snapshot.connection.execute(order.within(counting)).one())

    def nearest(condition: ColumnElement[bool], *, backward: bool) -> int | None:
        ordered = order.select().where(condition).order_by(*order.by(backward=backward))
        found = snapshot.connection.execute(ordered.limit(1)).first()
        return found.n if found else None

    prev = nearest(before, backward=True) if ahead else None
    following = nearest(behind, backward=False) if ahead + 1 < shown else None
    slugs = slugs_of(snapshot, [one for one in (prev, following) if one is not None])
    named = [None if one is None else slugs[one] for one in (prev, following)]
    return Neighbours(ahead + 1, shown, *named)


def number_of(snapshot: Snapshot, slug: str) -> int | None:
    """The number of the company of a slug, or None."""
    query = select(company.c.n).where(company.c.slug == slug)
    return snapshot.remember(("n", slug), lambda: snapshot.connection.scalar(query))


def slugs_of(snapshot: Snapshot, numbers: Sequence[int]) -> Mapping[int, str]:
    """The slugs of some companies by their numbers."""
    having = company.c.n.in_(numbers)
    if snapshot.connection.dialect.name == "duckdb":
        # It reads other columns for rows that it knows, not for whole row groups: a third the time.
        row: ColumnElement[int] = literal_column("company.rowid")
        having = row.in_(select(row).where(having).select_from(company).correlate(None))
    query = select(company.c.n, company.c.slug).where(having)
    return pairs(snapshot.connection.execute(query)) if numbers else {}


def _lines(snapshot: Snapshot, found: Iterable[tuple[int, int]]) -> tuple[Line, ...]:
    pairs = list(found)
    slugs = slugs_of(snapshot, [n for n, _ in pairs])
    return tuple(Line(n, slugs[n], Answer(answer)) for n, answer in pairs)


NO_FIGURE = -(2**63)
"""The sort key of a company without a figure, below all bounds."""


class _Mark(Struct, frozen=True):
    """A place in an order: what a company there is sorted by. `n` stands for its slug, since
    companies are numbered in the order of slugs.
    """

    answer: int
    has_none: bool
    key: int | str
    n: int


class _Order:
    """The order of a list: answer, key with no figure last both ways, then slug.

    A figure without a lower end has nothing to be sorted by and stands with those without one.
    """

    def __init__(self, snapshot: Snapshot, filter: CompanyFilter) -> None:
        self.snapshot, self.filter = snapshot, filter
        self.filtered = filtered = Filtered(snapshot, filter)
        self.n = filtered.n
        self.by_name = filter.sort_key == "name"
        # Sorting by what is the same for all costs time, so then it is left out.
        self.one_answer = not filtered.criteria or filtered.shown == (Answer.YES,)
        self.answer = YES if self.one_answer else filtered.answer
        self.key: ColumnElement[Any] = company.c.name_key
        self.has_none: ColumnElement[int] = literal(0)
        if not self.by_name:
            self.key = func.coalesce(filtered.low(filter.sort_key), NO_FIGURE)
            self.has_none = case((self.key <= -INFINITE, 1), else_=0)

    def within(self, query: Select[Any]) -> Select[Any]:
        """A query over the companies of the list."""
        source = self.filtered.source
        if self.by_name:
            source = source.join(company, company.c.n == self.n)
        shown = self.filtered.gives(self.filtered.shown)
        return query.select_from(source).where(self.filtered.whole, shown)

    def select(self) -> Select[Any]:
        """The companies of the list: number, answer, key, and whether they have none."""
        columns = {
            "n": self.n,
            "answer": self.answer,
            "sort_key": self.key,
            "has_none": self.has_none,
        }
        return self.within(select(*(column.label(name) for name, column in columns.items())))

    def by(self, *, backward: bool) -> list[ColumnElement[Any]]:
        """The columns to order by; `backward` turns every one of them."""
        ways: list[tuple[ColumnElement[Any], bool]] = []
        if not self.one_answer:
            ways.append((self.answer, True))
        if not self.by_name:
            ways.append((self.has_none, False))
        ways += [(self.key, self.filter.descending), (self.n, False)]
        return [one.desc() if falls is not backward else one.asc() for one, falls in ways]

    def cursor(self, row: Row[Any], line: Line, *, before: bool) -> Cursor:
        """The cursor at a row."""
        key = None if row.sort_key == NO_FIGURE else row.sort_key
        return Cursor(self.filter.sort, int(line.answer), key, line.slug, before)

    def mark(self, cursor: Cursor) -> _Mark:
        """Where a cursor is, whether its company is still there or not."""
        below = select(func.count()).where(company.c.slug < cursor.slug)
        n = self.snapshot.connection.execute(below).scalar_one()
        if not cursor.before and number_of(self.snapshot, cursor.slug) is None:
            n -= 1  # The company that has this number now lies behind the cursor.
        key = NO_FIGURE if cursor.key is None else cursor.key
        return _Mark(cursor.answer, isinstance(key, int) and key <= -INFINITE, key, n)

    def beyond(self, mark: _Mark, *, backward: bool) -> ColumnElement[bool]:
        """The companies behind a mark, or before it."""
        further = self._key_beyond(mark, backward=backward)
        if self.one_answer:
            if mark.answer == Answer.YES:
                return further
            return true() if (mark.answer < Answer.YES) is backward else false()
        past = self.answer > mark.answer if backward else self.answer < mark.answer
        return or_(past, and_(self.answer == mark.answer, further))

    def _key_beyond(self, mark: _Mark, *, backward: bool) -> ColumnElement[bool]:
        same = self.n < mark.n if backward else self.n > mark.n
        falls = self.filter.descending is not backward
        past = self.key < mark.key if falls else self.key > mark.key
        further = or_(past, and_(self.key == mark.key, same))
        if self.by_name:
            return further
        level = and_(self.has_none == int(mark.has_none), further)
        beyond = (
            self.has_none < int(mark.has_none) if backward else self.has_none > int(mark.has_none)
        )
        return or_(beyond, level)
