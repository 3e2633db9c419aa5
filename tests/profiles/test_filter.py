import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import InvalidQuery
from app.profiles.answer import Range
from app.profiles.filter import (
    DEFAULT_SIZE,
    DEFAULT_SORT,
    RANGES,
    SORT_KEYS,
    CompanyFilter,
    range_pairs,
    read_filter,
)
from app.profiles.interval import MAX_BOUND
from app.profiles.measures import Catalogue, Kind, Measure

BASES = Measure("bases", "Bases", Kind.COUNT, "bases", "Sites.")
CATALOGUE = Catalogue((BASES,))
B = 10**9 * 100
PERCENT = 10**10


def read(*pairs: tuple[str, str]) -> CompanyFilter:
    typed: dict[str, list[str]] = {}
    for name, value in pairs:
        typed.setdefault(name, []).append(value)
    return read_filter(typed, CATALOGUE, "USD")


def problems(*pairs: tuple[str, str]) -> dict[str, str]:
    """What is accepted in place of each field that is refused."""
    with pytest.raises(InvalidQuery) as refused:
        read(*pairs)
    return {problem.field: problem.accepted for problem in refused.value.problems}


def test_no_query_is_no_filter() -> None:
    assert read() == CompanyFilter()
    assert list(CompanyFilter().ranges) == []
    assert CompanyFilter().query() == ()


FIELDS = [
    *(f"{field}_{end}" for field in RANGES for end in ("min", "max")),
    *("q", "industry", "country", "tag", "rd_basis", "lacks", "unknown", "maybe"),
    *("sort", "size", "cols", "c"),
]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("blank", ["", " \t\n"])
def test_a_blank_field_is_no_filter(field: str, blank: str) -> None:
    assert read((field, blank)) == CompanyFilter()


@pytest.mark.parametrize("name", ["cursor", "utm_source", "revenue", "rd_share", "Q", ""])
def test_a_parameter_we_do_not_know_is_ignored(name: str) -> None:
    assert read((name, "x"), ("q", "chips")) == CompanyFilter(q="chips")


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("q", "chips", CompanyFilter(q="chips")),
        ("q", "  two   words ", CompanyFilter(q="two words")),
        ("q", "x" * 100, CompanyFilter(q="x" * 100)),
        ("industry", " software ", CompanyFilter(industry=("software",))),
        ("revenue_min", "10B", CompanyFilter(revenue=Range(10 * B, None))),
        ("revenue_max", "$20B", CompanyFilter(revenue=Range(None, 20 * B))),
        ("employees_min", "20,000", CompanyFilter(employees=Range(20_000, None))),
        ("countries_max", "160", CompanyFilter(countries=Range(None, 160))),
        ("founded_min", "1987", CompanyFilter(founded=Range(1987, None))),
        ("rd_share_min", "40", CompanyFilter(rd_share=Range(40 * PERCENT, None))),
        ("rd_share_max", "12.3456", CompanyFilter(rd_share=Range(None, 123_456 * 10**6))),
        ("rd_share_min", "150%", CompanyFilter(rd_share=Range(150 * PERCENT, None))),
        ("revenue_min", "0", CompanyFilter(revenue=Range(0, None))),
        ("rd_basis", "staff", CompanyFilter(rd_basis="staff")),
        ("rd_basis", "revenue", CompanyFilter(rd_basis="revenue")),
        ("lacks", "rd_staff", CompanyFilter(lacks="rd_staff")),
        ("lacks", "bases", CompanyFilter(lacks="bases")),
        ("unknown", "1", CompanyFilter(unknown=True)),
        ("unknown", "0", CompanyFilter(unknown=False)),
        ("maybe", "0", CompanyFilter(maybe=False)),
        ("maybe", "1", CompanyFilter(maybe=True)),
        ("size", "1", CompanyFilter(size=1)),
        ("size", "200", CompanyFilter(size=200)),
        ("revenue_max", "<2B", CompanyFilter(revenue=Range(None, 2 * B - 1))),
        ("rd_share_max", "<10", CompanyFilter(rd_share=Range(None, 10 * PERCENT - 1))),
        ("employees_max", "<1k", CompanyFilter(employees=Range(None, 999))),
        ("cols", "founded,bases", CompanyFilter(columns=("founded", "bases"))),
        ("cols", " revenue , , revenue ", CompanyFilter(columns=("revenue",))),
        ("cols", ",", CompanyFilter()),
        ("c", " zte ", CompanyFilter(chosen=("zte",))),
        *(("sort", key, CompanyFilter(sort=key)) for key in SORT_KEYS),
        *(("sort", f"-{key}", CompanyFilter(sort=f"-{key}")) for key in SORT_KEYS),
    ],
)
def test_a_field_is_read(field: str, value: str, expected: CompanyFilter) -> None:
    assert read((field, value)) == expected


