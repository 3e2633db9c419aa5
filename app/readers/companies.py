"""One company of a data file into a Company with its figures worked out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from ..profiles.company import About, Company, Identifier, Source, Statement
from ..profiles.figure import Citation, Figure, Period, State
from ..profiles.headline import Contradiction, complete
from ..profiles.measures import Catalogue, Kind, Measure
from ..profiles.notation import (
    NotationError,
    Reading,
    UnreadableError,
    read_notation,
    within_domain,
)
from .document import Document, Path
from .entries import (
    CompanyEntry,
    Entry,
    FigureEntry,
    Figures,
    LocatorEntry,
    StatementEntry,
)
from .report import Report, undescribed

STATEMENTS = {
    "place": About.PLACE,
    "activities": About.ACTIVITY,
    "highlights": About.HIGHLIGHT,
    "notes": About.NOTE,
}


class FigureList(Entry):
    """The figures of one measure, in any of the forms that are accepted."""

    figures: Figures


class CompanyReader(Struct, frozen=True):
    """Reads companies against the sources and measures that the files describe."""

    report: Report
    catalogue: Catalogue
    sources: Mapping[str, Source]
    dollar: str
    today: date
    faulty: frozenset[str] = frozenset()
    """Measures that are at fault themselves: their figures are passed over."""
    prefer: Sequence[str] = ()
    """The order of sources where several tell one figure."""

    def read(self, document: Document, path: Path, value: Any) -> Company | None:
        """The company, or None where it has faults; they are in the report."""
        before = len(self.report.faults)
        one = _One(self, document, path, value)
        company = one.company()
        return company if len(self.report.faults) == before else None


class _One:
    """One company being read: where it stands, what it is called, what it says by default."""

    def __init__(self, reader: CompanyReader, document: Document, path: Path, value: Any) -> None:
        self.reader, self.document, self.path = reader, document, path
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        named = self.value.get("slug") or self.value.get("name")
        self.named = named if isinstance(named, str) else None
        self.entry: CompanyEntry | None = None

    def fault(self, path: Path, message: str) -> None:
        self.reader.report.add(self.document, (*self.path, *path), message, self.named)

    def company(self) -> Company | None:
        measures, known = self.reader.catalogue.keys, CompanyEntry.model_fields
        identity = {key: value for key, value in self.value.items() if key in known}
        self.reader.report.refuse_strangers(
            self.document,
            self.path,
            self.value,
            (*known, *measures, *self.reader.faulty),
            self.named,
        )
        self.entry = self.reader.report.validate(
            CompanyEntry, identity, self.document, self.path, self.named
        )
        if self.entry and self.entry.source and self.entry.source not in self.reader.sources:
            self.fault(("source",), undescribed(self.entry.source, self.reader.sources))
        figures = [
            figure
            for measure in self.reader.catalogue
            if measure.key in self.value
            for figure in self.figures(measure)
        ]
        return self.assemble(self.entry, figures) if self.entry else None

    def assemble(self, entry: CompanyEntry, stated: list[Figure]) -> Company | None:
        statements = [
            self.statement(about, said, (key, index))
            for key, about in STATEMENTS.items()
            for index, said in enumerate(getattr(entry, key))
        ]
        try:
            figures = complete(stated, self.reader.catalogue, self.reader.prefer)
        except Contradiction as error:
            self.fault((error.measure,), str(error))
            return None
        return Company(
            slug=entry.slug,
            name=entry.name,
            aliases=tuple(entry.aliases),
            formerly=tuple(entry.formerly),
            industries=tuple(entry.industries),
            country=entry.country,
            tags=tuple(entry.tags),
            identifiers=tuple(
                Identifier(scheme, value)
                for scheme, values in entry.identifiers.items()
                for value in values
            ),
            statements=tuple(statements),
            figures=figures,
        )

    def statement(self, about: About, said: StatementEntry, path: Path) -> Statement:
        locator = said.locator or (self.entry.locator if self.entry else None)
        return Statement(about, said.text, said.claim, self.source(said.source, path), locator)

    def source(self, given: str | None, path: Path) -> str | None:
        """The id of the source given here or for the company. Notes a fault if it is not known.

        A company's own source is at fault once, at its own place.
        """
        default = self.value.get("source")
        if given is None and default is None:
            self.fault(path, "rests on no source; name one here or for the company")
        elif given is not None and given not in self.reader.sources:
            self.fault((*path, "source"), undescribed(given, self.reader.sources))
        return given or (default if isinstance(default, str) else None)

    def figures(self, measure: Measure) -> list[Figure]:
        entry = self.reader.report.validate(
            FigureList,
            {"figures": self.value[measure.key]},
            self.document,
            (*self.path, measure.key),
            self.named,
        )
        if entry is None:
            return []
        several = isinstance(self.value[measure.key], list)
        read = (
            self.figure(measure, figure, (measure.key, index) if several else (measure.key,))
            for index, figure in enumerate(entry.figures)
        )
        return [figure for figure in read if figure]

    def figure(self, measure: Measure, entry: FigureEntry, path: Path) -> Figure | None:
        if (entry.stated is None) == (entry.none is None):
            self.fault(path, "a figure has either stated or none")
            return None
        if entry.none is not None and (entry.low or entry.high):
            self.fault(path, "what is none yet has no low and high")
        source = self.source(entry.source, path)
        period = Period(entry.period.label, entry.period.end) if entry.period else None
        if period and period.end.year > self.reader.today.year:
            self.fault((*path, "period"), f"the period {period.label} lies in the future")
        reading = self.reading(measure, entry, path) if entry.stated else None
        if entry.stated and reading is None:
            return None
        document = self.reader.sources.get(source or "")
        return Figure(
            measure=measure.key,
            state=State.STATED if reading else State.NONE,
            interval=reading.interval if reading else None,
            currency=reading.currency if reading else None,
            period=period,
            published=document.published if document else None,
            as_stated=entry.stated or entry.none,
            source=source,
            citations=self.citations(measure, entry, reading, path),
            note=entry.note,
        )

    def reading(self, measure: Measure, entry: FigureEntry, path: Path) -> Reading | None:
        assert entry.stated is not None
        try:
            stated = self.checked(measure, self.read(measure, entry.stated))
        except UnreadableError as error:
            if entry.low is not None or entry.high is not None:
                return self.bounds(measure, entry, path)
            self.fault((*path, "stated"), str(error))
            return None
        except NotationError as error:
            self.fault((*path, "stated"), str(error))
            return None
        if entry.low is not None or entry.high is not None:
            message = f"“{entry.stated}” can be read as it is; leave low and high out"
            self.fault((*path, "low" if entry.low else "high"), message)
        return stated

    def read(self, measure: Measure, text: str) -> Reading:
        return read_notation(text, measure, self.reader.dollar)

    def bounds(self, measure: Measure, entry: FigureEntry, path: Path) -> Reading | None:
        """The interval of explicit bounds, each a plain number; both ends are closed."""
        ends = {"low": entry.low, "high": entry.high}
        read = {
            name: self.bound(measure, text, (*path, name)) if text else None
            for name, text in ends.items()
        }
        if any(ends[name] and end is None for name, end in read.items()):
            return None
        currencies = {end.currency for end in read.values() if end}
        if len(currencies) > 1:
            self.fault(path, "low and high are in two currencies")
            return None
        low, high = (end.interval.exact if end else None for end in read.values())
        try:
            interval = within_domain((low, high, False, False), measure)
            return self.checked(measure, Reading(interval, currencies.pop()))
        except NotationError as error:
            self.fault(path, str(error))
            return None

    def bound(self, measure: Measure, text: str, path: Path) -> Reading | None:
        try:
            reading = self.read(measure, text)
        except NotationError as error:
            self.fault(path, str(error))
            return None
        if reading.interval.exact is None:
            self.fault(path, f"“{text}” is not one number; low and high are plain numbers")
            return None
        return reading

    def checked(self, measure: Measure, reading: Reading) -> Reading:
        latest = reading.interval.low
        if measure.kind is Kind.YEAR and latest is not None and latest > self.reader.today.year:
            raise NotationError(f"the year {latest} lies in the future")
        return reading

    def citations(
        self, measure: Measure, entry: FigureEntry, reading: Reading | None, path: Path
    ) -> tuple[Citation, ...]:
        """Where the figure stands; every form printed must say the same interval."""
        default = self.entry.locator if self.entry else None
        places = entry.locator or ([LocatorEntry(at=default)] if default else [])
        for index, place in enumerate(places):
            if place.stated and reading:
                self.same(measure, place.stated, reading, (*path, "locator", index))
        printed = entry.stated or entry.none or ""
        return tuple(Citation(place.at, place.stated or printed) for place in places)

    def same(self, measure: Measure, text: str, reading: Reading, path: Path) -> None:
        try:
            if self.read(measure, text) != reading:
                self.fault(path, f"“{text}” is another figure; list it as a figure of its own")
        except NotationError as error:
            self.fault(path, str(error))
