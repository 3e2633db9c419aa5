"""The range fields of the filter form: two texts, sliders between round numbers, histograms."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from ..charts.scales import KEPT
from ..errors import FieldProblem
from ..profiles.amounts import write_amount
from ..profiles.measures import Kind, Measure
from ..profiles.version import Version
from . import wording
from .formatting import write_number
from .histograms import Histogram, edges_of, measures_of


class Stop(Struct, frozen=True, gc=False):
    """Where a slider may rest: what it writes into the field, and how that is spoken."""

    typed: str
    spoken: str


class Frame(Struct, frozen=True):
    """What is the same of a range field on every page of a data set.

    `stops` are the resting places of the sliders.
    """

    name: str
    label: str
    sign: str
    unit: str
    stops: tuple[Stop, ...]

    @property
    def last_stop(self) -> int:
        """The number of the last resting place, counted from 0."""
        return len(self.stops) - 1

    @property
    def typed_stops(self) -> str:
        """What the resting places write into the fields, for a script."""
        return "|".join(stop.typed for stop in self.stops)

    @property
    def spoken_stops(self) -> str:
        """How they are spoken."""
        return "|".join(stop.spoken for stop in self.stops)


class RangeField(Struct, frozen=True):
    """The two text fields of a range, as typed, with what is wrong about them.

    `histograms` tell how the companies spread.
    """

    frame: Frame
    low: str
    high: str
    problems: Mapping[str, str]
    histograms: tuple[Histogram, ...]

    @property
    def ends(self) -> tuple[tuple[str, str, str], ...]:
        """The two fields: what each is called in a query and on the page, and what was typed."""
        name = self.frame.name
        return ((f"{name}_min", "From", self.low), (f"{name}_max", "to", self.high))


def range_field(
    name: str,
    last: Callable[[str], str],
    version: Version,
    problems: Sequence[FieldProblem],
    drawn: tuple[Histogram, ...],
) -> RangeField:
    """A field with what was typed, which `last` tells by the names of a query."""
    key = measures_of(name)[0]
    low, high = f"{name}_min", f"{name}_max"
    return RangeField(
        frame=frame_of(name, edges_of(version, key), version.catalogue[key], version.currency),
        low=last(low),
        high=last(high),
        problems={one.field: one.accepted for one in problems if one.field in (low, high)},
        histograms=drawn,
    )


@lru_cache(maxsize=KEPT)
def frame_of(name: str, edges: Sequence[int], measure: Measure, currency: str) -> Frame:
    """The frame of a field about a measure, between these round numbers."""
    return Frame(
        name=name,
        label=wording.NAMES.get(name) or measure.label,
        sign=currency if measure.kind is Kind.MONEY else "",
        unit="%" if measure.kind is Kind.SHARE else "",
        stops=tuple(
            Stop(write_amount(edge, measure.kind), write_number(edge, measure, currency)[0])
            for edge in edges
        ),
    )
