"""A comparison's rows: ranked only where the order is certain, and what is missing."""

from dataclasses import replace
from datetime import date

import pytest

from app.pages.compare import Gap, gaps, highest_of, rows
from app.profiles.company import Company
from app.profiles.figure import Figure, Period, State
from app.profiles.headline import complete
from app.profiles.interval import Interval
from app.store.snapshot import Edition
from tests.store.cast import (
    CATALOGUE,
    NONE,
    PERCENT,
    Known,
    at_least,
    company,
    figure,
    more_than,
)

EXACT = Interval.exactly
EDITION = Edition(1, "d1", "", "Cast", "", "", "USD", 6, 40, (), CATALOGUE)
Y2015 = Period("2015", date(2015, 12, 31))
Y2016 = Period("2016", date(2016, 12, 31))


@pytest.mark.parametrize(
    ("intervals", "highest"),
    [
        ([EXACT(5), EXACT(9), EXACT(7)], (1,)),
        ([EXACT(9), EXACT(9), EXACT(7)], (0, 1)),
        ([EXACT(9), EXACT(9)], ()),
        ([EXACT(9), None], ()),
        ([None, None], ()),
        ([], ()),
        ([EXACT(9), None, EXACT(7)], (0,)),
        ([at_least(40), EXACT(12)], (0,)),
        ([more_than(40), EXACT(40)], (0,)),
        ([at_least(40), EXACT(40)], (0,)),
        ([at_least(40), EXACT(41)], ()),
        ([at_least(40), at_least(10)], ()),
        ([at_least(40), at_least(40)], ()),
        ([Interval(0, 12), EXACT(12)], (1,)),
        ([Interval(0, 12), EXACT(11)], ()),
        ([Interval(10, 20), Interval(20, 30)], (1,)),
        ([Interval(10, 21), Interval(20, 30)], ()),
        ([EXACT(447), Interval(500, 1000, low_open=True)], (1,)),
        ([EXACT(600), Interval(500, 1000, low_open=True)], ()),
    ],
)
def test_the_highest_is_named_only_where_it_is_certain(
    intervals: list[Interval | None], highest: tuple[int, ...]
) -> None:
    assert highest_of(intervals) == highest


def compared(measure: str, *known: Known) -> list[str]:
    """The places that these values take in the row of a measure."""
    companies = []
    for number, value in enumerate(known):
        stated = (figure(measure, value),) if value is not None else ()
        companies.append(Company(f"c{number}", f"C{number}", figures=stated))
    return places(companies, measure)


def places(companies: list[Company], measure: str) -> list[str]:
    label = CATALOGUE[measure].label
    (row,) = (row for row in rows(companies, EDITION) if row.label == label)
    assert [cell.place in {"highest", "joint highest"} for cell in row.cells] == [
        cell.highest for cell in row.cells
    ]
    return [cell.place for cell in row.cells]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ((200, 50), ["highest", "25% of the highest"]),
        ((50, 200, 150), ["25% of the highest", "highest", "75% of the highest"]),
        ((200, 200, 100), ["joint highest", "joint highest", "50% of the highest"]),
        ((1000, 9, 0), ["highest", "under 1% of the highest", "under 1% of the highest"]),
        ((1000, 10), ["highest", "1% of the highest"]),
        ((7, 7), ["equal", "equal"]),
        ((at_least(40), 12), ["highest", "below the highest"]),
        ((40, Interval(0, 12)), ["highest", "below the highest"]),
        ((at_least(40), 41), ["order not certain", "order not certain"]),
        ((at_least(40), at_least(40)), ["order not certain", "order not certain"]),
        ((at_least(40), at_least(40), 50), ["order not certain"] * 3),
        ((7, None), ["the only one stated", "not stated"]),
        ((None, None), ["not stated", "not stated"]),
    ],
)
def test_a_value_is_placed_in_words(known: tuple[Known, ...], expected: list[str]) -> None:
    assert compared("employees", *known) == expected


def test_what_lies_below_the_highest_is_not_called_all_of_it() -> None:
    assert compared("employees", 1000, 999) != ["highest", "100% of the highest"]


def test_none_yet_has_its_printed_words_for_a_place() -> None:
    assert compared("revenue", 700, "next year") == ["the only one stated", "“next year”"]


def test_a_year_is_not_ranked() -> None:
    assert compared("founded", 1987, 1998) == ["", ""]


def test_an_amount_in_several_currencies_is_not_ranked() -> None:
    both = [company("alder", revenue=700), company("birch", revenue=900, currency="EUR")]
    assert places(both, "revenue") == ["another currency, not comparable"] * 2


def test_two_amounts_in_a_currency_that_is_not_the_usual_one_are_ranked() -> None:
    both = [company(name, revenue=n, currency="EUR") for name, n in (("alder", 1), ("birch", 4))]
    assert places(both, "revenue") == ["25% of the highest", "highest"]


