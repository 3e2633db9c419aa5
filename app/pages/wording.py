"""A filter in words: chips, titles, and what was left out. Pure."""

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from ..links import list_url
from ..profiles.amounts import round_above
from ..profiles.answer import Range
from ..profiles.facets import value_words
from ..profiles.filter import RD_SHARE, CompanyFilter
from ..profiles.measures import Catalogue, Measure
from ..profiles.results import Counts
from ..profiles.version import Version
from .formatting import count_of, write_number

BASES = {"staff": "of employees", "revenue": "of revenue"}
NAMES = {
    "revenue": "Revenue",
    "employees": "Employees",
    "rd_share": "R&D share",
    "countries": "Countries",
    "founded": "Founded",
}


class Chip(Struct, frozen=True, gc=False):
    """One active filter in words, and the filter without it."""

    label: str
    value: str
    without: CompanyFilter
    href: str


def _chip(label: str, value: str, without: CompanyFilter) -> Chip:
    return Chip(label, value, without, list_url(without))


def chips(asked: CompanyFilter, version: Version) -> tuple[Chip, ...]:
    """The active filters, in the order of the form; sort and page size are none."""
    return tuple(_chips(asked, version))


def _chips(asked: CompanyFilter, version: Version) -> Iterator[Chip]:
    if asked.q:
        yield _chip("Search", f"“{asked.q}”", asked.replace(q=""))
    if asked.period:
        yield _chip("Period", str(asked.period), asked.replace(period=None))
    if asked.currency:
        yield _chip("Amounts", f"in {asked.currency}", asked.replace(currency=""))
    for field in asked.fields:
        if wanted := asked.range(field):
            words = range_words(wanted, _measure(asked, field, version.catalogue), version.currency)
            without = asked.replace(**{field: Range()})
            if field == RD_SHARE:
                without = without.replace(rd_basis="")
            yield _chip(field_name(asked, field, version.catalogue), words, without)
    yield from _facet_chips(asked)
    if asked.lacks:
        yield _chip("Lacks", version.catalogue[asked.lacks].label, asked.replace(lacks=""))
    if asked.unknown:
        yield _chip("Without a figure", "listed too", asked.replace(unknown=False))
    if not asked.maybe:
        yield _chip("Maybe", "left out", asked.replace(maybe=True))


def _facet_chips(asked: CompanyFilter) -> Iterator[Chip]:
    for facet, chosen in asked.facets:
        for value in chosen:
            others = tuple(other for other in chosen if other != value)
            yield _chip(facet.label, value_words(value), asked.replace(**{facet.key: others}))


def field_name(asked: CompanyFilter, field: str, catalogue: Catalogue) -> str:
    """A range field in words; the R&D share names its basis if one was chosen."""
    if field not in NAMES:
        return catalogue[field].label
    if field == RD_SHARE and asked.rd_basis:
        return f"{NAMES[field]} {BASES[asked.rd_basis]}"
    return NAMES[field]


def _measure(asked: CompanyFilter, field: str, catalogue: Catalogue) -> Measure:
    return catalogue[asked.measures_of(field)[0]]


@lru_cache(maxsize=1024)
def range_words(wanted: Range, measure: Measure, currency: str) -> str:
    """A range as from $1B, up to 50%, from 1990 to 1999, from $1B to under $2B."""
    low = _bound(wanted.low, measure, currency)
    above = round_above(wanted.high, measure.kind) if wanted.high is not None else None
    high = _bound(wanted.high if above is None else above, measure, currency)
    under = "under " if above is not None else ""
    if low and high:
        return f"exactly {low}" if low == high else f"from {low} to {under}{high}"
    return f"from {low}" if low else f"{under or 'up to '}{high}"


def _bound(bound: int | None, measure: Measure, currency: str) -> str:
    return "" if bound is None else write_number(bound, measure, currency, None)[0]


def title(asked: CompanyFilter, version: Version) -> str:
    """The filter as the title of its page."""
    found = [f"{chip.label} {chip.value}" for chip in chips(asked, version)]
    return f"Companies: {', '.join(found)}" if found else "Companies"


def found_words(counts: Counts, asked: CompanyFilter) -> str:
    """What was found, as the page announces it."""
    parts = [count_of(counts.yes, "company", "companies")]
    if counts.maybe:
        parts.append(f"{counts.maybe:,} maybe" + ("" if asked.maybe else " left out"))
    if asked.unknown and counts.unknown:
        parts.append(f"{counts.unknown:,} {unanswered(asked)}")
    return ", ".join(parts)


def unanswered(asked: CompanyFilter) -> str:
    """What companies are for which a filter has no answer: a country is no figure."""
    figures = any(asked.ranges) or asked.period or not any(asked.facets)
    return "without a figure" if figures else "not stating it"


def missing_words(counts: Counts, asked: CompanyFilter) -> str:
    """Why companies have no figure: none yet, not stated, none of the year, another currency."""
    silent = counts.unknown - counts.none - counts.foreign
    parts = []
    if counts.none:
        parts.append(f"{counts.none:,} {'has' if counts.none == 1 else 'have'} none yet")
    if silent > 0:
        words = f"{'does' if silent == 1 else 'do'} not state it"
        if asked.period:
            words = f"{'has' if silent == 1 else 'have'} no such figure of {asked.period}"
        parts.append(f"{silent:,} {words}")
    if counts.foreign:
        parts.append(f"{counts.foreign:,} in another currency")
    return ", ".join(parts)
