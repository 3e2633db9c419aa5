"""What is asked for: no address twice, and ranges that let through as many as they say."""

import pytest

from benchmarks.addresses import SORTS, Addresses, compared, profiles

ADDRESSES = Addresses()
KINDS = {
    "sorted": ADDRESSES.sorted(),
    "filtered": ADDRESSES.filtered(),
    "ranges": ADDRESSES.ranges(),
    "rival": ADDRESSES.rival_ranges(),
    **ADDRESSES.searches(),
}


@pytest.mark.parametrize("kind", KINDS)
def test_addresses_of_a_kind_are_many_and_none_is_asked_for_twice(kind: str) -> None:
    assert len(KINDS[kind]) == len(set(KINDS[kind])) >= 60


def test_every_order_and_every_filter_is_asked_for() -> None:
    sorts = {address.partition("sort=")[2].partition("&")[0] for address in KINDS["sorted"]}
    assert sorts == {f"{sign}{key}" for key in SORTS for sign in ("", "-")}
    fields = {address.removeprefix("/?").partition("=")[0] for address in KINDS["filtered"]}
    ranges = {f"{key}_min" for key in ("revenue", "employees", "countries", "founded", "rd_share")}
    assert fields == ranges | {"country", "industry"}


@pytest.mark.parametrize("field", ["revenue", "employees"])
def test_the_least_of_a_third_lets_a_third_through(field: str) -> None:
    values = ADDRESSES.values[field]
    passing = sum(value >= ADDRESSES.least(field, 1 / 3) for value in values)
    assert passing / len(values) == pytest.approx(1 / 3, abs=0.02)


def test_money_is_asked_for_in_units_and_other_figures_as_they_are() -> None:
    least = ADDRESSES.least("revenue", 0.5)
    assert ADDRESSES.range("revenue", 0.5) == {"revenue_min": f"{least * 1e6:.0f}"}
    assert ADDRESSES.range("founded", 1) == {"founded_min": f"{ADDRESSES.values['founded'][0]:.0f}"}


def test_both_sites_are_asked_for_the_same_ranges() -> None:
    assert len(KINDS["ranges"]) == len(KINDS["rival"])
    millions = KINDS["rival"][0].partition("revenue__gte=")[2].partition("&")[0]
    assert f"revenue_min={float(millions) * 1e6:.0f}&" in KINDS["ranges"][0]


def test_comparisons_have_eight_companies_and_profiles_each_company_once() -> None:
    slugs = [f"company-{n}" for n in range(30)]
    assert {address.count("c=") for address in compared(slugs)} == {8}
    assert sorted(profiles(slugs)) == sorted(f"/companies/{slug}" for slug in slugs)
