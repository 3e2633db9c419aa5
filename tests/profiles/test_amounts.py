from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.profiles.amounts import (
    AmountError,
    accepted,
    read_amount,
    read_upper,
    write_amount,
    write_upper,
)
from app.profiles.interval import MAX_BOUND
from app.profiles.measures import Kind

COUNT, MONEY, SHARE, YEAR = Kind.COUNT, Kind.MONEY, Kind.SHARE, Kind.YEAR
TEN_THOUSANDTH_PERCENT = 10**6
"""The finest share that a filter takes, in storage units."""


def read(text: str, kind: Kind) -> int:
    return read_amount(text, kind, "USD")


def fault(text: str, kind: Kind, currency: str = "USD") -> str:
    with pytest.raises(AmountError) as refused:
        read_amount(text, kind, currency)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10B", 10**12),
        ("10b", 10**12),
        ("10 B", 10**12),
        ("1.5bn", 15 * 10**10),
        ("500M", 5 * 10**10),
        ("500 million", 5 * 10**10),
        ("61,000,000,000", 61 * 10**11),
        ("61 000 000 000", 61 * 10**11),
        ("61\u00a0000\u202f000 000", 61 * 10**11),
        ("$2e9", 2 * 10**11),
        ("2e+9", 2 * 10**11),
        ("$10B", 10**12),
        ("US$10B", 10**12),
        ("USD 10B", 10**12),
        ("10B USD", 10**12),
        ("10b usd", 10**12),
        ("$10B USD", 10**12),
        ("  10B ", 10**12),
        ("0", 0),
        ("0.01", 1),
        ("12.34", 1234),
        ("1,234.56", 123_456),
        ("1t", 10**14),
    ],
)
def test_money_is_read_in_hundredths(text: str, expected: int) -> None:
    assert read(text, MONEY) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("20,000", COUNT, 20_000),
        ("170k", COUNT, 170_000),
        ("1.5K", COUNT, 1_500),
        ("40", SHARE, 40 * 10**10),
        ("40%", SHARE, 40 * 10**10),
        ("40 %", SHARE, 40 * 10**10),
        ("12.5", SHARE, 125 * 10**9),
        ("12.3456", SHARE, 123_456 * 10**6),
        ("250", SHARE, 250 * 10**10),
        ("0.0001", SHARE, TEN_THOUSANDTH_PERCENT),
        ("1987", YEAR, 1987),
    ],
)
def test_other_kinds_are_read_in_their_units(text: str, kind: Kind, expected: int) -> None:
    assert read(text, kind) == expected


