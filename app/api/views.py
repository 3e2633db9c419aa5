"""The JSON shapes: values into what programs read. Shares are fractions, money is whole units."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from ..profiles.answer import Answer
from ..profiles.company import Company, Source
from ..profiles.figure import Conversion, Figure
from ..profiles.headline import why_first
from ..profiles.measures import BUILT_IN, Catalogue, Kind, Measure
from ..profiles.results import Counts
from .tables import Quantity

Number = int | Annotated[Decimal, WithJsonSchema({"type": "number"})]


class View(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True)


class RateView(View):
    """An exchange rate: one unit of `base` is `value` units of `quote`."""

    base: str
    quote: str
    value: Number
    period: str = Field(description="The year or the day that it is of.")
    source: str = Field(description="The source's id.")
    locator: str | None = Field(description="Where in the source.")


class ConversionView(View):
    """How an amount came into the currency that was asked for."""

    currency: str = Field(description="The currency that the source states.")
    low: Number | None
    high: Number | None
    rates: tuple[RateView, ...]


class FigureView(View):
    """One figure. `low` and `high` are null where unknown or infinite."""

    state: Literal["stated", "derived", "none", "unknown"]
    low: Number | None = Field(examples=[61_000_000_000])
    high: Number | None
    low_open: bool | None = Field(description="Whether low itself is excluded; null if no figure.")
    high_open: bool | None
    unit: str = Field(description="money, fraction, year, or what is counted.")
    currency: str | None = Field(description="ISO 4217 code of money.")
    period: str | None = Field(description="The period as printed; null where undated.")
    published: str | None = Field(description="When the source came out, an ISO date.")
    as_stated: str | None = Field(description="The form printed in the source.")
    source: str | None = Field(description="The source's id.")
    locator: str | None = Field(description="Where in the source; other forms printed in brackets.")
    derivation: str | None = Field(description="Formula and inputs of a derived figure.")
    note: str | None
    conversion: ConversionView | None = Field(description="Null for what is as its source has it.")


class HeadlineView(FigureView):
    """The figure that speaks for a measure, and every further figure of it."""

    reason: Literal["latest", "dated", "stated", "preferred", "first"] | None = Field(
        description="Why it comes before the next: it is of a later period, dated, stated, of a "
        "source that the data set prefers, or first in the data. Null where there is no other."
    )
    others: tuple[FigureView, ...]


class IdentifierView(View):
    """A name that a register gives one company alone."""

    scheme: str = Field(description="The register: lei, isin, ticker, cik, …", examples=["lei"])
    value: str


class CompanyView(View):
    """One company. `figures` holds every built-in measure, and the data set's own where stated."""

    slug: str
    name: str
    founded: int | None
    place: str | None
    industries: tuple[str, ...]
    country: str | None = Field(description="Where its seat is, in the words of its source.")
    tags: tuple[str, ...]
    identifiers: tuple[IdentifierView, ...]
    figures: dict[str, HeadlineView]


class ItemView(View):
    """One company of a list, with its answer to the filter."""

    slug: str
    name: str
    founded: int | None
    place: str | None
    industries: tuple[str, ...]
    country: str | None = Field(description="Where its seat is, in the words of its source.")
    tags: tuple[str, ...]
    identifiers: tuple[IdentifierView, ...]
    answer: Literal["yes", "maybe", "unknown"]
    figures: dict[str, HeadlineView]


class ListView(View):
    """A page of companies and how all of the data set answer; `none` is a part of `unknown`."""

    total: int
    yes: int
    maybe: int
    unknown: int
    none: int
    no: int
    counts_exact: bool
    items: tuple[ItemView, ...]
    next: str | None
    prev: str | None


class CompaniesView(View):
    """Companies side by side, in the order asked for."""

    items: tuple[CompanyView, ...]


class MeasureView(View):
    """What can be said of every company."""

    key: str
    label: str
    kind: Kind
    unit: str
    help: str
    low: Number | None = Field(description="The least that the measure can be.")
    high: Number | None = Field(description="The most that the measure can be; null is no limit.")
    basis: str | None = Field(description="What a share is a share of.")
    formula: str | None = Field(description="How it is worked out where it is not stated.")
    filterable: bool


class MeasuresView(View):
    """Every measure of the data set."""

    items: tuple[MeasureView, ...]


class SourceView(View):
    """A source, and how many figures of how many companies rest on it."""

    id: str
    title: str
    author: str | None
    kind: str | None
    published: str | None
    url: str | None
    locators: dict[str, str]
    figures: int
    companies: int


class SourcesView(View):
    """Every source of the data set."""

    items: tuple[SourceView, ...]


