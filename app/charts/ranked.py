"""Bars on one scale; a bound is a bar that goes on, fainter, as far as it may reach."""

from collections.abc import Sequence

from msgspec import Struct

from ..profiles.interval import Interval

SMALLEST = 1.2
"""Percent of the track that a small value still shows."""
OPEN = 1.25
"""How much longer than the greatest bound a scale is that must show an open end."""


class Bar(Struct, frozen=True, gc=False):
    """A bar in percent of its track: the part that is sure, and how far it may reach."""

    sure: float
    reach: float | None = None


def scale_end(greatest: int, *, endless: bool) -> int:
    """Where the scale of bars ends: at the greatest bound, or beyond it to show an open end."""
    return round(greatest * OPEN) if endless else greatest


def bar_scale(intervals: Sequence[Interval | None]) -> int | None:
    """The end of the scale on which bars are compared, or None for fewer than two values."""
    known = [one for one in intervals if one]
    bounds = [bound for one in known for bound in (one.low, one.high) if bound is not None]
    if len(known) < 2 or not bounds:
        return None
    return scale_end(max(bounds), endless=any(one.high is None for one in known))


def make_bar(interval: Interval | None, top: int | None) -> Bar | None:
    """A bar on the scale from 0 to `top`; no figure has no bar, an open end reaches to the end.

    Below zero there is nothing to be drawn: a loss has no bar.
    """
    if interval is None or interval.low is None or interval.low < 0 or not top or top < 0:
        return None
    sure = _percent(interval.low, top)
    if interval.exact is not None:
        return Bar(sure)
    return Bar(sure, 100.0 if interval.high is None else _percent(interval.high, top))


def _percent(value: int, top: int) -> float:
    return round(min(100.0, max(SMALLEST if value else 0.0, 100 * value / top)), 2)
