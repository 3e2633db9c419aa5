"""The measuring command's pure parts, and that its page is made; its times are nobody's test."""

from benchmarks.lighthouse import read_scores
from benchmarks.list_page import SIX, Taken, lines, measure
from benchmarks.table import table
from tests.made_up import made_up

REPORT = """{"categories": {"performance": {"score": 0.985}, "accessibility": {"score": 1},
"best-practices": {"score": null}, "seo": {"score": 0.9}},
"audits": {"cumulative-layout-shift": {"numericValue": 0.0123}}}"""


def test_a_report_of_lighthouse_is_read() -> None:
    assert read_scores(REPORT) == {
        "performance": "98",
        "accessibility": "100",
        "best-practices": "",
        "seo": "90",
        "layout shift": "0.012",
    }


def test_times_are_told_by_their_median_and_by_what_most_stay_below() -> None:
    taken = Taken(tuple(map(float, range(101))))
    assert (taken.median, taken.p95, str(taken)) == (50, 95, "50.0, 95.0 ms")


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("c", "d")]) == "| a | b |\n| --- | --- |\n| c | d |"


def test_the_parts_of_the_page_are_within_all_of_it() -> None:
    taken = measure(SIX, rounds=2)
    for sql, templates, whole in zip(*(part.rounds for part in taken.values()), strict=True):
        assert 0 < sql + templates < whole
    assert len(list(lines((SIX,), rounds=2))) == 3


def test_made_up_companies_are_the_same_each_time_and_differ_from_one_another() -> None:
    few = made_up(3)
    assert few == made_up(3) != made_up(3, seed=1)
    names = [line for line in made_up().splitlines() if line.startswith("    name: ")]
    assert len(set(names)) == 2500
