"""Exchange rates of data files: what is kept, what is offered, what is wrong with them."""

from datetime import date
from decimal import Decimal

import pytest

from app.profiles.figure import Period, Rate
from tests.readers.cast import dataset, told

SOURCES = "sources:\n  bank: {title: A bank}\n"
EURO = "  - {pair: EUR/USD, year: 2015, rate: 1.1095, source: bank, locator: page 3}\n"


def rates(*lines: str, head: str = "") -> str:
    """A data file with these rates; the first of them is line 4."""
    return SOURCES + "rates:\n" + "".join(lines) + head + "companies: []\n"


def test_a_rate_keeps_its_digits_its_time_and_its_source() -> None:
    found = dataset(
        rates(EURO, "  - {pair: CNY/EUR, date: 2016-06-30, rate: 0.1350, source: bank}\n")
    ).rates.all
    assert found == (
        Rate(
            "EUR",
            "USD",
            Decimal("1.1095"),
            Period("2015", date(2015, 12, 31)),
            True,
            "bank",
            "page 3",
        ),
        Rate(
            "CNY",
            "EUR",
            Decimal("0.1350"),
            Period("2016-06-30", date(2016, 6, 30)),
            False,
            "bank",
        ),
    )
    assert str(found[1].value) == "0.1350"


@pytest.mark.parametrize(
    ("head", "offered"),
    [
        pytest.param("", ("USD", "EUR"), id="all that are named, the data set's own first"),
        pytest.param("currency: GBP\n", ("GBP", "EUR", "USD"), id="the own one without a rate too"),
        pytest.param("currencies: [EUR]\n", ("USD", "EUR"), id="those that are named"),
    ],
)
def test_readers_may_choose(head: str, offered: tuple[str, ...]) -> None:
    assert dataset(rates(EURO, head=head)).rates.offered == offered


def test_without_rates_nothing_is_offered() -> None:
    assert dataset("companies: []").rates.offered == ()


def test_rates_of_several_files_are_one_list_and_sources_may_stand_in_another() -> None:
    found = dataset(
        "rates:\n  - {pair: EUR/USD, year: 2014, rate: 1.3285, source: bank}\n", rates(EURO)
    )
    assert [one.period.label for one in found.rates.all] == ["2014", "2015"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        pytest.param(
            "{pair: EURUSD, year: 2015, rate: 1, source: bank}",
            "“EURUSD” is not a currency code; write one as USD or EUR",
            id="no pair",
        ),
        pytest.param(
            "{pair: EUR/EUR, year: 2015, rate: 1, source: bank}",
            "“EUR/EUR” is one currency; write a pair as EUR/USD, 1 EUR in USD",
            id="one currency",
        ),
        pytest.param(
            "{pair: EUR/XXY, year: 2015, rate: 1, source: bank}",
            "“XXY” is not a currency code; write one as USD or EUR",
            id="no currency",
        ),
        pytest.param(
            "{pair: EUR/USD, year: 2015, rate: 0, source: bank}",
            "a rate is above 0, as 1.1069",
            id="zero",
        ),
        pytest.param(
            "{pair: EUR/USD, year: 2015, rate: -1.1, source: bank}",
            "“-1.1” is no rate; write a number above 0, as 1.1069",
            id="below zero",
        ),
        pytest.param(
            '{pair: EUR/USD, year: 2015, rate: "1,1069", source: bank}',
            "“1,1069” is no rate; write a number above 0, as 1.1069",
            id="a decimal comma",
        ),
        pytest.param(
            "{pair: EUR/USD, year: 15, rate: 1.1, source: bank}",
            "“15” is no year; write it as 2016",
            id="no year",
        ),
        pytest.param(
            "{pair: EUR/USD, rate: 1.1, source: bank}",
            "needs either a year or a date: a rate is of some time",
            id="of no time",
        ),
        pytest.param(
            "{pair: EUR/USD, year: 2015, date: 2015-12-31, rate: 1.1, source: bank}",
            "needs either a year or a date: a rate is of some time",
            id="of two times",
        ),
        pytest.param(
            "{pair: EUR/USD, year: 2015, rate: 1.1}", "needs source", id="resting on nothing"
        ),
        pytest.param(
            "{pair: EUR/USD, year: 2015, rate: 1.1, source: banc}",
            "no source banc is described; known: bank",
            id="resting on what is not described",
        ),
    ],
)
def test_what_is_wrong_with_a_rate_is_told_with_what_would_be_right(
    line: str, message: str
) -> None:
    assert told(rates(f"  - {line}\n")) == [(4, None, message)]


def test_a_second_rate_of_one_pair_and_time_is_refused_whichever_way_round() -> None:
    again = "  - {pair: USD/EUR, year: 2015, rate: 0.9, source: bank}\n"
    message = "the rate of USD and EUR of 2015 is given at one.yaml:4 already"
    assert told(rates(EURO, again)) == [(5, None, message)]


def test_a_currency_that_no_rate_leads_to_cannot_be_offered() -> None:
    message = "no rate leads to GBP; rates are given for EUR, USD"
    assert told(rates(EURO, head="currencies: [GBP]\n")) == [(5, None, message)]


def test_readers_choose_from_a_few() -> None:
    many = [
        f"  - {{pair: EUR/{code}, year: 2015, rate: 2, source: bank}}\n"
        for code in ("GBP", "CNY", "JPY", "CHF")
    ]
    (found,) = told(rates(*many))
    assert found[2].endswith("at most 4 with USD: name those under currencies")
