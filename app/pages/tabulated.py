"""The data of a scatter as rows of a table: a company each, or a cell each. Pure."""

from collections.abc import Iterator

from msgspec import Struct

from ..links import profile_url
from ..profiles.filter import CompanyFilter
from ..profiles.measures import Kind, Measure
from ..profiles.results import Known
from ..profiles.version import Version
from .cells import note_url
from .charted import absence
from .formatting import UNKNOWN, Written, write_interval
from .scatter_views import ScatterView


class Number(Struct, frozen=True, gc=False):
    """A number of a row, and where its source stands; none for one that is not known."""

    label: str
    written: Written
    note: str | None


class TableRow(Struct, frozen=True, gc=False):
    """A row: what it is about, with a link where there is one, and its numbers."""

    name: str
    href: str | None
    numbers: tuple[Number, ...]


def spot_rows(drawn: ScatterView, asked: CompanyFilter, version: Version) -> Iterator[TableRow]:
    """A row for each company drawn or left out for want of a figure, in the order of slugs."""
    keys = dict.fromkeys((drawn.choice.y, drawn.choice.x, drawn.choice.color, drawn.choice.other))
    measures = [version.catalogue[key] for key in keys]
    for spot in drawn.spots:
        numbers = tuple(
            _number(spot.known[measure.key], measure, spot.slug, version) for measure in measures
        )
        yield TableRow(spot.name, profile_url(spot.slug, asked), numbers)


def _number(known: Known, measure: Measure, slug: str, version: Version) -> Number:
    if known.interval is None:
        words = absence(known)
        seen = words if known.none_yet or known.foreign else UNKNOWN
        return Number(measure.label, Written(seen, words), None)
    currency = version.currency if measure.kind is Kind.MONEY else None
    written = write_interval(known.interval, measure, currency)
    return Number(measure.label, written, note_url(slug, measure.key, currency=version.chosen))


def cell_rows(drawn: ScatterView) -> Iterator[TableRow]:
    """A row for each cell that holds a company."""
    for shown in drawn.cells:
        _, _, where = shown.label.partition(": ")
        count = Number("Companies", Written(shown.text, shown.text), None)
        yield TableRow(where, shown.href, (count,))
