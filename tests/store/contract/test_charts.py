"""What charts draw: classes, cells, states, single companies, extents."""

from collections.abc import Callable
from itertools import product
from random import Random

from app.profiles.answer import Range
from app.profiles.filter import RD_SHARE, CompanyFilter
from app.profiles.measures import RD_SHARES
from tests.store.contract.conftest import Case
from tests.store.contract.datasets import LIMIT

Edges = tuple[int, ...]
MOST_CLASSES = 20


def edges_of(case: Case, key: str) -> list[Edges]:
    """Edges of classes at the ends of figures and beside them: one class, two, several, many."""
    draw = Random(f"{case.name} {key}")  # noqa: S311 - figures, not secrets
    intervals = case.reference.intervals(key).values()
    ends = [end for one in intervals for end in (one.low, one.high) if end is not None] or [0, 9]
    pool = sorted({end + step for end in ends for step in (-1, 0, 1) if abs(end + step) <= LIMIT})
    chosen = [draw.sample(pool, min(many, len(pool))) for many in (2, 3, 6, MOST_CLASSES + 1)]
    return [tuple(sorted(one)) for one in chosen]


def without_range(criteria: CompanyFilter, key: str) -> CompanyFilter:
    """The filter without its range on a measure, which no histogram of the measure has."""
    return criteria.replace(**{RD_SHARE if key in RD_SHARES.values() else key: Range()})


def filterable(case: Case) -> list[str]:
    """The measures that have a range of their own."""
    fields = (*case.everybody.fields, *RD_SHARES.values())
    return [key for key in case.listed if key in fields]


def test_how_companies_spread_over_classes(case: Case) -> None:
    keys = filterable(case)
    classes = {key: edges_of(case, key) for key in keys}
    for at, criteria in enumerate(case.filters):
        key = keys[at % len(keys)]
        asked, edges = without_range(criteria, key), classes[key][at // len(keys) % 4]
        expected = case.reference.spread_over(asked, key, edges)
        assert case.store.spread_over(asked, key, edges) == expected, (asked, key, edges)


def test_how_everybody_spreads_over_the_classes_of_each_measure(case: Case) -> None:
    for key in case.listed:
        for edges in edges_of(case, key):
            expected = case.reference.spread_over(case.everybody, key, edges)
            assert case.store.spread_over(case.everybody, key, edges) == expected, (key, edges)


def test_the_cells_of_a_grid(case: Case) -> None:
    axes = list(product(case.listed, case.listed))
    classes = {key: edges_of(case, key) for key in case.listed}
    for at, criteria in enumerate(case.filters[::2]):
        across, up = axes[at * 7 % len(axes)]
        first, second = (across, classes[across][at % 4]), (up, classes[up][(at + 1) % 4])
        for rows in (second, None) if at % 5 == 0 else (second,):
            expected = case.reference.count_cells(criteria, first, rows)
            assert case.store.count_cells(criteria, first, rows) == expected, (criteria, rows)


def test_the_states_of_a_measure(case: Case) -> None:
    for at, criteria in enumerate(case.filters):
        key = case.listed[at % len(case.listed)]
        expected = case.reference.count_states(criteria, key)
        assert case.store.count_states(criteria, key) == expected, (criteria, key)


def test_single_companies_by_slug_or_the_highest_first(case: Case) -> None:
    for at, criteria in enumerate(case.filters):
        keys = [case.listed[(at + step) % len(case.listed)] for step in range(3)]
        by, limit = (None, *keys)[at % 4], (1, 5, 1000)[at % 3]
        expected = case.reference.spots(criteria, keys, limit, by)
        assert case.store.spots(criteria, keys, limit, by) == expected, (criteria, keys, limit, by)


def test_the_highest_of_each_measure(case: Case) -> None:
    for key, limit in product(case.listed, (2, 1000)):
        expected = case.reference.spots(case.everybody, [key], limit, key)
        assert case.store.spots(case.everybody, [key], limit, key) == expected, (key, limit)


def test_the_lower_ends_between_edges(case: Case, unsupported: Callable[[str], bool]) -> None:
    for key in case.listed:
        if case.reference.has_no_lower_end(key) and unsupported("no lower end"):
            continue
        for edges in edges_of(case, key):
            expected = case.reference.count_between(key, edges)
            assert case.store.count_between(key, edges) == expected, (key, edges)


def test_how_far_each_measure_reaches(case: Case) -> None:
    assert case.store.read_extents() == case.reference.read_extents()
