"""What is drawn of the companies found: which measures, their axes, and numbers in words. Pure."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from ..charts.scales import KEPT, LOGARITHMIC, Scale, class_edges, even_over, scale_over
from ..errors import FieldProblem, InvalidQuery
from ..profiles.answer import Range
from ..profiles.filter import RD_SHARE, CompanyFilter
from ..profiles.measures import RD_SHARES, Catalogue, Kind, Measure
from ..profiles.results import Extent, Known
from ..profiles.version import Version
from .formatting import UNITS, magnitude_of, plain, whole, write_interval, write_number

AXES = (
    "revenue",
    "employees",
    "countries",
    "founded",
    RD_SHARES["staff"],
    RD_SHARES["revenue"],
)
"""The measures that can be axes: those the list can filter by, so that all drawn can be listed."""
COLOURS = tuple(RD_SHARES.values())
"""The R&D shares, of which one at a time can be the colour."""


class Fineness(Struct, frozen=True, gc=False):
    """How many classes an axis has at most where companies are counted in cells: with room, and
    on a phone. A cell is to be at least 24 pixels wide and high.
    """

    wide: int
    slim: int


ACROSS: Final = Fineness(14, 8)
UPWARDS: Final = Fineness(12, 10)
NARROWEST: Final = 12
"""Percent of an axis that a cell at its end takes up at least on a phone."""


class Choice(Struct, frozen=True, gc=False):
    """Which measures a chart sets against each other, and which R&D share is its colour."""

    x: str = "employees"
    y: str = "revenue"
    color: str = RD_SHARES["staff"]

    @property
    def other(self) -> str:
        """The R&D share that is not the colour."""
        return COLOURS[1 - COLOURS.index(self.color)]

    @property
    def keys(self) -> tuple[str, ...]:
        """Every measure that must be known to draw it."""
        return (self.x, self.y, *COLOURS)

    def query(self) -> tuple[tuple[str, str], ...]:
        """The canonical query: defaults left out."""
        usual = Choice()
        pairs = (("x", self.x, usual.x), ("y", self.y, usual.y), ("color", self.color, usual.color))
        return tuple((name, value) for name, value, common in pairs if value != common)


def axes_of(catalogue: Catalogue) -> tuple[str, ...]:
    """The measures that can be axes in a data set."""
    return (*AXES, *(one.key for one in catalogue.own_listed))


def read_choice(typed: Mapping[str, str], catalogue: Catalogue) -> Choice:
    """The choice that a query makes; blank is the default.

    Raises InvalidQuery for a measure that cannot be drawn so, and for two axes of one thing.
    """
    usual = Choice()
    given = {
        name: typed.get(name, "").strip() or getattr(usual, name) for name in ("x", "y", "color")
    }
    drawn = axes_of(catalogue)
    accepted = {"x": drawn, "y": drawn, "color": COLOURS}
    problems = [
        FieldProblem(name, value, f"one of {', '.join(accepted[name])}")
        for name, value in given.items()
        if value not in accepted[name]
    ]
    axes = {given["x"], given["y"]}
    if not problems and (len(axes) == 1 or axes == set(COLOURS)):
        words = "another measure than x; the two R&D shares are never set against each other"
        problems.append(FieldProblem("y", given["y"], words))
    if problems:
        raise InvalidQuery(problems)
    return Choice(**given)


class Tick(Struct, frozen=True, gc=False):
    """A round number at an axis; a `minor` one is left out where there is little room."""

    at: float
    text: str
    minor: bool


class Axis(Struct, frozen=True, gc=False):
    """An axis: its measure, scale and what stands at it; the edges of cells, fine and coarse."""

    measure: Measure
    currency: str
    scale: Scale
    edges: tuple[int, ...]
    coarse: tuple[int, ...]
    title: str
    ticks: tuple[Tick, ...]

    def placed(self, start: float, stop: float) -> "Axis":
        """The same axis between other positions."""
        scale = self.scale.within(start, stop)
        ticks = tuple(_ticks(scale, self.measure, self.currency))
        return replace(self, scale=scale, ticks=ticks)


def axis_of(version: Version, key: str, fineness: Fineness, *, cells: bool) -> Axis | None:
    """The axis of a measure over the whole data set; with `cells` it ends at edges of cells.

    None where nobody states the measure.
    """
    extent, measure = version.extents.get(key), version.catalogue[key]
    if extent is None:
        return None
    return _axis(extent, measure, version.currency, fineness, cells=cells)


@lru_cache(maxsize=KEPT)
def _axis(
    extent: Extent, measure: Measure, currency: str, fineness: Fineness, *, cells: bool
) -> Axis:
    least = extent.least or min(extent.low or measure.kind.scale, measure.kind.scale)
    edges, coarse = (
        class_edges(least, extent.greatest, measure.kind, most)
        for most in (fineness.wide, fineness.slim)
    )
    log = measure.kind in LOGARITHMIC and least > 0
    reach = even_over if least < 0 else scale_over
    whole_scale = reach(least, extent.greatest, measure.kind)
    scale = Scale(edges[0], edges[-1], log=log) if cells else whole_scale
    coarse = _roomy(coarse, scale)
    title = axis_title(measure, currency, log=log)
    ticks = tuple(_ticks(scale, measure, currency))
    return Axis(measure, currency, scale, edges, coarse, title, ticks)


def _roomy(edges: tuple[int, ...], scale: Scale) -> tuple[int, ...]:
    """The edges without those so near an end of the scale that no finger fits between."""
    inner = (edge for edge in edges[1:-1] if NARROWEST <= scale(edge) <= 100 - NARROWEST)
    return (edges[0], *inner, edges[-1])


def axis_title(measure: Measure, currency: str, *, log: bool) -> str:
    """What stands at an axis: the measure, its unit, and whether its scale is logarithmic."""
    unit = f", {currency}" if measure.kind is Kind.MONEY else ""
    return f"{measure.label}{unit}{', log scale' if log else ''}"


def _ticks(scale: Scale, measure: Measure, currency: str) -> Iterator[Tick]:
    found = scale.ticks(measure.kind)
    for index, value in enumerate(found):
        crowded = len(found) > 4 and index % 2 == 1
        yield Tick(scale(value), write_tick(value, measure, currency), crowded)


def write_tick(value: int, measure: Measure, currency: str | None) -> str:
    """A round number as short as can be: $10B, 100k, 1987, 40%."""
    if measure.kind is not Kind.COUNT:
        return write_number(value, measure, currency, None)[0]
    number = whole(value, measure.kind)
    unit = magnitude_of(number) if number >= 10_000 else UNITS
    return f"{plain(number / unit.factor)}{unit.letter}"


SINGULAR = {"countries": "country", "employees": "employee"}
"""What a count of one is called."""


def spoken(known: Known, measure: Measure, currency: str) -> str:
    """What a company states of a measure, in words as they are read aloud."""
    if known.interval is None:
        return f"{_subject(measure)} {absence(known)}"
    number = write_interval(
        known.interval, measure, currency if measure.kind is Kind.MONEY else None
    ).spoken
    if measure.basis:
        return f"R&D {number} of {measure.basis}"
    if measure.kind is Kind.COUNT:
        noun = measure.unit if measure.unit != "people" else _subject(measure)
        return f"{number} {SINGULAR.get(noun, noun) if known.interval.exact == 1 else noun}"
    return f"{_subject(measure)} {number}"


def absence(known: Known) -> str:
    """Why there is no number to compare."""
    return (
        "none yet" if known.none_yet else "in another currency" if known.foreign else "not stated"
    )


def _subject(measure: Measure) -> str:
    return measure.label if measure.label.startswith("R&D") else measure.label.lower()


def narrowing(asked: CompanyFilter, measure: Measure, wanted: Range) -> Mapping[str, Any] | None:
    """What narrows a filter to a range of a measure, or None where it cannot be said in one.

    A filter on the R&D share that names no basis, or the other one, has no room for a second.
    """
    if not measure.basis:
        return {measure.key: _narrowed(asked.range(measure.key), wanted)}
    basis = next(name for name, key in RD_SHARES.items() if key == measure.key)
    if asked.rd_share and asked.rd_basis != basis:
        return None
    return {RD_SHARE: _narrowed(asked.rd_share, wanted), "rd_basis": basis}


def _narrowed(one: Range, other: Range) -> Range:
    lows = [bound for bound in (one.low, other.low) if bound is not None]
    highs = [bound for bound in (one.high, other.high) if bound is not None]
    return Range(max(lows, default=None), min(highs, default=None))
