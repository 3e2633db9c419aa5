"""Data files and tables into one data set: each table read through its mapping, the companies of
all of them matched, and every figure that follows worked out.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice

from msgspec import Struct
from msgspec.structs import replace

from ..errors import DataFaults, Fault
from ..profiles.company import Company, Dataset, Incoming, Packed
from ..profiles.headline import Contradiction, complete
from ..profiles.remarks import Remark, Remarks
from .batches import Batch, Elsewhere, Task, declared
from .dataset import read_dataset
from .inputs import Inputs, TableFile, Told
from .mapping.mapping import TableMapping, read_mapping
from .mapping.table import MappedTable
from .matching import Matched, Part, match
from .records.form import Form
from .records.opening import Records, open_records
from .records.record import Record
from .spellings import Spellings

EVERY = 1000
"""Rows between two tellings."""
BATCH = 500
"""Rows that are read elsewhere at a time."""
LARGE = 3_000_000
"""Bytes of a file from which on reading it elsewhere is quicker."""


def _quiet(_name: str, _rows: int, _share: float | None) -> None:
    """Tell nobody."""


class _Table(Struct, frozen=True):
    """A table with its mapping read."""

    file: TableFile
    mapping: TableMapping


class _Reading(Struct, frozen=True):
    """How a table is read: whether rows at fault are left out, and who is told of it."""

    skip_bad_rows: bool
    told: Told


def assemble(
    inputs: Inputs,
    today: date,
    *,
    skip_bad_rows: bool = False,
    told: Told = _quiet,
    elsewhere: Elsewhere | None = None,
) -> Incoming:
    """The data set that the inputs make together. Raises DataFaults, also while it comes in:
    what came before must not be kept then.

    With `skip_bad_rows` rows at fault are left out and told in the data set's remarks. The
    companies of one table alone are never held all at once; those of several are matched first.
    Where a table alone is large it is read `elsewhere`.
    """
    tables = [_Table(table, read_mapping(table.mapping, today)) for table in inputs.tables]
    others = [declared(table.mapping, table.file.mapping.name) for table in tables]
    dataset = read_dataset(inputs.files, today, others)
    remarks = Remarks()
    if not tables:
        return Incoming(dataset, _unified(dataset.companies, remarks), remarks)
    dataset = replace(dataset, digest=inputs.digest())
    alone = len(tables) == 1 and not dataset.companies
    if elsewhere and alone and _worth_it(tables[0]):
        files = [(file.name, file.content) for file in inputs.files]
        mapping = tables[0].file.mapping
        task = Task(files, (mapping.name, mapping.content), str(tables[0].file.path), [], today)
        reading = _Reading(skip_bad_rows, told)
        packed = _packed(tables[0], task, remarks, reading, elsewhere)
        return Incoming(dataset, iter(()), remarks, packed)
    parts = [
        _parts(number, table, remarks, skip_bad_rows, told)
        for number, table in enumerate(tables, 1)
    ]
    if alone:
        companies: Iterable[Company] = (part.company for part in parts[0])
    else:
        companies = _matched(dataset, parts, [table.file.path.name for table in tables], remarks)
    return Incoming(dataset, _unified(_completed(companies, dataset), remarks), remarks)


def _worth_it(table: _Table) -> bool:
    """Whether a table is large, and each row of it a company of its own."""
    path = table.file.path
    return not table.mapping.entry.company.key and path.is_file() and path.stat().st_size >= LARGE


def _matched(
    dataset: Dataset, tables: Iterable[Iterable[Part]], names: Sequence[str], remarks: Remarks
) -> Iterator[Company]:
    """The companies that the parts of several files make together."""
    parts = [Part(0, place, company) for place, company in enumerate(dataset.companies, 1)]
    parts += chain.from_iterable(tables)
    found = match([_bare(part) for part in parts], dataset.aliases)
    remarks.add(_reviewed(found, ["the data files", *names]))
    yield from found.companies


def _parts(
    number: int, table: _Table, remarks: Remarks, skip_bad_rows: bool, told: Told
) -> Iterator[Part]:
    """The companies of a table; what is left out goes into the remarks."""
    path = table.file.path
    left_out = Remarks()
    with open_records(path, _form(table)) as records:
        mapped = MappedTable(table.mapping, records.columns, str(path), skip_bad_rows=skip_bad_rows)

        def tell(name: str, rows: int, share: float | None) -> None:
            told(name, rows, share)
            left_out.add(_left_out(name, mapped))

        for one in mapped.companies(_counted(records, path.name, tell)):
            yield Part(number, one.row, one.company)
        left_out.add(_left_out(path.name, mapped))
        remarks.join(_of_records(records, skip_bad_rows=skip_bad_rows))
        remarks.join(left_out)


def _packed(
    table: _Table, task: Task, remarks: Remarks, reading: "_Reading", elsewhere: Elsewhere
) -> Iterator[Packed]:
    """The same of a table that is read elsewhere, with all that follows: as `_parts`, `_completed`
    and `_unified` one after another.
    """
    path = table.file.path
    left_out, spellings, faults = Remarks(), Spellings(), list[Fault]()
    with open_records(path, _form(table)) as records:
        task.columns = list(records.columns)
        mapped = MappedTable(
            table.mapping, records.columns, str(path), skip_bad_rows=reading.skip_bad_rows
        )
        batches = _batches(_counted(records, path.name, reading.told))
        for said in chain.from_iterable(elsewhere.read(task, batches)):
            if said.faults:
                mapped.leave_out(said.as_row())
                left_out.add(_left_out(path.name, mapped))
                continue
            wanted = said.filed()
            company = mapped.with_slug(wanted)
            if said.contradiction:
                faults.append(_contradiction(company.slug, *said.contradiction))
            elif not faults:
                company = spellings.unify(company)
                content = said.content
                if company is not wanted:
                    content = elsewhere.pack_anew(content, company)
                yield Packed(company.slug, said.figures, content)
        if mapped.report and not reading.skip_bad_rows:
            raise DataFaults(mapped.faults)
        remarks.join(_of_records(records, skip_bad_rows=reading.skip_bad_rows))
        remarks.join(left_out)
    if faults:
        raise DataFaults(faults)
    remarks.add(spellings.remarks())


def _of_records(records: Records, *, skip_bad_rows: bool) -> Remarks:
    """What is told of records that could not be read. Raises DataFaults where they may not lack."""
    if records.faults and not skip_bad_rows:
        raise DataFaults(records.faults)
    return Remarks(Remark("left out", str(fault)) for fault in records.faults)


def _batches(records: Iterator[Record]) -> Iterator[Batch]:
    while batch := [(one.row, one.values) for one in islice(records, BATCH)]:
        yield batch


def _form(table: _Table) -> Form:
    """How the mapping says that the table is to be read."""
    asked = table.mapping.file
    return Form(**{name: getattr(asked, name) for name in Form.__struct_fields__})


def _counted(records: Records, name: str, told: Told) -> Iterator[Record]:
    """The records, of which it is told now and then how many there were."""
    count = 0
    for count, record in enumerate(records, 1):
        if count % EVERY == 0:
            told(name, count, records.share)
        yield record
    told(name, count, 1.0)


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
            faults.append(_contradiction(company.slug, error.measure, str(error)))
        else:
            if not faults:
                yield company.with_figures(figures)
    if faults:
        raise DataFaults(faults)


def _contradiction(slug: str, measure: str, message: str) -> Fault:
    return Fault("the data set", 0, 0, slug, measure, message)


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
