"""A company as a load lays it up: its rows, and what of it is packed, in few bytes.

Nothing here needs a database, so that a process which only reads can do it.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

import msgspec

from ..profiles.company import Company, Head
from ..profiles.search import fold
from . import rows
from .rows import Values
from .views import Views

ROWS: tuple[Callable[[Company], list[Values]], ...] = (
    rows.company_rows,
    rows.former_slug_rows,
    rows.statement_rows,
    rows.figure_rows,
)
"""What makes the rows of a company, of each table that has any; the slug comes first in all."""
WIDTHS = (6, 2, 7, 17)
"""Values in a row of each."""


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
    """A company as it is laid up: of each table of ROWS its rows, and ToPack in its bytes."""

    rows: "list[Flat]"
    to_pack: bytes


class Flat(msgspec.Struct, array_like=True, gc=False):
    """Rows of one table: how many, and all their values one after another.

    These lie in the bytes of a msgpack array without its head, so that those of many companies are
    put together as they are.
    """

    rows: int
    values: bytes

    @classmethod
    def of(cls, made: Iterable[Values]) -> "Flat":
        """Some rows."""
        every = list(made)
        values = list(chain.from_iterable(every))
        # The head takes a byte, or from 16 values on three, or from 2**16 on five (msgpack's
        # specification, "array format family").
        head = 1 if len(values) < 1 << 4 else 3 if len(values) < 1 << 16 else 5
        return cls(len(every), _encode(values)[head:])

    @classmethod
    def together(cls, parts: Sequence["Flat"]) -> "Flat":
        """The rows of several, one after another."""
        return cls(sum(one.rows for one in parts), b"".join([one.values for one in parts]))

    def unpacked(self, width: int) -> Values:
        """All values of rows with so many each."""
        head = b"\xdd" + (self.rows * width).to_bytes(4, "big")
        return _values(head + self.values)


_encode = msgspec.msgpack.Encoder().encode
_values = msgspec.msgpack.Decoder(tuple[Any, ...]).decode
decode = msgspec.msgpack.Decoder(LaidUp).decode
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
        return _encode(LaidUp([Flat.of(made(company)) for made in ROWS], _encode(to_pack)))


def lay_anew(content: bytes, named: Company) -> bytes:
    """What is laid up, with slug and facets of another: of a company that was told without them."""
    one = decode(content)
    made = [_rows(flat, width) for flat, width in zip(one.rows, WIDTHS, strict=True)]
    told = [[(named.slug, *values[1:]) for values in of_table] for of_table in made]
    told[0] = [(*values[:-1], rows.filed_values(named)) for values in told[0]]
    to_pack = decode_to_pack(one.to_pack)
    to_pack.slug, to_pack.filed = named.slug, rows.filed_under(named)
    return _encode(LaidUp([Flat.of(of_table) for of_table in told], _encode(to_pack)))


def _rows(flat: Flat, width: int) -> list[Values]:
    values = flat.unpacked(width)
    return [values[at : at + width] for at in range(0, len(values), width)]
