"""One reading of a file: what the readers of every format share, whatever their rows are."""

from typing import Protocol

from ...errors import DataFaults, Fault
from .findings import Findings, Unreadable
from .form import Form


class Source(Protocol):
    """What is read from, and how far: `row` is the one reached."""

    form: Form

    @property
    def row(self) -> int: ...

    @property
    def share(self) -> float | None: ...

    def close(self) -> None: ...


class Reading:
    """A source and what was found in it. See `opening.Records`."""

    def __init__(self, source: Source, findings: Findings) -> None:
        self._source, self.findings = source, findings

    @property
    def form(self) -> Form:
        return self._source.form

    @property
    def faults(self) -> list[Fault]:
        return self.findings.faults

    @property
    def faulty(self) -> int:
        return self.findings.count

    @property
    def share(self) -> float | None:
        return self._source.share

    def close(self) -> None:
        self._source.close()

    def stopped(self, end: Unreadable) -> DataFaults:
        """What to raise where no more can be read: at the row it names, or the next."""
        row = self._source.row + 1 if end.row is None else end.row
        return self.findings.stop(row, str(end))
