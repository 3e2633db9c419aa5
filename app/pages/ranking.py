"""A value's place among the others of its row, in words, where the order is certain. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from ..profiles.figure import Figure, State
from ..profiles.interval import Interval

FOREIGN = "another currency, not comparable"


class Place(Struct, frozen=True, gc=False):
    """What stands below a value, for the eye; `aloud` where the ear needs fuller words."""

    seen: str
    aloud: str = ""


def highest_of(intervals: Sequence[Interval | None]) -> tuple[int, ...]:
    """Which values are certainly not below any other: each of its numbers reaches all of theirs.

    Empty where fewer than two are known, where none is certain, or where all are the same number.
    """
    known = [(index, one) for index, one in enumerate(intervals) if one is not None]
    if len(known) < 2 or len({one for _, one in known}) == 1:
        return ()
    return tuple(
        index
        for index, one in known
        if all(_reaches(one, other) for place, other in known if place != index)
    )


def _reaches(one: Interval, other: Interval) -> bool:
    return one.low is not None and other.high is not None and one.low >= other.high


def place_of(
    index: int,
    figure: Figure,
    intervals: Sequence[Interval | None],
    highest: Sequence[int],
) -> str:
    """A value's place in its row; `highest` are the values that are certainly so."""
    one = intervals[index]
    if one is None:
        return absence(figure)
    if index in highest:
        return "highest" if len(highest) == 1 else "joint highest"
    known = [other for other in intervals if other]
    if len(known) == 1:
        return "the only one known"
    if not highest:
        return "equal" if one.exact is not None and len(set(known)) == 1 else "order not certain"
    best = intervals[highest[0]]
    assert best is not None
    return _below(one, best)


def _below(one: Interval, best: Interval) -> str:
    """How far below the highest a value lies; what is below zero is no part of anything."""
    if one.high is not None and one.high < 0:
        return "below zero"
    if best.exact and best.exact > 0 and one.exact is not None:
        return f"{_percent(one.exact, best.exact)} of the highest"
    return "below the highest"


def _percent(value: int, highest: int) -> str:
    """A part in whole percent; what is no whole and not nothing is called neither."""
    percent = 100 * value / highest
    if percent < 1:
        return "under 1%"
    return f"{percent:.0f}%" if percent <= 99 else "over 99%"


def absence(figure: Figure) -> str:
    """Why a value has no place in its row; blank where "none yet" says it all."""
    if figure.known:
        return FOREIGN
    if figure.state is State.NONE:
        return f"“{figure.as_stated}”" if figure.as_stated else ""
    return "not stated"
