"""Scales: round ends, round ticks, and classes of which each number has exactly one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.scales import Scale, class_edges, scale_over
from app.profiles.measures import Kind
from tests.store.cast import PERCENT

DOLLAR = 100
M, B = 10**6 * DOLLAR, 10**9 * DOLLAR
COUNT, MONEY, SHARE, YEAR = Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.YEAR
NUMBERS = {
    COUNT: st.integers(0, 10**12),
    MONEY: st.integers(0, 10**17),
    SHARE: st.integers(0, 400 * PERCENT),
    YEAR: st.integers(1, 9999),
}
KINDS = st.sampled_from(list(Kind))


@st.composite
def reaches(draw: st.DrawFn) -> tuple[int, int, Kind]:
    """The least and greatest number of a measure, and its kind."""
    kind = draw(KINDS)
    low, high = sorted((draw(NUMBERS[kind]), draw(NUMBERS[kind])))
    return low, high, kind


def classes_of(value: int, edges: tuple[int, ...]) -> list[int]:
    """The classes that hold a number; the first has no lower end, the last no upper one."""
    last = len(edges) - 2
    return [
        place
        for place, (low, high) in enumerate(pairwise(edges))
        if (place == 0 or low <= value) and (place == last or value < high)
    ]


@pytest.mark.parametrize(
    ("low", "high", "edges"),
    [
        (600, 170_000, (500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 200_000)),
        (400, 600_000, (300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000)),
        (20, 160, (20, 50, 100, 200)),
        (1, 999, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)),
        (1, 1000, (1, 3, 10, 30, 100, 300, 1000, 3000)),
        (0, 9, (1, 2, 5, 10)),
        (0, 0, (1, 2, 5)),
        (7, 7, (5, 10, 20)),
        (100, 100, (100, 200, 500)),
        (1, 10**6, tuple(10**power for power in range(8))),
        (1, 10**11, tuple(100**power for power in range(7))),
        (1, 10**12, tuple(100**power for power in range(8))),
    ],
)
def test_the_classes_of_a_count_are_as_fine_as_there_is_room(
    low: int, high: int, edges: tuple[int, ...]
) -> None:
    assert class_edges(low, high, COUNT) == edges


@pytest.mark.parametrize(
    ("low", "high", "edges"),
    [
        (12 * B // 10, 61 * B, (B, 2 * B, 5 * B, 10 * B, 20 * B, 50 * B, 100 * B)),
        (M, 61 * B, (M, 10 * M, 100 * M, B, 10 * B, 100 * B)),
        (3 * B, 3 * B, (2 * B, 5 * B, 10 * B)),
        (61 * B, 200 * B, (50 * B, 100 * B, 200 * B, 500 * B)),
        (0, 3 * DOLLAR, (1, DOLLAR, 2 * DOLLAR, 5 * DOLLAR)),
        (0, 5, (1, DOLLAR, 2 * DOLLAR)),
        (99, 100, (1, DOLLAR, 2 * DOLLAR)),
    ],
)
def test_the_classes_of_money_are_round_in_whole_units(
    low: int, high: int, edges: tuple[int, ...]
) -> None:
    assert class_edges(low, high, MONEY) == edges


@pytest.mark.parametrize(
    ("low", "high", "edges"),
    [
        (1968, 2012, (1960, 1970, 1980, 1990, 2000, 2010, 2020)),
        (1900, 2015, (1900, 1920, 1940, 1960, 1980, 2000, 2020)),
        (1602, 2012, (1600, 1650, 1700, 1750, 1800, 1850, 1900, 1950, 2000, 2050)),
        (1990, 1990, (1990, 2000, 2010)),
        (1, 9, (0, 10, 20)),
        (1, 9999, tuple(range(0, 10_001, 2000))),
    ],
)
def test_the_classes_of_years_are_even(low: int, high: int, edges: tuple[int, ...]) -> None:
    assert class_edges(low, high, YEAR) == edges


@pytest.mark.parametrize(("low", "high"), [(0, 0), (10, 50), (0, 100), (40, 300)])
def test_the_classes_of_a_share_are_always_the_same(low: int, high: int) -> None:
    edges = tuple(percent * PERCENT for percent in (0, 5, 10, 20, 35, 50, 75, 100))
    assert class_edges(low * PERCENT, high * PERCENT, SHARE) == edges


@given(reaches(), st.integers(7, 20), st.data())
def test_every_number_lies_in_exactly_one_of_few_classes(
    reach: tuple[int, int, Kind], most: int, data: st.DataObject
) -> None:
    low, high, kind = reach
    edges = class_edges(low, high, kind, most)
    assert 2 <= len(edges) - 1 <= most
    assert all(one < other for one, other in pairwise(edges))
    if kind is not SHARE:
        assert edges[0] <= max(low, 1)
        assert high < edges[-1]
    for value in (low, high, data.draw(st.integers(low, high))):
        assert len(classes_of(value, edges)) == 1


@given(reaches(), st.integers(7, 20))
def test_no_class_at_an_end_is_empty_but_to_make_two(
    reach: tuple[int, int, Kind], most: int
) -> None:
    low, high, kind = reach
    edges = class_edges(low, high, kind, most)
    if kind is not SHARE:
        assert max(low, 1) < edges[1]
    if kind is not SHARE and len(edges) > 3:
        assert edges[-2] <= high


@given(reaches())
def test_edges_are_round_in_whole_units(reach: tuple[int, int, Kind]) -> None:
    low, high, kind = reach
    for edge in class_edges(low, high, kind):
        if kind is YEAR:
            assert edge % 10 == 0
        elif kind is not SHARE and edge >= kind.scale:
            assert edge % kind.scale == 0
            assert str(edge).rstrip("0") in ("1", "2", "3", "5")


@pytest.mark.parametrize(
    ("low", "high", "kind", "scale"),
    [
        (600, 170_000, COUNT, Scale(500, 200_000, log=True)),
        (100, 100, COUNT, Scale(100, 200, log=True)),
        (0, 0, COUNT, Scale(1, 2, log=True)),
        (3, 1000, COUNT, Scale(2, 1000, log=True)),
        (12 * B // 10, 61 * B, MONEY, Scale(B, 100 * B, log=True)),
        (0, 61 * B, MONEY, Scale(1, 100 * B, log=True)),
        (1968, 2012, YEAR, Scale(1960, 2020)),
        (1990, 1999, YEAR, Scale(1990, 2000)),
        (1990, 2000, YEAR, Scale(1990, 2010)),
        (10 * PERCENT, 50 * PERCENT, SHARE, Scale(0, 100 * PERCENT)),
        (10 * PERCENT, 237 * PERCENT, SHARE, Scale(0, 250 * PERCENT)),
        (10 * PERCENT, 250 * PERCENT, SHARE, Scale(0, 250 * PERCENT)),
    ],
)
def test_a_scale_ends_at_round_numbers(low: int, high: int, kind: Kind, scale: Scale) -> None:
    assert scale_over(low, high, kind) == scale


@given(reaches())
def test_a_scale_holds_its_numbers(reach: tuple[int, int, Kind]) -> None:
    low, high, kind = reach
    scale = scale_over(low, high, kind)
    least = max(low, 1) if kind in (COUNT, MONEY) else low
    assert scale.low <= least <= max(high, least) <= scale.high
    assert scale.low < scale.high


@given(reaches(), st.booleans())
def test_a_few_round_ticks_stand_within_the_scale(
    reach: tuple[int, int, Kind], cells: bool
) -> None:
    low, high, kind = reach
    edges = class_edges(low, high, kind, 16)
    log = kind in (COUNT, MONEY)
    scale = Scale(edges[0], edges[-1], log=log) if cells else scale_over(low, high, kind)
    ticks = scale.ticks(kind)
    assert 2 <= len(ticks) <= 8
    assert all(one < other for one, other in pairwise(ticks))
    assert scale.low <= ticks[0]
    assert ticks[-1] <= scale.high


@pytest.mark.parametrize(
    ("scale", "kind", "ticks"),
    [
        (Scale(500, 200_000, log=True), COUNT, (1000, 10_000, 100_000)),
        (Scale(100, 200, log=True), COUNT, (100, 200)),
        (Scale(20, 500, log=True), COUNT, (20, 50, 100, 200, 500)),
        (Scale(B, 100 * B, log=True), MONEY, (B, 10 * B, 100 * B)),
        (Scale(1, 10**12, log=True), COUNT, tuple(100**power for power in range(7))),
        (Scale(1960, 2020), YEAR, (1960, 1970, 1980, 1990, 2000, 2010, 2020)),
        (Scale(1990, 2000), YEAR, (1990, 1992, 1994, 1996, 1998, 2000)),
        (
            Scale(0, 100 * PERCENT),
            SHARE,
            tuple(percent * PERCENT for percent in (0, 20, 40, 60, 80, 100)),
        ),
    ],
)
def test_ticks_are_powers_of_ten_or_even_steps(
    scale: Scale, kind: Kind, ticks: tuple[int, ...]
) -> None:
    assert scale.ticks(kind) == ticks


@pytest.mark.parametrize(
    ("scale", "value", "at"),
    [
        (Scale(0, 200), 50, 25.0),
        (Scale(0, 200), -1, 0.0),
        (Scale(0, 200), 300, 100.0),
        (Scale(1, 100, log=True), 10, 50.0),
        (Scale(1, 100, log=True), 0, 0.0),
        (Scale(1, 100, log=True), 1000, 100.0),
        (Scale(1, 1000, log=True), 10, 33.33),
        (Scale(1, 100, log=True, start=85, stop=0), 1, 85.0),
        (Scale(1, 100, log=True, start=85, stop=0), 10, 42.5),
        (Scale(1, 100, log=True, start=85, stop=0), 100, 0.0),
        (Scale(5, 5), 5, 0.0),
        (Scale(5, 5, log=True), 5, 0.0),
    ],
)
def test_a_number_stands_in_percent_of_the_plot(scale: Scale, value: int, at: float) -> None:
    assert scale(value) == at


def test_the_same_scale_between_other_positions() -> None:
    assert Scale(1, 100, log=True).within(85, 0) == Scale(1, 100, True, 85, 0)


@given(reaches(), st.data())
def test_a_greater_number_never_stands_before_a_smaller_one(
    reach: tuple[int, int, Kind], data: st.DataObject
) -> None:
    low, high, kind = reach
    ends = sorted(data.draw(st.tuples(st.floats(0, 100), st.floats(0, 100))))
    scale = scale_over(low, high, kind).within(*ends)
    values = sorted(data.draw(st.lists(NUMBERS[kind], min_size=2, max_size=6)))
    places = [scale(value) for value in values]
    assert places == sorted(places)
    slack = 0.005  # Positions are rounded to a hundredth of a percent.
    assert all(ends[0] - slack <= place <= ends[1] + slack for place in places)


@pytest.mark.parametrize(
    ("low", "high", "edges"),
    [
        (-5_000, 20_000, (-5_000, 0, 5_000, 10_000, 15_000, 20_000, 25_000)),
        (-3_000, -1_000, (-3_000, -2_500, -2_000, -1_500, -1_000, -500)),
        (-1, 0, (-1, 0, 1)),
    ],
)
def test_classes_that_reach_below_zero_have_even_steps(
    low: int, high: int, edges: tuple[int, ...]
) -> None:
    assert class_edges(low, high, COUNT) == edges
