"""The order of a list: answer, sort key with no figure last in both directions, then slug.

Everything is turned so that less comes first: a company's group (its answer, then whether it has a
figure), the key, whether the key is an open bound, and the place in the order of slugs.
"""

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from ..profiles.answer import Answer
from ..profiles.filter import CompanyFilter
from .answers import answers_to, by_chunk, places_of, places_shown
from .blocks import read_chunks
from .codes import LOW_ENDLESS, LOW_OPEN
from .columns import NAME, Chosen, Codes, Flags, Numbers, Places, known_in
from .cursor import Cursor
from .lookup import lows_at
from .snapshot import Snapshot
from .texts import name_mark, slug_mark
from .views import LATEST

PART = 65_536
"""Companies by which it is estimated who may be among the first of all."""
GROUPS = 6
"""The groups: three answers, each with a key and without."""


class Ordered(Struct, frozen=True):
    """The companies of a list as it orders them: `places` are theirs in the order of slugs, and the
    rest is of each of them. `backward` turns the whole order round.
    """

    places: Places
    group: Codes
    key: Numbers
    opened: Flags
    backward: bool = False

    def first(self, most: int, among: Flags | None = None) -> Chosen:
        """The first `most` of the list, or of some of it, in order; each by its number here."""
        groups = range(GROUPS)
        found = np.zeros(0, np.intp)
        for one in reversed(groups) if self.backward else groups:
            those: Flags = self.group == one
            if among is not None:
                those &= among
            if missing := most - len(found):
                numbers = self._lowest(self._low(those, missing), missing)
                found = np.concatenate([found, self._sorted(numbers)[:missing]])
        return found

    def _low(self, those: Flags, most: int) -> Chosen:
        """The first `most` of some companies of one group among others: in most lists few others,
        for none counts that stands behind so many of the first PART.
        """
        key = self.key[np.flatnonzero(those[:PART])]
        if len(key) <= most:
            return np.flatnonzero(those)
        end = len(key) - most if self.backward else most - 1
        last = np.partition(key, end)[end]
        ahead = those & (self.key > last if self.backward else self.key < last)
        level = those & (self.key == last)  # Of all companies, where none has a figure.
        alike = (np.flatnonzero(level & opened) for opened in (self.opened, ~self.opened))
        nearest = (one[-most:] if self.backward else one[:most] for one in alike)
        return np.sort(np.concatenate([np.flatnonzero(ahead), *nearest]))

    def _lowest(self, numbers: Chosen, most: int) -> Chosen:
        """At least the first `most` of some companies of one group, and few others."""
        if len(numbers) <= most:
            return numbers
        key = self._turned(self.key[numbers])
        last = np.partition(key, most - 1)[most - 1]
        level = numbers[np.flatnonzero(key == last)]
        if self.backward:
            level = level[::-1]
        opened = self.opened[level] ^ self.backward
        ahead = numbers[np.flatnonzero(key < last)]
        return np.concatenate([ahead, level[~opened][:most], level[opened][:most]])

    def _sorted(self, numbers: Chosen) -> Chosen:
        opened, slug = self.opened[numbers] ^ self.backward, self._turned(numbers)
        return numbers[np.lexsort((slug, opened, self._turned(self.key[numbers])))]

    def _turned(self, numbers: npt.NDArray[np.signedinteger]) -> npt.NDArray[np.signedinteger]:
        return ~numbers if self.backward else numbers

    def all(self) -> Chosen:
        """The whole list in order, each by its number here."""
        return np.lexsort((self.opened, self.key, self.group))  # Of equals the first stays first.

    def beyond(self, mark: "Mark") -> Flags:
        """Who comes behind a mark; with `backward`, before it."""
        slug = np.zeros(len(self.places), bool)
        if self.backward:
            slug[: self._from((mark.slug + 1) // 2)] = True
            opened = self.opened < mark.opened
            key, group = self.key < mark.key, self.group < mark.group
        else:
            slug[self._from(mark.slug // 2 + 1) :] = True
            opened = self.opened > mark.opened
            key, group = self.key > mark.key, self.group > mark.group
        further = opened | ((self.opened == mark.opened) & slug)
        further = key | ((self.key == mark.key) & further)
        those: Flags = group | ((self.group == mark.group) & further)
        return those

    def number_of(self, place: int) -> int | None:
        """The number here of the company at a place; None where the list does not show it."""
        number = self._from(place)
        there = number < len(self.places) and int(self.places[number]) == place
        return number if there else None

    def _from(self, place: int) -> int:
        """The number here of the first company at a place or behind it."""
        return int(np.searchsorted(self.places, np.uint32(max(place, 0))))

    def mark(self, number: int) -> "Mark":
        """The mark at a company, by its number here."""
        group, key = int(self.group[number]), int(self.key[number])
        return Mark(group, key, bool(self.opened[number]), int(self.places[number]) * 2)


class Mark(Struct, frozen=True):
    """A place in an order. `slug` is twice the place of a company, or odd between two."""

    group: int
    key: int
    opened: bool
    slug: int


def order_of(snapshot: Snapshot, asked: CompanyFilter, *, backward: bool = False) -> Ordered:
    """The companies that a filter's list shows, in its order."""
    return _ordered(snapshot, asked, places_shown(snapshot, asked), backward=backward)


def first_of(
    snapshot: Snapshot, asked: CompanyFilter, most: int, mark: Mark | None, *, backward: bool
) -> tuple[Ordered, Chosen]:
    """The first `most` of a list, or behind a mark, by their numbers in the order beside them: that
    of the list, or of a part of it where that is enough to tell.
    """
    sure = places_of(snapshot, asked, Answer.YES)
    if len(sure) >= most and (mark is None or not mark.group):  # These come first, or next.
        view, by = _column(asked)
        falls, beyond = asked.descending, mark.key if mark else None
        if falls and beyond is not None:
            beyond = ~beyond
        sure = outermost(
            snapshot, view, by, sure, most, highest=falls is not backward, beyond=beyond
        )
        order = _ordered(snapshot, asked, sure, backward=backward)
        found = order.first(most, order.beyond(mark) if mark else None)
        if len(found) == most:
            return order, found
    order = order_of(snapshot, asked, backward=backward)
    return order, order.first(most, order.beyond(mark) if mark else None)


def _column(asked: CompanyFilter) -> tuple[str, str]:
    """The view and the measure that a list is ordered by."""
    return (LATEST, NAME) if asked.sort_key == "name" else (asked.view, asked.sort_key)


def _ordered(
    snapshot: Snapshot, asked: CompanyFilter, places: Places, *, backward: bool
) -> Ordered:
    """Some companies of a list, in its order."""
    key, states = lows_at(snapshot, *_column(asked), places)
    opened, without = (states & LOW_OPEN) != 0, ~known_in(states) | ((states & LOW_ENDLESS) != 0)
    if asked.descending:
        key, opened = np.invert(key), ~opened
    answers = answers_to(snapshot, asked)
    if len(places) < len(answers):
        answers = answers[places.astype(np.intp)]
    group = (Answer.YES - answers) * np.uint8(2) + without
    return Ordered(places, group, key, opened, backward)


def by_figure(snapshot: Snapshot, view: str, by: str, places: Places, most: int) -> Places:
    """Of the companies at some places the first `most` that have a figure of a measure, the highest
    first.
    """
    highest = outermost(snapshot, view, by, places, most, highest=True)
    places = highest if len(highest) >= most else places
    key, states = lows_at(snapshot, view, by, places)
    known = np.flatnonzero(known_in(states))
    places, key, states = places[known], np.invert(key[known]), states[known]
    endless = ((states & LOW_ENDLESS) != 0).view(np.uint8)
    order = Ordered(places, endless, key, (states & LOW_OPEN) == 0)
    return places[order.first(most)]


def outermost(
    snapshot: Snapshot,
    view: str,
    by: str,
    places: Places,
    most: int,
    *,
    highest: bool,
    beyond: int | None = None,
) -> Places:
    """Of some companies with a finite lower end those that may be among the `most` with the highest
    or the lowest, and few others; only `beyond` a number, those that have it included.
    """
    found, bound = [np.zeros(0, np.uint32)], None
    for chunk, those in by_chunk(places, read_chunks(snapshot, view, by)):
        lows = chunk.lows if len(those) == len(chunk.lows) else chunk.lows[those]
        among = np.ones(len(lows), bool)
        if beyond is not None:
            among &= lows <= beyond if highest else lows >= beyond
        if bound is not None:
            among &= lows >= bound if highest else lows <= bound
        numbers = np.flatnonzero(among)
        states = chunk.states[those[numbers]]
        finite = known_in(states) & ((states & LOW_ENDLESS) == 0)
        numbers = numbers[np.flatnonzero(finite)]
        found.append((those[numbers] + chunk.start).astype(np.uint32))
        ends = lows[numbers]
        ends = ends if beyond is None else ends[ends != beyond]  # These may not be behind a mark.
        if len(ends) >= most:
            # So many lie no further in; whoever does is not among the first.
            last = len(ends) - most if highest else most - 1
            bound = int(np.partition(ends, last)[last])
    return np.concatenate(found)


def mark_at(snapshot: Snapshot, asked: CompanyFilter, cursor: Cursor) -> Mark:
    """Where a cursor lies in the order of its list, be its company still there or not."""
    answer = min(max(cursor.answer, -1), Answer.YES + 1)
    group = (Answer.YES - answer) * 2 + (cursor.key is None)
    falls, key, opened = asked.descending, 0, cursor.open
    if isinstance(cursor.key, str):
        key = name_mark(snapshot, cursor.key)
    elif cursor.key is not None:
        key = cursor.key
    if falls:
        key = ~key  # So is the zero of those without one.
    return Mark(group, key, opened ^ falls, slug_mark(snapshot, cursor.slug))
