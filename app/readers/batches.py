"""The rows of one table, read a batch at a time by whoever has time: also in other processes.

What a row says is found out from the row alone; whatever takes all rows in their order is for
`assembly`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Protocol, TypeAlias

import msgspec

from ..profiles.company import Company, Head
from ..profiles.headline import Contradiction, complete
from .dataset import DataFile, Declared, read_dataset
from .mapping.faults import RowFault
from .mapping.mapping import TableMapping, read_mapping
from .mapping.rows import Row
from .mapping.table import MappedTable
from .records.record import Record

Batch: TypeAlias = list[tuple[int, Mapping[str, str | None]]]
"""Records: the row of each, and its cells."""
Packing: TypeAlias = Callable[[Head], Callable[[Company], bytes]]
"""Makes what packs the companies of a data set."""


class Task(msgspec.Struct, array_like=True):
    """A table to be read: the data files around it, its mapping, its columns, and of when today is.

    Files are given by name and content.
    """

    files: list[tuple[str, bytes]]
    mapping: tuple[str, bytes]
    table: str
    columns: list[str]
    today: date


class Said(msgspec.Struct, array_like=True, gc=False):
    """What one row says: its faults, each with column, what was found and what would be right; else
    a company with what it wants to be filed under, how many figures it has, and itself packed.

    Of a company whose figures contradict each other the measure and the contradiction are told.
    """

    row: int
    name: str | None
    faults: list[tuple[str, str, str]] = []
    slug: str = ""
    industries: tuple[str, ...] = ()
    country: str | None = None
    tags: tuple[str, ...] = ()
    contradiction: tuple[str, str] | None = None
    figures: int = 0
    content: bytes = b""

    def as_row(self) -> Row:
        """The row with its faults."""
        row = Row(Record(self.row, {}), self.name)
        row.faults += (RowFault(self.row, *fault, self.name) for fault in self.faults)
        return row

    def filed(self) -> Company:
        """The company, as far as other companies have a say in it."""
        return Company(
            self.slug, "", industries=self.industries, country=self.country, tags=self.tags
        )


class Elsewhere(Protocol):
    """Others who read a table."""

    def read(self, task: Task, batches: Iterable[Batch]) -> Iterator[list[Said]]:
        """What the rows of each batch say, batch after batch."""

    def pack_anew(self, content: bytes, filed: Company) -> bytes:
        """A packed company with slug and facets of another."""


class BatchReader:
    """Reads batches of one table. Raises DataFaults where its files cannot be read."""

    def __init__(self, task: Task, packing: Packing) -> None:
        mapping = read_mapping(DataFile(*task.mapping), task.today)
        files = [DataFile(*file) for file in task.files]
        head = read_dataset(files, task.today, [declared(mapping, task.mapping[0])])
        self._table = MappedTable(mapping, task.columns, task.table)
        self._catalogue, self._prefer = head.catalogue, head.prefer
        self._pack = packing(head)

    def read(self, batch: Batch) -> list[Said]:
        """What each row says, without those to be skipped."""
        rows = (self._table.row(Record(number, cells)) for number, cells in batch)
        return [self._said(row) for row in rows if row]

    def _said(self, row: Row) -> Said:
        number = row.record.row
        company = self._table.company(row)
        if company is None or row.faults:
            faults = [(fault.column, fault.found, fault.expected) for fault in row.faults]
            return Said(number, row.name, faults)
        try:
            figures = complete(company.figures, self._catalogue, self._prefer)
        except Contradiction as error:
            contradiction = error.measure, str(error)
            return Said(number, row.name, slug=company.slug, contradiction=contradiction)
        return Said(
            number,
            None,
            [],
            company.slug,
            company.industries,
            company.country,
            company.tags,
            None,
            len(figures),
            self._pack(company.with_figures(figures)),
        )


def declared(mapping: TableMapping, file: str) -> Declared:
    """What a mapping file adds to the head of a data set."""
    entry = mapping.entry
    head = {
        key: value
        for key in ("title", "description", "classification", "currency")
        if (value := getattr(entry, key))
    }
    return Declared(file, head, (mapping.source,), mapping.own)
