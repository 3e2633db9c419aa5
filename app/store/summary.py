"""Totals and medians over the companies that a list shows. A sum of intervals is an interval."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np
from msgspec import Struct

from ..profiles.filter import CompanyFilter
from ..profiles.interval import INT64_MAX, Interval
from .answers import by_chunk, places_shown
from .blocks import read_chunks, size_of
from .codes import HIGH_ENDLESS, HIGH_OPEN, LOW_OPEN
from .columns import NOBODY, Bounds, Chunk, Column, Flags, Numbers, Places
from .remembered import remembered
from .snapshot import Snapshot

MANY = 8
"""One company found of so many, at which to look at all in turn is quicker."""
SAMPLED, SPARE = 2048, 100
"""Numbers from which it is told about where the middle of many lies, and how many of them more are
taken on either side, so that it is surely between.
"""
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
    flags = None
    if len(places) * MANY > (size := size_of(snapshot, asked.view)):
        flags = np.zeros(size, bool)
        flags[places] = True
    every = {key: read_chunks(snapshot, asked.view, key) for key in keys}
    return {key: _summary(len(places), _gather(one, places, flags)) for key, one in every.items()}


class _Stated(Struct, frozen=True):
    """What everybody found states of a measure: one number each, in as few bytes as they are kept
    in, or more than one.
    """

    ones: Bounds
    several: Column

    @property
    def companies(self) -> int:
        """How many state it."""
        return len(self.ones) + len(self.several.states)

    @property
    def finite(self) -> Column:
        """Those of several numbers that have an upper end."""
        return self.several.of(~self.several.has(HIGH_ENDLESS))


def _gather(chunks: Iterable[Chunk], places: Places, flags: Flags | None) -> _Stated:
    """What those at some places state; where these are many, `flags` tell of all who they are."""
    ones, several = [np.zeros(0, np.int8)], [NOBODY]
    if flags is not None:
        for chunk in chunks:
            numbers, found = chunk.numbers(), flags[chunk.start : chunk.stop]
            ones.append(chunk.lows[np.flatnonzero(found & (numbers == 1))])
            several.append(chunk.at(np.flatnonzero(found & (numbers > 1))))
    else:
        for chunk, those in by_chunk(places, chunks):
            numbers = chunk.numbers()[those]
            ones.append(chunk.lows[those[np.flatnonzero(numbers == 1)]])
            several.append(chunk.at(those[np.flatnonzero(numbers > 1)]))
    together = (
        np.concatenate([getattr(one, name) for one in several])
        for name in ("states", "low", "high")
    )
    return _Stated(np.concatenate(ones), Column(0, *together))


def _summary(companies: int, found: _Stated) -> Summary:
    if not found.companies:
        return Summary(companies, 0)
    some, finite = found.several, found.finite
    lows = [int(ends.min()) for ends in (found.ones, some.low) if len(ends)]
    highs = [int(ends.max()) for ends in (found.ones, some.low, finite.high) if len(ends)]
    return Summary(
        companies=companies,
        stating=found.companies,
        total=_total(found, finite),
        median=_median(found, finite),
        least=min(lows),
        top=max(0, *highs),
        endless=len(finite.states) < len(some.states),
    )


def _sum(bounds: Bounds) -> int:
    """The exact sum; of numbers that might overflow in two parts."""
    if not len(bounds) or max(int(bounds.max()), -int(bounds.min())) * len(bounds) <= INT64_MAX:
        return int(bounds.sum(dtype=np.int64))
    upper, lower = bounds >> PART, bounds & ((1 << PART) - 1)
    return (int(upper.sum()) << PART) + int(lower.sum())


def _total(found: _Stated, finite: Column) -> Interval | None:
    ones, some = _sum(found.ones), found.several
    low, high = ones + _sum(some.low), ones + _sum(finite.high)
    endless = len(finite.states) < len(some.states)
    if max(low, 0 if endless else high) > INT64_MAX:
        return None  # Beyond what a figure can hold; the page then shows no total.
    high_open = endless or bool(finite.has(HIGH_OPEN).any())
    return Interval(low, None if endless else high, bool(some.has(LOW_OPEN).any()), high_open)


def _median(found: _Stated, finite: Column) -> Interval:
    """Of equal lower ends the open one is the greater, of equal upper ends the lesser."""
    stating = found.companies
    places = ((stating - 1) // 2, stating // 2)
    # So many of one number stand before each place at least, and at most.
    ones, before = _near(found.ones, places[0] - len(found.several.states), places[1])
    places = (places[0] - before, places[1] - before)
    lower = _Ends(ones, found.several.low, found.several.has(LOW_OPEN), ones_later=False)
    upper = _Ends(ones, finite.high, ~finite.has(HIGH_OPEN), ones_later=True)
    low, low_open = _mean(lower.at(places))
    high, closed = _mean(upper.at(places), every=True)
    assert low is not None
    if low == high:
        return Interval.exactly(low)
    return Interval(low, high, low_open, high is None or not closed)


def _near(bounds: Bounds, first: int, last: int) -> tuple[Bounds, int]:
    """Those whose places by size are from the first to the last, with others around them; and how
    many lie below all of these.
    """
    if len(bounds) < SAMPLED * 10:
        return bounds, 0
    sample = np.sort(bounds[:: len(bounds) // SAMPLED])
    least, most = (len(sample) * place // len(bounds) for place in (first, last))
    low = sample[max(0, least - SPARE)]
    high = sample[min(len(sample) - 1, most + SPARE)]
    near = bounds[np.flatnonzero((bounds >= low) & (bounds <= high))]
    before = np.count_nonzero(bounds < low)
    if before <= first and last < before + len(near):
        return near, int(before)
    return bounds, 0  # The sample was no likeness.


class _Ends(Struct, frozen=True):
    """The ends of many on one side: of those who state one number, which is `ones_later`, and of
    others. Of equal ends the `later` come behind.
    """

    ones: Bounds
    others: Numbers
    later: Flags
    ones_later: bool

    def at(self, places: Sequence[int]) -> list[tuple[int | None, bool]]:
        """The ends at some places by size, None where one is infinite; and whether it is a later
        one.
        """
        ends = np.concatenate([self.ones, self.others])
        finite = [place for place in places if place < len(ends)]
        ends = np.partition(ends, sorted(set(finite))) if finite else ends
        found = [(int(ends[one]), self._is_later(int(ends[one]), one)) for one in finite]
        return [*found, *[(None, False)] * (len(places) - len(finite))]

    def _is_later(self, level: int, place: int) -> bool:
        before = np.count_nonzero(self.ones < level) + np.count_nonzero(self.others < level)
        sooner = np.count_nonzero((self.others == level) & ~self.later)
        if not self.ones_later:
            sooner += np.count_nonzero(self.ones == level)
        return bool(place - before >= sooner)


def _mean(
    ends: Sequence[tuple[int | None, bool]], *, every: bool = False
) -> tuple[int | None, bool]:
    """The mean of the middle ends, rounded half-even, None where one is infinite; and whether any
    of them is a later one, or `every`.
    """
    bounds = [bound for bound, _ in ends if bound is not None]
    later = (all if every else any)(one for _, one in ends)
    if len(bounds) < len(ends):
        return None, later
    return round(Fraction(sum(bounds), len(bounds))), later
