"""Whole companies and sources, read by their keys."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler
from sqlalchemy import (
    Connection,
    Row,
    Table,
    and_,
    false,
    func,
    or_,
    select,
    text,
)

from ..errors import CompanyMoved, CompanyNotFound, SourceNotFound, Suggestion
from ..profiles.answer import Answer
from ..profiles.company import LONGEST_SLUG, Company, Source
from ..profiles.remarks import Remark
from ..profiles.results import Attributed, Line
from ..profiles.search import fold, words
from . import rows, tables
from .filters import BEYOND
from .listing import number_of
from .versions import Snapshot

CANDIDATES = 5000
"""Names compared for the closest; a larger data set is narrowed by first letters."""
CLOSEST = 3
LIKENESS = 60
LONGEST_TEXT = 100
"""Characters of a text that are compared with names."""


def get_companies(snapshot: Snapshot, slugs: Sequence[str]) -> tuple[Company, ...]:
    """The companies of these slugs, in their order; a slug that nobody has is left out."""
    wanted = [_cache_key(snapshot, slug) for slug in slugs if len(slug) <= LONGEST_SLUG]
    found = snapshot.cache.get_many(wanted, lambda missing: _read(snapshot, missing))
    return tuple(found[key] for key in wanted if key in found)


def _cache_key(snapshot: Snapshot, slug: str) -> tuple[Any, ...]:
    return (snapshot.identity, "company", slug)


def _read(snapshot: Snapshot, keys: Sequence[tuple[Any, ...]]) -> Mapping[Any, Company]:
    numbers = [number_of(snapshot, slug) for _, _, slug in keys]
    found = _companies(snapshot, [n for n in numbers if n is not None])
    return {_cache_key(snapshot, one.slug): one for one in found}


def _companies(snapshot: Snapshot, numbers: Sequence[int]) -> list[Company]:
    """The companies of some numbers, each with all its rows, in the order of slugs."""
    read = snapshot.connection
    if not numbers:
        return []
    found = sorted(rows_of(read, tables.company, numbers), key=lambda row: row.n)

    def of_companies(table: Table) -> Mapping[int, list[Row[Any]]]:
        grouped: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in rows_of(read, table, numbers):
            grouped[row.n].append(row)
        return {n: sorted(found, key=lambda row: row.position) for n, found in grouped.items()}

    statements, figures = of_companies(tables.statement), of_companies(tables.figure)
    order = {key: place for place, key in enumerate(snapshot.version.catalogue.keys)}
    made = (
        rows.company_of(
            row,
            statements.get(row.n, ()),
            sorted(figures.get(row.n, ()), key=lambda one: order[one.measure]),
        )
        for row in found
    )
    return [snapshot.version.seen(one) for one in made]


def rows_of(connection: Connection, table: Table, numbers: Sequence[int]) -> Iterable[Row[Any]]:
    """The rows of a table that belong to some companies.

    DuckDB finds those of one number at once, but reads a whole row group for each of many: 50
    companies of a million take 120 ms, and 40 ms if each is asked for by itself.
    """
    if connection.dialect.name == "duckdb" and len(numbers) > 1:
        columns = ", ".join(f'"{column.name}"' for column in table.c)
        each = (f"SELECT {columns} FROM {table.name} WHERE n = {int(n)}" for n in numbers)
        return connection.execute(text(" UNION ALL ".join(each)))
    return connection.execute(select(table).where(table.c.n.in_(numbers)))


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
    there = {company.slug for company in found}
    if missing := [slug for slug in slugs if slug not in there]:
        raise _not_found(snapshot, missing[0])
    return found


def _not_found(snapshot: Snapshot, slug: str) -> CompanyNotFound:
    near = closest_names(snapshot, slug.replace("-", " ")) if len(slug) <= LONGEST_SLUG else ()
    return CompanyNotFound(slug, near)


def answered_companies(
    snapshot: Snapshot, lines: Sequence[Line], period: int | None
) -> list[tuple[Answer, Company]]:
    """The companies of some lines of a list, each with its answer, in their order.

    With a period they have just the figures of that year.
    """
    answers = {_cache_key(snapshot, line.slug): line for line in lines}

    def read(missing: Sequence[tuple[Any, ...]]) -> Mapping[Any, Company]:
        numbers = [answers[key].n for key in missing]
        found = _companies(snapshot, numbers)
        return {_cache_key(snapshot, one.slug): one for one in found}

    found = snapshot.cache.get_many(list(answers), read)
    return [
        (line.answer, found[key].of_year(period) if period else found[key])
        for key, line in answers.items()
    ]


def known_slugs(snapshot: Snapshot, slugs: Iterable[str]) -> frozenset[str]:
    """Which of these slugs a company has now."""
    company = tables.company
    query = select(company.c.slug).where(company.c.slug.in_(list(slugs)))
    return frozenset(snapshot.connection.scalars(query))


def current_slug(snapshot: Snapshot, slug: str) -> str | None:
    """The present slug of a company that was filed under another one before, or None."""
    former, company = tables.former_slug, tables.company
    query = (
        select(company.c.slug)
        .join(former, former.c.n == company.c.n)
        .where(former.c.old == slug)
        .order_by(company.c.n)
        .limit(1)
    )
    return snapshot.connection.scalar(query) if len(slug) <= LONGEST_SLUG else None


def name_companies(snapshot: Snapshot, limit: int, after: str = "") -> tuple[Suggestion, ...]:
    """Slugs and names in the order of slugs, from behind `after`."""
    company = tables.company
    query = select(company.c.slug, company.c.name).where(company.c.slug > after)
    found = snapshot.connection.execute(query.order_by(company.c.slug).limit(limit))
    return tuple(Suggestion(slug, name) for slug, name in found)


def closest_names(snapshot: Snapshot, text: str) -> tuple[Suggestion, ...]:
    """The companies whose names or slugs are most like a text, best first.

    Only its first LONGEST_TEXT characters count: likeness takes time with the length of a text.
    """
    wanted = fold(text[:LONGEST_TEXT])
    scored = [(_likeness(wanted, one), one) for one in _candidates(snapshot, wanted)]
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
    if snapshot.version.companies <= CANDIDATES:
        return name_companies(snapshot, CANDIDATES)
    company, term = tables.company, tables.search_term.c.term
    starts = sorted({word[:2] for word in words(wanted)})
    begins = or_(false(), *(and_(term >= start, term < start + BEYOND) for start in starts))
    near = select(tables.search_term.c.n).where(begins)
    query = select(company.c.slug, company.c.name).where(company.c.n.in_(near))
    found = snapshot.connection.execute(query.order_by(company.c.n).limit(CANDIDATES))
    return tuple(Suggestion(slug, name) for slug, name in found)


def get_source(snapshot: Snapshot, source_id: str) -> Source:
    """The source of an id. Raises SourceNotFound."""
    source = snapshot.version.source(source_id)
    if source is None:
        raise SourceNotFound(source_id)
    return source


def count_figures(snapshot: Snapshot) -> dict[str, tuple[int, int]]:
    """For each source id that has any: how many figures come from it, and of how many companies."""
    held = tables.source.c
    query = select(held.id, held.figures, held.companies).where(held.figures > 0)
    found = snapshot.connection.execute(query.order_by(held.position))
    return {source: (figures, companies) for source, figures, companies in found}


def figures_of_source(
    snapshot: Snapshot, source_id: str, after: str, companies: int
) -> tuple[Attributed, ...]:
    """Every figure from a source, of so many companies from behind the slug `after`."""
    figure, company = tables.figure.c, tables.company.c
    first = select(func.count()).where(company.slug <= after).scalar_subquery()
    resting = select(figure.n).distinct().where(figure.source == source_id, figure.n >= first)
    query = resting.order_by(figure.n).limit(companies)
    numbers = list(snapshot.connection.scalars(query))
    return tuple(
        Attributed(one.slug, one.name, found)
        for one in _companies(snapshot, numbers)
        for found in one.figures
        if found.source == source_id
    )


def read_remarks(snapshot: Snapshot) -> tuple[Remark, ...]:
    """What a person should look at of the load: matched by name, left apart, left out."""
    remark = tables.remark
    query = select(remark.c.kind, remark.c.text).order_by(remark.c.position)
    return tuple(Remark(row.kind, row.text) for row in snapshot.connection.execute(query))
