"""The values of a facet, each with how many of the companies found have it."""

from dataclasses import dataclass

import numpy as np
from sqlalchemy import select

from app.profiles.facets import NOT_STATED
from app.profiles.filter import CompanyFilter
from app.store.answers import read_facet, shown
from app.store.remembered import remembered
from app.store.snapshot import Snapshot
from app.store.tables import facet_value

EVERYBODY = CompanyFilter()
SOURCE = "=source"
"""Under this the sources are filed on which a company's figures rest; no facet is called so."""


@dataclass(frozen=True, slots=True)
class Option:
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
    known = _values(snapshot, EVERYBODY, key)
    if not known:
        return ()  # Nobody has it: there is nothing to choose.
    bare = asked.but(**{key: ()})
    found, silent = _count(snapshot, bare, key, len(known))
    options = tuple(map(Option, known, found))
    if silent or (bare.narrows and _count(snapshot, EVERYBODY, key, len(known))[1]):
        return (*options, Option(NOT_STATED, silent))
    return options


def frequent_values(snapshot: Snapshot, key: str) -> tuple[str, ...]:
    """The same values from the most frequent of all companies to the rarest."""
    options = count_options(snapshot, EVERYBODY, key)
    return tuple(one.value for one in sorted(options, key=lambda one: -one.count))


@remembered
def _values(snapshot: Snapshot, _asked: CompanyFilter, key: str) -> tuple[str, ...]:
    """The values of a facet by name, as they are coded."""
    held = facet_value.c
    of_facet = select(held.value).where(snapshot.of(facet_value), held.facet == key)
    return tuple(snapshot.connection.scalars(of_facet.order_by(held.code)))


@remembered
def _count(
    snapshot: Snapshot, asked: CompanyFilter, key: str, values: int
) -> tuple[tuple[int, ...], int]:
    """How many of the companies found have each value by its code, and how many have none."""
    listed, counts = shown(snapshot, asked), np.zeros(values, np.int64)
    stating = np.zeros(len(listed), bool)
    for places, codes in read_facet(snapshot, key):
        if len(listed):
            found = listed[places]
            stating[places] = True
            counts += np.bincount(codes[found], minlength=values)
    silent = np.count_nonzero(listed & ~stating)
    return tuple(int(one) for one in counts), int(silent)
