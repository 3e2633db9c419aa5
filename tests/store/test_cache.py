"""The cache of what was read: bounded in bytes, keys included, and of one version alone."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import event

from app.profiles.company import Company
from app.profiles.filter import CompanyFilter
from app.store.cache import OVERHEAD, Cache, weight
from app.store.listing import count_companies
from app.store.profiles import get_companies
from tests.store.cast import company, dataset
from tests.store.shelf import Shelf


class Squares:
    """Answers each question with its square, and notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, missing: Sequence[int]) -> Mapping[int, int]:
        self.asked.append(list(missing))
        return {one: one * one for one in missing if one >= 0}


def test_several_answers_are_found_at_once_and_those_kept_not_again() -> None:
    cache, squares = Cache(10**6), Squares()
    assert cache.get_many([1, 2], squares) == {1: 1, 2: 4}
    assert cache.get_many([3, 2, 4], squares) == {3: 9, 2: 4, 4: 16}
    assert cache.get_many([1, 4, -1], squares) == {1: 1, 4: 16}
    assert cache.get_many([-1], squares) == {}
    assert squares.asked == [[1, 2], [3, 4], [-1], [-1]]


def kept(cache: Cache, *questions: str) -> list[str]:
    """Those of some questions that are kept; the others are then."""
    found: list[str] = []

    def ask(question: str) -> int:
        found.append(question)
        return 0

    for question in questions:
        cache.get(question, lambda one=question: ask(one))  # type: ignore[misc]
    return [one for one in questions if one not in found]


@pytest.mark.parametrize(
    ("asked", "still"),
    [
        ("abcdefgh", "abcdefgh"),
        ("abcdefghi", "bcdefghi"),
        ("abcdefghai", "acdefghi"),
    ],
)
def test_the_least_recently_used_entries_are_dropped(asked: str, still: str) -> None:
    cache = Cache(8 * (OVERHEAD + weight(("a", 0))))
    kept(cache, *asked)
    assert (len(cache), cache.size) == (8, cache.limit)
    assert "".join(kept(cache, *still)) == still


def test_an_entry_weighs_its_key_too() -> None:
    cache = Cache(100 * OVERHEAD)
    for number in range(1_000):
        cache.get((number, "k" * 9_000), lambda: ())
    assert len(cache) == 9
    assert cache.size <= cache.limit
    cache.clear()
    assert (len(cache), cache.size) == (0, 0)


def test_what_would_crowd_out_all_others_is_not_kept() -> None:
    cache = Cache(80 * OVERHEAD)
    kept(cache, "a", "b" * 10 * OVERHEAD)
    assert len(cache) == 1
    assert kept(cache, "a") == ["a"]


def test_many_different_requests_take_no_more_than_the_limit(shelf: Shelf) -> None:
    """24,000 lists of long values that nobody has took 760 MB once, and gave nothing back."""
    shelf.load(dataset(company("alder")))
    cache = shelf.versions.cache
    cache.limit = 200 * OVERHEAD
    for number in range(300):
        with shelf.open() as snapshot:
            value = f"{number} {'x' * 190}"
            count_companies(snapshot, CompanyFilter(industry=(value,)))
    assert 0 < cache.size <= cache.limit
    assert len(cache) < 200
    shelf.load(dataset(company("alder"), digest="d2"))
    with shelf.open():
        assert (len(cache), cache.size) == (0, 0)


def test_a_company_is_read_once_a_version(shelf: Shelf) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    def read(*slugs: str) -> tuple[Company, ...]:
        with shelf.versions.open() as snapshot:
            event.listen(snapshot.connection, "before_cursor_execute", note)
            return get_companies(snapshot, slugs)

    shelf.load(dataset(company("alder"), company("birch")))
    first = read("birch", "alder")
    assert [one.slug for one in first] == ["birch", "alder"]
    assert statements
    statements.clear()
    assert read("alder", "birch") == first[::-1]
    assert statements == []
    shelf.load(dataset(company("alder", name="Alder & Sons"), digest="d2"))
    assert [one.name for one in read("alder", "birch")] == ["Alder & Sons"]
