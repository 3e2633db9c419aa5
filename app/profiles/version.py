"""A version of the data set: what it holds as a whole, apart from its companies."""

from collections.abc import Mapping

from msgspec import Struct, field

from .company import Company, Source
from .measures import Catalogue
from .rates import NO_RATES, Rates
from .results import Extent


class View(Struct, frozen=True, gc=False):
    """Which figures of a company are compared: the latest of each (year 0) or those of one year,
    as published (currency "") or converted into a currency.
    """

    year: int = 0
    currency: str = ""


class Version(Struct, frozen=True):
    """What one load published. `loaded_at` is an ISO time, `digest` a SHA-256 of the input files.

    `currency` is the one in which amounts are compared: the `chosen` one, in which they are then
    also shown as far as `rates` allow, or else the data set's own. `prefer` orders the sources
    where several report one figure. `years` are those of built-in measures, the latest first.
    """

    number: int
    digest: str
    loaded_at: str
    title: str
    description: str
    classification: str
    currency: str
    companies: int
    figures: int
    sources: tuple[Source, ...]
    catalogue: Catalogue
    years: tuple[int, ...] = ()
    prefer: tuple[str, ...] = ()
    extents: Mapping[str, Extent] = field(default_factory=dict)
    rates: Rates = NO_RATES
    chosen: str = ""

    def seen(self, company: Company) -> Company:
        """A company as a reader of this version sees it: in the chosen currency."""
        return company.in_currency(self.chosen, self.rates) if self.chosen else company

    def source(self, source_id: str | None) -> Source | None:
        """The source of that id, or None."""
        return next((source for source in self.sources if source.id == source_id), None)

    def source_number(self, source_id: str | None) -> int | None:
        """The number by which pages name a source, counted from 1."""
        ids = [source.id for source in self.sources]
        return ids.index(source_id) + 1 if source_id in ids else None
