"""The waffle: a hundred marks, of which what is sure, what may be, and what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.waffle import GAP_DOWN, HEIGHT, WIDTH, Tile, draw_waffle
from app.profiles.interval import Interval
from app.profiles.measures import Kind

WHOLE = Kind.SHARE.scale


def share(low: float, high: float | None = None) -> Interval:
    """A share in percent, exactly or between two."""
    ends = [round(end * WHOLE / 100) for end in (low, low if high is None else high)]
    return Interval(ends[0], ends[1])


SIGNS = {"on": "#", "may": "?", "off": "."}


def marks(interval: Interval) -> str:
    """The hundred marks in the order in which they fill, each as its topmost tile."""
    tops = {(tile.x, tile.y): SIGNS[tile.kind] for tile in draw_waffle(interval).tiles}
    return "".join(tops.values())


@pytest.mark.parametrize(
    ("interval", "on"), [(share(0), 0), (share(45), 45), (share(100), 100), (share(250), 100)]
)
def test_an_exact_share_fills_as_many_marks_and_leaves_the_others(
    interval: Interval, on: int
) -> None:
    assert marks(interval) == "#" * on + "." * (100 - on)


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (share(50, 100), "#" * 50 + "?" * 50),
        (Interval(WHOLE // 2, None, True, True), "#" * 50 + "?" * 50),
        (share(0, 10), "?" * 10 + "." * 90),
        (share(20, 30), "#" * 20 + "?" * 10 + "." * 70),
        (Interval.at_least(2 * WHOLE), "#" * 100),
    ],
)
def test_what_lies_within_a_bound_is_told_from_what_is_sure(
    interval: Interval, expected: str
) -> None:
    assert marks(interval) == expected


def test_a_fraction_fills_a_part_of_its_mark_over_the_empty_one() -> None:
    tiles = [tile for tile in draw_waffle(share(44.5)).tiles if (tile.x, tile.y) == (100.0, 80.0)]
    assert tiles == [Tile("off", 100.0, 80.0, HEIGHT), Tile("on", 100.0, 80.0, HEIGHT / 2)]


def test_a_bound_within_a_mark_tints_a_part_of_it() -> None:
    first, second, third = draw_waffle(share(0.25, 0.5)).tiles[:3]
    assert [tile.kind for tile in (first, second, third)] == ["off", "may", "on"]
    assert (first.height, second.height, third.height) == (HEIGHT, HEIGHT / 2, HEIGHT / 4)


def test_marks_fill_column_by_column_from_the_top() -> None:
    first, second, *_, last = draw_waffle(share(0)).tiles
    assert (first.x, first.y) == (0.0, 0.0)
    assert (second.x, second.y) == (0.0, HEIGHT + GAP_DOWN)
    drawn = draw_waffle(share(0))
    assert (last.x + WIDTH, last.y + HEIGHT) == (drawn.width, drawn.height)


@given(st.integers(0, WHOLE), st.integers(0, WHOLE))
def test_the_filled_area_is_the_share(one: int, other: int) -> None:
    low, high = sorted((one, other))
    tiles = draw_waffle(Interval(low, high)).tiles
    filled = sum(tile.height for tile in tiles if tile.kind == "on") / HEIGHT
    assert filled == pytest.approx(100 * low / WHOLE, abs=0.01)
    assert len({(tile.x, tile.y) for tile in tiles}) == 100
