"""What is kept of an edition in memory: the latest asked, and nothing of another edition."""

from collections.abc import Mapping, Sequence

import pytest
from app.store.memory import Memory
from sqlalchemy import event

from app.profiles.company import Company
from app.store.profiles import get_companies
from tests.store.cast import company, dataset
from tests.store.shelf import Shelf


class Told:
    """Answers each question with its square, and notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, missing: Sequence[int]) -> Mapping[int, int]:
        self.asked.append(list(missing))
        return {one: one * one for one in missing if one >= 0}


def test_several_answers_are_found_at_once_and_those_kept_not_again() -> None:
    memory, told = Memory(), Told()
    assert memory.gather([1, 2], told) == {1: 1, 2: 4}
    assert memory.gather([3, 2, 4], told) == {3: 9, 2: 4, 4: 16}
    assert memory.gather([1, 4], told) == {1: 1, 4: 16}
    assert told.asked == [[1, 2], [3, 4]]


def test_a_question_without_an_answer_is_asked_again() -> None:
    memory, told = Memory(), Told()
    assert memory.gather([-1, 1], told) == {1: 1}
    assert memory.gather([-1, 1], told) == {1: 1}
    assert told.asked == [[-1, 1], [-1]]


@pytest.mark.parametrize(("asked", "kept"), [([1, 2, 3], [2, 3]), ([1, 2, 1, 3], [1, 3])])
def test_the_answers_asked_for_last_are_kept(asked: list[int], kept: list[int]) -> None:
    memory, told = Memory(most=2), Told()
    for one in asked:
        memory.gather([one], told)
    told.asked.clear()
    assert memory.gather(kept, told) == {one: one * one for one in kept}
    assert told.asked == []


def known(memory: Memory, *questions: str) -> list[str]:
    """Those of some texts that are kept, each as heavy as it is long."""
    found: list[str] = []

    def ask(question: str) -> str:
        found.append(question)
        return question

    for question in questions:
        memory.get(question, lambda one=question: ask(one))  # type: ignore[misc]
    return [one for one in questions if one not in found]


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (["aaa", "bbb"], ["aaa", "bbb"]),
        (["aaa", "bbb", "cccc"], ["aaa", "bbb", "cccc"]),
        (["aaa", "bbb", "ccccc"], ["bbb", "ccccc"]),
        (["aaa", "bbb", "aaa", "ccccc"], ["aaa", "ccccc"]),
        (["aaa", "aaa", "bbb", "cccc"], ["aaa", "bbb", "cccc"]),
        (["aaa", "dddddd"], ["aaa"]),
        (["a", "bb", "ccccc", "ddddd"], ["ccccc", "ddddd"]),
    ],
)
def test_what_is_kept_weighs_no_more_than_there_is_room_for(
    asked: list[str], kept: list[str]
) -> None:
    memory = Memory(10, len)
    known(memory, *asked)
    assert memory.held <= 10
    others = [one for one in dict.fromkeys(asked) if one not in kept]
    assert known(memory, *kept, *others) == kept


def test_a_company_is_read_once_an_edition(shelf: Shelf) -> None:
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
