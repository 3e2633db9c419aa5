"""The part of the reference model that finds companies, sources and remarks by their keys."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec.structs import replace
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from app.profiles.company import Company, Dataset, Source
from app.profiles.facets import FACETS
from app.profiles.figure import Figure
from app.profiles.search import fold

Lines: TypeAlias = tuple[tuple[str, str], ...]
CLOSEST, LIKENESS = 3, 60


class CompanyReference:
    """The companies of a data set by slug, in that order, as stated or in a currency."""

    def __init__(self, dataset: Dataset, currency: str = "") -> None:
        self.dataset = dataset
        self.currency = currency or dataset.currency
        converted = (
            one.in_currency(currency, dataset.rates) if currency else one
            for one in map(_as_stored, dataset.companies)
        )
        self.companies = {one.slug: one for one in sorted(converted, key=lambda one: one.slug)}

    def get_company(self, slug: str) -> Company | None:
        """The company of a slug, or None."""
        return self.companies.get(slug)

    def get_companies(self, slugs: Sequence[str]) -> tuple[Company, ...]:
        """The companies of these slugs, in their order, without those that nobody has."""
        return tuple(self.companies[slug] for slug in slugs if slug in self.companies)

    def answered_companies(self, lines: Lines, period: int | None) -> list[tuple[str, Company]]:
        """The companies of some lines with their answers; with a period, just its figures."""
        found = [(word, self.companies[slug]) for slug, word in lines]
        return [(word, one.of_year(period) if period else one) for word, one in found]

    def known_slugs(self, slugs: Iterable[str]) -> frozenset[str]:
        """Which of these slugs a company has now."""
        return frozenset(slugs) & self.companies.keys()

    def current_slug(self, slug: str) -> str | None:
        """The first slug of a company that was filed under this one before, or None."""
        return next((one.slug for one in self.companies.values() if slug in one.formerly), None)

    def name_companies(self, limit: int, after: str = "") -> tuple[tuple[str, str], ...]:
        """Slugs and names in the order of slugs, from behind `after`."""
        named = [(slug, one.name) for slug, one in self.companies.items() if slug > after]
        return tuple(named[:limit])

    def closest_names(self, text: str) -> tuple[tuple[str, str], ...]:
        """The companies whose names or slugs are most like a text, best first."""
        wanted, scored = fold(text), []
        for slug, one in self.companies.items():
            texts = (fold(one.name), slug.replace("-", " "))
            likeness = max(fuzz.WRatio(wanted, text) for text in texts)
            begins_alike = max(JaroWinkler.similarity(wanted, text) for text in texts)
            scored.append((-likeness, -begins_alike, slug, one.name))
        near = sorted(scored)[:CLOSEST]
        return tuple((slug, name) for minus, _, slug, name in near if -minus >= LIKENESS)

    def get_source(self, source_id: str) -> Source | None:
        """The source of an id, or None."""
        return next((one for one in self.dataset.sources if one.id == source_id), None)

    def count_figures(self) -> dict[str, tuple[int, int]]:
        """For each source how many figures rest on it and of how many companies, if any do."""
        counts = {}
        for source in self.dataset.sources:
            found = self.figures_of_source(source.id, "", len(self.companies))
            if found:
                counts[source.id] = (len(found), len({slug for slug, _, _ in found}))
        return counts

    def figures_of_source(
        self, source_id: str, after: str, companies: int
    ) -> tuple[tuple[str, str, Figure], ...]:
        """The figures of a source of so many companies behind a slug, company by company."""
        resting = [
            one
            for slug, one in self.companies.items()
            if slug > after and any(figure.source == source_id for figure in one.figures)
        ]
        return tuple(
            (one.slug, one.name, figure)
            for one in resting[:companies]
            for figure in one.figures
            if figure.source == source_id
        )

    def read_remarks(self) -> tuple[tuple[str, str], ...]:
        """The remarks of the load, in their order."""
        return tuple((one.kind, one.text) for one in self.dataset.remarks)


def _as_stored(company: Company) -> Company:
    """A company with each value of a facet once, and none that is a bare dash."""
    filed = {facet.key: facet.values(company) for facet in FACETS}
    country = filed["country"][0] if filed["country"] else None
    return replace(company, industries=filed["industry"], country=country, tags=filed["tag"])
