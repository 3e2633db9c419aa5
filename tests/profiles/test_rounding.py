"""How far a printed form reaches."""

import pytest

from app.profiles.figure import Figure, State
from app.profiles.interval import MAX_BOUND, Interval
from app.profiles.rounding import printed_reach

POINT = 10**10


@pytest.mark.parametrize(
    ("value", "printed", "half"),
    [
        (138 * POINT // 10, "13.8 %", POINT // 20),
        (138 * POINT // 10, "13.8 (%)", POINT // 20),
        (138 * POINT // 10, "0.138", POINT // 20),
        (138 * POINT // 10, "13,8", POINT // 20),  # another style of numbers
        (1380 * POINT // 100, "13.80 %", POINT // 200),
        (14 * POINT, "14 percent", POINT // 2),
        (600, "600", 0),
        (100_000, "100,000", 0),
        (100_000, "100K", 500),
        (12_345, "12 345", 0),
        (12_345, "12’345", 0),
        (1_500_000, "1.5e6", 50_000),
        (-33080, "(330.8)", 5),
    ],
)
def test_a_printed_form_reaches_half_a_unit_of_its_last_digit(
    value: int, printed: str, half: int
) -> None:
    figure = Figure("m", State.STATED, Interval.exactly(value), as_stated=printed)
    assert printed_reach(figure) == Interval(value - half, value + half)


@pytest.mark.parametrize("printed", [None, "", "none", "0", "0.0", "in 2015: 12"])
def test_a_form_that_does_not_tell_how_fine_it_is_reaches_nobody_knows_where(
    printed: str | None,
) -> None:
    figure = Figure("m", State.STATED, Interval.exactly(12), as_stated=printed)
    assert printed_reach(figure) is None


def test_a_bound_is_taken_at_its_word() -> None:
    bound = Interval(10, None, low_open=True, high_open=True)
    assert printed_reach(Figure("m", State.STATED, bound, as_stated="more than 10")) == bound
    assert printed_reach(Figure("m", State.NONE)) is None


def test_nothing_reaches_below_zero_or_beyond_what_can_be_stored() -> None:
    near = Figure("m", State.STATED, Interval.exactly(1), as_stated="0.1 thousand")
    assert printed_reach(near) == Interval(1, 1)
    far = Figure("m", State.STATED, Interval.exactly(MAX_BOUND), as_stated="1")
    assert printed_reach(far) is None
