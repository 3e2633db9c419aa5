"""Classes of a measure as columns, with one more for those that have no figure."""

from collections.abc import Sequence

from msgspec import Struct

LEAST_HEIGHT = 4.0
"""Percent that a column of one company among thousands still shows."""
STUB = 2.0
"""Percent that an empty column shows, so that its place is seen."""
GAP = 0.16
"""The part of a column's width that is left free."""


class Column(Struct, frozen=True, gc=False):
    """A column in percent, from the top: the sure ones stand on the ground, the maybes on them."""

    x: float
    width: float
    sure_y: float
    sure_height: float
    maybe_y: float
    maybe_height: float


def columns(counts: Sequence[tuple[int, int]], apart: int) -> tuple[Column, ...]:
    """Columns for (sure, maybe) counts, then one for the `apart`, set off by half a column."""
    every = [*counts, (apart, 0)]
    most = max((sure + maybe for sure, maybe in every), default=0) or 1
    step = 100 / (len(counts) + 1.5)
    places = [index * step for index in range(len(counts))] + [100 - step]
    return tuple(
        _column(x, step, _height(sure, most), _height(maybe, most))
        for x, (sure, maybe) in zip(places, every, strict=True)
    )


def _column(x: float, step: float, sure: float, maybe: float) -> Column:
    ground = sure if sure or maybe else STUB
    top = min(100.0, ground + maybe)
    return Column(
        x=round(x + step * GAP / 2, 2),
        width=round(step * (1 - GAP), 2),
        sure_y=round(100 - ground, 2),
        sure_height=ground,
        maybe_y=round(100 - top, 2),
        maybe_height=round(top - ground, 2),
    )


def _height(count: int, most: int) -> float:
    return round(max(LEAST_HEIGHT, 100 * count / most), 2) if count else 0.0
