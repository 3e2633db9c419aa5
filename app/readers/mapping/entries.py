"""What a mapping file may hold, entry by entry, as people write it. No lookups in any table.

`docs/mapping.md` is the reference of the keys. Scalars arrive as text.
"""

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator

from ...profiles.notation import SCALES
from ..entries import (
    Currency,
    Day,
    Entry,
    Key,
    MeasureEntry,
    MeasureKey,
    SourceEntry,
    Text,
    as_list,
    as_period,
)

MAX_PATTERN = 200
"""Characters of a pattern. It is matched in linear time, whatever it holds."""
_TIMES = re.compile(r"\d{1,15}(?:\.\d{1,15})?(?:e[+-]?\d{1,2})?", re.IGNORECASE | re.ASCII)
_FIELD = re.compile(r"\{(.*?)\}")
LOCATOR_FIELDS = ("row", "column")


def _times(value: Any) -> Any:
    """A factor, exactly: `1e6`, `1000`, `thousand`, `million`."""
    if not isinstance(value, str):
        return value
    if scale := SCALES.get(value.strip().lower()):
        return Fraction(scale)
    if not _TIMES.fullmatch(value.strip()) or not Decimal(value.strip()):
        raise ValueError(f"“{value}” is no factor; write one as 1e6, 1000, thousand or million")
    return Fraction(value.strip())


def _locator(value: str) -> str:
    for name in _FIELD.findall(value):
        if name not in LOCATOR_FIELDS:
            known = " and ".join(f"{{{field}}}" for field in LOCATOR_FIELDS)
            raise ValueError(f"{{{name}}} is nothing a locator can name; it can name {known}")
    return value


def _as_column(value: Any) -> Any:
    return {"column": value} if isinstance(value, str) else value


def _as_currency(value: Any) -> Any:
    return {"code": value} if isinstance(value, str) else value


Times = Annotated[Fraction, BeforeValidator(_times)]
Locator = Annotated[Text, AfterValidator(_locator)]
Marks = Annotated[tuple[Annotated[str, Field(max_length=80)], ...], BeforeValidator(as_list)]
"""Texts that a cell may hold; an empty one is allowed here."""


class FileEntry(Entry):
    """How the table's file is to be read; what is left out is found out."""

    format: Literal["csv", "tsv", "json", "jsonl", "xlsx"] | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    encoding: Text | None = None
    sheet: Text | None = None
    header: Annotated[int, Field(ge=1, le=10_000)] = 1
    under: Text | None = None

    model_config = ConfigDict(str_strip_whitespace=False)


class NamedSourceEntry(SourceEntry):
    """The source that all figures of the table rest on, with its id."""

    id: Key


class SignedMeasureEntry(MeasureEntry):
    """A measure that the mapping declares; `negative: true` for what can lie below zero."""

    negative: bool = False


class ColumnEntry(Entry):
    """A column that holds text; `split` parts a cell that lists several."""

    column: Text
    split: Annotated[str, Field(min_length=1, max_length=10)] | None = None
    missing: Marks = ()

    model_config = ConfigDict(str_strip_whitespace=False)


Column = Annotated[ColumnEntry, BeforeValidator(_as_column)]
Columns = Annotated[tuple[Column, ...], BeforeValidator(as_list)]


class IdentityEntry(Entry):
    """Who a company is: which columns name it, place it and tell it from others.

    Rows of one `key` are one company; without a key each row is a company of its own.
    """

    name: Column
    slug: Column | None = None
    key: Columns = ()
    identifiers: dict[MeasureKey, Column] = Field(default_factory=dict)
    aliases: Columns = ()
    country: Column | None = None
    industries: Columns = ()
    tags: Columns = ()
    place: Columns = ()


class SkipEntry(Entry):
    """Rows to leave out: those whose cell in a column is one of some texts; `""` is blank."""

    column: Text
    texts: Annotated[Marks, Field(alias="is", min_length=1)]


class NumbersEntry(Entry):
    """How numbers are printed. Where `thousands` is left out, all common signs are read."""

    thousands: Literal[",", ".", " ", "'", "none"] | None = None
    decimal: Literal[".", ","] = "."
    parentheses: bool = False

    model_config = ConfigDict(str_strip_whitespace=False)

    @model_validator(mode="after")
    def _differ(self) -> "NumbersEntry":
        if self.thousands == self.decimal:
            raise ValueError(f"“{self.decimal}” cannot both group thousands and begin decimals")
        return self


class CurrencyRuleEntry(Entry):
    """The currency of a column of money: a code, or the column that holds it."""

    code: Currency | None = None
    column: Text | None = None

    @model_validator(mode="after")
    def _one(self) -> "CurrencyRuleEntry":
        if (self.code is None) == (self.column is None):
            raise ValueError("a currency is a code as EUR, or {column: …}")
        return self


class PeriodRuleEntry(Entry):
    """The period of a column: fixed, held by a column, or named in the column's header."""

    label: Text | None = None
    end: Day | None = None
    column: Text | None = None
    origin: Annotated[Literal["header"] | None, Field(alias="from")] = None

    @model_validator(mode="after")
    def _one(self) -> "PeriodRuleEntry":
        fixed = self.label is not None and self.end is not None
        half = (self.label is None) != (self.end is None)
        if half or [fixed, self.column is not None, self.origin is not None].count(True) != 1:
            raise ValueError(
                "a period is a year as 2015 or 2015/16, {label: …, end: date}, {column: …} "
                "or {from: header}"
            )
        return self


class FigureColumnEntry(Entry):
    """The figures of one measure: in which column, in which unit, of when, and what is missing."""

    measure: MeasureKey
    column: Text | None = None
    match: Annotated[str, Field(min_length=1, max_length=MAX_PATTERN)] | None = None
    times: Times | None = None
    percent: bool = False
    currency: Annotated[CurrencyRuleEntry, BeforeValidator(_as_currency)] | None = None
    unit: Text | None = None
    period: Annotated[PeriodRuleEntry, BeforeValidator(as_period)] | None = None
    missing: Marks | None = None
    none: Marks = ()
    numbers: NumbersEntry | None = None
    locator: Locator | None = None


class MappingEntry(Entry):
    """A whole mapping file."""

    title: Text | None = None
    description: Text | None = None
    classification: Text | None = None
    currency: Currency | None = None
    file: FileEntry = FileEntry()
    source: NamedSourceEntry
    locator: Locator = "row {row}"
    measures: dict[MeasureKey, SignedMeasureEntry] = Field(default_factory=dict)
    company: IdentityEntry
    skip: tuple[SkipEntry, ...] = ()
    missing: Marks = ()
    numbers: NumbersEntry = NumbersEntry()
    figures: tuple[FigureColumnEntry, ...] = ()
