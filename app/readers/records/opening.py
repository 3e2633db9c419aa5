"""Opening a table of any format: `open_records` is the one door to this package."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol, TypeAlias

from msgspec.structs import replace

from ...errors import Fault
from .delimited import Delimited
from .findings import Findings, Unreadable
from .form import Form
from .grid import Grid
from .json_lines import JsonLines
from .json_list import JsonList
from .objects import Objects
from .record import Record
from .sheet import Sheet

__all__ = ["FORMATS", "Form", "Record", "Records", "open_records"]

FORMATS = {
    "csv": (".csv", ".txt"),
    "tsv": (".tsv", ".tab"),
    "json": (".json",),
    "jsonl": (".jsonl", ".ndjson"),
    "xlsx": (".xlsx", ".xlsm"),
}
"""The formats and the endings by which a file's name tells them."""


class Records(Protocol):
    """The rows of a table, to be read once.

    A row at fault is noted in `faults` and left out, and reading goes on; where it cannot go on
    (the file is cut, a quote is never closed) iteration raises DataFaults with all of `faults`.
    So whoever has read to the end and finds no faults has every row.
    """

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns' names, stripped, inner blanks made single.

        JSON names its columns row by row: known are those of the first thousand rows, and one that
        is met later is added then.
        """

    @property
    def form(self) -> Form:
        """How the file is read, with what was found out."""

    @property
    def faults(self) -> list[Fault]:
        """What is wrong so far; of more than MAX_FAULTS the rest is counted in the last one."""

    @property
    def faulty(self) -> int:
        """How many faults were met so far."""

    @property
    def share(self) -> float | None:
        """The part of the file read so far, 0 to 1; None where nobody can tell."""

    def __iter__(self) -> Iterator[Record]: ...

    def close(self) -> None: ...


@contextmanager
def open_records(path: Path, form: Form = Form()) -> Iterator[Records]:
    """The records of a table file, which is closed at the end.

    Raises DataFaults where the file cannot be read at all: none there, no table, no header, no
    known encoding; also while iterating, see Records.
    """
    with ExitStack() as stack:
        yield _opened(path, form, stack)


def _opened(path: Path, form: Form, stack: ExitStack) -> Records:
    findings = Findings(str(path))
    try:
        form = replace(form, format=_format(path, form))
        source = _SOURCES[form.format or ""](path, form, findings)
    except Unreadable as end:
        raise findings.stop(end.row or 0, str(end)) from end
    except OSError as error:
        raise findings.stop(0, error.strerror or "cannot be read") from error
    stack.callback(source.close)
    if isinstance(source, JsonList | JsonLines):
        return Objects(source, findings)
    return Grid(source, findings)


_Source: TypeAlias = Delimited | Sheet | JsonLines | JsonList
_SOURCES: dict[str, Callable[[Path, Form, Findings], _Source]] = {
    "csv": Delimited,
    "tsv": Delimited,
    "json": JsonList,
    "jsonl": JsonLines,
    "xlsx": Sheet,
}


def _format(path: Path, form: Form) -> str:
    """The format asked for, or told by the file's name before `.gz`."""
    known = f"right would be one of {', '.join(FORMATS)}"
    if form.header < 1:
        raise Unreadable(f"the header is row {form.header}; rows are counted from 1", 0)
    if form.format is not None:
        if form.format not in FORMATS:
            raise Unreadable(f"“{form.format}” is no format; {known}", 0)
        return form.format
    name = path.name.lower().removesuffix(".gz")
    for told, endings in FORMATS.items():
        if name.endswith(endings):
            return told
    raise Unreadable(f"the name does not tell its format; {known}", 0)
