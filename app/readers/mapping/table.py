"""A table through its mapping: a stream of companies, and one report of what is wrong."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ...errors import DataFaults, Fault
from ...profiles.company import Company
from ..records.record import Record
from .faults import FaultReport, RowFault
from .figures import figure_readers
from .headers import Header
from .identity import IdentityReader
from .joining import Joined
from .mapping import TableMapping
from .rows import Row
from .slugs import Slugs


class Mapped(Struct, frozen=True):
    """A company as a table tells it: its first row, what its rows share, and what they say.

    `key` is () where the mapping has none. Figures are those stated; none is worked out.
    """

    row: int
    key: tuple[str, ...]
    company: Company


class LeftOut(Struct, frozen=True):
    """A row that was left out because of its faults."""

    row: int
    name: str | None
    reason: str


class MappedTable:
    """One reading of one table. `faults`, `left_out` and `skipped` grow while rows are read.

    Raises DataFaults, at lines of the mapping file, where the columns do not fit the mapping.
    """

    def __init__(
        self,
        mapping: TableMapping,
        columns: Sequence[str],
        file: str,
        *,
        skip_bad_rows: bool = False,
    ) -> None:
        self.mapping, self.columns, self.file = mapping, tuple(columns), file
        self.skip_bad_rows = skip_bad_rows
        self.report = FaultReport()
        self.left_out: list[LeftOut] = []
        self.skipped = 0
        """Rows that the mapping says to skip."""
        header = Header(columns, mapping.document)
        self._identity = IdentityReader(mapping, header)
        self._figures = tuple(figure_readers(mapping, header))
        self._skips = tuple(_skips(mapping, header))
        self._slugs = Slugs()
        if header.faults:
            raise DataFaults(sorted(header.faults, key=lambda fault: (fault.line, fault.column)))
        self.unused = header.unused
        """Columns of which the mapping says nothing."""

    @property
    def one_by_one(self) -> bool:
        """Whether each row is a company of its own."""
        return not self._identity.key

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the rows read so far: the first of each kind, and how many more."""
        return self.report.as_faults(self.file, self.columns)

    def companies(self, records: Iterable[Record]) -> Iterator[Mapped]:
        """The companies of the rows, a row at a time; with a key, at the end in order of rows.

        With `skip_bad_rows` rows at fault are left out and listed in `left_out`. Else nothing
        more is yielded after the first fault, the remaining rows are only checked, and at the end
        DataFaults is raised: what was yielded before must not be kept then.
        """
        read = self._by_key(records) if self._identity.key else self._one_by_one(records)
        for mapped in read:
            if self.skip_bad_rows or not self.report:
                yield mapped
        if self.report and not self.skip_bad_rows:
            raise DataFaults(self.faults)

    def _one_by_one(self, records: Iterable[Record]) -> Iterator[Mapped]:
        for row, company in self._rows(records):
            yield Mapped(row.record.row, (), self.with_slug(company))

    def _by_key(self, records: Iterable[Record]) -> Iterator[Mapped]:
        """Rows of one key joined; a row whose key is blank is a company of its own."""
        joined: dict[tuple[str, ...] | int, Joined] = {}
        for row, company in self._rows(records):
            number = row.record.row
            key = row.key or number
            if (known := joined.get(key)) is None:
                joined[key] = Joined(number, self.with_slug(company))
            elif against := known.contradiction(company):
                row.fault(self._country, "the same country in all rows of a key", against)
                self.leave_out(row)
            else:
                known.add(company)
        for key, one in joined.items():
            yield Mapped(one.row, key if isinstance(key, tuple) else (), one.company())

    @property
    def _country(self) -> str:
        country = self._identity.country
        return country.column if country else ""

    def _rows(self, records: Iterable[Record]) -> Iterator[tuple[Row, Company]]:
        """The rows without faults, each with its company; the others go into the report."""
        for record in records:
            if (row := self.row(record)) is None:
                self.skipped += 1
                continue
            company = self.company(row)
            if company is None or row.faults:
                self.leave_out(row)
            else:
                yield row, company

    def row(self, record: Record) -> Row | None:
        """The row of a record; None where the mapping says to skip it."""
        row = Row(record)
        skipped = self._skips and any(row.cell(column) in texts for column, texts in self._skips)
        return None if skipped else row

    def company(self, row: Row) -> Company | None:
        """The company of a row, with the slug it wants; the row keeps what is wrong with it."""
        company = self._identity.read(row)
        read = [figure for reader in self._figures if (figure := reader.read(row))]
        return company.with_figures(tuple(read)) if company and read else company

    def with_slug(self, company: Company) -> Company:
        """The company with a slug of its own: rows must come in their order."""
        slug = self._slugs.claim(company.slug)
        return company if slug == company.slug else replace(company, slug=slug)

    def leave_out(self, row: Row) -> None:
        """Report the faults of a row, which is left out."""
        for fault in row.faults:
            self.report.add(fault)
        if self.skip_bad_rows:
            reason = "; ".join(_reason(fault) for fault in row.faults)
            self.left_out.append(LeftOut(row.record.row, row.name, reason))


def _reason(fault: RowFault) -> str:
    return f"{fault.column}: {fault}"


def _skips(mapping: TableMapping, header: Header) -> Iterator[tuple[str, frozenset[str]]]:
    for index, entry in enumerate(mapping.entry.skip):
        column = header.use(entry.column, ("skip", index, "column"))
        yield column, frozenset(text.strip() for text in entry.texts)
