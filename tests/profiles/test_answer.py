from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.profiles.answer import Answer, Range, all_of, answer, best_of
from app.profiles.interval import Interval
from tests.profiles.strategies import intervals, numbers_in, ranges

NO, UNKNOWN, MAYBE, YES = Answer.NO, Answer.UNKNOWN, Answer.MAYBE, Answer.YES
EXACT = Interval.exactly(40)
MORE_THAN_50 = Interval(50, 100, low_open=True)
MORE_THAN_10 = Interval(10, None, low_open=True, high_open=True)
UNDER_20 = Interval(0, 20, high_open=True)
FROM_10_TO_20 = Interval(10, 20)


@pytest.mark.parametrize(
    ("figure", "low", "high", "expected"),
    [
        (EXACT, None, None, YES),
        (EXACT, 40, None, YES),
        (EXACT, None, 40, YES),
        (EXACT, 40, 40, YES),
        (EXACT, 41, None, NO),
        (EXACT, None, 39, NO),
        (EXACT, 30, 50, YES),
        (MORE_THAN_50, 40, None, YES),
        (MORE_THAN_50, 50, None, YES),
        (MORE_THAN_50, 51, None, MAYBE),
        (MORE_THAN_50, 60, None, MAYBE),
        (MORE_THAN_50, 100, None, MAYBE),
        (MORE_THAN_50, 101, None, NO),
        (MORE_THAN_50, None, 50, NO),
        (MORE_THAN_50, None, 51, MAYBE),
        (MORE_THAN_50, None, 100, YES),
        (MORE_THAN_50, 5, 20, NO),
        (MORE_THAN_10, 10, None, YES),
        (MORE_THAN_10, 40, None, MAYBE),
        (MORE_THAN_10, None, 10, NO),
        (MORE_THAN_10, None, 50, MAYBE),
        (MORE_THAN_10, 5, 20, MAYBE),
        (UNDER_20, 20, None, NO),
        (UNDER_20, 19, None, MAYBE),
        (UNDER_20, None, 20, YES),
        (UNDER_20, None, 0, MAYBE),
        (FROM_10_TO_20, 20, 30, MAYBE),
        (FROM_10_TO_20, 21, 30, NO),
        (FROM_10_TO_20, 10, 20, YES),
        (FROM_10_TO_20, 12, 15, MAYBE),
        (None, None, None, UNKNOWN),
        (None, 10, None, UNKNOWN),
        (None, 0, 10, UNKNOWN),
    ],
)
def test_a_figure_answers_a_range(
    figure: Interval | None, low: int | None, high: int | None, expected: Answer
) -> None:
    assert answer(figure, Range(low, high)) is expected


def test_an_open_bound_does_not_touch_its_edge() -> None:
    assert answer(MORE_THAN_50, Range(high=50)) is NO
    assert answer(Interval(50, 100), Range(high=50)) is MAYBE


def test_a_range_without_bounds_is_no_filter() -> None:
    assert not Range()
    assert Range(low=0)
    assert Range(high=0)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), YES),
        ((YES,), YES),
        ((YES, MAYBE), MAYBE),
        ((YES, UNKNOWN), UNKNOWN),
        ((YES, NO), NO),
        ((MAYBE, UNKNOWN), UNKNOWN),
        ((MAYBE, NO), NO),
        ((UNKNOWN, NO), NO),
        ((YES, MAYBE, UNKNOWN, NO), NO),
        ((YES, YES, YES), YES),
    ],
)
def test_no_beats_unknown_beats_maybe_beats_yes(
    answers: tuple[Answer, ...], expected: Answer
) -> None:
    assert all_of(answers) is expected
    assert all_of(answers[::-1]) is expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), UNKNOWN),
        ((UNKNOWN, UNKNOWN), UNKNOWN),
        ((UNKNOWN, NO), NO),
        ((UNKNOWN, MAYBE), MAYBE),
        ((UNKNOWN, YES), YES),
        ((NO, MAYBE), MAYBE),
        ((NO, YES), YES),
        ((MAYBE, YES), YES),
    ],
)
def test_the_best_basis_that_has_a_figure_answers(
    answers: tuple[Answer, ...], expected: Answer
) -> None:
    assert best_of(answers) is expected
    assert best_of(answers[::-1]) is expected


def test_answers_have_words() -> None:
    assert [one.word for one in Answer] == ["no", "unknown", "maybe", "yes"]


@given(st.data(), intervals(), ranges())
def test_yes_means_every_number_and_no_means_none(
    data: st.DataObject, figure: Interval, wanted: Range
) -> None:
    number = data.draw(numbers_in(figure))
    inside = (wanted.low is None or number >= wanted.low) and (
        wanted.high is None or number <= wanted.high
    )
    found = answer(figure, wanted)
    assert found is not (NO if inside else YES)
    assert found is not UNKNOWN


@given(intervals(), ranges())
def test_an_exact_figure_is_never_a_maybe(figure: Interval, wanted: Range) -> None:
    assert figure.low is not None
    assert answer(Interval.exactly(figure.low), wanted) in (YES, NO)


@given(intervals(), ranges())
def test_maybe_means_some_numbers_but_not_all(figure: Interval, wanted: Range) -> None:
    low = 0 if wanted.low is None else wanted.low
    asked = Interval(low, wanted.high, high_open=wanted.high is None)
    expected = NO if figure.cut(asked) is None else YES if figure.inside(asked) else MAYBE
    assert answer(figure, wanted) is expected


@given(intervals(), ranges(), st.integers(0, 5), st.integers(0, 5))
def test_widening_a_range_never_worsens_an_answer(
    figure: Interval, wanted: Range, below: int, above: int
) -> None:
    wider = Range(
        None if wanted.low is None else wanted.low - below,
        None if wanted.high is None else wanted.high + above,
    )
    assert answer(figure, wider) >= answer(figure, wanted)
    assert answer(figure, Range()) is YES


@given(intervals(), intervals(), ranges())
def test_knowing_more_never_turns_a_sure_answer(
    figure: Interval, domain: Interval, wanted: Range
) -> None:
    narrower, before = figure.cut(domain), answer(figure, wanted)
    if narrower is not None and before is not MAYBE:
        assert answer(narrower, wanted) is before


def test_answers_combine_in_any_grouping() -> None:
    for one, two, three in product(Answer, repeat=3):
        assert all_of((one, all_of((two, three)))) is all_of((all_of((one, two)), three))
        assert best_of((one, best_of((two, three)))) is best_of((best_of((one, two)), three))
