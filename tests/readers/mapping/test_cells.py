"""One cell by value: numbers, bounds, losses, missing texts, units, and what is refused."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.profiles.figure import State
from app.profiles.interval import MAX_BOUND, Interval
from app.profiles.measures import Kind
from app.readers.mapping.numbers import NumberStyle
from app.readers.mapping.units import NotWholeError, TooLargeError, Unit, in_storage
from tests.readers.mapping.cast import HEAD, figure, row_faults

EURO = "measure: revenue, times: million, currency: EUR"
PROFIT = "measures: {profit: {label: Profit, kind: money, unit: money, negative: true}}\n" + HEAD
LOSS = "measure: profit, times: 1e6, currency: EUR"
MILLION = 10**8
"""Storage units of one million."""


LONG = "a number as 610,076, a bound as > 10 or 40+, or a text that the mapping lists under missing"


def open_above(low: int, *, low_open: bool = False) -> Interval:
    return Interval(low, None, low_open=low_open, high_open=True)


@pytest.mark.parametrize(
    ("entry", "cell", "interval", "as_stated"),
    [
        # Money: a factor, exactly, and the unit in brackets
        pytest.param(
            EURO, "13,612.0", Interval.exactly(13612 * MILLION), "13,612.0 (€ million)", id="comma"
        ),
        pytest.param(EURO, "0.1", Interval.exactly(MILLION // 10), "0.1 (€ million)", id="tenth"),
        pytest.param(EURO, "1e3", Interval.exactly(1000 * MILLION), "1e3 (€ million)", id="power"),
        pytest.param(EURO, " 5 ", Interval.exactly(5 * MILLION), "5 (€ million)", id="blanks"),
        pytest.param(
            EURO, "1 234", Interval.exactly(1234 * MILLION), "1 234 (€ million)", id="nbsp"
        ),
        pytest.param(
            "measure: revenue, times: thousand, currency: USD",
            "7",
            Interval.exactly(700_000),
            "7 (US$ thousand)",
            id="thousand dollars",
        ),
        pytest.param(
            "measure: revenue, times: 100000, currency: INR, unit: lakh rupees",
            "7",
            Interval.exactly(70_000_000),
            "7 (lakh rupees)",
            id="unit in one's own words",
        ),
        pytest.param(
            "measure: revenue, times: 1e5, currency: SEK",
            "7",
            Interval.exactly(70_000_000),
            "7 (SEK × 100000)",
            id="a factor without a word",
        ),
        pytest.param(
            "measure: revenue, currency: EUR", "7", Interval.exactly(700), "7 (€)", id="euro"
        ),
        # A cell that names its own unit is read as it stands
        pytest.param(
            "measure: revenue", "€7M", Interval.exactly(7 * MILLION), "€7M", id="own unit"
        ),
        pytest.param(EURO, "€ 7", Interval.exactly(7 * MILLION), "€ 7 (million)", id="own sign"),
        pytest.param(
            "measure: revenue, currency: EUR", "7M", Interval.exactly(7 * MILLION), "7M", id="scale"
        ),
        # Bounds stay bounds
        pytest.param(
            EURO, "> 10", open_above(10 * MILLION, low_open=True), "> 10 (€ million)", id="more"
        ),
        pytest.param(EURO, "40+", open_above(40 * MILLION), "40+ (€ million)", id="plus"),
        pytest.param(
            EURO, "10-20", Interval(10 * MILLION, 20 * MILLION), "10-20 (€ million)", id="range"
        ),
        pytest.param(
            "measure: employees", "> 1,000", open_above(1000, low_open=True), "> 1,000", id="count"
        ),
        pytest.param(
            "measure: employees", "10 to 20", Interval(10, 20), "10 to 20", id="range of counts"
        ),
        pytest.param(
            "measure: employees, times: thousand",
            "76",
            Interval.exactly(76_000),
            "76 (thousand)",
            id="thousands",
        ),
        pytest.param(
            "measure: employees, times: thousand",
            "76+",
            open_above(76_000),
            "76+ (thousand)",
            id="thousands or more",
        ),
        pytest.param("measure: employees", "76K", Interval.exactly(76_000), "76K", id="76K"),
        pytest.param(
            "measure: employees", "98771.0", Interval.exactly(98771), "98771.0", id="whole float"
        ),
        pytest.param("measure: employees", "0", Interval.exactly(0), "0", id="zero is a number"),
        # Shares
        pytest.param(
            "measure: rd_share_revenue, percent: true",
            "6.4",
            Interval.exactly(64 * 10**9),
            "6.4 (%)",
            id="percent",
        ),
        pytest.param(
            "measure: rd_share_revenue, percent: true",
            "120997",
            Interval.exactly(120997 * 10**10),
            "120997 (%)",
            id="far above all",
        ),
        pytest.param(
            "measure: rd_share_revenue, percent: true",
            "> 10",
            open_above(10**11, low_open=True),
            "> 10 (%)",
            id="more percent",
        ),
        pytest.param(
            "measure: rd_share_revenue, percent: true",
            "10-20 %",
            Interval(10**11, 2 * 10**11),
            "10-20 %",
            id="own percent",
        ),
        pytest.param(
            "measure: rd_share_revenue, times: 1",
            "0.125",
            Interval.exactly(125 * 10**9),
            "0.125",
            id="fraction",
        ),
        pytest.param(
            "measure: rd_share_revenue, times: 1",
            "> 0.125",
            open_above(125 * 10**9, low_open=True),
            "> 0.125",
            id="more than a fraction",
        ),
        pytest.param(
            "measure: rd_share_revenue",
            "12.5%",
            Interval.exactly(125 * 10**9),
            "12.5%",
            id="each its own sign",
        ),
        # Years, and another style
        pytest.param("measure: founded", "1987", Interval.exactly(1987), "1987", id="year"),
        pytest.param(
            'measure: employees, numbers: {decimal: ","}',
            "1.234",
            Interval.exactly(1234),
            "1.234",
            id="points group",
        ),
        pytest.param(
            EURO + ', numbers: {decimal: ","}',
            "1.234,5",
            Interval.exactly(123_450_000_000),
            "1.234,5 (€ million)",
            id="decimal comma",
        ),
        pytest.param(
            EURO + ', numbers: {decimal: ","}',
            "> 1.234,5",
            open_above(123_450_000_000, low_open=True),
            "> 1.234,5 (€ million)",
            id="bound with comma",
        ),
        pytest.param(
            EURO + ', numbers: {thousands: "\'"}',
            "1'234.5",
            Interval.exactly(123_450_000_000),
            "1'234.5 (€ million)",
            id="apostrophe",
        ),
    ],
)
def test_a_cell_says_an_interval(entry: str, cell: str, interval: Interval, as_stated: str) -> None:
    found = figure(entry, cell)
    assert found is not None
    assert (found.state, found.interval, found.as_stated) == (State.STATED, interval, as_stated)
    assert [place.as_stated for place in found.citations] == [as_stated]


@pytest.mark.parametrize(
    ("more", "cell", "millions"),
    [
        ("", "-1,228.0", -1228),
        ("", "−5", -5),
        ("", "-€5", -5),
        ("", "0", 0),
        ("", "-0", 0),
        (", numbers: {parentheses: true}", "(1,228.0)", -1228),
        (", numbers: {parentheses: true}", "(€5)", -5),
        (", numbers: {parentheses: true}", "-3", -3),
    ],
)
def test_a_loss_lies_below_zero(more: str, cell: str, millions: int) -> None:
    found = figure(LOSS + more, cell, head=PROFIT)
    assert found is not None
    assert found.interval == Interval.exactly(millions * MILLION)


def test_the_bounds_of_what_can_be_a_loss_have_no_end_at_zero() -> None:
    found = figure(LOSS, "< 5", head=PROFIT)
    assert found is not None
    assert found.interval == Interval(None, 5 * MILLION, low_open=True, high_open=True)


@pytest.mark.parametrize(
    ("entry", "cell"),
    [
        ("measure: employees", ""),
        ("measure: employees", "   "),
        ("measure: employees", "\u00a0"),
        ('measure: employees, missing: ["-"]', "-"),
        ('measure: employees, missing: ["#NUM!", None, n/a]', "None"),
        ('measure: employees, missing: "0"', "0"),
        ('measure: employees, missing: "0"', "0.0"),
        ('measure: employees, missing: "0", numbers: {decimal: ","}', "0,0"),
    ],
)
def test_a_missing_cell_makes_no_figure(entry: str, cell: str) -> None:
    assert figure(entry, cell) is None


def test_missing_texts_of_all_columns_hold_where_a_column_has_none_of_its_own() -> None:
    head = HEAD + "missing: [n/a]\n"
    assert figure("measure: employees", "n/a", head=head) is None
    with pytest.raises(Exception, match="right would be a number"):
        figure("measure: employees, missing: [x]", "n/a", head=head)


def test_none_yet_is_a_figure_without_a_number() -> None:
    found = figure("measure: revenue, currency: EUR, none: [none yet], period: 2015", "none yet")
    assert found is not None
    assert (found.state, found.interval, found.currency) == (State.NONE, None, None)
    assert (found.as_stated, found.period and found.period.label) == ("none yet", "2015")


@pytest.mark.parametrize(
    ("entry", "cell", "expected"),
    [
        ("measure: employees", "lots", LONG),
        ("measure: employees", "1,5", "a number as 610,076"),
        ("measure: employees", "1,23,456", "a number as 610,076"),
        ("measure: employees", "1 234,567", "a number as 610,076"),
        ("measure: employees", "-", "a number as 610,076"),
        ("measure: employees", "#NUM!", "a number as 610,076"),
        ("measure: employees", "about 600", "a number as 610,076"),
        ("measure: employees", "12 boats", "a number as 610,076"),
        ("measure: employees", "$5", "a number as 610,076"),
        ("measure: employees", "1.5", "a whole number of people"),
        ("measure: employees", "-5", "0 or more"),
        ("measure: employees", "-5+", "a number as 610,076"),
        ("measure: employees", "(5)", "a number as 610,076"),
        ("measure: employees, numbers: {parentheses: true}", "(5)", "0 or more"),
        ("measure: employees", "1e99", "a number small enough to be stored"),
        ("measure: employees", "1e-9", "a whole number of people"),
        ("measure: employees", "9" * 81, "at most 80 characters"),
        (
            "measure: employees, times: thousand",
            "5K",
            "a number in thousand, without a scale of its own",
        ),
        ("measure: employees, numbers: {thousands: none}", "1,234", "a number as 610076"),
        ("measure: employees, numbers: {thousands: none}", "12 345", "a number as 610076"),
        ("measure: employees, numbers: {thousands: none}", "> 1'234", "a number as 610076"),
        ('measure: employees, numbers: {thousands: ","}', "> 1 234", "a number as 610,076"),
        ("measure: founded", "2027", "a year up to 2026"),
        ("measure: founded", "0", "1 to 9999"),
        ("measure: founded", "1987-88", "a number as 1987, or"),
        ("measure: rd_share_staff, percent: true", "101", "0% to 100%"),
        ("measure: rd_share_staff", "50", "a share with its sign, as 12.5%"),
        ("measure: rd_share_staff", "> 50", "a number as 12.5%"),
        ("measure: revenue", "14", "an amount with its currency"),
        ("measure: revenue", "> 14", "an amount with its currency"),
        (EURO, "€5B", "a number in million, without a scale of its own"),
        (EURO, "$5", "an amount in EUR, as the mapping says"),
        (EURO, "¥5", "a number as 13,612.5"),
        (EURO, "5 XQZ", "a number as 13,612.5"),
        (EURO + ', numbers: {decimal: ","}', "1,234.5", "a number as 13.612,5"),
    ],
)
def test_what_cannot_be_read_says_what_would_be_right(entry: str, cell: str, expected: str) -> None:
    text = f"{HEAD}figures:\n  - {{column: Value, {entry}}}\n"
    (told,) = row_faults(text, f'Name,Country,Value\nAlder,,"{cell}"\n')
    assert told.startswith("table.csv:2:3: Alder, Value: “")
    assert f"right would be {expected}" in told


def test_control_characters_are_shown_and_never_read() -> None:
    text = f"{HEAD}figures:\n  - {{column: Value, measure: employees}}\n"
    (told,) = row_faults(text, "Name,Country,Value\nAlder,,1\u202e2\n")
    assert "“1\\u202e2”; right would be a number" in told


@given(st.integers(0, 10**12), st.integers(0, 3), st.sampled_from([",", ".", " ", "'", "none"]))
def test_a_number_printed_in_a_style_is_read_back_exactly(
    ticks: int, decimals: int, thousands: str
) -> None:
    decimal = "." if thousands != "." else ","
    value = Decimal(ticks).scaleb(-decimals)
    grouped = f"{value:,f}".replace(",", "|").replace(".", decimal)
    cell = grouped.replace("|", "" if thousands == "none" else thousands)
    assert NumberStyle(thousands, decimal).plain(cell) == value
    assert NumberStyle(None, decimal).plain(cell) == value


@given(st.text(alphabet="0123456789.,' -()e+", max_size=30))
def test_no_text_is_read_as_two_numbers(cell: str) -> None:
    """What a point and what a comma make of a text differ only where one sign stands alone."""
    point, comma = (NumberStyle(None, sign).plain(cell) for sign in (".", ","))
    if point is not None and comma is not None and point != comma:
        assert cell.count(".") + cell.count(",") == 1


@given(
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False, allow_infinity=False),
    st.sampled_from([Fraction(1), Fraction(10**3), Fraction(10**6), Fraction(1, 7)]),
)
def test_storage_units_are_the_nearest_whole_number(value: Decimal, factor: Fraction) -> None:
    ticks = in_storage(value, factor, Kind.MONEY)
    assert abs(ticks - Fraction(value) * factor) <= Fraction(1, 2)
    assert ticks == round(Fraction(value) * factor)


def test_counts_are_whole_and_numbers_have_an_end() -> None:
    with pytest.raises(NotWholeError):
        in_storage(Decimal("0.5"), Fraction(1), Kind.COUNT)
    assert in_storage(Decimal("0.5"), Fraction(1000), Kind.COUNT) == 500
    assert in_storage(Decimal(MAX_BOUND), Fraction(1), Kind.COUNT) == MAX_BOUND
    with pytest.raises(TooLargeError):
        in_storage(Decimal(MAX_BOUND), Fraction(2), Kind.COUNT)


@pytest.mark.parametrize(
    ("unit", "currency", "words"),
    [
        (Unit(Kind.MONEY, Fraction(10**9)), "GBP", "£ billion"),
        (Unit(Kind.MONEY, Fraction(10**12)), "CAD", "C$ trillion"),
        (Unit(Kind.MONEY), "CHF", "CHF"),
        (Unit(Kind.COUNT), None, ""),
        (Unit(Kind.COUNT, Fraction(1, 2)), None, "× 0.5"),
        (Unit(Kind.SHARE, percent=True), None, "%"),
        (Unit(Kind.SHARE, percent=True, words="of sales"), None, "of sales"),
    ],
)
def test_a_unit_has_words(unit: Unit, currency: str | None, words: str) -> None:
    assert unit.described(currency) == words
