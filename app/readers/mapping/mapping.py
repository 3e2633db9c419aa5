"""A mapping file, read and checked against itself; the table it speaks of is not looked at."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct

from ...profiles.company import Source
from ...profiles.interval import EVERYTHING, FROM_ZERO
from ...profiles.measures import BUILT_IN, Catalogue, Kind, Measure
from ..dataset import DataFile
from ..declaring import make_measure, make_source, misplaced, not_yet_out
from ..document import Document, Path, read_document
from ..entries import CompanyEntry
from ..report import Report, stranger
from .entries import (
    FigureColumnEntry,
    FileEntry,
    MappingEntry,
    NamedSourceEntry,
)
from .headers import PatternError, read_pattern


class TableMapping(Struct, frozen=True):
    """A mapping without faults of its own: what the table tells, and in which columns.

    `own` are the measures that it declares. `document` places faults that show later, when the
    columns of a table are known; no year or period may end after that of `today`.
    """

    entry: MappingEntry
    source: Source
    own: tuple[Measure, ...]
    document: Document
    today: date

    @property
    def file(self) -> FileEntry:
        """How the table's file is to be read."""
        return self.entry.file

    @property
    def catalogue(self) -> Catalogue:
        """The built-in measures and those that the mapping declares."""
        return Catalogue(self.own)

    @property
    def currency(self) -> str:
        """The ISO code that `$` alone means."""
        return self.entry.currency or "USD"


def read_mapping(file: DataFile, today: date) -> TableMapping:
    """The mapping that a YAML file holds; `docs/mapping.md` tells its keys.

    Raises DataFaults with every fault, each at its line and column.
    """
    report = Report()
    document = read_document(file.content, file.name)
    report.faults += document.faults
    value = document.value if document.value is not None else {}
    entry = report.validate(MappingEntry, value, document, ())
    if entry is None:
        report.raise_if_any()
    assert entry is not None
    checks = _Checks(report, document, entry)
    checks.source(entry.source, today)
    own = tuple(checks.measures())
    checks.figures(Catalogue(own))
    report.raise_if_any()
    return TableMapping(entry, make_source(entry.source.id, entry.source), own, document, today)


class _Checks(Struct, frozen=True):
    """What the models alone cannot tell: that the parts of a mapping fit each other."""

    report: Report
    document: Document
    entry: MappingEntry

    def fault(self, path: Path, message: str) -> None:
        self.report.add(self.document, path, message)

    def source(self, entry: NamedSourceEntry, today: date) -> None:
        if wrong := not_yet_out(entry, today):
            self.fault(("source", "published"), wrong)

    def measures(self) -> Iterable[Measure]:
        """The measures declared, but for those whose name is taken."""
        taken = {*(measure.key for measure in BUILT_IN), *CompanyEntry.model_fields}
        for key, entry in self.entry.measures.items():
            if key in taken:
                self.fault(("measures", key), f"the name {key} is taken")
                continue
            if entry.negative and entry.kind is Kind.YEAR:
                self.fault(("measures", key, "negative"), "a year cannot lie below zero")
            if wrong := misplaced(entry):
                self.fault(("measures", key, "beside"), wrong)
            yield make_measure(key, entry, EVERYTHING if entry.negative else FROM_ZERO)

    def figures(self, catalogue: Catalogue) -> None:
        known = dict(zip(catalogue.keys, catalogue, strict=True))
        for index, entry in enumerate(self.entry.figures):
            path: Path = ("figures", index)
            if measure := known.get(entry.measure):
                self.unit(path, entry, measure.kind)
            else:
                message = stranger(entry.measure, known).replace("unknown key", "unknown measure")
                self.fault((*path, "measure"), message)
            self.place(path, entry)

    def unit(self, path: Path, entry: FigureColumnEntry, kind: Kind) -> None:
        for key, why in misfits(entry, kind).items():
            self.fault((*path, key), why)

    def place(self, path: Path, entry: FigureColumnEntry) -> None:
        """The column is named, or matched by a pattern; a pattern may hold the period."""
        if (entry.column is None) == (entry.match is None):
            self.fault(path, "a figure has either column or match")
        if entry.match is None:
            return
        try:
            pattern = read_pattern(entry.match)
        except PatternError as error:
            self.fault((*path, "match"), str(error))
            return
        if pattern.dated and entry.period:
            self.fault((*path, "period"), "the pattern holds the period; leave one of them out")


def misfits(entry: FigureColumnEntry, kind: Kind) -> Mapping[str, str]:
    """The keys of a figure that do not fit the kind of its measure, each with the reason."""
    found: dict[str, str] = {}
    if entry.percent and kind is not Kind.SHARE:
        found["percent"] = "only a share is counted in percent"
    if entry.percent and entry.times:
        found["times"] = "percent says already what one unit is; leave one of them out"
    if entry.currency and kind is not Kind.MONEY:
        found["currency"] = "only an amount of money has a currency"
    if entry.times and kind is Kind.YEAR:
        found["times"] = "a year is not multiplied"
    return MappingProxyType(found)
