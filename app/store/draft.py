"""A version while it is being written."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol, TypeAlias

from sqlalchemy import Connection, Table

from .tables import Tables

Packed: TypeAlias = tuple[int, bytes]
"""A company's number and its packed rows; see `rows.RowMaker.pack`."""


class Draft(Protocol):
    """A new version that nobody reads yet."""

    number: int
    connection: Connection

    def create(self, tables: Tables) -> None:
        """Create empty tables."""

    def insert(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows, values in the order of the table's columns."""

    def insert_companies(self, companies: Sequence[Packed]) -> None:
        """Write all rows of companies, which come in the order of their numbers.

        They may be held back until `finish`.
        """

    def finish(self) -> None:
        """Have all rows in their tables, with the indexes that the engine needs."""
