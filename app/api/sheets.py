"""CSV: a row per company, a row per figure. Numbers stay numbers, no text runs as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from app.api.views import Number
from app.profiles.answer import Answer
from app.profiles.company import Company
from app.profiles.figure import Figure
from app.profiles.measures import BUILT_IN, Catalogue, Measure

Cell = str | Number | bool | None
RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a text for a formula (OWASP, CSV injection)."""

COMPANY = ("slug", "name", "answer", "founded", "place", "industries")
FIGURE = (
    "value",
    "low",
    "high",
    "low_open",
    "high_open",
    "unit",
    "currency",
    "state",
    "period",
    "as_stated",
    "source",
    "locator",
    "derivation",
)
COMPANIES_HEADER = (*COMPANY, *(f"{one.key}_{part}" for one in BUILT_IN for part in FIGURE))
FIGURES_HEADER = ("slug", "name", "measure", "headline", *FIGURE, "published", "note")


def safe(text: str | None) -> str | None:
    """A text that a spreadsheet will not run: an apostrophe stands before a dangerous start."""
    return f"'{text}" if text and text.startswith(RUNS) else text


def _digits(ticks: int | None, measure: Measure) -> str | None:
    """Storage units in whole units with every digit, which a float would not keep."""
    return f"{Decimal(ticks) / measure.kind.scale:f}" if ticks is not None else None


def _figure_cells(figure: Figure, measure: Measure) -> list[Cell]:
    interval = figure.interval
    low, high = (interval.low, interval.high) if interval else (None, None)
    return [
        _digits(interval.exact, measure) if interval else None,
        _digits(low, measure),
        _digits(high, measure),
        interval.low_open if interval else None,
        interval.high_open if interval else None,
        safe(measure.unit),
        figure.currency,
        figure.state.value,
        safe(figure.period.label) if figure.period else None,
        safe(figure.as_stated),
        safe(figure.source),
        safe(figure.locator),
        safe(figure.derivation),
    ]


def company_row(company: Company, answer: Answer | None) -> list[Cell]:
    """A company and the headline figure of every built-in measure."""
    founded = company.headline("founded").interval
    row: list[Cell] = [
        safe(company.slug),
        safe(company.name),
        answer.word if answer is not None else None,
        founded.exact if founded else None,
        safe(company.place),
        safe("; ".join(company.industries)),
    ]
    for measure in BUILT_IN:
        row += _figure_cells(company.headline(measure.key), measure)
    return row


def figure_rows(company: Company, catalogue: Catalogue) -> Iterator[list[Cell]]:
    """Every figure of a company, the headline of each measure first."""
    for measure in catalogue:
        figures = [figure for figure in company.figures if figure.measure == measure.key]
        for position, figure in enumerate(figures):
            yield [
                safe(company.slug),
                safe(company.name),
                measure.key,
                position == 0,
                *_figure_cells(figure, measure),
                figure.published.isoformat() if figure.published else None,
                safe(figure.note),
            ]


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """CSV as RFC 4180 has it, in pieces; true and false in small letters, nothing for unknown."""
    yield _line(header)
    for row in rows:
        yield _line([_text(cell) for cell in row])


def _text(cell: Cell) -> str | Number | None:
    return str(cell).lower() if isinstance(cell, bool) else cell


def _line(cells: Sequence[str | Number | None]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()
