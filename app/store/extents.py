"""How far each listed measure reaches in a generation: what axes and classes are laid over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, insert, select

from app.profiles.figure import State
from app.profiles.measures import Catalogue, Measure
from app.store.rows import listed_column, views_in
from app.store.tables import extent, listing

TRIMMED = 50
"""One figure in so many, at either end, lies outside `low` to `high`: a few giants and dwarfs
would else squeeze all others into one class. Fewer figures than that are all inside."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The figures of one measure: how many state it, the least and greatest finite bound, and
    from where to where nearly all of them lie. In storage units, both ends included.
    """

    stating: int
    least: int
    greatest: int
    low: int
    high: int


def write_extents(
    connection: Connection, generation: int, catalogue: Catalogue, offered: Sequence[str] = ()
) -> None:
    """Measure the listing of a generation, once it is written: all its years, so that an axis is
    the same in each; as stated, and in the currencies `offered`.
    """
    for currency in ("", *offered):
        of_it = and_(listing.c.generation == generation, views_in(currency))
        for measure in catalogue.listed:
            if row := _measured(connection, of_it, catalogue, measure):
                written = {"generation": generation, "currency": currency} | row
                connection.execute(insert(extent), written)


def _measured(
    connection: Connection,
    of_views: ColumnElement[bool],
    catalogue: Catalogue,
    measure: Measure,
) -> dict[str, Any] | None:
    state, bottom, high = (
        listed_column(catalogue, measure.key, part) for part in ("state", "low", "high")
    )
    low = _said(measure, bottom, high)
    of_measure = and_(of_views, state.in_([State.STATED, State.DERIVED]))
    query = select(func.count(), func.min(low), func.max(low), func.max(high)).where(of_measure)
    stating, least, greatest_low, greatest_high = connection.execute(query).one()
    if not stating or least is None:
        return None

    def at(place: int, falling: bool) -> int:
        order: ColumnElement[int] = low.desc() if falling else low.asc()
        ordered = select(low).where(of_measure).order_by(order).limit(1).offset(place)
        return int(connection.scalar(ordered) or 0)

    return {
        "measure": measure.key,
        "stating": stating,
        "least": least,
        "greatest": max(greatest_low, greatest_high or 0),
        "low": at(stating // TRIMMED, falling=False),
        "high": at(stating // TRIMMED, falling=True),
    }


def _said(
    measure: Measure, low: ColumnElement[int], high: ColumnElement[int]
) -> ColumnElement[int]:
    """The end of a figure that somebody stated: of "before 1990" it is 1990, not the year 1."""
    closed = and_(low == measure.domain.low, high > low)
    return case((closed, high), else_=low)


def read_extents(
    connection: Connection, generation: int, currency: str = ""
) -> Mapping[str, Extent]:
    """The extents of a generation by measure, as stated or in a currency that readers may choose; a
    measure that nobody states has none.
    """
    of_it = and_(extent.c.generation == generation, extent.c.currency == currency)
    query = select(extent).where(of_it).order_by(extent.c.measure)
    return {
        row["measure"]: Extent(**{name: row[name] for name in Extent.__dataclass_fields__})
        for row in connection.execute(query).mappings()
    }
