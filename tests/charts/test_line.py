"""A line over the years: points, strokes, gaps, and names clear of each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.line import Course, Dot, OfYear, across, draw_line, spread, upright
from app.charts.scales import Scale, even_over
from app.charts.scatter import Line
from app.profiles.interval import Interval
from app.profiles.measures import Kind
from tests.store.cast import PERCENT, at_least, more_than

EXACT = Interval.exactly
YEARS = (2019, 2016, 2014)
X = Scale(2014, 2019, start=0, stop=100)
Y = Scale(0, 100, start=100, stop=0)
SIGNED = Scale(-100, 100, start=100, stop=0)
AT_MOST_12 = Interval(None, 12, low_open=True)


def drawn(
    *figures: tuple[int, Interval | None], years: tuple[int, ...] = YEARS, y: Scale = Y
) -> Course:
    return draw_line([OfYear(*one) for one in figures], years, (X, y))


def joined(course: Course) -> list[tuple[float, float]]:
    """From where to where the lines go, across."""
    return [(line.x1, line.x2) for line in course.joins]


@pytest.mark.parametrize(
    ("years", "joins"),
    [
        ((2014, 2016, 2019), [(0, 40), (40, 100)]),
        ((2014, 2016), [(0, 40)]),
        ((2016, 2019), [(40, 100)]),
        ((2014, 2019), []),
        ((2016,), []),
        ((), []),
    ],
)
def test_a_line_joins_years_that_follow_each_other_in_the_data_set(
    years: tuple[int, ...], joins: list[tuple[float, float]]
) -> None:
    assert joined(drawn(*((year, EXACT(10)) for year in years))) == joins


def test_a_year_that_only_others_have_is_a_gap() -> None:
    both = ((2014, EXACT(10)), (2019, EXACT(20)))
    assert joined(drawn(*both, years=(2014, 2019))) == [(0, 100)]
    assert joined(drawn(*both, years=(2014, 2015, 2019))) == []


def test_a_line_goes_from_point_to_point() -> None:
    course = drawn((2016, EXACT(30)), (2014, EXACT(20)))
    assert course.dots == (Dot(0, 80, 1, further=False), Dot(40, 70, 0, further=False))
    assert course.joins == (Line(0, 80, 40, 70),)


@pytest.mark.parametrize(
    ("interval", "y", "reach", "points"),
    [
        (EXACT(40), 60, None, ""),
        (EXACT(0), 100, None, ""),
        (at_least(40), 60, (60, 0), "up"),
        (at_least(0), 100, (100, 0), "up"),
        (Interval(40, 70), 60, (60, 30), "up"),
        (Interval(0, 12), 88, (88, 100), "down"),
    ],
)
def test_a_bound_is_a_stroke_from_its_edge(
    interval: Interval, y: float, reach: tuple[float, float] | None, points: str
) -> None:
    (dot,) = drawn((2014, interval)).dots
    stroke = Line(0, reach[0], 0, reach[1]) if reach else None
    assert (dot.y, dot.reach, dot.points) == (y, stroke, points)


@pytest.mark.parametrize(
    ("interval", "y", "reach", "points"),
    [
        (EXACT(-50), 75, None, ""),
        (Interval(-50, -20), 75, (75, 60), "up"),
        (AT_MOST_12, 44, (44, 100), "down"),
        (Interval(0, 12), 44, (44, 50), "down"),
        (at_least(-50), 75, (75, 0), "up"),
    ],
)
def test_below_zero_a_stroke_reaches_as_far_as_the_figure_may(
    interval: Interval, y: float, reach: tuple[float, float] | None, points: str
) -> None:
    (dot,) = drawn((2014, interval), y=SIGNED).dots
    stroke = Line(0, reach[0], 0, reach[1]) if reach else None
    assert (dot.y, dot.reach, dot.points) == (y, stroke, points)


def test_a_bound_joins_nothing() -> None:
    course = drawn((2014, EXACT(1)), (2016, at_least(2)), (2019, EXACT(3)))
    assert joined(course) == []


def test_of_several_figures_of_a_year_the_first_is_on_the_line_and_above_the_others() -> None:
    course = drawn((2016, EXACT(30)), (2016, EXACT(40)), (2014, EXACT(20)))
    assert [(dot.place, dot.further) for dot in course.dots] == [(2, False), (1, True), (0, False)]
    assert course.joins == (Line(0, 80, 40, 70),)
    assert course.last == Dot(40, 70, 0, further=False)


def test_a_bound_that_leads_its_year_leaves_the_others_off_the_line() -> None:
    course = drawn((2016, at_least(30)), (2016, EXACT(40)), (2014, EXACT(20)))
    assert course.joins == ()


def test_a_year_led_by_what_is_not_drawn_is_a_gap_with_further_marks() -> None:
    course = drawn((2016, None), (2016, EXACT(40)), (2014, EXACT(20)))
    assert course.dots == (Dot(0, 80, 2, further=False), Dot(40, 60, 1, further=True))
    assert course.joins == ()


def test_nothing_has_no_last_mark() -> None:
    assert drawn().last is None


@pytest.mark.parametrize(
    ("intervals", "kind", "ends"),
    [
        ([EXACT(1000), EXACT(1200)], Kind.COUNT, (0, 1200)),
        ([EXACT(7), EXACT(45)], Kind.COUNT, (0, 50)),
        ([EXACT(0)], Kind.COUNT, (0, 1)),
        ([EXACT(-30), EXACT(45)], Kind.COUNT, (-40, 60)),
        ([EXACT(-30), EXACT(-10)], Kind.COUNT, (-30, 0)),
        ([at_least(40)], Kind.COUNT, (0, 50)),
        ([AT_MOST_12], Kind.COUNT, (-5, 15)),
        ([more_than(5 * PERCENT)], Kind.SHARE, (0, 8 * PERCENT)),
        ([], Kind.COUNT, (0, 1)),
    ],
)
def test_the_upright_scale_holds_zero_and_all_bounds(
    intervals: list[Interval], kind: Kind, ends: tuple[int, int]
) -> None:
    scale = upright(intervals, kind)
    assert (scale.low, scale.high, scale.log) == (*ends, False)
    assert (scale(scale.low), scale(scale.high)) == (100, 0)


@given(st.integers(-(10**9), 10**9), st.integers(0, 10**9))
def test_an_even_scale_holds_both_ends_and_zero(low: int, more: int) -> None:
    scale = even_over(low, low + more, Kind.COUNT)
    assert scale.low <= min(low, 0) <= max(low + more, 0) <= scale.high
    assert scale.low < scale.high


def test_the_first_and_the_last_year_are_held_within_the_plot() -> None:
    x = across(2014, 2019)
    assert (x(2014), x(2019)) == (3, 97)
    assert x(2016) == 40.6


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ((), ()),
        ((50,), (50,)),
        ((20, 80), (20, 80)),
        ((20, 22), (20, 30)),
        ((22, 20), (30, 20)),
        ((20, 20, 20), (20, 30, 40)),
        ((98, 99), (90, 100)),
        ((100, 100, 95), (90, 100, 80)),
    ],
)
def test_names_move_apart_and_stay_in_their_order(
    wanted: tuple[float, ...], found: tuple[float, ...]
) -> None:
    assert spread(wanted, 10) == found


@given(st.lists(st.floats(0, 100), max_size=8))
def test_no_two_names_are_closer_than_the_gap(wanted: list[float]) -> None:
    found = sorted(spread(wanted, 7))
    assert all(0 <= one <= 100 for one in found)
    assert all(other - one >= 6.98 for one, other in pairwise(found))
