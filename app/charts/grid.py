"""Companies too many to be marks: counts in the cells of a grid over two measures."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from .scales import Scale
from .scatter import LANE


class Cell(Struct, frozen=True, gc=False):
    """A cell of the grid in percent, with how many companies lie wholly in it.

    `tint` is 1 to 4 by count; `column` and `row` are its classes, `row` None in the lane.
    """

    x: float
    y: float
    width: float
    height: float
    count: int
    tint: int
    column: int
    row: int | None


def cells(
    counts: Mapping[tuple[int, int], int],
    x: tuple[Scale, Sequence[int]],
    y: tuple[Scale, Sequence[int]],
    floor: float,
) -> Iterator[Cell]:
    """The cells that hold any company, from the lowest row up, each row from the left."""
    most = max(counts.values(), default=1)
    upright = (y[0].within(floor, 0), y[1])
    for column, row in sorted(counts, key=lambda place: (place[1], place[0])):
        left, right = _sides(x, column)
        bottom, top = _sides(upright, row)
        count = counts[column, row]
        yield Cell(
            left,
            top,
            _size(right - left),
            _size(bottom - top),
            count,
            _tint(count, most),
            column,
            row,
        )


def lane_cells(
    counts: Mapping[tuple[int, int], int], x: tuple[Scale, Sequence[int]], floor: float, most: int
) -> Iterator[Cell]:
    """The cells of the lane."""
    for column, _ in sorted(counts):
        left, right = _sides(x, column)
        count = counts[column, 0]
        yield Cell(
            left, floor + 3, _size(right - left), LANE - 6, count, _tint(count, most), column, None
        )


def _sides(axis: tuple[Scale, Sequence[int]], place: int) -> tuple[float, float]:
    scale, edges = axis
    return scale(edges[place]), scale(edges[place + 1])


def _size(value: float) -> float:
    return round(value, 2)


def _tint(count: int, most: int) -> int:
    """1 to 4: each tint begins at about three times fewer companies than the next."""
    return sum(count * 3**power >= most for power in (3, 2, 1)) + 1 if most > 3 else 4
