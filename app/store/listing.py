"""The list: which companies a filter admits, in which order, page by page, and how many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import false, select

from app.profiles.answer import Answer
from app.profiles.figure import State
from app.profiles.filter import MAX_SIZE, CompanyFilter
from app.store.answers import answers_to, states_of
from app.store.blocks import FIRST_KNOWN, STATES
from app.store.cursor import Cursor
from app.store.order import NEVER, Chosen, mark_at, order_of
from app.store.remembered import remembered
from app.store.snapshot import Snapshot
from app.store.tables import FOREIGN, listing, roster

NONE_YET, IN_FOREIGN = STATES.index(State.NONE.value), STATES.index(FOREIGN)


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
    answers = answers_to(snapshot, asked)
    counted = [int(np.count_nonzero(answers == one)) for one in Answer]
    unknown = answers == Answer.UNKNOWN
    none, foreign = np.zeros(len(answers), bool), np.zeros(len(answers), bool)
    for keys, _ in asked.ranges if counted[Answer.UNKNOWN] else ():
        states = [states_of(snapshot, asked.view, key) for key in keys]
        without = np.logical_and.reduce([one < FIRST_KNOWN for one in states])
        none |= without & np.logical_or.reduce([one == NONE_YET for one in states])
        foreign |= np.logical_or.reduce([one == IN_FOREIGN for one in states])
    return Counts(
        **{answer.word: counted[answer] for answer in Answer},
        none=int(np.count_nonzero(none & unknown)),
        foreign=int(np.count_nonzero(foreign & unknown)),
    )


def find_page(snapshot: Snapshot, asked: CompanyFilter, cursor: Cursor | None) -> Page:
    """The page behind (or before) a cursor; the first page without one."""
    backward = cursor is not None and cursor.before
    order = order_of(snapshot, asked, backward=backward)
    among = order.beyond(mark_at(snapshot, asked, cursor)) if cursor else None
    found = order.first(asked.size + 1, among)
    more, found = len(found) > asked.size, found[: asked.size]
    if backward and not more:
        return find_page(snapshot, asked, None)  # A full first page, not a short one.
    found = found[::-1] if backward else found
    lines = _lines(snapshot, asked, found)
    ends = [_cursor(snapshot, asked, place, before=way) for place, way in _ends(found)]
    return Page(
        lines=lines,
        next=ends[1] if lines and (more or backward) else None,
        prev=ends[0] if lines and cursor else None,
    )


def _ends(found: Chosen) -> list[tuple[int, bool]]:
    """The first and the last company, each with whether its cursor lies before it."""
    return [(int(found[0]), True), (int(found[-1]), False)] if len(found) else []


def _lines(snapshot: Snapshot, asked: CompanyFilter, places: Chosen) -> tuple[Line, ...]:
    answers = answers_to(snapshot, asked)
    slugs = slugs_at(snapshot, places)
    return tuple(Line(slugs[int(one)], Answer(int(answers[one]))) for one in places)


def _cursor(snapshot: Snapshot, asked: CompanyFilter, place: int, *, before: bool) -> Cursor:
    """The cursor at a company: what the listing says of it by which the list is sorted."""
    if asked.sort_key == "name":
        sorted_by = [listing.c.name_key, false()]
    else:
        sorted_by = [snapshot.part(asked.sort_key, part) for part in ("low", "low_open")]
    slug = slugs_at(snapshot, [place])[place]
    query = select(*sorted_by).where(snapshot.of(listing, asked.view), listing.c.slug == slug)
    key, opened = snapshot.connection.execute(query).one()
    answer = int(answers_to(snapshot, asked)[place])
    return Cursor(asked.sort, answer, key, bool(opened), slug, before)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The place of a company in a list of `shown`, counted from 1, and the slugs beside it."""

    position: int
    shown: int
    prev: str | None
    next: str | None


def find_neighbours(snapshot: Snapshot, asked: CompanyFilter, slug: str) -> Neighbours | None:
    """The place of a company in the list of a filter; None where the list does not show it."""
    order, place = order_of(snapshot, asked), place_of_slug(snapshot, slug)
    if place is None or place >= len(order.group) or order.group[place] == NEVER:
        return None
    mark, listed = order.mark(place), order.group != NEVER
    behind = order.beyond(mark) & listed
    before = listed & ~behind
    before[place] = False
    turned = replace(order, backward=True)
    prev, following = turned.first(1, before), order.first(1, behind)
    slugs = slugs_at(snapshot, [*prev, *following])
    return Neighbours(
        position=int(np.count_nonzero(before)) + 1,
        shown=int(np.count_nonzero(listed)),
        prev=slugs[int(prev[0])] if len(prev) else None,
        next=slugs[int(following[0])] if len(following) else None,
    )


def every_line(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[tuple[Line, ...]]:
    """The whole list in its order, a part at a time."""
    places = order_of(snapshot, asked).all()
    for start in range(0, len(places), MAX_SIZE):
        yield _lines(snapshot, asked, places[start : start + MAX_SIZE])


def slugs_at(snapshot: Snapshot, places: Iterable[int]) -> dict[int, str]:
    """The slugs of the companies at some places."""
    wanted = [int(place) for place in places]
    query = select(roster.c.place, roster.c.slug).where(
        snapshot.of(roster), roster.c.place.in_(wanted)
    )
    return {row.place: row.slug for row in snapshot.connection.execute(query)}


def place_of_slug(snapshot: Snapshot, slug: str) -> int | None:
    """The place of a company, or None where nobody has the slug."""
    query = select(roster.c.place).where(snapshot.of(roster), roster.c.slug == slug)
    found = snapshot.connection.scalar(query)
    return None if found is None else int(found)
