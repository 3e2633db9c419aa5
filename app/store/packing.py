"""Packing: while companies are written, what is asked of all of them is laid into blocks.

See `columns`, `texts` and `facets` for what they hold; here alone they are made.
"""

from array import array
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt
from sqlalchemy import Table

from ..profiles.company import Head
from ..profiles.facets import FACETS
from ..profiles.figure import State
from ..profiles.search import fold
from . import tables, texts
from .codes import CODES, FIRST_KNOWN, NOTHING, STATE
from .columns import CHUNK, NAME, REPORTED, Numbers
from .facets import SOURCE
from .laying import decode_to_pack
from .postings import Postings
from .rows import Row
from .told import NOTHING_TOLD, Packed, Told, views_in
from .views import LATEST

ROOM = 12_000_000
"""Bytes of memory for the names, and for the search terms."""
FILLED = 65_536
"""Places in a block of terms at which it is full."""


Put: TypeAlias = Callable[[str, Sequence[Row]], None]
"""Writes rows into a table of a name."""
Resting: TypeAlias = dict[str, tuple[int, int]]
"""How many figures rest on each source, and of how many companies."""


class Layout(msgspec.Struct, array_like=True):
    """What a data set is packed by: the keys of its measures, those that are listed, and the
    currencies that it offers.
    """

    keys: list[str]
    listed: list[str]
    offered: list[str]

    @classmethod
    def of(cls, head: Head) -> "Layout":
        """That of a data set."""
        listed = [measure.key for measure in head.catalogue.listed]
        return cls(list(head.catalogue.keys), listed, list(head.rates.offered))