def test_the_two_shares_of_r_and_d_are_never_in_one_row() -> None:
    both = [
        company("alder", rd_share_staff=more_than(50 * PERCENT, 100 * PERCENT)),
        company("birch", rd_share_revenue=more_than(10 * PERCENT)),
    ]
    assert places(both, "rd_share_staff") == ["the only one stated", "not stated"]
    assert places(both, "rd_share_revenue") == ["not stated", "the only one stated"]


def test_every_built_in_measure_has_a_row_and_an_own_one_only_if_stated() -> None:
    labels = [row.label for row in rows([company("alder"), company("birch")], EDITION)]
    assert "R&D staff" in labels
    assert "Bases" not in labels
    labels = [row.label for row in rows([company("alder", bases=3), company("birch")], EDITION)]
    assert "Bases" in labels


def row_of(*figures: Figure) -> tuple[str, bool]:
    """What a row tells beside its label, and whether nothing in it differs."""
    companies = [Company(f"c{n}", f"C{n}", figures=(one,)) for n, one in enumerate(figures)]
    label = CATALOGUE[figures[0].measure].label
    (row,) = (row for row in rows(companies, EDITION) if row.label == label)
    return row.detail, row.same


TEN = figure("employees", 10)
WORKED_OUT = Figure("revenue_per_employee", State.DERIVED, EXACT(1), "USD", derivation="by us")


@pytest.mark.parametrize(
    ("figures", "detail"),
    [
        ((TEN, TEN), "undated"),
        ((replace(TEN, period=Y2015), replace(TEN, period=Y2015)), "2015"),
        ((replace(TEN, period=Y2016), TEN), "different periods: 2016, undated"),
        (
            (replace(TEN, period=Y2016), replace(TEN, period=Y2015)),
            "different periods: 2015, 2016",
        ),
        ((replace(TEN, period=Y2015), Figure("employees", State.NONE, period=Y2016)), "2015"),
        ((WORKED_OUT, WORKED_OUT), "worked out"),
        ((Figure("employees", State.NONE), Figure("employees", State.UNKNOWN)), ""),
    ],
)
def test_a_row_tells_of_when_its_values_are(figures: tuple[Figure, ...], detail: str) -> None:
    assert row_of(*figures)[0] == detail


@pytest.mark.parametrize(
    ("figures", "same"),
    [
        ((TEN, TEN), True),
        ((TEN, replace(TEN, interval=EXACT(11))), False),
        ((TEN, replace(TEN, interval=at_least(10))), False),
        ((TEN, replace(TEN, state=State.DERIVED)), False),
        ((Figure("employees", State.UNKNOWN), Figure("employees", State.UNKNOWN)), True),
        ((Figure("employees", State.UNKNOWN), Figure("employees", State.NONE)), False),
        ((figure("revenue", 5), figure("revenue", 5, "EUR")), False),
    ],
)
def test_a_row_is_equal_where_nothing_in_it_differs(
    figures: tuple[Figure, ...], same: bool
) -> None:
    assert row_of(*figures)[1] is same


def test_bars_are_drawn_on_one_scale_and_not_for_years() -> None:
    both = [company("alder", employees=100, founded=1990), company("birch", employees=25)]
    bars = {row.label: [cell.bar for cell in row.cells] for row in rows(both, EDITION)}
    assert [bar and bar.sure for bar in bars["Employees"]] == [100.0, 25.0]
    assert bars["Founded"] == [None, None]


def test_gaps_tell_not_stated_and_none_yet_apart() -> None:
    found = list(gaps([company("alder", revenue=NONE, employees=10)]))
    assert found == [
        Gap(
            "Alder",
            not_stated=(
                "R&D staff",
                "R&D share of employees",
                "R&D share of revenue",
                "Countries",
                "Founded",
            ),
            none_yet=("Revenue", "Revenue per employee"),
        )
    ]


WHOLE: dict[str, int] = {
    "employees": 10,
    "rd_staff": 5,
    "rd_share_revenue": 1,
    "countries": 3,
    "founded": 1990,
}


def test_none_yet_alone_is_a_gap() -> None:
    stated = [figure(measure, value) for measure, value in WHOLE.items()]
    figures = complete([*stated, figure("revenue", NONE)], CATALOGUE)
    (gap,) = gaps([Company("alder", "Alder", figures=figures)])
    assert (gap.not_stated, gap.none_yet) == ((), ("Revenue", "Revenue per employee"))


def test_a_company_that_lacks_nothing_has_no_gap() -> None:
    stated = [figure(measure, value) for measure, value in (WHOLE | {"revenue": 9}).items()]
    assert list(gaps([Company("alder", "Alder", figures=complete(stated, CATALOGUE))])) == []
