"""A table to be written in any format: its columns, told once, and what a cell may hold."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from msgspec import Struct

from ..profiles.measures import Kind

Row = TypeVar("Row")


class Quantity(Struct, frozen=True):
    """A number in storage units of its kind (see `measures`); `currency` is the code of money."""

    ticks: int
    kind: Kind
    currency: str | None = None

    @property
    def decimal(self) -> Decimal:
        """The number in whole units, with every digit, which a float would not keep."""
        return Decimal(self.ticks) / self.kind.scale

    @property
    def exact(self) -> int | Decimal:
        """The same, as an integer where it is one."""
        value = self.decimal
        return int(value) if value == value.to_integral_value() else value

    @property
    def digits(self) -> str:
        """The same in digits, with a point where there are decimals, and no exponent."""
        return f"{self.decimal:f}"


Cell: TypeAlias = str | bool | int | date | Quantity | None


class Holds(StrEnum):
    """What all cells of a column hold, where they hold anything."""

    TEXT = "text"
    FLAG = "flag"
    DATE = "date"
    WHOLE = "whole number"
    MONEY = "money"
    SHARE = "share"
    NUMBER = "number"
    """A number of any kind, since each row may tell of another measure."""

    @classmethod
    def of(cls, kind: Kind) -> "Holds":
        """What a column of a measure's numbers holds."""
        return {Kind.MONEY: cls.MONEY, Kind.SHARE: cls.SHARE}.get(kind, cls.WHOLE)


class Column(Struct, Generic[Row], frozen=True):
    """A column: its name, what it holds, and how a cell is read from a row."""

    name: str
    holds: Holds
    read: Callable[[Row], Cell]


class Table(Struct, Generic[Row], frozen=True):
    """Columns and rows. The rows may be an iterator: then the table can be gone through once."""

    columns: tuple[Column[Row], ...]
    rows: Iterable[Row] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def cells(self, row: Row) -> list[Cell]:
        """The cells of a row, in the order of the columns."""
        return [column.read(row) for column in self.columns]

    def __iter__(self) -> Iterator[list[Cell]]:
        """The cells of every row."""
        return map(self.cells, self.rows)
