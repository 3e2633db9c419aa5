"""Ranked: each measure's companies by their figures, so that a place among a million is found by
looking into a few blocks.

By the lower end stand all that have a finite one, of equal ones the open behind the others, then by
place. Those with more than one number are few, and stand once more with both their ends. Here they
are written, in `rankings` read.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, and_, insert

from ..profiles.measures import Catalogue
from .codes import LOW_ENDLESS, LOW_OPEN
from .columns import Column, columns_in
from .tables import block, ranked, ranking
from .views import LATEST, view_of

SIZE = 1_024
"""Companies in a block."""
OPEN = 2**32
"""What is added to the place of a company whose lower end is open: it stands behind all others."""

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
    finite = np.flatnonzero(~known.has(LOW_ENDLESS))
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
