"""Ranked bars of one measure as templates print them: the highest first, and who has no figure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from ..charts.ranked import Bar, make_bar, scale_end
from ..links import list_url, profile_url
from ..profiles.figure import State
from ..profiles.filter import CompanyFilter
from ..profiles.interval import Interval
from ..profiles.measures import BUILT_IN, Kind, Measure
from ..profiles.results import OTHER_CURRENCY, Known, Spot
from ..profiles.version import Version
from ..store.aggregates import count_states, spots
from ..store.versions import Snapshot
from .cells import BAR_CLASSES, note_label, note_url
from .charted import absence
from .formatting import Written, count_of, magnitude_for, write_interval
from .scatter_views import Remark

MOSTLY = 2
"""An own measure is ranked on the page of charts if one in so many companies states it."""
FEW: Final = 12
"""Companies that a chart on another page ranks."""
MANY: Final = 25
"""Companies that the page of charts ranks."""


class RankedRow(Struct, frozen=True):
    """A company's bar; the number leads to where it stands written. Without a figure: `why`."""

    name: str
    href: str
    bar: Bar | None
    number: Written | None
    note: str
    label: str
    why: str
    current: bool


class Ranking(Struct, frozen=True, gc=False):
    """The bars of a measure."""

    key: str
    title: str
    unit: str
    hue: str
    rows: tuple[RankedRow, ...]
    remarks: tuple[Remark, ...]


def ranking(
    snapshot: Snapshot, asked: CompanyFilter, key: str, most: int, current: Spot | None = None
) -> Ranking | None:
    """The highest of the companies that a list shows; None where none of them has a figure.

    `current` is a company to be set off; where it is not among the highest it comes behind them.
    """
    states = count_states(snapshot, asked, key)
    top = spots(snapshot, asked, (key,), limit=most, by=key)
    if not top:
        return None
    if current and current.known[key].interval and current.slug not in {s.slug for s in top}:
        top = (*top[: most - 1], current)
    short = sum(states.values()) <= most
    rest = spots(snapshot, asked, (key,), limit=most) if short else ()
    silent = [one for one in rest if one.known[key].interval is None]
    maker = _Maker(snapshot, asked, key, top)
    return maker.ranking(silent, states, current.slug if current else None)


def can_be_ranked(measure: Measure) -> bool:
    """Whether more of a measure says something of a company: all listed ones but years."""
    return measure.listed and measure.kind is not Kind.YEAR


def ranked(version: Version) -> tuple[str, ...]:
    """The measures that are ranked: all but years, and of its own what many companies state."""
    stating = {key: extent.stating for key, extent in version.extents.items()}
    return tuple(
        one.key
        for one in version.catalogue.listed
        if can_be_ranked(one)
        and (one in BUILT_IN or stating.get(one.key, 0) * MOSTLY >= version.companies)
    )


class _Maker:
    """Words and links of one ranking."""

    def __init__(
        self, snapshot: Snapshot, asked: CompanyFilter, key: str, top: Sequence[Spot]
    ) -> None:
        self.version: Version = snapshot.version
        self.asked, self.top = asked, top
        self.measure: Measure = self.version.catalogue[key]
        self.known = [_interval(one.known[key]) for one in top]
        self.magnitude = magnitude_for([one.low or 0 for one in self.known], self.measure.kind)

    def ranking(
        self, silent: Sequence[Spot], states: Mapping[str, int], current: str | None
    ) -> Ranking:
        end = self._end()
        rows = [self._row(one, end, current) for one in (*self.top, *silent)]
        measure, kind = self.measure, self.measure.kind
        unit = self.version.currency if kind is Kind.MONEY else measure.unit
        return Ranking(
            key=measure.key,
            title=measure.label,
            unit="" if kind is Kind.SHARE or unit == measure.label.lower() else unit,
            hue=BAR_CLASSES.get(measure.key, ""),
            rows=tuple(rows),
            remarks=tuple(self._remarks(states, len(silent))),
        )

    def _end(self) -> int:
        """The end of the scale. A share of employees is drawn on its whole domain."""
        if self.measure.domain.high is not None:
            return self.measure.domain.high
        finite = [bound for one in self.known for bound in (one.low, one.high) if bound]
        return scale_end(
            max(finite, default=1), endless=any(one.high is None for one in self.known)
        )

    def _row(self, one: Spot, end: int, current: str | None) -> RankedRow:
        known, measure = one.known[self.measure.key], self.measure
        currency = self.version.currency if measure.kind is Kind.MONEY else None
        number = None
        if known.interval:
            number = write_interval(known.interval, measure, currency, self.magnitude)
        words = note_label(measure, one.name, worked_out=known.derived)
        return RankedRow(
            name=one.name,
            href=profile_url(one.slug, self.asked),
            bar=make_bar(known.interval, end),
            number=number,
            note=note_url(one.slug, measure.key, currency=self.version.chosen),
            label=f"{words}: {number.named}" if number else "",
            why="" if number else absence(known),
            current=one.slug == current,
        )

    def _remarks(self, states: Mapping[str, int], named: int) -> Iterator[Remark]:
        """How many more there are, and how many without a figure that are not named."""
        key = self.measure.key
        stating = states.get(State.STATED, 0) + states.get(State.DERIVED, 0)
        if more := stating - len(self.top):
            href = (
                list_url(self.asked.replace(sort=f"-{key}"))
                if key in self.asked.sort_keys
                else None
            )
            yield Remark(f"{more:,} more state it.", href)
        if not named:
            yield from self._silent(states)

    def _silent(self, states: Mapping[str, int]) -> Iterator[Remark]:
        """Who has no figure to rank, where they are too many to be named."""
        if missing := states.get(State.UNKNOWN, 0) + states.get(State.NONE, 0):
            words = count_of(missing, "company has", "companies have")
            lacking = self.asked.replace(lacks=self.measure.key)
            href = list_url(lacking) if not self.asked.lacks else None
            yield Remark(f"{words} no figure to compare.", href)
        if foreign := states.get(OTHER_CURRENCY, 0):
            words = count_of(foreign, "company states", "companies state")
            yield Remark(f"{words} it in another currency.")


def _interval(known: Known) -> Interval:
    assert known.interval is not None
    return known.interval
