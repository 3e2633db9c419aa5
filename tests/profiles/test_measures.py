import pytest

from app.profiles.filter import RANGES, RD_SHARE, SORT_KEYS
from app.profiles.interval import Interval
from app.profiles.measures import BUILT_IN, LISTED, RD_SHARES, Catalogue, Kind, Measure, Quotient

KEYS = (
    "revenue",
    "employees",
    "revenue_per_employee",
    "rd_staff",
    "rd_share_staff",
    "rd_share_revenue",
    "countries",
    "founded",
)
BASES = Measure("bases", "Bases", Kind.COUNT, "bases", "Sites.")


def test_the_built_in_measures_are_those_of_the_contract() -> None:
    assert sorted(Catalogue().keys) == sorted(KEYS)
    assert LISTED == BUILT_IN


@pytest.mark.parametrize(
    ("kind", "scale"),
    [(Kind.MONEY, 100), (Kind.SHARE, 10**12), (Kind.COUNT, 1), (Kind.YEAR, 1)],
)
def test_a_kind_fixes_its_storage_unit(kind: Kind, scale: int) -> None:
    assert kind.scale == scale


@pytest.mark.parametrize(
    ("key", "domain"),
    [
        ("revenue", Interval(0, None, high_open=True)),
        ("employees", Interval(0, None, high_open=True)),
        ("countries", Interval(0, None, high_open=True)),
        ("rd_share_staff", Interval(0, 10**12)),
        ("rd_share_revenue", Interval(0, None, high_open=True)),
        ("founded", Interval(1, 9999)),
    ],
)
def test_a_measure_declares_its_domain(key: str, domain: Interval) -> None:
    assert Catalogue()[key].domain == domain


def test_the_two_bases_of_research_share_are_two_measures() -> None:
    staff, revenue = (Catalogue()[key] for key in RD_SHARES.values())
    assert list(RD_SHARES) == ["staff", "revenue"]
    assert (staff.basis, revenue.basis) == ("employees", "revenue")
    assert staff.quotient == Quotient("rd_staff", "employees")
    assert revenue.quotient is None


def test_the_measures_of_a_data_set_follow_the_built_in_ones() -> None:
    catalogue = Catalogue((BASES,))
    assert catalogue.keys == (*Catalogue().keys, "bases")
    assert catalogue["bases"] is BASES
    assert tuple(catalogue) == (*BUILT_IN, BASES)


def test_a_key_nobody_has_is_none_or_an_error() -> None:
    assert Catalogue().get("bases") is None
    with pytest.raises(KeyError, match="bases"):
        Catalogue()["bases"]


def test_every_key_that_can_be_sorted_or_filtered_by_is_listed() -> None:
    listed = {measure.key for measure in LISTED}
    assert set(SORT_KEYS) - {"name"} <= listed
    assert set(RANGES) - {RD_SHARE} <= listed
    assert all(RANGES[key] is Catalogue()[key].kind for key in RANGES if key != RD_SHARE)


def test_every_measure_says_what_it_means() -> None:
    assert all(measure.help.endswith(".") and measure.label for measure in BUILT_IN)
