"""Diagonals of equal ratio across a plot of two logarithmic scales."""

from msgspec import Struct

from .scales import Scale
from .scatter import Line


class Diagonal(Struct, frozen=True, gc=False):
    """A line along which the vertical measure is the same multiple of the horizontal one."""

    ratio: int
    line: Line


def diagonals(
    x: Scale, y: Scale, ratios: tuple[int, int, int], floor: float, most: int = 3
) -> tuple[Diagonal, ...]:
    """The lines of equal ratio that cross a plot of two logarithmic scales, evenly chosen.

    `ratios` are the least and the greatest ratio that occur and one whole unit of them, in storage
    units of the vertical measure. Only round ratios between them are drawn.
    """
    least, greatest, unit = ratios
    upright = y.within(floor, 0)
    crossing = [
        found
        for power in range(16)
        for mantissa in (1, 2, 5)
        if least <= (ratio := mantissa * 10**power * unit) <= greatest
        and (found := _diagonal(ratio, x, y, upright))
    ]
    step = max(1, -(-len(crossing) // most))
    return tuple(crossing[(len(crossing) - 1) % step // 2 :: step][:most])


def _diagonal(ratio: int, x: Scale, y: Scale, upright: Scale) -> Diagonal | None:
    low, high = max(x.low, y.low / ratio), min(x.high, y.high / ratio)
    if low >= high:
        return None
    line = Line(
        x(round(low)), upright(round(low * ratio)), x(round(high)), upright(round(high * ratio))
    )
    long = line.x2 - line.x1 > 30 and line.y1 - line.y2 > 20
    return Diagonal(ratio, line) if long else None
