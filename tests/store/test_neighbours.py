"""The place of a company in a list, and who stands beside it, in every order."""

from collections.abc import Iterator

import pytest

from app.profiles.answer import Range
from app.profiles.filter import SORT_KEYS, CompanyFilter
from app.profiles.results import Neighbours
from app.store.listing import find_neighbours
from tests.store.cast import company, dataset
from tests.store.shelf import Shelf
from tests.store.test_listing import QUESTIONS, SORTS, ZOO


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = Shelf(tmp_path_factory.mktemp("zoo") / "zoo.db")
    opened.load(dataset(company("stale", revenue=600, employees=6), digest="before"))
    opened.load(ZOO)
    yield opened
    opened.close()


def beside(shelf: Shelf, asked: CompanyFilter, slug: str) -> Neighbours | None:
    with shelf.open() as snapshot:
        return find_neighbours(snapshot, asked, slug)


@pytest.mark.parametrize("sort", SORTS)
def test_the_neighbours_are_those_of_the_list_itself(zoo: Shelf, sort: str) -> None:
    for question in QUESTIONS:
        asked = question.replace(sort=sort, size=2)
        listed = zoo.slugs(asked.replace(size=200))
        around = [None, *listed, None]
        places = zip(listed, around, around[2:], strict=False)
        for position, (slug, prev, following) in enumerate(places, 1):
            expected = Neighbours(position, len(listed), prev, following)
            assert beside(zoo, asked, slug) == expected
        assert len(listed) > 1


def test_a_company_that_the_list_does_not_show_has_no_place(zoo: Shelf) -> None:
    few = CompanyFilter(employees=Range(6))
    assert beside(zoo, few, "c-one") is None
    assert beside(zoo, few, "a-none") is None
    assert beside(zoo, few, "nobody") is None
    assert beside(zoo, few.replace(unknown=True), "a-none") is not None


def test_the_only_company_has_no_neighbours(shelf: Shelf) -> None:
    shelf.load(dataset(company("stale"), digest="before"))
    shelf.load(dataset(company("alder", employees=5)))
    for key in SORT_KEYS:
        assert beside(shelf, CompanyFilter(sort=key), "alder") == Neighbours(1, 1, None, None)
