"""Values into rows and back: the one place where a figure's columns are named."""

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from app.profiles.company import About, Company, Identifier, Place, Source, Statement
from app.profiles.facets import FACETS
from app.profiles.figure import Citation, Figure, Period, Rate, State
from app.profiles.interval import EVERYTHING, FROM_ZERO, Interval
from app.profiles.measures import Kind, Measure
from app.profiles.search import identifier_term, terms

if TYPE_CHECKING:
    from sqlalchemy import RowMapping

Row = dict[str, Any]
Values = tuple[Any, ...]
"""A row of a company, in the order of its table's columns behind the generation."""
_WORDS = {state: state.value for state in State}
_NO_BOUNDS = (None, None, 0, 0)
_encode = msgspec.json.Encoder().encode


def _json(value: Any) -> str:
    return _encode(value).decode() if value else "[]"


@lru_cache(maxsize=4096)
def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


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


def company_of(
    row: "RowMapping", statements: "Iterable[RowMapping]", figures: "Iterable[RowMapping]"
) -> Company:
    """The company of its own row and of those of its statements and figures, in their order."""
    filed = json.loads(row["filed"])
    return Company(
        slug=row["slug"],
        name=row["name"],
        aliases=tuple(json.loads(row["aliases"])),
        formerly=tuple(json.loads(row["formerly"])),
        industries=tuple(filed.get("industry", ())),
        country=next(iter(filed.get("country", ())), None),
        tags=tuple(filed.get("tag", ())),
        identifiers=tuple(Identifier(*pair) for pair in json.loads(row["identifiers"])),
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


def _statement_of(row: "RowMapping") -> Statement:
    """The statement of a row."""
    return Statement(About(row["about"]), row["text"], row["claim"], row["source"], row["locator"])


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


def _figure_of(row: "RowMapping") -> Figure:
    """The figure of a row."""
    state = State(row["state"])
    known = state in (State.STATED, State.DERIVED)
    bounds = (row["low"], row["high"], bool(row["low_open"]), bool(row["high_open"]))
    end = _day(row["period_end"])
    return Figure(
        measure=row["measure"],
        state=state,
        interval=Interval(*bounds) if known else None,
        currency=row["currency"],
        period=Period(row["period"], end) if end else None,
        published=_day(row["published"]),
        as_stated=row["as_stated"],
        source=row["source"],
        citations=tuple(Citation(*pair) for pair in json.loads(row["citations"])),
        derivation=row["derivation"],
        note=row["note"],
    )
