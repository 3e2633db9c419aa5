"""CSV, TSV and their kin: rows of cells with the line where each begins."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from .delimiter import LOOKED_AT, find_delimiter, named_delimiter
from .encoding import choose_encoding
from .findings import MAX_CELL, Findings, Unreadable
from .form import Form
from .lines import Lines
from .packed import open_bytes, read_sample

_SAYS = {
    "unexpected end of data": "a quote that is opened here is never closed; close it",
    "field larger": f"a cell of more than {MAX_CELL:,} characters; is its quote closed?",
    "expected after": "text follows a closing quote; write a quote within quotes twice",
}


class Delimited:
    """The rows of a delimited file. `row` is the line reached, `length` the last row's."""

    def __init__(self, path: Path, form: Form, findings: Findings) -> None:
        sample = read_sample(path)
        encoding = choose_encoding(form.encoding, sample)
        text = io.StringIO(sample.decode(encoding, "replace"), newline="")
        head = list(islice(text, form.header - 1, form.header + LOOKED_AT * 4))
        self.delimiter, self.skipped = _delimiter(form, head)
        self.form = replace(form, encoding=encoding, delimiter=self.delimiter)
        self.findings = findings
        self.lines = Lines(open_bytes(path), encoding)
        self.headed = False

    @property
    def share(self) -> float | None:
        return self.lines.packed.share

    @property
    def row(self) -> int:
        return self.lines.number

    @property
    def length(self) -> int:
        return self.lines.length

    def close(self) -> None:
        self.lines.close()

    def __iter__(self) -> Iterator[tuple[int, Sequence[str | None]]]:
        lines = self.lines
        given = islice(lines, self.form.header - 1 + self.skipped, None)
        reader = csv.reader(given, delimiter=self.delimiter, strict=True)
        start = self.form.header + self.skipped
        while True:
            lines.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                self._broken(start, error)
            else:
                if not lines.trouble:
                    self.headed = self.headed or bool(cells)
                    yield start, cells
                else:
                    self._refuse(start, lines.trouble)
            start = lines.number + 1

    def _broken(self, start: int, error: csv.Error) -> None:
        """Note a row that csv cannot read; Unreadable where the next row cannot be found."""
        found = str(error)
        says = next((says for sign, says in _SAYS.items() if sign in found), found)
        if self.lines.number == start and self.lines.last.count('"') % 2 == 0:
            self._refuse(start, says)
        else:
            raise Unreadable(says, start)

    def _refuse(self, start: int, message: str) -> None:
        """Note a row at fault; Unreadable for the header, or another would be taken for it."""
        if not self.headed:
            raise Unreadable(message, start)
        self.findings.add(start, message)


def _delimiter(form: Form, head: Sequence[str]) -> tuple[str, int]:
    """The delimiter, and how many lines say it: Excel writes and reads a first line `sep=;`."""
    first = head[0].lstrip("\ufeff").rstrip("\r\n") if head else ""
    told = first[4:] if first.lower().startswith("sep=") and len(first) == 5 else None
    if form.delimiter is not None:
        return named_delimiter(form.delimiter), bool(told)
    if told:
        return told, 1
    if form.format == "tsv":
        return "\t", 0
    return find_delimiter(head), 0
