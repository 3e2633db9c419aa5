from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.profiles.figure import Figure, Period, State
from app.profiles.headline import Contradiction, Reason, complete, inputs_of, why_first
from app.profiles.interval import Interval
from app.profiles.measures import Catalogue, Kind, Measure

BASES = Measure("bases", "Bases", Kind.COUNT, "bases", "Sites.")
CATALOGUE = Catalogue((BASES,))
PERCENT = 10**10
Y2014 = Period("2014", date(2014, 12, 31))
Y2015 = Period("2015", date(2015, 12, 31))


def stated(
    measure: str,
    value: int | Interval,
    period: Period | None = None,
    *,
    text: str = "",
    published: date | None = None,
    source: str | None = "gazette",
) -> Figure:
    interval = Interval.exactly(value) if isinstance(value, int) else value
    return Figure(
        measure,
        State.STATED,
        interval,
        "USD" if measure.startswith("revenue") else None,
        period,
        published,
        text or str(value),
        source,
    )


def none_yet(measure: str, period: Period | None = None) -> Figure:
    return Figure(measure, State.NONE, period=period, as_stated="soon", source="gazette")


def of(measure: str, *given: Figure) -> list[Figure]:
    return [figure for figure in complete(given, CATALOGUE) if figure.measure == measure]


def derived(measure: str, *given: Figure) -> Figure:
    (only,) = of(measure, *given)
    return only


def test_nothing_follows_from_nothing() -> None:
    assert complete([], CATALOGUE) == ()


def test_a_dated_figure_comes_before_an_undated_one_and_a_later_before_an_earlier() -> None:
    undated, earlier, later = (stated("employees", 1, when) for when in (None, Y2014, Y2015))
    assert of("employees", undated, earlier, later) == [later, earlier, undated]
    assert of("employees", later, undated, earlier) == [later, earlier, undated]


def test_figures_of_one_period_keep_the_order_of_the_file() -> None:
    first, second = stated("bases", 899, text="first"), stated("bases", 899, text="second")
    assert of("bases", first, second) == [first, second]
    assert of("bases", second, first) == [second, first]


def test_figures_come_in_the_order_of_the_catalogue() -> None:
    bases, founded, staff = stated("bases", 6), stated("founded", 1987), stated("employees", 1)
    assert complete([bases, founded, staff], CATALOGUE) == (staff, founded, bases)


def test_a_share_is_worked_out_from_its_parts() -> None:
    share = derived("rd_share_staff", stated("employees", 170_000), stated("rd_staff", 76_000))
    assert share.state is State.DERIVED
    assert share.interval == Interval.exactly(447_058_823_529)
    assert share.as_stated is None
    assert share.citations == ()


def test_money_per_head_is_worked_out_in_the_currency_of_the_money() -> None:
    found = derived("revenue_per_employee", stated("revenue", 100_00), stated("employees", 8))
    assert found.interval == Interval.exactly(12_50)
    assert found.currency == "USD"


def test_a_share_of_money_has_no_currency() -> None:
    spend = Measure("rd_spend", "R&D spend", Kind.MONEY, "money", "", listed=True)
    parts = stated("revenue", 200), replace(stated("revenue", 50), measure="rd_spend")
    found = [one for one in complete(parts, Catalogue((spend,))) if one.state is State.DERIVED]
    assert [(one.measure, one.currency) for one in found] == [("rd_share_revenue", None)]
    assert found[0].interval == Interval.exactly(25 * PERCENT)


def test_what_is_worked_out_inherits_bounds_and_is_cut_by_its_domain() -> None:
    at_least_60 = Interval(60, None, high_open=True)
    found = derived("rd_share_staff", stated("employees", 100), stated("rd_staff", at_least_60))
    assert found.interval == Interval(60 * PERCENT, 100 * PERCENT)


def test_a_stated_figure_comes_before_one_worked_out_and_both_stay() -> None:
    parts = stated("employees", 100, Y2015), stated("rd_staff", 20, Y2015)
    said = stated("rd_share_staff", 30 * PERCENT)
    first, second = of("rd_share_staff", *parts, said)
    assert first is said
    assert second.state is State.DERIVED
    assert second.interval == Interval.exactly(20 * PERCENT)


def test_the_headlines_are_the_parts() -> None:
    parts = [
        stated("employees", 50),
        stated("employees", 100, Y2015),
        stated("rd_staff", 10, Y2015),
        stated("rd_staff", 5, Y2014),
    ]
    assert derived("rd_share_staff", *parts).interval == Interval.exactly(10 * PERCENT)


@pytest.mark.parametrize("missing", ["employees", "rd_staff"])
def test_from_unknown_nothing_is_worked_out(missing: str) -> None:
    given = [stated("employees", 100), stated("rd_staff", 20)]
    assert of("rd_share_staff", *(one for one in given if one.measure != missing)) == []


