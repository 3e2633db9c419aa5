"""Data files and tables into one data set: each table read through its mapping, the companies of
all of them matched, and every figure that follows worked out.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date

from app.errors import DataFaults, Fault
from app.profiles.company import Company, Dataset, Remark
from app.profiles.headline import Contradiction, complete
from app.readers.dataset import Declared, read_dataset
from app.readers.inputs import Inputs, TableFile
from app.readers.mapping.mapping import TableMapping, read_mapping
from app.readers.mapping.table import MappedTable
from app.readers.matching import Matched, Part, match
from app.readers.records.form import Form
from app.readers.records.opening import open_records

Told = Callable[[str, int, float | None], None]
"""Told while a table is read: its name, the rows so far, and the part of the file, 0 to 1."""
EVERY = 1000
"""Rows between two tellings."""
MOST_REMARKS = 5000
"""Remarks that are kept of one load; the last one counts the rest."""


def _quiet(_name: str, _rows: int, _share: float | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table with its mapping read."""

    file: TableFile
    mapping: TableMapping


def assemble(
    inputs: Inputs, today: date, *, skip_bad_rows: bool = False, told: Told = _quiet
) -> Dataset:
    """The data set that the inputs make together. Raises DataFaults.

    With `skip_bad_rows` rows at fault are left out and told in the data set's remarks.
    """
    tables = [_Table(table, read_mapping(table.mapping, today)) for table in inputs.tables]
    dataset = read_dataset(inputs.files, today, [_declared(table) for table in tables])
    if not tables:
        return dataset
    parts = [Part(0, place, company) for place, company in enumerate(dataset.companies, 1)]
    remarks: list[Remark] = []
    for number, table in enumerate(tables, 1):
        parts += _parts(number, table, remarks, skip_bad_rows, told)
    found = match([_bare(part) for part in parts], dataset.aliases)
    remarks += _reviewed(found, ["the data files", *(str(one.file.path.name) for one in tables)])
    return replace(
        dataset,
        companies=tuple(_completed(found.companies, dataset)),
        digest=inputs.digest(),
        remarks=_cut(remarks),
    )


def _declared(table: _Table) -> Declared:
    entry = table.mapping.entry
    head = {
        key: value
        for key in ("title", "description", "classification", "currency")
        if (value := getattr(entry, key))
    }
    return Declared(table.file.mapping.name, head, (table.mapping.source,), table.mapping.own)


def _parts(
    number: int, table: _Table, remarks: list[Remark], skip_bad_rows: bool, told: Told
) -> Iterator[Part]:
    """The companies of a table; what is left out goes into the remarks."""
    path, asked = table.file.path, table.mapping.file
    form = Form(**{name: getattr(asked, name) for name in Form.__dataclass_fields__})
    with ExitStack() as stack:
        records = stack.enter_context(open_records(path, form))
        mapped = MappedTable(table.mapping, records.columns, str(path), skip_bad_rows=skip_bad_rows)
        count = 0
        for one in mapped.companies(records):
            count += 1
            if count % EVERY == 0:
                told(path.name, count, records.share)
            yield Part(number, one.row, one.company)
        told(path.name, count, 1.0)
        if records.faults and not skip_bad_rows:
            raise DataFaults(records.faults)
        remarks += (Remark("left out", str(fault)) for fault in records.faults)
        remarks += (
            Remark("left out", f"{path.name}, row {one.row}, {one.name or 'unnamed'}: {one.reason}")
            for one in mapped.left_out
        )


def _bare(part: Part) -> Part:
    """Without what was worked out: that is done once all figures are together."""
    stated = tuple(one for one in part.company.figures if one.derivation is None)
    return replace(part, company=replace(part.company, figures=stated))


def _completed(companies: Sequence[Company], dataset: Dataset) -> Iterator[Company]:
    faults = []
    for company in companies:
        try:
            figures = complete(company.figures, dataset.catalogue, dataset.prefer)
        except Contradiction as error:
            faults.append(Fault("the data set", 0, 0, company.slug, error.measure, str(error)))
        else:
            yield replace(company, figures=figures)
    if faults:
        raise DataFaults(faults)


def _reviewed(found: Matched, files: Sequence[str]) -> Iterator[Remark]:
    for one in found.review:
        kind = "matched" if one.matched else "left apart"
        seen = "; ".join(f"{part.name} ({files[part.file]}, {part.row})" for part in one.parts)
        yield Remark(kind, f"{one.reason}: {seen}")


def _cut(remarks: Sequence[Remark]) -> tuple[Remark, ...]:
    if len(remarks) <= MOST_REMARKS:
        return tuple(remarks)
    rest = len(remarks) - MOST_REMARKS
    return (*remarks[:MOST_REMARKS], Remark("more", f"and {rest:,} more of them"))