def test_several_industries_are_kept_in_order_each_once() -> None:
    asked = read(("industry", "software"), ("industry", ""), ("industry", "internet"))
    assert asked.industry == ("software", "internet")
    assert read(("industry", "a"), ("industry", "b"), ("industry", "a")).industry == ("a", "b")


def test_columns_are_taken_from_one_field_or_from_several() -> None:
    assert read(("cols", "founded"), ("cols", "revenue,founded")).columns == ("founded", "revenue")


def test_no_more_companies_are_ticked_than_an_address_can_carry() -> None:
    asked = read(*(("c", f"company-{n}") for n in range(25)))
    assert asked.chosen == tuple(f"company-{n}" for n in range(20))


def test_a_ticked_slug_longer_than_any_is_left_out() -> None:
    longest, longer = "a" * 80, "a" * 81
    assert read(("c", longer), ("c", longest), ("c", "zte")).chosen == (longest, "zte")


@pytest.mark.parametrize("facet", ["industry", "country", "tag"])
def test_a_facet_takes_fifty_values_of_two_hundred_characters(facet: str) -> None:
    values = tuple(f"{n:0200}" for n in range(50))
    typed = [(facet, value) for value in (*values, values[0], " ", "")]
    assert read(*typed).of_facet(facet) == values
    assert problems(*typed, (facet, "more")) == {facet: "at most 50 values; 51 were given"}
    assert problems((facet, "x" * 201), (facet, "y")) == {facet: "values of at most 200 characters"}


def test_a_value_that_is_too_long_is_named() -> None:
    with pytest.raises(InvalidQuery) as refused:
        read(("tag", "short"), ("tag", "x" * 201), ("tag", "last"))
    (problem,) = refused.value.problems
    assert (problem.field, problem.given) == ("tag", "x" * 201)


def test_the_question_is_the_filter_without_what_changes_only_how_it_is_shown() -> None:
    asked = read(("revenue_min", "1B"), ("sort", "name"), ("cols", "founded"), ("c", "zte"))
    assert asked.without_display == read(("revenue_min", "1B"), ("sort", "name"))


def test_the_last_of_several_values_counts() -> None:
    assert read(("size", "x"), ("size", "20")) == CompanyFilter(size=20)


def test_equal_bounds_are_a_range() -> None:
    assert read(("founded_min", "1987"), ("founded_max", "1987")).founded == Range(1987, 1987)


