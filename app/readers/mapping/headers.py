"""The header of a table: which columns a mapping means, and the period that a header names."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import re2
from msgspec import Struct
from pydantic import TypeAdapter, ValidationError
from rapidfuzz import process

from ...errors import Fault
from ...profiles.figure import Period
from ..document import Document, Path
from ..entries import PeriodEntry, as_period, visible
from .entries import FigureColumnEntry

MAX_HEADER = 1000
"""Characters of a column's name that a pattern looks at."""
_MEMORY = 1 << 20
_YEARS = re.compile(r"(?<!\d)(?:1[5-9]|2[01])\d{2}(?:[/–-](?:\d{4}|\d{2}))?(?!\d)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ENTRY = TypeAdapter(PeriodEntry)


class PatternError(ValueError):
    """A pattern that cannot be used; the message says why."""


class NoPeriodError(ValueError):
    """Text that names no period; the message says what would be right."""


class Pattern(Struct, frozen=True):
    """A pattern of column names; `dated` ones have a group named period."""

    text: str
    compiled: Any
    dated: bool

    def match(self, name: str) -> str | None:
        """The period's text where the whole name fits, "" for an undated pattern, else None."""
        found = self.compiled.fullmatch(name[:MAX_HEADER])
        if found is None:
            return None
        return (found["period"] or "") if self.dated else ""


def read_pattern(text: str) -> Pattern:
    """A pattern in RE2's syntax, which is matched in linear time. Raises PatternError."""
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        compiled = re2.compile(text, options)
    except re2.error as error:
        said = error.args[0].decode() if error.args else "unreadable"
        raise PatternError(f"“{text}” is no pattern: {said}") from error
    strange = set(compiled.groupindex) - {"period"}
    if strange:
        raise PatternError(f"the group {min(strange)} means nothing; a pattern may name period")
    return Pattern(text, compiled, "period" in compiled.groupindex)


def missing_column(name: str, columns: Sequence[str]) -> str:
    """What to say of a column that the table does not have, with the nearest that it has."""
    near = process.extractOne(name, columns, score_cutoff=70)
    if near:
        return f"the table has no column “{name}”; did you mean “{near[0]}”?"
    shown = ", ".join(f"“{column}”" for column in columns[:20])
    more = f" and {len(columns) - 20} more" if len(columns) > 20 else ""
    return f"the table has no column “{name}”; it has {shown}{more}"


@lru_cache(maxsize=4096)
def read_period(text: str) -> Period:
    """A period as printed: a year, a year as 2015/16, or its last day as 2015-06-30.

    Raises NoPeriodError.
    """
    try:
        if _DAY.fullmatch(text):
            return Period(text, date.fromisoformat(text))
        entry = _ENTRY.validate_python(as_period(text))
    except (ValueError, ValidationError) as error:
        raise NoPeriodError(f"“{text}” is no period; right would be {PERIODS}") from error
    return Period(entry.label, entry.end)


PERIODS = "a year as 2015 or 2015/16, or its last day as 2015-06-30"


def period_in(header: str) -> Period:
    """The one period that a header names. Raises NoPeriodError where there is none or several."""
    found = list(dict.fromkeys(_YEARS.findall(header)))
    if len(found) != 1:
        named = "no period" if not found else f"the periods {' and '.join(found)}"
        raise NoPeriodError(f"the header “{header}” names {named}; say which is meant")
    return read_period(found[0])


class Header:
    """The columns of a table as a mapping asks for them: which it uses, and what it misses.

    A mapping names a column as a reader sees it; the table may write it with other code points.
    """

    def __init__(self, columns: Sequence[str], document: Document) -> None:
        self.columns, self.document = tuple(columns), document
        self.faults: list[Fault] = []
        self._seen = {visible(column): column for column in reversed(self.columns)}
        self._used: set[str] = set()

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns of which the mapping says nothing, in the table's order."""
        return tuple(column for column in self.columns if column not in self._used)

    def fault(self, path: Path, message: str) -> None:
        """Note a fault at a place of the mapping file."""
        self.faults.append(self.document.fault(path, message))

    def use(self, name: str, path: Path) -> str:
        """The column of a name, as the table writes it; notes a fault where there is none."""
        column = self._seen.get(name)
        if column is None:
            self.fault(path, missing_column(name, tuple(map(visible, self.columns))))
            return name
        self._used.add(column)
        return column

    def find(self, entry: FigureColumnEntry, path: Path) -> Iterator[tuple[str, str]]:
        """The columns of a figure, each with the text of its period where a pattern holds it."""
        if entry.match is None:
            assert entry.column is not None
            yield self.use(entry.column, (*path, "column")), ""
            return
        pattern = read_pattern(entry.match)
        matched = [(name, pattern.match(visible(name))) for name in self.columns]
        found = [(name, dated) for name, dated in matched if dated is not None]
        if not found:
            self.fault((*path, "match"), f"no column of the table fits “{entry.match}”")
        self._used |= {name for name, _ in found}
        yield from found
