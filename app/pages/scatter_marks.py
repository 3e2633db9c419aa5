"""Companies drawn one by one in a scatter: their marks, links and words."""

from collections.abc import Iterator, Mapping
from typing import Final

from ..charts.scatter import Mark, Plot, floor_under
from ..links import profile_url
from ..profiles.results import Spot
from ..store.aggregates import spots
from .charted import spoken
from .formatting import count_of
from .scatter_frame import Frame
from .scatter_views import Layouts, Remark, ScatterView, ShownMark

MOST_MARKS: Final = 300
"""Companies that a chart draws one by one; more are counted in cells."""
NAMED = 6
"""Companies that are named where they cannot be drawn; more are counted."""


def marks_view(frame: Frame, layouts: Layouts, current: Spot | None) -> ScatterView:
    """The companies of a list as marks; whoever states nothing across is named below."""
    found = spots(frame.snapshot, frame.asked, frame.choice.keys, limit=MOST_MARKS)
    places, by_slug = frame.places(found), {one.slug: one for one in found}
    floor = floor_under(places)
    lines = tuple(frame.diagonals(places, floor, layouts))
    plot = frame.plot(places, layouts, current, floor, lines)
    remarks, marks = tuple(_absent(frame, plot, by_slug)), shown_marks(frame, plot, by_slug)
    return frame.view(floor, remarks, lines=lines, marks=marks, found=found)


def shown_marks(frame: Frame, plot: Plot, by_slug: Mapping[str, Spot]) -> tuple[ShownMark, ...]:
    """The marks of a plot with what their companies state."""
    return tuple(_mark(frame, mark, by_slug[mark.slug]) for mark in plot.marks)


def _mark(frame: Frame, mark: Mark, one: Spot) -> ShownMark:
    choice, version = frame.choice, frame.version
    shares = [key for key in (choice.color, choice.other) if one.known[key].interval]
    keys = dict.fromkeys((choice.y, choice.x, *(shares or [choice.color])))
    said = [spoken(one.known[key], version.catalogue[key], version.currency) for key in keys]
    return ShownMark(mark, profile_url(one.slug, frame.asked), f"{one.name}: {'; '.join(said)}")


def _absent(frame: Frame, plot: Plot, by_slug: Mapping[str, Spot]) -> Iterator[Remark]:
    if not plot.absent:
        return
    names = ", ".join(by_slug[slug].name for slug in plot.absent[:NAMED])
    count = count_of(len(plot.absent), "company", "companies")
    who = names if len(plot.absent) <= NAMED else count
    yield frame.without_x(f"Not drawn, without a figure for {frame.x.measure.label}: {who}.")
