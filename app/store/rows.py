"""Values into rows and back: the one place where a figure's columns are named."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from ..profiles.company import About, Company, Identifier, Place, Source, Statement
from ..profiles.facets import FACETS
from ..profiles.figure import Citation, Figure, Period, Rate, State
from ..profiles.interval import EVERYTHING, FROM_ZERO, Interval
from ..profiles.measures import Kind, Measure
from ..profiles.search import identifier_term, terms

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

Row = dict[str, Any]
Stored = Sequence[Any]
"""A row as it is read, with its values in the order of its table's columns."""
Values = tuple[Any, ...]
"""A row of a company, in the order of its table's columns behind the generation."""
_WORDS = {state: state.value for state in State}
_NO_BOUNDS = (None, None, 0, 0)
_encode = msgspec.json.Encoder().encode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode
_pairs = msgspec.json.Decoder(list[tuple[Any, Any]]).decode
_filed_of = msgspec.json.Decoder(dict[str, tuple[str, ...]]).decode


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


def source_row(position: int, one: Source, figures: int, companies: int) -> Row:
    """A source as it is stored, with how many figures rest on it and of how many companies."""
    return {
        "id": one.id,
        "position": position,
        "title": one.title,
        "author": one.author,
        "kind": one.kind,
        "published": _iso(one.published),
        "url": one.url,
        "places": _json([[place.name, place.meaning] for place in one.places]),
        "figures": figures,
        "companies": companies,
    }


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


def rate_row(position: int, one: Rate) -> Row:
    """An exchange rate as it is stored."""
    return {
        "position": position,
        "base": one.base,
        "quote": one.quote,
        "value": str(one.value),
        "period": one.period.label,
        "period_end": one.period.end.isoformat(),
        "yearly": one.yearly,
        "source": one.source,
        "locator": one.locator,
    }


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


def measure_row(position: int, one: Measure) -> Row:
    """A measure of the data set's own as it is stored."""
    return {
        "key": one.key,
        "position": position,
        "label": one.label,
        "listed": one.listed,
        "signed": one.signed,
        "kind": one.kind.value,
        "unit": one.unit,
        "help": one.help,
        "words": _json(one.words),
        "beside": one.beside,
    }


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


def company_rows(one: Company) -> list[Values]:
    """A company's own row."""
    return [
        (
            one.slug,
            one.name,
            _json(one.aliases),
            _json(one.formerly),
            _json([(given.scheme, given.value) for given in one.identifiers]),
            filed_values(one),
        )
    ]


def filed_values(one: Company) -> str:
    """What a company is filed under, as its row has it, at the end."""
    return _filed(one.industries, one.country, one.tags)[1]


def company_of(row: Stored, statements: Iterable[Stored], figures: Iterable[Stored]) -> Company:
    """The company of its own row and of those of its statements and figures, in their order."""
    _, slug, name, aliases, formerly, identifiers, filed_as = row
    filed = _filed_of(filed_as)
    return Company(
        slug=slug,
        name=name,
        aliases=_texts(aliases),
        formerly=_texts(formerly),
        industries=filed.get("industry", ()),
        country=next(iter(filed.get("country", ())), None),
        tags=filed.get("tag", ()),
        identifiers=tuple(Identifier(*pair) for pair in _pairs(identifiers)),
        statements=tuple(map(_statement_of, statements)),
        figures=tuple(map(_figure_of, figures)),
    )


def former_slug_rows(one: Company) -> list[Values]:
    """The slugs under which a company was filed before."""
    return [(one.slug, old) for old in one.formerly]


def filed_under(one: Company) -> list[tuple[str, str]]:
    """A company's values of every facet, each once, with the facet's key."""
    return _filed(one.industries, one.country, one.tags)[0]


@lru_cache(maxsize=4096)
def _filed(
    industries: tuple[str, ...], country: str | None, tags: tuple[str, ...]
) -> tuple[list[tuple[str, str]], str]:
    """The values of every facet, and the same as they are stored: many companies share them."""
    one = Company("", "", industries=industries, country=country, tags=tags)
    filed = {facet.key: values for facet in FACETS if (values := facet.values(one))}
    return [(key, value) for key in filed for value in filed[key]], _encode(filed).decode()


def terms_of(one: Company) -> list[str]:
    """The terms under which a company is found, each once."""
    found = terms(one.name)
    if one.aliases or one.statements:
        found = found.union(*(terms(text) for text in one.searched))
    if one.identifiers:
        found |= {term for given in one.identifiers if (term := identifier_term(given.value))}
    return list(found)


def statement_rows(one: Company) -> list[Values]:
    """What is said of a company in words."""
    return [
        (one.slug, place, said.about.value, said.text, +said.claim, said.source, said.locator)
        for place, said in enumerate(one.statements)
    ]


def _statement_of(row: Stored) -> Statement:
    """The statement of a row."""
    _, _, _, about, text, claim, source, locator = row
    return Statement(About(about), text, bool(claim), source, locator)


def _bounds(one: Interval) -> tuple[int | None, int | None, int, int]:
    """The bounds, and whether they are open, in numbers: SQLite's driver takes a microsecond to see
    that a truth value is one.
    """
    return one.low, one.high, +one.low_open, +one.high_open


def figure_rows(one: Company) -> list[Values]:
    """Every figure of a company; position 0 of a measure is its headline."""
    made: list[Values] = []
    slug, seen = one.slug, dict[str, int]()
    for figure in one.figures:
        measure, period, interval = figure.measure, figure.period, figure.interval
        position = seen[measure] = seen.get(measure, -1) + 1
        low, high, low_open, high_open = _bounds(interval) if interval else _NO_BOUNDS
        made.append(
            (
                slug,
                measure,
                position,
                _WORDS[figure.state],
                low,
                high,
                low_open,
                high_open,
                figure.currency,
                period.label if period else None,
                _iso(period.end) if period else None,
                _iso(figure.published),
                figure.as_stated,
                figure.source,
                _cited(figure.citations) if figure.citations else "[]",
                figure.derivation,
                figure.note,
            )
        )
    return made


def _cited(citations: tuple[Citation, ...]) -> str:
    """Citations as they are stored."""
    return _encode([(cited.locator, cited.as_stated) for cited in citations]).decode()


def _figure_of(row: Stored) -> Figure:
    """The figure of a row."""
    _, _, measure, _, word, low, high, low_open, high_open, *told = row
    currency, period, period_end, published, as_stated, source, citations, derivation, note = told
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
