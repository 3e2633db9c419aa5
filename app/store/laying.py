"""A company as a load lays it up: its rows, and what of it is packed, in few bytes.

Nothing here needs a database, so that a process which only reads can do it.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from app.profiles.company import Company, Head
from app.profiles.search import fold
from app.store import rows
from app.store.rows import Values
from app.store.views import Views

ROWS: tuple[Callable[[Company], list[Values]], ...] = (
    rows.company_rows,
    rows.former_slug_rows,
    rows.statement_rows,
    rows.figure_rows,
)
"""What makes the rows of a company, of each table that has any; the slug comes first in all."""


class ToPack(msgspec.Struct, array_like=True, gc=False):
    """What of a company is packed.

    `filed` are its values of each facet, `rests_on` how many of its figures rest on each source,
    and `told` is what `Views` says of it.
    """

    slug: str
    name_key: str
    terms: list[str]
    filed: list[tuple[str, str]]
    rests_on: dict[str, int]
    told: bytes


class LaidUp(msgspec.Struct, array_like=True, gc=False):
    """A company as it is laid up, in bytes: its rows of each table of ROWS, and ToPack."""

    rows: msgspec.Raw
    to_pack: bytes


_encode = msgspec.msgpack.Encoder().encode
decode = msgspec.msgpack.Decoder(LaidUp).decode
decode_rows = msgspec.msgpack.Decoder(list[list[tuple[Any, ...]]]).decode
decode_to_pack = msgspec.msgpack.Decoder(ToPack).decode


class Layer:
    """Lays up the companies of one data set."""

    def __init__(self, head: Head) -> None:
        self._views = Views(head)

    def lay_up(self, company: Company) -> bytes:
        """A company, laid up."""
        rests_on: dict[str, int] = {}
        for figure in company.figures:
            if source := figure.source:
                rests_on[source] = rests_on.get(source, 0) + 1
        to_pack = ToPack(
            company.slug,
            fold(company.name),
            rows.terms_of(company),
            rows.filed_under(company),
            rests_on,
            self._views.of(company),
        )
        return _laid_up([made(company) for made in ROWS], to_pack)


def lay_anew(content: bytes, named: Company) -> bytes:
    """What is laid up, with slug and facets of another: of a company that was told without them."""
    one = decode(content)
    made = [
        [(named.slug, *values[1:]) for values in of_table] for of_table in decode_rows(one.rows)
    ]
    made[0] = [(*values[:-1], rows.filed_values(named)) for values in made[0]]
    to_pack = decode_to_pack(one.to_pack)
    to_pack.slug, to_pack.filed = named.slug, rows.filed_under(named)
    return _laid_up(made, to_pack)


def _laid_up(made: list[list[Values]], to_pack: ToPack) -> bytes:
    return _encode(LaidUp(msgspec.Raw(_encode(made)), _encode(to_pack)))
