"""The values of a facet, each with how many of the companies found have it."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from app.profiles.facets import NOT_STATED
from app.profiles.filter import CompanyFilter
from app.profiles.search import fold
from app.store.listing import found_by
from app.store.remembered import remembered
from app.store.snapshot import Snapshot
from app.store.tables import company_facet

EVERYBODY = CompanyFilter()


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
    known = _count(snapshot, EVERYBODY, key)
    if set(known) <= {NOT_STATED}:
        return ()  # Nobody has it: there is nothing to choose.
    found = _count(snapshot, asked.but(**{key: ()}), key)
    options = (Option(value, found.get(value, 0)) for value in known)
    return tuple(sorted(options, key=_by_name))


def frequent_values(snapshot: Snapshot, key: str) -> tuple[str, ...]:
    """The same values from the most frequent of all companies to the rarest."""
    options = count_options(snapshot, EVERYBODY, key)
    return tuple(one.value for one in sorted(options, key=lambda one: -one.count))


def _by_name(option: Option) -> tuple[bool, str, str]:
    return option.value == NOT_STATED, fold(option.value), option.value


@remembered
def _count(snapshot: Snapshot, asked: CompanyFilter, key: str) -> dict[str, int]:
    """How many of the companies found have each value, those without any under NOT_STATED."""
    found, held = found_by(snapshot, asked).subquery(), company_facet
    of_company = and_(snapshot.of(held), held.c.facet == key, held.c.slug == found.c.slug)
    counted = select(held.c.value, func.count()).select_from(found.outerjoin(held, of_company))
    rows = snapshot.connection.execute(counted.group_by(held.c.value))
    return {NOT_STATED if value is None else value: count for value, count in rows}
