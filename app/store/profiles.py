"""Whole companies and sources, read by their keys."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from msgspec import Struct
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from sqlalchemy import Row, Select, Table, bindparam, select

from ..errors import CompanyMoved, CompanyNotFound, SourceNotFound, Suggestion
from ..profiles.answer import Answer
from ..profiles.company import Company, Source
from ..profiles.figure import Figure
from ..profiles.remarks import Remark
from ..profiles.search import fold, words
from . import rows, tables
from .columns import Places
from .facets import SOURCE
from .filed import read_facet
from .listing import Line
from .snapshot import Snapshot
from .texts import BEYOND, slug_mark, slugs_at, with_term

CANDIDATES = 5000
"""Names looked through for the closest; a larger data set is narrowed by first letters."""
CLOSEST = 3
LIKENESS = 60


def get_companies(snapshot: Snapshot, slugs: Sequence[str]) -> tuple[Company, ...]:
    """The companies of these slugs, in their order; a slug that nobody has is left out."""
    found = snapshot.companies.gather(slugs, lambda missing: _read(snapshot, missing))
    return tuple(found[slug] for slug in slugs if slug in found)


def _read(snapshot: Snapshot, slugs: Sequence[str]) -> Mapping[str, Company]:
    parts = _Parts(snapshot, slugs)
    return {slug: parts.company(row) for slug, row in parts.companies.items()}


def get_headlines(
    snapshot: Snapshot, slugs: Sequence[str], keys: Sequence[str]
) -> Mapping[str, Company]:
    """Companies by their slugs, with just the headlines of some measures and nothing said of them;
    a slug that nobody has is left out.
    """
    asked = {"generation": snapshot.edition.generation, "slugs": slugs, "measures": keys}
    figures = _grouped(snapshot.connection.execute(_HEADLINES, asked))
    found = snapshot.connection.execute(_COMPANIES, asked).all()
    made = (rows.company_of(row, (), figures[row.slug]) for row in found)
    return {company.slug: snapshot.edition.seen(company) for company in made}


def get_company(snapshot: Snapshot, slug: str) -> Company:
    """The company of a slug.

    Raises CompanyMoved for one it had before, else CompanyNotFound with the closest names.
    """
    if found := get_companies(snapshot, (slug,)):
        return found[0]
    if present := current_slug(snapshot, slug):
        raise CompanyMoved(slug, present)
    raise _not_found(snapshot, slug)


def get_every_company(snapshot: Snapshot, slugs: Sequence[str]) -> tuple[Company, ...]:
    """The companies of these slugs, in their order. Raises CompanyNotFound for one missing."""
    found = get_companies(snapshot, slugs)
    missing = [slug for slug in slugs if slug not in {company.slug for company in found}]
    if missing:
        raise _not_found(snapshot, missing[0])
    return found


def _not_found(snapshot: Snapshot, slug: str) -> CompanyNotFound:
    return CompanyNotFound(slug, closest_names(snapshot, slug.replace("-", " ")))


def answered_companies(
    snapshot: Snapshot, lines: Sequence[Line], period: int | None
) -> list[tuple[Answer, Company]]:
    """The companies of some lines of a list, each with its answer, in their order.

    With a period they have just the figures of that year.
    """
    companies = get_companies(snapshot, [line.slug for line in lines])
    shown = (company.of_year(period) if period else company for company in companies)
    return list(zip((line.answer for line in lines), shown, strict=True))


def known_slugs(snapshot: Snapshot, slugs: Iterable[str]) -> frozenset[str]:
    """Which of these slugs a company has now."""
    company = tables.company
    query = select(company.c.slug).where(snapshot.of(company), company.c.slug.in_(list(slugs)))
    return frozenset(snapshot.connection.scalars(query))


def _of_slugs(table: Table, *order: str) -> Select[Any]:
    """The rows of some companies, written once since every page asks for some."""
    of_them = select(table).where(
        table.c.generation == bindparam("generation"),
        table.c.slug.in_(bindparam("slugs", expanding=True)),
    )
    return of_them.order_by(*(table.c[name] for name in order), table.c.slug)


_COMPANIES = _of_slugs(tables.company)
_STATEMENTS = _of_slugs(tables.statement, "position")
_FIGURES = _of_slugs(tables.figure, "position")
_HEADLINES = _of_slugs(tables.figure).where(
    tables.figure.c.measure.in_(bindparam("measures", expanding=True)),
    tables.figure.c.position == 0,
)


def _grouped(found: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    """Rows by the slugs of their companies."""
    grouped: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in found:
        grouped[row.slug].append(row)
    return grouped


class _Parts:
    """All rows of some companies, one query a table."""

    def __init__(self, snapshot: Snapshot, slugs: Sequence[str]) -> None:
        self.snapshot, self.slugs = snapshot, slugs
        self.companies = {row.slug: row for row in self._rows(_COMPANIES)}
        self.statements = _grouped(self._rows(_STATEMENTS))
        self.figures = _grouped(self._rows(_FIGURES))
        self.order = {key: place for place, key in enumerate(snapshot.edition.catalogue.keys)}

    def _rows(self, query: Select[Any]) -> Iterable[Row[Any]]:
        asked = {"generation": self.snapshot.edition.generation, "slugs": self.slugs}
        return self.snapshot.connection.execute(query, asked)

    def company(self, row: Row[Any]) -> Company:
        slug = row.slug
        figures = sorted(self.figures[slug], key=lambda row: self.order[row.measure])
        company = rows.company_of(row, self.statements[slug], figures)
        return self.snapshot.edition.seen(company)


def current_slug(snapshot: Snapshot, slug: str) -> str | None:
    """The slug under which a company filed under an older one is found now, or None."""
    former = tables.former_slug
    query = select(former.c.slug).where(snapshot.of(former), former.c.old == slug)
    found = snapshot.connection.scalar(query.order_by(former.c.slug).limit(1))
    return str(found) if found else None


def name_companies(snapshot: Snapshot, limit: int, after: str = "") -> tuple[Suggestion, ...]:
    """Slugs and names in the order of slugs, from behind `after`."""
    company = tables.company
    query = select(company.c.slug, company.c.name).where(
        snapshot.of(company), company.c.slug > after
    )
    found = snapshot.connection.execute(query.order_by(company.c.slug).limit(limit))
    return tuple(Suggestion(slug, name) for slug, name in found)


def closest_names(snapshot: Snapshot, text: str) -> tuple[Suggestion, ...]:
    """The companies whose names or slugs are most like a text, best first."""
    wanted = fold(text)
    candidates = _candidates(snapshot, wanted)
    scored = [(_likeness(wanted, one), one) for one in candidates]
    near = sorted(scored, key=lambda pair: (*(-part for part in pair[0]), pair[1].slug))
    return tuple(one for score, one in near[:CLOSEST] if score[0] >= LIKENESS)


def _likeness(wanted: str, one: Suggestion) -> tuple[float, float]:
    """How like a text a company's name or slug is, out of 100; of equals, how alike they begin."""
    texts = (fold(one.name), one.slug.replace("-", " "))
    return (
        max(fuzz.WRatio(wanted, text) for text in texts),
        max(JaroWinkler.similarity(wanted, text) for text in texts),
    )


