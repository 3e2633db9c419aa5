"""What is wrong with a table file, and what can be made of one value at most."""

from ...errors import DataFaults, Fault

MAX_CELL = 100_000
"""Characters of a cell."""
MAX_COLUMNS = 5_000
MAX_FAULTS = 10_000
"""Rows at fault that are told one by one; the rest is counted, so that memory does not grow."""


class Unreadable(Exception):
    """No more of the file can be read: why, in words for a person, and the row if it is known."""

    def __init__(self, message: str, row: int | None = None) -> None:
        self.row = row
        super().__init__(message)


class Findings:
    """The faults of one file, in the order in which reading meets them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.count = 0

    def add(self, row: int, message: str, column: int = 1, field: str | None = None) -> None:
        """Note what is wrong with a row; `column` counts from 1."""
        self.count += 1
        if self.count <= MAX_FAULTS:
            self.faults.append(Fault(self.file, row, column, None, field, message))

    def stop(self, row: int, message: str, column: int = 1) -> DataFaults:
        """Note what ends the reading at a row (0 is the file as a whole), and what to raise."""
        self.close()
        self.count += 1
        self.faults.append(Fault(self.file, row, column if row else 0, None, None, message))
        return DataFaults(self.faults)

    def close(self) -> None:
        """Say how many faults are counted and not told, if there are any."""
        if (more := self.count - len(self.faults)) > 0 and len(self.faults) == MAX_FAULTS:
            message = f"and {more:,} more rows at fault; the first {MAX_FAULTS:,} are listed"
            self.faults.append(Fault(self.file, 0, 0, None, None, message))
