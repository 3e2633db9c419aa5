"""Counting once: a question about an edition whose answer is kept in its memory."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from ..profiles.filter import CompanyFilter
from .snapshot import Snapshot

P = ParamSpec("P")
T = TypeVar("T")


def remembered(
    find: Callable[Concatenate[Snapshot, CompanyFilter, P], T],
) -> Callable[Concatenate[Snapshot, CompanyFilter, P], T]:
    """A question that is asked of the database once an edition and filter.

    The order, the page size and what else changes no answer are no part of the filter. Arguments
    must be hashable, the answer a value that nobody changes.
    """

    @wraps(find)
    def ask(snapshot: Snapshot, asked: CompanyFilter, /, *args: P.args, **kwargs: P.kwargs) -> T:
        bare = asked.admission
        question = (find.__name__, bare, args, tuple(sorted(kwargs.items())))
        return snapshot.memory.get(question, lambda: find(snapshot, bare, *args, **kwargs))

    return ask
