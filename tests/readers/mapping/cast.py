"""A small mapping, tables it is tried on, and a stand-in for the readers of tables."""

import csv
import gzip
import io
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import DataFaults
from app.profiles.company import Company
from app.profiles.figure import Figure
from app.readers.dataset import DataFile
from app.readers.mapping.mapping import TableMapping, read_mapping
from app.readers.mapping.table import Mapped, MappedTable
from app.readers.records.record import Record

TODAY = date(2026, 7, 1)
ROOT = Path(__file__).parents[3]
REAL = ROOT.parent / "shared" / "data"
SOURCE = "source: {id: gazette, title: The Gazette, published: 2016-11-21}\n"
HEAD = SOURCE + "company: {name: Name, country: Country}\n"
"""Three companies may be told by it: Alder, Birch and Čech."""


def rows(text: str) -> tuple[tuple[str, ...], list[Record]]:
    """The columns and records of CSV text."""
    columns, *records = stream(io.StringIO(text, newline=""))
    assert isinstance(columns, tuple)
    return columns, [record for record in records if isinstance(record, Record)]


def stream(file: Iterable[str]) -> Iterator[tuple[str, ...] | Record]:
    """The columns of a CSV file, then its records, one at a time."""
    reader = csv.reader(file)
    columns = tuple(" ".join(cell.split()) for cell in next(reader))
    yield columns
    last = reader.line_num
    for cells in reader:
        yield Record(last + 1, dict(zip(columns, cells, strict=False)))
        last = reader.line_num


def mapping(text: str) -> TableMapping:
    """The mapping that a text makes."""
    return read_mapping(DataFile("map.yaml", text.encode()), TODAY)


def mapping_faults(text: str) -> list[str]:
    """What is wrong with a mapping, as `line:column: message`."""
    with pytest.raises(DataFaults) as refused:
        mapping(text)
    return [f"{one.line}:{one.column}: {one.message}" for one in refused.value.faults]


def table(text: str, csv_text: str, *, skip_bad_rows: bool = False) -> MappedTable:
    """A table that is mapped, none of its rows read yet."""
    columns, _ = rows(csv_text)
    return MappedTable(mapping(text), columns, "table.csv", skip_bad_rows=skip_bad_rows)


def mapped(text: str, csv_text: str) -> list[Mapped]:
    """All companies of a table."""
    return list(table(text, csv_text).companies(rows(csv_text)[1]))


def companies(text: str, csv_text: str) -> list[Company]:
    return [one.company for one in mapped(text, csv_text)]


def row_faults(text: str, csv_text: str) -> list[str]:
    """What is wrong with the rows of a table, as people read it."""
    with pytest.raises(DataFaults) as refused:
        companies(text, csv_text)
    return [str(fault) for fault in refused.value.faults]


def figure(entry: str, cell: str, column: str = "Value", head: str = HEAD) -> Figure | None:
    """What one cell states under one entry of `figures`, written as a flow mapping's inside."""
    text = f'{head}figures:\n  - {{column: "{column}", {entry}}}\n'
    out = io.StringIO()
    csv.writer(out).writerows([["Name", "Country", column], ["Alder", "", cell]])
    (company,) = companies(text, out.getvalue())
    return company.figures[0] if company.figures else None


def real(name: str) -> Path:
    """A real file to read; the test is skipped where it is not at hand."""
    path = REAL / name
    if not path.exists():
        pytest.skip(f"the real file {name} is not at hand")
    return path


def real_rows(path: Path) -> Iterator[tuple[str, ...] | Record]:
    """The columns of a real file, then its records."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from stream(file)


def real_table(example: str, name: str) -> tuple[MappedTable, Iterator[Mapped]]:
    """A real file through one of the mappings in `examples/`."""
    path = real(name)
    read = real_rows(path)
    columns = next(read)
    assert isinstance(columns, tuple)
    content = DataFile.read(ROOT / "examples" / example)
    found = MappedTable(read_mapping(content, TODAY), columns, path.name)
    return found, found.companies(one for one in read if isinstance(one, Record))
