"""What the page cache drops: the least recently used first, and old versions."""

from hypothesis import given
from hypothesis import strategies as st

from app.web.page_cache import CachedResponse, CacheKey, PageCache

LIMIT = 10_000


def key(number: int) -> CacheKey:
    return (b"/%d" % number, b"", b"", "http", "", "br")


def page(size: int, version: int = 1) -> CachedResponse:
    return CachedResponse.of(version, [(b"content-type", b"text/html")], b"x" * size)


def test_the_least_recently_used_is_dropped_first() -> None:
    cache = PageCache(LIMIT)
    for number in range(3):
        cache.keep(key(number), page(1500))
    assert cache.get(key(0))
    cache.keep(key(3), page(1500))
    assert [number for number in range(4) if cache.get(key(number))] == [0, 2, 3]


def test_a_new_version_drops_the_old_and_an_old_page_comes_too_late() -> None:
    cache = PageCache(LIMIT)
    cache.keep(key(0), page(10, version=4))
    cache.turn_to(5)
    assert (len(cache), cache.size) == (0, 0)
    cache.keep(key(0), page(10, version=4))
    cache.turn_to(3)
    assert (len(cache), cache.version) == (0, 5)


STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3000)), max_size=60)


@given(STEPS)
def test_the_size_is_that_of_the_pages_and_within_the_limit(
    steps: list[tuple[int, int]],
) -> None:
    cache = PageCache(LIMIT)
    for number, size in steps:
        cache.keep(key(number), page(size))
        held = [(key(one), found) for one in range(10) if (found := cache.get(key(one)))]
        assert cache.size == sum(found.size + sum(map(len, at)) for at, found in held) <= LIMIT
        assert len(cache) == len(held)
        assert cache.get(key(number))
