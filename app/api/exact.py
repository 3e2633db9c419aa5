"""JSON with every digit: a decimal is written as a number, never by way of a float."""

from collections.abc import Iterable, Iterator

import msgspec
from fastapi import Response
from pydantic import BaseModel

from .tables import Cell, Quantity, Row, Table
from .views import ItemView, ListView

NO_ITEMS = b'"items":[]'
_encoder = msgspec.json.Encoder(decimal_format="number")


def encode(view: BaseModel) -> bytes:
    """A view as compact JSON in UTF-8."""
    return _encoder.encode(view.model_dump())


def pretty(view: BaseModel) -> str:
    """The same to be read by people, in lines."""
    return msgspec.json.format(encode(view), indent=2).decode()


def answer(view: BaseModel) -> Response:
    """A view as an answer."""
    return Response(encode(view), media_type="application/json")


def list_pieces(whole: ListView, items: Iterable[ItemView]) -> Iterator[bytes]:
    """A list in pieces, one item a line; `whole` tells all but the items, and holds none."""
    opening, closing = encode(whole).split(NO_ITEMS)
    yield opening + NO_ITEMS[:-1]
    separator = b"\n"
    for item in items:
        yield separator + encode(item)
        separator = b",\n"
    yield b"\n]" + closing + b"\n"


def write_lines(table: Table[Row]) -> Iterator[bytes]:
    """JSON Lines: a row is an object under the names of the columns, with null for unknown."""
    names = table.names
    for cells in table:
        row = dict(zip(names, map(_plain, cells), strict=True))
        yield _encoder.encode(row) + b"\n"


def _plain(cell: Cell) -> object:
    return cell.exact if isinstance(cell, Quantity) else cell
