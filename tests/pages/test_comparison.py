"""A comparison's rows: ranked or measured only as far as is certain, and what is missing."""

from datetime import date

import pytest
from msgspec.structs import replace

from app.pages.compare_rows import CompareRow, Gap, gaps, rows
from app.pages.comparison import Comparison
from app.pages.ranking import highest_of, place_of
from app.profiles.company import Company
from app.profiles.figure import Figure, Period, State
from app.profiles.headline import complete
from app.profiles.interval import Interval
from app.profiles.version import Version
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
VERSION = Version(1, "d1", "2026-07-01T12:00:00+00:00", "Cast", "", "", "USD", 6, 40, (), CATALOGUE)
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


def row_about(companies: list[Company], measure: str, ref: Company | None = None) -> CompareRow:
    label = CATALOGUE[measure].label
    comparison = Comparison(tuple(companies), VERSION, ref)
    (row,) = (row for row in rows(comparison) if row.label == label)
    return row


def places(companies: list[Company], measure: str) -> list[str]:
    row = row_about(companies, measure)
    assert [cell.place.seen in {"highest", "joint highest"} for cell in row.cells] == [
        cell.highest for cell in row.cells
    ]
    assert not any(cell.reference or cell.place.aloud for cell in row.cells)
    return [cell.place.seen for cell in row.cells]


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
        ((7, None), ["the only one known", "not stated"]),
        ((None, None), ["not stated", "not stated"]),
    ],
)
def test_a_value_is_placed_in_words(known: tuple[Known, ...], expected: list[str]) -> None:
    assert compared("employees", *known) == expected


def test_what_lies_below_the_highest_is_not_called_all_of_it() -> None:
    assert compared("employees", 1000, 999) != ["highest", "100% of the highest"]


def test_none_yet_has_its_printed_words_for_a_place() -> None:
    assert compared("revenue", 700, "next year") == ["the only one known", "“next year”"]


def test_a_year_is_not_ranked() -> None:
    assert compared("founded", 1987, 1998) == ["", ""]


def test_one_that_is_worked_out_is_known_and_not_called_stated() -> None:
    both = [company("alder", revenue=700, employees=7), company("birch", employees=9)]
    assert places(both, "revenue_per_employee") == ["the only one known", "not stated"]


def measured(measure: str, *known: Known) -> list[str]:
    """What is told of values beside the first, which is the reference's."""
    companies = [
        Company(f"c{n}", f"C{n}", figures=(figure(measure, value),) if value is not None else ())
        for n, value in enumerate(known)
    ]
    row = row_about(companies, measure, companies[0])
    assert [cell.reference for cell in row.cells] == [True] + [False] * (len(known) - 1)
    assert not any(cell.highest for cell in row.cells)
    return [cell.place.seen for cell in row.cells]


@pytest.mark.parametrize(
    ("measure", "known", "expected"),
    [
        ("employees", (50, 100, 25), ["reference", "2× C0", "0.5× C0"]),
        ("employees", (50, 100, None), ["reference", "2× C0", "not stated"]),
        ("employees", (None, 7), ["reference, not stated", "not stated for the reference"]),
        ("revenue", ("next year", 7), ["reference, “next year”", "the reference has none yet"]),
        ("revenue", (7, "next year"), ["reference", "“next year”"]),
        ("founded", (1968, 1988), ["reference", "20 years later"]),
        ("bases", (3, 12), ["reference", "4× C0"]),
    ],
)
def test_with_a_reference_each_value_is_measured_against_it(
    measure: str, known: tuple[Known, ...], expected: list[str]
) -> None:
    assert measured(measure, *known) == expected


def test_none_yet_of_the_reference_needs_no_words_where_none_are_printed() -> None:
    none = Company("a", "A", figures=(Figure("revenue_per_employee", State.NONE),))
    row = row_about([none, company("birch")], "revenue_per_employee", none)
    assert [cell.place.seen for cell in row.cells] == ["reference", "not stated"]


def test_a_reference_may_stand_anywhere_and_is_measured_in_its_own_currency_alone() -> None:
    three = [
        company("alder", revenue=700),
        company("birch", revenue=900, currency="EUR"),
        company("cedar", revenue=350),
    ]
    row = row_about(three, "revenue", three[2])
    assert [cell.place.seen for cell in row.cells] == [
        "2× Cedar",
        "another currency, not comparable",
        "reference",
    ]
    assert row.cells[0].place.aloud == "2 times Cedar"


def test_a_figure_compared_is_cited_by_its_place_on_the_profile() -> None:
    both = (company("alder", employees=100), company("birch"))
    found = rows(Comparison(both, VERSION, origin="https://site.example"))
    (employees,) = (row for row in found if row.label == "Employees")
    (note, none) = (cell.cell.note for cell in employees.cells)
    assert note is not None
    assert none is None
    assert str(note.citation).endswith(" https://site.example/companies/alder#note-employees")
    assert note.anchor == "note-alder-employees"


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
    assert places(both, "rd_share_staff") == ["the only one known", "not stated"]
    assert places(both, "rd_share_revenue") == ["not stated", "the only one known"]


def test_every_built_in_measure_has_a_row_and_an_own_one_only_if_stated() -> None:
    alder, birch = company("alder"), company("birch")
    labels = [row.label for row in rows(Comparison((alder, birch), VERSION))]
    assert "R&D staff" in labels
    assert "Bases" not in labels
    alder = company("alder", bases=3)
    labels = [row.label for row in rows(Comparison((alder, birch), VERSION))]
    assert "Bases" in labels


def row_of(*figures: Figure) -> tuple[str, bool]:
    """What a row tells beside its label, and whether nothing in it differs."""
    companies = [Company(f"c{n}", f"C{n}", figures=(one,)) for n, one in enumerate(figures)]
    row = row_about(companies, figures[0].measure)
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
            "different years: 2015, 2016",
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
    both = (company("alder", employees=100, founded=1990), company("birch", employees=25))
    compared_ = rows(Comparison(both, VERSION))
    bars = {row.label: [cell.bar for cell in row.cells] for row in compared_}
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


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([10, 5, -3], ["highest", "50% of the highest", "below zero"]),
        ([-1, -2], ["highest", "below zero"]),
    ],
)
def test_what_lies_below_zero_is_no_part_of_the_highest(
    values: list[int], words: list[str]
) -> None:
    known = [Interval.exactly(one) for one in values]
    figures = [Figure("profit", State.STATED, one) for one in known]
    highest = highest_of(known)
    assert [place_of(n, one, known, highest) for n, one in enumerate(figures)] == words
