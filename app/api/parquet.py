"""Parquet: every number exact, as an integer or a decimal. Needs pyarrow, which is optional."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import IO, Any

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from .tables import Cell, Column, Holds, Quantity, Row, Table

CELLS = 200_000
"""Cells that are held at once; their rows are written as one group."""
TYPES = {
    Holds.TEXT: pa.string(),
    Holds.FLAG: pa.bool_(),
    Holds.DATE: pa.date32(),
    Holds.WHOLE: pa.int64(),
    Holds.MONEY: pa.decimal128(19, 2),
    Holds.SHARE: pa.decimal128(19, 12),
    Holds.NUMBER: pa.decimal128(31, 12),
}
"""A storage unit has at most 19 digits; a number of any kind has those and the decimals of all."""


def write_parquet(table: Table[Row], file: IO[bytes]) -> None:
    """Write a table into a file, holding few of its rows at once."""
    schema = pa.schema([(column.name, TYPES[column.holds]) for column in table.columns])
    rows, most = iter(table), max(1, CELLS // len(table.columns))
    with ParquetWriter(file, schema) as writer:
        while group := list(islice(rows, most)):
            writer.write_table(pa.table(list(_arrays(table.columns, group)), schema=schema))


def _arrays(columns: Sequence[Column[Row]], group: Sequence[Sequence[Cell]]) -> Iterable[Any]:
    for column, cells in zip(columns, zip(*group, strict=True), strict=True):
        yield pa.array([_plain(cell, column.holds) for cell in cells], TYPES[column.holds])


def _plain(cell: Cell, holds: Holds) -> object:
    if not isinstance(cell, Quantity):
        return cell
    return cell.ticks if holds is Holds.WHOLE else cell.decimal
