"""R&D share as a colour: five classes, a bound hatched, and shapes for what is not on the scale."""

from msgspec import Struct

from ..profiles.interval import Interval
from ..profiles.measures import Kind

CLASS_EDGES = tuple(percent * Kind.SHARE.scale // 100 for percent in (10, 20, 35, 50))
"""Where one class of R&D share ends and the next begins, in storage units."""
CLASSES = len(CLASS_EDGES) + 1
OTHER = "other"
NONE = "none"


class Shade(Struct, frozen=True, gc=False):
    """How a mark tells an R&D share of one basis.

    `name` is q0 to q4 for a class, h0 to h4 for a bound whose edge lies in that class, `other`
    where only the other basis is known (a hollow diamond), `none` where neither is (a dashed
    hollow circle).
    """

    name: str

    @property
    def diamond(self) -> bool:
        """Whether the mark is a diamond: a share of another basis than the one in colour."""
        return self.name == OTHER


def class_of(share: int) -> int:
    """The class of a share in storage units, from 0; an edge belongs to the class above it."""
    return sum(share >= edge for edge in CLASS_EDGES)


def shade_of(share: Interval | None, other: Interval | None) -> Shade:
    """The shade of a share; `other` is the share on the other basis, never given a colour."""
    if share is None:
        return Shade(NONE if other is None else OTHER)
    if share.exact is not None:
        return Shade(f"q{class_of(share.exact)}")
    return Shade(f"h{class_of(share.low or 0)}")
