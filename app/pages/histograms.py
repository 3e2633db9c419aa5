"""The histograms of the filter panel: each column a link that filters to its range. Pure but for
one question a measure to the store.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from ..charts.histogram import Column, columns
from ..charts.scales import class_edges
from ..links import list_url, narrowed_urls
from ..profiles.answer import Range
from ..profiles.filter import RD_SHARE, CompanyFilter
from ..profiles.measures import RD_SHARES, Kind, Measure
from ..profiles.results import Class, Spread
from ..profiles.version import Version
from ..store.aggregates import spread_over
from ..store.versions import Snapshot
from . import wording
from .formatting import count_of, write_number


class Told(Struct, frozen=True):
    """A column and what it tells of its companies, wherever it leads: those of a range, or those
    without a figure.
    """

    column: Column
    label: str
    companies: int
    range: Range | None = None


class Bar(Struct, frozen=True, gc=False):
    """A column with where it leads. Without companies it is no link. `state` is on or off where the
    filter on the measure is set, else blank.
    """

    told: Told
    href: str | None
    state: str

    @property
    def lacking(self) -> bool:
        """Whether it stands for the companies without a figure."""
        return self.told.range is None


class Histogram(Struct, frozen=True, gc=False):
    """The columns of one measure, the last of them for companies without a figure."""

    name: str
    title: str
    bars: tuple[Bar, ...]
    first: str
    last: str


def histograms(snapshot: Snapshot, asked: CompanyFilter, field: str) -> tuple[Histogram, ...]:
    """The histograms of a range field: one, or one for each basis of the R&D share."""
    return tuple(_histograms(snapshot, asked, field))


def _histograms(snapshot: Snapshot, asked: CompanyFilter, field: str) -> Iterator[Histogram]:
    for key in measures_of(field):
        if edges := edges_of(snapshot.version, key):
            free = _without(asked, field, key)
            find = partial(_tell, snapshot, free, key, edges)
            told = snapshot.remember(("told", free.criteria, key), find)
            yield _Maker(snapshot.version, asked, free, field, key).histogram(told, edges)


def _tell(
    snapshot: Snapshot, free: CompanyFilter, key: str, edges: tuple[int, ...]
) -> tuple[Told, ...]:
    """A column for each class, and the last for companies without a figure."""
    measure, currency = snapshot.version.catalogue[key], snapshot.version.currency
    spread = _shown(spread_over(snapshot, free, key, edges), free)
    counts = [(one.sure, one.maybe) for one in spread.classes]
    *drawn, last = columns(counts, spread.lacking)
    told = (
        Told(column, _label(one, measure, currency), one.sure + one.maybe, one.range)
        for one, column in zip(spread.classes, drawn, strict=True)
    )
    counted = count_of(spread.lacking, "company", "companies")
    label = f"{measure.label} not stated or none yet: {counted}"
    return (*told, Told(last, label, spread.lacking))


def _label(one: Class, measure: Measure, currency: str) -> str:
    """A class in words, and how many companies the list shows there."""
    words = wording.range_words(one.range, measure, currency)
    counted = count_of(one.sure + one.maybe, "company", "companies")
    maybe = f", {one.maybe:,} of them maybe" if one.maybe else ""
    return f"{measure.label} {words}: {counted}{maybe}"


def _shown(spread: Spread, asked: CompanyFilter) -> Spread:
    """The spread of what the list shows: without those that may match, where it leaves them out."""
    if asked.maybe:
        return spread
    return replace(spread, classes=tuple(replace(one, maybe=0) for one in spread.classes))


def measures_of(field: str) -> Sequence[str]:
    """The measures that a range field is about: two for the R&D share, on either basis."""
    return tuple(RD_SHARES.values()) if field == RD_SHARE else (field,)


def edges_of(version: Version, key: str) -> tuple[int, ...]:
    """The edges of a measure's classes in a data set; none where nobody states it."""
    extent = version.extents.get(key)
    if extent is None:
        return ()
    return class_edges(extent.low, extent.high, version.catalogue[key].kind)


def _without(asked: CompanyFilter, field: str, key: str) -> CompanyFilter:
    """The filter without what it asks of a measure itself."""
    free = asked.replace(**{field: Range()}, unknown=False)
    free = free.replace(rd_basis="") if field == RD_SHARE else free
    return free.replace(lacks="") if asked.lacks == key else free


def _spoken(edge: int, measure: Measure, currency: str) -> str:
    return write_number(edge, measure, currency)[0]


class _Maker:
    """Words and links of one histogram; `free` is the filter without its measure."""

    def __init__(
        self, version: Version, asked: CompanyFilter, free: CompanyFilter, field: str, key: str
    ) -> None:
        self.version, self.asked, self.free = version, asked, free
        self.measure = version.catalogue[key]
        bases = {share: basis for basis, share in RD_SHARES.items()}
        self.wanted = asked.range(field) if key in asked.measures_of(field) else Range()
        self.url = narrowed_urls(free.replace(rd_basis=bases.get(key, free.rd_basis)), field)

    def histogram(self, told: Sequence[Told], edges: Sequence[int]) -> Histogram:
        return Histogram(
            name=f"How {self.measure.label} is spread",
            title=f"of {self.measure.basis}" if self.measure.basis else "",
            bars=tuple(self._bar(one) for one in told),
            first=self._edge(edges[0]),
            last=self._edge(edges[-1]),
        )

    def _edge(self, edge: int) -> str:
        words = _spoken(edge, self.measure, self.version.currency)
        return f"{words}+" if self.measure.kind is Kind.SHARE and edge else words

    def _bar(self, one: Told) -> Bar:
        if one.range is None:
            return self._lacking(one)
        return Bar(one, self.url(one.range) if one.companies else None, self._state(one.range))

    def _state(self, one: Range) -> str:
        wanted = self.wanted
        if not wanted:
            return ""
        below = one.high is not None and wanted.low is not None and one.high < wanted.low
        above = one.low is not None and wanted.high is not None and one.low > wanted.high
        return "off" if below or above else "on"

    def _lacking(self, one: Told) -> Bar:
        """The companies without a figure; another gap asked for cannot be asked at once."""
        lacks, key = self.asked.lacks, self.measure.key
        leads = one.companies and lacks in ("", key)
        href = list_url(self.free.replace(lacks=key)) if leads else None
        return Bar(one, href, "on" if lacks == key else "")
