"""What a data file may hold, entry by entry, as people write it. Values of their own, no lookups.

The models name every key; `docs` of the format is the README. Scalars arrive as text.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from ..profiles.currency import codes
from ..profiles.facets import NOT_STATED
from ..profiles.figure import end_year
from ..profiles.measures import Kind

MAX_KEY = 80
MAX_TEXT = 2000
_RATE = re.compile(r"\d{1,12}(?:\.\d{1,12})?", re.ASCII)
_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MEASURE_KEY = re.compile(r"[a-z][a-z0-9_]*")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""What a reader cannot see: control characters but tab and line feed, direction overrides."""


def readable(value: str) -> str:
    """The text as it is kept: NFC, with single blanks.

    Raises ValueError for what a reader cannot see: control characters, direction overrides.
    """
    if value.isascii() and value.isprintable():
        return " ".join(value.split())  # Most texts, in a tenth of the time.
    return _readable(value)


@lru_cache(maxsize=4096)
def _readable(value: str) -> str:
    text = unicodedata.normalize("NFC", value)
    if found := _INVISIBLE.search(text):
        raise ValueError(f"holds the invisible character U+{ord(found[0]):04X}; take it out")
    return " ".join(text.split())


def visible(value: str) -> str:
    """The text as `readable` keeps it, without what a reader cannot see."""
    return readable(_INVISIBLE.sub("", value))


def _key(value: str) -> str:
    if not _KEY.fullmatch(value) or len(value) > MAX_KEY:
        raise ValueError(
            f"“{value}” cannot be a key: use a-z, 0-9 and single hyphens, at most {MAX_KEY}"
        )
    return value


def _measure_key(value: str) -> str:
    if not _MEASURE_KEY.fullmatch(value) or len(value) > MAX_KEY:
        raise ValueError(f"“{value}” cannot name a measure: use a-z, 0-9 and _, a letter first")
    return value


def _url(value: str) -> str:
    if not re.fullmatch(r"https?://[!-~]+", value, re.IGNORECASE):
        raise ValueError(f"“{value}” is no address; write one that begins with http:// or https://")
    return value


def _currency(value: str) -> str:
    if value not in codes():
        raise ValueError(f"“{value}” is not a currency code; write one as USD or EUR")
    return value


def _scheme(value: str) -> str:
    if not _MEASURE_KEY.fullmatch(value) or len(value) > MAX_KEY:
        raise ValueError(f"“{value}” cannot name a register; write it as lei, isin or ticker")
    return value


def _filed(value: str) -> str:
    if value == NOT_STATED:
        raise ValueError(f"“{value}” stands for what is not stated; leave it out")
    return value


def as_list(value: Any) -> Any:
    """One alone stands for a list of one."""
    return value if isinstance(value, list) else [value]


