"""Values to rows and back: the one place that knows the columns of each table.

Rows of a company carry no number yet: `load` puts it in front once the order of slugs is known.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec.structs import astuple

from ..profiles.company import About, Company, Head, Identifier, Place, Source, Statement
from ..profiles.facets import FACETS, NOT_STATED
from ..profiles.figure import Citation, Figure, Period, Rate, State
from ..profiles.interval import EVERYTHING, FROM_ZERO, Interval
from ..profiles.measures import Kind, Measure
from ..profiles.remarks import Remark
from ..profiles.search import fold, identifier_term, terms
from . import tables
from .tables import (
    IN_OTHER_CURRENCY,
    NONE_YET,
    NONE_YET_BUT,
    NOTHING_BUT,
    high_half,
    low_half,
)

if TYPE_CHECKING:
    from sqlalchemy import Column, Row, RowMapping, Table

Values: TypeAlias = Sequence[Any]
"""A row's values in the order of its table's columns, without a company's number."""
_STATES = {State.NONE: NONE_YET, State.UNKNOWN: None}
_WITH_ANOTHER = {NONE_YET: NONE_YET_BUT, None: NOTHING_BUT}
_encode = msgspec.json.Encoder().encode
_unpack = msgspec.json.Decoder(dict[str, list[dict[str, Any]]]).decode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode
_pairs = msgspec.json.Decoder(list[tuple[Any, Any]]).decode
_facets = msgspec.json.Decoder(dict[str, tuple[str, ...]]).decode


COMPANY_TABLES = (
    *(tables.company, tables.former_slug, tables.statement, tables.figure),
    *(tables.company_facet, tables.search_term),
)
"""The tables with rows of companies, besides `listing`."""
LISTING = "listing"


def columns_of(table: "Table") -> tuple["Column[Any]", ...]:
    """The columns of a table that rows have, all but the company's number."""
    return tuple(column for column in table.c if column.name != "n")


@lru_cache(maxsize=64)
def keys_of(many: int) -> tuple[str, ...]:
    """Short keys for so many columns of a packed row."""
    return tuple(f"{place:x}" for place in range(many))


class RowMaker:
    """Makes the rows of the companies of one data set."""

    def __init__(self, head: Head) -> None:
        self._rates, self._currency = head.rates, head.currency
        keys = [measure.key for measure in head.catalogue.listed]
        self._places = {key: 3 * place for place, key in enumerate(keys)}
        self._blank: list[Any] = [None] * 3 * len(keys)

    def pack(self, one: Company) -> bytes:
        """All rows of a company as one JSON object: by table, each row by `keys_of` its columns,
        NULL left out. DuckDB reads such objects itself.
        """
        found = self._rows(one)
        return _encode({table: list(map(_packed, rows)) for table, rows in found.items() if rows})

    def _rows(self, one: Company) -> dict[str, Sequence[Values]]:
        """All rows of a company by table."""
        identifiers = [(given.scheme, given.value) for given in one.identifiers]
        company = (one.slug, one.name, fold(one.name), _json(one.aliases), _json(one.formerly))
        return {
            "company": [(*company, _json(identifiers), facets_text(one))],
            "former_slug": [(old,) for old in one.formerly],
            "statement": [
                (place, said.about.value, said.text, said.claim, said.source, said.locator)
                for place, said in enumerate(one.statements)
            ],
            "figure": figure_rows(one),
            "company_facet": facet_rows(one),
            "search_term": [(term,) for term in terms_of(one)],
            LISTING: list(self._listing(one)),
        }

    def _listing(self, one: Company) -> Iterator[Values]:
        """A company's rows of `listing`: the latest figures, then those of each year that has any;
        as published, and in every currency that readers may choose.
        """
        for chosen in ("", *self._rates.offered):
            figures = one.in_currency(chosen, self._rates).figures if chosen else one.figures
            currency = chosen or self._currency
            yield (0, chosen, *self._bounds(figures, currency))
            of_years: dict[int, list[Figure]] = {}
            for figure in figures:
                if figure.period:
                    of_years.setdefault(figure.period.end.year, []).append(figure)
            for year, found in sorted(of_years.items()):
                yield (year, chosen, *self._bounds(found, currency))

    def _bounds(self, figures: Iterable[Figure], currency: str) -> list[Any]:
        """Low, high and state of each filterable measure's headline, its first figure.

        An amount in another currency than `currency` has no bounds: it cannot be compared.
        """
        values = self._blank.copy()
        seen = set()
        for figure in figures:
            if (place := self._places.get(figure.measure)) is None:
                continue
            interval = figure.interval
            if place in seen:
                state = values[place + 2]
                if interval is not None and state in _WITH_ANOTHER:
                    values[place + 2] = _WITH_ANOTHER[state]
                continue
            seen.add(place)
            if interval is None:
                values[place + 2] = _STATES[figure.state]
            elif figure.currency is not None and figure.currency != currency:
                values[place + 2] = IN_OTHER_CURRENCY
            else:
                values[place] = low_half(interval.low, is_open=interval.low_open)
                values[place + 1] = high_half(interval.high, is_open=interval.high_open)
                values[place + 2] = figure.state.value
        return values


