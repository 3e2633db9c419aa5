"""The three-valued logic of a filter: yes, maybe, unknown, no. Pure; `store` says it in SQL."""

from collections.abc import Iterable
from enum import IntEnum

from msgspec import Struct

from .interval import Interval


class Answer(IntEnum):
    """What a filter says of a company. The order is that of `all_of`: the least one wins."""

    NO = 0
    UNKNOWN = 1
    MAYBE = 2
    YES = 3

    @property
    def word(self) -> str:
        """The word that pages and exports print."""
        return self.name.lower()


class Range(Struct, frozen=True, gc=False):
    """What a reader asks for: from `low` to `high`, both inclusive; None is no bound."""

    low: int | None = None
    high: int | None = None

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None


def answer(figure: Interval | None, wanted: Range) -> Answer:
    """YES if the whole figure lies inside, NO if it does not touch, MAYBE if it overlaps.

    `None` is no figure: UNKNOWN.
    """
    if figure is None:
        return Answer.UNKNOWN
    if _below(figure, wanted.low) or _above(figure, wanted.high):
        return Answer.NO
    starts_inside = wanted.low is None or (figure.low is not None and figure.low >= wanted.low)
    ends_inside = wanted.high is None or (figure.high is not None and figure.high <= wanted.high)
    return Answer.YES if starts_inside and ends_inside else Answer.MAYBE


def _below(figure: Interval, low: int | None) -> bool:
    if low is None or figure.high is None:
        return False
    return figure.high < low or (figure.high == low and figure.high_open)


def _above(figure: Interval, high: int | None) -> bool:
    if high is None or figure.low is None:
        return False
    return figure.low > high or (figure.low == high and figure.low_open)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Several filters at once: no beats unknown beats maybe beats yes; no filter is YES."""
    return min(answers, default=Answer.YES)


def best_of(answers: Iterable[Answer]) -> Answer:
    """One question over several bases: the best answer among those with a figure."""
    return max((found for found in answers if found is not Answer.UNKNOWN), default=Answer.UNKNOWN)
