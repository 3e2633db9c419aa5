import pytest

from app.profiles.interval import INT64_MAX, MAX_BOUND, Interval
from app.profiles.measures import Catalogue, Kind, Measure
from app.profiles.notation import (
    AT_LEAST,
    AT_MOST,
    LESS,
    MORE,
    SCALES,
    NotationError,
    Reading,
    domain_words,
    examples,
    read_notation,
    within_domain,
)

BUILT_IN = Catalogue()
REVENUE = BUILT_IN["revenue"]
EMPLOYEES = BUILT_IN["employees"]
SHARE_STAFF = BUILT_IN["rd_share_staff"]
SHARE_REVENUE = BUILT_IN["rd_share_revenue"]
COUNTRIES = BUILT_IN["countries"]
FOUNDED = BUILT_IN["founded"]
BASES = Measure("bases", "Bases", Kind.COUNT, "bases", "Sites.")

B = 10**9 * 100
"""A billion, in hundredths."""
PERCENT = 10**10
"""One percent, in 10⁻¹²."""


def exactly(value: int) -> Interval:
    return Interval(value, value)


def more_than(low: int) -> Interval:
    return Interval(low, None, low_open=True, high_open=True)


def at_least(low: int) -> Interval:
    return Interval(low, None, high_open=True)


def interval(text: str, measure: Measure) -> Interval:
    return read_notation(text, measure).interval


def fault(text: str, measure: Measure) -> str:
    with pytest.raises(NotationError) as refused:
        read_notation(text, measure)
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("$1.2B", REVENUE, exactly(120_000_000_000)),
        ("$14 B USD", REVENUE, exactly(14 * B)),
        ("$55B USD", REVENUE, exactly(55 * B)),
        ("$15B USD", REVENUE, exactly(15 * B)),
        ("$61B USD", REVENUE, exactly(61 * B)),
        ("$61B", REVENUE, exactly(61 * B)),
        ("20,000", EMPLOYEES, exactly(20_000)),
        ("85,000", EMPLOYEES, exactly(85_000)),
        ("100,000", EMPLOYEES, exactly(100_000)),
        ("31,000", EMPLOYEES, exactly(31_000)),
        ("600", EMPLOYEES, exactly(600)),
        ("170K", EMPLOYEES, exactly(170_000)),
        ("170,000", EMPLOYEES, exactly(170_000)),
        ("76k", BUILT_IN["rd_staff"], exactly(76_000)),
        ("76,000", BUILT_IN["rd_staff"], exactly(76_000)),
        ("more than 10 %", SHARE_REVENUE, more_than(10 * PERCENT)),
        ("more than 50 %", SHARE_STAFF, Interval(50 * PERCENT, 100 * PERCENT, low_open=True)),
        ("160", COUNTRIES, exactly(160)),
        ("40+", BASES, at_least(40)),
        ("6", BASES, exactly(6)),
        ("more than 140", BASES, more_than(140)),
        ("over 1,500", BASES, more_than(1_500)),
        ("899 million", BASES, exactly(899_000_000)),
        ("806 million", BASES, exactly(806_000_000)),
        ("more than 800 million", BASES, more_than(800_000_000)),
        ("more than $14 million", REVENUE, more_than(1_400_000_000)),
        ("1991", FOUNDED, exactly(1991)),
        ("2012", FOUNDED, exactly(2012)),
    ],
)
def test_every_form_that_the_source_prints_is_read(
    text: str, measure: Measure, expected: Interval
) -> None:
    assert interval(text, measure) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((phrase + " 12", more_than(12)) for phrase in MORE),
        *((phrase + " 12", at_least(12)) for phrase in AT_LEAST),
        *((phrase + " 12", Interval(0, 12, high_open=True)) for phrase in LESS),
        *((phrase + " 12", Interval(0, 12)) for phrase in AT_MOST),
        (">12", more_than(12)),
        ("≥12", at_least(12)),
        (">=12", at_least(12)),
        ("<12", Interval(0, 12, high_open=True)),
        ("≤12", Interval(0, 12)),
        ("<=12", Interval(0, 12)),
        ("12+", at_least(12)),
        ("12 +", at_least(12)),
        ("More Than 12", more_than(12)),
        ("UP TO 12", Interval(0, 12)),
    ],
)
def test_words_and_signs_bound_a_number(text: str, expected: Interval) -> None:
    assert interval(text, BASES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10-20", Interval(10, 20)),
        ("10 - 20", Interval(10, 20)),
        ("10–20", Interval(10, 20)),
        ("10—20", Interval(10, 20)),
        ("10 − 20", Interval(10, 20)),
        ("10 to 20", Interval(10, 20)),
        ("20-20", exactly(20)),
        ("10-20K", Interval(10_000, 20_000)),
        ("10K-20K", Interval(10_000, 20_000)),
        ("900K to 1.2M", Interval(900_000, 1_200_000)),
        ("1,500-2,500", Interval(1_500, 2_500)),
    ],
)
def test_a_range_holds_both_its_ends(text: str, expected: Interval) -> None:
    assert interval(text, BASES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234,567", 1_234_567),
        ("1 234 567", 1_234_567),
        ("1\u00a0234\u202f567", 1_234_567),
        ("1'234'567", 1_234_567),
        ("1’234’567", 1_234_567),
        ("1234567", 1_234_567),
        ("1,234.5K", 1_234_500),
        ("1.5e6", 1_500_000),
        ("2E+3", 2_000),
        ("0", 0),
        ("0.5K", 500),
        ("  12  ", 12),
        *((f"3 {scale}", 3 * factor) for scale, factor in SCALES.items()),
        *((f"3{scale.upper()}", 3 * factor) for scale, factor in SCALES.items()),
    ],
)
def test_numbers_may_be_grouped_and_scaled(text: str, expected: int) -> None:
    assert interval(text, BASES) == exactly(expected)


