"""What the store answers: values only, so that pages can import them without a database."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from .answer import Answer, Range
from .cursor import Cursor
from .figure import Figure
from .filter import CompanyFilter
from .interval import Interval

OTHER_CURRENCY = "foreign"
"""The state of a figure in another currency: known, but not comparable."""


class Counts(Struct, frozen=True):
    """How many companies give each answer. `none` and `foreign` are parts of `unknown`.

    Hiding an answer from the list changes none of these.
    """

    yes: int = 0
    maybe: int = 0
    unknown: int = 0
    no: int = 0
    none: int = 0
    foreign: int = 0

    @property
    def total(self) -> int:
        """All companies of the data set."""
        return self.yes + self.maybe + self.unknown + self.no

    def shown(self, filter: CompanyFilter) -> int:
        """How many the list shows."""
        maybe = self.maybe if filter.maybe else 0
        return self.yes + maybe + (self.unknown if filter.unknown else 0)


class Line(Struct, frozen=True):
    """One company of the list, and its answer. `n` is its number in the store."""

    n: int
    slug: str
    answer: Answer


class Page(Struct, frozen=True):
    """One page of the list, with the cursors of the pages before and after it."""

    lines: tuple[Line, ...]
    next: Cursor | None
    prev: Cursor | None


class Neighbours(Struct, frozen=True):
    """A company's place in a list of `shown`, counted from 1, and the slugs before and after."""

    position: int
    shown: int
    prev: str | None
    next: str | None


class Option(Struct, frozen=True):
    """One value of a facet: how many companies the list would show that have it."""

    value: str
    count: int


class Extent(Struct, frozen=True):
    """How far one measure reaches: how many report it, the least and greatest finite bound, and
    the range in which nearly all of them lie. In storage units, both ends included.
    """

    stating: int
    least: int
    greatest: int
    low: int
    high: int


class Class(Struct, frozen=True):
    """One bin of a measure: its range, and how many companies lie in it certainly or possibly."""

    range: Range
    sure: int
    maybe: int


class Spread(Struct, frozen=True):
    """A histogram of one measure.

    `lacking` companies have no figure of it at all; `other_currency` are in no bin although they
    have one, such as an amount in another currency.
    """

    classes: tuple[Class, ...]
    lacking: int
    other_currency: int


def ranges_of(edges: Sequence[int]) -> tuple[Range, ...]:
    """The bins between some edges. The first has no lower end and the last no upper one, so that
    nothing lies outside; each ends one storage unit below the next.
    """
    lows: list[int | None] = [None, *edges[1:-1]]
    highs: list[int | None] = [*(edge - 1 for edge in edges[1:-1]), None]
    return tuple(Range(low, high) for low, high in zip(lows, highs, strict=True))


class Known(Struct, frozen=True):
    """What a company says of one measure: an interval, or why there is none to compare."""

    interval: Interval | None
    none_yet: bool = False
    foreign: bool = False
    derived: bool = False


class Spot(Struct, frozen=True):
    """One company of the list, with what it says of the measures that a chart draws."""

    slug: str
    name: str
    known: Mapping[str, Known]


class Summary(Struct, frozen=True):
    """One measure over the companies of the list: `stating` of `companies` report it.

    `total` is None where nobody reports it and where it exceeds what a figure can hold; `median`
    where nobody reports it. `least` is the lowest finite lower bound (None where there is none),
    `top` the highest finite bound, at least 0; `endless` says that some figure has no upper bound.
    """

    companies: int
    stating: int
    total: Interval | None = None
    median: Interval | None = None
    least: int | None = None
    top: int | None = None
    endless: bool = False


class Standing(Struct, frozen=True):
    """Where a figure ranks among the `stating` companies that have a comparable one.

    `above` are certainly greater, `perhaps` are these and all that only may be; `equal` have the
    very same exact figure. `least` is the lowest lower bound above zero, or None where there is
    none, `greatest` the highest finite bound, at least 0, both in storage units.
    """

    stating: int
    above: int
    perhaps: int
    equal: int
    least: int | None
    greatest: int

    @property
    def best(self) -> int:
        """The highest rank that the figure can have, counted from 1."""
        return self.above + 1

    @property
    def worst(self) -> int:
        """The lowest rank that the figure can have."""
        return self.perhaps + 1


class Near(Struct, frozen=True):
    """A company near in size, and the measures in which it is compared."""

    slug: str
    by: tuple[str, ...]


class Attributed(Struct, frozen=True):
    """A figure with the company that it belongs to."""

    slug: str
    name: str
    figure: Figure
