"""A figure on a page: the number, and the note that tells where it stands. Pure."""

from msgspec import Struct
from msgspec.structs import replace

from ..links import company_url, source_url
from ..profiles.figure import Figure, State
from ..profiles.measures import Measure
from ..profiles.rates import rate_words
from ..profiles.version import Version
from .citing import cite_figure
from .formatting import (
    UNKNOWN,
    Magnitude,
    Written,
    write_date,
    write_exactly,
    write_interval,
    write_period,
)

WORKED_OUT = "ƒ"
"""The mark of a number that is worked out and stands in no source."""

KINDS = {
    State.STATED: "stated",
    State.DERIVED: "worked out",
    State.NONE: "stated as none yet",
    State.UNKNOWN: "not stated",
}


class Printing(Struct, frozen=True, gc=False):
    """One place where a figure stands, and the form printed there."""

    form: str
    locator: str
    meaning: str | None


class RateUsed(Struct, frozen=True, gc=False):
    """An exchange rate in words, and where it stands."""

    words: str
    source: str
    source_href: str
    locator: str | None


class Converted(Struct, frozen=True, gc=False):
    """What an amount was before it was converted, with every digit, and the rates that led here."""

    before: str
    rates: tuple[RateUsed, ...]


class Mark(Struct, frozen=True, gc=False):
    """The mark beside a number, what it leads to, and what the number counts as."""

    mark: str
    label: str
    exactly: str


class Note(Mark, frozen=True, gc=False):
    """What a figure's mark opens: everything that is known about the number."""

    anchor: str
    kind: str
    printings: tuple[Printing, ...]
    printed: str | None
    source: str | None
    source_href: str | None
    published: str | None
    period: str
    derivation: str | None
    remark: str | None
    citation: str | None = None
    conversion: Converted | None = None
    chosen: str | None = None
    """Why the figure is first of several."""


class Numbered(Struct, frozen=True, gc=False):
    """A figure as a page prints it."""

    measure: str
    state: str
    written: Written

    @property
    def known(self) -> bool:
        """Whether there is a number to print."""
        return self.state in (State.STATED, State.DERIVED)


class Marked(Numbered, frozen=True, gc=False):
    """A figure whose mark leads to its note elsewhere."""

    note: Mark | None = None


class Cell(Numbered, frozen=True, gc=False):
    """A figure with its note. `why` tells why there is no number."""

    note: Note | None = None
    why: str | None = None


def make_marked(
    figure: Figure, measure: Measure, company: str, version: Version, magnitude: Magnitude | None
) -> Marked:
    """A figure of the company so named, marked."""
    mark = None
    if figure.state is not State.UNKNOWN:
        worked_out = figure.derivation is not None
        label = note_label(measure, company, worked_out=worked_out)
        mark = Mark(_mark(figure, version), label, write_exactly(figure, measure))
    return Marked(measure.key, figure.state, _written(figure, measure, magnitude), mark)


def make_cell(
    figure: Figure,
    measure: Measure,
    company: str,
    version: Version,
    anchor: str,
    *,
    url: str | None = None,
) -> Cell:
    """A figure of the company so named, with its note, whose element on the page is `anchor`.

    `url` is the full address by which the figure is cited; without one there is no citation.
    """
    written = _written(figure, measure)
    if figure.state is State.UNKNOWN:
        return Cell(measure.key, figure.state, written, why="not stated")
    note = make_note(figure, measure, company, version, anchor, url=url)
    why = figure.as_stated if figure.interval is None else None
    return Cell(measure.key, figure.state, written, note, why)


def _written(figure: Figure, measure: Measure, magnitude: Magnitude | None = None) -> Written:
    if figure.state is State.UNKNOWN:
        return Written(UNKNOWN, f"{measure.label} not stated")
    if figure.interval is None:
        return Written("none yet", "none yet")
    return write_interval(figure.interval, measure, figure.currency, magnitude)


def _mark(figure: Figure, version: Version) -> str:
    return (
        WORKED_OUT
        if figure.derivation is not None
        else str(version.source_number(figure.source) or "?")
    )


def make_note(
    figure: Figure,
    measure: Measure,
    company: str,
    version: Version,
    anchor: str,
    *,
    url: str | None = None,
) -> Note:
    """The note of a figure that is stated, worked out, or none yet; `url` as for its cell."""
    source = version.source(figure.source)
    meanings = {place.name: place.meaning for place in source.places} if source else {}
    worked_out = figure.derivation is not None
    return Note(
        anchor=anchor,
        mark=_mark(figure, version),
        label=note_label(measure, company, worked_out=worked_out),
        kind=_kind(figure),
        printings=tuple(
            Printing(cited.as_stated, cited.locator, _meaning(cited.locator, meanings))
            for cited in figure.citations
        ),
        printed=figure.as_stated,
        source=source.title if source else None,
        source_href=source_url(source.id) if source else None,
        published=write_date(figure.published) if figure.published else None,
        period=_dated(figure),
        exactly=write_exactly(figure, measure),
        derivation=figure.derivation,
        remark=figure.note,
        citation=cite_figure(company, measure, figure, version, url) if url else None,
        conversion=_converted(figure, measure, version),
    )


def _kind(figure: Figure) -> str:
    """How a figure is known: stated, worked out, and whether it was converted."""
    kind = KINDS[State.DERIVED if figure.derivation is not None else figure.state]
    return f"{kind}, converted" if figure.conversion else kind


def _converted(figure: Figure, measure: Measure, version: Version) -> Converted | None:
    if (how := figure.conversion) is None:
        return None
    before = replace(figure, interval=how.interval, currency=how.currency, conversion=None)
    used = tuple(
        RateUsed(
            rate_words(rate),
            source.title if (source := version.source(rate.source)) else rate.source,
            source_url(rate.source),
            rate.locator,
        )
        for rate in how.rates
    )
    return Converted(write_exactly(before, measure), used)


def currency_words(figure: Figure, version: Version) -> str:
    """What an amount says of the currency that a reader chose: from USD, no rate, or nothing."""
    if figure.conversion:
        return f"from {figure.conversion.currency}"
    strange = version.chosen and figure.known and figure.currency not in (None, version.chosen)
    return "no rate" if strange else ""


def note_label(measure: Measure, company: str, *, worked_out: bool) -> str:
    """What a note tells: where a company's figure stands, or how it was worked out."""
    return f"{'How' if worked_out else 'Source of'} {measure.label}, {company}"


def _dated(figure: Figure) -> str:
    """When a figure is of; one worked out over several periods is of those of its inputs."""
    if figure.derivation and figure.period is None:
        return "that of its inputs"
    return write_period(figure.period, figure.published)


def _meaning(locator: str, meanings: dict[str, str]) -> str | None:
    """What the name that a locator begins with means: Innovation 3 is explained by Innovation."""
    fitting = [name for name in meanings if locator == name or locator.startswith(f"{name} ")]
    return meanings[max(fitting, key=len)] if fitting else None


def note_url(slug: str, measure: str, position: int = 0, currency: str = "") -> str:
    """The note of a figure on its company's profile, that of the headline unless told; with
    amounts in a currency, or as stated.
    """
    return f"{company_url(slug, currency)}#{note_anchor(measure, position)}"


def note_anchor(measure: str, position: int = 0) -> str:
    """The element that holds a note on a profile."""
    return f"note-{measure}" if position == 0 else f"note-{measure}-{position + 1}"


BAR_CLASSES = {"employees": "b2", "rd_staff": "b2", "revenue_per_employee": "b3", "countries": "b4"}
"""The hue of a measure's bars; the others have the first."""
