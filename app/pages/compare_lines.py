"""The compared companies over the years: a chart for each main measure, a line a company. Pure."""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..charts.line import Course, Dot, across, draw_line, spread, upright
from ..charts.scales import Scale
from ..charts.scatter import Line
from ..profiles.company import Company
from ..profiles.measures import Measure
from .cells import note_url
from .comparison import Comparison
from .dated import (
    Dated,
    Tick,
    absences,
    currency_of,
    dated,
    drawable,
    several,
    ticks,
    to_draw,
    year_words,
    years_of,
)

GAP = 7.0
"""Percent of the plot's height from one name at the end of a line to the next."""
SHORT = 12
"""Letters of a name that have room beside the plot; the legend has the whole name."""


class LinkedDot(Struct, frozen=True, gc=False):
    """A mark of the chart, the note that it leads to, and what it tells."""

    dot: Dot
    href: str
    label: str


class CompanyLine(Struct, frozen=True, gc=False):
    """A company's line: its name whole and short, and which of the dash patterns it has.

    `lead` goes from its last mark to its name, which stands at `at` percent from the top.
    """

    name: str
    short: str
    pattern: int
    course: Course
    dots: tuple[LinkedDot, ...]
    lead: Line
    at: float


class LineChart(Struct, frozen=True, gc=False):
    """One measure of all companies over the years."""

    key: str
    title: str
    basis: str | None
    lines: tuple[CompanyLine, ...]
    ticks: tuple[Tick, ...]
    zero: float
    first: str
    last: str
    remarks: tuple[str, ...]


class _Drawing(Struct, frozen=True, gc=False):
    """One measure: what all companies state of it, on which scales, in which currency."""

    comparison: Comparison
    measure: Measure
    currency: str | None
    years: tuple[int, ...]
    scales: tuple[Scale, Scale]


def line_charts(comparison: Comparison) -> tuple[LineChart, ...]:
    """A chart for each listed measure of which a company has figures of two years."""
    found = (
        _chart(comparison, measure)
        for measure in comparison.version.catalogue.listed
        if any(several(company, measure) for company in comparison.every)
    )
    return tuple(chart for chart in found if chart)


def _chart(comparison: Comparison, measure: Measure) -> LineChart | None:
    """The chart of a measure; None where fewer than two years can be drawn in one currency."""
    every = [one for company in comparison.every for one in dated(company, measure)]
    currency = currency_of(every, comparison.version.currency)
    drawn = drawable(every, currency)
    years = years_of(drawn)
    if len(years) < 2:
        return None
    y = upright([one.interval for one in drawn], measure.kind)
    scales = (across(years[0], years[-1]), y)
    drawing = _Drawing(comparison, measure, currency, years, scales)
    figures = [one.figure for one in every]
    return LineChart(
        key=measure.key,
        title=measure.label,
        basis=measure.basis,
        lines=_spaced(list(_lines(drawing))),
        ticks=ticks(y, measure, currency),
        zero=y(0),
        first=year_words(years[0], figures),
        last=year_words(years[-1], figures),
        remarks=tuple(_remarks(drawing)),
    )


def _lines(drawing: _Drawing) -> Iterator[CompanyLine]:
    for pattern, company in enumerate(drawing.comparison.every):
        found = dated(company, drawing.measure)
        course = draw_line(
            to_draw(found, drawing.currency), drawing.comparison.version.years, drawing.scales
        )
        if (last := course.last) is None:
            continue
        dots = tuple(_linked(dot, found[dot.place], company, drawing) for dot in course.dots)
        lead = Line(last.x, last.y, 100.0, last.y)
        name, short = company.name, _short(company.name)
        yield CompanyLine(name, short, pattern, course, dots, lead, last.y)


def _short(name: str) -> str:
    return name if len(name) <= SHORT else f"{name[: SHORT - 1].rstrip()}…"


def _linked(dot: Dot, one: Dated, company: Company, drawing: _Drawing) -> LinkedDot:
    written = one.written(drawing.measure)
    label = f"{company.name}, {drawing.measure.label} {one.period.label}: {written.spoken}"
    chosen = drawing.comparison.version.chosen
    href = note_url(company.slug, drawing.measure.key, one.place, chosen)
    return LinkedDot(dot, href, label)


def _spaced(lines: Sequence[CompanyLine]) -> tuple[CompanyLine, ...]:
    """The same lines with their names clear of each other."""
    places = spread([line.at for line in lines], GAP)
    return tuple(
        replace(line, at=at, lead=replace(line.lead, y2=at))
        for line, at in zip(lines, places, strict=True)
    )


def _remarks(drawing: _Drawing) -> Iterator[str]:
    """What of each company is not drawn."""
    first, last = drawing.years[0], drawing.years[-1]
    span = [year for year in drawing.comparison.version.years if first <= year <= last]
    for company in drawing.comparison.every:
        parts = "; ".join(absences(company, drawing.measure, span, drawing.currency))
        if parts:
            yield f"{company.name}: {parts}."
