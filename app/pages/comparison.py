"""What is compared: companies, the one that the others are measured by, and of which year. Pure."""

from collections.abc import Iterator

from msgspec import Struct

from ..profiles.company import Company
from ..profiles.figure import Figure, State
from ..profiles.measures import BUILT_IN, Measure
from ..profiles.version import Version


class Comparison(Struct, frozen=True):
    """What is compared: companies in their order, and the one that the others are measured by.

    `origin` begins the full addresses by which figures are cited, as http://host. `whole` are the
    same companies with the figures that are not compared, where only those of a year are.
    """

    companies: tuple[Company, ...]
    version: Version
    reference: Company | None = None
    origin: str = ""
    whole: tuple[Company, ...] = ()

    @property
    def every(self) -> tuple[Company, ...]:
        """The companies with all their figures."""
        return self.whole or self.companies

    def position(self, company: Company, figure: Figure) -> int:
        """The place of a figure among all of its measure on the company's profile."""
        every = next((one for one in self.every if one.slug == company.slug), company)
        same = (n for n, one in enumerate(every.all_of(figure.measure)) if one is figure)
        return next(same, 0)

    def headlines(self, measure: Measure) -> list[Figure]:
        """The figure that speaks for a measure, of each company."""
        return [company.headline(measure.key) for company in self.companies]

    @property
    def measures(self) -> Iterator[Measure]:
        """Every built-in measure, and those of the data set's own that one company states."""
        for measure in self.version.catalogue:
            stated = (figure.state is not State.UNKNOWN for figure in self.headlines(measure))
            if measure in BUILT_IN or any(stated):
                yield measure
