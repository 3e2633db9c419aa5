"""The record: one row of a table of any format."""

from collections.abc import Mapping

from msgspec import Struct


class Record(Struct, frozen=True):
    """One row of a table: where it stands, and its cells by the name of their column.

    `row` counts from 1: the line where the row begins (CSV, JSON Lines), the sheet's row (XLSX),
    the item's place in the list (JSON). `values` are the texts as they stand in the file, not
    stripped; None is JSON's null or a cell that is not there.
    """

    row: int
    values: Mapping[str, str | None]
