"""Scatters: exact figures as marks, bounds as lines from their edge, the rest in a lane."""

import pytest

from app.charts.labels import HIDDEN, Layout, Standing
from app.charts.scales import Scale
from app.charts.scatter import LANE, Line, Mark, Place, Plot, floor_under, scatter
from app.charts.shades import Shade
from app.profiles.interval import Interval
from tests.store.cast import at_least, more_than

EXACT = Interval.exactly
X, Y = Scale(1, 10_000, log=True), Scale(0, 200)
WIDE, SLIM = Layout(400, 1300, 400), Layout(200, 520, 300)
SHADE = Shade("q2")


def one(slug: str, x: Interval | None, y: Interval | None, name: str = "") -> Place:
    return Place(slug, name or slug.title(), x, y, SHADE)


def draw(*places: Place, current: str | None = None) -> Plot:
    return scatter(places, (X, Y), (WIDE, SLIM), floor_under(places), current=current)


def mark(x: Interval, y: Interval | None, *others: Place) -> Mark:
    """The mark of a company that stands in the plot with some others."""
    (found,) = (m for m in draw(one("alder", x, y), *others).marks if m.slug == "alder")
    return found


@pytest.mark.parametrize(
    ("x", "y", "spot"),
    [
        (1, 0, (0.0, 100.0)),
        (100, 100, (50.0, 50.0)),
        (10_000, 200, (100.0, 0.0)),
        (10, 50, (25.0, 75.0)),
        (0, 50, (0.0, 75.0)),
        (10**6, 500, (100.0, 0.0)),
    ],
)
def test_two_exact_figures_are_a_mark(x: int, y: int, spot: tuple[float, float]) -> None:
    drawn = mark(EXACT(x), EXACT(y))
    assert (drawn.x, drawn.y) == spot
    assert (drawn.reaches, drawn.points, drawn.current) == ((), "", False)
    assert (drawn.slug, drawn.name, drawn.shade) == ("alder", "Alder", SHADE)


@pytest.mark.parametrize(
    ("x", "y", "spot", "lines", "points"),
    [
        (at_least(100), EXACT(100), (50, 50), [(50, 50, 100, 50)], "right"),
        (more_than(100), EXACT(100), (50, 50), [(50, 50, 100, 50)], "right"),
        (Interval(10, 100), EXACT(100), (25, 50), [(25, 50, 50, 50)], "right"),
        (EXACT(100), at_least(50), (50, 75), [(50, 75, 50, 0)], "up"),
        (EXACT(100), Interval(50, 100, True, True), (50, 75), [(50, 75, 50, 50)], "up"),
        (
            at_least(100),
            Interval(50, 100),
            (50, 75),
            [(50, 75, 100, 75), (50, 75, 50, 50)],
            "right",
        ),
    ],
)
def test_a_bound_is_a_line_from_its_edge_to_as_far_as_it_may_reach(
    x: Interval,
    y: Interval,
    spot: tuple[float, float],
    lines: list[tuple[float, float, float, float]],
    points: str,
) -> None:
    drawn = mark(x, y)
    assert (drawn.x, drawn.y) == spot
    assert drawn.reaches == tuple(Line(*line) for line in lines)
    assert drawn.points == points


@pytest.mark.parametrize(
    ("x", "y", "spot", "lines", "points"),
    [
        (Interval(0, 100), EXACT(100), (50, 50), [(50, 50, 0, 50)], "left"),
        (Interval(0, 100, False, True), EXACT(100), (50, 50), [(50, 50, 0, 50)], "left"),
        (Interval(None, 100, True), EXACT(100), (50, 50), [(50, 50, 0, 50)], "left"),
        (EXACT(100), Interval(0, 50), (50, 75), [(50, 75, 50, 100)], "down"),
        (EXACT(100), at_least(0), (50, 100), [(50, 100, 50, 0)], "up"),
    ],
)
def test_an_upper_bound_stands_at_its_edge_and_points_the_other_way(
    x: Interval,
    y: Interval,
    spot: tuple[float, float],
    lines: list[tuple[float, float, float, float]],
    points: str,
) -> None:
    drawn = mark(x, y)
    assert (drawn.x, drawn.y) == spot
    assert drawn.reaches == tuple(Line(*line) for line in lines)
    assert drawn.points == points


def test_without_a_figure_upwards_a_company_stands_in_a_lane_of_its_own() -> None:
    plot = draw(one("alder", EXACT(100), None), one("birch", EXACT(100), EXACT(0)))
    assert plot.floor == 100 - LANE
    birch, alder = plot.marks
    assert alder.slug == "alder"
    assert plot.floor < alder.y < 100
    assert (birch.slug, birch.y) == ("birch", plot.floor)


def test_a_bound_in_the_lane_reaches_across_alone() -> None:
    drawn = mark(at_least(100), None)
    assert [(line.y1, line.y2) for line in drawn.reaches] == [(drawn.y, drawn.y)]
    assert drawn.points == "right"


def test_without_a_figure_across_a_company_is_absent_and_needs_no_lane() -> None:
    places = [one("cedar", None, None), one("alder", None, EXACT(5)), one("b", EXACT(1), EXACT(5))]
    plot = draw(*places)
    assert plot.absent == ("cedar", "alder")
    assert [m.slug for m in plot.marks] == ["b"]
    assert plot.floor == 100.0


def test_nobody_makes_an_empty_plot() -> None:
    assert draw() == Plot((), 100.0, ())


def test_the_greatest_come_first_and_of_equals_the_slug_decides() -> None:
    places = [
        one("cedar", EXACT(10), EXACT(50)),
        one("birch", EXACT(10), EXACT(50)),
        one("alder", EXACT(1), None),
        one("dogwood", EXACT(10), EXACT(0)),
        one("elder", EXACT(1), at_least(60)),
    ]
    assert [m.slug for m in draw(*places).marks] == ["elder", "birch", "cedar", "dogwood", "alder"]


def test_the_current_company_comes_first_and_has_the_first_label() -> None:
    crowd = [one(slug, EXACT(100), EXACT(100), "A name of its own") for slug in "abcdefg"]
    plain = draw(*crowd)
    assert [m.slug for m in plain.marks if m.wide == "r"] == ["a"]
    marked = draw(*crowd, current="g")
    assert marked.marks[0].slug == "g"
    assert [m.slug for m in marked.marks if m.current] == ["g"]
    assert [m.slug for m in marked.marks if m.wide == "r"] == ["g"]


def test_labels_are_placed_for_a_wide_and_for_a_slim_screen() -> None:
    near = mark(EXACT(4000), EXACT(100))
    assert (near.wide, near.slim) == ("r", "l")
    long = draw(one("alder", EXACT(100), EXACT(100), "A name that is rather long")).marks[0]
    assert (long.wide, long.slim) == ("r", "t")


def test_each_layout_has_texts_of_its_own_to_keep_clear_of() -> None:
    places = [one("alder", EXACT(100), EXACT(100))]
    beside = Standing(60, 50, "a text that takes the whole of the line", -6, 4)
    for texts, labelled in ((([beside], []), ("t", "r")), (([], [beside]), ("r", "t"))):
        (drawn,) = scatter(places, (X, Y), (WIDE, SLIM), 100.0, texts=texts).marks
        assert (drawn.wide, drawn.slim) == labelled
    assert HIDDEN not in (drawn.wide, drawn.slim)