def _packed(row: Values) -> dict[str, Any]:
    return {key: one for key, one in zip(keys_of(len(row)), row, strict=True) if one is not None}


class Unpacker:
    """Takes the rows out of packed companies of one data set, whose listing is given."""

    def __init__(self, listing: "Table") -> None:
        self.tables = (*COMPANY_TABLES, listing)
        fields: list[Any] = [(str(one.name), list[_row_type(one)], []) for one in self.tables]  # type: ignore[misc]
        self._decode = msgspec.json.Decoder(msgspec.defstruct("Rows", fields)).decode

    def rows(
        self, companies: Iterable[tuple[int, bytes]]
    ) -> Iterator[tuple["Table", list[Values]]]:
        """The rows of companies with their numbers, a table at a time."""
        found = [(n, self._decode(content)) for n, content in companies]
        for table in self.tables:
            place = list(table.c.keys()).index("n")
            yield (
                table,
                [
                    (*row[:place], n, *row[place:])
                    for n, one in found
                    for row in map(astuple, getattr(one, table.name))
                ],
            )


def _row_type(table: "Table") -> type[msgspec.Struct]:
    """The type of a table's packed rows."""
    keys = keys_of(len(columns_of(table)))
    names = {f"c{key}": key for key in keys}
    fields = [(name, Any, None) for name in names]
    return msgspec.defstruct(str(table.name), fields, rename=names, gc=False)


def repack(content: bytes, named: Company) -> bytes:
    """A packed company with slug and facets of another."""
    rows = _unpack(content)
    (company,) = rows["company"]
    keys = keys_of(len(columns_of(tables.company)))
    company[keys[0]], company[keys[-1]] = named.slug, facets_text(named)
    rows["company_facet"] = list(map(_packed, facet_rows(named)))
    return _encode(rows)


def _json(value: Any) -> str:
    return _encode(value).decode() if value else "[]"


@lru_cache(maxsize=4096)
def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@lru_cache(maxsize=4096)
def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=4096)
def _period(label: str, end: str) -> Period:
    return Period(label, date.fromisoformat(end))


def source_row(position: int, one: Source, figures: int, companies: int) -> Values:
    """A source, with how many figures come from it and of how many companies."""
    places = _json([[place.name, place.meaning] for place in one.places])
    return (
        *(position, one.id, one.title, one.author, one.kind, _iso(one.published), one.url),
        *(places, figures, companies),
    )


def source_of(row: "RowMapping") -> Source:
    """The source of a row."""
    return Source(
        row["id"],
        row["title"],
        row["author"],
        row["kind"],
        _day(row["published"]),
        row["url"],
        tuple(Place(name, meaning) for name, meaning in json.loads(row["places"])),
    )


def rate_row(position: int, one: Rate) -> Values:
    """An exchange rate."""
    return (
        *(position, one.base, one.quote, str(one.value)),
        *(one.period.label, one.period.end.isoformat(), one.yearly, one.source, one.locator),
    )


def rate_of(row: "RowMapping") -> Rate:
    """The exchange rate of a row."""
    return Rate(
        row["base"],
        row["quote"],
        Decimal(row["value"]),
        Period(row["period"], date.fromisoformat(row["period_end"])),
        bool(row["yearly"]),
        row["source"],
        row["locator"],
    )


