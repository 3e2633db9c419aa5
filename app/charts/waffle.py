"""The waffle: a share of a hundred marks, what is sure apart from what only may be. Pure geometry.

Marks fill column by column from the top. Sizes are units of the drawing, which holds no text.
"""

from collections.abc import Iterator

from msgspec import Struct

from ..profiles.interval import Interval
from ..profiles.measures import Kind

ROWS = 5
COLUMNS = 20
WIDTH, HEIGHT = 10.0, 17.0
"""The size of a mark."""
GAP_ACROSS, GAP_DOWN = 2.5, 3.0


class Tile(Struct, frozen=True, gc=False):
    """A piece of a mark: `on` is sure, `may` lies between the bounds, `off` lies beyond."""

    kind: str
    x: float
    y: float
    height: float


class Waffle(Struct, frozen=True, gc=False):
    """The tiles of a hundred marks, and the size of the drawing."""

    tiles: tuple[Tile, ...]
    mark: float = WIDTH
    width: float = COLUMNS * (WIDTH + GAP_ACROSS) - GAP_ACROSS
    height: float = ROWS * (HEIGHT + GAP_DOWN) - GAP_DOWN


def draw_waffle(share: Interval) -> Waffle:
    """A share in storage units; an end that is infinite or beyond the whole is the whole."""
    sure = _marks(share.low or 0)
    reach = 100.0 if share.high is None else _marks(share.high)
    tiles = (tile for place in range(ROWS * COLUMNS) for tile in _tiles(place, sure, reach))
    return Waffle(tuple(tiles))


def _marks(ticks: int) -> float:
    """How many of the hundred marks a share fills."""
    return min(100.0, 100 * ticks / Kind.SHARE.scale)


def _tiles(place: int, sure: float, reach: float) -> Iterator[Tile]:
    """The pieces of one mark; each lies over the one before it."""
    column, row = divmod(place, ROWS)
    x, y = column * (WIDTH + GAP_ACROSS), row * (HEIGHT + GAP_DOWN)
    filled, reached = (min(1.0, max(0.0, end - place)) for end in (sure, reach))
    if reached < 1:
        yield Tile("off", x, y, HEIGHT)
    if reached > filled:
        yield Tile("may", x, y, round(HEIGHT * reached, 2))
    if filled:
        yield Tile("on", x, y, round(HEIGHT * filled, 2))
