"""The reference model: what each question of the store means, said over plain values.

It is slow and short on purpose, with no SQL, no index and no shared code with the store, so that a
reader can check it against the docstrings. Answers have the shapes that `adapter` documents.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from app.profiles.answer import Answer, all_of, answer, best_of
from app.profiles.company import Company, Dataset
from app.profiles.facets import FACETS, NOT_STATED, facet_answer
from app.profiles.figure import Figure, State
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from app.profiles.search import fold, identifier_term, terms, words
from tests.store.contract.arithmetic import (
    Edges,
    Record,
    extent_of,
    low_of,
    ranges_between,
    standing_of,
    summary_of,
)
from tests.store.contract.company_reference import CompanyReference, Lines

Axis: TypeAlias = tuple[str, Edges]

SIZES = ("revenue", "employees")
CANDIDATES, NEAREST = 20, 3
LACKING = math.log(4)


class Reported(NamedTuple):
    """What a company reports of one measure in one view.

    `state` and the comparable `interval` are those of the headline; `numbered` says whether the
    headline or any further figure has a number, be it in another currency.
    """

    state: str
    interval: Interval | None
    numbered: bool


NOT_REPORTED = Reported("unknown", None, False)


class Reference(CompanyReference):
    """Answers every question about a data set, with amounts as stated or in a currency."""

    def __init__(self, dataset: Dataset, currency: str = "") -> None:
        super().__init__(dataset, currency)
        self.years = {year for one in self.companies.values() for year in one.years}
        self._terms = {
            slug: frozenset[str]().union(*map(terms, one.searched))
            for slug, one in self.companies.items()
        }
        self._reported: dict[tuple[int | None, str], Mapping[str, Reported]] = {
            (year, slug): self._reports(one.of_year(year) if year else one)
            for slug, one in self.companies.items()
            for year in (None, *self.years)
        }
        self._answers: dict[CompanyFilter, dict[str, Answer]] = {}

    def _reports(self, company: Company) -> Mapping[str, Reported]:
        return {
            key: self._report([one for one in company.figures if one.measure == key])
            for key in {one.measure for one in company.figures}
        }

    def _report(self, figures: Sequence[Figure]) -> Reported:
        headline = figures[0]
        numbered = any(one.interval for one in figures)
        if headline.interval and headline.currency not in (None, self.currency):
            return Reported("foreign", None, numbered)
        return Reported(headline.state.value, headline.interval, numbered)

    def reported(self, slug: str, measure: str, year: int | None = None) -> Reported:
        """What a company reports of a measure, as its latest figure or of a year."""
        return self._reported.get((year, slug), {}).get(measure, NOT_REPORTED)

    def intervals(
        self, measure: str, slugs: Iterable[str] | None = None, year: int | None = None
    ) -> dict[str, Interval]:
        """The comparable intervals of a measure by slug, of all companies or of some."""
        found = {
            slug: self.reported(slug, measure, year).interval
            for slug in (self.companies if slugs is None else slugs)
        }
        return {slug: one for slug, one in found.items() if one}

    def has_no_lower_end(self, measure: str) -> bool:
        """Whether some figure of a measure has no lower end, in any year."""
        return any(
            one.low is None
            for year in (None, *self.years)
            for one in self.intervals(measure, year=year).values()
        )

    # Filters

    def answers(self, criteria: CompanyFilter) -> dict[str, Answer]:
        """What each company answers, in the order of slugs."""
        key = criteria.replace(sort="name", size=1, unknown=False, maybe=True)
        if key not in self._answers:
            self._answers[key] = {
                slug: all_of(self._each_answer(one, criteria))
                for slug, one in self.companies.items()
            }
        return self._answers[key]

    def _each_answer(self, company: Company, criteria: CompanyFilter) -> Iterable[Answer]:
        slug, year = company.slug, criteria.period
        if criteria.q:
            yield Answer.YES if self._is_found(company, criteria.q) else Answer.NO
        if criteria.lacks:
            listed = {one.key for one in self.dataset.catalogue.listed}
            view = year if criteria.lacks in listed else None
            numbered = self.reported(slug, criteria.lacks, view).numbered
            yield Answer.NO if numbered else Answer.YES
        for facet, chosen in criteria.facets:
            yield facet_answer(facet.values(company), chosen)
        for measures, wanted in criteria.ranges:
            reported = (self.reported(slug, key, year).interval for key in measures)
            yield best_of(answer(one, wanted) for one in reported)
        if year:
            yield Answer.YES if year in company.years else Answer.UNKNOWN

    def _is_found(self, company: Company, query: str) -> bool:
        asked = words(query)
        begins = (any(one.startswith(word) for one in self._terms[company.slug]) for word in asked)
        registered = {identifier_term(one.value) for one in company.identifiers}
        return bool(asked) and (all(begins) or identifier_term(query) in registered)

    def shown(self, criteria: CompanyFilter) -> list[str]:
        """The slugs of the companies that the list shows, in the order of slugs."""
        wanted = {Answer.YES}
        wanted |= {Answer.MAYBE} if criteria.maybe else set()
        wanted |= {Answer.UNKNOWN} if criteria.unknown else set()
        return [slug for slug, found in self.answers(criteria).items() if found in wanted]

    def _answering(self, criteria: CompanyFilter, *wanted: Answer) -> list[str]:
        return [slug for slug, found in self.answers(criteria).items() if found in wanted]

    def count_companies(self, criteria: CompanyFilter) -> Record:
        """How many companies answer how; `none` and `foreign` are parts of `unknown`."""
        counts: Record = {one.word: len(self._answering(criteria, one)) for one in Answer}
        unknown = self._answering(criteria, Answer.UNKNOWN)
        ranges = [measures for measures, _ in criteria.ranges]
        none = foreign = 0
        for slug in unknown:
            found = [
                [self.reported(slug, key, criteria.period) for key in measures]
                for measures in ranges
            ]
            none += any(_none_yet(bases) for bases in found)
            foreign += any(one.state == "foreign" for bases in found for one in bases)
        return counts | {"none": none, "foreign": foreign}

    # Lists

    def every_line(self, criteria: CompanyFilter) -> Lines:
        """The whole list in its order: answer, no figure last, sort key, slug."""
        answers, year, key = self.answers(criteria), criteria.period, criteria.sort_key
        slugs = self.shown(criteria)
        if key == "name":
            names = {slug: fold(one.name) for slug, one in self.companies.items()}
            slugs.sort(key=names.__getitem__, reverse=criteria.descending)
            slugs.sort(key=lambda slug: -answers[slug])
        else:
            lows = {slug: low_of(self.reported(slug, key, year).interval) for slug in slugs}
            slugs.sort(key=lambda slug: lows[slug][1:], reverse=criteria.descending)
            slugs.sort(key=lambda slug: (-answers[slug], lows[slug][0]))
        return tuple((slug, answers[slug].word) for slug in slugs)

    def find_neighbours(self, criteria: CompanyFilter, slug: str) -> Record | None:
        """The place of a company in the list, counted from 1, and the slugs beside it."""
        listed = [one for one, _ in self.every_line(criteria)]
        if slug not in listed:
            return None
        at = listed.index(slug)
        around = [None, *listed, None]
        return {
            "position": at + 1,
            "shown": len(listed),
            "prev": around[at],
            "next": around[at + 2],
        }

    # Facets

    def count_options(self, criteria: CompanyFilter, key: str) -> tuple[tuple[str, int], ...]:
        """The values of a facet by name, counted under all filters but this facet's own."""
        (facet,) = (one for one in FACETS if one.key == key)
        values = {slug: facet.values(one) for slug, one in self.companies.items()}
        known = {value for some in values.values() for value in some}
        if not known:
            return ()
        shown = self.shown(criteria.replace(**{key: ()}))
        options = [
            (value, sum(value in values[slug] for slug in shown))
            for value in sorted(known, key=lambda value: (fold(value), value))
        ]
        if not all(values.values()):
            options.append((NOT_STATED, sum(not values[slug] for slug in shown)))
        return tuple(options)

    def frequent_values(self, key: str) -> tuple[str, ...]:
        """The same values from the most frequent of all companies to the rarest."""
        options = self.count_options(CompanyFilter(), key)
        return tuple(value for value, _ in sorted(options, key=lambda one: -one[1]))

    # Distributions

    def spread_over(self, criteria: CompanyFilter, key: str, edges: Edges) -> Record:
        """How the companies spread over the classes between edges; each as one more filter."""
        of_list = self.answers(criteria)
        yes_or_maybe = (Answer.YES, Answer.MAYBE) if criteria.maybe else (Answer.YES,)
        admitted = self._answering(criteria, *yes_or_maybe)
        reported = {slug: self.reported(slug, key, criteria.period) for slug in admitted}
        classes = []
        for wanted in ranges_between(edges):
            found = [
                min(of_list[slug], answer(one.interval, wanted)) for slug, one in reported.items()
            ]
            maybe = found.count(Answer.MAYBE) if criteria.maybe else 0
            classes.append((wanted.low, wanted.high, found.count(Answer.YES), maybe))
        without = [one for one in reported.values() if not one.interval]
        lacking = sum(not one.numbered for one in without)
        return {"classes": tuple(classes), "lacking": lacking, "apart": len(without) - lacking}

    def count_cells(
        self, criteria: CompanyFilter, across: Axis, up: Axis | None
    ) -> dict[tuple[int, int], int]:
        """How many of those that answer yes lie wholly in each cell, by column and row."""
        counts: dict[tuple[int, int], int] = {}
        for slug in self._answering(criteria, Answer.YES):
            column = self._cell(slug, across, criteria.period)
            row = self._cell(slug, up, criteria.period) if up else 0
            if column is not None and row is not None:
                counts[column, row] = counts.get((column, row), 0) + 1
        return counts

    def _cell(self, slug: str, axis: Axis, year: int | None) -> int | None:
        key, edges = axis
        interval = self.reported(slug, key, year).interval
        answers = [answer(interval, wanted) for wanted in ranges_between(edges)]
        return answers.index(Answer.YES) if Answer.YES in answers else None

    def count_states(self, criteria: CompanyFilter, key: str) -> dict[str, int]:
        """How many companies of the list have a figure of a measure in which state."""
        states = [self.reported(slug, key, criteria.period).state for slug in self.shown(criteria)]
        return {state: states.count(state) for state in set(states)}

    def spots(
        self, criteria: CompanyFilter, keys: Sequence[str], limit: int, by: str | None = None
    ) -> tuple[tuple[str, str, dict[str, Record]], ...]:
        """Up to `limit` companies of the list by slug, or those highest in `by`."""
        slugs, year = self.shown(criteria), criteria.period
        if by:
            lows = {slug: low_of(one) for slug, one in self.intervals(by, slugs, year).items()}
            slugs = sorted(lows, key=lambda slug: lows[slug][1:], reverse=True)
            slugs.sort(key=lambda slug: lows[slug][0])
        return tuple(
            (
                slug,
                self.companies[slug].name,
                {key: _known(self.reported(slug, key, year)) for key in keys},
            )
            for slug in slugs[:limit]
        )

    def count_between(self, key: str, edges: Edges) -> tuple[int, ...]:
        """How many companies have their lower end from one edge to below the next."""
        found = [0] * (len(edges) - 1)
        for one in self.intervals(key).values():
            found[sum(one.low is not None and one.low >= edge for edge in edges[1:-1])] += 1
        return tuple(found)

    def read_extents(self) -> dict[str, Record]:
        """How far the headlines of each listed measure reach, over the latest and every year."""
        found = {}
        for measure in self.dataset.catalogue.listed:
            intervals = [
                one
                for year in (None, *self.years)
                for one in self.intervals(measure.key, year=year).values()
            ]
            if extent := extent_of(intervals, measure.domain.low):
                found[measure.key] = extent
        return found

    # Sums and ranks

    def summarise(self, criteria: CompanyFilter, keys: Sequence[str]) -> dict[str, Record]:
        """Total, median and extremes of measures over the companies that the list shows."""
        slugs = self.shown(criteria)
        return {
            key: summary_of(len(slugs), list(self.intervals(key, slugs, criteria.period).values()))
            for key in keys
        }

    def find_standings(self, own: Mapping[str, Interval]) -> dict[str, Record]:
        """How each figure of a company stands among all that have a comparable one."""
        return {key: standing_of(one, self.intervals(key).values()) for key, one in own.items()}

    def find_figures(self, keys: Sequence[str], slug: str) -> dict[str, tuple[Interval, ...]]:
        """The comparable figures of all companies but one, in the order of slugs."""
        return {
            key: tuple(one for other, one in self.intervals(key).items() if other != slug)
            for key in keys
        }

    def find_nearest(
        self, slug: str, own: Mapping[str, Interval]
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The companies nearest in size, and the measures in which they are compared."""
        sizes = {key: low for key in SIZES if key in own and (low := own[key].low)}
        candidates = {one for key, low in sizes.items() for one in self._around(key, low, slug)}
        lows = {key: self.intervals(key) for key in SIZES}
        measured = []
        for other in sorted(candidates):
            theirs = {key: lows[key][other].low or 0 for key in SIZES if other in lows[key]}
            if shared := tuple(key for key in sizes if theirs.get(key)):
                apart = [
                    abs(math.log(size / theirs[key])) if key in shared else LACKING
                    for key, size in sizes.items()
                ]
                measured.append((sum(apart) / len(apart), other, shared))
        return tuple((other, shared) for _, other, shared in sorted(measured)[:NEAREST])

    def _around(self, key: str, low: int, slug: str) -> list[str]:
        """The candidates of one measure: so many at or above a number, and so many below."""
        lows = {
            other: (one.low, one.low_open)
            for other, one in self.intervals(key).items()
            if one.low and other != slug
        }
        rising = sorted(lows, key=lambda other: lows[other])
        above = [other for other in rising if lows[other][0] >= low]
        below = sorted(
            (other for other in rising if lows[other][0] < low), key=lambda other: -lows[other][0]
        )
        return [*above[:CANDIDATES], *below[:CANDIDATES]]


def _none_yet(bases: Sequence[Reported]) -> bool:
    """Whether no basis has a comparable number and one is said not to exist yet."""
    return not any(one.interval for one in bases) and any(
        one.state == State.NONE.value for one in bases
    )


def _known(reported: Reported) -> Record:
    return {
        "interval": reported.interval,
        "none_yet": reported.state == State.NONE.value,
        "foreign": reported.state == "foreign",
        "derived": reported.state == State.DERIVED.value,
    }
