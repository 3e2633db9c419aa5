"""How far each filterable measure reaches in a version: what axes and bins are laid over."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, insert, select

from ..profiles.measures import Catalogue, Measure
from ..profiles.results import Extent
from .tables import INFINITE, extent, high_bound, is_open

TRIMMED = 50
"""One figure in so many, at either end, lies outside `low` to `high`: a few giants and dwarfs
would otherwise squeeze all others into one bin. Fewer figures than that are all inside."""


def write_extents(
    connection: Connection, listing: Table, catalogue: Catalogue, offered: Sequence[str]
) -> None:
    """Measure the listing, all its years, so that an axis is the same in each; as published, and
    in the currencies `offered`.
    """
    for currency in ("", *offered):
        for measure in catalogue.listed:
            if found := _measured(connection, listing, currency, measure):
                row = {"currency": currency, "measure": measure.key}
                connection.execute(insert(extent), row | asdict(found))


def _measured(
    connection: Connection, listing: Table, currency: str, measure: Measure
) -> Extent | None:
    low, high = listing.c[f"{measure.key}_low"], listing.c[f"{measure.key}_high"]
    reported = _reported(low, high, measure)
    within = and_(listing.c.currency == currency, low.is_not(None))
    finite = low != -INFINITE
    counted = select(
        func.count(),
        func.count(case((finite, 1))),
        func.max(case((high != INFINITE, high))),
    ).where(within)
    stating, many, highest = connection.execute(counted).one()
    if not many:
        return None
    trimmed = min(stating // TRIMMED, many - 1)

    def at(place: int, order: ColumnElement[Any]) -> int:
        query = select(reported).where(within, finite).order_by(order).limit(1).offset(place)
        return int(connection.execute(query).scalar_one()) // 2

    rising, falling = reported.asc(), reported.desc()
    return Extent(
        stating,
        at(0, rising),
        max(at(0, falling), 0 if highest is None else high_bound(highest)[0] or 0, 0),
        at(trimmed, rising),
        at(trimmed, falling),
    )


def _reported(
    low: ColumnElement[int], high: ColumnElement[int], measure: Measure
) -> ColumnElement[int]:
    """The end of a figure that its source gives, as a closed bound in half steps: of "before 1990"
    it is 1990, not the year 1.
    """
    lower: ColumnElement[int] = case((is_open(low), low - 1), else_=low)
    if measure.domain.low is None:
        return lower
    upper: ColumnElement[int] = case(
        (high == INFINITE, high), (is_open(high), high + 1), else_=high
    )
    closed = and_(lower == 2 * measure.domain.low, upper > lower, high != INFINITE)
    return case((closed, upper), else_=lower)


def read_extents(connection: Connection, currency: str = "") -> Mapping[str, Extent]:
    """The extents by measure, as published or in a currency; a measure that nobody reports has
    none.
    """
    query = select(extent).where(extent.c.currency == currency).order_by(extent.c.measure)
    return {
        row["measure"]: Extent(**{name: row[name] for name in Extent.__struct_fields__})
        for row in connection.execute(query).mappings()
    }