@pytest.mark.parametrize(
    ("field", "value", "fragment"),
    [
        ("revenue_min", "lots", "an amount in USD"),
        ("revenue_min", "-1", "an amount in USD of 0 or more"),
        ("revenue_min", "€10B", "the currency in which revenues are compared"),
        ("revenue_max", "¥10", "an amount in USD"),
        ("revenue_max", "NaN", "an amount in USD"),
        ("revenue_max", "inf", "an amount in USD"),
        ("revenue_max", "1e99", "a smaller number"),
        ("employees_min", "1.5", "a whole number"),
        ("employees_max", "5 USD", "a whole number"),
        ("countries_min", "x", "a whole number"),
        ("founded_max", "x", "a year"),
        ("rd_share_min", "12.34567", "at most 4 decimals"),
        ("rd_share_max", "Infinity", "percent of 0 or more"),
        ("rd_basis", "employees", "one of staff, revenue"),
        ("rd_basis", "STAFF", "one of staff, revenue"),
        ("revenue_min", "<2B", "an amount in USD"),
        ("revenue_max", "<0", "an amount in USD"),
        ("revenue_max", "<<2B", "an amount in USD"),
        ("cols", "revenue,profit", "some of revenue, employees"),
        ("lacks", "nothing", "rd_staff"),
        ("lacks", "rd_share", "rd_share_staff"),
        ("unknown", "yes", "0 or 1"),
        ("unknown", "2", "0 or 1"),
        ("maybe", "false", "0 or 1"),
        ("sort", "slug", "one of name, founded"),
        ("sort", "--name", "-name"),
        ("sort", "rd_staff", "one of name"),
        ("size", "0", "from 1 to 200"),
        ("size", "201", "from 1 to 200"),
        ("size", "-5", "from 1 to 200"),
        ("size", "5.0", "from 1 to 200"),
        ("size", "٥", "from 1 to 200"),
        ("size", "9" * 5000, "from 1 to 200"),
        ("q", "x" * 101, "at most 100 characters"),
        ("q", "a\x00b", "without control characters"),
        ("q", "a\ud800b", "without control characters"),
    ],
)
def test_a_bad_field_is_named_with_what_is_accepted(field: str, value: str, fragment: str) -> None:
    found = problems((field, value))
    assert list(found) == [field]
    assert fragment in found[field]


def test_a_lower_bound_above_the_upper_is_refused() -> None:
    found = problems(("revenue_min", " 20B "), ("revenue_max", "10B"))
    assert found == {"revenue_max": "at least the lower bound, which is 20B"}


def test_every_bad_field_is_named_with_what_was_given() -> None:
    with pytest.raises(InvalidQuery) as refused:
        read(("size", " many "), ("sort", "x"), ("revenue_min", "y"), ("q", "fine"))
    given_by_field = {problem.field: problem.given for problem in refused.value.problems}
    assert given_by_field == {"revenue_min": "y", "sort": "x", "size": "many"}
    assert refused.value.status == 422
    assert "size: a whole number from 1 to 200" in str(refused.value)


def test_an_unknown_industry_is_no_error() -> None:
    assert read(("industry", "alchemy")).industry == ("alchemy",)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (CompanyFilter(revenue=Range(1)), [(("revenue",), Range(1))]),
        (CompanyFilter(rd_basis="staff"), []),
        (
            CompanyFilter(rd_share=Range(1)),
            [(("rd_share_staff", "rd_share_revenue"), Range(1))],
        ),
        (
            CompanyFilter(rd_share=Range(1), rd_basis="staff"),
            [(("rd_share_staff",), Range(1))],
        ),
        (
            CompanyFilter(rd_share=Range(1), rd_basis="revenue"),
            [(("rd_share_revenue",), Range(1))],
        ),
        (
            CompanyFilter(founded=Range(high=2), employees=Range(0)),
            [(("employees",), Range(0)), (("founded",), Range(high=2))],
        ),
    ],
)
def test_each_range_names_the_measures_that_may_answer(
    asked: CompanyFilter, expected: list[tuple[tuple[str, ...], Range]]
) -> None:
    assert list(asked.ranges) == expected


def test_a_minus_before_the_sort_key_turns_the_order() -> None:
    assert (CompanyFilter().sort_key, CompanyFilter().descending) == ("revenue", True)
    by_name = CompanyFilter().replace(sort="name")
    assert (by_name.sort_key, by_name.descending) == ("name", False)


