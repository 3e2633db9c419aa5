"""CSV: numbers stay numbers with every digit, and no text runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from .tables import Cell, Quantity

RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a text for a formula (OWASP, CSV injection)."""
Written = Cell | float | Decimal


def safe(text: str | None) -> str | None:
    """A text that a spreadsheet will not run: an apostrophe stands before a dangerous start."""
    return f"'{text}" if text and text.startswith(RUNS) else text


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Written]]) -> Iterator[str]:
    """CSV as RFC 4180 has it, line by line.

    True and false stand in small letters, dates as in ISO 8601, nothing for unknown.
    """
    yield _line(header)
    for row in rows:
        yield _line([_text(cell) for cell in row])


def _text(cell: Written) -> str | float | Decimal | None:
    if isinstance(cell, str):
        return safe(cell)
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.digits if isinstance(cell, Quantity) else cell


def _line(cells: Sequence[str | float | Decimal | None]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
