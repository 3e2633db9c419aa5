from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.profiles.interval import INT64_MAX, MAX_BOUND, Interval, divide
from tests.profiles.strategies import holds, intervals, numbers_in

SHARES = Interval(0, 100)


def spelled(text: str) -> Interval:
    """An interval as it is written on paper: `[1,5)`, `(1,∞)`."""
    low, high = text[1:-1].split(",")
    return Interval(
        None if low == "-∞" else int(low),
        None if high == "∞" else int(high),
        text[0] == "(",
        text[-1] == ")",
    )


@pytest.mark.parametrize(
    ("ends", "fragment"),
    [
        ((2, 1, False, False), "above the upper end"),
        ((1, 1, True, False), "above the upper end"),
        ((1, 1, False, True), "above the upper end"),
        ((1, 1, True, True), "above the upper end"),
        ((None, 1, False, False), "infinite end is open"),
        ((1, None, False, False), "infinite end is open"),
        ((INT64_MAX + 1, None, False, True), "too large"),
        ((0, INT64_MAX + 1, False, False), "too large"),
        ((-INT64_MAX - 1, 0, False, False), "too large"),
    ],
)
def test_what_is_no_interval_cannot_be_made(
    ends: tuple[int | None, int | None, bool, bool], fragment: str
) -> None:
    with pytest.raises(ValueError, match=fragment):
        Interval(*ends)


def test_the_widest_interval_that_can_be_stored_can_be_made() -> None:
    assert Interval(-INT64_MAX, INT64_MAX).exact is None


def test_only_an_interval_of_one_number_is_exact() -> None:
    assert Interval.exactly(5).exact == 5
    assert Interval.exactly(0).exact == 0
    assert spelled("[5,6]").exact is None
    assert Interval.at_least(5).exact is None
    assert Interval(None, None, True, True).exact is None


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("[1,5]", "[3,9]", "[3,5]"),
        ("[1,5]", "[5,9]", "[5,5]"),
        ("[1,5)", "[5,9]", None),
        ("[1,5]", "(5,9]", None),
        ("[1,5]", "[6,9]", None),
        ("[1,5)", "[1,5]", "[1,5)"),
        ("(1,5]", "[1,5]", "(1,5]"),
        ("(50,∞)", "[0,100]", "(50,100]"),
        ("(100,∞)", "[0,100]", None),
        ("[100,∞)", "[0,100]", "[100,100]"),
        ("(-∞,5)", "[0,∞)", "[0,5)"),
        ("(-∞,∞)", "[0,∞)", "[0,∞)"),
        ("(-∞,0)", "[0,∞)", None),
    ],
)
def test_a_cut_is_what_lies_in_both(one: str, two: str, expected: str | None) -> None:
    assert spelled(one).cut(spelled(two)) == (spelled(expected) if expected else None)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("[1,5]", "[1,5]", True),
        ("(1,5)", "[1,5]", True),
        ("[1,5]", "(1,5]", False),
        ("[1,5]", "[1,5)", False),
        ("[2,3]", "[1,5]", True),
        ("[1,6]", "[1,5]", False),
        ("[1,∞)", "[0,∞)", True),
        ("[1,∞)", "[0,9]", False),
        ("[7,8]", "[1,5]", False),
    ],
)
def test_inside_means_every_number(inner: str, outer: str, expected: bool) -> None:
    assert spelled(inner).inside(spelled(outer)) is expected


@pytest.mark.parametrize(
    ("top", "bottom", "scale", "expected"),
    [
        pytest.param("[10,10]", "[4,4]", 100, "[250,250]", id="two numbers"),
        pytest.param("[76000,76000]", "[170000,170000]", 1000, "[447,447]", id="rounded"),
        pytest.param("[1,1]", "[2,2]", 1, "[0,0]", id="half down to even"),
        pytest.param("[3,3]", "[2,2]", 1, "[2,2]", id="half up to even"),
        pytest.param("[10,20]", "[2,5]", 1, "[2,10]", id="least over greatest"),
        pytest.param("(10,20]", "[2,5]", 1, "(2,10]", id="open below"),
        pytest.param("[10,20)", "[2,5]", 1, "[2,10)", id="open above"),
        pytest.param("[10,20]", "(2,5]", 1, "[2,10)", id="divisor open below"),
        pytest.param("[10,20]", "[2,5)", 1, "(2,10]", id="divisor open above"),
        pytest.param("(10,∞)", "[2,5]", 1, "(2,∞)", id="dividend without end"),
        pytest.param("[10,20]", "[2,∞)", 1, "(0,10]", id="divisor without end"),
        pytest.param("(10,20]", "(2,∞)", 1, "(0,10)", id="divisor open and without end"),
        pytest.param("[10,20]", "[0,5]", 1, "[2,∞)", id="divisor may be zero"),
        pytest.param("[10,20]", "(0,5]", 1, "[2,∞)", id="divisor nears zero"),
        pytest.param("[10,20]", "[0,∞)", 1, "(0,∞)", id="divisor may be anything"),
        pytest.param("[0,0]", "[2,5]", 1, "[0,0]", id="nothing"),
        pytest.param("[0,20]", "[2,5]", 1, "[0,10]", id="from nothing"),
        pytest.param("(0,20]", "[2,5]", 1, "(0,10]", id="from more than nothing"),
        pytest.param("[0,20]", "[2,∞)", 1, "[0,10]", id="from nothing, divisor without end"),
        pytest.param("(0,20]", "[2,∞)", 1, "(0,10]", id="more than nothing, divisor without end"),
        pytest.param("(100,101)", "[300,300]", 1, "[0,0]", id="narrower than a unit"),
        pytest.param("[10,10]", "[0,0]", 1, None, id="divisor is zero"),
        pytest.param("[0,0]", "[0,0]", 1, None, id="nothing over nothing"),
        pytest.param("[-1,5]", "[1,2]", 1, None, id="dividend may be negative"),
        pytest.param("[1,5]", "[-1,2]", 1, None, id="divisor may be negative"),
        pytest.param("(-∞,5]", "[1,2]", 1, None, id="dividend without lower end"),
        pytest.param("[1,5]", "(-∞,2]", 1, None, id="divisor without lower end"),
    ],
)
def test_a_quotient_inherits_bounds(
    top: str, bottom: str, scale: int, expected: str | None
) -> None:
    found = divide(spelled(top), spelled(bottom), Fraction(scale))
    assert found == (spelled(expected) if expected else None)


