"""A bounded cache for what was read or counted of versions, which never change."""

import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Lock
from typing import Any, TypeVar

from msgspec import Struct

Q = TypeVar("Q", bound=Hashable)
T = TypeVar("T")

OVERHEAD = 1_000
"""Bytes that an entry takes besides its key and value, about; no entry weighs less."""


class Cache:
    """Answers by question, the least recently used dropped first.

    `limit` is how many bytes all entries may weigh together, keys included. An entry that weighs
    more than an eighth of it is not kept, so that it does not crowd out all others.
    """

    def __init__(self, limit: int) -> None:
        self.limit, self.size = limit, 0
        self._entries: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, question: Hashable, find: Callable[[], T]) -> T:
        """The answer to a question, found once and kept until others have crowded it out."""
        with self._lock:
            if (entry := self._entries.get(question)) is not None:
                self._entries.move_to_end(question)
                kept: T = entry[0]
                return kept
        found = find()
        self._keep({question: found})
        return found

    def get_many(
        self, questions: Sequence[Q], find: Callable[[Sequence[Q]], Mapping[Q, T]]
    ) -> Mapping[Q, T]:
        """The answers to several questions; those that are not kept are found together."""
        with self._lock:
            kept = {one: self._entries[one][0] for one in questions if one in self._entries}
            for one in kept:
                self._entries.move_to_end(one)
        if missing := [one for one in questions if one not in kept]:
            found = find(missing)
            self._keep(found)
            kept |= found
        return kept

    def clear(self) -> None:
        """Drop all entries."""
        with self._lock:
            self._entries.clear()
            self.size = 0

    def _keep(self, found: Mapping[Any, Any]) -> None:
        weighed = {one: (answer, OVERHEAD + weight((one, answer))) for one, answer in found.items()}
        with self._lock:
            for question, entry in weighed.items():
                if entry[1] * 8 > self.limit or question in self._entries:
                    continue  # Another thread may have found the same meanwhile.
                self._entries[question] = entry
                self.size += entry[1]
            while self.size > self.limit:
                _, (_, dropped) = self._entries.popitem(last=False)
                self.size -= dropped


def weight(value: Any) -> int:
    """About the bytes that a value takes; values that others share count each time."""
    if isinstance(value, Struct):
        parts: Any = (getattr(value, name) for name in value.__struct_fields__)
    elif isinstance(value, Mapping):
        parts = (*value.keys(), *value.values())
    elif isinstance(value, (tuple, list, frozenset)):
        parts = value
    else:
        return sys.getsizeof(value)
    return sys.getsizeof(value) + sum(map(weight, parts))
