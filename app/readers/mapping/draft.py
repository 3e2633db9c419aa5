"""A first mapping for a table nobody has described yet: guesses, each called one, as YAML text."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from pathlib import PurePath

from msgspec import Struct

from ...errors import DataFaults, Fault
from ...profiles.measures import Kind
from ..dataset import DataFile
from ..entries import visible
from ..records.record import Record
from .guesses import (
    IDENTIFIERS,
    Candidate,
    column_for,
    currency_in,
    marks_in,
    measure_of,
    times_of,
    zeros_in,
)
from .headers import NoPeriodError, period_in
from .mapping import read_mapping
from .numbers import NumberStyle
from .sample import Sample
from .slugs import slug_of
from .table import MappedTable

_MANY_ZEROS = Fraction(1, 20)


def draft_mapping(columns: Sequence[str], sample: Sequence[Record], file_name: str) -> str:
    """A commented mapping file for a table, by its columns and some of its rows.

    It is tried on the sample: what cannot be read stands in it as a comment, with the reason. So
    it maps the sample without a fault in any figure. What is a guess is called one in a comment.
    Raises DataFaults where there is no column to begin with.
    """
    known = Sample.of(columns, sample)
    if not known.columns:
        message = "the table has no column with a name; right would be a row of names"
        raise DataFaults([Fault(file_name, 0, 0, None, None, message)])
    figures = tuple(_figures(known))
    text = _written(known, figures, {}, file_name)
    mapping = read_mapping(DataFile(file_name, text.encode()), date.max)
    tried = MappedTable(mapping, columns, file_name, skip_bad_rows=True)
    for _ in tried.companies(sample):
        pass
    reasons = {group.column: str(group.shown[0]) for group in tried.report.groups}
    reasons = {
        one.column: reasons[column] for one in figures for column in one.uses if column in reasons
    }
    return _written(known, figures, reasons, file_name)


class _Figures(Struct, frozen=True):
    """What a column may state, as lines of the mapping file, and the columns that they name."""

    column: str
    candidate: Candidate
    lines: tuple[str, ...]
    uses: tuple[str, ...]


def _figures(sample: Sample) -> Iterator[_Figures]:
    """What each column may state; the first column where several would state the same."""
    told: set[tuple[str, str]] = set()
    for column in sample.columns:
        candidate = measure_of(column)
        if candidate is None or column == sample.name or not sample.cells(column):
            continue
        period = _period(sample, column)
        if (candidate.key, period) not in told:
            told.add((candidate.key, period))
            lines = tuple(_figure(sample, column, candidate, period))
            written = "\n".join(lines)
            named = (one for one in sample.columns if f"column: {_named(one)}" in written)
            yield _Figures(column, candidate, lines, tuple(named))


def _figure(sample: Sample, column: str, candidate: Candidate, period: str) -> Iterator[str]:
    cells = sample.cells(column)
    yield f"measure: {candidate.key}"
    yield f"column: {_named(column)}"
    if candidate.kind in (Kind.MONEY, Kind.COUNT) and (times := times_of(column)):
        yield f"times: {times}"
    if candidate.kind is Kind.SHARE and "%" in column:
        yield "percent: true"
    if candidate.kind is Kind.MONEY and (currency := _currency(sample, column)):
        yield f"currency: {currency}"
    if period:
        yield f"period: {period}"
    if marks := marks_in(cells):
        yield f"missing: [{', '.join(map(_quoted, marks))}]"
    if zeros_in(cells, sample.style) >= _MANY_ZEROS:
        yield '# Many cells are 0. If 0 means that nothing is known, add "0" to missing.'


def _currency(sample: Sample, column: str) -> str | None:
    """The currency that a header names, or the column of currencies."""
    named = column_for("currency", sample.columns)
    return currency_in(column) or (f"{{column: {_named(named)}}}" if named else None)


def _period(sample: Sample, column: str) -> str:
    """The period that a header names, or the column of periods; "" where nothing dates it."""
    try:
        period_in(column)
    except NoPeriodError:
        return f"{{column: {_named(sample.periods)}}}" if sample.periods else ""
    return "{from: header}"


def _written(
    sample: Sample, figures: Sequence[_Figures], reasons: Mapping[str, str], file_name: str
) -> str:
    """The whole file; figures of a column with a reason against it are written as comments."""
    read = [one for one in figures if one.column not in reasons]
    lines = [
        *_head(sample, read, file_name),
        *_measures(figures),
        *_company(sample),
        *_left_out(sample, figures),
    ]
    if figures:
        sign = "" if read else "# "
        lines.append(f"{sign}figures:   # guesses: measure, unit, currency, period, missing")
    for one in figures:
        lines += _commented(one, reasons[one.column]) if one.column in reasons else _listed(one)
    return "\n".join(lines) + "\n"


def _head(sample: Sample, read: Sequence[_Figures], file_name: str) -> Iterator[str]:
    stem = re.sub(r"(\.\w{1,5})+$", "", PurePath(file_name).name) or "table"
    yield f"# A first mapping for {_quoted(file_name)}, drafted from its columns and some rows."
    yield "# Read every line: what is called a guess may be wrong."
    yield f"title: {_quoted(stem)}"
    currency = next((code for one in read if (code := currency_in(one.column))), None)
    if currency:
        yield f"currency: {currency}   # a guess: in what amounts are compared"
    yield "source:"
    yield f"  id: {slug_of(stem)}"
    yield f"  title: {_quoted(stem)}   # fill in: the document that the figures rest on"
    yield "  # author: …"
    yield "  # published: …   # as 2016-11-21"
    yield "  # url: …"
    yield "locator: row {row}"
    if sample.style != NumberStyle():
        brackets = str(sample.style.parentheses).lower()
        decimal = _quoted(sample.style.decimal)
        yield f"numbers: {{decimal: {decimal}, parentheses: {brackets}}}   # a guess"


def _measures(figures: Sequence[_Figures]) -> Iterator[str]:
    """The declarations of measures that are not built in."""
    own = {one.candidate.key: one.candidate for one in figures if not one.candidate.built_in}
    if own:
        yield "measures:   # a guess"
    for one in own.values():
        signed = ", negative: true" if one.negative else ""
        yield f"  {one.key}: {{label: {one.label}, kind: {one.kind}, unit: money{signed}}}"


def _company(sample: Sample) -> Iterator[str]:
    yield "company:"
    yield f"  name: {_named(sample.name)}   # a guess"
    for part in ("country", "industries"):
        if (column := column_for(part, sample.columns)) and column != sample.name:
            yield f"  {part}: {_named(column)}   # a guess"
    found = {scheme: column_for(scheme, sample.columns) for scheme in IDENTIFIERS}
    named = [f"{scheme}: {_named(column)}" for scheme, column in found.items() if column]
    if named:
        yield f"  identifiers: {{{', '.join(named)}}}   # a guess"
    yield "  # key: …   # the columns that tell which rows are one company, where several can be"
    if sample.skips:
        yield "skip:   # a guess: rows that are no company"
    for column, text in sample.skips:
        yield f"  - {{column: {_named(column)}, is: {_quoted(text)}}}"


def _left_out(sample: Sample, figures: Sequence[_Figures]) -> Iterator[str]:
    """The columns of which the draft says nothing, as a comment."""
    parts = ("country", "industries", "currency", "period", *IDENTIFIERS)
    used = {sample.name, *(one.column for one in figures)}
    used |= {column for part in parts if (column := column_for(part, sample.columns))}
    silent = [column for column in sample.columns if column not in used]
    if silent:
        yield "# Columns left out:"
    yield from (f"#   {_named(column)}" for column in silent)


def _listed(one: _Figures) -> Iterator[str]:
    yield f"  - {one.lines[0]}"
    yield from (f"    {line}" for line in one.lines[1:])


def _commented(one: _Figures, reason: str) -> Iterator[str]:
    """A figure that could not be read, with what was found and what would be right."""
    shown = "".join(sign if sign.isprintable() else "?" for sign in reason)
    yield f"  # {shown}:"
    yield from (f"  #{line[1:]}" for line in _listed(one))


def _named(column: str) -> str:
    """A column's name as a mapping writes it."""
    return _quoted(visible(column))


def _quoted(text: str) -> str:
    """The text as a YAML scalar that holds whatever it holds."""
    return json.dumps(text, ensure_ascii=not text.isprintable())
