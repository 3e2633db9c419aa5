"""Companies as marks over two measures.

A bound is drawn as a line from its edge, never as a point. Companies without a figure on the
vertical axis stand in a lane of their own; without one on the horizontal axis they are counted.
"""

from collections.abc import Sequence

from msgspec import Struct

from ..profiles.interval import Interval
from .labels import Labelled, Layout, Standing, place
from .scales import Scale
from .shades import Shade

LANE = 15.0
"""Percent of the plot's height for companies without a figure on the vertical axis."""


class Place(Struct, frozen=True, gc=False):
    """One company to be drawn: what it states on each axis, and how it is coloured."""

    slug: str
    name: str
    x: Interval | None
    y: Interval | None
    shade: Shade


class Line(Struct, frozen=True, gc=False):
    """A line in percent of the plot."""

    x1: float
    y1: float
    x2: float
    y2: float


class Mark(Struct, frozen=True, gc=False):
    """A company's mark, in percent. `reaches` are the lines of bounds; `points` says whither they
    lead from the edge (right, up, left, down), blank for an exact mark.
    """

    slug: str
    name: str
    x: float
    y: float
    shade: Shade
    reaches: tuple[Line, ...]
    points: str
    current: bool
    wide: str
    slim: str


class Plot(Struct, frozen=True, gc=False):
    """A scatter of marks. `floor` is where the lane begins, 100 without one; `absent` counts the
    companies that state nothing on the horizontal axis.
    """

    marks: tuple[Mark, ...]
    floor: float
    absent: tuple[str, ...]


def floor_under(places: Sequence[Place]) -> float:
    """Where the lane begins, in percent from the top: at the ground where nobody needs one."""
    needed = any(one.y is None for one in places if one.x is not None)
    return 100 - LANE if needed else 100.0


def scatter(
    places: Sequence[Place],
    scales: tuple[Scale, Scale],
    layouts: tuple[Layout, Layout],
    floor: float,
    *,
    current: str | None = None,
    texts: tuple[Sequence[Standing], Sequence[Standing]] = ((), ()),
) -> Plot:
    """The marks of some companies, those of the greatest on the vertical axis labelled first.

    `scales` are the horizontal and the vertical one; the lane begins at `floor`. `texts` are
    what stands in the plot already, in either layout.
    """
    x, y = scales
    drawn = [one for one in places if one.x is not None]
    upright = y.within(floor, 0)
    drawn.sort(key=lambda one: (one.slug != current, -_low(one.y), one.slug))
    spots = [_position(one, x, upright, floor) for one in drawn]
    labels = [Labelled(*spot, one.name) for spot, one in zip(spots, drawn, strict=True)]
    wide, slim = (place(labels, *one) for one in zip(layouts, texts, strict=True))
    marks = (
        _mark(one, spot, (x, upright), sides, one.slug == current)
        for one, spot, sides in zip(drawn, spots, zip(wide, slim, strict=True), strict=True)
    )
    return Plot(tuple(marks), floor, tuple(one.slug for one in places if one.x is None))


def _low(interval: Interval | None) -> int:
    return -1 if interval is None or interval.low is None else interval.low


def _at_most(interval: Interval) -> bool:
    """Whether only the upper end of a bound says anything: up to 12, less than 5."""
    return interval.exact is None and not interval.low and interval.high is not None


def _edge(interval: Interval) -> int:
    """The end of a figure that is known: the lower one, or the upper where that says nothing."""
    return (interval.high if _at_most(interval) else interval.low) or 0


def labelled(places: Sequence[Place], x: Scale, y: Scale, floor: float) -> list[Labelled]:
    """Where the marks of some companies stand, each with its name."""
    upright = y.within(floor, 0)
    drawn = [one for one in places if one.x is not None]
    return [Labelled(*_position(one, x, upright, floor), one.name) for one in drawn]


def _position(one: Place, x: Scale, y: Scale, floor: float) -> tuple[float, float]:
    assert one.x is not None
    across = x(_edge(one.x))
    return across, y(_edge(one.y)) if one.y is not None else floor + LANE * 0.55


def _mark(
    one: Place,
    spot: tuple[float, float],
    scales: tuple[Scale, Scale],
    sides: tuple[str, str],
    current: bool,
) -> Mark:
    assert one.x is not None
    across = _reach(one.x, scales[0])
    up = _reach(one.y, scales[1]) if one.y is not None else None
    lines = []
    if across:
        lines.append(Line(across[0], spot[1], across[1], spot[1]))
    if up:
        lines.append(Line(spot[0], up[0], spot[0], up[1]))
    return Mark(
        one.slug,
        one.name,
        *spot,
        one.shade,
        tuple(lines),
        _points(one),
        current,
        *sides,
    )


def _points(one: Place) -> str:
    """Whither a mark's bound leads; of two bounds the one across is told."""
    for interval, onward, back in ((one.x, "right", "left"), (one.y, "up", "down")):
        if interval is not None and interval.exact is None:
            return back if _at_most(interval) else onward
    return ""


def _reach(interval: Interval, scale: Scale) -> tuple[float, float] | None:
    """From the edge of a bound to as far as it reaches on an axis; None for an exact figure."""
    if interval.exact is not None:
        return None
    edge = scale(_edge(interval))
    if _at_most(interval):
        return edge, scale.start
    return edge, scale(interval.high) if interval.high is not None else scale.stop
