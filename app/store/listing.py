"""The list: which companies a filter admits, in which order, page by page, and how many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from app.profiles.answer import Answer
from app.profiles.filter import MAX_SIZE, CompanyFilter
from app.store.answers import all_of, answers_of, foreign, none_yet
from app.store.cursor import Cursor
from app.store.remembered import remembered
from app.store.snapshot import Snapshot
from app.store.tables import listing


@dataclass(frozen=True, slots=True)
class Counts:
    """How many companies answer how. `none` and `foreign` are parts of `unknown`.

    Hiding an answer from the list changes none of these.
    """

    yes: int = 0
    maybe: int = 0
    unknown: int = 0
    no: int = 0
    none: int = 0
    foreign: int = 0

    @property
    def total(self) -> int:
        """All companies of the data set."""
        return self.yes + self.maybe + self.unknown + self.no

    def shown(self, asked: CompanyFilter) -> int:
        """How many the list shows."""
        maybe = self.maybe if asked.maybe else 0
        return self.yes + maybe + (self.unknown if asked.unknown else 0)


@dataclass(frozen=True, slots=True)
class Line:
    """One company of the list, and its answer."""

    slug: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, with the cursors of its neighbours."""

    lines: tuple[Line, ...]
    next: Cursor | None
    prev: Cursor | None


@remembered
def count_companies(snapshot: Snapshot, asked: CompanyFilter) -> Counts:
    """How many companies answer how to a filter."""
    answer = all_of(answers_of(snapshot, asked)).label("answer")
    inner = (
        select(
            answer,
            case((none_yet(snapshot, asked), 1), else_=0).label("none_yet"),
            case((foreign(snapshot, asked), 1), else_=0).label("foreign"),
        )
        .where(snapshot.of(listing, asked.view))
        .subquery()
    )
    query = select(
        inner.c.answer,
        func.count().label("companies"),
        func.sum(inner.c.none_yet).label("none_yet"),
        func.sum(inner.c.foreign).label("foreign"),
    ).group_by(inner.c.answer)
    found = {Answer(row.answer): row for row in snapshot.connection.execute(query)}
    counts = {answer.word: row.companies for answer, row in found.items()}
    if unknown := found.get(Answer.UNKNOWN):
        counts |= {"none": int(unknown.none_yet), "foreign": int(unknown.foreign)}
    return Counts(**counts)


def shown_answers(asked: CompanyFilter) -> list[Answer]:
    """The answers that the list shows."""
    shown = [Answer.YES]
    shown += [Answer.MAYBE] if asked.maybe else []
    return shown + ([Answer.UNKNOWN] if asked.unknown else [])


def found_by(
    snapshot: Snapshot, asked: CompanyFilter, columns: Iterable[ColumnElement[Any]] = ()
) -> Select[Any]:
    """The companies that the list shows: slug, answer, and some columns of the listing."""
    answer = all_of(answers_of(snapshot, asked)).label("answer")
    of_view = snapshot.of(listing, asked.view)
    answered = select(listing.c.slug, answer, *columns).where(of_view).subquery()
    return select(answered).where(answered.c.answer.in_([a.value for a in shown_answers(asked)]))


