"""The same logic twice: what SQL answers equals what `profiles.answer` says."""

from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from app.profiles.answer import Answer, Range, all_of, answer, best_of
from app.profiles.company import Company
from app.profiles.figure import State
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from tests.store.cast import NONE, PERCENT, Known, company, dataset
from tests.store.shelf import Shelf

POINTS = range(4)


def every_interval() -> Iterator[Interval]:
    """All intervals with ends among a few numbers, open and closed, some without an end."""
    for low, low_open in product(POINTS, (False, True)):
        yield Interval(low, None, low_open, high_open=True)
        for high, high_open in product(POINTS, (False, True)):
            if low < high or (low == high and not low_open and not high_open):
                yield Interval(low, high, low_open, high_open)


def every_range(unit: int = 1) -> list[Range]:
    """All ranges with bounds among the same numbers and one beyond."""
    bounds = [None, *(bound * unit for bound in range(5))]
    return [
        Range(low, high)
        for low, high in product(bounds, bounds)
        if low is None or high is None or low <= high
    ]


def stretched(known: Known, unit: int) -> Known:
    """The same known thing in a larger unit."""
    if not isinstance(known, Interval):
        return known
    ends = [None if end is None else end * unit for end in (known.low, known.high)]
    return Interval(ends[0], ends[1], known.low_open, known.high_open)


def by_sql(shelf: Shelf, asked: CompanyFilter) -> dict[str, Answer]:
    """What SQL answers for every company that is not a no."""
    page = shelf.page(asked.replace(unknown=True, size=1000))
    return {line.slug: line.answer for line in page.lines}


def by_hand(companies: Sequence[Company], asked: CompanyFilter) -> dict[str, Answer]:
    """The same said by the pure logic."""
    found = {
        one.slug: all_of(
            best_of([answer(one.headline(key).interval, wanted) for key in keys])
            for keys, wanted in asked.ranges
        )
        for one in companies
    }
    return {slug: answered for slug, answered in found.items() if answered is not Answer.NO}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = Shelf(tmp_path_factory.mktemp("logic") / "logic.db")
    yield opened
    opened.close()


def test_every_interval_answers_every_range_alike(shelf: Shelf) -> None:
    known: list[Known] = [None, NONE, *every_interval()]
    companies = [company(f"c{n:03}", employees=one) for n, one in enumerate(known)]
    shelf.load(dataset(*companies, digest="intervals"))
    for wanted in every_range():
        asked = CompanyFilter(employees=wanted)
        assert by_sql(shelf, asked) == by_hand(companies, asked), asked


SHARES: list[Known] = [
    None,
    NONE,
    Interval(1, 1),
    Interval(0, 2),
    Interval(1, 3, low_open=True),
    Interval(1, 2, high_open=True),
    Interval(3, None, low_open=True, high_open=True),
]


def test_both_bases_of_research_share_answer_alike(shelf: Shelf) -> None:
    companies = [
        company(
            f"c{n:03}",
            rd_share_staff=stretched(staff, PERCENT),
            rd_share_revenue=stretched(revenue, PERCENT),
        )
        for n, (staff, revenue) in enumerate(product(SHARES, SHARES))
    ]
    shelf.load(dataset(*companies, digest="shares"))
    for wanted, basis in product(every_range(PERCENT), ("", "staff", "revenue")):
        asked = CompanyFilter(rd_share=wanted, rd_basis=basis)
        assert by_sql(shelf, asked) == by_hand(companies, asked), asked


SOME: list[Known] = [None, NONE, 1, 2, Interval(1, 3), Interval(2, None, True, True)]
ASKED = [Range(), Range(2), Range(None, 2), Range(2, 2)]


def test_several_filters_combine_alike(shelf: Shelf) -> None:
    companies = [
        company(f"c{n:03}", employees=staff, countries=lands, founded=year)
        for n, (staff, lands, year) in enumerate(product(SOME, SOME, (None, 1, 2)))
    ]
    shelf.load(dataset(*companies, digest="several"))
    for staff, lands, years in product(ASKED, repeat=3):
        asked = CompanyFilter(employees=staff, countries=lands, founded=years)
        assert by_sql(shelf, asked) == by_hand(companies, asked), asked


def test_the_counts_are_those_of_the_pure_logic(shelf: Shelf) -> None:
    companies = [
        company(f"c{n:03}", employees=staff, countries=lands)
        for n, (staff, lands) in enumerate(product(SOME, SOME))
    ]
    shelf.load(dataset(*companies, digest="counts"))
    for staff, lands in product(ASKED, repeat=2):
        asked = CompanyFilter(employees=staff, countries=lands)
        found = by_hand(companies, asked)
        answers = [found.get(one.slug, Answer.NO) for one in companies]
        none_yet = [
            one
            for one in companies
            if found.get(one.slug) is Answer.UNKNOWN
            and any(
                one.headline(key).state is State.NONE for keys, _ in asked.ranges for key in keys
            )
        ]
        expected = {one.word: answers.count(one) for one in Answer} | {"none": len(none_yet)}
        assert shelf.counts(asked) == {name: n for name, n in expected.items() if n}, asked
