"""How far each listed measure reaches in a generation: what axes and classes are laid over."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, and_, insert, select

from ..profiles.measures import Catalogue, Measure
from .codes import HIGH_ENDLESS, LOW_ENDLESS
from .columns import Column, Numbers, columns_in
from .tables import block, extent
from .views import IN

TRIMMED = 50
"""One figure in so many, at either end, lies outside `low` to `high`: a few giants and dwarfs
would else squeeze all others into one class. Fewer figures than that are all inside."""


class Extent(Struct, frozen=True):
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
    """Measure what is packed of a generation, once it is written: all its years, so that an axis is
    the same in each; as stated, and in the currencies `offered`.
    """
    for currency in ("", *offered):
        of_it = and_(block.c.generation == generation, _in(currency))
        for measure in catalogue.listed:
            columns = columns_in(connection, and_(of_it, block.c.measure == measure.key))
            if found := _measured(columns, measure):
                row = {"generation": generation, "currency": currency, "measure": measure.key}
                connection.execute(insert(extent), row | asdict(found))


def _in(currency: str) -> ColumnElement[bool]:
    """The views in a currency, or those as stated where it is blank."""
    view = block.c.view
    return view.endswith(f"{IN}{currency}") if currency else ~view.contains(IN)


def _measured(columns: Iterable[Column], measure: Measure) -> Extent | None:
    stating, highest = 0, 0
    said = [np.zeros(0, np.int64)]
    for column in columns:
        known = column.of(column.known)
        stating += len(known.states)
        finite = ~known.has(HIGH_ENDLESS)
        highest = max(highest, int(known.high.max(where=finite, initial=0)))
        said.append(_said(known, measure.domain.low)[np.flatnonzero(~known.has(LOW_ENDLESS))])
    lows = np.concatenate(said)
    if not len(lows):
        return None
    lows.sort()
    trimmed = min(stating // TRIMMED, len(lows) - 1)
    least, greatest = int(lows[0]), max(int(lows[-1]), highest)
    return Extent(stating, least, greatest, int(lows[trimmed]), int(lows[-1 - trimmed]))


def _said(column: Column, floor: int | None) -> Numbers:
    """The ends of figures that somebody stated: of "before 1990" it is 1990, not the year 1."""
    if floor is None:
        return column.low
    closed = (column.low == floor) & (column.high > column.low) & ~column.has(HIGH_ENDLESS)
    return np.where(closed, column.high, column.low)


def read_extents(
    connection: Connection, generation: int, currency: str = ""
) -> Mapping[str, Extent]:
    """The extents of a generation by measure, as stated or in a currency that readers may choose; a
    measure that nobody states has none.
    """
    of_it = and_(extent.c.generation == generation, extent.c.currency == currency)
    query = select(extent).where(of_it).order_by(extent.c.measure)
    return {
        row["measure"]: Extent(**{name: row[name] for name in Extent.__struct_fields__})
        for row in connection.execute(query).mappings()
    }
