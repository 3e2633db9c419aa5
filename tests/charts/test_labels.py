"""Labels: clear of each other and of every mark, at every width, or not shown at all."""

from dataclasses import dataclass
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.labels import HIDDEN, SIDES, Labelled, Layout, Standing, place, text_width

ROOMY = Layout(400, 1300, 400)
RADIUS = 9.5
"""Half the height of the largest mark, in pixels."""
ABOVE, BELOW = 10, 3
"""How far letters reach above and below their baseline."""


@dataclass(frozen=True)
class Box:
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether they share more than an edge; a hair is left to rounding."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.001 and down > 0.001


def text_box(x: float, baseline: float, left: float, text: str) -> Box:
    """A text of which `left` of its width lies to the left of `x`."""
    width = text_width(text) - 4  # The rest is air around it.
    start = x - left * width
    return Box(start, start + width, baseline - ABOVE, baseline + BELOW)


def mark_box(mark: Labelled, width: float, height: float) -> Box:
    x, y = mark.x * width / 100, mark.y * height / 100
    return Box(x - RADIUS, x + RADIUS, y - RADIUS, y + RADIUS)


def label_box(mark: Labelled, side: str, width: float, height: float) -> Box:
    right, down, _ = SIDES[side]
    left = {"r": 0.0, "l": 1.0, "a": 1.0, "u": 1.0, "t": 0.5, "b": 0.5}[side]
    return text_box(mark.x * width / 100 + right, mark.y * height / 100 + down, left, mark.text)


def standing_box(one: Standing, width: float, height: float) -> Box:
    return text_box(one.x * width / 100 + one.dx, one.y * height / 100 + one.dy, 1.0, one.text)


PERCENTS = st.floats(0, 100) | st.integers(0, 20).map(lambda n: n * 5.0)
WORDS = st.text("abcM東京 ", min_size=1, max_size=18)
MARKS = st.lists(st.builds(Labelled, PERCENTS, PERCENTS, WORDS), max_size=14)
TEXTS = st.lists(
    st.builds(Standing, PERCENTS, PERCENTS, WORDS, st.just(-6), st.sampled_from([-7, 14])),
    max_size=3,
)
LAYOUTS = st.builds(
    lambda least, more, height: Layout(least, least + more, height),
    st.integers(200, 800),
    st.integers(0, 900),
    st.integers(200, 480),
)


@given(MARKS, TEXTS, LAYOUTS)
def test_no_label_meets_another_nor_any_mark_nor_text_at_any_width(
    marks: list[Labelled], texts: list[Standing], layout: Layout
) -> None:
    sides = place(marks, layout, texts)
    assert len(sides) == len(marks)
    shown = [index for index, side in enumerate(sides) if side != HIDDEN]
    for part in (0.0, 0.13, 0.5, 0.77, 1.0):
        width = layout.least + part * (layout.greatest - layout.least)
        size = (width, float(layout.height))
        labels = {index: label_box(marks[index], sides[index], *size) for index in shown}
        circles = [mark_box(mark, *size) for mark in marks]
        given_ = [standing_box(one, *size) for one in texts]
        assert not any(one.meets(two) for one, two in combinations(labels.values(), 2))
        assert not any(one.meets(two) for one, two in product(labels.values(), given_))
        for index, circle in product(shown, range(len(marks))):
            if index != circle:
                assert not labels[index].meets(circles[circle]), (index, circle)


@given(MARKS, LAYOUTS)
def test_no_label_leaves_the_plot_at_its_left_or_far_at_its_right(
    marks: list[Labelled], layout: Layout
) -> None:
    for mark, side in zip(marks, place(marks, layout), strict=True):
        for width in (layout.least, layout.greatest) if side != HIDDEN else ():
            box = label_box(mark, side, width, layout.height)
            assert box.left >= 0
            assert box.right <= width + 20


def sides(*marks: tuple[float, float, str], layout: Layout = ROOMY, most: int = 24) -> str:
    return "".join(place([Labelled(*mark) for mark in marks], layout, most=most))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], ""),
        ([(50, 50, "Huawei")], "r"),
        ([(50, 50, "Huawei"), (20, 20, "ZTE")], "rr"),
        ([(99, 50, "Huawei")], "l"),
        ([(0, 50, "Huawei")], "r"),
        ([(50, 50, "Huawei"), (53, 50, "ZTE")], "lr"),
        ([(50, 50, "Huawei"), (53, 50, "ZTE"), (47, 50, "Intel")], "trl"),
    ],
)
def test_a_label_stands_at_the_right_unless_something_is_there(
    marks: list[tuple[float, float, str]], expected: str
) -> None:
    assert sides(*marks) == expected


def test_the_more_important_mark_has_the_first_choice() -> None:
    crowd = [(50.0, 50.0, name) for name in ("First", "Second", "Third", "Fourth", "Fifth")]
    assert sides(*crowd) == "rltbx"
    assert sides(*crowd[::-1])[0] == "r"


def test_a_label_without_room_is_not_shown() -> None:
    narrow = Layout(60, 60, 400)
    assert sides((50, 50, "A name of some length"), layout=narrow) == HIDDEN


def test_only_so_many_labels_are_shown() -> None:
    apart = [(10.0, 4.0 + 8 * place, "Name") for place in range(6)]
    assert sides(*apart) == "rrrrrr"
    assert sides(*apart, most=4) == "rrrrxx"


def test_what_is_clear_at_one_width_may_not_be_at_another() -> None:
    beside = [(50.0, 50.0, "Huawei"), (60.0, 50.0, "ZTE")]
    assert sides(*beside, layout=Layout(1300, 1300, 400)) == "rr"
    assert sides(*beside, layout=Layout(400, 400, 400)) == "lr"
    assert sides(*beside) == "lr"
    nearly_one = [(50.0, 50.0, "Huawei"), (50.5, 50.0, "ZTE")]
    assert sides(*nearly_one, layout=Layout(400, 400, 400)) == "rl"
    assert sides(*nearly_one, layout=Layout(1300, 1300, 400)) == "lr"
    assert sides(*nearly_one) == "lr"


def test_a_label_keeps_clear_of_a_text_in_the_plot() -> None:
    mark = Labelled(50, 50, "Huawei")
    beside = Standing(60, 50, "$500k per employee", -6, 4)
    assert place([mark], ROOMY, [beside]) != ("r",)
    above = Standing(60, 50, "$500k per employee", -6, -16)
    assert place([mark], ROOMY, [above]) == ("r",)


@pytest.mark.parametrize(
    ("one", "other"), [("华为", "Hu"), ("東京都", "abc"), ("ＡＢ", "AB"), ("華為技術", "Huaw")]
)
def test_wide_characters_take_more_room(one: str, other: str) -> None:
    assert len(one) == len(other)
    assert text_width(one) > 1.5 * text_width(other)


def test_a_wide_name_is_given_the_room_that_it_takes() -> None:
    beside = (50.0 + 100 * 80 / 400, 50.0, "x")
    narrow = Layout(400, 400, 400)
    assert sides((50, 50, "abcdef"), beside, layout=narrow)[0] == "r"
    assert sides((50, 50, "阿里巴巴集团"), beside, layout=narrow)[0] == "l"


def test_every_side_is_one_that_the_styles_know() -> None:
    assert set(SIDES) == set("rltbau")
