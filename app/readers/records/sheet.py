"""The rows of one sheet of an Excel workbook, streamed by openpyxl."""

import re
import shutil
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import ParseError

import openpyxl
from msgspec.structs import replace
from openpyxl.utils.exceptions import InvalidFileException
from rapidfuzz import process

from .cells import plain
from .findings import MAX_COLUMNS, Findings, Unreadable
from .form import Form
from .packed import is_packed, open_bytes, refuse_bomb

MAX_ROW = 1_048_576
"""The last row that Excel can hold."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    InvalidFileException,
    OSError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
    RuntimeError,
)
"""What openpyxl raises for workbooks that are broken; it promises no error of its own."""
_PERCENT = re.compile(r'^(?:[^"%\\]|"[^"]*"|\\.)*%')
"""A number format with a percent sign that is no quoted text."""


class Sheet:
    """The rows of a sheet. `row` is the one reached, `length` the characters of the last."""

    def __init__(self, path: Path, form: Form, findings: Findings) -> None:
        del findings  # A cell of a workbook can be read, or the whole workbook cannot.
        self.row = self.length = 0
        self.file = _seekable(path)
        try:
            _refuse_zip_bomb(self.file)
            with warnings.catch_warnings(action="ignore"):
                self.book = openpyxl.load_workbook(
                    self.file, read_only=True, data_only=True, keep_links=False
                )
            self.sheet = _chosen(self.book.worksheets, form.sheet)
            self.form = replace(form, sheet=self.sheet.title)
            self.last = self.sheet.max_row
            # What a file says of its size is often wrong, and rows beyond it would be left out.
            self.sheet.reset_dimensions()
        except _BROKEN as error:
            self.file.close()
            raise Unreadable(f"this is no Excel workbook (.xlsx): {error}", 0) from error
        except Unreadable:
            self.file.close()
            raise

    @property
    def share(self) -> float | None:
        """The part of the rows, where the sheet tells how many there are."""
        return min(1.0, self.row / self.last) if self.last else None

    def close(self) -> None:
        self.book.close()
        self.file.close()

    def __iter__(self) -> Iterator[tuple[int, Sequence[str | None]]]:
        rows = self.sheet.iter_rows()
        while True:
            try:
                # A warning is about looks, or about a date that then reads `#VALUE!`.
                with warnings.catch_warnings(action="ignore"):
                    cells = next(rows, None)
                    texts = [_text(cell) for cell in cells] if cells is not None else None
            except _BROKEN as error:
                raise Unreadable(f"the sheet {self.form.sheet} is broken: {error}") from error
            if texts is None:
                return
            self.row += 1
            self._refuse_size(texts)
            if self.row >= self.form.header:
                self.length = sum(len(text) for text in texts if text)
                yield self.row, texts

    def _refuse_size(self, texts: Sequence[str | None]) -> None:
        if self.row > MAX_ROW:
            raise Unreadable(f"more than {MAX_ROW:,} rows, which no sheet of Excel has")
        if len(texts) > MAX_COLUMNS and any(texts[MAX_COLUMNS:]):
            raise Unreadable(f"{len(texts):,} columns; at most {MAX_COLUMNS:,} are read", self.row)


def _seekable(path: Path) -> IO[bytes]:
    """The workbook's bytes; a workbook is read from its end, so a packed one is unpacked."""
    with ExitStack() as stack:
        content = stack.enter_context(open_bytes(path))
        if not is_packed(content):
            return path.open("rb")
        unpacked = stack.enter_context(tempfile.TemporaryFile())
        shutil.copyfileobj(content, unpacked)
        unpacked.seek(0)
        content.close()
        stack.pop_all()
        return unpacked


def _refuse_zip_bomb(file: IO[bytes]) -> None:
    """Raise Unreadable for a workbook that unpacks to what none does; zipfile holds it to that."""
    with zipfile.ZipFile(file) as archive:
        parts = archive.infolist()
    refuse_bomb(sum(part.compress_size for part in parts), sum(part.file_size for part in parts))


def _chosen(sheets: Sequence[Any], name: str | None) -> Any:
    """The sheet of a name, or the first."""
    titles = [sheet.title for sheet in sheets]
    if not titles:
        raise Unreadable("the workbook holds no sheet with cells", 0)
    if name is None:
        return sheets[0]
    if name in titles:
        return sheets[titles.index(name)]
    near = process.extractOne(name, titles, score_cutoff=60)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(titles)}"
    raise Unreadable(f"there is no sheet {name}; {hint}", 0)


def _text(cell: Any) -> str | None:
    """What a cell holds, as a person would type it.

    Dates are ISO 8601, without the time where it is midnight; whole numbers have no `.0`; a number
    in a percent format is written in percent, as it is seen; errors are their text, as `#NUM!`.
    """
    value = cell.value
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, percent=_PERCENT.match(cell.number_format or "") is not None)
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _number(value: float, percent: bool) -> str:
    number = Decimal(repr(value)) * (100 if percent else 1)
    text = plain(number)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text}%" if percent else text
