"""Data files into one data set, or one report of everything that is wrong with them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from ..errors import DataFaults, Fault
from ..profiles.company import Company, Dataset, Source
from ..profiles.measures import BUILT_IN, MOST_OWN, Catalogue, Measure
from .companies import CompanyReader
from .declaring import make_measure, make_source, misplaced, not_yet_out
from .document import Document, Path, read_document
from .entries import (
    CompanyEntry,
    DatasetEntry,
    Entry,
    MeasureEntry,
    MeasureName,
    SourceEntry,
    SourceName,
)
from .exchange import Exchange
from .preference import Preference
from .report import Report

HEAD = tuple(DatasetEntry.model_fields)
SECTIONS = ("sources", "measures", "rates", "companies", "tables")


class Declared(Struct, frozen=True):
    """What a table's mapping adds to the head of a data set, and the mapping's name for faults."""

    file: str
    head: Mapping[str, str]
    sources: tuple[Source, ...]
    measures: tuple[Measure, ...]


class DataFile(Struct, frozen=True):
    """A data file's name, as faults call it, and its bytes."""

    name: str
    content: bytes

    @classmethod
    def read(cls, path: FilePath) -> "DataFile":
        """The file at a path. Raises DataFaults where it cannot be read."""
        try:
            return cls(str(path), path.read_bytes())
        except OSError as error:
            reason = error.strerror or "unreadable"
            raise DataFaults([Fault(str(path), 0, 0, None, None, reason)]) from error


def digest(files: Iterable[DataFile]) -> str:
    """The SHA-256 of the files' contents in order; their names do not count."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(hashlib.sha256(file.content).digest())
    return whole.hexdigest()


def read_dataset(
    files: Sequence[DataFile], today: date, declared: Sequence[Declared] = ()
) -> Dataset:
    """The one data set that the files make together; `declared` is what tables add to its head.

    Raises DataFaults with every fault of content in every file; of a file whose syntax is broken,
    only up to the break.
    """
    report = Report()
    documents = [document for file in files if (document := _document(file, report))]
    head = _Head(report, today)
    for document in documents:
        head.read(document)
    for one in declared:
        head.add(one)
    rates = head.exchange.rates(head.currency, head.sources)
    prefer = head.preference.order(head.sources)
    catalogue = Catalogue(tuple(head.measures.values()))
    faulty = frozenset(head.faulty)
    companies = _Companies(report)
    for document in documents:
        dollar = head.dollars.get(document.file, "USD" if declared else head.currency)
        reader = CompanyReader(
            report, catalogue, head.sources, dollar, today, faulty, prefer=prefer
        )
        companies.read(document, reader)
    report.raise_if_any()
    return Dataset(
        title=head.entry.get("title", "Companies"),
        companies=tuple(companies.found),
        sources=tuple(head.sources.values()),
        description=head.entry.get("description", ""),
        classification=head.entry.get("classification", ""),
        currency=head.currency,
        rates=rates,
        catalogue=catalogue,
        digest=digest(files),
        prefer=prefer,
        aliases=dict(head.aliases),
    )


def _document(file: DataFile, report: Report) -> Document | None:
    try:
        document = read_document(file.content, file.name)
    except DataFaults as broken:
        report.faults += broken.faults
        return None
    report.faults += document.faults
    if isinstance(document.value, dict):
        return document
    found = "is empty" if document.value is None else "is no mapping"
    report.add(document, (), f"the file {found}; right would be the keys {', '.join(SECTIONS)}")
    return None


class _Head:
    """What must be known before any company is read: title, currency, sources, measures."""

    def __init__(self, report: Report, today: date) -> None:
        self.report, self.today = report, today
        self.entry: dict[str, str] = {}
        self.dollars: dict[str, str] = {}
        self.listing = False
        """Whether a file lists tables: then it is that which speaks for the whole data set."""
        self.preference = Preference(report)
        self.aliases: dict[str, str] = {}
        self.sources: dict[str, Source] = {}
        self.measures: dict[str, Measure] = {}
        self.faulty: set[str] = set()
        self.exchange = Exchange(report)

    @property
    def currency(self) -> str:
        return self.entry.get("currency", "USD")

    def read(self, document: Document) -> None:
        assert isinstance(document.value, dict)
        top = document.value
        self.report.refuse_strangers(document, (), top, (*HEAD, *SECTIONS))
        given = {key: top[key] for key in HEAD if key in top}
        if entry := self.report.validate(DatasetEntry, given, document, ()):
            lists = "tables" in top
            clash = entry.currency and entry.currency != self.entry.get("currency", entry.currency)
            if clash and not (lists or self.listing):
                message = f"another file says {self.currency}; a data set has one currency"
                self.report.add(document, ("currency",), message)
            told = entry.model_dump(exclude_none=True, exclude={"prefer", "currencies", "aliases"})
            self.entry = told | self.entry if self.listing and not lists else self.entry | told
            self.listing |= lists
            self.preference.read(document, entry.prefer)
            self.exchange.offer(document, entry.currencies)
            self.aliases |= entry.aliases
            if entry.currency:
                self.dollars[document.file] = entry.currency
        for key, value in section(document, "sources", dict, self.report).items():
            self.source(document, key, value)
        for key, value in section(document, "measures", dict, self.report).items():
            self.measure(document, key, value)
        self.exchange.read(document, section(document, "rates", list, self.report))

    def add(self, one: "Declared") -> None:
        """What a table's mapping declares; the same source or measure may be declared twice."""
        self.entry = {**one.head, **self.entry}
        for source in one.sources:
            if self.sources.setdefault(source.id, source) != source:
                self.clash(one.file, f"the source {source.id} is described otherwise elsewhere")
        for measure in one.measures:
            known = self.measures.setdefault(measure.key, self.listed(measure))
            if replace(known, listed=measure.listed) != measure:
                self.clash(one.file, f"the measure {measure.key} is declared otherwise elsewhere")

    def clash(self, file: str, message: str) -> None:
        self.report.faults.append(Fault(file, 0, 0, None, None, message))

    def named(self, document: Document, path: Path, names: type[Entry], key: str) -> bool:
        """Whether a key may name what stands at the path."""
        return self.report.validate(names, {"key": key}, document, path) is not None

    def source(self, document: Document, key: str, value: Any) -> None:
        path: Path = ("sources", key)
        entry = self.report.validate(SourceEntry, value, document, path)
        if key in self.sources:
            self.report.add(document, path, f"the source {key} is described in two files")
        if entry is None or not self.named(document, path, SourceName, key):
            # Known all the same, so that its figures are not reported once more.
            self.sources.setdefault(key, Source(key, key))
            return
        if wrong := not_yet_out(entry, self.today):
            self.report.add(document, (*path, "published"), wrong)
        self.sources[key] = make_source(key, entry)

    def measure(self, document: Document, key: str, value: Any) -> None:
        path: Path = ("measures", key)
        entry = self.report.validate(MeasureEntry, value, document, path)
        taken = (*(measure.key for measure in BUILT_IN), *CompanyEntry.model_fields, *self.measures)
        if key in taken:
            self.report.add(document, path, f"the name {key} is taken")
        elif entry is None or not self.named(document, path, MeasureName, key):
            self.faulty.add(key)
        else:
            self.measures[key] = self.listed(make_measure(key, entry))
            if wrong := misplaced(entry):
                self.report.add(document, (*path, "beside"), wrong)

    def listed(self, measure: Measure) -> Measure:
        """The measure as it comes after those declared before: the first so many are listed."""
        return replace(measure, listed=len(self.measures) < MOST_OWN)


