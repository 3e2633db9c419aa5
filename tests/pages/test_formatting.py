"""Numbers as people read them: short, and so that what they say stays true."""

from datetime import date

import pytest

from app.pages.formatting import (
    count_of,
    machine,
    write_date,
    write_exactly,
    write_interval,
    write_number,
    write_period,
)
from app.profiles.figure import Figure, Period, State, unknown
from app.profiles.interval import Interval
from app.profiles.measures import Catalogue, Kind
from tests.store.cast import PERCENT, at_least, more_than

MEASURES = Catalogue()
DOLLAR = 100
EXACT = Interval.exactly
ALL = 100 * PERCENT


def seen(interval: Interval, measure: str, currency: str | None = None) -> str:
    written = write_interval(interval, MEASURES[measure], currency).seen
    return written.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("dollars", "expected"),
    [
        ("61000000000", "$61B"),
        ("1200000000", "$1.2B"),
        ("358823.53", "$359k"),
        ("484000", "$484k"),
        ("60000", "$60k"),
        ("15000000000000", "$15T"),
        ("1234567890", "$1.23B"),
        ("999400000", "$999M"),
        ("999500000", "$1B"),
        ("9990", "$9,990"),
        ("10000", "$10k"),
        ("600", "$600"),
        ("0.01", "$0.01"),
        ("0", "$0"),
        ("-0.5", "−$0.5"),
        ("-9990", "−$9,990"),
        ("-331000000", "−$331M"),
        ("-1234567890", "−$1.23B"),
    ],
)
def test_money_is_shown_to_three_digits_with_one_letter(dollars: str, expected: str) -> None:
    assert seen(EXACT(round(float(dollars) * DOLLAR)), "revenue", "USD") == expected


def test_a_loss_is_spoken_as_one() -> None:
    loss = write_number(-331_000_000 * DOLLAR, Catalogue()["revenue"], "USD")
    assert loss == ("−$331M", "minus 331 million US dollars")


@pytest.mark.parametrize(
    ("currency", "expected"),
    [
        ("EUR", "€61B"),
        ("GBP", "£61B"),
        ("CHF", "CHF 61B"),
        ("CNY", "CN¥ 61B"),
        (None, "61B"),
    ],
)
def test_money_names_its_currency(currency: str | None, expected: str) -> None:
    assert seen(EXACT(61 * 10**9 * DOLLAR), "revenue", currency) == expected


