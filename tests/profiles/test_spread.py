"""What several sources give for one measure of one period."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.profiles.figure import Figure, Period, State
from app.profiles.interval import Interval
from app.profiles.spread import Spread, spreads
from tests.profiles.strategies import intervals

Y2014, Y2015 = (Period(str(year), date(year, 12, 31)) for year in (2014, 2015))
MORE = Interval(10, None, low_open=True, high_open=True)


def told(
    value: int | Interval,
    source: str,
    period: Period | None = Y2015,
    *,
    out: int = 0,
    currency: str | None = None,
) -> Figure:
    interval = Interval.exactly(value) if isinstance(value, int) else value
    published = date(out, 6, 1) if out else None
    return Figure("m", State.STATED, interval, currency, period, published, source=source)


def found(*figures: Figure) -> list[tuple[str | None, Interval, int]]:
    return [
        (one.period.label if one.period else None, one.interval, one.sources)
        for one in spreads(figures)
    ]


def test_two_sources_of_one_period_spread_from_the_least_to_the_greatest() -> None:
    assert found(told(107, "a"), told(100, "b"), told(90, "b", Y2014)) == [
        ("2015", Interval(100, 107), 2)
    ]


def test_what_one_source_says_twice_is_no_spread() -> None:
    assert found(told(8, "a"), told(9, "a"), told(7, "b", Y2014)) == []


def test_what_is_worked_out_or_unknown_is_no_sources() -> None:
    derived = Figure("m", State.DERIVED, Interval.exactly(5), period=Y2015, derivation="x")
    none = Figure("m", State.NONE, period=Y2015, source="b")
    assert found(told(8, "a"), derived, none) == []


def test_an_undated_figure_stands_with_the_latest_period_it_may_be_of() -> None:
    undated = told(100, "b", None, out=2015)
    assert found(told(107, "a"), told(106, "a", Y2014), undated) == [
        ("2015", Interval(100, 107), 2)
    ]
    assert found(told(107, "a"), told(100, "b", None)) == []
    assert found(told(107, "a", None), told(100, "b", None)) == [(None, Interval(100, 107), 2)]


def test_currencies_are_kept_apart() -> None:
    assert found(told(8, "a", currency="USD"), told(9, "b", currency="EUR")) == []


@pytest.mark.parametrize(
    ("values", "wider"),
    [((107, 100), True), ((7, 7), False), ((13, MORE), False), ((5, MORE), True)],
)
def test_a_spread_is_wider_where_no_figure_tells_it_already(
    values: tuple[int | Interval, int | Interval], wider: bool
) -> None:
    (one,) = spreads([told(values[0], "a"), told(values[1], "b")])
    assert one.wider is wider


@given(st.lists(intervals(), min_size=2, max_size=5))
def test_a_spread_holds_every_figure_and_nothing_beyond(given_: list[Interval]) -> None:
    figures = [told(one, f"source {place}") for place, one in enumerate(given_)]
    (spread,) = spreads(figures)
    assert isinstance(spread, Spread)
    assert all(one.inside(spread.interval) for one in given_)
    ends = [(one.low, one.low_open) for one in given_]
    assert (spread.interval.low, spread.interval.low_open) in ends
    assert (spread.interval.high, spread.interval.high_open) in [
        (one.high, one.high_open) for one in given_
    ]
    assert spread.sources == len(given_)
