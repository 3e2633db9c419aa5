"""The figures of one measure over years as a line, in percent of a plot. Pure geometry.

An exact figure is a point. Two of them are joined only where no year of the data set lies between,
so that a year without a figure is a gap. A bound is a stroke from its edge, and joins nothing.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from ..profiles.interval import Interval
from ..profiles.measures import Kind
from .scales import Scale, even_over
from .scatter import Line

EDGES = (3.0, 97.0)
"""Where the first and the last year stand, so that no mark is cut off."""
BEYOND = 0.25
"""How much higher than its bounds a scale is that must show an open end."""


class OfYear(Struct, frozen=True, gc=False):
    """A figure: the year in which its period ends, and what is known; None is not drawn."""

    year: int
    interval: Interval | None


class Dot(Struct, frozen=True, gc=False):
    """A figure's mark; `place` is its place among the figures given.

    An exact one is a point and has no `reach`. The stroke of a bound begins at its edge, from
    which it `points` up or down. A `further` mark is of a year that has another on the line.
    """

    x: float
    y: float
    place: int
    further: bool
    reach: Line | None = None
    points: str = ""


class Course(Struct, frozen=True, gc=False):
    """The marks in the order of their years, of each year the one on the line last, so that it is
    drawn over the others; and the lines between some of them.
    """

    dots: tuple[Dot, ...]
    joins: tuple[Line, ...]

    @property
    def last(self) -> Dot | None:
        """The last mark that is on the line."""
        return next((dot for dot in reversed(self.dots) if not dot.further), None)


def across(first: int, last: int) -> Scale:
    """The even scale of the years; both ends are held within the plot."""
    return Scale(first, last, start=EDGES[0], stop=EDGES[1])


def upright(intervals: Sequence[Interval], kind: Kind) -> Scale:
    """The even scale of the figures from the foot of the plot: it holds zero and all bounds.

    An end that is open goes on beyond the bounds, so that its stroke can be seen.
    """
    bounds = [bound for one in intervals for bound in (one.low, one.high) if bound is not None]
    least, most = min([0, *bounds]), max([0, *bounds])
    more = round((most - least) * BEYOND)
    most += more * any(one.high is None for one in intervals)
    least -= more * any(one.low is None for one in intervals)
    return even_over(least, most, kind).within(100, 0)


def draw_line(
    figures: Sequence[OfYear], years: Sequence[int], scales: tuple[Scale, Scale]
) -> Course:
    """The figures over the years; of those of one year the first is on the line, if it is drawn.

    `years` are those of the data set, in any order; `scales` are the horizontal and the vertical.
    """
    dots = sorted(_dots(figures, *scales), key=lambda dot: (dot.x, not dot.further, dot.place))
    points = {figures[dot.place].year: dot for dot in dots if not dot.further and not dot.reach}
    every = sorted({*years, *(one.year for one in figures)})
    joins = (
        Line(points[one].x, points[one].y, points[other].x, points[other].y)
        for one, other in pairwise(every)
        if one in points and other in points
    )
    return Course(tuple(dots), tuple(joins))


def _dots(figures: Sequence[OfYear], x: Scale, y: Scale) -> Iterator[Dot]:
    seen: set[int] = set()
    for place, one in enumerate(figures):
        further = one.year in seen
        seen.add(one.year)
        if one.interval is not None:
            yield _dot(one.interval, place, further, x(one.year), y)


def _dot(interval: Interval, place: int, further: bool, at: float, y: Scale) -> Dot:
    low, high, exact = interval.low, interval.high, interval.exact
    if exact is not None:
        return Dot(at, y(exact), place, further)
    if not low and high is not None:
        foot = y.start if low is None else y(low)
        return Dot(at, y(high), place, further, Line(at, y(high), at, foot), "down")
    top = y.stop if high is None else y(high)
    return Dot(at, y(low or 0), place, further, Line(at, y(low or 0), at, top), "up")


def spread(wanted: Sequence[float], gap: float) -> tuple[float, ...]:
    """Where texts stand that want these places and need a gap in percent, none below 100."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    found, least = list(wanted), -gap
    for index in order:
        least = found[index] = max(wanted[index], least + gap)
    most = 100.0
    for index in reversed(order):
        found[index] = min(found[index], most)
        most = found[index] - gap
    return tuple(round(one, 2) for one in found)