def test_from_none_it_is_none() -> None:
    found = derived("revenue_per_employee", none_yet("revenue", Y2015), stated("employees", 600))
    assert (found.state, found.interval) == (State.NONE, None)
    assert found.derivation == (
        "Revenue ÷ Employees: 2015 revenue (none yet) over undated employees (600)"
    )
    below = derived("revenue_per_employee", stated("revenue", 100), none_yet("employees"))
    assert below.state is State.NONE


def test_none_over_unknown_is_unknown() -> None:
    assert of("revenue_per_employee", none_yet("revenue")) == []


def test_over_no_employees_nothing_is_worked_out() -> None:
    assert of("revenue_per_employee", stated("revenue", 100), stated("employees", 0)) == []


def test_the_derivation_names_formula_inputs_and_periods() -> None:
    revenue = stated("revenue", 61 * 10**11, Y2015, text="$61B USD")
    staff = stated("employees", 170_000, text="170K")
    found = derived("revenue_per_employee", revenue, staff)
    assert found.derivation == (
        "Revenue ÷ Employees: 2015 revenue ($61B USD) over undated employees (170K)"
    )
    share = derived("rd_share_staff", staff, stated("rd_staff", 76_000, Y2014, text="76k"))
    assert share.derivation == (
        "R&D staff ÷ Employees: 2014 R&D staff (76k) over undated employees (170K)"
    )


@pytest.mark.parametrize(
    ("top", "bottom", "expected"),
    [(Y2015, Y2015, Y2015), (Y2015, Y2014, None), (Y2015, None, None), (None, None, None)],
)
def test_only_parts_of_one_period_give_a_period(
    top: Period | None, bottom: Period | None, expected: Period | None
) -> None:
    found = derived("rd_share_staff", stated("rd_staff", 1, top), stated("employees", 2, bottom))
    assert found.period == expected


def test_it_rests_on_the_source_of_its_parts_and_on_none_if_they_differ() -> None:
    gazette, almanac = stated("rd_staff", 1), stated("employees", 2, source="almanac")
    assert derived("rd_share_staff", gazette, almanac).source is None
    assert derived("rd_share_staff", gazette, stated("employees", 2)).source == "gazette"


def test_it_is_as_recent_as_the_later_publication() -> None:
    old = stated("rd_staff", 1, published=date(2016, 1, 1))
    new = stated("employees", 2, published=date(2017, 1, 1))
    assert derived("rd_share_staff", old, new).published == date(2017, 1, 1)
    assert derived("rd_share_staff", old, stated("employees", 2)).published == date(2016, 1, 1)


def test_more_research_staff_than_employees_is_a_contradiction() -> None:
    with pytest.raises(Contradiction, match="R&D share of employees can be 0% to 100%") as refused:
        complete([stated("employees", 100), stated("rd_staff", 101)], CATALOGUE)
    assert refused.value.measure == "rd_staff"
    assert "undated R&D staff (101) is more than fits undated employees (100)" in str(refused.value)


def test_bounds_that_may_both_be_right_are_none() -> None:
    every = stated("employees", 100), stated("rd_staff", 100)
    assert derived("rd_share_staff", *every).interval == Interval.exactly(100 * PERCENT)
    up_to_50, from_40 = Interval(1, 50), Interval(40, 90)
    found = derived("rd_share_staff", stated("employees", up_to_50), stated("rd_staff", from_40))
    assert found.interval == Interval(80 * PERCENT, 100 * PERCENT)


def test_more_than_all_employees_is_a_contradiction() -> None:
    more_than_100 = Interval(100, None, low_open=True, high_open=True)
    with pytest.raises(Contradiction):
        complete([stated("employees", 100), stated("rd_staff", more_than_100)], CATALOGUE)


def test_research_staff_without_employees_is_a_contradiction() -> None:
    with pytest.raises(Contradiction):
        complete([stated("employees", 0), stated("rd_staff", 5)], CATALOGUE)


def test_far_more_research_staff_than_employees_is_a_contradiction() -> None:
    with pytest.raises(Contradiction):
        complete([stated("employees", 1), stated("rd_staff", 10_000_000)], CATALOGUE)


def test_a_wide_share_of_a_large_staff_is_cut_not_refused() -> None:
    staff = stated("rd_staff", 10_000_000)
    found = derived("rd_share_staff", stated("employees", Interval(1, 20_000_000)), staff)
    assert found.interval == Interval(50 * PERCENT, 100 * PERCENT)


def test_parts_of_different_years_do_not_contradict_each_other() -> None:
    given = stated("employees", 10, Y2015), stated("rd_staff", 20, Y2014)
    assert [one.measure for one in complete(given, CATALOGUE)][:2] == ["employees", "rd_staff"]


