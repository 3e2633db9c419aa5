"""Companies, sources and the data set that holds them. Values only."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct, field

from .figure import Figure, unknown
from .measures import BUILT_IN, Catalogue, Kind
from .rates import NO_RATES, Rates
from .remarks import Remark, Remarks

LONGEST_SLUG = 80
"""Characters of the longest slug that a company can have."""
_INITIALS = frozenset({"lei", "isin", "cik", "cusip", "sedol", "figi", "duns", "vat", "ein", "bic"})
"""The registers that are known by their initials."""


class About(StrEnum):
    """What a statement is about."""

    PLACE = "place"
    ACTIVITY = "activity"
    HIGHLIGHT = "highlight"
    NOTE = "note"


class Statement(Struct, frozen=True, gc=False):
    """Something said of a company in words, with its source.

    A claim is the author's judgement and shown as the author's words.
    """

    about: About
    text: str
    claim: bool = False
    source: str | None = None
    locator: str | None = None


class Identifier(Struct, frozen=True, gc=False):
    """A name that a register gives one company alone: `scheme` is lei, isin, ticker, …"""

    scheme: str
    value: str

    @property
    def register(self) -> str:
        """What people call the register: LEI, ISIN, Ticker; another scheme in its own words."""
        if self.scheme in _INITIALS:
            return self.scheme.upper()
        return self.scheme.replace("_", " ").capitalize()

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Company(Struct, frozen=True, gc=False):
    """Who a company is, what is said of it, and its figures, each measure's headline first.

    `country` is where its seat is, in the words of its source, or None where no source says.
    """

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    country: str | None = None
    tags: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()

    def with_figures(self, figures: tuple[Figure, ...]) -> "Company":
        """The company with these figures instead: as `replace`, in a quarter of its time."""
        return Company(
            self.slug,
            self.name,
            self.aliases,
            self.formerly,
            self.industries,
            self.country,
            self.tags,
            self.identifiers,
            self.statements,
            figures,
        )

    def all_of(self, measure: str) -> tuple[Figure, ...]:
        """Every figure of a measure, the headline first; an unknown one where there is none."""
        found = tuple(figure for figure in self.figures if figure.measure == measure)
        return found or (unknown(measure),)

    @property
    def years(self) -> tuple[int, ...]:
        """The years in which a period of its figures ends, the earliest first."""
        return tuple(sorted({one.period.end.year for one in self.figures if one.period}))

    def of_year(self, year: int) -> "Company":
        """The company with just those figures whose period ends in a year."""
        return self.with_figures(tuple(one for one in self.figures if _ends_in(one, year)))

    def in_year(self, year: int) -> "Company":
        """The company with its figures of a year, and with those that are the same in every year:
        when it was founded.
        """
        steady = {one.key for one in BUILT_IN if one.kind is Kind.YEAR}
        kept = (one for one in self.figures if one.measure in steady or _ends_in(one, year))
        return self.with_figures(tuple(kept))

    def in_currency(self, currency: str, rates: Rates) -> "Company":
        """The company with its amounts in a currency, as far as there are rates for them."""
        return self.with_figures(tuple(rates.convert(one, currency) for one in self.figures))

    def headline(self, measure: str) -> Figure:
        """The figure that speaks for the measure."""
        return self.all_of(measure)[0]

    def said(self, about: About) -> tuple[Statement, ...]:
        """What is said about one thing, in the order of the file."""
        return tuple(statement for statement in self.statements if statement.about is about)

    @property
    def place(self) -> str | None:
        """The places given for the company, in the source's terms. None is a headquarters."""
        return "; ".join(statement.text for statement in self.said(About.PLACE)) or None

    @property
    def searched(self) -> Iterator[str]:
        """The texts that a search looks into."""
        yield self.name
        yield from self.aliases
        for statement in self.statements:
            if statement.about in (About.ACTIVITY, About.HIGHLIGHT):
                yield statement.text


def _ends_in(figure: Figure, year: int) -> bool:
    """Whether a figure is of a period that ends in a year."""
    return figure.period is not None and figure.period.end.year == year


class Place(Struct, frozen=True, gc=False):
    """A name that locators use, and what it means: a section, a table, a list."""

    name: str
    meaning: str


class Source(Struct, frozen=True, gc=False):
    """A document that figures rest on. `url` is http(s) or None where none is known."""

    id: str
    title: str
    author: str | None = None
    kind: str | None = None
    published: date | None = None
    url: str | None = None
    places: tuple[Place, ...] = ()


class Head(Struct, frozen=True):
    """What a data set says beside its companies: their sources, and the measures it adds.

    `currency` is the ISO code that `$` alone means and in which amounts are compared;
    `classification` says whose view the industries are. `prefer` orders the sources where several
    tell one figure, `aliases` names companies that tables call otherwise.
    """

    title: str
    sources: tuple[Source, ...] = ()
    description: str = ""
    classification: str = ""
    currency: str = "USD"
    catalogue: Catalogue = Catalogue()
    digest: str = ""
    rates: Rates = NO_RATES
    prefer: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


class Dataset(Head, frozen=True):
    """Everything that a load brings, at once: what fits into memory."""

    companies: tuple[Company, ...] = ()
    remarks: tuple[Remark, ...] = ()


class Packed(Struct, frozen=True, gc=False):
    """A company as the store lays it up: its slug, and how many figures it has."""

    slug: str
    figures: int
    content: bytes


class Incoming(Struct, frozen=True):
    """A data set on its way in: its companies come one by one, once, and none need be kept.

    `remarks` grow while they come, and are whole at their end. Where other processes read the
    companies they come `packed`, and there only.
    """

    head: Head
    companies: Iterator[Company]
    remarks: Remarks = field(default_factory=Remarks)
    packed: Iterator[Packed] | None = None

    @classmethod
    def of(cls, dataset: Dataset) -> "Incoming":
        """A data set that is there already."""
        return cls(dataset, iter(dataset.companies), Remarks(dataset.remarks))
