"""Records from rows of cells under a header: what CSV and XLSX have in common."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Protocol

from .findings import MAX_CELL, Findings, Unreadable
from .header import name_columns
from .reading import Reading, Source
from .record import Record

Cells = Sequence[str | None]


class Rows(Source, Protocol):
    """Rows of a file from its header on; Unreadable where no more can be read.

    `length` is at least the characters of the longest cell of the last.
    """

    @property
    def length(self) -> int: ...

    def __iter__(self) -> Iterator[tuple[int, Cells]]: ...


class Grid(Reading):
    """The records of a table whose header names the columns. See `opening.Records`."""

    def __init__(self, rows: Rows, findings: Findings) -> None:
        super().__init__(rows, findings)
        self.source = rows
        self._rows = self._filled()
        row, header = next(self._rows, (0, ()))
        if not header:
            raise findings.stop(0, "holds no row with the names of the columns")
        self.columns = name_columns(header, row, findings)

    def __iter__(self) -> Iterator[Record]:
        columns, width = self.columns, len(self.columns)
        for row, cells in self._rows:
            if self.source.length > MAX_CELL and self._too_long(row, cells):
                continue
            if len(cells) != width:
                if len(cells) > width and self._too_many(row, cells):
                    continue
                yield Record(row, dict(zip_longest(columns, cells[:width])))
            else:
                yield Record(row, dict(zip(columns, cells, strict=True)))
        self.findings.close()

    def _filled(self) -> Iterator[tuple[int, Cells]]:
        """The rows in which anything stands. Raises DataFaults where no more can be read."""
        try:
            for row, cells in self.source:
                # In most rows the first cell tells.
                first = cells[0] if cells else None
                if (first and not first.isspace()) or any(
                    cell and not cell.isspace() for cell in cells
                ):
                    yield row, cells
        except Unreadable as end:
            raise self.stopped(end) from end

    def _too_many(self, row: int, cells: Cells) -> bool:
        """Whether anything stands beyond the last column, and so in none."""
        width = len(self.columns)
        beyond = [
            place for place, cell in enumerate(cells, 1) if place > width and (cell or "").strip()
        ]
        if beyond:
            found = f"{beyond[-1]:,} cells where the header names {width:,} columns"
            self.findings.add(row, f"{found}; is a cell with the delimiter in quotes?", beyond[0])
        return bool(beyond)

    def _too_long(self, row: int, cells: Cells) -> bool:
        for place, cell in enumerate(cells):
            if cell and len(cell) > MAX_CELL:
                name = self.columns[place] if place < len(self.columns) else None
                message = f"{len(cell):,} characters in a cell; at most {MAX_CELL:,} are read"
                self.findings.add(row, message, place + 1, name)
                return True
        return False