SPEND = Measure("rd_spend", "R&D spend", Kind.MONEY, "money", "", listed=True)
DOLLARS, EUROS, SPENT = (
    replace(stated(measure, value, Y2015), currency=currency)
    for measure, value, currency in (
        ("revenue", 10_000, "USD"),
        ("revenue", 8_000, "EUR"),
        ("rd_spend", 800, "EUR"),
    )
)


@pytest.mark.parametrize(
    ("given", "share"),
    [
        pytest.param((DOLLARS, EUROS, SPENT), 10, id="the revenue in the currency of the spend"),
        pytest.param((EUROS, DOLLARS, SPENT), 10, id="in whichever order they are told"),
        pytest.param((DOLLARS, SPENT), None, id="of another currency alone: no share"),
        pytest.param(
            (replace(DOLLARS, period=None), replace(SPENT, period=None)), None, id="nor undated"
        ),
        pytest.param((DOLLARS, replace(SPENT, currency="USD")), 8, id="dollars over dollars"),
    ],
)
def test_a_share_is_worked_out_of_amounts_in_one_currency_alone(
    given: tuple[Figure, ...], share: int | None
) -> None:
    found = complete(given, Catalogue((SPEND,)))
    worked_out = [one.interval for one in found if one.measure == "rd_share_revenue"]
    assert worked_out == ([] if share is None else [Interval.exactly(share * PERCENT)])


BEFORE, BEHIND = "gazette", "almanac"


@pytest.mark.parametrize(
    ("reason", "given"),
    [
        (Reason.ONLY, [stated("employees", 1)]),
        (Reason.LATEST, [stated("employees", 1, Y2014), stated("employees", 2, Y2015)]),
        (Reason.DATED, [stated("employees", 1), stated("employees", 2, Y2014)]),
        (Reason.PREFERRED, [stated("employees", 1, source=BEHIND), stated("employees", 2)]),
        (Reason.FIRST, [stated("employees", 1), stated("employees", 2)]),
        (Reason.FIRST, [stated("employees", 1, source="a"), stated("employees", 2, source="b")]),
    ],
)
def test_a_headline_is_first_for_a_reason(reason: Reason, given: list[Figure]) -> None:
    prefer = (BEFORE, BEHIND)
    assert why_first(complete(given, CATALOGUE, prefer), prefer) is reason


@pytest.mark.parametrize("period", [Y2014, None])
def test_a_stated_share_is_first_because_it_is_stated(period: Period | None) -> None:
    parts = [stated("employees", 10, Y2014), stated("rd_staff", 5, Y2014)]
    shares = of("rd_share_staff", *parts, stated("rd_share_staff", 40 * PERCENT, period))
    assert why_first(shares) is Reason.STATED


def test_the_inputs_of_what_is_worked_out_are_found_again() -> None:
    parts = [
        *(stated("employees", n, when) for n, when in ((10, Y2014), (20, Y2015))),
        *(stated("rd_staff", n, when) for n, when in ((5, Y2014), (6, Y2015))),
    ]
    figures = complete(parts, CATALOGUE)
    later, earlier = (one for one in figures if one.measure == "rd_share_staff")
    assert inputs_of(later, figures, CATALOGUE) == (parts[3], parts[1])
    assert inputs_of(earlier, figures, CATALOGUE) == (parts[2], parts[0])
    assert inputs_of(parts[0], figures, CATALOGUE) is None
    assert inputs_of(later, parts[:3], CATALOGUE) is None


FIGURES = st.builds(
    stated,
    st.just("employees"),
    st.integers(1, 3),
    st.sampled_from([None, Y2014, Y2015]),
    source=st.sampled_from(["a", "b", "c", "d"]),
)


@given(st.lists(FIGURES, min_size=1, max_size=4), st.permutations(["a", "b"]))
def test_the_order_of_the_file_decides_only_where_no_rule_does(
    given: list[Figure], prefer: list[str]
) -> None:
    figures = complete(given, CATALOGUE, prefer)
    first, *others = figures
    reason = why_first(figures, prefer)
    same_time = [one for one in others if one.period == first.period]
    turned = complete(given[::-1], CATALOGUE, prefer)[0]
    assert (reason is Reason.ONLY) == (not others)
    assert (reason in (Reason.LATEST, Reason.DATED)) == bool(others and not same_time)
    assert turned.period == first.period
    if reason is Reason.PREFERRED:
        assert turned.source == first.source
        assert same_time[0].source != first.source
    if reason is Reason.FIRST:
        nearest = {first.source, same_time[0].source}
        assert len(nearest) == 1 or nearest <= {"c", "d"}  # Neither is in the order.


def test_an_undated_figure_is_divided_by_an_undated_one_where_there_is_one() -> None:
    staff, later = stated("rd_staff", 76), stated("employees", 188, Y2015)
    undated = stated("employees", 170)
    assert "undated employees (170)" in str(
        derived("rd_share_staff", staff, later, undated).derivation
    )
    assert "2015 employees (188)" in str(derived("rd_share_staff", staff, later).derivation)