def _candidates(snapshot: Snapshot, wanted: str) -> tuple[Suggestion, ...]:
    if snapshot.edition.companies <= CANDIDATES:
        return name_companies(snapshot, CANDIDATES)
    company, size = tables.company, snapshot.edition.companies
    begins = np.zeros(size, bool)
    for start in {word[:2] for word in words(wanted)}:
        begins |= with_term(snapshot, start, start + BEYOND, size)
    slugs = slugs_at(snapshot, np.nonzero(begins)[0][:CANDIDATES]).values()
    query = select(company.c.slug, company.c.name).where(
        snapshot.of(company), company.c.slug.in_(list(slugs))
    )
    found = snapshot.connection.execute(query.order_by(company.c.slug))
    return tuple(Suggestion(slug, name) for slug, name in found)


class Attributed(Struct, frozen=True):
    """A figure with the company it belongs to."""

    slug: str
    name: str
    figure: Figure


def get_source(snapshot: Snapshot, source_id: str) -> Source:
    """The source of an id. Raises SourceNotFound."""
    source = snapshot.edition.source(source_id)
    if source is None:
        raise SourceNotFound(source_id)
    return source


def count_figures(snapshot: Snapshot) -> dict[str, tuple[int, int]]:
    """For each source id, how many figures rest on it and of how many companies, if any do."""
    held = tables.source.c
    query = select(held.id, held.figures, held.companies).where(snapshot.of(tables.source))
    found = snapshot.connection.execute(query.where(held.figures > 0))
    return {source: (figures, companies) for source, figures, companies in found}


def figures_of_source(
    snapshot: Snapshot, source_id: str, after: str, companies: int
) -> tuple[Attributed, ...]:
    """Every figure that rests on a source, of so many companies from behind the slug `after`."""
    behind = (slug_mark(snapshot, after) + 2) // 2
    places = np.concatenate([np.zeros(0, np.uint32), *_resting(snapshot, source_id)])
    places = places[places >= behind][:companies]
    slugs = slugs_at(snapshot, places)
    return tuple(
        Attributed(company.slug, company.name, one)
        for company in get_companies(snapshot, [slugs[place] for place in map(int, places)])
        for one in company.figures
        if one.source == source_id
    )


def _resting(snapshot: Snapshot, source_id: str) -> Iterator[Places]:
    """The places of the companies whose figures rest on a source, in rising order."""
    held = tables.facet_value
    of_source = select(held.c.code).where(
        snapshot.of(held), held.c.facet == SOURCE, held.c.value == source_id
    )
    code = snapshot.connection.scalar(of_source)
    for places, codes in read_facet(snapshot, SOURCE):
        yield places[codes == code]


def read_remarks(snapshot: Snapshot) -> tuple[Remark, ...]:
    """What a person should look at of the load: matched by name, left apart, left out."""
    remark = tables.remark
    query = select(remark.c.kind, remark.c.text).where(snapshot.of(remark))
    found = snapshot.connection.execute(query.order_by(remark.c.position))
    return tuple(Remark(row.kind, row.text) for row in found)
