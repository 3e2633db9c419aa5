"""Texts, packed: slugs and names in their order, and search terms, each kind a few at a time.

Slugs stand at their companies' places. Names and terms stand once each, with the places of all that
have them; a name's rank is its number among them, counted from 0. Texts are ordered by their bytes,
which Python's order of characters is too.
"""

from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import bindparam, select

from .snapshot import Snapshot
from .tables import text_block

SLUG, NAME, TERM = "slug", "name", "term"
SIZES = {SLUG: 256, NAME: 1_024, TERM: 4_096}
"""Texts in a block of each kind; of names and terms at most as many places as texts are full."""
BEYOND = "\U0010ffff"
"""Sorts after every character that a term can hold."""

_Flags: TypeAlias = npt.NDArray[np.bool_]

_held = text_block.c
_of_generation = _held.generation == bindparam("generation")
_SLUGS = select(_held.chunk, _held.texts).where(
    _of_generation, _held.kind == SLUG, _held.chunk.in_(bindparam("chunks", expanding=True))
)
_BEHIND = (
    select(_held.start, _held.texts)
    .where(_of_generation, _held.kind == bindparam("kind"), _held.last >= bindparam("text"))
    .order_by(_held.last)
    .limit(1)
)
"""Every list and profile asks these, so that they are written once."""


def slugs_at(snapshot: Snapshot, places: Iterable[int]) -> dict[int, str]:
    """The slugs of the companies at some places."""
    wanted, size = [int(place) for place in places], SIZES[SLUG]
    chunks = sorted({place // size for place in wanted})
    asked = {"generation": snapshot.edition.generation, "chunks": chunks}
    found = snapshot.connection.execute(_SLUGS, asked)
    texts = {chunk: texts.split("\n") for chunk, texts in found}
    return {place: texts[place // size][place % size] for place in wanted}


def place_of_slug(snapshot: Snapshot, slug: str) -> int | None:
    """The place of a company, or None where nobody has the slug."""
    found = snapshot.companies.get(("mark", slug), lambda: slug_mark(snapshot, slug))
    return None if found % 2 else found // 2


def slug_mark(snapshot: Snapshot, slug: str) -> int:
    """Twice the place of a slug, or odd between two."""
    return _mark(snapshot, SLUG, slug)


def name_mark(snapshot: Snapshot, name_key: str) -> int:
    """Twice the rank of a folded name, or odd between two."""
    return _mark(snapshot, NAME, name_key)


def _mark(snapshot: Snapshot, kind: str, text: str) -> int:
    asked = {"generation": snapshot.edition.generation, "kind": kind, "text": text}
    row = snapshot.connection.execute(_BEHIND, asked).one_or_none()
    if row is None:
        return snapshot.edition.companies * 2 - 1
    texts = row.texts.split("\n")
    at = bisect_left(texts, text)
    return (int(row.start) + at) * 2 - int(texts[at] != text)


def with_term(snapshot: Snapshot, first: str, beyond: str, size: int) -> _Flags:
    """Which of `size` companies have a term from `first` on and before `beyond`."""
    found, held = np.zeros(size, bool), text_block.c
    touched = select(held.chunk, held.first, held.last, held.places).where(
        snapshot.of(text_block), held.kind == TERM, held.last >= first, held.first < beyond
    )
    for row in snapshot.connection.execute(touched):
        places = np.frombuffer(row.places, np.uint32)
        if row.first < first or row.last >= beyond:
            places = places[_within(snapshot, row.chunk, first, beyond)]
        found[places] = True
    return found


def _within(snapshot: Snapshot, chunk: int, first: str, beyond: str) -> slice:
    """The part of a block's places whose terms lie between the two."""
    held = text_block.c
    of_chunk = select(held.texts, held.counts).where(
        snapshot.of(text_block), held.kind == TERM, held.chunk == chunk
    )
    texts, counts = snapshot.connection.execute(of_chunk).one()
    terms = texts.split("\n")
    ends = np.concatenate([[0], np.cumsum(np.frombuffer(counts, np.uint32))])
    return slice(int(ends[bisect_left(terms, first)]), int(ends[bisect_left(terms, beyond)]))
