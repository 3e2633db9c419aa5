"""Classes of a measure as columns, with one more for those that have no figure."""

from collections.abc import Sequence
from dataclasses import dataclass

LEAST_HEIGHT = 4.0
"""Percent that a column of one company among thousands still shows."""
GAP = 0.16
"""The part of a column's width that is left free."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column in percent: `sure` companies up to `sure_top`, above them the maybes to `top`."""

    x: float
    width: float
    sure_height: float
    maybe_height: float


def columns(counts: Sequence[tuple[int, int]], apart: int) -> tuple[Column, ...]:
    """Columns for (sure, maybe) counts, then one for the `apart`, set off by half a column."""
    every = [*counts, (apart, 0)]
    most = max((sure + maybe for sure, maybe in every), default=0) or 1
    step = 100 / (len(counts) + 1.5)
    places = [index * step for index in range(len(counts))] + [100 - step]
    return tuple(
        Column(
            round(x + step * GAP / 2, 2),
            round(step * (1 - GAP), 2),
            _height(sure, most),
            _height(maybe, most),
        )
        for x, (sure, maybe) in zip(places, every, strict=True)
    )


def _height(count: int, most: int) -> float:
    return round(max(LEAST_HEIGHT, 100 * count / most), 2) if count else 0.0
