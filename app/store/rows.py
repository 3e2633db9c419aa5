"""Values into rows and back: the one place where a figure's columns are named."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, RowMapping

from app.profiles.company import (
    About,
    Company,
    Head,
    Identifier,
    Place,
    Source,
    Statement,
)
from app.profiles.facets import FACETS
from app.profiles.figure import Citation, Figure, Period, Rate, State
from app.profiles.interval import EVERYTHING, FROM_ZERO, Interval
from app.profiles.measures import LISTED, Catalogue, Kind, Measure
from app.profiles.search import fold, identifier_term, terms
from app.store.tables import FOREIGN, OWN, listing

Row = dict[str, Any]
_encode = msgspec.json.Encoder().encode


def _json(value: Any) -> str:
    return _encode(value).decode() if value else "[]"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def source_row(position: int, one: Source) -> Row:
    """A source as it is stored."""
    return {
        "id": one.id,
        "position": position,
        "title": one.title,
        "author": one.author,
        "kind": one.kind,
        "published": _iso(one.published),
        "url": one.url,
        "places": _json([[place.name, place.meaning] for place in one.places]),
    }


def source_of(row: RowMapping) -> Source:
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


def rate_of(row: RowMapping) -> Rate:
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


def measure_of(row: RowMapping) -> Measure:
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


def company_row(one: Company) -> Row:
    """A company's own row."""
    return {
        "slug": one.slug,
        "name": one.name,
        "aliases": _json(one.aliases),
        "formerly": _json(one.formerly),
        "identifiers": _json([[given.scheme, given.value] for given in one.identifiers]),
    }


def former_slug_rows(one: Company) -> Iterator[Row]:
    """The slugs under which a company was filed before."""
    return ({"slug": one.slug, "old": old} for old in one.formerly)


def identifiers_of(row: RowMapping) -> tuple[Identifier, ...]:
    """The identifiers in a company's own row."""
    return tuple(Identifier(*pair) for pair in json.loads(row["identifiers"]))


def facet_rows(one: Company) -> Iterator[Row]:
    """A company's values of every facet, each once."""
    for facet in FACETS:
        for position, value in enumerate(facet.values(one)):
            filed = {"facet": facet.key, "value": value, "position": position}
            yield {"slug": one.slug} | filed


def values_of(rows: Iterable[RowMapping], facet: str) -> tuple[str, ...]:
    """The values of one facet among a company's rows."""
    return tuple(row["value"] for row in rows if row["facet"] == facet)


def term_rows(one: Company) -> Iterator[Row]:
    """The terms under which a company is found."""
    found = frozenset[str]().union(*(terms(text) for text in one.searched))
    found |= {term for given in one.identifiers if (term := identifier_term(given.value))}
    return ({"slug": one.slug, "term": term} for term in sorted(found))


def statement_rows(one: Company) -> Iterator[Row]:
    """What is said of a company in words."""
    for position, said in enumerate(one.statements):
        yield {
            "slug": one.slug,
            "position": position,
            "about": said.about.value,
            "text": said.text,
            "claim": said.claim,
            "source": said.source,
            "locator": said.locator,
        }


def statement_of(row: RowMapping) -> Statement:
    """The statement of a row."""
    return Statement(About(row["about"]), row["text"], row["claim"], row["source"], row["locator"])


def figure_rows(one: Company) -> Iterator[Row]:
    """Every figure of a company; position 0 of a measure is its headline."""
    seen: dict[str, int] = {}
    for figure in one.figures:
        position = seen[figure.measure] = seen.get(figure.measure, -1) + 1
        period = figure.period
        yield _bounds(figure.interval) | {
            "slug": one.slug,
            "measure": figure.measure,
            "position": position,
            "state": figure.state.value,
            "currency": figure.currency,
            "period": period.label if period else None,
            "period_end": _iso(period.end) if period else None,
            "published": _iso(figure.published),
            "as_stated": figure.as_stated,
            "source": figure.source,
            "citations": _json([(cited.locator, cited.as_stated) for cited in figure.citations]),
            "derivation": figure.derivation,
            "note": figure.note,
        }


def _bounds(interval: Interval | None) -> Row:
    if interval is None:
        return {"low": None, "high": None, "low_open": False, "high_open": False}
    return {
        "low": interval.low,
        "high": interval.high,
        "low_open": interval.low_open,
        "high_open": interval.high_open,
    }


def figure_of(row: RowMapping) -> Figure:
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