@pytest.mark.parametrize(
    ("interval", "measure", "expected"),
    [
        (EXACT(170_000), "employees", "170,000"),
        (EXACT(899_123_456), "employees", "899,123,456"),
        (EXACT(0), "employees", "0"),
        (EXACT(1987), "founded", "1987"),
        (Interval(1980, 1985), "founded", "1980–1985"),
        (EXACT(447_058_823_529), "rd_share_staff", "44.7%"),
        (EXACT(50 * PERCENT), "rd_share_staff", "50%"),
        (EXACT(ALL), "rd_share_staff", "100%"),
        (EXACT(2 * ALL), "rd_share_revenue", "200%"),
        (EXACT(PERCENT // 100), "rd_share_revenue", "0.01%"),
    ],
)
def test_one_number_is_written_plainly(interval: Interval, measure: str, expected: str) -> None:
    assert seen(interval, measure) == expected


@pytest.mark.parametrize(
    ("interval", "measure", "expected"),
    [
        (more_than(50 * PERCENT, ALL), "rd_share_staff", "> 50%"),
        (Interval(50 * PERCENT, ALL), "rd_share_staff", "≥ 50%"),
        (Interval(50 * PERCENT, ALL, high_open=True), "rd_share_staff", "50% to less than 100%"),
        (more_than(10 * PERCENT), "rd_share_revenue", "> 10%"),
        (at_least(10 * PERCENT), "rd_share_revenue", "≥ 10%"),
        (Interval(10 * PERCENT, ALL), "rd_share_revenue", "10%–100%"),
        (at_least(40), "countries", "40+"),
        (more_than(1500), "countries", "> 1,500"),
        (Interval(0, 12), "countries", "≤ 12"),
        (Interval(0, 12, high_open=True), "countries", "< 12"),
        (Interval(10, 20), "countries", "10–20"),
        (Interval(10, 20, low_open=True), "countries", "more than 10 to 20"),
        (Interval(10, 20, high_open=True), "countries", "10 to less than 20"),
        (more_than(14_000_000 * DOLLAR), "revenue", "> $14M"),
        (Interval(10**11, 2 * 10**11), "revenue", "$1B–$2B"),
    ],
)
def test_bounds_say_which_end_is_open(interval: Interval, measure: str, expected: str) -> None:
    assert seen(interval, measure, "USD") == expected


@pytest.mark.parametrize(
    ("interval", "measure", "expected"),
    [
        (more_than(447_058_823_529, ALL), "rd_share_staff", "> 44.7%"),
        (at_least(447_999_999_999), "rd_share_revenue", "≥ 44.79%"),
        (Interval(0, 447_000_000_001), "rd_share_staff", "≤ 44.71%"),
        (Interval(0, 99_999 * PERCENT // 1000), "rd_share_staff", "≤ 100%"),
        (at_least(1_239_999_999 * DOLLAR), "revenue", "$1.239B+"),
        (more_than(99_999_999_999), "revenue", "> $999.9M"),
        (Interval(0, 100_000_000_001, high_open=True), "revenue", "< $1.001B"),
        (Interval(111_111_111, 222_222_222), "revenue", "$1.111M–$2.223M"),
    ],
)
def test_a_bound_is_rounded_away_from_the_figure_so_that_it_stays_true(
    interval: Interval, measure: str, expected: str
) -> None:
    assert seen(interval, measure, "USD") == expected


def test_the_bound_of_a_count_keeps_every_digit() -> None:
    assert seen(Interval(0, 123_456_789), "employees") == "≤ 123,456,789"
    assert seen(more_than(123_456_789), "employees") == "> 123,456,789"


@pytest.mark.parametrize(
    ("interval", "measure", "expected"),
    [
        (EXACT(61 * 10**9 * DOLLAR), "revenue", "61 billion US dollars"),
        (more_than(14 * 10**6 * DOLLAR), "revenue", "more than 14 million US dollars"),
        (more_than(50 * PERCENT, ALL), "rd_share_staff", "more than 50%"),
        (at_least(40), "countries", "40 or more"),
        (Interval(0, 12), "countries", "up to 12"),
        (Interval(0, 12, high_open=True), "countries", "less than 12"),
        (Interval(10, 20), "countries", "10 to 20"),
    ],
)
def test_signs_and_letters_are_spoken_as_words(
    interval: Interval, measure: str, expected: str
) -> None:
    assert write_interval(interval, MEASURES[measure], "USD").spoken == expected


def test_only_an_exact_number_has_a_value_for_machines() -> None:
    assert write_interval(EXACT(358_823_53), MEASURES["revenue"], "USD").value == "358823.53"
    assert write_interval(at_least(40), MEASURES["countries"]).value is None


@pytest.mark.parametrize(
    ("ticks", "kind", "expected"),
    [
        (6_100_000_000_000, Kind.MONEY, "61000000000"),
        (2**63 - 1, Kind.MONEY, "92233720368547758.07"),
        (50, Kind.MONEY, "0.5"),
        (447_058_823_529, Kind.SHARE, "0.447058823529"),
        (1, Kind.SHARE, "0.000000000001"),
        (100, Kind.COUNT, "100"),
    ],
)
def test_machines_read_every_digit(ticks: int, kind: Kind, expected: str) -> None:
    assert machine(ticks, kind) == expected


def test_a_number_may_be_written_with_every_digit() -> None:
    revenue = MEASURES["revenue"]
    assert write_number(123_456_789 * DOLLAR, revenue, "USD")[0] == "$123M"
    assert write_number(123_456_789 * DOLLAR, revenue, "USD", None)[0] == "$123.456789M"


def known(measure: str, interval: Interval, currency: str | None = None) -> Figure:
    return Figure(measure, State.STATED, interval, currency)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (known("revenue", EXACT(358_823_53), "USD"), "358,823.53 USD"),
        (known("employees", EXACT(170_000)), "170,000 people"),
        (known("founded", EXACT(1987)), "1987"),
        (known("rd_share_staff", EXACT(447_058_823_529)), "44.7058823529%"),
        (known("rd_share_staff", more_than(50 * PERCENT, ALL)), "more than 50%, at most 100%"),
        (known("rd_share_revenue", more_than(10 * PERCENT)), "more than 10%, no upper end"),
        (known("countries", at_least(40)), "at least 40 countries, no upper end"),
        (
            known("countries", Interval(0, 12, high_open=True)),
            "at least 0 countries, less than 12 countries",
        ),
        (Figure("revenue", State.NONE, as_stated="next year"), "none yet"),
        (unknown("revenue"), "not stated"),
    ],
)
def test_what_a_figure_counts_as_has_every_digit_and_both_ends(
    figure: Figure, expected: str
) -> None:
    assert write_exactly(figure, MEASURES[figure.measure]) == expected


@pytest.mark.parametrize(
    ("period", "published", "expected"),
    [
        (Period("2015", date(2015, 12, 31)), date(2016, 11, 21), "2015"),
        (Period("FY2015", date(2015, 6, 30)), None, "FY2015"),
        (None, date(2016, 11, 21), "undated, published Nov 2016"),
        (None, None, "undated"),
    ],
)
def test_an_undated_figure_tells_when_its_source_came_out(
    period: Period | None, published: date | None, expected: str
) -> None:
    assert write_period(period, published) == expected


def test_a_day_is_written_without_a_leading_zero() -> None:
    assert write_date(date(2016, 3, 1)) == "1 Mar 2016"


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, "0 companies"), (1, "1 company"), (2, "2 companies"), (2500, "2,500 companies")],
)
def test_a_count_agrees_with_its_noun(number: int, expected: str) -> None:
    assert count_of(number, "company", "companies") == expected


def test_a_plain_noun_takes_an_s() -> None:
    assert [count_of(n, "figure") for n in (1, 43)] == ["1 figure", "43 figures"]


@pytest.mark.parametrize(
    ("interval", "measure", "expected"),
    [
        (EXACT(123_456_789_012), "revenue", "1.23456789012 billion US dollars"),
        (EXACT(61 * 10**11), "revenue", "61 billion US dollars"),
        (more_than(1_234_567 * DOLLAR), "revenue", "more than 1.234567 million US dollars"),
        (Interval(0, 1_234_567 * DOLLAR), "revenue", "up to 1.234567 million US dollars"),
        (EXACT(447_058_823_529), "rd_share_staff", "44.7058823529%"),
        (more_than(50 * PERCENT, ALL), "rd_share_staff", "more than 50%"),
        (EXACT(170_000), "employees", "170,000"),
    ],
)
def test_written_exactly_nothing_is_rounded(
    interval: Interval, measure: str, expected: str
) -> None:
    written = write_interval(interval, MEASURES[measure], "USD", exactly=True)
    assert written.spoken == expected
