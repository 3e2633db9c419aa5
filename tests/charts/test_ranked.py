"""Bars: one zero and one scale, what is sure and how far it may reach."""

import pytest

from app.charts.ranked import OPEN, SMALLEST, Bar, bar_scale, make_bar, scale_end
from app.profiles.interval import Interval
from tests.store.cast import at_least, more_than

EXACT = Interval.exactly


@pytest.mark.parametrize(
    ("intervals", "end"),
    [
        ([EXACT(5), EXACT(20)], 20),
        ([EXACT(5), Interval(10, 40)], 40),
        ([EXACT(5), None, EXACT(20)], 20),
        ([EXACT(8), at_least(40)], 40 * OPEN),
        ([more_than(8), EXACT(40)], 40 * OPEN),
        ([EXACT(5), None], None),
        ([], None),
    ],
)
def test_the_scale_ends_at_the_greatest_bound_or_beyond_an_open_end(
    intervals: list[Interval | None], end: float | None
) -> None:
    assert bar_scale(intervals) == end


def test_only_an_endless_scale_reaches_beyond_the_greatest_bound() -> None:
    assert scale_end(100, endless=False) == 100
    assert scale_end(100, endless=True) > 100


@pytest.mark.parametrize(
    ("interval", "top", "bar"),
    [
        (EXACT(100), 100, Bar(100.0)),
        (EXACT(25), 100, Bar(25.0)),
        (EXACT(1), 3, Bar(33.33)),
        (EXACT(0), 100, Bar(0.0)),
        (EXACT(1), 10**9, Bar(SMALLEST)),
        (EXACT(200), 100, Bar(100.0)),
        (Interval(25, 75), 100, Bar(25.0, 75.0)),
        (Interval(0, 75), 100, Bar(0.0, 75.0)),
        (at_least(40), 50, Bar(80.0, 100.0)),
        (more_than(40), 50, Bar(80.0, 100.0)),
        (None, 100, None),
        (EXACT(5), None, None),
        (EXACT(5), 0, None),
        (EXACT(-5), 100, None),
        (EXACT(-5), -1, None),
        (Interval(-5, 50), 100, None),
    ],
)
def test_a_bar_shows_what_is_sure_and_how_far_it_may_reach(
    interval: Interval | None, top: int | None, bar: Bar | None
) -> None:
    assert make_bar(interval, top) == bar
