"""What columns say of few companies, or of where a figure is missing: looked up, not counted."""

from collections.abc import Sequence

import numpy as np

from app.store.blocks import read_chunks, read_states
from app.store.codes import FIRST_KNOWN, STATE
from app.store.columns import Flags
from app.store.snapshot import Snapshot
from app.store.views import LATEST


def lows_at(snapshot: Snapshot, key: str, places: Sequence[int]) -> list[int]:
    """The lower ends of the companies at some places, which are in rising order, in a listed
    measure; zero where there is none.
    """
    wanted, found = np.array(places, np.intp), np.zeros(len(places), np.int64)
    for chunk in read_chunks(snapshot, LATEST, key):
        inside = slice(*wanted.searchsorted((chunk.start, chunk.stop)))
        found[inside] = chunk.lows[wanted[inside] - chunk.start]
    return [int(low) for low in found]


def without_figure(snapshot: Snapshot, key: str) -> Flags:
    """Which companies have no number in a listed measure that could be compared."""

    def find() -> Flags:
        those: Flags = (read_states(snapshot, LATEST, key) & STATE) < FIRST_KNOWN
        return those

    return snapshot.array(("without", key), find)
