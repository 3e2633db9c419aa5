"""The memory of pages: the least recently asked go first, and its bytes are what it holds."""

from app.drawn.asked import Key
from app.drawn.kept import Kept
from app.drawn.memory import PageMemory
from hypothesis import given
from hypothesis import strategies as st

ROOM = 10_000


def key(number: int) -> Key:
    return (b"/%d" % number, b"", b"", "http", "", "br")


def page(size: int, generation: int = 1) -> Kept:
    return Kept.of(generation, [(b"content-type", b"text/html")], b"x" * size)


def test_the_least_recently_asked_goes_first() -> None:
    memory = PageMemory(ROOM)
    for number in range(3):
        memory.keep(key(number), page(1500))
    assert memory.get(key(0))
    memory.keep(key(3), page(1500))
    assert [number for number in range(4) if memory.get(key(number))] == [0, 2, 3]


def test_a_new_generation_forgets_the_old_and_an_old_one_comes_too_late() -> None:
    memory = PageMemory(ROOM)
    memory.keep(key(0), page(10, generation=4))
    memory.turn_to(5)
    assert (len(memory), memory.size) == (0, 0)
    memory.keep(key(0), page(10, generation=4))
    memory.turn_to(3)
    assert (len(memory), memory.generation) == (0, 5)


STEPS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3000)), max_size=60)


@given(STEPS)
def test_the_bytes_are_those_of_what_is_held_and_within_the_bound(
    steps: list[tuple[int, int]],
) -> None:
    memory = PageMemory(ROOM)
    for number, size in steps:
        memory.keep(key(number), page(size))
        held = [(key(one), found) for one in range(10) if (found := memory.get(key(one)))]
        assert memory.size == sum(found.size + sum(map(len, at)) for at, found in held) <= ROOM
        assert len(memory) == len(held)
        assert memory.get(key(number))
