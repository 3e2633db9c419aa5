"""The columns of every export, told once: of companies, of figures and of sources."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from ..profiles.answer import Answer
from ..profiles.company import Company, Source
from ..profiles.figure import Figure, unknown
from ..profiles.measures import Catalogue, Measure
from ..profiles.rates import conversion_words
from .tables import Cell, Column, Holds, Quantity


class Listed(Struct, frozen=True):
    """A company with the headline of each measure it has, and its answer to a filter, if any."""

    company: Company
    answer: Answer | None
    headlines: Mapping[str, Figure]

    @classmethod
    def of(cls, company: Company, answer: Answer | None = None) -> "Listed":
        """A company with its headlines, looked up once."""
        headlines: dict[str, Figure] = {}
        for figure in company.figures:
            headlines.setdefault(figure.measure, figure)
        return cls(company, answer, headlines)

    def headline(self, key: str) -> Figure:
        """The figure that speaks for a measure; an unknown one where there is none."""
        return self.headlines.get(key) or unknown(key)

    @property
    def founded(self) -> int | None:
        """The year of foundation, where it is one year."""
        interval = self.headline("founded").interval
        return interval.exact if interval else None


class Stated(Struct, frozen=True):
    """One figure of a company; the headline speaks for its measure."""

    company: Company
    measure: Measure
    figure: Figure
    headline: bool


def figures_of(company: Company, catalogue: Catalogue) -> Iterator[Stated]:
    """Every figure of a company in the order of the catalogue, each measure's headline first."""
    grouped: dict[str, list[Figure]] = defaultdict(list)
    for figure in company.figures:
        grouped[figure.measure].append(figure)
    for measure in catalogue:
        for position, figure in enumerate(grouped.get(measure.key, ())):
            yield Stated(company, measure, figure, headline=position == 0)


class Resting(Struct, frozen=True):
    """A source with its number, and how many of the exported figures rest on it."""

    number: int
    source: Source
    figures: int


class Part(Struct, frozen=True):
    """A part of a figure: columns of the companies repeat it for each measure."""

    name: str
    holds: Holds
    read: Callable[[Figure, Measure], Cell]


def _quantity(ticks: int | None, figure: Figure, measure: Measure) -> Quantity | None:
    return Quantity(ticks, measure.kind, figure.currency) if ticks is not None else None


def _value(figure: Figure, measure: Measure) -> Cell:
    return _quantity(figure.interval.exact, figure, measure) if figure.interval else None


def _low(figure: Figure, measure: Measure) -> Cell:
    return _quantity(figure.interval.low, figure, measure) if figure.interval else None


def _high(figure: Figure, measure: Measure) -> Cell:
    return _quantity(figure.interval.high, figure, measure) if figure.interval else None


def _derivation(figure: Figure) -> str | None:
    """How a figure was worked out, and from which currency it was converted."""
    converted = f"converted {conversion_words(figure.conversion)}" if figure.conversion else None
    return "; ".join(filter(None, (figure.derivation, converted))) or None


PARTS: tuple[Part, ...] = (
    Part("value", Holds.NUMBER, _value),
    Part("low", Holds.NUMBER, _low),
    Part("high", Holds.NUMBER, _high),
    Part("low_open", Holds.FLAG, lambda f, _: f.interval.low_open if f.interval else None),
    Part("high_open", Holds.FLAG, lambda f, _: f.interval.high_open if f.interval else None),
    Part("unit", Holds.TEXT, lambda _, measure: measure.unit),
    Part("currency", Holds.TEXT, lambda f, _: f.currency),
    Part("state", Holds.TEXT, lambda f, _: f.state.value),
    Part("period", Holds.TEXT, lambda f, _: f.period.label if f.period else None),
    Part("as_stated", Holds.TEXT, lambda f, _: f.as_stated),
    Part("source", Holds.TEXT, lambda f, _: f.source),
    Part("locator", Holds.TEXT, lambda f, _: f.locator),
    Part("derivation", Holds.TEXT, lambda f, _: _derivation(f)),
)


def _of_figure(part: Part) -> Column[Stated]:
    return Column(part.name, part.holds, lambda row: part.read(row.figure, row.measure))


def _of_headline(measure: Measure, part: Part) -> Column[Listed]:
    holds = Holds.of(measure.kind) if part.holds is Holds.NUMBER else part.holds
    name = f"{measure.key}_{part.name}"
    return Column(name, holds, lambda row: part.read(row.headline(measure.key), measure))


IDENTITY: tuple[Column[Listed], ...] = (
    Column("slug", Holds.TEXT, lambda row: row.company.slug),
    Column("name", Holds.TEXT, lambda row: row.company.name),
    Column("answer", Holds.TEXT, lambda row: row.answer.word if row.answer is not None else None),
    Column("founded", Holds.WHOLE, lambda row: row.founded),
    Column("place", Holds.TEXT, lambda row: row.company.place),
    Column("industries", Holds.TEXT, lambda row: "; ".join(row.company.industries)),
)
WHEREABOUTS: tuple[Column[Listed], ...] = (
    Column("country", Holds.TEXT, lambda row: row.company.country),
    Column("tags", Holds.TEXT, lambda row: "; ".join(row.company.tags)),
    Column("identifiers", Holds.TEXT, lambda row: "; ".join(map(str, row.company.identifiers))),
)
FIGURES: tuple[Column[Stated], ...] = (
    Column("slug", Holds.TEXT, lambda row: row.company.slug),
    Column("name", Holds.TEXT, lambda row: row.company.name),
    Column("measure", Holds.TEXT, lambda row: row.measure.key),
    Column("headline", Holds.FLAG, lambda row: row.headline),
    *map(_of_figure, PARTS),
    Column("published", Holds.DATE, lambda row: row.figure.published),
    Column("note", Holds.TEXT, lambda row: row.figure.note),
)
SOURCES: tuple[Column[Resting], ...] = (
    Column("number", Holds.WHOLE, lambda row: row.number),
    Column("source", Holds.TEXT, lambda row: row.source.id),
    Column("title", Holds.TEXT, lambda row: row.source.title),
    Column("author", Holds.TEXT, lambda row: row.source.author),
    Column("published", Holds.DATE, lambda row: row.source.published),
    Column("address", Holds.TEXT, lambda row: row.source.url),
    Column("figures", Holds.WHOLE, lambda row: row.figures),
)


def company_columns(catalogue: Catalogue) -> tuple[Column[Listed], ...]:
    """Who a company is, then every part of the headline of each listed measure, KEY_PART.

    Where it is filed and what registers call it comes last: files had all the rest before.
    """
    parts = (_of_headline(measure, part) for measure in catalogue.listed for part in PARTS)
    return (*IDENTITY, *parts, *WHEREABOUTS)
