"""Facets: what a company is filed under, and what a choice of values answers. Pure.

A facet has no bounds and no source of its own, only values; a company without any answers unknown,
unless just those are asked for.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from msgspec import Struct

from .answer import Answer
from .company import Company

NOT_STATED: Final = "-"
"""Asks for the companies without any value of a facet; no value is called so."""


class Facet(Struct, frozen=True):
    """One facet: `key` is its field in a query; `several` says a company may have many values."""

    key: str
    label: str
    several: bool
    read: Callable[[Company], tuple[str, ...]]

    def values(self, company: Company) -> tuple[str, ...]:
        """A company's values in their order, each once. A bare dash says nothing and is none."""
        read = self.read(company)
        if len(read) > 1:
            return tuple(value for value in dict.fromkeys(read) if value != NOT_STATED)
        return () if NOT_STATED in read else read


FACETS: Final = (
    Facet("industry", "Industry", several=True, read=lambda one: one.industries),
    Facet("country", "Country", several=False, read=lambda one: (one.country or NOT_STATED,)),
    Facet("tag", "Tag", several=True, read=lambda one: one.tags),
)
"""Every facet, in the order of the form and of canonical URLs."""


def facet_answer(values: Collection[str], chosen: Collection[str]) -> Answer:
    """YES with one of the chosen values, NO with others only.

    A company without any is UNKNOWN, or YES where NOT_STATED is among the chosen.
    """
    if not values:
        return Answer.YES if NOT_STATED in chosen else Answer.UNKNOWN
    return Answer.YES if set(values) & set(chosen) else Answer.NO


def spellings(values: Sequence[str]) -> Mapping[str, str]:
    """Each value by itself, and by itself without capitals: of several alike the first."""
    folded = {value.casefold(): value for value in reversed(values)}
    return folded | {value: value for value in values}


def spelled(chosen: Collection[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """The values chosen as `spellings` has them, each once; one that nobody has stays."""
    found = (known.get(one) or known.get(one.casefold(), one) for one in chosen)
    return tuple(dict.fromkeys(found))


def value_words(value: str) -> str:
    """A value as people read it."""
    return "not stated" if value == NOT_STATED else value