_BUILT_IN = frozenset(measure.key for measure in LISTED)
"""The measures whose columns bear their own keys; a data set cannot take these names."""
LATEST = ""
"""The view that holds the latest of each figure."""
IN = "|"
"""What stands in a view between the year and the currency that all its amounts are in."""


def view_of(year: str, currency: str) -> str:
    """The view of a year, or LATEST, as stated or in a currency."""
    return f"{year}{IN}{currency}" if currency else year


def views_in(currency: str) -> ColumnElement[bool]:
    """The lines of the views in a currency, or of those as stated where it is blank."""
    return listing.c.view.endswith(f"{IN}{currency}") if currency else ~listing.c.view.contains(IN)


def listed_column(catalogue: Catalogue, key: str, part: str) -> ColumnElement[Any]:
    """The listing's column of a listed measure, named by the measure's key."""
    name = f"{key}_{part}"
    if key in _BUILT_IN:
        return listing.c[name]
    own = [measure.key for measure in catalogue.own_listed]
    return listing.c[f"{OWN[own.index(key)]}_{part}"].label(name)


def listed_columns(catalogue: Catalogue, keys: Iterable[str]) -> list[ColumnElement[Any]]:
    """The listing's columns of some listed measures, each measure once."""
    parts = ("state", "low", "high", "low_open", "high_open")
    return [listed_column(catalogue, key, part) for key in dict.fromkeys(keys) for part in parts]


def listed_interval(row: RowMapping, key: str) -> Interval | None:
    """What a row of the listing holds of a measure, or None where there is nothing to compare."""
    if row[f"{key}_state"] not in (State.STATED, State.DERIVED):
        return None
    flags = (bool(row[f"{key}_{end}_open"]) for end in ("low", "high"))
    return Interval(row[f"{key}_low"], row[f"{key}_high"], *flags)


def listing_rows(one: Company, dataset: Head) -> Iterator[Row]:
    """A company's lines in the listing: the latest of its figures, then those of each year; as
    stated, and in every currency that readers may choose.
    """
    years = one.years
    names, blank = _form(dataset.catalogue)
    same = {"slug": one.slug, "name_key": fold(one.name)} | blank
    for chosen in ("", *dataset.rates.offered):
        seen = one.in_currency(chosen, dataset.rates) if chosen else one
        currency = chosen or dataset.currency
        yield same | _told(seen.figures, names, currency, view_of(LATEST, chosen))
        for year in years:
            of_it = [it for it in seen.figures if it.period and it.period.end.year == year]
            yield same | _told(of_it, names, currency, view_of(str(year), chosen))


def unreported(view: str) -> Row:
    """What the listing holds of a year of which a company has no figure at all."""
    blank: Row = {"view": view, "reported": False}
    for measure in LISTED:
        parts = _bounds(None) | {"state": State.UNKNOWN.value, "lacking": True}
        blank |= {f"{measure.key}_{part}": value for part, value in parts.items()}
    return blank


@lru_cache(maxsize=8)
def _form(catalogue: Catalogue) -> tuple[Mapping[str, Sequence[str]], Row]:
    """The columns of each listed measure, and what they hold where nothing is known."""
    stored = (*(measure.key for measure in LISTED), *OWN)
    listed = zip(catalogue.listed, stored, strict=False)
    parts = {"state": State.UNKNOWN.value, "lacking": True} | _bounds(None)
    names = {measure.key: [f"{name}_{part}" for part in parts] for measure, name in listed}
    blank: Row = {}
    for columns in names.values():
        blank |= dict(zip(columns, parts.values(), strict=True))
    return names, blank


def _told(
    figures: Sequence[Figure], names: Mapping[str, Sequence[str]], currency: str, view: str
) -> Row:
    """What differs from a blank line: each listed measure's headline, which is its first figure.

    An amount in another currency than `currency` has no bounds here: it cannot be compared.
    """
    row: Row = {"view": view, "reported": bool(figures)}
    for figure in figures:
        if figure.measure not in names:
            continue
        state, lacking, low, high, low_open, high_open = names[figure.measure]
        interval = figure.interval
        if interval is not None:
            row[lacking] = False
        if state in row:
            continue
        if interval is None:
            row[state] = figure.state.value
        elif figure.currency not in (None, currency):
            row[state] = FOREIGN
        else:
            row[state] = figure.state.value
            row[low], row[high] = interval.low, interval.high
            row[low_open], row[high_open] = interval.low_open, interval.high_open
    return row