class ProblemView(View):
    """An error, as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] | None = None
    closest: list[str] | None = None


def number(ticks: int | None, kind: Kind) -> Number | None:
    """Storage units as a JSON number in whole units, exactly."""
    return Quantity(ticks, kind).exact if ticks is not None else None


def _figure(figure: Figure, measure: Measure) -> dict[str, object]:
    interval = figure.interval
    return {
        "state": figure.state.value,
        "low": number(interval.low, measure.kind) if interval else None,
        "high": number(interval.high, measure.kind) if interval else None,
        "low_open": interval.low_open if interval else None,
        "high_open": interval.high_open if interval else None,
        "unit": measure.unit,
        "currency": figure.currency,
        "period": figure.period.label if figure.period else None,
        "published": figure.published.isoformat() if figure.published else None,
        "as_stated": figure.as_stated,
        "source": figure.source,
        "locator": figure.locator,
        "derivation": figure.derivation,
        "note": figure.note,
        "conversion": _conversion(figure.conversion, measure) if figure.conversion else None,
    }


def _conversion(how: Conversion, measure: Measure) -> dict[str, object]:
    return {
        "currency": how.currency,
        "low": number(how.interval.low, measure.kind),
        "high": number(how.interval.high, measure.kind),
        "rates": [
            {
                "base": rate.base,
                "quote": rate.quote,
                "value": rate.value,
                "period": rate.period.label,
                "source": rate.source,
                "locator": rate.locator,
            }
            for rate in how.rates
        ],
    }


def _headlines(
    company: Company, catalogue: Catalogue, prefer: Sequence[str]
) -> Iterator[tuple[str, HeadlineView]]:
    stated = {figure.measure for figure in company.figures}
    for measure in catalogue:
        if measure in BUILT_IN or measure.key in stated:
            figures = company.all_of(measure.key)
            first, *others = (_figure(figure, measure) for figure in figures)
            reason = why_first(figures, prefer).value if others else None
            more = {"reason": reason, "others": others}
            yield measure.key, HeadlineView.model_validate(first | more)


def _company(company: Company, catalogue: Catalogue, prefer: Sequence[str]) -> dict[str, object]:
    founded = company.headline("founded").interval
    return {
        "slug": company.slug,
        "name": company.name,
        "founded": founded.exact if founded else None,
        "place": company.place,
        "industries": company.industries,
        "country": company.country,
        "tags": company.tags,
        "identifiers": [{"scheme": one.scheme, "value": one.value} for one in company.identifiers],
        "figures": dict(_headlines(company, catalogue, prefer)),
    }


def company_view(company: Company, catalogue: Catalogue, prefer: Sequence[str] = ()) -> CompanyView:
    """A single company; `prefer` is the order of sources by which its headlines were chosen."""
    return CompanyView.model_validate(_company(company, catalogue, prefer))


def item_view(
    company: Company, answer: Answer, catalogue: Catalogue, prefer: Sequence[str] = ()
) -> ItemView:
    """A company of a list; `prefer` as for a single one."""
    return ItemView.model_validate(_company(company, catalogue, prefer) | {"answer": answer.word})


def list_view(
    counts: Counts, items: Sequence[ItemView], next_url: str | None, prev_url: str | None
) -> ListView:
    """A page of companies with all counts."""
    return ListView(
        total=counts.total,
        yes=counts.yes,
        maybe=counts.maybe,
        unknown=counts.unknown,
        none=counts.none,
        no=counts.no,
        counts_exact=True,
        items=tuple(items),
        next=next_url,
        prev=prev_url,
    )


def measure_view(measure: Measure, catalogue: Catalogue) -> MeasureView:
    """A measure, with its formula in words."""
    formula = None
    if quotient := catalogue.quotient_of(measure):
        parts = (quotient.top, quotient.bottom)
        formula = " / ".join(parts)
    return MeasureView(
        key=measure.key,
        label=measure.label,
        kind=measure.kind,
        unit=measure.unit,
        help=measure.help,
        low=number(measure.domain.low, measure.kind),
        high=number(measure.domain.high, measure.kind),
        basis=measure.basis,
        formula=formula,
        filterable=measure.listed,
    )


def source_view(source: Source, resting: tuple[int, int]) -> SourceView:
    """A source with its reach."""
    return SourceView(
        id=source.id,
        title=source.title,
        author=source.author,
        kind=source.kind,
        published=source.published.isoformat() if source.published else None,
        url=source.url,
        locators={place.name: place.meaning for place in source.places},
        figures=resting[0],
        companies=resting[1],
    )
