"""Packing: once a generation's rows are written, its columns are laid into blocks.

See `blocks` for what they hold; here alone they are made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Select, insert, select

from app.profiles.figure import State
from app.profiles.measures import Catalogue
from app.profiles.search import fold
from app.store import blocks, tables
from app.store.rows import LATEST, listed_column

BATCH = 10_000
"""Rows of the roster written at a time."""
TERMS = 4_096
"""Search terms in a block."""
PARTS = ("state", "low", "high", "low_open", "high_open", "lacking")
_CODES = {name: code for code, name in enumerate(blocks.STATES)}

_Column: TypeAlias = tuple[blocks.Codes, blocks.Numbers | None, blocks.Numbers | None]
"""The bytes of the states of some companies, and their bounds if they have any."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Where blocks are written."""

    connection: Connection
    generation: int
    view: str


def pack(connection: Connection, generation: int, catalogue: Catalogue) -> None:
    """Lay everything that is asked of all companies into blocks."""
    places = _write_roster(connection, generation)
    _pack_listing(connection, generation, catalogue, places)
    _pack_unlisted(connection, generation, catalogue, places)
    _pack_facets(connection, generation, places)
    _pack_terms(connection, generation, places)


def _stream(connection: Connection, query: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """Rows one after another, never all of them at once."""
    found = connection.execute(query, execution_options={"yield_per": BATCH})
    for part in found.partitions(BATCH):
        yield from map(tuple, part)


def _write_roster(connection: Connection, generation: int) -> Mapping[str, int]:
    """Number the companies; returns the places of slugs."""
    listing, roster = tables.listing, tables.roster
    latest = (listing.c.generation == generation, listing.c.view == LATEST)
    query = select(listing.c.slug, listing.c.name_key).where(*latest).order_by(listing.c.slug)
    slugs, names = [], []
    for slug, name in _stream(connection, query):
        slugs.append(slug)
        names.append(name)
    ranks = np.zeros(len(names), np.int64)
    ordered = sorted(range(len(names)), key=names.__getitem__)
    rank = -1
    for _, equal in groupby(ordered, key=names.__getitem__):
        rank += 1
        ranks[list(equal)] = rank
    for start in range(0, len(slugs), BATCH):
        connection.execute(
            insert(roster),
            [
                {
                    "generation": generation,
                    "place": place,
                    "slug": slugs[place],
                    "name_key": names[place],
                    "name_rank": int(ranks[place]),
                }
                for place in range(start, min(start + BATCH, len(slugs)))
            ],
        )
    to = _Target(connection, generation, LATEST)
    stated = np.full(len(slugs), _CODES[State.STATED.value], np.uint8)
    for start in range(0, len(slugs), blocks.CHUNK):
        part = slice(start, start + blocks.CHUNK)
        _put(to, blocks.NAME, start, (stated[part], ranks[part] * 2, None))
    return {slug: place for place, slug in enumerate(slugs)}


def _pack_listing(
    connection: Connection, generation: int, catalogue: Catalogue, places: Mapping[str, int]
) -> None:
    """Every view of the listing, in the order in which it lies."""
    listing = tables.listing
    keys = [measure.key for measure in catalogue.listed]
    columns = [listed_column(catalogue, key, part) for key in keys for part in PARTS]
    views = select(listing.c.view).where(listing.c.generation == generation).distinct()
    for view in connection.scalars(views.order_by(listing.c.view)).all():
        of_view = (listing.c.generation == generation, listing.c.view == view)
        query = select(listing.c.slug, listing.c.reported, *columns).where(*of_view)
        lines = _stream(connection, query.order_by(listing.c.slug))
        for start, rows in _chunks(lines, places):
            _pack_lines(_Target(connection, generation, view), start, rows, keys)


def _chunks(
    lines: Iterator[tuple[Any, ...]], places: Mapping[str, int]
) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    for chunk, rows in groupby(lines, key=lambda line: places[line[0]] // blocks.CHUNK):
        yield chunk * blocks.CHUNK, list(rows)


def _pack_lines(
    to: _Target, start: int, rows: Sequence[tuple[Any, ...]], keys: Sequence[str]
) -> None:
    transposed = list(zip(*rows, strict=True))
    reported = np.array(transposed[1], np.uint8) * _CODES[State.STATED.value]
    _put(to, blocks.REPORTED, start, (reported, None, None))
    for place, key in enumerate(keys):
        first = 2 + place * len(PARTS)
        parts = transposed[first : first + len(PARTS)]
        _put(to, key, start, _measured(parts))


def _measured(parts: Sequence[Sequence[Any]]) -> _Column:
    """The bytes of the states, and both bounds, zero where there is none."""
    state, low, high, low_open, high_open, lacking = parts
    codes = np.fromiter((_CODES[one or State.UNKNOWN.value] for one in state), np.uint8, len(state))
    known = codes >= blocks.FIRST_KNOWN
    bits = (
        (blocks.LOW_OPEN, [bool(one) for one in low_open]),
        (blocks.HIGH_OPEN, [bool(one) for one in high_open]),
        (blocks.LACKING, [one is None or bool(one) for one in lacking]),
        (blocks.LOW_ENDLESS, known & np.array([one is None for one in low])),
        (blocks.HIGH_ENDLESS, known & np.array([one is None for one in high])),
    )
    for bit, those in bits:
        codes |= np.array(those, bool).astype(np.uint8) * np.uint8(bit)
    lows, highs = (
        np.fromiter((one or 0 for one in end), np.int64, len(end)) for end in (low, high)
    )
    return codes, lows, highs


def _put(to: _Target, key: str, start: int, column: _Column) -> None:
    states, lows, highs = column
    known = int(np.count_nonzero((states & blocks.STATE) >= blocks.FIRST_KNOWN))
    wide = np.nonzero(lows != highs)[0] if lows is not None and highs is not None else np.array([])
    row = {
        "generation": to.generation,
        "view": to.view,
        "measure": key,
        "chunk": start // blocks.CHUNK,
        "companies": len(states),
        "told": int(np.count_nonzero(states & blocks.STATE)),
        "states": states.tobytes(),
        "lows": _narrowed(lows).tobytes() if lows is not None and known else b"",
        "wide": wide.astype(np.uint16).tobytes() if known else b"",
        "highs": highs[wide].tobytes() if highs is not None and known else b"",
    }
    to.connection.execute(insert(tables.block), row)


def _narrowed(bounds: blocks.Numbers) -> npt.NDArray[np.signedinteger]:
    """The same numbers in as few bytes each as hold them all: what is read often is short."""
    ends = np.array([bounds.min(initial=0), bounds.max(initial=0)])
    widths = (np.int16, np.int32)
    fitting = (one for one in widths if (ends.astype(one) == ends).all())
    return bounds.astype(next(fitting, np.int64), copy=False)


def _pack_unlisted(
    connection: Connection, generation: int, catalogue: Catalogue, places: Mapping[str, int]
) -> None:
    """Of measures that the listing does not hold: who has any number of them."""
    figure = tables.figure
    for measure in catalogue:
        if measure.listed:
            continue
        to = _Target(connection, generation, LATEST)
        states = np.full(len(places), blocks.LACKING, np.uint8)
        number = figure.c.state.in_([State.STATED, State.DERIVED])
        of_measure = (figure.c.generation == generation, figure.c.measure == measure.key, number)
        for (slug,) in _stream(connection, select(figure.c.slug).where(*of_measure)):
            states[places[slug]] = 0
        for start in range(0, len(states), blocks.CHUNK):
            part = states[start : start + blocks.CHUNK]
            _put(to, measure.key, start, (part, None, None))


def _pack_facets(connection: Connection, generation: int, places: Mapping[str, int]) -> None:
    """Each facet's values by name, and which company has which."""
    held = tables.company_facet
    mine = held.c.generation == generation
    facets = select(held.c.facet).where(mine).distinct().order_by(held.c.facet)
    for facet in connection.scalars(facets).all():
        of_facet = select(held.c.slug, held.c.value).where(mine, held.c.facet == facet)
        found = [(places[slug], value) for slug, value in _stream(connection, of_facet)]
        names = sorted({value for _, value in found}, key=lambda one: (fold(one), one))
        code_of = {name: code for code, name in enumerate(names)}
        filed = np.array([(place, code_of[value]) for place, value in found], np.int64)
        filed = filed[np.lexsort((filed[:, 1], filed[:, 0]))]
        counts = np.bincount(filed[:, 1], minlength=len(names))
        connection.execute(
            insert(tables.facet_value),
            [
                {
                    "generation": generation,
                    "facet": facet,
                    "code": code,
                    "value": name,
                    "companies": int(counts[code]),
                }
                for code, name in enumerate(names)
            ],
        )
        for start in range(0, len(places), blocks.CHUNK):
            ends = np.searchsorted(filed[:, 0], (start, start + blocks.CHUNK))
            part = filed[ends[0] : ends[1]]
            row = {
                "generation": generation,
                "facet": facet,
                "chunk": start // blocks.CHUNK,
                "places": part[:, 0].astype(np.uint32).tobytes(),
                "codes": part[:, 1].astype(np.uint32).tobytes(),
            }
            connection.execute(insert(tables.facet_block), row)


def _pack_terms(connection: Connection, generation: int, places: Mapping[str, int]) -> None:
    """All search terms in their order, each with the place of its company."""
    held = tables.search_term
    query = select(held.c.term, held.c.slug).where(held.c.generation == generation)
    ordered = _stream(connection, query.order_by(held.c.term, held.c.slug))
    for chunk, rows in groupby(enumerate(ordered), key=lambda pair: pair[0] // TERMS):
        found = [row for _, row in rows]
        terms = [term for term, _ in found]
        row = {
            "generation": generation,
            "chunk": chunk,
            "first": terms[0],
            "last": terms[-1],
            "places": np.array([places[slug] for _, slug in found], np.uint32).tobytes(),
            "terms": "\n".join(terms),
        }
        connection.execute(insert(tables.term_block), row)
