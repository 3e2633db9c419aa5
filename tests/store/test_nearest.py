"""The companies nearest in size, by value."""

import math

import pytest

from app.profiles.interval import Interval
from app.profiles.results import Near
from app.store.standing import CANDIDATES, LACKING, distance, find_nearest, nearest_of, sizes_of
from tests.store.cast import NONE, Known, at_least, company, dataset
from tests.store.shelf import Shelf

EXACT = Interval.exactly
BOTH = ("revenue", "employees")
SIX = {
    "huawei": {"revenue": 61_000, "employees": 170_000},
    "intel": {"revenue": 55_000, "employees": 100_000},
    "neusoft": {"revenue": 1_200, "employees": 20_000},
    "royole": {"employees": 600},
    "tencent": {"revenue": 15_000, "employees": 31_000},
    "zte": {"revenue": 14_000, "employees": 85_000},
}


def nearest_of_six(slug: str) -> list[tuple[str, tuple[str, ...]]]:
    slugs = list(SIX)
    others = {n: SIX[other] for n, other in enumerate(slugs) if other != slug}
    return [(slugs[n], by) for n, by in nearest_of(SIX[slug], others)]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("huawei", ["intel", "zte", "tencent"]),
        ("intel", ["huawei", "zte", "tencent"]),
        ("royole", ["neusoft", "tencent", "zte"]),
        ("tencent", ["zte", "intel", "neusoft"]),
    ],
)
def test_the_nearest_of_the_six(slug: str, expected: list[str]) -> None:
    assert [other for other, _ in nearest_of_six(slug)] == expected


def test_a_company_without_revenue_is_compared_by_employees_alone() -> None:
    assert {by for _, by in nearest_of_six("royole")} == {("employees",)}


def test_twice_as_large_is_as_far_as_half_as_large() -> None:
    one = {"revenue": 100}
    assert distance(one, {"revenue": 200}) == pytest.approx(distance(one, {"revenue": 50}))
    assert distance(one, {"revenue": 200}) == pytest.approx(math.log(2))


def test_what_only_one_of_them_states_counts_as_four_times_as_large() -> None:
    one = {"revenue": 100, "employees": 100}
    assert distance(one, {"revenue": 100}) == pytest.approx(LACKING / 2)
    assert distance(one, {"revenue": 100}) == pytest.approx(
        distance(one, {"revenue": 100, "employees": 25})
    )


def test_of_equals_the_first_number_decides_and_three_are_enough() -> None:
    others = {n: {"employees": 5} for n in (7, 2, 5, 3)}
    assert [n for n, _ in nearest_of({"employees": 5}, others)] == [2, 3, 5]


def test_who_shares_no_measure_is_not_near() -> None:
    assert nearest_of({"revenue": 5}, {1: {"employees": 5}}) == ()


@pytest.mark.parametrize(
    ("own", "sizes"),
    [
        ({"revenue": EXACT(5), "employees": at_least(7)}, {"revenue": 5, "employees": 7}),
        ({"employees": Interval(0, 9), "countries": EXACT(3)}, {}),
        ({"revenue": EXACT(0)}, {}),
        ({}, {}),
    ],
)
def test_a_bound_counts_by_its_low_end_and_what_may_be_zero_not_at_all(
    own: dict[str, Interval], sizes: dict[str, int]
) -> None:
    assert sizes_of(own) == sizes


def nearest(shelf: Shelf, slug: str, **own: Known) -> list[Near]:
    known = {key: EXACT(one) for key, one in own.items() if isinstance(one, int)}
    with shelf.open() as snapshot:
        return list(find_nearest(snapshot, slug, known))


def test_the_candidates_come_from_above_and_below_in_both_measures(shelf: Shelf) -> None:
    shelf.load(dataset(company("stale", employees=100), digest="before"))
    shelf.load(
        dataset(
            company("own", revenue=100, employees=100),
            company("far", revenue=10**6, employees=10**6),
            company("less", revenue=90, employees=90),
            company("more", revenue=120, employees=120),
            company("equal", employees=100),
            company("euro", revenue=100, employees=40, currency="EUR"),
            company("zero", revenue=0, employees=0),
            company("none", revenue=NONE, employees=NONE),
        )
    )
    assert nearest(shelf, "own", revenue=100, employees=100) == [
        Near("less", BOTH),
        Near("more", BOTH),
        Near("equal", ("employees",)),
    ]
    assert nearest(shelf, "own", revenue=100)[0] == Near("less", ("revenue",))
    assert nearest(shelf, "own") == []


def test_the_nearest_are_found_among_many(shelf: Shelf) -> None:
    sizes = range(1, 10 * CANDIDATES)
    shelf.load(dataset(*(company(f"c{n:03}", employees=n) for n in sizes)))
    found = nearest(shelf, "c100", employees=100)
    assert [one.slug for one in found] == ["c101", "c099", "c102"]
    assert [one.slug for one in nearest(shelf, "c001", employees=1)] == ["c002", "c003", "c004"]
