"""Made-up table files, and the reading of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

from app.errors import DataFaults, Fault
from app.readers.records.opening import Form, Record, open_records

Row: TypeAlias = tuple[int, tuple[str | None, ...]]
Told: TypeAlias = tuple[int, int, str]
"""Row, column and message of a fault."""


@dataclass(frozen=True)
class Table:
    """What was read of a file."""

    columns: tuple[str, ...]
    records: tuple[Record, ...]
    faults: tuple[Fault, ...]
    form: Form

    @property
    def rows(self) -> list[Row]:
        return [
            (record.row, tuple(record.values[name] for name in self.columns))
            for record in self.records
        ]

    @property
    def told(self) -> list[Told]:
        return [(fault.line, fault.column, fault.message) for fault in self.faults]


class Shelf:
    """A folder in which files are made and read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str, content: bytes, form: Form = Form()) -> Table:
        path = self.folder / name
        path.write_bytes(content)
        return self.open(path, form)

    def open(self, path: Path, form: Form = Form()) -> Table:
        with open_records(path, form) as records:
            found = tuple(records)
            return Table(records.columns, found, tuple(records.faults), records.form)

    def refused(self, name: str, content: bytes, form: Form = Form()) -> list[Told]:
        """What is wrong with a file that cannot be read to its end."""
        with pytest.raises(DataFaults) as refusal:
            self.read(name, content, form)
        return [(fault.line, fault.column, fault.message) for fault in refusal.value.faults]
