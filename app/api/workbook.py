"""XLSX: sheets that are written row by row, so that a long one needs no more memory.

Text is written as text, whatever it looks like. Excel keeps 15 digits of a number: one with more
is written as text with every digit.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from tempfile import TemporaryDirectory
from typing import IO, Any

from ..profiles.measures import Kind
from .tables import Cell, Column, Holds, Quantity

MOST_ROWS = 1_048_576
"""Rows that a sheet of Excel holds, its header among them."""
MOST_TEXT = 32_767
"""UTF-16 units that a cell of Excel holds."""
CUT = " … (cut: a cell of Excel holds no more)"
MOST_DIGITS = 15
FIRST_DAY = date(1900, 3, 1)
"""Excel's calendar is right from this day on; an earlier one is written as text."""
MARKUP = "<r>"
"""What begins so would be taken for markup by xlsxwriter where it writes row by row."""
WIDTHS = {Holds.TEXT: 20, Holds.MONEY: 24, Holds.NUMBER: 24}


class Workbook:
    """A workbook while it is written, and the formats of its cells."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.plain = book.add_format()
        self._formats: dict[str, Any] = {}

    def format(self, pattern: str) -> Any:
        """The format of a pattern, made once."""
        if pattern not in self._formats:
            self._formats[pattern] = self.book.add_format({"num_format": pattern})
        return self._formats[pattern]


@contextmanager
def open_workbook(file: IO[bytes], title: str, made: datetime) -> Iterator[Workbook]:
    """A workbook that is in the file when the block ends; what it needs meanwhile is removed."""
    import xlsxwriter  # noqa: PLC0415 - Most starts serve no workbook, and it is slow to import.

    with TemporaryDirectory() as folder:
        options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        book = xlsxwriter.Workbook(file, options)
        book.set_properties({"title": title, "created": made})
        try:
            yield Workbook(book)
        finally:
            book.close()  # One that failed, too: it holds files open, and nobody reads it.


class Sheet:
    """One table of a workbook. Beyond the rows that a sheet holds it goes on in "NAME 2"."""

    def __init__(self, workbook: Workbook, name: str, columns: Sequence[Column[Any]]) -> None:
        self.workbook, self.name, self.columns = workbook, name, columns
        self.sheets = 0
        self._begin()

    def _begin(self) -> None:
        self.sheets += 1
        name = self.name if self.sheets == 1 else f"{self.name} {self.sheets}"
        self.sheet = self.workbook.book.add_worksheet(name)
        self.sheet.freeze_panes(1, 2)
        for place, column in enumerate(self.columns):
            self.sheet.set_column(place, place, WIDTHS.get(column.holds, 12))
            self.sheet.write_string(0, place, column.name, self.workbook.bold)
        self.rows = 1

    def add(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        if self.rows == MOST_ROWS:
            self._begin()
        for place, cell in enumerate(cells):
            self._write(place, cell)
        self.rows += 1

    def _write(self, place: int, cell: Cell) -> None:
        at, sheet, formats = (self.rows, place), self.sheet, self.workbook.format
        if isinstance(cell, str):
            self._write_text(at, cell)
        elif isinstance(cell, bool):
            sheet.write_boolean(*at, cell)
        elif isinstance(cell, date) and cell < FIRST_DAY:
            self._write_text(at, cell.isoformat())
        elif isinstance(cell, date):
            sheet.write_datetime(*at, cell, formats("yyyy-mm-dd"))
        elif isinstance(cell, int):
            sheet.write_number(*at, cell)
        elif cell is not None and significant(cell) > MOST_DIGITS:
            self._write_text(at, cell.digits)
        elif cell is not None:
            sheet.write_number(*at, float(cell.decimal), formats(pattern(cell)))

    def _write_text(self, at: tuple[int, int], text: str) -> None:
        text = fitting(text)
        if text.startswith(MARKUP):
            self.sheet.write_rich_string(*at, text[:1], self.workbook.plain, text[1:])
        else:
            self.sheet.write_string(*at, text)


def fitting(text: str) -> str:
    """A text as far as a cell holds it; one that is cut says so."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MOST_TEXT:
        return text
    return units[: 2 * (MOST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT


def significant(quantity: Quantity) -> int:
    """How many digits a number has, without the zeros around them."""
    return len(quantity.digits.replace(".", "").strip("0-"))


def pattern(quantity: Quantity) -> str:
    """How Excel shows a number: money with its currency, a share in percent, a year plain."""
    if quantity.kind is Kind.SHARE:
        return "0.0##%"
    if quantity.kind is Kind.YEAR:
        return "0"
    grouped = "#,##0" if isinstance(quantity.exact, int) else "#,##0.00"
    return f"[${quantity.currency}] {grouped}" if quantity.currency else grouped