def test_the_scale_words_mean_what_they_say() -> None:
    assert {
        **dict.fromkeys(("k", "thousand"), 1_000),
        **dict.fromkeys(("m", "mn", "million"), 1_000_000),
        **dict.fromkeys(("b", "bn", "billion"), 1_000_000_000),
        **dict.fromkeys(("t", "tn", "trillion"), 1_000_000_000_000),
    } == SCALES


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("12 countries", COUNTRIES, exactly(12)),
        ("40+ countries", COUNTRIES, at_least(40)),
        ("up to 12 Countries", COUNTRIES, Interval(0, 12)),
        ("10-20 countries", COUNTRIES, Interval(10, 20)),
        ("20,000 employees", EMPLOYEES, exactly(20_000)),
        ("170K people", EMPLOYEES, exactly(170_000)),
        ("44.7% of employees", SHARE_STAFF, exactly(447 * 10**9)),
        ("10% of revenue", SHARE_REVENUE, exactly(10 * PERCENT)),
    ],
)
def test_the_nouns_of_a_measure_may_follow_its_number(
    text: str, measure: Measure, expected: Interval
) -> None:
    assert interval(text, measure) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("44.7%", exactly(447 * 10**9)),
        ("44.7 %", exactly(447 * 10**9)),
        ("44.7 per cent", exactly(447 * 10**9)),
        ("44.7 percent", exactly(447 * 10**9)),
        ("0%", exactly(0)),
        ("100%", exactly(100 * PERCENT)),
        ("10-20%", Interval(10 * PERCENT, 20 * PERCENT)),
        ("10%-20%", Interval(10 * PERCENT, 20 * PERCENT)),
        ("50%+", Interval(50 * PERCENT, 100 * PERCENT)),
        ("at least 50%", Interval(50 * PERCENT, 100 * PERCENT)),
        ("less than 50%", Interval(0, 50 * PERCENT, high_open=True)),
        ("up to 100%", Interval(0, 100 * PERCENT)),
    ],
)
def test_a_share_is_written_in_percent_and_closed_by_its_domain(
    text: str, expected: Interval
) -> None:
    assert interval(text, SHARE_STAFF) == expected


def test_a_share_of_revenue_can_pass_100_percent() -> None:
    assert interval("250%", SHARE_REVENUE) == exactly(250 * PERCENT)
    assert interval("more than 100%", SHARE_REVENUE) == more_than(100 * PERCENT)


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$14", "USD"),
        ("US$14", "USD"),
        ("us$ 14", "USD"),
        ("USD 14", "USD"),
        ("usd 14", "USD"),
        ("14 USD", "USD"),
        ("14B USD", "USD"),
        ("$14 USD", "USD"),
        ("€14", "EUR"),
        ("€14 EUR", "EUR"),
        ("14 EUR", "EUR"),
        ("£14", "GBP"),
        ("₹14", "INR"),
        ("₩14", "KRW"),
        ("R$14", "BRL"),
        ("HK$14", "HKD"),
        ("NT$14", "TWD"),
        ("C$14", "CAD"),
        ("CA$14 CAD", "CAD"),
        ("$14 CAD", "CAD"),
        ("$14 AUD", "AUD"),
        ("¥14 JPY", "JPY"),
        ("¥14 CNY", "CNY"),
        ("JP¥14", "JPY"),
        ("CN¥14", "CNY"),
        ("14 CNY", "CNY"),
        ("more than €14", "EUR"),
        ("$10-20", "USD"),
        ("10-20 EUR", "EUR"),
        ("€10-€20", "EUR"),
    ],
)
def test_signs_and_codes_name_the_currency(text: str, currency: str) -> None:
    assert read_notation(text, REVENUE).currency == currency


