"""Shades: five classes of R&D share, hatched for bounds, shapes for what is not on the scale."""

import pytest

from app.charts.shades import CLASSES, Shade, class_of, shade_of
from app.profiles.interval import Interval
from tests.store.cast import PERCENT, at_least, more_than

EXACT = Interval.exactly
ALL = 100 * PERCENT


@pytest.mark.parametrize(
    ("share", "place"),
    [
        (0, 0),
        (10 * PERCENT - 1, 0),
        (10 * PERCENT, 1),
        (20 * PERCENT - 1, 1),
        (20 * PERCENT, 2),
        (35 * PERCENT, 3),
        (50 * PERCENT - 1, 3),
        (50 * PERCENT, 4),
        (ALL, 4),
        (3 * ALL, 4),
    ],
)
def test_an_edge_belongs_to_the_class_above_it(share: int, place: int) -> None:
    assert class_of(share) == place < CLASSES


@pytest.mark.parametrize(
    ("share", "name"),
    [
        (EXACT(0), "q0"),
        (EXACT(447 * PERCENT // 10), "q3"),
        (EXACT(ALL), "q4"),
        (more_than(50 * PERCENT, ALL), "h4"),
        (more_than(10 * PERCENT), "h1"),
        (at_least(34 * PERCENT), "h2"),
        (Interval(0, 40 * PERCENT), "h0"),
        (Interval(None, 40 * PERCENT, low_open=True), "h0"),
    ],
)
def test_a_bound_is_hatched_in_the_class_of_its_lower_edge(share: Interval, name: str) -> None:
    for other in (None, EXACT(7 * PERCENT)):
        assert shade_of(share, other) == Shade(name)
        assert not shade_of(share, other).diamond


def test_a_share_on_the_other_basis_is_a_diamond_and_never_a_colour() -> None:
    for other in (EXACT(10 * PERCENT), more_than(50 * PERCENT)):
        assert shade_of(None, other) == Shade("other")
        assert shade_of(None, other).diamond


def test_no_share_at_all_has_a_shape_of_its_own() -> None:
    assert shade_of(None, None) == Shade("none")
    assert not shade_of(None, None).diamond
