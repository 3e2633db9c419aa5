"""The facets of the filter form: which values stand open, and which behind “more”. Pure."""

from collections.abc import Collection, Sequence

from msgspec import Struct

from ..profiles.facets import NOT_STATED, Facet, value_words
from ..profiles.results import Option

FEW = 12
"""Values up to which all of a facet stand open."""
OPEN = 8
"""Of more, so many of the most frequent stand open."""
MOST = 300
"""Values that a form offers; rarer ones can still be asked for by the address."""


class Value(Struct, frozen=True, gc=False):
    """A value of a facet to tick. `place` is its number among all, and stays when counts change."""

    value: str
    label: str
    chosen: bool
    count: int
    place: int

    @property
    def counted(self) -> str:
        """The count as it is printed."""
        return f"{self.count:,}"


class FacetField(Struct, frozen=True, gc=False):
    """The boxes of one facet: those that stand `open`, and `more`; `beyond` are not offered."""

    key: str
    label: str
    several: bool
    open: tuple[Value, ...]
    more: tuple[Value, ...]
    beyond: int


def facet_field(
    facet: Facet, counted: Sequence[Option], frequent: Sequence[str], chosen: Collection[str]
) -> FacetField | None:
    """The boxes of a facet, or None where nobody has a value and none is chosen.

    `counted` are the values by name with their counts; `frequent` are the same from the most
    frequent of the whole data set to the rarest, so that a box keeps its place while one filters.
    Of many values the frequent, the chosen and the one for “not stated” stand open, in the order
    of frequency.
    """
    strange = [value for value in chosen if value not in frequent]
    options = [*counted, *(Option(value, 0) for value in strange)]
    if not any(option.value != NOT_STATED for option in options) and not chosen:
        return None
    values = [
        Value(option.value, value_words(option.value), option.value in chosen, option.count, place)
        for place, option in enumerate(options, 1)
    ]
    named = [value for value in frequent if value != NOT_STATED]
    first = set(named if len(named) <= FEW else named[:OPEN]) | {NOT_STATED, *chosen}
    offered = set(named[:MOST])
    rest = [one for one in values if one.value not in first]
    more = tuple(one for one in rest if one.value in offered)
    opened = [one for one in values if one.value in first]
    if len(named) > FEW:
        ranks = {value: rank for rank, value in enumerate(named)}
        opened.sort(key=lambda one: ranks.get(one.value, len(ranks)))
    beyond = len(rest) - len(more)
    return FacetField(facet.key, facet.label, facet.several, tuple(opened), more, beyond)
