"""The figures of a row: one reader for each column that the mapping means, made ready once."""

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from ...profiles.company import Source
from ...profiles.currency import currency_of
from ...profiles.figure import Citation, Figure, Period, State
from ...profiles.measures import Kind
from ..document import Path
from .cells import (
    Cell,
    CellError,
    CellReader,
    NoCurrencyError,
)
from .entries import FigureColumnEntry, PeriodRuleEntry
from .headers import PERIODS, Header, NoPeriodError, period_in, read_period
from .mapping import TableMapping
from .numbers import NumberStyle
from .rows import Locator, Row
from .units import Unit


class Refused(Exception):
    """A cell that is needed cannot be read; the row has the fault."""


class FigureReader(Struct, frozen=True):
    """Reads the figure of one column in every row. No year may lie after `year`.

    Bare amounts are in `currency`, or in that which the `currency_column` of the row names.
    """

    column: str
    cells: CellReader
    currency: str | None
    currency_column: str | None
    period: Callable[[Row], Period | None]
    locator: Locator
    source: Source
    year: int

    def read(self, row: Row) -> Figure | None:
        """The figure, or None where the cell says nothing or has a fault, which the row keeps."""
        text = row.record.values.get(self.column)
        if not text or not (text := text.strip()):
            return None
        try:
            currency = self._currency(row) if self.currency_column else self.currency
            cell = self.cells.read(text, currency)
            return self._figure(cell, row) if cell else None
        except NoCurrencyError as error:
            wanted = "a currency code as USD or EUR" if self.currency_column else str(error)
            row.fault(self.currency_column or self.column, wanted)
        except CellError as error:
            row.fault(self.column, str(error))
        except Refused:
            return None
        return None

    def _currency(self, row: Row) -> str | None:
        """The currency that its cell names; None where it names none: amounts may, too."""
        assert self.currency_column is not None
        return currency_of(row.cell(self.currency_column), self.cells.dollar)

    def _figure(self, cell: Cell, row: Row) -> Figure:
        interval, stated, measure = cell.interval, cell.as_stated, self.cells.measure
        if measure.kind is Kind.YEAR and interval and interval.low and interval.low > self.year:
            raise CellError(f"a year up to {self.year}")
        return Figure(
            measure.key,
            State.STATED if interval else State.NONE,
            interval,
            cell.currency if interval else None,
            self.period(row),
            self.source.published,
            stated,
            self.source.id,
            (Citation(self.locator.at(row.record.row), stated),),
        )


def figure_readers(mapping: TableMapping, header: Header) -> Iterator[FigureReader]:
    """A reader for every column that holds figures; what does not fit the header it notes there."""
    for index, entry in enumerate(mapping.entry.figures):
        yield from _Binding(mapping, header, entry, ("figures", index)).readers()


class _Binding(Struct, frozen=True):
    """One figure of the mapping being bound to the columns of a table."""

    mapping: TableMapping
    header: Header
    entry: FigureColumnEntry
    path: Path

    def readers(self) -> Iterator[FigureReader]:
        cells, rule = self.cells(), self.entry.currency
        named = rule.column if rule else None
        if named is not None:
            named = self.header.use(named, (*self.path, "currency", "column"))
        for column, dated in self.header.find(self.entry, self.path):
            yield FigureReader(
                column,
                cells,
                rule.code if rule else None,
                named,
                self.period(column, dated),
                Locator(self.entry.locator or self.mapping.entry.locator, column),
                self.mapping.source,
                self.mapping.today.year,
            )

    def cells(self) -> CellReader:
        entry, whole = self.entry, self.mapping.entry
        measure = self.mapping.catalogue[entry.measure]
        numbers = entry.numbers or whole.numbers
        return CellReader(
            measure,
            Unit.of(entry, measure.kind),
            NumberStyle(numbers.thousands, numbers.decimal, numbers.parentheses),
            missing=whole.missing if entry.missing is None else entry.missing,
            none=entry.none,
            dollar=self.mapping.currency,
        )

    def period(self, column: str, dated: str) -> Callable[[Row], Period | None]:
        """How the period of a column's figures is known."""
        rule, year = self.entry.period, self.mapping.today.year
        if rule is not None and rule.column is not None:
            named = self.header.use(rule.column, (*self.path, "period", "column"))
            return partial(_period_of_row, named, year)
        place = (*self.path, "match" if dated else "period")
        period = None
        try:
            period = _fixed(rule, column, dated)
        except NoPeriodError as error:
            self.header.fault(place, str(error))
        if period and period.end.year > year:
            self.header.fault(place, f"the period {period.label} lies in the future")
        return lambda _: period


def _fixed(rule: PeriodRuleEntry | None, column: str, dated: str) -> Period | None:
    """The one period of all figures of a column; None where nothing dates them."""
    if dated:
        return read_period(dated)
    if rule is None:
        return None
    if rule.origin == "header":
        return period_in(column)
    assert rule.label is not None
    assert rule.end is not None
    return Period(rule.label, rule.end)


def _period_of_row(column: str, year: int, row: Row) -> Period | None:
    """The period that a cell names; None where it is blank. Raises Refused."""
    text = row.cell(column)
    if not text:
        return None
    try:
        period = read_period(text)
    except NoPeriodError:
        row.fault(column, PERIODS)
        raise Refused from None
    if period.end.year > year:
        row.fault(column, f"a period that ends by {year}")
        raise Refused
    return period
