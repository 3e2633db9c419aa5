"""Ready citations: a figure or a page as text, with the date of the data and their digest. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct

from ..links import source_url
from ..profiles.company import Source
from ..profiles.figure import Figure, State
from ..profiles.measures import Measure
from ..profiles.rates import conversion_words
from ..profiles.version import Version
from .formatting import write_date, write_interval, write_period

DIGEST = 12
"""Letters of the digest that name an version, as at the foot of every page."""


def cite_figure(company: str, measure: Measure, figure: Figure, version: Version, url: str) -> str:
    """A figure of the company so named; `url` is the full address where it is read.

    What is stated is written with every digit, what is worked out as pages show it, with its
    formula and inputs. A bound is a bound, in words.
    """
    parts = [
        f"{company}, {measure.label}: {_value(figure, measure)}{_dated(figure)}",
        *([figure.derivation] if figure.derivation else ()),
        *_sources(figure, version),
        _within(version, url),
    ]
    return ". ".join(parts)


def cite_page(title: str, version: Version, url: str) -> str:
    """A chart or a comparison under a title; `url` is its full address."""
    return f"{title}. {_within(version, url)}"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: Huawei, ZTE Corporation and Intel."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _within(version: Version, url: str) -> str:
    day = write_date(date.fromisoformat(version.loaded_at[:10]))
    digest = version.digest[:DIGEST]
    return f"In: {version.title}, Sourcebook, data of {day}, digest {digest}, {url}"


def _value(figure: Figure, measure: Measure) -> str:
    if figure.interval is None:
        return "none yet" if figure.state is State.NONE else "not stated"
    exactly = figure.state is State.STATED
    written = write_interval(figure.interval, measure, figure.currency, exactly=exactly).spoken
    converted = f", converted {conversion_words(how)}" if (how := figure.conversion) else ""
    return f"{written}{converted}"


def _dated(figure: Figure) -> str:
    """When a figure is of and how it is known: (2015; printed “$61B USD”), (worked out)."""
    if figure.state is State.UNKNOWN:
        return ""
    parts = []
    if figure.period or not figure.derivation:
        parts.append(write_period(figure.period, figure.published))
    if figure.derivation:
        parts.append("worked out")
    elif figure.as_stated:
        parts.append(f"printed “{figure.as_stated}”")
    return f" ({'; '.join(parts)})"


def _sources(figure: Figure, version: Version) -> Iterator[str]:
    """The source as it is cited, with the places in it; none where none is named."""
    if source := version.source(figure.source):
        places = "; ".join(cited.locator for cited in figure.citations)
        inputs = "Inputs from " if figure.derivation else ""
        yield inputs + ", ".join(filter(None, (*_named(source), places)))


def _named(source: Source) -> Iterator[str]:
    """Author, title, day and address, as far as they are known."""
    if source.author:
        yield source.author
    yield f"“{source.title}”"
    if source.published:
        yield write_date(source.published)
    if source.url:
        yield source.url


class CitedSource(Struct, frozen=True, gc=False):
    """A source in the list at the end of a page, under the number that its marks bear."""

    number: int
    title: str
    href: str
    author: str | None
    published: str | None
    url: str | None


def resting_on(figures: Iterable[Figure]) -> set[str | None]:
    """The sources that figures rest on, those of the rates they were converted at among them."""
    used: set[str | None] = set()
    for figure in figures:
        used.add(figure.source)
        if figure.conversion:
            used |= {rate.source for rate in figure.conversion.rates}
    return used


def cited_sources(figures: Iterable[Figure], version: Version) -> tuple[CitedSource, ...]:
    """The sources that figures rest on, each once, in the order of their numbers."""
    used = resting_on(figures)
    return tuple(
        CitedSource(
            number,
            source.title,
            source_url(source.id),
            source.author,
            write_date(source.published) if source.published else None,
            source.url,
        )
        for number, source in enumerate(version.sources, 1)
        if source.id in used
    )
