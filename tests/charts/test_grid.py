"""Grids: a cell for each pair of classes that holds a company, tinted by how many it holds."""

import pytest

from app.charts.grid import Cell, cells, lane_cells
from app.charts.scales import Scale
from app.charts.scatter import LANE

X = (Scale(1, 1000, log=True), (1, 10, 100, 1000))
Y = (Scale(0, 100), (0, 20, 60, 100))


def test_a_cell_lies_between_the_edges_of_its_classes() -> None:
    (cell,) = cells({(1, 2): 7}, X, Y, 100)
    assert cell == Cell(33.33, 0.0, 33.34, 40.0, 7, 4, 1, 2)


def test_above_a_lane_the_cells_end_at_its_floor() -> None:
    bottom, top = cells({(0, 0): 1, (2, 2): 1}, X, Y, 85)
    assert (bottom.x, bottom.y, bottom.height) == (0.0, 68.0, 17.0)
    assert (top.y, round(top.x + top.width, 2)) == (0.0, 100.0)


def test_cells_come_from_the_lowest_row_up_each_from_the_left() -> None:
    counts = {(2, 1): 1, (0, 1): 1, (1, 0): 1, (0, 2): 1}
    found = [(cell.column, cell.row) for cell in cells(counts, X, Y, 100)]
    assert found == [(1, 0), (0, 1), (2, 1), (0, 2)]


def test_cells_that_share_an_edge_meet_in_it() -> None:
    counts = {(column, row): 1 for column in range(3) for row in range(3)}
    found = {(cell.column, cell.row or 0): cell for cell in cells(counts, X, Y, 85)}
    assert sum(found[column, 0].width for column in range(3)) == pytest.approx(100)
    assert sum(found[0, row].height for row in range(3)) == pytest.approx(85)
    for column, row in ((0, 0), (1, 1), (0, 2)):
        one, beside = found[column, row], found[column + 1, row]
        assert one.x + one.width == pytest.approx(beside.x)


def test_coarse_edges_beyond_the_scale_end_where_it_ends() -> None:
    coarse = (X[0], (1, 10_000))
    (cell,) = cells({(0, 0): 3}, coarse, Y, 100)
    assert (cell.x, cell.width) == (0.0, 100.0)


def test_no_company_makes_no_cell() -> None:
    assert list(cells({}, X, Y, 100)) == []
    assert list(lane_cells({}, X, 85, 1)) == []


@pytest.mark.parametrize(
    ("counts", "tints"),
    [
        ([1], [4]),
        ([1, 2, 3], [4, 4, 4]),
        ([1, 2, 4], [3, 4, 4]),
        ([1, 4, 10, 30, 100], [1, 2, 2, 3, 4]),
        ([3, 4, 11, 12, 33, 34, 99, 100], [1, 2, 2, 3, 3, 4, 4, 4]),
    ],
)
def test_each_tint_begins_at_three_times_fewer_than_the_next(
    counts: list[int], tints: list[int]
) -> None:
    places = {(index, 0): count for index, count in enumerate(counts)}
    wide = (Scale(0, 100), tuple(range(0, 101, 10)))
    assert [cell.tint for cell in cells(places, wide, Y, 100)] == tints


def test_the_cells_of_the_lane_lie_within_it_and_in_no_row() -> None:
    left, right = lane_cells({(2, 0): 9, (0, 0): 1}, X, 85, 9)
    assert (left.column, left.count, left.tint) == (0, 1, 3)
    assert (right.column, right.count, right.tint) == (2, 9, 4)
    for cell in (left, right):
        assert cell.row is None
        assert 85 < cell.y < cell.y + cell.height < 85 + LANE
    assert (right.x, right.width) == (66.67, 33.33)


def test_the_lane_is_tinted_on_the_scale_of_the_whole_grid() -> None:
    (cell,) = lane_cells({(0, 0): 2}, X, 85, 100)
    assert cell.tint == 1
