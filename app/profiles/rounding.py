"""How far a figure may lie from the number it is counted as, because it was printed rounded."""

import re
from collections.abc import Iterable

from .figure import Figure, State
from .headline import inputs_of, quotient_scale
from .interval import MAX_BOUND, Interval, divide
from .measures import Catalogue

_NUMBER = re.compile(r"\d(?:[\d.,'’\s]*\d)?")
_EXPONENT = re.compile(r"(?<=\d)e[+-]?\d+", re.IGNORECASE)


def printed_reach(figure: Figure) -> Interval | None:
    """All numbers that are printed as a stated figure is, half a unit of its last digit about it.

    “13.8 %” reaches from 13.75% to 13.85%, “76k” from 75,500 to 76,500, “100,000” is taken to
    be exact. A bound is taken at its word. None where there is no number, or where its printed
    form does not tell how finely it was printed: nothing is printed, it is zero, or it holds
    several numbers.
    """
    if figure.interval is None or (value := figure.interval.exact) is None:
        return figure.interval
    half = _half_unit(value, figure.as_stated or "")
    if half is None or abs(value) + half > MAX_BOUND:
        return None
    low = max(value - half, 0) if value > 0 else value - half
    return Interval(low, value + half)


def _half_unit(value: int, printed: str) -> int | None:
    """Half of what the last printed digit counts, in storage units, rounded down.

    Whatever the scale, the decimal sign and the grouping: all digits in a row are a whole number
    of such units, so 13.8 is 138 of them.
    """
    found = _NUMBER.findall(_EXPONENT.sub("", printed))
    units = int(re.sub(r"\D", "", found[0])) if len(found) == 1 else 0
    return abs(value) // (2 * units) if units else None


class Reaches:
    """How far each figure of one company reaches, those that are worked out included."""

    def __init__(self, figures: Iterable[Figure], catalogue: Catalogue) -> None:
        self.figures, self.catalogue = tuple(figures), catalogue

    def __call__(self, figure: Figure) -> Interval | None:
        """What can be printed as it is, or worked out from what is; None where that is unknown."""
        if figure.state is not State.DERIVED:
            return printed_reach(figure)
        inputs = inputs_of(figure, self.figures, self.catalogue)
        if inputs is None:
            return None
        top, bottom = map(self, inputs)
        if top is None or bottom is None:
            return None
        measure = self.catalogue[figure.measure]
        return divide(top, bottom, quotient_scale(measure, *inputs, self.catalogue), measure.domain)
