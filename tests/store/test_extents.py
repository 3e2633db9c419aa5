"""Extents: how far each measure reaches, and where nearly all companies lie."""

import pytest

from app.profiles.interval import Interval
from app.profiles.results import Extent
from app.store.extents import TRIMMED
from tests.store.cast import NONE, PERCENT, Known, at_least, company, dataset, more_than
from tests.store.shelf import Shelf


def extents(shelf: Shelf) -> dict[str, Extent]:
    with shelf.open() as snapshot:
        return dict(snapshot.version.extents)


def load(shelf: Shelf, *known: Known) -> Extent | None:
    """The extent of a measure of which these figures are stated."""
    companies = [company(f"c{n:03}", employees=one) for n, one in enumerate(known)]
    shelf.load(dataset(*companies))
    return extents(shelf).get("employees")


@pytest.mark.parametrize(
    ("known", "extent"),
    [
        ([5], Extent(1, 5, 5, 5, 5)),
        ([5, 20, 7], Extent(3, 5, 20, 5, 20)),
        ([5, None, NONE], Extent(1, 5, 5, 5, 5)),
        ([0, 7], Extent(2, 0, 7, 0, 7)),
        ([5, Interval(6, 40)], Extent(2, 5, 40, 5, 6)),
        ([5, Interval(0, 40)], Extent(2, 5, 40, 5, 40)),
        ([5, at_least(90)], Extent(2, 5, 90, 5, 90)),
        ([5, more_than(90)], Extent(2, 5, 90, 5, 90)),
    ],
)
def test_an_extent_reaches_from_the_least_to_the_greatest_finite_bound(
    shelf: Shelf, known: list[Known], extent: Extent
) -> None:
    assert load(shelf, *known) == extent


@pytest.mark.parametrize("known", [[], [None], [NONE, None]])
def test_what_nobody_states_has_no_extent(shelf: Shelf, known: list[Known]) -> None:
    assert load(shelf, *known) is None


@pytest.mark.parametrize(
    ("many", "low", "high"),
    [
        (TRIMMED - 1, 0, TRIMMED - 2),
        (TRIMMED, 1, TRIMMED - 2),
        (2 * TRIMMED - 1, 1, 2 * TRIMMED - 3),
        (2 * TRIMMED, 2, 2 * TRIMMED - 3),
    ],
)
def test_one_figure_in_so_many_is_left_out_at_either_end(
    shelf: Shelf, many: int, low: int, high: int
) -> None:
    assert load(shelf, *range(many)) == Extent(many, 0, many - 1, low, high)


def test_giants_and_dwarfs_do_not_stretch_what_nearly_all_lie_in(shelf: Shelf) -> None:
    found = load(shelf, 1, *[500] * 60, 10**15)
    assert found == Extent(62, 1, 10**15, 500, 500)


def test_every_listed_measure_has_its_own_in_the_current_version_alone(shelf: Shelf) -> None:
    shelf.load(dataset(company("stale", employees=10**6, founded=1900), digest="before"))
    shelf.load(
        dataset(
            company("alder", employees=5, revenue=20_000, rd_share_staff=7 * PERCENT, bases=4),
            company("birch", revenue=900, currency="EUR"),
        )
    )
    assert extents(shelf) == {
        "employees": Extent(1, 5, 5, 5, 5),
        "revenue": Extent(1, 20_000, 20_000, 20_000, 20_000),
        "revenue_per_employee": Extent(1, 4000, 4000, 4000, 4000),
        "rd_share_staff": Extent(1, *[7 * PERCENT] * 4),
    }
