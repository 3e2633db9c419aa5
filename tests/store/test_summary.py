"""Totals and medians of the rows found: intervals, never a number that is not known."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.profiles.company import Company, Dataset
from app.profiles.filter import CompanyFilter
from app.profiles.interval import INT64_MAX, MAX_BOUND, Interval
from app.profiles.results import Summary
from app.store.summary import summarise
from tests.profiles.strategies import holds, intervals, numbers_in
from tests.store.cast import NONE, Known, at_least, company, dataset, more_than
from tests.store.shelf import Shelf

EVERYBODY = CompanyFilter()


def summary(shelf: Shelf, key: str = "employees", asked: CompanyFilter = EVERYBODY) -> Summary:
    with shelf.open() as snapshot:
        return summarise(snapshot, asked, (key,))[key]


def of(shelf: Shelf, *known: Known) -> Summary:
    """The summary of companies with these numbers of employees."""
    shelf.load(dataset(*(company(f"c{n}", employees=one) for n, one in enumerate(known))))
    return summary(shelf)


def exactly(value: int) -> Interval:
    return Interval.exactly(value)


@pytest.mark.parametrize(
    ("known", "total", "median"),
    [
        pytest.param([5], exactly(5), exactly(5), id="one"),
        pytest.param([0], exactly(0), exactly(0), id="nobody at all"),
        pytest.param([9, 1, 5], exactly(15), exactly(5), id="odd"),
        pytest.param([9, 1, 5, 7], exactly(22), exactly(6), id="even"),
        pytest.param([1, 2], exactly(3), exactly(2), id="half rounds to even"),
        pytest.param([2, 3], exactly(5), exactly(2), id="half rounds down to even"),
        pytest.param([5, 5, 5, 5], exactly(20), exactly(5), id="equal"),
        pytest.param([None, 5, NONE, 9], exactly(14), exactly(7), id="unknown is not zero"),
        pytest.param([Interval(1, 4), 10], Interval(11, 14), Interval(6, 7), id="closed bounds"),
        pytest.param(
            [more_than(4), 10, 20], more_than(34), Interval(10, 20), id="one without an end"
        ),
        pytest.param([at_least(4), 10], at_least(14), at_least(7), id="even without an end"),
        pytest.param(
            [more_than(4), 10], more_than(14), more_than(7), id="even, open and without an end"
        ),
        pytest.param(
            [Interval(0, 4, high_open=True), 10, 20],
            Interval(30, 34, high_open=True),
            exactly(10),
            id="open above",
        ),
        pytest.param(
            [Interval(0, 9, True, True), Interval(2, 11, True, True), Interval(4, 13, True, True)],
            Interval(6, 33, True, True),
            Interval(2, 11, True, True),
            id="all open",
        ),
        pytest.param(
            [more_than(1), more_than(2), more_than(3)], more_than(6), more_than(2), id="endless"
        ),
    ],
)
def test_totals_and_medians_are_intervals(
    shelf: Shelf, known: list[Known], total: Interval, median: Interval
) -> None:
    found = of(shelf, *known)
    assert (found.total, found.median) == (total, median)


def test_the_summary_says_how_many_state_it(shelf: Shelf) -> None:
    found = of(shelf, 5, None, NONE, 7)
    assert (found.companies, found.stating) == (4, 2)


@pytest.mark.parametrize("known", [[], [None], [NONE, None]])
def test_where_nobody_states_it_there_is_no_number(shelf: Shelf, known: list[Known]) -> None:
    assert of(shelf, *known) == Summary(len(known), 0)


def test_the_least_and_the_highest_bound_are_known(shelf: Shelf) -> None:
    found = of(shelf, 5, Interval(3, 90), more_than(100), None)
    assert (found.least, found.top, found.endless) == (3, 100, True)
    bounded = of(shelf, 5, Interval(3, 90), None)
    assert (bounded.least, bounded.top, bounded.endless) == (3, 90, False)


@pytest.mark.parametrize(
    ("known", "total"),
    [
        ([MAX_BOUND] * 2 + [3], exactly(INT64_MAX)),
        ([MAX_BOUND] * 2 + [4], None),
        ([MAX_BOUND] * 9, None),
        ([at_least(MAX_BOUND), MAX_BOUND, 4], None),
        ([Interval(1, MAX_BOUND)] * 3, None),
    ],
)
def test_a_total_beyond_64_bits_is_not_shown(
    shelf: Shelf, known: list[Known], total: Interval | None
) -> None:
    found = of(shelf, *known)
    assert found.total == total
    assert found.median is not None


def test_an_amount_in_another_currency_is_not_added(shelf: Shelf) -> None:
    shelf.load(dataset(company("alder", revenue=500), company("birch", revenue=9, currency="EUR")))
    found = summary(shelf, "revenue")
    assert (found.companies, found.stating, found.total) == (2, 1, exactly(500))


B = 10**9 * 100


def test_the_six_companies_earn_this_much_together(six: Dataset, six_shelf: Shelf) -> None:
    found = summary(six_shelf, "revenue")
    assert (found.companies, found.stating) == (len(six.companies), 5)
    assert found.total == exactly(1462 * B // 10)
    assert found.median == exactly(15 * B)
    share = summary(six_shelf, "rd_share_staff")
    assert (share.stating, share.median) == (
        2,
        Interval(473_529_411_764, 723_529_411_764, low_open=True),
    )


@pytest.mark.parametrize(
    "known",
    [
        [more_than(10), 10, 20],
        [Interval(10, 30, low_open=True), 10, 10, 20, 20],
    ],
)
def test_of_equal_middle_ends_the_open_one_is_the_greater(shelf: Shelf, known: list[Known]) -> None:
    assert of(shelf, *known).median == of(shelf, *known[::-1]).median


def test_a_median_does_not_claim_an_end_that_is_not_reached(shelf: Shelf) -> None:
    found = of(shelf, more_than(10), 10, 20)
    assert found.median == Interval(10, 20, low_open=True)


def test_a_median_claims_an_upper_end_that_is_reached(shelf: Shelf) -> None:
    below_ten, up_to_ten = Interval(3, 10, high_open=True), Interval(2, 10)
    assert of(shelf, up_to_ten, below_ten, 20).median == Interval(3, 10)
    assert of(shelf, below_ten, up_to_ten, 20).median == Interval(3, 10)
    assert of(shelf, up_to_ten, below_ten, 1).median == Interval(2, 10, high_open=True)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = Shelf(tmp_path_factory.mktemp("drawn") / "drawn.db")
    yield opened
    opened.close()


def median(numbers: Sequence[Fraction]) -> Fraction:
    ordered, half = sorted(numbers), len(numbers) // 2
    return (ordered[half] + ordered[(len(numbers) - 1) // 2]) / 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.lists(intervals(st.integers(0, 20)), min_size=1, max_size=5))
def test_whatever_the_true_numbers_are_total_and_median_hold_them(
    drawn: Shelf, data: st.DataObject, known: list[Interval]
) -> None:
    found = of(drawn, *known)
    numbers = [data.draw(numbers_in(one)) for one in known]
    assert holds(found.total, sum(numbers, Fraction(0)))
    assert found.median is not None
    widened = Interval(
        max(0, (found.median.low or 0) - 1) if found.median.low else 0,
        None if found.median.high is None else found.median.high + 1,
        high_open=found.median.high is None,
    )
    assert holds(widened, median(numbers))  # A bound is rounded to a unit.


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(intervals(st.integers(0, 20)), min_size=1, max_size=6))
def test_the_ends_of_a_median_are_the_medians_of_the_ends(
    drawn: Shelf, known: list[Interval]
) -> None:
    found = of(drawn, *known).median
    assert found is not None
    lows = [Fraction(one.low or 0) for one in known]
    assert found.low == round(median(lows))
    finite = [Fraction(one.high) for one in known if one.high is not None]
    beyond = [Fraction(10**6)] * (len(known) - len(finite))
    expected = median(finite + beyond)
    assert found.high == (round(expected) if expected < 10**5 else None)


def test_a_company_may_stand_in_the_summary_with_none_of_its_measures(shelf: Shelf) -> None:
    shelf.load(dataset(Company("alder", "Alder")))
    assert summary(shelf, "founded") == Summary(1, 0)
