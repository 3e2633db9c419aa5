"""How the companies found spread over a measure, or over two: what the charts draw.

A class or cell counts by the same three-valued logic as the list: what lies in it wholly is sure,
what reaches into it and beyond is maybe.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from sqlalchemy import select

from ..profiles.answer import Answer, Range
from ..profiles.figure import State
from ..profiles.filter import CompanyFilter
from ..profiles.interval import Interval
from .answers import by_chunk, places_of, places_shown, states_at
from .blocks import read_chunks
from .classes import APART, LACKS, Count, Spans, classed
from .codes import CODES, FIRST_KNOWN, FOREIGN, STATE, STATES
from .columns import Codes, Column, Places
from .order import by_figure
from .remembered import remembered
from .snapshot import Snapshot
from .tables import company
from .texts import slugs_at


class Class(Struct, frozen=True):
    """One class of a measure: the range it holds, and how many lie in it surely or maybe."""

    range: Range
    sure: int
    maybe: int


class Spread(Struct, frozen=True):
    """The classes of a measure, and how many companies have no figure of it at all.

    `apart` are those in no class that do not lack it: an amount in another currency, say.
    """

    classes: tuple[Class, ...]
    lacking: int
    apart: int


def ranges_of(edges: Sequence[int]) -> tuple[Range, ...]:
    """The classes between some edges. The first has no lower end and the last no upper one, so
    that nothing lies outside; each ends one storage unit below the next.
    """
    lows: list[int | None] = [None, *edges[1:-1]]
    highs: list[int | None] = [*(edge - 1 for edge in edges[1:-1]), None]
    return tuple(Range(low, high) for low, high in zip(lows, highs, strict=True))


@remembered
def spread_over(
    snapshot: Snapshot, asked: CompanyFilter, key: str, edges: tuple[int, ...]
) -> Spread:
    """How the companies that `asked` admits spread over the classes between the edges.

    `asked` must not filter on the measure itself. A class counts as the list would with its range
    added: sure are those that answer yes to everything, maybe the others that do not answer no,
    unless `asked` leaves maybes out.
    """
    codes, classes = classed(snapshot, asked.view, key, edges), len(edges) - 1
    sure = _bytes(codes, places_of(snapshot, asked, Answer.YES))
    either = sure.copy()
    if asked.maybe:
        either += _bytes(codes, places_of(snapshot, asked, Answer.MAYBE))
    # Who only may be found may be in a class that is sure.
    maybe = (either - sure)[:classes] + Spans(classes).maybe(either)
    return Spread(
        tuple(
            Class(wanted, int(sure[place]), int(maybe[place]) if asked.maybe else 0)
            for place, wanted in enumerate(ranges_of(edges))
        ),
        int(either[LACKS]),
        int(either[APART]),
    )


def _bytes(codes: Codes, places: Places) -> Count:
    return np.bincount(_taken(codes, places), minlength=256)


def _taken(codes: Codes, places: Places) -> Codes:
    return codes if len(places) == len(codes) else codes[places.astype(np.intp)]


@remembered
def count_cells(
    snapshot: Snapshot,
    asked: CompanyFilter,
    across: tuple[str, tuple[int, ...]],
    up: tuple[str, tuple[int, ...]] | None,
) -> Mapping[tuple[int, int], int]:
    """How many companies lie wholly in each cell of a grid, by its column and its row.

    Counted are those that answer yes to `asked`. Without `up` the grid has one row, 0.
    """
    places = places_of(snapshot, asked, Answer.YES)
    rows = len(up[1]) - 1 if up else 1
    cells, inside = np.zeros(len(places), np.intp), np.ones(len(places), bool)
    for key, edges in (axis for axis in (across, up) if axis):
        found = _taken(classed(snapshot, asked.view, key, edges), places)
        cells = cells * (len(edges) - 1) + found
        inside &= found < len(edges) - 1  # All others lie in several classes, or in none.
    counts = np.bincount(cells[np.flatnonzero(inside)])
    return {
        (int(cell) // rows, int(cell) % rows): int(counts[cell]) for cell in np.nonzero(counts)[0]
    }


@remembered
def count_states(snapshot: Snapshot, asked: CompanyFilter, key: str) -> Mapping[str, int]:
    """How many companies of the list have a figure of a measure in which state."""
    states = states_at(snapshot, asked.view, key, places_shown(snapshot, asked))
    counted = np.bincount(states, minlength=len(STATES))
    return {name: int(count) for name, count in zip(STATES, counted, strict=True) if count}


class Known(Struct, frozen=True):
    """What a company says of one measure: an interval, or why there is none to compare."""

    interval: Interval | None
    none_yet: bool = False
    foreign: bool = False
    derived: bool = False


class Spot(Struct, frozen=True):
    """One company found, with what it says of the measures that a chart draws."""

    slug: str
    name: str
    known: Mapping[str, Known]


@remembered
def spots(
    snapshot: Snapshot,
    asked: CompanyFilter,
    keys: tuple[str, ...],
    *,
    limit: int,
    by: str | None = None,
) -> tuple[Spot, ...]:
    """Up to `limit` companies of the list: in the order of slugs, or the highest of `by` first.

    With `by` those without a figure of it are left out.
    """
    places = places_shown(snapshot, asked)
    places = by_figure(snapshot, asked.view, by, places, limit) if by else places[:limit]
    slugs = slugs_at(snapshot, places)
    named = select(company.c.slug, company.c.name).where(
        snapshot.of(company), company.c.slug.in_(list(slugs.values()))
    )
    names = {row.slug: row.name for row in snapshot.connection.execute(named)}
    known = {key: _known_at(snapshot, asked.view, key, places) for key in keys}
    return tuple(
        Spot(slugs[place], names[slugs[place]], {key: known[key][place] for key in keys})
        for place in map(int, places)
    )


def _known_at(snapshot: Snapshot, view: str, key: str, places: Places) -> Mapping[int, Known]:
    """What the companies at some places say of a measure."""
    found: dict[int, Known] = {}
    for chunk, those in by_chunk(np.sort(places), read_chunks(snapshot, view, key)):
        if len(those):
            column = chunk.at(those)
            told = enumerate((those + chunk.start).tolist())
            found |= {place: _known(column, at) for at, place in told}
    return found


def _known(column: Column, at: int) -> Known:
    state = int(column.states[at]) & STATE
    told = (state == CODES[word] for word in (State.NONE.value, FOREIGN, State.DERIVED.value))
    return Known(column.interval(at) if state >= FIRST_KNOWN else None, *told)