def test_there_is_no_quotient_whose_least_lies_beyond_64_bits() -> None:
    assert divide(Interval.exactly(10**7), Interval.exactly(1), Fraction(10**12)) is None


@pytest.mark.parametrize(
    "top",
    [
        Interval.exactly(MAX_BOUND),
        Interval(0, MAX_BOUND),
        Interval(MAX_BOUND, None, high_open=True),
    ],
)
def test_a_quotient_may_be_the_greatest_bound(top: Interval) -> None:
    assert divide(top, Interval.exactly(1), Fraction(1)) == top


def test_a_quotient_beyond_the_greatest_bound_has_none() -> None:
    one = Interval.exactly(1)
    assert divide(Interval.exactly(MAX_BOUND + 1), one, Fraction(1)) is None
    wide = divide(Interval(0, MAX_BOUND + 1), one, Fraction(1))
    assert wide == Interval(0, None, high_open=True)


def test_a_quotient_that_may_lie_beyond_64_bits_has_no_upper_end() -> None:
    wide = divide(Interval.exactly(10**7), Interval(1, 10**8), Fraction(10**12))
    assert wide == Interval(10**11, None, high_open=True)


def test_a_quotient_is_cut_by_its_domain_before_it_is_stored() -> None:
    domain = Interval(0, 10**12)
    wide = divide(Interval.exactly(10**7), Interval(1, 10**8), Fraction(10**12), domain)
    assert wide == Interval(10**11, 10**12)


@pytest.mark.parametrize(
    ("top", "bottom", "domain", "expected"),
    [
        pytest.param("[60,∞)", "[100,100]", "[0,100]", "[60,100]", id="closed by the domain"),
        pytest.param("[60,120]", "[100,100]", "[0,100]", "[60,100]", id="cut by the domain"),
        pytest.param("(60,120]", "[100,100]", "[0,80)", "(60,80)", id="cut open"),
        pytest.param("[100,100]", "[100,100]", "[0,100]", "[100,100]", id="at its edge"),
        pytest.param("(100,120]", "[100,100]", "[0,100]", None, id="only meets its edge"),
        pytest.param("[100,120]", "[50,100)", "[0,100]", None, id="divisor below the edge"),
        pytest.param("[101,120]", "[100,100]", "[0,100]", None, id="beyond it"),
    ],
)
def test_a_quotient_lies_in_its_domain(
    top: str, bottom: str, domain: str, expected: str | None
) -> None:
    found = divide(spelled(top), spelled(bottom), Fraction(100), spelled(domain))
    assert found == (spelled(expected) if expected else None)


@given(intervals(), intervals())
def test_a_cut_is_the_same_from_both_sides(one: Interval, two: Interval) -> None:
    assert one.cut(two) == two.cut(one)


@given(intervals(), intervals(), intervals())
def test_three_intervals_are_cut_in_any_order(
    one: Interval, two: Interval, three: Interval
) -> None:
    first, last = one.cut(two), two.cut(three)
    assert (first and first.cut(three)) == (last and one.cut(last))


@given(intervals())
def test_cutting_by_itself_changes_nothing(one: Interval) -> None:
    assert one.cut(one) == one
    assert one.inside(one)


@given(st.data(), intervals(), intervals())
def test_a_number_lies_in_a_cut_if_it_lies_in_both(
    data: st.DataObject, one: Interval, two: Interval
) -> None:
    number = data.draw(numbers_in(one))
    assert holds(one, number)
    assert holds(one.cut(two), number) == holds(two, number)


@given(intervals(), intervals())
def test_a_cut_lies_inside_both(one: Interval, two: Interval) -> None:
    cut = one.cut(two)
    assert cut is None or (cut.inside(one) and cut.inside(two))


WIDE = st.integers(0, 10**6)


@given(st.data(), intervals(WIDE), intervals(WIDE), st.sampled_from([1, 100, 10**12]))
def test_a_quotient_holds_the_quotient_of_every_two_numbers(
    data: st.DataObject, top: Interval, bottom: Interval, scale: int
) -> None:
    quotient = divide(top, bottom, Fraction(scale))
    divisor = data.draw(numbers_in(bottom))
    if quotient is None or not divisor:
        assert quotient is not None or bottom.high == 0
        return
    found = data.draw(numbers_in(top)) / divisor * scale
    assert quotient.low is not None
    assert quotient.low <= found + 1  # A bound is rounded to a unit.
    assert quotient.high is None or found - 1 <= quotient.high


@given(intervals(WIDE), intervals(WIDE))
def test_a_quotient_is_no_wider_than_its_ends(top: Interval, bottom: Interval) -> None:
    """Each finite end is one that two ends give, so that nothing is claimed too loosely."""
    quotient = divide(top, bottom, Fraction(1))
    if quotient is None:
        return
    if quotient.high is not None:
        assert top.high is not None
        assert bottom.low
        assert quotient.high == round(Fraction(top.high, bottom.low))
    if bottom.high:
        assert top.low is not None
        assert quotient.low == round(Fraction(top.low, bottom.high))