def find_page(snapshot: Snapshot, asked: CompanyFilter, cursor: Cursor | None) -> Page:
    """The page behind (or before) a cursor; the first page without one."""
    ordered = _sorted_by(snapshot, asked)
    found = found_by(snapshot, asked, ordered).subquery()
    order = _Order(found.c, asked, [column.name for column in ordered])
    backward = cursor is not None and cursor.before
    query = select(found.c.slug, found.c.answer, *order.columns).order_by(*order.by(backward))
    if cursor is not None:
        query = query.where(order.beyond(cursor))
    rows = snapshot.connection.execute(query.limit(asked.size + 1)).all()
    more, rows = len(rows) > asked.size, rows[: asked.size]
    if backward and not more:
        return find_page(snapshot, asked, None)  # A full first page, not a short one.
    rows = rows[::-1] if backward else rows
    return Page(
        lines=tuple(Line(row.slug, Answer(row.answer)) for row in rows),
        next=order.cursor(rows[-1], before=False) if rows and (more or backward) else None,
        prev=order.cursor(rows[0], before=True) if rows and cursor else None,
    )


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The place of a company in a list of `shown`, counted from 1, and the slugs beside it."""

    position: int
    shown: int
    prev: str | None
    next: str | None


def find_neighbours(snapshot: Snapshot, asked: CompanyFilter, slug: str) -> Neighbours | None:
    """The place of a company in the list of a filter; None where the list does not show it."""
    ordered, read = _sorted_by(snapshot, asked), snapshot.connection
    found = found_by(snapshot, asked, ordered).subquery()
    order = _Order(found.c, asked, [column.name for column in ordered])
    query = select(found.c.slug, found.c.answer, *order.columns).where(found.c.slug == slug)
    if (row := read.execute(query).one_or_none()) is None:
        return None
    before, behind = (order.beyond(order.cursor(row, before=way)) for way in (True, False))
    ahead = func.sum(case((before, 1), else_=0))
    counted = read.execute(select(ahead, func.count()).select_from(found)).one()
    beside = select(found.c.slug).limit(1)
    return Neighbours(
        position=int(counted[0]) + 1,
        shown=counted[1],
        prev=read.scalar(beside.where(before).order_by(*order.by(True))),
        next=read.scalar(beside.where(behind).order_by(*order.by(False))),
    )


def every_line(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[tuple[Line, ...]]:
    """The whole list in its order, page after page."""
    whole = asked.but(size=MAX_SIZE)
    page = find_page(snapshot, whole, None)
    while page.lines:
        yield page.lines
        if page.next is None:
            return
        page = find_page(snapshot, whole, page.next)


def _sorted_by(snapshot: Snapshot, asked: CompanyFilter) -> list[ColumnElement[Any]]:
    """The columns that a list is ordered by, besides answer and slug."""
    if asked.sort_key == "name":
        return [listing.c.name_key]
    return [snapshot.part(asked.sort_key, part) for part in ("low", "low_open")]


class _Order:
    """The order of a list: answer, key with no figure last in both directions, then slug."""

    def __init__(self, found: Any, asked: CompanyFilter, names: Sequence[str]) -> None:
        self.sort, self.descending = asked.sort, asked.descending
        self.answer, self.slug = found.answer, found.slug
        key, *opened = (found[name] for name in names)
        self.key, self.open = key, opened[0] if opened else None

    @property
    def columns(self) -> list[ColumnElement[Any]]:
        """What a cursor needs of a row."""
        opened = self.open if self.open is not None else false()
        return [self.key.label("sort_key"), opened.label("sort_open")]

    def by(self, backward: bool) -> list[ColumnElement[Any]]:
        """The columns to order by; `backward` turns every one of them."""
        falls = self.descending is not backward
        keys = [key for key in (self.key, self.open) if key is not None]
        turned = [key.desc() if falls else key.asc() for key in keys]
        turned[0] = turned[0].nulls_first() if backward else turned[0].nulls_last()
        answer = self.answer.asc() if backward else self.answer.desc()
        return [answer, *turned, self.slug.desc() if backward else self.slug.asc()]

    def cursor(self, row: Any, before: bool) -> Cursor:
        """The cursor at a row."""
        return Cursor(self.sort, row.answer, row.sort_key, bool(row.sort_open), row.slug, before)

    def beyond(self, cursor: Cursor) -> ColumnElement[bool]:
        """The rows on the far side of a cursor."""
        answer = self.answer > cursor.answer if cursor.before else self.answer < cursor.answer
        same = self.answer == cursor.answer
        return or_(answer, and_(same, self._key_beyond(cursor)))

    def _key_beyond(self, cursor: Cursor) -> ColumnElement[bool]:
        slug = self.slug < cursor.slug if cursor.before else self.slug > cursor.slug
        if cursor.key is None:
            without = and_(self.key.is_(None), slug)
            return or_(self.key.is_not(None), without) if cursor.before else without
        falls = self.descending is not cursor.before
        further = self.key < cursor.key if falls else self.key > cursor.key
        without = false() if cursor.before else self.key.is_(None)
        same = self.key == cursor.key
        return or_(further, without, and_(same, self._open_beyond(cursor, falls, slug)))

    def _open_beyond(
        self, cursor: Cursor, falls: bool, slug: ColumnElement[bool]
    ) -> ColumnElement[bool]:
        """Of equal bounds an open one is the greater."""
        if self.open is None:
            return slug
        same = self.open.is_(cursor.open)
        further = self.open.is_(not falls) if cursor.open is falls else false()
        return or_(further, and_(same, slug))