def test_a_bare_dollar_is_the_data_sets_own() -> None:
    assert read_notation("$14", REVENUE, dollar="CAD") == Reading(exactly(1400), "CAD")
    assert read_notation("US$14", REVENUE, dollar="CAD").currency == "USD"


def test_what_is_no_money_has_no_currency() -> None:
    assert read_notation("14", EMPLOYEES).currency is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$0.004", 0),
        ("$0.005", 0),
        ("$0.006", 1),
        ("$0.015", 2),
        ("$0.025", 2),
        ("$0.0250001", 3),
        ("$1.01", 101),
    ],
)
def test_money_is_rounded_half_even_to_hundredths(text: str, expected: int) -> None:
    assert interval(text, REVENUE) == exactly(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.0000000001%", 1),
        ("0.00000000005%", 0),
        ("0.00000000015%", 2),
        ("0.00000000025%", 2),
        ("33.3333333333%", 333_333_333_333),
    ],
)
def test_shares_are_rounded_half_even_to_their_unit(text: str, expected: int) -> None:
    assert interval(text, SHARE_STAFF) == exactly(expected)


def test_the_largest_number_that_can_be_stored_is_read() -> None:
    assert interval(str(MAX_BOUND), BASES) == exactly(MAX_BOUND)


@pytest.mark.parametrize(
    ("text", "measure", "fragment"),
    [
        pytest.param("about 40", BASES, "is vague: give the bounds", id="about"),
        pytest.param("Approximately 40", BASES, "is vague", id="approximately"),
        pytest.param("~40", BASES, "is vague", id="tilde"),
        pytest.param("nearly 40", BASES, "is vague", id="nearly"),
        pytest.param("ca. 40", BASES, "is vague", id="circa"),
        pytest.param("", BASES, "cannot read", id="empty"),
        pytest.param("many", BASES, "right would be 170,000", id="no number"),
        pytest.param("-5", BASES, "cannot read", id="negative"),
        pytest.param("−5", BASES, "cannot read", id="negative with a minus sign"),
        pytest.param("NaN", BASES, "cannot read", id="nan"),
        pytest.param("inf", BASES, "cannot read", id="infinity"),
        pytest.param("1,23", BASES, "cannot read", id="odd comma"),
        pytest.param("12,3456", BASES, "cannot read", id="long group"),
        pytest.param("1.234,5", BASES, "cannot read", id="decimal comma"),
        pytest.param("12 34", BASES, "cannot read", id="odd space"),
        pytest.param(".5K", BASES, "cannot read", id="no leading digit"),
        pytest.param("1e400", BASES, "cannot read", id="three digits of exponent"),
        pytest.param("10-20-30", BASES, "cannot read", id="range of three"),
        pytest.param("10-", BASES, "cannot read", id="range without an end"),
        pytest.param("20-10", BASES, "lower end lies above the upper", id="turned range"),
        pytest.param("500-1K", BASES, "lower end lies above the upper", id="one scale of two"),
        pytest.param("more than 40+", BASES, "bounds the number twice", id="two bounds"),
        pytest.param("under 40+", BASES, "bounds the number twice", id="below and plus"),
        pytest.param("1.5", BASES, "not a whole number of bases", id="half a base"),
        pytest.param("0.0001K", BASES, "not a whole number", id="part of one"),
        pytest.param("12 dogs", BASES, "“dogs” does not belong to Bases", id="foreign noun"),
        pytest.param("12 dogs", COUNTRIES, "may stand “countries”", id="foreign noun, hint"),
        pytest.param("10-20 dogs", COUNTRIES, "may stand “countries”", id="noun on a range"),
        pytest.param("4611686018427387903", BASES, "too large", id="one beyond"),
        pytest.param("1e99", BASES, "too large", id="far beyond 64 bits"),
        pytest.param("$46116860184273879.03", REVENUE, "too large", id="too much money"),
        pytest.param("9" * 81, BASES, "at most 80 characters", id="long text"),
        pytest.param("<0", BASES, "outside what Bases can be: 0 or more", id="below zero"),
        pytest.param("40%", BASES, "this is no share", id="percent of a count"),
        pytest.param("10-20%", BASES, "this is no share", id="percent range of a count"),
        pytest.param("$40", BASES, "Bases is not an amount of money", id="money of a count"),
        pytest.param("40 USD", BASES, "not an amount of money", id="code of a count"),
        pytest.param("$10-20", BASES, "not an amount of money", id="money range of a count"),
        pytest.param("0.5", SHARE_STAFF, "written in percent, as 50%", id="fraction"),
        pytest.param("50", SHARE_STAFF, "written in percent", id="share without percent"),
        pytest.param("10%-20", SHARE_STAFF, "written in percent", id="half a percent range"),
        pytest.param("$50%", SHARE_STAFF, "not an amount of money", id="money of a share"),
        pytest.param("101%", SHARE_STAFF, "0% to 100%", id="above the domain"),
        pytest.param("90-110%", SHARE_STAFF, "0% to 100%", id="range out of the domain"),
        pytest.param("up to 101%", SHARE_STAFF, "0% to 100%", id="bound beyond the domain"),
        pytest.param("more than 100%", SHARE_STAFF, "0% to 100%", id="open at the domain's end"),
        pytest.param("<0%", SHARE_REVENUE, "0% or more", id="share below zero"),
        pytest.param("10% of revenue", SHARE_STAFF, "of revenue", id="the other basis"),
        pytest.param("14B", REVENUE, "names no currency", id="money without currency"),
        pytest.param("¥14", REVENUE, "write JPY or CNY", id="yen or yuan"),
        pytest.param("$14 EUR", REVENUE, "names two currencies", id="dollar and euro"),
        pytest.param("US$14 CAD", REVENUE, "names two currencies", id="two dollars"),
        pytest.param("€14 JPY", REVENUE, "names two currencies", id="euro and yen"),
        pytest.param("$14-€15", REVENUE, "names two currencies", id="range of two currencies"),
        pytest.param("14 EUR - 15 USD", REVENUE, "names two currencies", id="range of two codes"),
        pytest.param("14 XQZ", REVENUE, "“XQZ” is not a currency code", id="unknown code"),
        pytest.param("XQZ 14", REVENUE, "“XQZ” is not a currency code", id="unknown code first"),
        pytest.param("₿14", REVENUE, "right would be $1.2B", id="unknown sign"),
        pytest.param("$14%", REVENUE, "this is no share", id="percent of money"),
        pytest.param("1987.5", FOUNDED, "not a whole number of year", id="half a year"),
        pytest.param("0", FOUNDED, "1 to 9999", id="year zero"),
        pytest.param("12000", FOUNDED, "1 to 9999", id="far year"),
        pytest.param("the 1980s", FOUNDED, "right would be 1987", id="decade"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, measure: Measure, fragment: str) -> None:
    assert fragment in fault(text, measure)


@pytest.mark.parametrize("text", ["USD 14 CAD", "EUR 1B USD"])
def test_two_codes_that_differ_are_refused(text: str) -> None:
    assert "names two currencies" in fault(text, REVENUE)


def test_a_range_in_two_currencies_is_quoted() -> None:
    told = fault("$10 - €20 million", REVENUE)
    assert told == "“$10 - €20 million” names two currencies"


@pytest.mark.parametrize("text", ["10 mıllıon", "10 MİLLİON", "10 thouſand"])
def test_letters_that_only_look_like_a_scale_word_are_refused(text: str) -> None:
    assert "does not belong to Bases" in fault(text, BASES)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        (REVENUE, "0 or more"),
        (EMPLOYEES, "0 or more"),
        (SHARE_STAFF, "0% to 100%"),
        (SHARE_REVENUE, "0% or more"),
        (FOUNDED, "1 to 9999"),
    ],
)
def test_a_domain_is_said_in_words(measure: Measure, expected: str) -> None:
    assert domain_words(measure) == expected


@pytest.mark.parametrize("measure", [REVENUE, SHARE_STAFF, EMPLOYEES, FOUNDED, BASES])
def test_every_example_that_a_refusal_gives_can_be_read(measure: Measure) -> None:
    given = examples(measure).replace("170,000", "170000").split(", ")
    assert all(read_notation(example, measure) for example in given)


def test_explicit_bounds_are_closed_by_the_domain() -> None:
    assert within_domain((5, None, False, False), BASES) == at_least(5)
    assert within_domain((None, 5, False, False), BASES) == Interval(0, 5)
    assert within_domain((None, None, False, False), SHARE_STAFF) == Interval(0, 10**12)


def test_explicit_bounds_beyond_64_bits_are_refused() -> None:
    with pytest.raises(NotationError, match="too large"):
        within_domain((0, INT64_MAX + 1, False, False), BASES)
