"""What columns say of some companies, or of where a figure is missing: looked up, not counted."""

import numpy as np

from .answers import by_chunk
from .blocks import read_chunks, read_states
from .columns import Codes, Flags, Numbers, Places, known_in
from .snapshot import Snapshot
from .views import LATEST


def lows_at(snapshot: Snapshot, view: str, key: str, places: Places) -> tuple[Numbers, Codes]:
    """The lower ends of the companies at some places, which are in rising order, zero where there
    is none; and their states' bytes.
    """
    lows, states = np.zeros(len(places), np.int64), np.zeros(len(places), np.uint8)
    done = 0
    for chunk, those in by_chunk(places, read_chunks(snapshot, view, key)):
        part = slice(done, done := done + len(those))
        every = len(those) == len(chunk.states)
        lows[part] = chunk.lows if every else chunk.lows[those]
        states[part] = chunk.states if every else chunk.states[those]
    return lows, states


def without_figure(snapshot: Snapshot, key: str) -> Flags:
    """Which companies have no number in a listed measure that could be compared."""
    return snapshot.array(("without", key), lambda: ~known_in(read_states(snapshot, LATEST, key)))
