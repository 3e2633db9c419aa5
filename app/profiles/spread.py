"""What several sources give for one measure of one period: from the least to the greatest."""

from collections.abc import Iterator, Sequence
from functools import reduce

from msgspec import Struct

from .agreement import of_one_time
from .figure import Figure, Period, State
from .interval import Interval


class Spread(Struct, frozen=True, gc=False):
    """Stated figures of one measure, period and currency, from several sources, in their order.

    `interval` holds what all of them give. `period` is None where all are undated.
    """

    period: Period | None
    interval: Interval
    figures: tuple[Figure, ...]

    @property
    def sources(self) -> int:
        """How many sources give a figure."""
        return len({one.source for one in self.figures})

    @property
    def wider(self) -> bool:
        """Whether no single figure tells the spread already."""
        return all(one.interval != self.interval for one in self.figures)


def spreads(figures: Sequence[Figure]) -> Iterator[Spread]:
    """The spreads of a measure, out of all its figures, in the order in which they come.

    An undated figure stands with the latest period that it may be of, and with undated ones where
    it may be of none. What is worked out is no source's, and what one source alone gives no spread.
    """
    stated = [one for one in figures if one.state is State.STATED and one.interval]
    groups: dict[tuple[Period | None, str | None], list[Figure]] = {}
    for one in stated:
        groups.setdefault((_period(one, stated), one.currency), []).append(one)
    for (period, _), found in groups.items():
        spread = _over(period, found)
        if spread.sources > 1:
            yield spread


def _period(figure: Figure, figures: Sequence[Figure]) -> Period | None:
    """The first-named label of the period that a figure is of, or may be of."""
    fitting = [one.period for one in figures if one.period and of_one_time(one, figure)]
    return max(fitting, key=lambda period: period.end, default=None)


def _over(period: Period | None, figures: Sequence[Figure]) -> Spread:
    intervals = [one.interval for one in figures if one.interval]
    return Spread(period, reduce(Interval.hull, intervals), tuple(figures))
