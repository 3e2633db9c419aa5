"""What a load is given: data files, and tables, each with the mapping that reads it."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from msgspec import Struct

from ..errors import DataFaults, Fault
from .dataset import DataFile, digest
from .document import read_document
from .entries import TablesEntry
from .report import Report

Told: TypeAlias = Callable[[str, int, float | None], None]
"""Told while a table is read: its name, the rows so far, and the part of the file, 0 to 1."""
DATA_FILES = (".yaml", ".yml")
"""The endings of data files; every other file is a table."""


class TableFile(Struct, frozen=True):
    """A table and the mapping file that tells how it is read."""

    path: Path
    mapping: DataFile

    def digest(self) -> bytes:
        """The SHA-256 of the mapping's and the table's content. Raises DataFaults."""
        whole = hashlib.sha256(hashlib.sha256(self.mapping.content).digest())
        try:
            with self.path.open("rb") as file:
                whole.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as error:
            raise DataFaults([_unreadable(self.path, error)]) from error
        return whole.digest()


class Inputs(Struct, frozen=True):
    """Everything that one data set is made of: data files first, then tables, in their order.

    `watched` are the files whose change makes it another data set.
    """

    files: tuple[DataFile, ...]
    tables: tuple[TableFile, ...] = ()
    watched: tuple[Path, ...] = ()

    def digest(self) -> str:
        """The SHA-256 of all contents in order; names do not count. Raises DataFaults."""
        if not self.tables:
            return digest(self.files)
        whole = hashlib.sha256(bytes.fromhex(digest(self.files)))
        for table in self.tables:
            whole.update(table.digest())
        return whole.hexdigest()


def gather(paths: Iterable[Path], mappings: Sequence[Path] = ()) -> Inputs:
    """The inputs that some paths name: data files, what their `tables:` list, and tables.

    Tables take the mappings in order; one mapping alone is for all of them. Raises DataFaults for
    a file that cannot be read, and where tables and mappings do not pair.
    """
    ordered = list(paths)
    data = [path for path in ordered if path.suffix.lower() in DATA_FILES]
    loose = [path for path in ordered if path not in data]
    pairs = list(_paired(loose, mappings))
    files = []
    for path in data:
        file = DataFile.read(path)
        files.append(file)
        pairs += _listed(path, file)
    tables = tuple(TableFile(path, DataFile.read(mapping)) for path, mapping in pairs)
    watched = dict.fromkeys((*data, *(path for pair in pairs for path in pair)))
    return Inputs(tuple(files), tables, tuple(watched))


def _paired(tables: Sequence[Path], mappings: Sequence[Path]) -> Iterator[tuple[Path, Path]]:
    if len(mappings) == 1:
        mappings = [*mappings] * len(tables)
    if len(mappings) != len(tables):
        first = str(tables[0]) if tables else str(mappings[0])
        found = f"{len(tables)} tables and {len(mappings)} mappings"
        right = "give each table its --mapping, in the same order, or one for all"
        raise DataFaults([Fault(first, 0, 0, None, None, f"there are {found}; {right}")])
    return zip(tables, mappings, strict=True)


def _listed(path: Path, file: DataFile) -> Iterator[tuple[Path, Path]]:
    """The tables that a data file lists, beside itself; what is wrong with the list is a fault.

    A file that cannot be read as YAML lists none here: reading it as data tells what is wrong.
    """
    if b"tables" not in file.content:
        return  # It is read as data anyway; a long one is not read twice for nothing.
    try:
        document = read_document(file.content, file.name)
    except DataFaults:
        return
    listed = document.value.get("tables") if isinstance(document.value, dict) else None
    if listed is None:
        return
    report = Report()
    entry = report.validate(TablesEntry, {"tables": listed}, document, ())
    report.raise_if_any()
    assert entry is not None
    for one in entry.tables:
        yield path.parent / one.file, path.parent / one.mapping


def _unreadable(path: Path, error: OSError) -> Fault:
    return Fault(str(path), 0, 0, None, None, error.strerror or "unreadable")
