"""A version while it is being written."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Table


class Draft(Protocol):
    """A new version that nobody reads yet."""

    number: int
    connection: Connection

    def create(self, tables: Sequence[Table]) -> None:
        """Create empty tables."""

    def insert(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        """Write rows in the engine's bulk way, values in the order of the table's columns.

        They may be buffered until `finish`.
        """

    def finish(self) -> None:
        """Have all rows in their tables, with the indexes that the engine needs."""
