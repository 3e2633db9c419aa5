"""The card of a profile that shows its figures over the years: small charts, and their table."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..charts.line import Course, Dot, across, draw_line, upright
from ..profiles.company import Company
from ..profiles.measures import Measure
from ..profiles.version import Version
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
from .formatting import Written
from .shown import keep_together


class Told(Struct, frozen=True, gc=False):
    """A figure in words, which leads to its note."""

    period: str
    written: Written
    href: str
    label: str


class Point(Struct, frozen=True, gc=False):
    """A mark of the chart and what it tells."""

    dot: Dot
    told: Told


class YearChart(Struct, frozen=True, gc=False):
    """One measure over the years. `first` and `last` are the years at the ends of the axis."""

    key: str
    title: str
    basis: str | None
    course: Course
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    zero: float
    first: str
    last: str
    ends: tuple[Told, ...]
    remark: str


class YearRow(Struct, frozen=True, gc=False):
    """A year of the table, with the figures of each measure."""

    label: str
    cells: tuple[tuple[str, tuple[Told, ...]], ...]


class OverYears(Struct, frozen=True, gc=False):
    """The charts that can be drawn, and everything in them and beside them as a table."""

    charts: tuple[YearChart, ...]
    heads: tuple[str, ...]
    rows: tuple[YearRow, ...]


def over_years(company: Company, version: Version) -> OverYears | None:
    """What has figures of two years, listed measures first; None where nothing has."""
    found = [measure for measure in version.catalogue if several(company, measure)]
    measures = sorted(found, key=lambda measure: not measure.listed)
    if not measures:
        return None
    charts = (_chart(company, measure, version) for measure in measures)
    return OverYears(
        tuple(chart for chart in charts if chart),
        tuple(measure.label for measure in measures),
        tuple(_rows(company, measures)),
    )


def _chart(company: Company, measure: Measure, version: Version) -> YearChart | None:
    """The chart of a measure; None where fewer than two years can be drawn in one currency."""
    every = dated(company, measure)
    currency = currency_of(every, version.currency)
    drawn = drawable(every, currency)
    own = years_of(drawn)
    if len(own) < 2:
        return None
    first, last = company.years[0], company.years[-1]
    y = upright([one.interval for one in drawn], measure.kind)
    course = draw_line(to_draw(every, currency), version.years, (across(first, last), y))
    spoken = [one for one in version.years if first <= one <= last]
    leading = {one.year: one for one in reversed(drawn)}
    return YearChart(
        key=measure.key,
        title=measure.label,
        basis=measure.basis,
        course=course,
        points=tuple(Point(dot, _told(every[dot.place], measure)) for dot in course.dots),
        ticks=ticks(y, measure, currency),
        zero=y(0),
        first=year_words(first, company.figures),
        last=year_words(last, company.figures),
        ends=tuple(_end(leading[year], measure) for year in (own[0], own[-1])),
        remark=_sentence(tuple(absences(company, measure, spoken, currency))),
    )


def _sentence(parts: Sequence[str]) -> str:
    words = "; ".join(parts)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _told(one: Dated, measure: Measure) -> Told:
    written = one.written(measure)
    label = f"{measure.label} {one.period.label}: {written.spoken}"
    return Told(keep_together(one.period.label), written, f"#{one.anchor}", label)


def _end(one: Dated, measure: Measure) -> Told:
    """A figure that is also printed where it leads to its note."""
    told = _told(one, measure)
    return replace(told, label=f"{measure.label} {one.period.label}: {told.written.named}")


def _rows(company: Company, measures: Sequence[Measure]) -> list[YearRow]:
    """A row for each year in which one of the measures has a figure, the latest first."""
    found = {measure.label: (measure, dated(company, measure)) for measure in measures}
    every = [one for _, figures in found.values() for one in figures]
    return [
        YearRow(
            year_words(year, [one.figure for one in every]),
            tuple(
                (label, tuple(_told(one, measure) for one in figures if one.year == year))
                for label, (measure, figures) in found.items()
            ),
        )
        for year in reversed(years_of(every))
    ]
