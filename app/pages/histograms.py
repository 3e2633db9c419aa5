"""The histograms of the filter panel: each column a link that filters to its range. Pure but for
one question a measure to the store.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.charts.histogram import Column, columns
from app.charts.scales import KEPT, class_edges
from app.links import list_url, narrowed_urls
from app.pages import wording
from app.pages.formatting import count_of, write_number
from app.profiles.amounts import write_amount
from app.profiles.answer import Range
from app.profiles.filter import RD_SHARE, CompanyFilter
from app.profiles.measures import RD_SHARES, Kind, Measure
from app.store.distribution import Class, Spread, spread_over
from app.store.snapshot import Edition, Snapshot


@dataclass(frozen=True, slots=True)
class Bar:
    """A column with what it stands for. Without companies it is no link. `state` is on or off
    where the filter on the measure is set, else blank.
    """

    column: Column
    label: str
    href: str | None
    state: str
    lacking: bool = False


@dataclass(frozen=True, slots=True)
class Histogram:
    """The columns of one measure, the last of them for companies without a figure."""

    name: str
    title: str
    bars: tuple[Bar, ...]
    first: str
    last: str
    width: float


@dataclass(frozen=True, slots=True)
class Stop:
    """Where a slider may rest: what it writes into the field, and how that is spoken."""

    typed: str
    spoken: str


def histograms(snapshot: Snapshot, asked: CompanyFilter, field: str) -> tuple[Histogram, ...]:
    """The histograms of a range field: one, or one for each basis of the R&D share."""
    return tuple(_histograms(snapshot, asked, field))


def _histograms(snapshot: Snapshot, asked: CompanyFilter, field: str) -> Iterator[Histogram]:
    for key in _measures(field):
        if edges := edges_of(snapshot.edition, key):
            free = _without(asked, field, key)
            spread = _shown(spread_over(snapshot, free, key, edges), free)
            yield _Maker(snapshot.edition, asked, free, field, key).histogram(spread, edges)


def _shown(spread: Spread, asked: CompanyFilter) -> Spread:
    """The spread of what the list shows: without those that may match, where it leaves them out."""
    if asked.maybe:
        return spread
    return replace(spread, classes=tuple(replace(one, maybe=0) for one in spread.classes))


def _measures(field: str) -> Sequence[str]:
    return tuple(RD_SHARES.values()) if field == RD_SHARE else (field,)


def edges_of(edition: Edition, key: str) -> tuple[int, ...]:
    """The edges of a measure's classes in a data set; none where nobody states it."""
    extent = edition.extents.get(key)
    if extent is None:
        return ()
    return class_edges(extent.low, extent.high, edition.catalogue[key].kind)


def _without(asked: CompanyFilter, field: str, key: str) -> CompanyFilter:
    """The filter without what it asks of a measure itself."""
    free = asked.but(**{field: Range()}, unknown=False)
    free = free.but(rd_basis="") if field == RD_SHARE else free
    return free.but(lacks="") if asked.lacks == key else free


def stops(edition: Edition, field: str) -> tuple[Stop, ...]:
    """Where the sliders of a field may rest: the edges of its classes."""
    key = _measures(field)[0]
    return _stops(edges_of(edition, key), edition.catalogue[key], edition.currency)


@lru_cache(maxsize=KEPT)
def _stops(edges: Sequence[int], measure: Measure, currency: str) -> tuple[Stop, ...]:
    return tuple(
        Stop(write_amount(edge, measure.kind), _spoken(edge, measure, currency)) for edge in edges
    )


def _spoken(edge: int, measure: Measure, currency: str) -> str:
    return write_number(edge, measure, currency)[0]


class _Maker:
    """Words and links of one histogram; `free` is the filter without its measure."""

    def __init__(
        self, edition: Edition, asked: CompanyFilter, free: CompanyFilter, field: str, key: str
    ) -> None:
        self.edition, self.asked, self.free = edition, asked, free
        self.field, self.measure = field, edition.catalogue[key]
        bases = {share: basis for basis, share in RD_SHARES.items()}
        self.url = narrowed_urls(free.but(rd_basis=bases.get(key, free.rd_basis)), field)

    def histogram(self, spread: Spread, edges: Sequence[int]) -> Histogram:
        shown = [(one.sure, one.maybe) for one in spread.classes]
        drawn = columns(shown, spread.lacking)
        bars = [self._bar(one, column) for one, column in zip(spread.classes, drawn, strict=False)]
        return Histogram(
            name=f"How {self.measure.label} is spread",
            title=f"of {self.measure.basis}" if self.measure.basis else "",
            bars=(*bars, self._lacking(spread.lacking, drawn[-1])),
            first=self._edge(edges[0]),
            last=self._edge(edges[-1]),
            width=round(100 * len(bars) / (len(bars) + 1.5), 2),
        )

    def _edge(self, edge: int) -> str:
        words = _spoken(edge, self.measure, self.edition.currency)
        return f"{words}+" if self.measure.kind is Kind.SHARE and edge else words

    def _bar(self, one: Class, column: Column) -> Bar:
        """A class: where it leads, and how many companies the list shows there."""
        words = wording.range_words(one.range, self.measure, self.edition.currency)
        counted = count_of(one.sure + one.maybe, "company", "companies")
        label = f"{self.measure.label} {words}: {counted}"
        if one.maybe:
            label += f", {one.maybe:,} of them maybe"
        href = self.url(one.range) if one.sure or one.maybe else None
        return Bar(column, label, href, self._state(one.range))

    def _state(self, one: Range) -> str:
        wanted = self.asked.range(self.field)
        if not wanted or self.measure.key not in self.asked.measures_of(self.field):
            return ""
        below = one.high is not None and wanted.low is not None and one.high < wanted.low
        above = one.low is not None and wanted.high is not None and one.low > wanted.high
        return "off" if below or above else "on"

    def _lacking(self, count: int, column: Column) -> Bar:
        """The companies without a figure; another gap asked for cannot be asked at once."""
        counted = count_of(count, "company", "companies")
        label = f"{self.measure.label} not stated or none yet: {counted}"
        another = self.asked.lacks not in ("", self.measure.key)
        href = list_url(self.free.but(lacks=self.measure.key)) if count and not another else None
        state = "on" if self.asked.lacks == self.measure.key else ""
        return Bar(column, label, href, state, lacking=True)
