"""Diagonals: lines along which one measure is the same multiple of the other."""

import pytest

from app.charts.diagonals import Diagonal, diagonals
from app.charts.scales import Scale
from app.charts.scatter import Line

X = Scale(1, 10_000, log=True)
Y = Scale(100, 10_000_000, log=True)
"""Five powers of ten upwards over four across."""


def drawn(least: int, greatest: int, unit: int = 1, most: int = 3) -> tuple[Diagonal, ...]:
    return diagonals(X, Y, (least, greatest, unit), 100, most)


def ratios(least: int, greatest: int, unit: int = 1, most: int = 3) -> list[int]:
    return [one.ratio for one in drawn(least, greatest, unit, most)]


@pytest.mark.parametrize(
    ("ratio", "line"),
    [
        (100, Line(0, 100, 100, 20)),
        (1000, Line(0, 80, 100, 0)),
        (10, Line(25, 100, 100, 40)),
        (10_000, Line(0, 60, 75, 0)),
    ],
)
def test_a_diagonal_runs_from_edge_to_edge(ratio: int, line: Line) -> None:
    assert drawn(ratio, ratio) == (Diagonal(ratio, line),)


def test_above_a_lane_it_ends_at_the_floor() -> None:
    (one,) = diagonals(X, Y, (100, 100, 1), 85)
    assert one.line == Line(0, 85, 100, 17)


@pytest.mark.parametrize(
    ("least", "greatest", "unit", "most", "expected"),
    [
        (100, 100, 1, 3, [100]),
        (101, 199, 1, 3, []),
        (90, 600, 1, 3, [100, 200, 500]),
        (100, 1000, 1, 3, [100, 500]),
        (100, 1000, 1, 4, [100, 200, 500, 1000]),
        (100, 10_000, 1, 3, [100, 1000, 10_000]),
        (100, 10_000, 1, 1, [1000]),
        (10_000, 60_000, 100, 3, [10_000, 20_000, 50_000]),
        (15_000, 90_000, 100, 3, [20_000, 50_000]),
        (500, 100, 1, 3, []),
    ],
)
def test_only_round_ratios_that_occur_are_drawn_and_few_of_them(
    least: int, greatest: int, unit: int, most: int, expected: list[int]
) -> None:
    assert ratios(least, greatest, unit, most) == expected


def test_a_ratio_that_only_cuts_a_corner_is_not_drawn() -> None:
    assert ratios(10**6, 10**6) == []
    assert ratios(1, 1) == [1]
    assert diagonals(Scale(1, 100, log=True), Y, (1, 1, 1), 100) == ()


def test_every_line_rises_within_the_plot() -> None:
    for one in drawn(1, 10**8, most=20):
        line = one.line
        assert 0 <= line.x1 < line.x2 <= 100
        assert 100 >= line.y1 > line.y2 >= 0
