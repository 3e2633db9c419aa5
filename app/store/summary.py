"""Totals and medians over the companies that a list shows. A sum of intervals is an interval."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from msgspec import Struct

from app.profiles.filter import CompanyFilter
from app.profiles.interval import INT64_MAX, Interval
from app.store.answers import by_chunk, places_shown
from app.store.blocks import read_chunks
from app.store.codes import HIGH_ENDLESS, HIGH_OPEN, LOW_OPEN
from app.store.columns import NOBODY, Flags, Numbers, Places
from app.store.remembered import remembered
from app.store.snapshot import Snapshot

PART = 24
"""Sums are taken in two parts, of so many lower bits and the rest, so that they do not overflow."""


class Summary(Struct, frozen=True):
    """One measure over the companies found: `stating` of `companies` state it.

    `total` and `median` are None where nobody states it; `top` is the highest finite bound.
    """

    companies: int
    stating: int
    total: Interval | None = None
    median: Interval | None = None
    least: int | None = None
    top: int | None = None
    endless: bool = False


@remembered
def summarise(
    snapshot: Snapshot, asked: CompanyFilter, keys: tuple[str, ...]
) -> Mapping[str, Summary]:
    """Total, median and extremes of listed measures over the companies the list shows."""
    places = places_shown(snapshot, asked)
    found = (_gather(snapshot, asked, key, places) for key in keys)
    return {key: _summary(len(places), one) for key, one in zip(keys, found, strict=True)}


class _Bounds(Struct, frozen=True):
    """The bounds of everybody found that states a measure; of upper ends the finite ones."""

    low: Numbers
    low_open: Flags
    high: Numbers
    high_open: Flags
    endless: int


def _gather(snapshot: Snapshot, asked: CompanyFilter, key: str, places: Places) -> _Bounds:
    """The bounds, one by one of the few who state several numbers."""
    ones, many = [np.zeros(0, np.int64)], [NOBODY]
    for chunk, those in by_chunk(places, read_chunks(snapshot, asked.view, key)):
        numbers = chunk.numbers()[those]
        ones.append(chunk.lows[those[np.flatnonzero(numbers == 1)]])
        many.append(chunk.at(those[np.flatnonzero(numbers > 1)]))
    low = np.concatenate(ones).astype(np.int64, copy=False)
    closed = np.zeros(len(low), bool)
    finite = [~one.has(HIGH_ENDLESS) for one in many]
    return _Bounds(
        np.concatenate([low, *(one.low for one in many)]),
        np.concatenate([closed, *(one.has(LOW_OPEN) for one in many)]),
        np.concatenate([low, *(one.high[ends] for one, ends in zip(many, finite, strict=True))]),
        np.concatenate(
            [closed, *(one.has(HIGH_OPEN)[ends] for one, ends in zip(many, finite, strict=True))]
        ),
        sum(int(np.count_nonzero(~ends)) for ends in finite),
    )


def _summary(companies: int, found: _Bounds) -> Summary:
    if not len(found.low):
        return Summary(companies, 0)
    return Summary(
        companies=companies,
        stating=len(found.low),
        total=_total(found),
        median=_median(found),
        least=int(found.low.min()),
        top=max(int(found.low.max()), int(found.high.max(initial=0))),
        endless=bool(found.endless),
    )


def _sum(bounds: Numbers) -> int:
    """The exact sum: in two parts, so that it does not overflow."""
    upper, lower = bounds >> PART, bounds & ((1 << PART) - 1)
    return (int(upper.sum()) << PART) + int(lower.sum())


def _total(found: _Bounds) -> Interval | None:
    low, high = _sum(found.low), _sum(found.high)
    endless = bool(found.endless)
    if max(low, 0 if endless else high) > INT64_MAX:
        return None  # Beyond what a figure can hold; the page then shows no total.
    high_open = endless or bool(found.high_open.any())
    return Interval(low, None if endless else high, bool(found.low_open.any()), high_open)


def _median(found: _Bounds) -> Interval:
    """Of equal lower ends the open one is the greater, of equal upper ends the lesser."""
    stating = len(found.low)
    low, low_open = _mean(_middle(found.low, found.low_open, stating))
    opened = [(end, not later) for end, later in _middle(found.high, ~found.high_open, stating)]
    high, high_open = _mean(opened)
    assert low is not None
    if low == high:
        return Interval.exactly(low)
    return Interval(low, high, low_open, high is None or high_open)


def _middle(bounds: Numbers, later: Flags, stating: int) -> list[tuple[int | None, bool]]:
    """The two bounds in the middle of so many, or one twice: None where it is infinite.

    Of equal bounds the `later` come behind the others; the second value tells which one it is.
    """
    places = ((stating - 1) // 2, stating // 2)
    finite = [place for place in places if place < len(bounds)]
    middle: list[tuple[int | None, bool]] = [(None, False)] * (len(places) - len(finite))
    if not finite:
        return middle
    upper = finite[-1]
    found = np.partition(bounds, upper)  # At one place at a time it is quickest.
    levels = {upper: found[upper], finite[0]: found[: upper + (finite[0] == upper)].max()}
    for place in finite:
        level = levels[place]
        before = np.count_nonzero(bounds < level)
        sooner = np.count_nonzero((bounds == level) & ~later)
        middle.append((int(level), bool(place - before >= sooner)))
    return middle


def _mean(ends: Sequence[tuple[int | None, bool]]) -> tuple[int | None, bool]:
    """The mean of the middle bounds, rounded half-even; None where one is infinite."""
    bounds = [bound for bound, _ in ends if bound is not None]
    if len(bounds) < len(ends):
        return None, True
    return round(Fraction(sum(bounds), len(bounds))), any(opened for _, opened in ends)
