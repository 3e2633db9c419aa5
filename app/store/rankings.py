"""Rankings as they are read (see `ranked`): an outline that is kept, and the few blocks in which a
question is answered.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from sqlalchemy import RowMapping, bindparam, select

from . import ranked, tables
from .codes import HIGH_ENDLESS, LOW_ENDLESS
from .columns import Numbers
from .ranked import OPEN
from .snapshot import Snapshot
from .views import LATEST, view_of

BEFORE_ALL, BEHIND_ALL = -1, 2 * OPEN
"""Places that no company has."""

_Places: TypeAlias = npt.NDArray[np.int64]
_SIDES: tuple[Literal["left"], Literal["right"]] = ("left", "right")
Ranked: TypeAlias = tuple[int, int]
"""A lower end, and the place of the company that has it."""

_whole, _blocks = tables.ranking.c, tables.ranked.c
_WHOLE = select(tables.ranking).where(
    _whole.generation == bindparam("generation"), _whole.view == bindparam("view")
)
_ENDS = (
    select(_blocks.last, _blocks.last_place)
    .where(
        _blocks.generation == bindparam("generation"),
        _blocks.view == bindparam("view"),
        _blocks.measure == bindparam("measure"),
    )
    .order_by(_blocks.chunk)
)
_PARTS = select(_blocks.chunk, _blocks.lows, _blocks.places).where(
    _blocks.generation == bindparam("generation"),
    _blocks.view == bindparam("view"),
    _blocks.measure == bindparam("measure"),
    _blocks.chunk.in_(bindparam("chunks", expanding=True)),
)
"""Every profile asks these, so that they are written once."""


class Outline(Struct, frozen=True):
    """What one measure's ranking is as a whole.

    `stating` have a figure, `ranked` of them a finite lower end. `least` is the lowest lower end
    above zero, None where there is none, `greatest` the highest finite bound or zero. `lows` and
    `highs` are the finite ends of those with more than one number, in rising order. `ends` are the
    last companies of the blocks.
    """

    stating: int
    ranked: int
    least: int | None
    greatest: int
    lows: Numbers
    highs: Numbers
    ends: tuple[Ranked, ...]

    def chunk(self, low: int, place: int) -> int:
        """The first block that ends at or behind a number and place; behind all there is none."""
        return bisect_left(self.ends, (low, place))

    def reaching(self, number: int) -> int:
        """How many of those with more than one number begin at or below it and go beyond it."""
        begun, ended = (one.searchsorted(number, "right") for one in (self.lows, self.highs))
        endless = self.stating - self.ranked
        return endless + int(begun) - int(ended)

    def many_at(self, low: int) -> int:
        """How many of those with more than one number have just this lower end."""
        first, last = (int(self.lows.searchsorted(low, side)) for side in _SIDES)
        return last - first


class _Part(Struct, frozen=True):
    """Some companies of a ranking: lower ends, and places as ordered."""

    lows: Numbers
    places: _Places


class Ranking:
    """One measure's companies in order, counted from 0; the blocks looked into are kept."""

    def __init__(self, snapshot: Snapshot, key: str, outline: Outline) -> None:
        self.snapshot, self.key, self.outline = snapshot, key, outline
        self._parts: dict[int, _Part] = {}

    def below(self, low: int) -> int:
        """How many have their lower end below a number: the first rank that it can have."""
        return self.rank(low, BEFORE_ALL)

    def closed(self, low: int) -> int:
        """How many have their lower end below a number, or at it and not open."""
        return self.rank(low, OPEN)

    def through(self, low: int) -> int:
        """How many have their lower end at or below a number."""
        return self.rank(low, BEHIND_ALL)

    def look_around(self, lows: Iterable[int]) -> None:
        """Read at once what tells all ranks that some lower ends can have."""
        places, chunk = (BEFORE_ALL, OPEN, BEHIND_ALL), self.outline.chunk
        self._bring({chunk(low, place) for low in lows for place in places})

    def rank(self, low: int, place: int) -> int:
        """How many have a lesser lower end, or just this one and a place before this, to which OPEN
        is added where the end is open.
        """
        chunk = self.outline.chunk(low, place)
        if chunk == len(self.outline.ends):
            return self.outline.ranked
        part = self._part(chunk)
        first, last = (int(part.lows.searchsorted(low, side)) for side in _SIDES)
        before = int(part.places[first:last].searchsorted(place))
        return chunk * ranked.SIZE + first + before

    def at(self, rank: int) -> Ranked | None:
        """Who stands at a rank; None where there is no such rank."""
        return next(iter(self.between(rank, rank + 1)), None) if rank >= 0 else None

    def between(self, start: int, stop: int) -> list[Ranked]:
        """Who stands from one rank to before another, as far as there are such ranks."""
        start, stop, size = max(start, 0), min(stop, self.outline.ranked), ranked.SIZE
        chunks = range(start // size, -(-stop // size))
        self._bring(set(chunks))
        found: list[Ranked] = []
        for chunk in chunks:
            part, first = self._parts[chunk], chunk * size
            inside = slice(max(start - first, 0), stop - first)
            places = part.places[inside] % OPEN
            found += zip(part.lows[inside].tolist(), places.tolist(), strict=True)
        return found

    def _part(self, chunk: int) -> _Part:
        self._bring({chunk})
        return self._parts[chunk]

    def _bring(self, chunks: set[int]) -> None:
        """Read some blocks, all that are missing at once; one behind the last is none."""
        missing = chunks - self._parts.keys() - {len(self.outline.ends)}
        if not missing:
            return
        asked = _asked(self.snapshot) | {"measure": self.key, "chunks": sorted(missing)}
        for chunk, lows, places in self.snapshot.connection.execute(_PARTS, asked):
            self._parts[chunk] = _Part(_numbers(lows), _numbers(places))


class Rankings:
    """The rankings of a snapshot, of which every question about it looks into the same blocks."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._found: dict[str, Ranking] = {}

    def get(self, key: str) -> Ranking | None:
        """The ranking of a measure; None where nobody states it."""
        if key not in self._found:
            outlines = self.snapshot.memory.get("rankings", lambda: _outlines(self.snapshot))
            if key not in outlines:
                return None
            self._found[key] = Ranking(self.snapshot, key, outlines[key])
        return self._found[key]

    def __getitem__(self, key: str) -> Ranking:
        """The same of a measure that somebody states."""
        found = self.get(key)
        assert found is not None
        return found


def _outlines(snapshot: Snapshot) -> Mapping[str, Outline]:
    rows = snapshot.connection.execute(_WHOLE, _asked(snapshot)).mappings().all()
    return {row["measure"]: _outline(snapshot, row) for row in rows}


def _outline(snapshot: Snapshot, row: RowMapping) -> Outline:
    states = np.frombuffer(row["states"], np.uint8)
    low_endless, high_endless = ((states & bit) != 0 for bit in (LOW_ENDLESS, HIGH_ENDLESS))
    asked = _asked(snapshot) | {"measure": row["measure"]}
    ends = snapshot.connection.execute(_ENDS, asked)
    return Outline(
        row["stating"],
        row["stating"] - int(np.count_nonzero(low_endless)),
        row["least"],
        row["greatest"],
        np.sort(_numbers(row["lows"])[~low_endless]),
        np.sort(_numbers(row["highs"])[~high_endless]),
        tuple((last, place) for last, place in ends),
    )


def _numbers(packed: bytes) -> Numbers:
    return np.frombuffer(packed, np.int64)


def _asked(snapshot: Snapshot) -> dict[str, object]:
    """Which rankings: the latest figures of the edition, in its currency."""
    edition = snapshot.edition
    return {"generation": edition.generation, "view": view_of(LATEST, edition.chosen)}
