"""The values of a facet, each with how many of the companies found have it."""

import numpy as np
from msgspec import Struct

from ..profiles.facets import NOT_STATED
from ..profiles.filter import CompanyFilter
from .answers import by_chunk, places_shown
from .filed import read_filed, values_of
from .remembered import remembered
from .snapshot import Snapshot

EVERYBODY = CompanyFilter()
SOURCE = "=source"
"""Under this the sources are filed on which a company's figures rest; no facet is called so."""


class Option(Struct, frozen=True):
    """One value of a facet: how many companies the list would show that have it."""

    value: str
    count: int


@remembered
def count_options(snapshot: Snapshot, asked: CompanyFilter, key: str) -> tuple[Option, ...]:
    """Every value of a facet by name, counted under all filters but this facet's own; none where
    no company has any.

    Where a company of the data set has none, NOT_STATED comes last. Of a facet with one value a
    company the counts add up to what the list shows without this filter.
    """
    known = values_of(snapshot, key)
    if not known:
        return ()  # Nobody has it: there is nothing to choose.
    bare = asked.but(**{key: ()})
    *found, silent = _count(snapshot, bare, key)
    options = tuple(map(Option, known, found))
    if silent or (bare.narrows and _count(snapshot, EVERYBODY, key)[-1]):
        return (*options, Option(NOT_STATED, silent))
    return options


def frequent_values(snapshot: Snapshot, key: str) -> tuple[str, ...]:
    """The same values from the most frequent of all companies to the rarest."""
    options = count_options(snapshot, EVERYBODY, key)
    return tuple(one.value for one in sorted(options, key=lambda one: -one.count))


@remembered
def _count(snapshot: Snapshot, asked: CompanyFilter, key: str) -> tuple[int, ...]:
    """How many of the companies found have each value by its code, and last how many have none."""
    places = places_shown(snapshot, asked)
    counts = np.zeros(len(values_of(snapshot, key)) + 1, np.int64)
    for filed, those in by_chunk(places, read_filed(snapshot, key)):
        counts += filed.count(those)
    return tuple(counts.tolist())