class Packer:
    """Packs the companies of a generation, which come in the order of their places."""

    def __init__(self, layout: Layout, folder: Path | None, put: Put) -> None:
        self._to = _Target(put)
        self._places = 0
        self._slugs: list[str] = []
        self._chunk = _Chunk(self._to, layout)
        self._names, self._terms = Postings(folder, ROOM), Postings(folder, ROOM)
        self._filed = {key: _Filed() for key in (*(facet.key for facet in FACETS), SOURCE)}
        self._resting: dict[str, int] = {}

    def __enter__(self) -> "Packer":
        return self

    def __exit__(self, *_: object) -> None:
        self._names.close()
        self._terms.close()

    def add(self, to_pack: bytes) -> None:
        """Take the company of the next place, as ToPack in its bytes."""
        one = decode_to_pack(to_pack)
        place = self._places
        self._places += 1
        self._slugs.append(one.slug)
        self._names.add_all((one.name_key,), place)
        self._terms.add_all(one.terms, place)
        for facet, value in one.filed:
            self._filed[facet].add(value, place)
        for source, figures in one.rests_on.items():
            self._filed[SOURCE].add(source, place)
            self._resting[source] = self._resting.get(source, 0) + figures
        self._chunk.add(one.told)
        if len(self._slugs) == texts.SIZES[texts.SLUG]:
            self._write_slugs()
        if not self._places % CHUNK:
            self._chunk.write()

    def finish(self) -> Resting:
        """Write all that is not written yet. Returns what rests on each source, if anything."""
        if self._slugs:
            self._write_slugs()
        if self._places % CHUNK:
            self._chunk.write()
        self._write_names()
        self._write_terms()
        for facet, filed in self._filed.items():
            filed.write(self._to, facet, self._places)
        companies = self._filed[SOURCE].counts()
        return {source: (self._resting[source], companies[source]) for source in companies}

    def _write_slugs(self) -> None:
        start = self._places - len(self._slugs)
        chunk = start // texts.SIZES[texts.SLUG]
        self._to.put_texts(texts.SLUG, chunk, start, self._slugs)
        self._slugs = []

    def _write_names(self) -> None:
        ranks = np.zeros(self._places, np.int64)
        size, rank, part = texts.SIZES[texts.NAME], 0, list[str]()
        for name, places in self._names:
            ranks[_numbers(places)] = rank
            rank += 1
            part.append(name)
            if len(part) == size:
                self._to.put_texts(texts.NAME, (rank - 1) // size, rank - size, part)
                part = []
        if part:
            self._to.put_texts(texts.NAME, (rank - 1) // size, rank - len(part), part)
        for start in range(0, self._places, CHUNK):
            of_it = ranks[start : start + CHUNK]
            stated = np.full(len(of_it), CODES[State.STATED.value], np.uint8)
            self._to.put_column(LATEST, NAME, start, (stated, of_it * 2, of_it * 2))

    def _write_terms(self) -> None:
        chunk, terms, found = 0, list[str](), list["array[int]"]()
        held = 0
        for term, places in self._terms:
            terms.append(term)
            found.append(places)
            held += len(places)
            if len(terms) == texts.SIZES[texts.TERM] or held >= FILLED:
                self._to.put_texts(texts.TERM, chunk, 0, terms, found)
                chunk, terms, found, held = chunk + 1, [], [], 0
        if terms:
            self._to.put_texts(texts.TERM, chunk, 0, terms, found)


class _Target:
    """Where blocks are written."""

    def __init__(self, put: Put) -> None:
        self._put = put

    def put(self, table: Table, *made: Row) -> None:
        """Write rows."""
        self._put(str(table.name), made)

    def put_texts(
        self,
        kind: str,
        chunk: int,
        start: int,
        held: Sequence[str],
        places: "Sequence[array[int]]" = (),
    ) -> None:
        """Write texts in their order, with the places of those that have each, where wanted."""
        row = {
            "kind": kind,
            "chunk": chunk,
            "first": held[0],
            "last": held[-1],
            "start": start,
            "counts": np.array([len(one) for one in places], np.uint32).tobytes(),
            "places": b"".join(one.tobytes() for one in places),
            "texts": "\n".join(held),
        }
        self.put(tables.text_block, row)

    def put_column(self, view: str, key: str, start: int, packed: Packed) -> None:
        """Write a measure of the companies of a chunk."""
        states, lows, highs = packed
        known = bool(np.any((states & STATE) >= FIRST_KNOWN))
        wide = np.nonzero(lows != highs)[0]
        row = {
            "view": view,
            "measure": key,
            "chunk": start // CHUNK,
            "companies": len(states),
            "told": int(np.count_nonzero(states & STATE)),
            "states": b"" if np.all(states == NOTHING) else states.tobytes(),
            "lows": _narrowed(lows).tobytes() if known and np.any(lows) else b"",
            "wide": wide.astype(np.uint16).tobytes() if known else b"",
            "highs": highs[wide].tobytes() if known else b"",
        }
        self.put(tables.block, row)


class _Chunk:
    """The views of the companies of one chunk after another.

    A view that is first met in a later chunk is written of the earlier ones then: blank.
    """

    def __init__(self, to: _Target, layout: Layout) -> None:
        self._to, self._offered = to, layout.offered
        numbered, listed = list(enumerate(layout.keys)), layout.listed
        self._listed = [(number, key) for number, key in numbered if key in listed]
        self._others = [(number, key) for number, key in numbered if key not in listed]
        self._start = 0
        self._met = {LATEST}
        self._of_each: list[bytes] = []

    def add(self, told: bytes) -> None:
        """Take what the next company tells."""
        self._of_each.append(told)

    def write(self) -> None:
        """Write the chunk, and begin the next."""
        views, companies = dict(views_in(self._of_each, self._offered)), len(self._of_each)
        for view in sorted(views.keys() - self._met):
            for start in range(0, self._start, CHUNK):
                self._write(view, start, CHUNK, NOTHING_TOLD)
            self._met.add(view)
        for view in sorted(self._met):
            self._write(view, self._start, companies, views.get(view, NOTHING_TOLD))
        self._start += companies
        self._of_each = []

    def _write(self, view: str, start: int, companies: int, told: Told) -> None:
        states = np.zeros(companies, np.uint8)
        states[told.places] = CODES[State.STATED.value]
        nothing = np.zeros(companies, np.int64)
        self._to.put_column(view, REPORTED, start, (states, nothing, nothing))
        for number, key in self._listed:
            self._to.put_column(view, key, start, told.column(number, companies))
        for number, key in self._others if view == LATEST else ():
            self._to.put_column(view, key, start, told.numbers(number, companies))


class _Filed:
    """Which companies have which value of a facet."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._filed, self._places = array("I"), array("I")

    def add(self, value: str, place: int) -> None:
        """The company at a place has a value; places come in rising order."""
        self._filed.append(self._codes.setdefault(value, len(self._codes)))
        self._places.append(place)

    def counts(self) -> dict[str, int]:
        """How many companies have each value."""
        return dict(zip(self._codes, np.bincount(_numbers(self._filed)).tolist(), strict=True))

    def write(self, to: _Target, facet: str, companies: int) -> None:
        """Write the values by name, and who has which."""
        if not self._codes:
            return
        counts = self.counts()
        names = sorted(counts, key=lambda one: (fold(one), one))
        values = (
            {"facet": facet, "code": code, "value": name, "companies": counts[name]}
            for code, name in enumerate(names)
        )
        to.put(tables.facet_value, *values)
        renumbered = np.zeros(len(names), np.uint32)
        renumbered[[self._codes[name] for name in names]] = np.arange(len(names))
        codes, places = renumbered[_numbers(self._filed)], _numbers(self._places)
        order = np.lexsort((codes, places))
        codes, places = codes[order], places[order]
        starts = np.arange(0, companies + CHUNK, CHUNK)
        ends = np.searchsorted(places, starts)
        for chunk in range(len(starts) - 1):
            part = slice(int(ends[chunk]), int(ends[chunk + 1]))
            row = {"places": places[part].tobytes(), "codes": codes[part].tobytes()}
            to.put(tables.facet_block, {"facet": facet, "chunk": chunk} | row)


def _numbers(numbers: "array[int]") -> npt.NDArray[np.uint32]:
    return np.frombuffer(numbers, np.uint32)


def _narrowed(bounds: Numbers) -> npt.NDArray[np.signedinteger]:
    """The same numbers in as few bytes each as hold them all: what is read often is short."""
    ends = np.array([bounds.min(initial=0), bounds.max(initial=0)])
    widths = (np.int16, np.int32)
    fitting = (one for one in widths if (ends.astype(one) == ends).all())
    return bounds.astype(next(fitting, np.int64), copy=False)
