"""Values of facets with their counts."""

from app.profiles.facets import FACETS
from tests.store.contract.conftest import Case

KEYS = [facet.key for facet in FACETS]


def test_the_values_of_a_facet_are_counted_under_all_other_filters(case: Case) -> None:
    for at, criteria in enumerate(case.filters):
        chosen = [key for key in KEYS if criteria.of_facet(key)]
        for key in dict.fromkeys((KEYS[at % len(KEYS)], *chosen)):
            expected = case.reference.count_options(criteria, key)
            assert case.store.count_options(criteria, key) == expected, (criteria, key)


def test_every_facet_of_everybody(case: Case) -> None:
    for key in KEYS:
        expected = case.reference.count_options(case.everybody, key)
        assert case.store.count_options(case.everybody, key) == expected, key


def test_the_most_frequent_values_come_first(case: Case) -> None:
    for key in KEYS:
        assert case.store.frequent_values(key) == case.reference.frequent_values(key), key