class _Companies:
    """The companies of all files; no two share a slug, present or former."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.found: list[Company] = []
        self.taken: dict[str, str] = {}

    def read(self, document: Document, reader: CompanyReader) -> None:
        """The companies of a file."""
        values = section(document, "companies", list, self.report)
        for index, value in enumerate(values):
            path: Path = ("companies", index)
            self.claim(document, path, value)
            if company := reader.read(document, path, value):
                self.found.append(company)

    def claim(self, document: Document, path: Path, value: Any) -> None:
        """Note a fault for every slug that another company has taken."""
        if not isinstance(value, dict):
            return
        former = value.get("formerly") or []
        slugs = [("slug", value.get("slug"))]
        slugs += [("formerly", old) for old in (former if isinstance(former, list) else [former])]
        for key, slug in slugs:
            if not isinstance(slug, str):
                continue
            if slug in self.taken:
                message = f"the slug {slug} is taken by the company at {self.taken[slug]}"
                self.report.add(document, (*path, key), message, slug)
            else:
                mark = document.mark(path)
                self.taken[slug] = f"{document.file}:{mark.line}"


def section(document: Document, name: str, shape: type[Any], report: Report) -> Any:
    """A section of the file; empty where it is left out, or has the wrong shape, a fault."""
    assert isinstance(document.value, dict)
    value = document.value.get(name)
    if isinstance(value, shape):
        return value
    if value is not None:
        wanted = "a list" if shape is list else "a mapping"
        report.add(document, (name,), f"{name} must be {wanted}")
    return shape()
