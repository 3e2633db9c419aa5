"""Histograms: columns on one scale, the sure below the maybes, one more set off at the end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.histogram import GAP, LEAST_HEIGHT, STUB, Column, columns

COUNTS = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), max_size=20)


def heights(counts: list[tuple[int, int]], apart: int = 0) -> list[tuple[float, float]]:
    return [(one.sure_height, one.maybe_height) for one in columns(counts, apart)]


def test_columns_are_as_high_as_companies_are_many() -> None:
    assert heights([(10, 0), (5, 0), (5, 5), (0, 2)], 1) == [
        (100.0, 0.0),
        (50.0, 0.0),
        (50.0, 50.0),
        (0.0, 20.0),
        (10.0, 0.0),
    ]


def test_the_maybes_stand_on_the_sure_and_these_on_the_ground() -> None:
    first, second, _ = columns([(2, 2), (1, 0)], 0)
    assert (first.sure_y, first.maybe_y) == (50.0, 0.0)
    assert (second.sure_y, second.maybe_y) == (75.0, 75.0)


def test_those_apart_are_measured_on_the_same_scale() -> None:
    assert heights([(1, 0)], 10) == [(10.0, 0.0), (100.0, 0.0)]


def test_a_single_company_among_thousands_still_shows() -> None:
    assert heights([(5000, 1), (1, 0)])[1] == (LEAST_HEIGHT, 0.0)
    assert heights([(5000, 0), (0, 1)])[1] == (0.0, LEAST_HEIGHT)


@pytest.mark.parametrize("counts", [[(0, 0)], [(0, 0), (0, 0)], []])
def test_an_empty_column_keeps_its_place(counts: list[tuple[int, int]]) -> None:
    assert heights(counts) == [(STUB, 0.0)] * (len(counts) + 1)


def test_places_are_even_and_the_last_is_set_off_by_half_a_column() -> None:
    first, second, last = columns([(1, 0), (2, 0)], 3)
    step = 100 / 3.5
    assert first == Column(
        round(step * GAP / 2, 2), round(step * (1 - GAP), 2), 66.67, 33.33, 66.67, 0.0
    )
    assert second.x - first.x == pytest.approx(step, abs=0.02)
    assert last.x - second.x == pytest.approx(1.5 * step, abs=0.02)


@given(COUNTS, st.integers(0, 5000))
def test_no_column_leaves_the_picture_or_meets_another(
    counts: list[tuple[int, int]], apart: int
) -> None:
    drawn = columns(counts, apart)
    assert len(drawn) == len(counts) + 1
    assert all(one.x + one.width < other.x for one, other in pairwise(drawn))
    assert drawn[0].x >= 0
    assert drawn[-1].x + drawn[-1].width <= 100
    for one in drawn:
        assert 0 <= one.maybe_y <= one.sure_y <= 100
        assert one.sure_y + one.sure_height == pytest.approx(100)
        assert one.maybe_y + one.maybe_height == pytest.approx(one.sure_y, abs=0.02)
