"""The names of a table's columns, as its header gives them."""

from collections.abc import Sequence

from ...errors import DataFaults, Fault
from .findings import MAX_CELL, MAX_COLUMNS, Findings


def tidy(name: str) -> str:
    """A column's name: stripped, inner blanks made single."""
    return " ".join(name.lstrip("\ufeff").split())


def name_columns(cells: Sequence[str | None], row: int, findings: Findings) -> tuple[str, ...]:
    """The columns' names in their order.

    Blank names at the end are left out; one between others is called by its place, as `column 3`.
    Raises DataFaults with every name that stands twice, and for more than MAX_COLUMNS.
    """
    names = [tidy(cell or "") for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise findings.stop(row, f"{len(names):,} columns; at most {MAX_COLUMNS:,} are read")
    if any(len(name) > MAX_CELL for name in names):
        raise findings.stop(row, f"a name of more than {MAX_CELL:,} characters; is this a table?")
    names = [name or f"column {place}" for place, name in enumerate(names, 1)]
    if faults := _twice(names, row, findings.file):
        findings.faults += faults
        raise DataFaults(findings.faults)
    return tuple(names)


def _twice(names: Sequence[str], row: int, file: str) -> list[Fault]:
    first: dict[str, int] = {}
    faults: list[Fault] = []
    for place, name in enumerate(names, 1):
        if name in first:
            message = f"the name stands twice; the first is column {first[name]}; rename one"
            faults.append(Fault(file, row, place, None, name, message))
        first.setdefault(name, place)
    return faults
