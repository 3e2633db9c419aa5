"""The list: which companies a filter admits, in which order, page by page, and how many."""

from collections.abc import Iterator

import numpy as np
from msgspec import Struct
from sqlalchemy import select

from ..profiles.answer import Answer
from ..profiles.figure import State
from ..profiles.filter import MAX_SIZE, CompanyFilter
from ..profiles.search import fold
from .answers import answers_to, places_of, states_at
from .codes import CODES, FIRST_KNOWN, FOREIGN
from .columns import Places
from .cursor import Cursor
from .order import Ordered, first_of, mark_at, order_of
from .remembered import remembered
from .snapshot import Snapshot
from .tables import company
from .texts import slugs_at

_COUNTED = (Answer.YES, Answer.MAYBE, Answer.UNKNOWN)
NONE_YET, IN_FOREIGN = CODES[State.NONE.value], CODES[FOREIGN]


class Counts(Struct, frozen=True):
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


class Line(Struct, frozen=True):
    """One company of the list, and its answer."""

    slug: str
    answer: Answer


class Page(Struct, frozen=True):
    """One page of the list, with the cursors of its neighbours."""

    lines: tuple[Line, ...]
    next: Cursor | None
    prev: Cursor | None


@remembered
def count_companies(snapshot: Snapshot, asked: CompanyFilter) -> Counts:
    """How many companies answer how to a filter."""
    yes, maybe, unknown = (places_of(snapshot, asked, one) for one in _COUNTED)
    none, foreign = np.zeros((2, len(unknown)), bool)
    for keys, _ in asked.ranges if len(unknown) else ():
        states = [states_at(snapshot, asked.view, key, unknown) for key in keys]
        without = np.logical_and.reduce([one < FIRST_KNOWN for one in states])
        none |= without & np.logical_or.reduce([one == NONE_YET for one in states])
        foreign |= np.logical_or.reduce([one == IN_FOREIGN for one in states])
    every = len(answers_to(snapshot, asked))
    return Counts(
        yes=len(yes),
        maybe=len(maybe),
        unknown=len(unknown),
        no=every - len(yes) - len(maybe) - len(unknown),
        none=int(np.count_nonzero(none)),
        foreign=int(np.count_nonzero(foreign)),
    )


def find_page(snapshot: Snapshot, asked: CompanyFilter, cursor: Cursor | None) -> Page:
    """The page behind (or before) a cursor; the first page without one."""
    backward = cursor is not None and cursor.before
    mark = mark_at(snapshot, asked, cursor) if cursor else None
    order, found = first_of(snapshot, asked, asked.size + 1, mark, backward=backward)
    more, found = len(found) > asked.size, found[: asked.size]
    if backward and not more:
        return find_page(snapshot, asked, None)  # A full first page, not a short one.
    found = found[::-1] if backward else found
    lines = _lines(snapshot, asked, order.places[found])
    behind = bool(lines) and (more or backward)
    return Page(
        lines=lines,
        next=_cursor(snapshot, asked, order, found[-1], lines[-1], before=False)
        if behind
        else None,
        prev=_cursor(snapshot, asked, order, found[0], lines[0], before=True)
        if lines and cursor
        else None,
    )


def _lines(snapshot: Snapshot, asked: CompanyFilter, places: Places) -> tuple[Line, ...]:
    answers = answers_to(snapshot, asked)
    slugs = slugs_at(snapshot, places)
    return tuple(Line(slugs[int(one)], Answer(int(answers[one]))) for one in places)


def _cursor(
    snapshot: Snapshot,
    asked: CompanyFilter,
    order: Ordered,
    number: int,
    line: Line,
    *,
    before: bool,
) -> Cursor:
    """The cursor at a line, by its number in the order: what it is sorted by."""
    opened = bool(order.opened[number]) ^ asked.descending
    key: int | str | None
    if asked.sort_key == "name":
        named = select(company.c.name).where(snapshot.of(company), company.c.slug == line.slug)
        key = fold(str(snapshot.connection.scalar(named)))
    elif order.group[number] % 2:
        key = None  # It has none, and stands behind those that do.
    else:
        key = int(order.key[number])
        key = ~key if asked.descending else key
    return Cursor(asked.sort, int(line.answer), key, opened, line.slug, before)


def every_line(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[tuple[Line, ...]]:
    """The whole list in its order, a part at a time."""
    order = order_of(snapshot, asked)
    places = order.places[order.all()]
    for start in range(0, len(places), MAX_SIZE):
        yield _lines(snapshot, asked, places[start : start + MAX_SIZE])
