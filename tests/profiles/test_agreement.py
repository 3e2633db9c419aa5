"""How two figures of one measure stand to one another."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.profiles.agreement import Agreement, Relation, compare, of_one_time
from app.profiles.figure import Figure, Period, State
from app.profiles.headline import complete
from app.profiles.interval import Interval
from app.profiles.measures import Catalogue, Measure
from app.profiles.notation import read_notation
from app.profiles.rounding import Reaches
from tests.profiles.strategies import holds, intervals, numbers_in

CATALOGUE = Catalogue()
Y2014, Y2015 = (Period(str(year), date(year, 12, 31)) for year in (2014, 2015))
Y2016 = Period("2015/16", date(2016, 12, 31))
POINT = 10**10
"""A hundredth in storage units of shares."""


def printed(
    text: str, key: str = "employees", period: Period | None = Y2015, *, out: int | None = None
) -> Figure:
    measure: Measure = CATALOGUE[key]
    reading = read_notation(text, measure)
    published = date(out, 11, 21) if out else None
    return Figure(
        key, State.STATED, reading.interval, reading.currency, period, published, text, "gazette"
    )


def of(interval: Interval) -> Figure:
    return Figure("employees", State.STATED, interval)


@pytest.mark.parametrize(
    ("key", "one", "other", "relation"),
    [
        ("employees", "170K", "170,000", Relation.SAME),
        ("employees", "76k", "76,400", Relation.ROUNDED),
        ("employees", "76k", "76,501", Relation.APART),
        ("employees", "600", "601", Relation.APART),
        ("employees", "107,300", "100,000", Relation.APART),
        ("employees", "500", "40+", Relation.INSIDE),
        ("employees", "40+", "500", Relation.AROUND),
        ("employees", "10-20", "15-30", Relation.OVERLAPPING),
        ("employees", "10-20", "20-30", Relation.OVERLAPPING),
        ("employees", "20", "more than 20", Relation.APART),
        ("rd_share_revenue", "13.8 %", "more than 10 %", Relation.INSIDE),
        ("rd_share_revenue", "13.8 %", "14 %", Relation.ROUNDED),
        ("rd_share_revenue", "13.8 %", "13.9 %", Relation.APART),
        ("revenue", "$61B", "$60.8B", Relation.ROUNDED),
        ("revenue", "$61B", "€61B", Relation.OTHER_CURRENCY),
    ],
)
def test_two_printed_forms_stand_to_one_another(
    key: str, one: str, other: str, relation: Relation
) -> None:
    assert compare(printed(one, key), printed(other, key)).relation is relation


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("107,300", "100,000", (7300, Fraction(73, 1000), False)),
        ("0", "5", (5, None, False)),
        ("20", "more than 20", (0, Fraction(0), True)),
        ("up to 10", "30-40", (20, Fraction(2), True)),
    ],
)
def test_what_lies_between_two_numbers_is_exact(
    one: str, other: str, told: tuple[int, Fraction | None, bool]
) -> None:
    for found in (
        compare(printed(one), printed(other)),
        compare(printed(other), printed(one)),
    ):
        assert found.relation is Relation.APART
        assert (found.gap, found.ratio, found.at_least) == told


def test_without_a_number_nothing_is_compared() -> None:
    none = Figure("employees", State.NONE, period=Y2015)
    assert compare(none, printed("600")) == Agreement(Relation.NO_NUMBER)
    assert not compare(printed("600"), none).relation.comparable


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        (printed("1", period=Y2015), printed("1", period=Y2015), True),
        (printed("1", period=Y2015), printed("1", period=Y2014), False),
        (printed("1", period=None), printed("1", period=None, out=2016), True),
        (printed("1", period=Y2016), printed("1", period=None, out=2016), True),
        (printed("1", period=Y2015), printed("1", period=None, out=2016), True),
        (printed("1", period=Y2014), printed("1", period=None, out=2016), False),
        (printed("1", period=Y2016), printed("1", period=None, out=2015), False),
        (printed("1", period=Y2016), printed("1", period=None), False),
    ],
)
def test_an_undated_figure_may_be_of_the_year_it_came_out_in_or_of_the_one_before(
    one: Figure, other: Figure, may_be: bool
) -> None:
    assert of_one_time(one, other) is may_be
    assert of_one_time(other, one) is may_be
    assert compare(one, other).relation is (Relation.SAME if may_be else Relation.OTHER_PERIOD)


def worked_out(share: str, staff: str, whole: str) -> Agreement:
    """A stated share of employees beside the one that follows from two figures."""
    given_ = [
        printed(share, "rd_share_staff"),
        printed(staff, "rd_staff"),
        printed(whole, "employees"),
    ]
    figures = complete(given_, CATALOGUE)
    stated, derived = (one for one in figures if one.measure == "rd_share_staff")
    assert derived.derivation
    return compare(stated, derived, Reaches(figures, CATALOGUE))


@pytest.mark.parametrize(
    ("share", "staff", "whole", "relation", "beyond"),
    [
        ("45 %", "76,000", "170,000", Relation.ROUNDED, False),  # 44.7 % is printed as 45 %
        ("44.7 %", "76,000", "170,000", Relation.ROUNDED, False),
        ("44.8 %", "76,000", "170,000", Relation.APART, True),
        ("44.8 %", "76k", "170K", Relation.ROUNDED, False),  # 76,200 of 170,000 would be
        ("46 %", "76k", "170K", Relation.APART, True),
        ("50 %", "500", "1000", Relation.SAME, False),
        ("more than 40 %", "76,000", "170,000", Relation.INSIDE, False),
        ("more than 50 %", "76,000", "170,000", Relation.APART, True),
    ],
)
def test_a_stated_share_and_one_worked_out_differ_only_beyond_all_rounding(
    share: str, staff: str, whole: str, relation: Relation, beyond: bool
) -> None:
    found = worked_out(share, staff, whole)
    turned = {Relation.INSIDE: Relation.AROUND}.get(relation, relation)
    assert (found.relation, found.beyond_rounding) == (turned, beyond)


def test_a_zero_does_not_tell_how_finely_it_was_printed() -> None:
    found = worked_out("0 %", "1", "1000")
    assert (found.relation, found.beyond_rounding) == (Relation.APART, False)


@given(intervals(), intervals(), st.data())
def test_what_is_said_of_two_intervals_holds_for_their_numbers(
    one: Interval, other: Interval, data: st.DataObject
) -> None:
    found = compare(of(one), of(other))
    mine, theirs = data.draw(numbers_in(one)), data.draw(numbers_in(other))
    match found.relation:
        case Relation.SAME:
            assert holds(other, mine)
            assert holds(one, theirs)
        case Relation.INSIDE:
            assert holds(other, mine)
        case Relation.AROUND:
            assert holds(one, theirs)
        case Relation.OVERLAPPING:
            assert one.cut(other)
        case _:
            assert found.relation is Relation.APART
            assert found.gap is not None
            assert found.gap <= abs(mine - theirs)
            assert not holds(other, mine)


@given(intervals(), intervals())
def test_the_other_way_round_the_same_is_said(one: Interval, other: Interval) -> None:
    turned = {Relation.INSIDE: Relation.AROUND, Relation.AROUND: Relation.INSIDE}
    there, back = compare(of(one), of(other)), compare(of(other), of(one))
    assert replace(there, relation=turned.get(there.relation, there.relation)) == back


@given(st.integers(1, 10**6), st.integers(0, 3), st.integers(-(10**6), 10**6))
def test_a_share_is_the_same_but_for_rounding_where_it_would_be_printed_so(
    digits: int, decimals: int, off: int
) -> None:
    unit = POINT // 10**decimals
    text = f"{digits / 10**decimals:.{decimals}f} %"
    stated = printed(text, "rd_share_revenue")
    truth = digits * unit + off * unit // 10**6
    other = replace(stated, interval=Interval.exactly(truth), as_stated=None)
    found = compare(stated, other).relation
    within = abs(truth - digits * unit) <= unit // 2
    assert (found in (Relation.SAME, Relation.ROUNDED)) is within
