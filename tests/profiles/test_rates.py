"""Exchange rates: which one fits, and what an amount is in another currency."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.profiles.figure import Figure, Period, Rate, State
from app.profiles.interval import MAX_BOUND, Interval
from app.profiles.rates import NO_RATES, Rates, conversion_words

Y2014, Y2015, Y2016 = (Period(str(year), date(year, 12, 31)) for year in (2014, 2015, 2016))
TO_JUNE = Period("2015/16", date(2016, 6, 30))


def rate(pair: str, value: str, when: str) -> Rate:
    base, _, quote = pair.partition("/")
    yearly = len(when) == 4
    end = date(int(when), 12, 31) if yearly else date.fromisoformat(when)
    return Rate(base, quote, Decimal(value), Period(when, end), yearly, "bank")


IN_2015 = rate("EUR/USD", "1.25", "2015")
IN_2016 = rate("EUR/USD", "1.2", "2016")
IN_JUNE = rate("EUR/USD", "1.1", "2016-06-30")
AT_END = rate("EUR/USD", "1.05", "2014-12-31")
YUAN = rate("EUR/CNY", "7.5", "2015")
KRONA = rate("SEK/CNY", "0.75", "2015")
RATES = Rates((IN_JUNE, IN_2015, IN_2016, AT_END, YUAN, KRONA), ("EUR", "USD"))


def amount(
    low: int | None, period: Period | None, currency: str | None = "USD", *, more: bool = False
) -> Figure:
    """A stated amount in hundredths; more than that, where it is so."""
    interval = None
    if low is not None:
        interval = Interval(low, None if more else low, low_open=more, high_open=more)
    return Figure("revenue", State.STATED, interval, currency, period)


@pytest.mark.parametrize(
    ("pair", "period", "expected"),
    [
        pytest.param("EUR/USD", Y2015, (IN_2015,), id="the year's"),
        pytest.param("USD/EUR", Y2015, (IN_2015,), id="the other way"),
        pytest.param("EUR/USD", TO_JUNE, (IN_2016,), id="of the year in which the period ends"),
        pytest.param("EUR/USD", Y2014, (AT_END,), id="of its last day, where no year's is known"),
        pytest.param("EUR/CNY", Y2016, (), id="never a neighbour's"),
        pytest.param("EUR/USD", None, (), id="an undated amount has none"),
        pytest.param("CNY/USD", Y2015, (YUAN, IN_2015), id="across a shared currency"),
        pytest.param("USD/CNY", Y2015, (IN_2015, YUAN), id="across, the other way"),
        pytest.param("EUR/SEK", Y2015, (YUAN, KRONA), id="across, by quotes alone"),
        pytest.param("USD/SEK", Y2015, (), id="never across two"),
        pytest.param("EUR/GBP", Y2015, (), id="to a currency without any"),
    ],
)
def test_the_rate_is_of_the_amounts_time(
    pair: str, period: Period | None, expected: tuple[Rate, ...]
) -> None:
    base, _, quote = pair.partition("/")
    assert RATES.path(base, quote, period) == expected


@pytest.mark.parametrize(
    ("figure", "currency", "expected"),
    [
        pytest.param(amount(10_000, Y2015), "EUR", Interval.exactly(8_000), id="divided"),
        pytest.param(amount(10_000, Y2015, "EUR"), "USD", Interval.exactly(12_500), id="times"),
        pytest.param(amount(1_200, Y2015, "CNY"), "USD", Interval.exactly(200), id="across"),
        pytest.param(amount(-10_000, Y2015), "EUR", Interval.exactly(-8_000), id="a loss"),
        pytest.param(
            amount(10_000, Y2015, more=True),
            "EUR",
            Interval(8_000, None, low_open=True, high_open=True),
            id="a bound stays one",
        ),
        pytest.param(amount(2, Y2016), "EUR", Interval.exactly(2), id="rounded"),
        pytest.param(amount(MAX_BOUND, Y2015, "EUR"), "USD", None, id="too large to be stored"),
        pytest.param(amount(10_000, Y2014, "CNY"), "EUR", None, id="no rate"),
        pytest.param(amount(10_000, None), "EUR", None, id="undated"),
        pytest.param(amount(10_000, Y2015, "EUR"), "EUR", None, id="its own currency"),
        pytest.param(amount(10_000, Y2015, None), "EUR", None, id="no amount"),
        pytest.param(amount(None, Y2015), "EUR", None, id="none yet"),
    ],
)
def test_an_amount_is_converted_or_stays_as_it_is(
    figure: Figure, currency: str, expected: Interval | None
) -> None:
    found = RATES.convert(figure, currency)
    if expected is None:
        assert found is figure
        return
    assert (found.interval, found.currency) == (expected, currency)
    assert found.conversion is not None
    assert (found.conversion.interval, found.conversion.currency) == (
        figure.interval,
        figure.currency,
    )


def test_without_rates_nothing_is_converted() -> None:
    figure = amount(10_000, Y2015)
    assert NO_RATES.convert(figure, "EUR") is figure


def test_an_open_interval_narrower_than_a_hundredth_becomes_one_number() -> None:
    narrow = Figure(
        "revenue", State.STATED, Interval(100, 101, high_open=True), "CNY", Y2015, as_stated="1"
    )
    assert RATES.convert(narrow, "EUR").interval == Interval.exactly(13)


@given(
    st.integers(0, 10**14),
    st.integers(0, 10**12),
    st.decimals("0.0001", "9999", places=4),
    st.booleans(),
)
def test_every_number_of_an_amount_lies_in_the_converted_one(
    low: int, width: int, value: Decimal, straight: bool
) -> None:
    pair = ("EUR", "USD") if straight else ("USD", "EUR")
    known = Rate(*pair, value, Y2015, True, "bank")
    interval = Interval(low, low + width)
    figure = Figure("revenue", State.STATED, interval, "EUR", Y2015)
    found = Rates((known,)).convert(figure, "USD").interval
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    factor = Fraction(value) if straight else 1 / Fraction(value)
    half = Fraction(1, 2)
    for one in (low, low + width // 2, low + width):
        assert found.low - half <= one * factor <= found.high + half


def test_a_conversion_in_words_names_the_rates_and_their_time() -> None:
    found = RATES.convert(amount(1_200, Y2015, "CNY"), "USD").conversion
    assert found is not None
    expected = "from CNY at 1 EUR = 7.5 CNY (2015) and 1 EUR = 1.25 USD (2015)"
    assert conversion_words(found) == expected
