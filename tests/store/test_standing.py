"""Ranks and strips in SQL, held against the same said by hand over every pair of companies."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from app.profiles.interval import Interval
from app.profiles.results import Standing
from app.store.standing import count_between, find_standings
from tests.profiles.strategies import holds
from tests.store.cast import NONE, PERCENT, Known, at_least, company, dataset, more_than
from tests.store.shelf import Shelf

EXACT = Interval.exactly
NUMBERS = [Fraction(n, 4) for n in range(4 * 13)] + [Fraction(n) for n in (60, 61, 62)]
"""So fine that intervals with whole ends up to 12 hold some; three stand for what has no end."""


def numbers(interval: Interval) -> list[Fraction]:
    return [number for number in NUMBERS if holds(interval, number)]


def by_hand(own: Interval, others: Sequence[Interval]) -> tuple[int, int, int, int]:
    """How many state it, are certainly above, may be, and are the same: over all their numbers."""
    mine = numbers(own)
    above = [one for one in others if all(n > m for n in numbers(one) for m in mine)]
    perhaps = [one for one in others if any(n > m for n in numbers(one) for m in mine)]
    equal = [one for one in others if own.exact is not None and one == own]
    return len(others) + 1, len(above), len(perhaps), len(equal)


def standing(shelf: Shelf, **own: Interval) -> dict[str, Standing]:
    with shelf.open() as snapshot:
        return find_standings(snapshot, own)


def counted(found: Standing) -> tuple[int, int, int, int]:
    return found.stating, found.above, found.perhaps, found.equal


def load(shelf: Shelf, *known: Known) -> None:
    companies = [company(f"c{n:02}", employees=one) for n, one in enumerate(known)]
    shelf.load(dataset(*companies))


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (EXACT(5), [EXACT(9), EXACT(3)], (3, 1, 1, 0)),
        (EXACT(5), [EXACT(5), EXACT(9)], (3, 1, 1, 1)),
        (EXACT(5), [None, NONE, EXACT(3)], (2, 0, 0, 0)),
        (EXACT(5), [at_least(5)], (2, 0, 1, 0)),
        (EXACT(5), [more_than(5)], (2, 1, 1, 0)),
        (EXACT(5), [more_than(4)], (2, 0, 1, 0)),
        (EXACT(5), [Interval(0, 5)], (2, 0, 0, 0)),
        (EXACT(5), [Interval(0, 6)], (2, 0, 1, 0)),
        (EXACT(5), [Interval(4, 9), at_least(1), EXACT(7)], (4, 1, 3, 0)),
        (at_least(5), [EXACT(5)], (2, 0, 0, 0)),
        (at_least(5), [EXACT(6), at_least(5), EXACT(1)], (4, 0, 2, 0)),
        (Interval(3, 5), [EXACT(5), EXACT(3), EXACT(4)], (4, 0, 2, 0)),
        (Interval(3, 5, high_open=True), [EXACT(5), EXACT(3)], (3, 1, 1, 0)),
        (Interval(3, 5), [Interval(3, 5)], (2, 0, 1, 0)),
        (EXACT(0), [EXACT(0), EXACT(1)], (3, 1, 1, 1)),
        (EXACT(5), [], (1, 0, 0, 0)),
    ],
)
def test_a_rank_counts_who_is_above_for_certain_and_who_may_be(
    shelf: Shelf,
    own: Interval,
    others: list[Known],
    expected: tuple[int, int, int, int],
) -> None:
    load(shelf, own, *others)
    found = standing(shelf, employees=own)["employees"]
    assert counted(found) == expected
    known = [one for one in others if isinstance(one, Interval)]
    assert counted(found) == by_hand(own, known)


def test_an_amount_in_another_currency_is_neither_compared_nor_counted(shelf: Shelf) -> None:
    euro = company("euro", revenue=900, currency="EUR")
    shelf.load(dataset(company("alder", revenue=5), company("birch", revenue=7), euro))
    assert counted(standing(shelf, revenue=EXACT(5))["revenue"]) == (2, 1, 1, 0)


def test_the_two_shares_are_counted_each_on_its_own_basis(shelf: Shelf) -> None:
    shelf.load(
        dataset(
            company("alder", rd_share_staff=5 * PERCENT),
            company("birch", rd_share_revenue=9 * PERCENT),
            company("cedar", rd_share_staff=7 * PERCENT, rd_share_revenue=PERCENT),
        )
    )
    own = {"rd_share_staff": EXACT(7 * PERCENT), "rd_share_revenue": EXACT(PERCENT)}
    found = standing(shelf, **own)
    assert {key: counted(one) for key, one in found.items()} == {
        "rd_share_staff": (2, 0, 0, 0),
        "rd_share_revenue": (2, 1, 1, 0),
    }


def test_nothing_known_has_no_standing(shelf: Shelf) -> None:
    load(shelf, None)
    assert standing(shelf) == {}


@pytest.mark.parametrize(
    ("known", "ends"),
    [
        ([5, 20], (5, 20)),
        ([5, 0, Interval(0, 40)], (5, 40)),
        ([5, at_least(90)], (5, 90)),
        ([0, 0], (None, 0)),
    ],
)
def test_a_scale_spans_from_the_least_above_zero_to_the_greatest_bound(
    shelf: Shelf, known: list[Known], ends: tuple[int | None, int]
) -> None:
    load(shelf, *known)
    found = standing(shelf, employees=EXACT(5))["employees"]
    assert (found.least, found.greatest) == ends


@pytest.mark.parametrize("edges", [(1, 10, 100, 1000), (1, 5, 6, 7, 8, 9), (3, 4)])
def test_each_company_is_counted_in_one_part_by_its_low_end(
    shelf: Shelf, edges: tuple[int, ...]
) -> None:
    lows = [0, 1, 4, 5, 5, 6, 9, 10, 99, 100, 5000]
    load(shelf, None, NONE, at_least(7), Interval(0, 50), *lows)
    parts = len(edges) - 1
    expected = [0] * parts
    for low in [7, 0, *lows]:
        reached = [place for place in range(parts) if low >= edges[place]]
        expected[max(reached, default=0)] += 1
    with shelf.open() as snapshot:
        assert count_between(snapshot, "employees", edges) == tuple(expected)
