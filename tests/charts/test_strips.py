"""Strips: points for what is exact, whiskers for bounds, heaps where companies are many."""

from itertools import pairwise

import pytest

from app.charts.scales import Scale
from app.charts.strips import (
    BINS,
    LOWEST,
    Heap,
    Strip,
    Whisker,
    bin_edges,
    draw_heaps,
    draw_strip,
    heap_up,
)
from app.profiles.interval import Interval

EXACT = Interval.exactly
SCALE = Scale(1, 10_000, log=True)
"""Each power of ten is a quarter of the line from 2 to 98 percent."""


@pytest.mark.parametrize(
    ("value", "place"), [(1, 2.0), (10, 26.0), (100, 50.0), (10_000, 98.0), (0, 2.0)]
)
def test_an_exact_figure_is_a_point_on_the_scale(value: int, place: float) -> None:
    assert draw_strip(EXACT(value), [], SCALE) == Strip(own=place)


@pytest.mark.parametrize(
    ("bound", "whisker"),
    [
        (Interval(10, 100), Whisker(26.0, 50.0, edge_low=True, edge_high=True)),
        (Interval(10, 100, True, True), Whisker(26.0, 50.0, edge_low=True, edge_high=True)),
        (Interval.at_least(100), Whisker(50.0, 100.0, edge_low=True, edge_high=False)),
        (Interval(100, None, True, True), Whisker(50.0, 100.0, edge_low=True, edge_high=False)),
        (Interval(0, 100), Whisker(0.0, 50.0, edge_low=False, edge_high=True)),
        (Interval(None, 100, True, False), Whisker(0.0, 50.0, edge_low=False, edge_high=True)),
        (Interval.at_least(0), Whisker(0.0, 100.0, edge_low=False, edge_high=False)),
    ],
)
def test_a_bound_is_a_whisker_and_never_a_point(bound: Interval, whisker: Whisker) -> None:
    assert draw_strip(bound, [], SCALE) == Strip(own=whisker)
    assert draw_strip(EXACT(1), [bound], SCALE) == Strip(own=2.0, whiskers=(whisker,))


def test_the_others_keep_their_order_and_their_own_is_no_point_of_theirs() -> None:
    drawn = draw_strip(EXACT(10), [EXACT(100), Interval.at_least(10), EXACT(1)], SCALE)
    assert drawn.points == (50.0, 2.0)
    assert len(drawn.whiskers) == 1
    assert (drawn.own, drawn.bound, drawn.heaps) == (26.0, False, ())


def test_heaps_are_as_high_as_their_companies_and_none_is_empty() -> None:
    drawn = draw_heaps(EXACT(100), heap_up([4, 0, 1, 2]), SCALE)
    assert drawn.heaps == (
        Heap(2.0, 24.0, 0.0, 100.0),
        Heap(50.0, 24.0, 75.0, 25.0),
        Heap(74.0, 24.0, 50.0, 50.0),
    )
    assert (drawn.own, drawn.points, drawn.whiskers) == (50.0, (), ())


def test_a_single_company_among_thousands_still_shows() -> None:
    assert heap_up([5000, 1])[1].height == LOWEST


def test_no_company_at_all_makes_no_heap() -> None:
    assert heap_up([0, 0]) == ()


def test_a_bound_keeps_its_whisker_over_heaps() -> None:
    assert draw_heaps(Interval.at_least(10), heap_up([1]), SCALE).bound


def test_the_parts_of_a_scale_are_equal_in_ratio_and_cover_it() -> None:
    edges = bin_edges(Scale(100, 10**14, log=True))
    assert len(edges) == BINS + 1
    assert (edges[0], edges[-1]) == (100, 10**14)
    ratios = [high / low for low, high in pairwise(edges[10:])]
    assert max(ratios) - min(ratios) < 0.01
    line = Scale(100, 10**14, log=True).within(2, 98)
    assert line(edges[30]) == pytest.approx(50, abs=0.1)
