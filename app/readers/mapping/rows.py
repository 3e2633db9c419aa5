"""A row being read: its texts, its places, and what is wrong with it."""

from msgspec import Struct, field

from ..entries import MAX_TEXT, readable, visible
from ..records.record import Record
from .entries import ColumnEntry
from .faults import RowFault, quoted


class Row(Struct):
    """A record with the faults found in it so far, and name and key of its company once read."""

    record: Record
    name: str | None = None
    key: tuple[str, ...] = ()
    faults: list[RowFault] = field(default_factory=list)

    def cell(self, column: str) -> str:
        """What a cell holds without the blanks around it; "" where there is nothing."""
        text = self.record.values.get(column)
        return text.strip() if text else ""

    def fault(self, column: str, expected: str, found: str | None = None) -> None:
        """Note that a cell is wrong. `expected` must be the same for all faults alike."""
        shown = found or quoted(self.record.values.get(column))
        self.faults.append(RowFault(self.record.row, column, shown, expected, self.name))


class TextReader:
    """Reads a column of text: names, countries, tags."""

    def __init__(self, entry: ColumnEntry, column: str) -> None:
        self.column, self.split = column, entry.split
        self.missing = frozenset(mark.strip() for mark in entry.missing)

    def read(self, row: Row) -> str | None:
        """The text of a cell as it is kept, or None where nothing is said."""
        text = row.record.values.get(self.column)
        cell = text.strip() if text else ""
        if not cell or cell in self.missing:
            return None
        if len(cell) > MAX_TEXT:
            row.fault(self.column, f"at most {MAX_TEXT:,} characters")
            return None
        try:
            return readable(cell.replace("\r\n", "\n"))
        except ValueError as error:
            row.fault(self.column, "text without invisible characters", f"the cell {error}")
            return None

    def read_all(self, row: Row) -> tuple[str, ...]:
        """The texts of a cell, parted where the mapping says so, each once."""
        text = self.read(row)
        if text is None:
            return ()
        return (text,) if self.split is None else self._parted(text)

    def _parted(self, text: str) -> tuple[str, ...]:
        parts = (part.strip() for part in text.split(self.split))
        return tuple(dict.fromkeys(part for part in parts if part and part not in self.missing))


class Locator:
    """Where a figure stands: a template filled with the row, and once with the column."""

    def __init__(self, template: str, column: str) -> None:
        shown = visible(column)
        self._parts = [part.replace("{column}", shown) for part in template.split("{row}")]
        self._around = self._parts if len(self._parts) == 2 else None

    def at(self, row: int) -> str:
        """The place in words, as `row 17`."""
        if self._around:
            return f"{self._around[0]}{row}{self._around[1]}"
        return str(row).join(self._parts)
