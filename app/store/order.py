"""The order of a list: answer, sort key with no figure last in both directions, then slug.

Everything is turned so that less comes first: a company's group (its answer, then whether it has a
figure), the key, whether the key is an open bound, and the place in the order of slugs.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from app.profiles.answer import Answer
from app.profiles.filter import CompanyFilter
from app.store.answers import answers_to, shown
from app.store.blocks import read_column
from app.store.codes import LOW_ENDLESS, LOW_OPEN
from app.store.columns import CHUNK, NAME, Flags, Numbers
from app.store.cursor import Cursor
from app.store.snapshot import Snapshot
from app.store.texts import name_mark, slug_mark

Chosen: TypeAlias = npt.NDArray[np.intp]
"""Places of companies."""
NEVER = 255
"""The group of those that the list does not show."""
GROUPS = 6
"""The other groups: three answers, each with a key and without."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """All companies of a view as a list orders them; `backward` turns the whole order round."""

    group: npt.NDArray[np.uint8]
    key: Numbers
    opened: Flags
    backward: bool = False

    def first(self, most: int, among: Flags | None = None) -> Chosen:
        """The first `most` companies, in order."""
        groups = range(GROUPS)
        found = np.zeros(0, np.intp)
        for one in reversed(groups) if self.backward else groups:
            those: Flags = self.group == one
            if among is not None:
                those &= among
            if missing := most - len(found):
                found = np.concatenate([found, self._first_of(those, missing)])
        return found

    def _first_of(self, those: Flags, most: int) -> Chosen:
        """The first of some companies of one group, looked through a part at a time.

        Once there are enough, of the further parts only what is before the last of them counts.
        """
        best = np.zeros(0, np.intp)
        starts = range(0, len(those), CHUNK)
        for start in reversed(starts) if self.backward else starts:
            part = slice(start, start + CHUNK)
            wanted = those[part]
            if len(best) == most:
                last = self.key[best[-1]]
                part_key = self.key[part]
                wanted = wanted & (part_key >= last if self.backward else part_key <= last)
            if len(places := np.nonzero(wanted)[0]):
                fewer = self._lowest(places + start, most)
                best = self._sorted(np.concatenate([best, fewer]))[:most]
        return best

    def _lowest(self, places: Chosen, most: int) -> Chosen:
        """At least the first `most` of some companies, and few others."""
        if len(places) <= most:
            return places
        key = self._turned(self.key[places])
        last = np.partition(key, most - 1)[most - 1]
        level = places[key == last]
        if self.backward:
            level = level[::-1]
        opened = self.opened[level] ^ self.backward
        return np.concatenate([places[key < last], level[~opened][:most], level[opened][:most]])

    def _sorted(self, places: Chosen) -> Chosen:
        opened, slug = self.opened[places] ^ self.backward, self._turned(places)
        return places[np.lexsort((slug, opened, self._turned(self.key[places])))]

    def _turned(self, numbers: npt.NDArray[np.signedinteger]) -> npt.NDArray[np.signedinteger]:
        return ~numbers if self.backward else numbers

    def all(self) -> Chosen:
        """Everybody that the list shows, in order."""
        places = np.nonzero(self.group != NEVER)[0]
        keys = (places, self.opened[places], self.key[places], self.group[places])
        return places[np.lexsort(keys)]

    def beyond(self, mark: "Mark") -> Flags:
        """Who comes behind a mark; with `backward`, before it."""
        slug = np.zeros(len(self.group), bool)
        if self.backward:
            slug[: (mark.slug + 1) // 2] = True
            opened = self.opened < mark.opened
            key, group = self.key < mark.key, self.group < mark.group
        else:
            slug[mark.slug // 2 + 1 :] = True
            opened = self.opened > mark.opened
            key, group = self.key > mark.key, self.group > mark.group
        further = opened | ((self.opened == mark.opened) & slug)
        further = key | ((self.key == mark.key) & further)
        those: Flags = group | ((self.group == mark.group) & further)
        return those

    def mark(self, place: int) -> "Mark":
        """The mark at a company."""
        group, key = int(self.group[place]), int(self.key[place])
        return Mark(group, key, bool(self.opened[place]), place * 2)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in an order. `slug` is twice the place of a company, or odd between two."""

    group: int
    key: int
    opened: bool
    slug: int


def order_of(snapshot: Snapshot, asked: CompanyFilter, *, backward: bool = False) -> Ordered:
    """The companies of a filter's view in its order."""
    listed, answers = shown(snapshot, asked), answers_to(snapshot, asked)
    of_name = asked.sort_key == "name"
    view, by = ("", NAME) if of_name else (asked.view, asked.sort_key)
    key, opened, without, _ = _keys(snapshot, view, by, len(answers))
    if asked.descending:
        np.invert(key, out=key)
        np.logical_not(opened, out=opened)
    group = (Answer.YES - answers) * np.uint8(2) + without
    return Ordered(np.where(listed, group, np.uint8(NEVER)), key, opened, backward)


def by_figure(snapshot: Snapshot, view: str, by: str, listed: Flags) -> Ordered:
    """Some companies that have a figure of a measure, the highest first, whatever they answer."""
    key, opened, without, known = _keys(snapshot, view, by, len(listed))
    group = np.where(listed & known, without.astype(np.uint8), np.uint8(NEVER))
    return Ordered(group, np.invert(key, out=key), ~opened)


def _keys(snapshot: Snapshot, view: str, by: str, size: int) -> tuple[Numbers, Flags, Flags, Flags]:
    """Each company's lower end, whether it is open, missing, and whether the figure is known."""
    key, (opened, without, known) = np.zeros(size, np.int64), np.zeros((3, size), bool)
    for column in read_column(snapshot, view, by) if size else ():
        part = slice(column.start, column.stop)
        known[part] = column.known
        without[part] = ~column.known | column.has(LOW_ENDLESS)
        key[part] = column.low
        opened[part] = column.has(LOW_OPEN)
    return key, opened, without, known


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
