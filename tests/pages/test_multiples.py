"""A value against the reference's: how many times, how many years, and never more than is sure."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.pages.multiples import LONG, measure_against, write_multiple
from app.profiles.figure import Figure, State, unknown
from app.profiles.interval import Interval
from app.profiles.measures import Kind, Measure
from tests.store.cast import CATALOGUE, PERCENT, Known, at_least, figure, more_than

EXACT = Interval.exactly
ALL = 100 * PERCENT


def less_than(high: int) -> Interval:
    return Interval(0, high, high_open=True)


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (EXACT(61), EXACT(14), "4.4×"),
        (EXACT(14), EXACT(61), "0.23×"),
        (EXACT(18), EXACT(20), "0.9×"),
        (EXACT(100), EXACT(50), "2×"),
        (EXACT(170_000), EXACT(600), "283×"),
        (EXACT(600), EXACT(170_000), "0.0035×"),
        (EXACT(10_000_000), EXACT(3), "3,333,333×"),
        (EXACT(996), EXACT(100), "10×"),
        (EXACT(170), EXACT(160), "1.06×"),
        (EXACT(1001), EXACT(1000), "just over 1×"),
        (EXACT(999), EXACT(1000), "just under 1×"),
        (EXACT(1), EXACT(1001), "under 0.001×"),
        (EXACT(1), EXACT(1000), "0.001×"),
        (EXACT(0), EXACT(7), "0×"),
        (more_than(50), EXACT(40), "more than 1.2×"),
        (more_than(48), EXACT(40), "more than 1.2×"),
        (at_least(48), EXACT(40), "at least 1.2×"),
        (at_least(50), EXACT(40), "more than 1.2×"),
        (less_than(32), EXACT(40), "under 0.8×"),
        (Interval(0, 32), EXACT(40), "at most 0.8×"),
        (Interval(0, 31), EXACT(40), "under 0.78×"),
        (EXACT(40), more_than(50), "under 0.8×"),
        (EXACT(40), at_least(50), "at most 0.8×"),
        (EXACT(40), less_than(32), "more than 1.2×"),
        (EXACT(40), Interval(0, 32), "more than 1.2×"),
        (EXACT(40), Interval(0, 20), "at least 2×"),
        (Interval(10, 20), EXACT(5), "2× to 4×"),
        (Interval(10, 20), EXACT(7), "1.4× to 2.9×"),
        (Interval(10, 20, low_open=True, high_open=True), EXACT(5), "more than 2× to under 4×"),
        (EXACT(10), Interval(4, 5), "2× to 2.5×"),
        (Interval(10, 20), Interval(4, 5), "2× to 5×"),
        (more_than(50), less_than(25), "more than 2×"),
        (less_than(32), more_than(40), "under 0.8×"),
        (Interval(1, 2), EXACT(10**9), "under 0.001×"),
        (more_than(1), EXACT(10**9), None),
        (more_than(50), more_than(40), None),
        (less_than(32), less_than(40), None),
        (at_least(0), EXACT(7), None),
        (EXACT(7), EXACT(0), None),
        (EXACT(10**18), EXACT(1), "1,000,000,000,000,000,000×"),
        (EXACT(1), EXACT(2**63 - 1), "under 0.001×"),
    ],
)
def test_a_multiple_is_written_and_a_bound_of_it_stays_a_bound(
    one: Interval, other: Interval, words: str | None
) -> None:
    assert write_multiple(one, other) == words


amounts = st.integers(1, 10**15)


@given(low=amounts, other=amounts)
def test_what_more_than_and_under_say_is_true(low: int, other: int) -> None:
    for bound in (more_than(low), less_than(low)):
        words = write_multiple(bound, EXACT(other))
        if words is None:
            assert bound.high is None
            assert Fraction(low, other) < Fraction(1, 1000)
            continue
        sign, _, number = words.rpartition(" ")
        told = Fraction(number.rstrip("×").replace(",", ""))
        true = Fraction(low, other)
        assert told <= true if sign == "more than" else told >= min(true, told)
        assert abs(told - true) <= max(true / 10, Fraction(1, 1000))


def told(measure: str, one: Known, other: Known) -> str:
    """What is told of a figure against that of Alder."""
    known, theirs = (
        figure(measure, value) if value is not None else unknown(measure) for value in (one, other)
    )
    return measure_against(known, theirs, CATALOGUE[measure], "Alder").seen


@pytest.mark.parametrize(
    ("measure", "one", "other", "words"),
    [
        ("revenue", 6100, 1400, "4.4× Alder"),
        ("employees", 7, 7, "equal to Alder"),
        ("employees", 0, 0, "equal to Alder"),
        ("employees", 7, 0, "no multiple of 0"),
        ("employees", more_than(7), 0, "no multiple of 0"),
        ("employees", more_than(7), more_than(7), "multiple not certain"),
        ("employees", None, 7, "not stated"),
        ("employees", 7, None, "not stated for the reference"),
        ("employees", None, None, "not stated"),
        ("revenue", 7, "next year", "the reference has none yet"),
        ("revenue", "next year", 7, "“next year”"),
        ("rd_share_staff", more_than(50 * PERCENT, ALL), 40 * PERCENT, "more than 1.2× Alder"),
        ("rd_share_staff", 40 * PERCENT, more_than(50 * PERCENT, ALL), "under 0.8× Alder"),
        ("rd_share_staff", ALL, 50 * PERCENT, "2× Alder"),
        ("rd_share_revenue", 9 * PERCENT, more_than(10 * PERCENT), "under 0.9× Alder"),
        ("founded", 1988, 1968, "20 years later"),
        ("founded", 1967, 1968, "1 year earlier"),
        ("founded", 1968, 1968, "the same year"),
        ("founded", Interval(1990, 1995), 1985, "5 to 10 years later"),
        ("founded", 1985, Interval(1990, 1995), "5 to 10 years earlier"),
        ("founded", Interval(1985, 1995), 1985, "up to 10 years later"),
        ("founded", Interval(1980, 1990), 1985, "order not certain"),
        ("founded", Interval(1, 1990, high_open=True), 2000, "at least 11 years earlier"),
        ("founded", Interval(1990, 9999, low_open=True), 1980, "at least 11 years later"),
        ("founded", Interval(1990, 9999), 1990, "not earlier"),
        ("founded", Interval(1, 1990), 1990, "not later"),
        ("founded", Interval(1, 1990), 1980, "order not certain"),
        ("founded", None, 1980, "not stated"),
    ],
)
def test_a_figure_is_measured_against_the_reference(
    measure: str, one: Known, other: Known, words: str
) -> None:
    assert told(measure, one, other) == words


def test_amounts_in_two_currencies_have_no_multiple() -> None:
    dollars, euros = figure("revenue", 7), figure("revenue", 7, "EUR")
    place = measure_against(dollars, euros, CATALOGUE["revenue"], "Alder")
    assert place.seen == "another currency, not comparable"
    assert measure_against(euros, euros, CATALOGUE["revenue"], "Alder").seen == "equal to Alder"


def test_the_ear_is_told_in_full_what_the_eye_reads_in_short() -> None:
    def heard(one: Figure, other: Figure, name: str) -> tuple[str, str]:
        place = measure_against(one, other, CATALOGUE[one.measure], name)
        return place.seen, place.aloud

    ten, four = figure("employees", 10), figure("employees", 4)
    assert heard(ten, four, "Alder") == ("2.5× Alder", "2.5 times Alder")
    long = "A" * (LONG + 1)
    assert heard(ten, four, long) == ("2.5× the reference", f"2.5 times {long}")
    assert heard(ten, ten, long) == ("equal to the reference", f"equal to {long}")
    between = replace(ten, interval=Interval(10, 20))
    assert heard(between, four, "Alder")[1] == "2.5 times to 5 times Alder"
    older, newer = figure("founded", 1968), figure("founded", 1988)
    assert heard(newer, older, "Alder")[1] == "20 years later than Alder"
    assert heard(older, older, "Alder")[1] == "the same year as Alder"
    assert heard(unknown("employees"), ten, "Alder") == ("not stated", "")


def test_a_year_of_the_data_set_s_own_is_not_multiplied() -> None:
    listed = Measure("listed", "Listed", Kind.YEAR, "year", "", domain=Interval(1, 9999))
    late, early = (Figure("listed", State.STATED, EXACT(year)) for year in (2000, 1000))
    assert measure_against(late, early, listed, "Alder").seen == "1,000 years later"