def measure_row(position: int, one: Measure) -> Values:
    """A measure of the data set's own."""
    return (
        *(position, one.key, one.label, one.kind.value, one.unit, one.help, _json(one.words)),
        *(one.listed, one.signed, one.beside),
    )


def measure_of(row: "RowMapping") -> Measure:
    """The measure of a row."""
    return Measure(
        row["key"],
        row["label"],
        Kind(row["kind"]),
        row["unit"],
        row["help"],
        domain=EVERYTHING if row["signed"] else FROM_ZERO,
        words=tuple(json.loads(row["words"])),
        listed=bool(row["listed"]),
        beside=row["beside"],
    )


def remark_row(position: int, one: Remark) -> Values:
    """A remark of a load."""
    return position, one.kind, one.text


def company_of(row: "Row[Any]", statements: Iterable[Values], figures: Iterable[Values]) -> Company:
    """The company of its own row and of those of its statements and figures, in their order."""
    facets = _facets(row.facets)
    return Company(
        slug=row.slug,
        name=row.name,
        aliases=_texts(row.aliases),
        formerly=_texts(row.formerly),
        industries=facets.get("industry", ()),
        country=next(iter(facets.get("country", ())), None),
        tags=facets.get("tag", ()),
        identifiers=tuple(Identifier(*pair) for pair in _pairs(row.identifiers)),
        statements=tuple(map(_statement_of, statements)),
        figures=tuple(map(_figure_of, figures)),
    )


def facet_rows(one: Company) -> list[Values]:
    """A company's values of every facet, each once, behind the facet's key; NOT_STATED if none."""
    return _filed(one.industries, one.country, one.tags)[0]


def facets_text(one: Company) -> str:
    """A company's values of every facet as its own row has them."""
    return _filed(one.industries, one.country, one.tags)[1]


@lru_cache(maxsize=4096)
def _filed(
    industries: tuple[str, ...], country: str | None, tags: tuple[str, ...]
) -> tuple[list[Values], str]:
    """The values of every facet as rows and as text: many companies share them."""
    one = Company("", "", industries=industries, country=country, tags=tags)
    filed = {facet.key: facet.values(one) for facet in FACETS}
    stated = {key: values for key, values in filed.items() if values}
    rows: list[Values] = [(key, value) for key in filed for value in filed[key] or (NOT_STATED,)]
    return rows, _encode(stated).decode()


def terms_of(one: Company) -> list[str]:
    """The terms by which a search finds a company, each once."""
    found = terms(one.name)
    if one.aliases or one.statements:
        found = found.union(*(terms(text) for text in one.searched))
    if one.identifiers:
        found |= {term for given in one.identifiers if (term := identifier_term(given.value))}
    return sorted(found)


def _statement_of(row: Values) -> Statement:
    _, _, about, text, claim, source, locator = row
    return Statement(About(about), text, bool(claim), source, locator)


def figure_rows(one: Company) -> list[Values]:
    """Every figure of a company; position 0 of a measure is its headline."""
    made: list[Values] = []
    seen: dict[str, int] = {}
    for figure in one.figures:
        measure, period, interval = figure.measure, figure.period, figure.interval
        position = seen[measure] = seen.get(measure, -1) + 1
        bounds: Values = (
            (interval.low, interval.high, interval.low_open, interval.high_open)
            if interval
            else (None, None, False, False)
        )
        made.append(
            (
                *(measure, position, figure.state.value, *bounds, figure.currency),
                period.label if period else None,
                _iso(period.end) if period else None,
                *(_iso(figure.published), figure.as_stated, figure.source),
                _json([(cited.locator, cited.as_stated) for cited in figure.citations]),
                *(figure.derivation, figure.note),
            )
        )
    return made


def _figure_of(row: Values) -> Figure:
    _, measure, _, word, low, high, low_open, high_open, *others = row
    currency, period, period_end, published, as_stated, source, citations, derivation, note = others
    state = State(word)
    known = state in (State.STATED, State.DERIVED)
    return Figure(
        measure,
        state,
        Interval(low, high, bool(low_open), bool(high_open)) if known else None,
        currency,
        _period(period, period_end) if period_end else None,
        _day(published),
        as_stated,
        source,
        tuple(Citation(*pair) for pair in _pairs(citations)),
        derivation,
        note,
    )