def _as_statement(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


def _as_locator(value: Any) -> Any:
    return {"at": value} if isinstance(value, str) else value


def _as_figure(value: Any) -> Any:
    return {"stated": value} if isinstance(value, str) else value


def as_period(value: Any) -> Any:
    """`2015` ends with that year, `2015/16` with the second; other periods give their end."""
    if not isinstance(value, str):
        return value
    try:
        year = end_year(value)
    except ValueError as error:
        raise ValueError(f"{error}, or {{label: …, end: date}}") from error
    return {"label": value.strip(), "end": f"{year:04d}-12-31"}


def _iso(value: Any) -> Any:
    """Refuse what a lenient reader would take for a day: seconds since 1970, times."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value.strip()):
        raise ValueError(f"“{value}” is no date; write it as 2016-11-21")
    return value


Day = Annotated[date, BeforeValidator(_iso)]
Text = Annotated[str, Field(min_length=1, max_length=MAX_TEXT), AfterValidator(readable)]
Key = Annotated[str, AfterValidator(_key)]
MeasureKey = Annotated[str, AfterValidator(_measure_key)]
Scheme = Annotated[str, AfterValidator(_scheme)]
Url = Annotated[str, AfterValidator(_url)]
Currency = Annotated[str, AfterValidator(_currency)]


class Entry(BaseModel):
    """A part of a data file: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class PeriodEntry(Entry):
    """A period: `2015`, `2015/16`, or a label with its last day."""

    label: Text
    end: Day


class LocatorEntry(Entry):
    """Where in the source, and the form printed there where it differs."""

    at: Text
    stated: Text | None = None


Locators = Annotated[
    list[Annotated[LocatorEntry, BeforeValidator(_as_locator)]], BeforeValidator(as_list)
]


class FigureEntry(Entry):
    """One figure: `stated` in the notation, or `none` with the words that say so.

    `low` and `high` give the bounds where the stated words are vague.
    """

    stated: Text | None = None
    none: Text | None = None
    low: Text | None = None
    high: Text | None = None
    period: Annotated[PeriodEntry, BeforeValidator(as_period)] | None = None
    source: Key | None = None
    locator: Locators | None = None
    note: Text | None = None


Figures = Annotated[
    list[Annotated[FigureEntry, BeforeValidator(_as_figure)]], BeforeValidator(as_list)
]


class StatementEntry(Entry):
    """Something said in words; `claim: true` marks the author's judgement."""

    text: Text
    claim: bool = False
    source: Key | None = None
    locator: Text | None = None


Statements = Annotated[
    list[Annotated[StatementEntry, BeforeValidator(_as_statement)]], BeforeValidator(as_list)
]
Texts = Annotated[list[Text], BeforeValidator(as_list)]
Keys = Annotated[list[Key], BeforeValidator(as_list)]
Filed = Annotated[Text, AfterValidator(_filed)]
"""A value that a company is filed under."""
FiledUnder = Annotated[list[Filed], BeforeValidator(as_list)]


class CompanyEntry(Entry):
    """A company without its figures, which stand beside these keys under their measures'."""

    slug: Key
    name: Text
    aliases: Texts = []
    formerly: Keys = []
    industries: FiledUnder = []
    country: Filed | None = None
    tags: FiledUnder = []
    identifiers: dict[Scheme, Texts] = {}
    place: Statements = []
    activities: Statements = []
    highlights: Statements = []
    notes: Statements = []
    source: Key | None = None
    locator: Text | None = None


class SourceName(Entry):
    """The id under which a source is described."""

    key: Key


class MeasureName(Entry):
    """The key under which a measure is declared."""

    key: MeasureKey


class SourceEntry(Entry):
    """A document; `locators` explains the names its locators use."""

    title: Text
    author: Text | None = None
    kind: Text | None = None
    published: Day | None = None
    url: Url | None = None
    locators: dict[Text, Text] = {}


def _pair(value: str) -> str:
    base, _, quote = value.partition("/")
    for code in (base, quote):
        _currency(code)
    if base == quote:
        raise ValueError(f"“{value}” is one currency; write a pair as EUR/USD, 1 EUR in USD")
    return value


def _rate(value: Decimal) -> Decimal:
    if not value:
        raise ValueError("a rate is above 0, as 1.1069")
    return value


def _year(value: str) -> str:
    if not re.fullmatch(r"[1-9]\d{3}", value, re.ASCII):
        raise ValueError(f"“{value}” is no year; write it as 2016")
    return value


def _number(value: Any) -> Any:
    if not isinstance(value, str) or not _RATE.fullmatch(value.strip()):
        raise ValueError(f"“{value}” is no rate; write a number above 0, as 1.1069")
    return value


class RateEntry(Entry):
    """An exchange rate: one unit of a pair's first currency in units of its second.

    Of a `year` as a whole, or of a `date`; just one of them is given.
    """

    pair: Annotated[Text, AfterValidator(_pair)]
    year: Annotated[str, AfterValidator(_year)] | None = None
    date: Day | None = None
    rate: Annotated[Decimal, BeforeValidator(_number), AfterValidator(_rate)]
    source: Key
    locator: Text | None = None

    @model_validator(mode="after")
    def _dated_once(self) -> "RateEntry":
        if (self.year is None) == (self.date is None):
            raise ValueError("needs either a year or a date: a rate is of some time")
        return self


class MeasureEntry(Entry):
    """A measure that the data set adds to the built-in ones."""

    label: Text
    kind: Kind = Kind.COUNT
    unit: Text
    help: Text | None = None
    words: Texts = []
    beside: Text | None = None


class TableEntry(Entry):
    """A table that belongs to the data set, and the mapping that reads it; paths from this file."""

    file: Text
    mapping: Text


class TablesEntry(Entry):
    """The tables that a data file lists."""

    tables: list[TableEntry]


class DatasetEntry(Entry):
    """The head of a data file. `prefer` orders the sources where several tell one figure;
    `aliases` names companies that tables call otherwise; `currencies` are those in which readers
    may have the amounts.
    """

    prefer: Keys = []
    currencies: Annotated[list[Currency], BeforeValidator(as_list)] = []
    aliases: dict[Text, Text] = {}

    title: Text | None = None
    description: Text | None = None
    classification: Text | None = None
    currency: Currency | None = None