@pytest.mark.parametrize(
    ("text", "kind", "fragment"),
    [
        *(
            pytest.param(text, MONEY, "an amount in USD of 0 or more", id=f"money {text!r}")
            for text in (
                "",
                "x",
                "-5",
                "−5",
                "+5",
                "$-5",
                "NaN",
                "inf",
                "Infinity",
                "10%",
                "¥10",
                "10 XQZ",
                "1,23",
                "1,0000",
                "1.2.3",
                ".5",
                "5.",
                "10-20",
                "more than 10",
                "10+",
                "0x10",
                "1e-2",
                "1e999",
                "5 mil",
                "10\x00",
                "9" * 81,
            )
        ),
        pytest.param("€10B", MONEY, "in USD, the currency in which", id="euro sign"),
        pytest.param("10B EUR", MONEY, "in USD, the currency in which", id="euro code"),
        pytest.param("C$10B", MONEY, "in USD, the currency in which", id="other dollar"),
        pytest.param("$10B CAD", MONEY, "in USD, the currency in which", id="dollar, other code"),
        pytest.param("0.001", MONEY, "at most 2 decimals", id="a tenth of a cent"),
        pytest.param("1e99", MONEY, "a smaller number", id="beyond 64 bits"),
        pytest.param("46116860184273879.03", MONEY, "a smaller number", id="one cent beyond"),
        pytest.param("1.5", COUNT, "a whole number", id="half a person"),
        pytest.param("$5", COUNT, "a whole number of 0 or more", id="money for a count"),
        pytest.param("5 USD", COUNT, "a whole number of 0 or more", id="code for a count"),
        pytest.param("5%", COUNT, "a whole number of 0 or more", id="percent for a count"),
        pytest.param("4611686018427387903", COUNT, "a smaller number", id="large count"),
        pytest.param("12.34567", SHARE, "at most 4 decimals, as 12.3456", id="5 decimals"),
        pytest.param("1.00001e1", SHARE, None, id="5 digits, 4 decimals"),
        pytest.param("40K", SHARE, "percent of 0 or more", id="thousands of percent"),
        pytest.param("$40", SHARE, "percent of 0 or more", id="money for a share"),
        pytest.param("40 usd", SHARE, "percent of 0 or more", id="code for a share"),
        pytest.param("9223373", SHARE, None, id="large but storable share"),
        pytest.param("461168602", SHARE, "a smaller number", id="large share"),
        pytest.param("19.5", YEAR, "a whole number", id="part of a year"),
        pytest.param("c. 1987", YEAR, "a year, as 1987", id="about a year"),
    ],
)
def test_what_cannot_be_read_says_what_can(text: str, kind: Kind, fragment: str | None) -> None:
    if fragment is None:
        assert read(text, kind) > 0
    else:
        assert fragment in fault(text, kind)


def test_a_bare_dollar_is_the_currency_of_the_data_set() -> None:
    assert read_amount("$5", MONEY, "CAD") == 500
    assert "an amount in CAD" in fault("US$5", MONEY, "CAD")
    assert read_amount("€5", MONEY, "EUR") == 500


@pytest.mark.parametrize("text", ["10 mıllıon", "10 MİLLİON", "10 thouſand"])
def test_letters_that_only_look_like_a_scale_word_are_refused(text: str) -> None:
    assert accepted(MONEY, "USD") in fault(text, MONEY)


@given(st.text(alphabet="0123456789.,e+- %$€kmbnKMBuUsS\u00a0", max_size=12), st.sampled_from(Kind))
def test_any_typed_text_is_read_or_refused(text: str, kind: Kind) -> None:
    with suppress(AmountError):
        assert 0 <= read(text, kind) <= MAX_BOUND


@pytest.mark.parametrize(
    ("ticks", "kind", "expected"),
    [
        (10**12, MONEY, "10B"),
        (15 * 10**10, MONEY, "1.5B"),
        (10**14, MONEY, "1T"),
        (5 * 10**10, MONEY, "500M"),
        (1234, MONEY, "12.34"),
        (1, MONEY, "0.01"),
        (0, MONEY, "0"),
        (123_456_789_01, MONEY, "123456789.01"),
        (20_000, COUNT, "20K"),
        (20_001, COUNT, "20001"),
        (1_500, COUNT, "1.5K"),
        (1_250, COUNT, "1250"),
        (600, COUNT, "600"),
        (40 * 10**10, SHARE, "40"),
        (100 * 10**10, SHARE, "100"),
        (123_456 * 10**6, SHARE, "12.3456"),
        (TEN_THOUSANDTH_PERCENT, SHARE, "0.0001"),
        (2000, YEAR, "2000"),
        (1987, YEAR, "1987"),
    ],
)
def test_an_amount_is_written_the_shortest_way(ticks: int, kind: Kind, expected: str) -> None:
    assert write_amount(ticks, kind) == expected


@given(st.integers(0, MAX_BOUND), st.sampled_from([COUNT, MONEY, YEAR]))
@example(MAX_BOUND, MONEY)
@example(MAX_BOUND, COUNT)
def test_what_is_written_reads_back_the_same(ticks: int, kind: Kind) -> None:
    assert read(write_amount(ticks, kind), kind) == ticks


