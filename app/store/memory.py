"""Memory: answers about something that never changes, of which the latest asked stay."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Lock
from typing import Any, TypeVar

Q = TypeVar("Q", bound=Hashable)
T = TypeVar("T")


class Memory:
    """Answers to questions about one edition, which never changes: the latest asked stay.

    `most` is how much they may weigh together; by default each weighs one. What weighs more than
    half of that is not kept, lest it crowd out all others.
    """

    def __init__(self, most: int = 512, weigh: Callable[[Any], int] = lambda _: 1) -> None:
        self.most, self.held = most, 0
        self._weigh = weigh
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, question: Hashable, answer: Callable[[], T]) -> T:
        """The answer to a question, found once and kept until others have crowded it out."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                kept: T = self._answers[question]
                return kept
        found = answer()
        self._keep({question: found})
        return found

    def gather(
        self, questions: Sequence[Q], answer: Callable[[Sequence[Q]], Mapping[Q, T]]
    ) -> Mapping[Q, T]:
        """The answers to several questions; those that are not kept are found all at once."""
        with self._lock:
            kept = {one: self._answers[one] for one in questions if one in self._answers}
            for one in kept:
                self._answers.move_to_end(one)
        if missing := [one for one in questions if one not in kept]:
            found = answer(missing)
            self._keep(found)
            kept |= found
        return kept

    def _keep(self, found: Mapping[Any, Any]) -> None:
        with self._lock:
            for question, answer in found.items():
                weight = self._weigh(answer)
                if weight * 2 > self.most or question in self._answers:
                    continue  # Another may have found the same meanwhile.
                self._answers[question] = answer
                self.held += weight
            while self.held > self.most:
                _, dropped = self._answers.popitem(last=False)
                self.held -= self._weigh(dropped)
