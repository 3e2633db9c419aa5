"""The record: one row of a table, whatever the format of its file."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table: where it stands, and its cells by the name of their column.

    `row` counts from 1: the line where it begins (CSV, JSON Lines), the sheet's row (XLSX), the
    item's place (JSON). A cell is text as it stands in the file, not stripped; None for JSON null
    or a cell that is not there.
    """

    row: int
    values: Mapping[str, str | None]
