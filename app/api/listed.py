"""What a filter lists as tables: a row per company, a row per figure, and both as a workbook."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from ..profiles.filter import CompanyFilter
from ..profiles.version import Version
from ..store.listing import every_line
from ..store.profiles import answered_companies
from ..store.versions import Snapshot
from .columns import (
    FIGURES,
    SOURCES,
    Listed,
    Resting,
    Stated,
    company_columns,
    figures_of,
)
from .tables import Table
from .workbook import Sheet, open_workbook


def listed(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[Listed]:
    """The companies that the list shows, in its order; few are held at once."""
    for lines in every_line(snapshot, asked):
        for answer, company in answered_companies(snapshot, lines, asked.period):
            yield Listed.of(company, answer)


def companies(snapshot: Snapshot, asked: CompanyFilter) -> Table[Listed]:
    """A row per company."""
    return Table(company_columns(snapshot.version.catalogue), listed(snapshot, asked))


def figures(snapshot: Snapshot, asked: CompanyFilter) -> Table[Stated]:
    """A row per figure of the same companies; nothing of those without any figure."""
    catalogue = snapshot.version.catalogue
    found = (one for row in listed(snapshot, asked) for one in figures_of(row.company, catalogue))
    return Table(FIGURES, found)


def sources(version: Version, figures: Counter[str | None]) -> Table[Resting]:
    """A row per source of the data set, with how many of these figures rest on it."""
    numbered = enumerate(version.sources, 1)
    return Table(SOURCES, [Resting(n, source, figures[source.id]) for n, source in numbered])


def write_workbook(snapshot: Snapshot, asked: CompanyFilter, file: IO[bytes]) -> None:
    """The companies, all sources and the figures, in one walk through the list."""
    version, resting = snapshot.version, Counter[str | None]()
    wide, long = Table(company_columns(version.catalogue), ()), Table(FIGURES, ())
    made = datetime.fromisoformat(version.loaded_at)
    with open_workbook(file, version.title, made) as workbook:
        about = Sheet(workbook, "Companies", wide.columns)
        cited = Sheet(workbook, "Sources", SOURCES)
        every = Sheet(workbook, "Figures", long.columns)
        for row in listed(snapshot, asked):
            about.add(wide.cells(row))
            for one in figures_of(row.company, version.catalogue):
                every.add(long.cells(one))
                resting[one.figure.source] += 1
        for cells in sources(version, resting):
            cited.add(cells)
