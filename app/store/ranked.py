"""Ranked: each measure's companies by their figures, so that a place among a million is found by
looking into a few blocks.

By the lower end stand all that have a finite one, of equal ones the open behind the others, then by
place. Those with more than one number are few, and stand once more with both their ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, RowMapping, Select, and_, insert, select, tuple_

from app.profiles.measures import Catalogue
from app.store.codes import LOW_ENDLESS, LOW_OPEN
from app.store.columns import Codes, Column, Flags, Numbers, columns_in
from app.store.snapshot import Snapshot
from app.store.tables import block, ranked, ranking
from app.store.views import LATEST, view_of

SIZE = 1_024
"""Companies in a block."""
OPEN = 2**32
"""What is added to the place of a company whose lower end is open: it stands behind all others."""
BEFORE_ALL, BEHIND_ALL = -1, 2 * OPEN
"""Places that no company has."""

_Places: TypeAlias = npt.NDArray[np.int64]


def write_rankings(
    connection: Connection, generation: int, catalogue: Catalogue, offered: Sequence[str] = ()
) -> None:
    """Rank what is packed of a generation, the latest of each listed measure, once it is written;
    as stated, and in the currencies `offered`.
    """
    for view in (view_of(LATEST, currency) for currency in ("", *offered)):
        of_view = and_(block.c.generation == generation, block.c.view == view)
        for measure in catalogue.listed:
            known = _known(columns_in(connection, and_(of_view, block.c.measure == measure.key)))
            if not known:
                continue
            key = {"generation": generation, "view": view, "measure": measure.key}
            connection.execute(insert(ranking), key | _summed_up(known[0]))
            if parts := [key | row for row in _in_order(*known)]:
                connection.execute(insert(ranked), parts)


def _known(parts: Iterable[Column]) -> tuple[Column, _Places] | None:
    """All that have a figure as one column, and their places; None where nobody has one."""
    found = [(part.of(part.known), np.nonzero(part.known)[0] + part.start) for part in parts]
    if not any(len(places) for _, places in found):
        return None
    states = np.concatenate([part.states for part, _ in found])
    low = np.concatenate([part.low for part, _ in found])
    high = np.concatenate([part.high for part, _ in found])
    return Column(0, states, low, high), np.concatenate([places for _, places in found])


def _summed_up(known: Column) -> dict[str, Any]:
    """The row of a ranking as a whole."""
    many = known.of(~known.exact)
    above_zero = known.low[known.low > 0]
    return {
        "stating": len(known.states),
        "least": int(above_zero.min()) if len(above_zero) else None,
        "greatest": max(0, int(known.low.max()), int(known.high.max())),
        "states": many.states.tobytes(),
        "lows": many.low.tobytes(),
        "highs": many.high.tobytes(),
    }


def _in_order(known: Column, places: _Places) -> Iterator[dict[str, Any]]:
    """The rows of a ranking's blocks."""
    finite = ~known.has(LOW_ENDLESS)
    low, place = known.low[finite], (places + known.has(LOW_OPEN) * np.int64(OPEN))[finite]
    order = np.lexsort((place, low))
    low, place = low[order], place[order]
    for start in range(0, len(low), SIZE):
        part = slice(start, start + SIZE)
        yield {
            "chunk": start // SIZE,
            "last": int(low[part][-1]),
            "last_place": int(place[part][-1]),
            "lows": low[part].tobytes(),
            "places": place[part].tobytes(),
        }


@dataclass(frozen=True, slots=True)
class Part:
    """Some companies of a ranking, from the rank `start` on: lower ends, and places as ordered."""

    start: int
    lows: Numbers
    places: _Places


@dataclass(frozen=True)
class Ranking:
    """One measure's companies in order.

    `stating` have a figure. `least` is the lowest lower end above zero, None where there is none,
    `greatest` the highest finite bound or zero. Of those with more than one number `low` and `high`
    are the ends, zero where there is none.
    """

    snapshot: Snapshot = field(repr=False)
    key: str
    stating: int
    least: int | None
    greatest: int
    states: Codes
    low: Numbers
    high: Numbers

    @cached_property
    def _read(self) -> dict[int, Part]:
        return {}

    @cached_property
    def ranked(self) -> int:
        """How many have a finite lower end."""
        return self.stating - int(np.count_nonzero(self.has(LOW_ENDLESS)))

    def has(self, bit: int) -> Flags:
        """Which of those with more than one number have a bit of the state's byte."""
        those: Flags = (self.states & bit) != 0
        return those

    def below(self, low: int) -> int:
        """How many have their lower end below a number: the first rank that it can have."""
        return self.rank(low, BEFORE_ALL)

    def closed(self, low: int) -> int:
        """How many have their lower end below a number, or at it and not open."""
        return self.rank(low, OPEN)

    def through(self, low: int) -> int:
        """How many have their lower end at or below a number."""
        return self.rank(low, BEHIND_ALL)

    def rank(self, low: int, place: int) -> int:
        """How many have a lesser lower end, or just this one and a place before this, to which OPEN
        is added where the end is open.
        """
        part = self._around(low, place)
        if part is None:
            return self.ranked
        first, last = (int(np.searchsorted(part.lows, low, side)) for side in ("left", "right"))
        return part.start + first + int(np.searchsorted(part.places[first:last], place))

    def at(self, ranks: Iterable[int]) -> list[tuple[int, int]]:
        """The lower ends and places at some ranks, counted from 0; others are left out."""
        return [self._one(rank) for rank in ranks if 0 <= rank < self.ranked]

    def _one(self, rank: int) -> tuple[int, int]:
        part = self._part(rank // SIZE)
        return int(part.lows[rank - part.start]), int(part.places[rank - part.start]) % OPEN

    def _around(self, low: int, place: int) -> Part | None:
        """The first block that ends at or behind a number and place."""
        for part in self._read.values():
            ends = [(int(part.lows[end]), int(part.places[end])) for end in (0, -1)]
            if ends[0] < (low, place) <= ends[1]:
                return part
        end = tuple_(ranked.c.last, ranked.c.last_place)
        query = self._query().where(end >= tuple_(low, place)).order_by(*end)
        row = self.snapshot.connection.execute(query.limit(1)).mappings().one_or_none()
        return self._kept(row) if row else None

    def _part(self, chunk: int) -> Part:
        if chunk not in self._read:
            query = self._query().where(ranked.c.chunk == chunk)
            self._kept(self.snapshot.connection.execute(query).mappings().one())
        return self._read[chunk]

    def _query(self) -> Select[tuple[int, bytes, bytes]]:
        held = ranked.c
        of_key = and_(self.snapshot.of(ranked), held.measure == self.key)
        return select(held.chunk, held.lows, held.places).where(of_key)

    def _kept(self, row: RowMapping) -> Part:
        lows = np.frombuffer(row["lows"], np.int64)
        places = np.frombuffer(row["places"], np.int64)
        part = self._read[row["chunk"]] = Part(row["chunk"] * SIZE, lows, places)
        return part


def read_rankings(snapshot: Snapshot, keys: Sequence[str]) -> Mapping[str, Ranking]:
    """The rankings of some measures; one that nobody states has none."""
    query = select(ranking).where(snapshot.of(ranking), ranking.c.measure.in_(list(keys)))
    return {
        row["measure"]: Ranking(
            snapshot,
            row["measure"],
            row["stating"],
            row["least"],
            row["greatest"],
            np.frombuffer(row["states"], np.uint8),
            np.frombuffer(row["lows"], np.int64),
            np.frombuffer(row["highs"], np.int64),
        )
        for row in snapshot.connection.execute(query).mappings()
    }
