"""Totals, medians, ranks and who is near in size."""

from collections.abc import Callable, Mapping

from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from tests.store.contract.arithmetic import LARGEST_TOTAL
from tests.store.contract.conftest import Case


def test_totals_medians_and_extremes(case: Case, unsupported: Callable[[str], bool]) -> None:
    for criteria in case.filters:
        keys = [key for key in case.listed if not left_out(case, criteria, key, unsupported)]
        expected = case.reference.summarise(criteria, keys)
        assert case.store.summarise(criteria, keys) == expected, criteria


def left_out(
    case: Case, criteria: CompanyFilter, key: str, unsupported: Callable[[str], bool]
) -> bool:
    """Whether the store does not sum what these companies report of a measure."""
    slugs = case.reference.shown(criteria)
    lows = [one.low for one in case.reference.intervals(key, slugs, criteria.period).values()]
    if None in lows:
        return unsupported("no lower end")
    return sum(filter(None, lows)) < -LARGEST_TOTAL and unsupported("totals below")


def own_figures(case: Case, slug: str) -> Mapping[str, Interval]:
    """The comparable figures of a company."""
    reported = {key: case.reference.reported(slug, key).interval for key in case.listed}
    return {key: one for key, one in reported.items() if one}


def test_the_standing_of_every_company(case: Case) -> None:
    for slug in case.slugs:
        own = own_figures(case, slug)
        assert case.store.find_standings(own) == case.reference.find_standings(own), slug
    assert case.store.find_standings({}) == {}


def test_the_figures_of_all_others(case: Case) -> None:
    for slug in (*case.slugs[:3], *case.slugs[-1:], "nobody"):
        expected = case.reference.find_figures(case.listed, slug)
        assert case.store.find_figures(case.listed, slug) == expected, slug


def test_the_nearest_of_every_company(case: Case) -> None:
    for slug in case.slugs:
        own = own_figures(case, slug)
        assert case.store.find_nearest(slug, own) == case.reference.find_nearest(slug, own), slug


def test_the_nearest_by_one_measure_alone(case: Case) -> None:
    for slug in case.slugs[::3]:
        for key, interval in own_figures(case, slug).items():
            own = {key: interval}
            expected = case.reference.find_nearest(slug, own)
            assert case.store.find_nearest(slug, own) == expected, (slug, key)