@given(st.integers(0, 10**7), st.sampled_from([1, 10**2, 10**3, 10**6, 10**9]))
def test_round_amounts_read_back_the_same(number: int, factor: int) -> None:
    ticks = number * factor
    assert read(write_amount(ticks, MONEY), MONEY) == ticks
    assert len(write_amount(ticks, COUNT)) <= len(str(ticks))


@given(st.integers(0, MAX_BOUND // TEN_THOUSANDTH_PERCENT))
def test_shares_read_back_the_same(ten_thousandths: int) -> None:
    ticks = ten_thousandths * TEN_THOUSANDTH_PERCENT
    assert read(write_amount(ticks, SHARE), SHARE) == ticks


@pytest.mark.parametrize("kind", Kind)
def test_every_example_that_a_refusal_gives_can_be_read(kind: Kind) -> None:
    given_examples = accepted(kind, "USD").split(", as ")[1]
    for part in given_examples.replace(" or ", ", ").split(", "):
        assert read(part, kind) >= 0


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("2B", MONEY, 2 * 10**11),
        ("<2B", MONEY, 2 * 10**11 - 1),
        (" < 2B", MONEY, 2 * 10**11 - 1),
        ("<10%", SHARE, 10**11 - 1),
        ("<10", COUNT, 9),
    ],
)
def test_an_upper_bound_may_lie_one_unit_below_a_number(
    text: str, kind: Kind, expected: int
) -> None:
    assert read_upper(text, kind, "USD") == expected


@pytest.mark.parametrize("text", ["<0", "<", "<<5", "<-1", ">5"])
def test_nothing_lies_below_nothing(text: str) -> None:
    with pytest.raises(AmountError):
        read_upper(text, MONEY, "USD")


@pytest.mark.parametrize(
    ("ticks", "kind", "expected"),
    [
        (2 * 10**11 - 1, MONEY, "<2B"),
        (2 * 10**11, MONEY, "2B"),
        (99, MONEY, "<1"),
        (98, MONEY, "0.98"),
        (10**11 - 1, SHARE, "<10"),
        (10**11, SHARE, "10"),
        (99_999, COUNT, "99999"),
        (1989, YEAR, "1989"),
    ],
)
def test_an_upper_bound_is_written_by_the_round_number_it_lies_below(
    ticks: int, kind: Kind, expected: str
) -> None:
    assert write_upper(ticks, kind) == expected


@given(st.integers(0, MAX_BOUND - 1), st.sampled_from([MONEY, COUNT]))
def test_what_is_written_of_an_upper_bound_is_read_back(ticks: int, kind: Kind) -> None:
    assert read_upper(write_upper(ticks, kind), kind, "USD") == ticks


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("-500M", MONEY, -5 * 10**10),
        ("−$1.5bn", MONEY, -15 * 10**10),
        ("- 20", COUNT, -20),
        ("-3%", SHARE, -3 * 10**10),
        ("0", MONEY, 0),
        ("7M", MONEY, 7 * 10**8),
    ],
)
def test_what_can_lie_below_zero_takes_a_minus(text: str, kind: Kind, expected: int) -> None:
    assert read_amount(text, kind, "USD", signed=True) == expected


@pytest.mark.parametrize("text", ["--5", "5-", "-", "$-5", "-5-"])
def test_a_minus_stands_once_and_first(text: str) -> None:
    with pytest.raises(AmountError) as refused:
        read_amount(text, MONEY, "USD", signed=True)
    assert str(refused.value) == accepted(MONEY, "USD", signed=True)
    assert "-20" in str(refused.value)


@pytest.mark.parametrize("kind", [MONEY, COUNT, SHARE])
def test_what_cannot_lie_below_zero_takes_none(kind: Kind) -> None:
    assert fault("-5", kind) == accepted(kind, "USD")


@given(st.integers(-(10**15), 10**15))
def test_an_upper_bound_on_either_side_of_zero_is_read_as_it_is_written(ticks: int) -> None:
    assert read_upper(write_upper(ticks, MONEY), MONEY, "USD", signed=True) == ticks