def test_a_filter_with_one_change_keeps_the_rest() -> None:
    asked = CompanyFilter(q="chips", size=20)
    assert asked.replace(q="") == CompanyFilter(size=20)
    assert asked == CompanyFilter(q="chips", size=20)


def test_the_canonical_query_has_a_fixed_order_and_no_defaults() -> None:
    typed = [
        ("size", "20"),
        ("maybe", "0"),
        ("sort", "-founded"),
        ("unknown", "1"),
        ("rd_basis", "staff"),
        ("rd_share_max", "50%"),
        ("rd_share_min", "12.50"),
        ("lacks", "bases"),
        ("founded_max", "2,000"),
        ("revenue_max", "20,000,000,000"),
        ("revenue_min", "$1e10"),
        ("industry", "software"),
        ("tag", "listed"),
        ("industry", "internet"),
        ("country", "-"),
        ("country", "China"),
        ("employees_min", ""),
        ("q", " big  chips"),
        ("page", "7"),
    ]
    assert read(*typed).query() == (
        ("q", "big chips"),
        ("industry", "software"),
        ("industry", "internet"),
        ("country", "-"),
        ("country", "China"),
        ("tag", "listed"),
        ("revenue_min", "10B"),
        ("revenue_max", "20B"),
        ("rd_share_min", "12.5"),
        ("rd_share_max", "50"),
        ("rd_basis", "staff"),
        ("founded_max", "2000"),
        ("lacks", "bases"),
        ("unknown", "1"),
        ("maybe", "0"),
        ("sort", "-founded"),
        ("size", "20"),
    )


def test_a_bound_of_zero_is_kept_in_the_query() -> None:
    assert read(("employees_max", "0")).query() == (("employees_max", "0"),)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30)
SPACED = TEXT.map(lambda text: " ".join(text.split()))


def bounds(kind: Kind) -> st.SearchStrategy[Range]:
    """Ranges that can be typed: a share has at most four decimals of a percent."""
    step = 10**6 if kind is Kind.SHARE else 1
    bound = st.none() | st.integers(0, MAX_BOUND // step).map(lambda ticks: ticks * step)
    return st.builds(_range, bound, bound)


def _range(one: int | None, two: int | None) -> Range:
    if one is None or two is None:
        return Range(one, two)
    return Range(min(one, two), max(one, two))


VALUES = st.lists(SPACED.filter(bool), max_size=3, unique=True).map(tuple)
FILTERS = st.builds(
    CompanyFilter,
    q=SPACED,
    **dict.fromkeys(("industry", "country", "tag"), VALUES),
    **{field: bounds(kind) for field, kind in RANGES.items()},
    rd_basis=st.sampled_from(["", "staff", "revenue"]),
    lacks=st.sampled_from(["", *CATALOGUE.keys]),
    unknown=st.booleans(),
    maybe=st.booleans(),
    sort=st.sampled_from([sign + key for key in SORT_KEYS for sign in ("", "-")]),
    size=st.integers(1, 200),
)


@given(FILTERS)
def test_a_filter_round_trips_through_its_query(asked: CompanyFilter) -> None:
    assert read(*asked.query()) == asked


@given(FILTERS, st.sampled_from(sorted(RANGES)), st.integers(0, MAX_BOUND))
def test_a_query_stands_around_the_range_of_a_field(
    asked: CompanyFilter, field: str, low: int
) -> None:
    before, behind = asked.around(field)
    wanted = Range(low)
    middle = tuple(range_pairs(field, RANGES[field], wanted))
    assert (*before, *middle, *behind) == asked.replace(**{field: wanted}).query()


@given(FILTERS)
def test_the_question_and_the_admission_leave_out_what_changes_no_answer(
    asked: CompanyFilter,
) -> None:
    shown = asked.replace(columns=("founded",), chosen=("alder",))
    assert shown.without_display == asked
    assert shown.criteria == asked.criteria == asked.replace(sort=DEFAULT_SORT, size=DEFAULT_SIZE)
