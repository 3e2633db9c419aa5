"""Ranks in words, the reasons for what has none, and how the strips are read."""

import pytest

from app.charts.strips import Heap, Strip, Whisker
from app.pages.cells import Cell
from app.pages.formatting import Written
from app.pages.shown import Shown
from app.pages.standing import Leading, hint, ordinal, rank_words
from app.profiles.measures import Catalogue
from app.profiles.results import Standing

CATALOGUE = Catalogue()


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (102, "102nd"),
        (111, "111th"),
        (1_003, "1,003rd"),
        (2_012, "2,012th"),
    ],
)
def test_a_place_is_an_ordinal(number: int, words: str) -> None:
    assert ordinal(number) == words


def standing(stating: int, above: int, perhaps: int, equal: int = 0) -> Standing:
    return Standing(stating, above, perhaps, equal, 1, 1)


@pytest.mark.parametrize(
    ("found", "key", "words"),
    [
        (standing(6, 0, 0), "employees", "1st of 6 that state it"),
        (standing(6, 1, 1, 1), "employees", "joint 2nd of 6 that state it"),
        (standing(5, 1, 3), "employees", "2nd to 4th of 5 that state it"),
        (standing(5, 1, 3, 1), "employees", "2nd to 4th of 5 that state it"),
        (standing(1, 0, 0), "countries", "the only one that states it"),
        (standing(2, 1, 1), "rd_share_revenue", "2nd of 2 that state it"),
        (standing(5, 2, 2), "revenue_per_employee", "3rd of 5 with a figure"),
        (standing(1, 0, 0), "rd_share_staff", "the only one with a figure"),
        (standing(2_500, 1_000, 1_000), "revenue", "1,001st of 2,500 that state it"),
    ],
)
def test_a_rank_in_words(found: Standing, key: str, words: str) -> None:
    assert rank_words(found, CATALOGUE[key], CATALOGUE) == words


POINT = Strip(own=50.0, points=(2.0,))
BOUND = Strip(own=Whisker(50.0, 100.0, edge_low=True, edge_high=False), points=(2.0,))
OTHERS_BOUND = Strip(own=50.0, whiskers=(Whisker(50.0, 100.0, edge_low=True, edge_high=False),))
HEAPS = Strip(own=50.0, heaps=(Heap(2.0, 1.6, 0.0, 100.0),))
DOTS = "Each dot on a line is a company of this data set; the filled one is Alder."
STROKE = "A stroke is a bound: the figure lies along it."
BARS = "A bar is as high as companies are many, bounds at their low end"


@pytest.mark.parametrize(
    ("strips", "words"),
    [
        ([POINT, None], f"{DOTS} Log scale."),
        ([POINT, BOUND], f"{DOTS} {STROKE} Log scale."),
        ([OTHERS_BOUND], f"{DOTS} {STROKE} Log scale."),
        ([BOUND], f"{DOTS.replace('filled one', 'thick stroke')} {STROKE} Log scale."),
        ([HEAPS], f"{BARS}; the dot is Alder. Log scale."),
        ([HEAPS, POINT], f"{DOTS} {BARS}. Log scale."),
        ([None], ""),
        ([], ""),
    ],
)
def test_the_strips_are_explained_by_what_is_drawn(strips: list[Strip | None], words: str) -> None:
    shown = Shown("Revenue", None, Cell("revenue", "stated", Written("", "")), "", "")
    assert hint("Alder", tuple(Leading(shown, "", "", strip) for strip in strips)) == words
