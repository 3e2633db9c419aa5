"""Data files and tables into one data set: each table read through its mapping, the companies of
all of them matched, and every figure that follows worked out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from app.errors import DataFaults, Fault
from app.profiles.company import Company, Dataset, Incoming
from app.profiles.headline import Contradiction, complete
from app.profiles.remarks import Remark, Remarks
from app.readers.dataset import Declared, read_dataset
from app.readers.inputs import Inputs, TableFile, Told
from app.readers.mapping.mapping import TableMapping, read_mapping
from app.readers.mapping.table import MappedTable
from app.readers.matching import Matched, Part, match
from app.readers.records.form import Form
from app.readers.records.opening import open_records
from app.readers.records.record import Record
from app.readers.spellings import Spellings

EVERY = 1000
"""Rows between two tellings."""


def _quiet(_name: str, _rows: int, _share: float | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with its mapping read."""

    file: TableFile
    mapping: TableMapping


def assemble(
    inputs: Inputs, today: date, *, skip_bad_rows: bool = False, told: Told = _quiet
) -> Incoming:
    """The data set that the inputs make together. Raises DataFaults, also while it comes in:
    what came before must not be kept then.

    With `skip_bad_rows` rows at fault are left out and told in the data set's remarks. The
    companies of one table alone are never held all at once; those of several are matched first.
    """
    tables = [_Table(table, read_mapping(table.mapping, today)) for table in inputs.tables]
    dataset = read_dataset(inputs.files, today, [_declared(table) for table in tables])
    remarks = Remarks()
    if not tables:
        return Incoming(dataset, _unified(dataset.companies, remarks), remarks)
    dataset = replace(dataset, digest=inputs.digest())
    parts = [
        _parts(number, table, remarks, skip_bad_rows, told)
        for number, table in enumerate(tables, 1)
    ]
    if len(parts) == 1 and not dataset.companies:
        companies: Iterable[Company] = (part.company for part in parts[0])
    else:
        companies = _matched(dataset, parts, [table.file.path.name for table in tables], remarks)
    return Incoming(dataset, _unified(_completed(companies, dataset), remarks), remarks)


def _matched(
    dataset: Dataset, tables: Iterable[Iterable[Part]], names: Sequence[str], remarks: Remarks
) -> Iterator[Company]:
    """The companies that the parts of several files make together."""
    parts = [Part(0, place, company) for place, company in enumerate(dataset.companies, 1)]
    parts += chain.from_iterable(tables)
    found = match([_bare(part) for part in parts], dataset.aliases)
    remarks.add(_reviewed(found, ["the data files", *names]))
    yield from found.companies


def _declared(table: _Table) -> Declared:
    entry = table.mapping.entry
    head = {
        key: value
        for key in ("title", "description", "classification", "currency")
        if (value := getattr(entry, key))
    }
    return Declared(table.file.mapping.name, head, (table.mapping.source,), table.mapping.own)


def _parts(
    number: int, table: _Table, remarks: Remarks, skip_bad_rows: bool, told: Told
) -> Iterator[Part]:
    """The companies of a table; what is left out goes into the remarks."""
    path, asked = table.file.path, table.mapping.file
    form = Form(**{name: getattr(asked, name) for name in Form.__dataclass_fields__})
    left_out = Remarks()
    with open_records(path, form) as records:
        mapped = MappedTable(table.mapping, records.columns, str(path), skip_bad_rows=skip_bad_rows)

        def counted() -> Iterator[Record]:
            count = 0
            for count, record in enumerate(records, 1):
                if count % EVERY == 0:
                    told(path.name, count, records.share)
                    left_out.add(_left_out(path.name, mapped))
                yield record
            told(path.name, count, 1.0)

        for one in mapped.companies(counted()):
            yield Part(number, one.row, one.company)
        if records.faults and not skip_bad_rows:
            raise DataFaults(records.faults)
        remarks.add(Remark("left out", str(fault)) for fault in records.faults)
        left_out.add(_left_out(path.name, mapped))
        remarks.join(left_out)


def _left_out(name: str, mapped: MappedTable) -> list[Remark]:
    """The rows that were left out since this was last asked, which are not kept twice."""
    rows = [f"row {one.row}, {one.name or 'unnamed'}: {one.reason}" for one in mapped.left_out]
    mapped.left_out.clear()
    return [Remark("left out", f"{name}, {row}") for row in rows]


def _bare(part: Part) -> Part:
    """Without what was worked out: that is done once all figures are together."""
    stated = tuple(one for one in part.company.figures if one.derivation is None)
    return replace(part, company=replace(part.company, figures=stated))


def _completed(companies: Iterable[Company], dataset: Dataset) -> Iterator[Company]:
    """The companies with all that follows. Raises DataFaults at their end, and yields none after
    the first fault.
    """
    faults = []
    for company in companies:
        try:
            figures = complete(company.figures, dataset.catalogue, dataset.prefer)
        except Contradiction as error:
            faults.append(Fault("the data set", 0, 0, company.slug, error.measure, str(error)))
        else:
            if not faults:
                yield company.with_figures(figures)
    if faults:
        raise DataFaults(faults)


def _unified(companies: Iterable[Company], remarks: Remarks) -> Iterator[Company]:
    """The companies with each value of a facet in one spelling; the others go into the remarks."""
    spellings = Spellings()
    yield from map(spellings.unify, companies)
    remarks.add(spellings.remarks())


def _reviewed(found: Matched, files: Sequence[str]) -> Iterator[Remark]:
    for one in found.review:
        kind = "matched" if one.matched else "left apart"
        seen = "; ".join(f"{part.name} ({files[part.file]}, {part.row})" for part in one.parts)
        yield Remark(kind, f"{one.reason}: {seen}")
