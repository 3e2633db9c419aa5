"""The reference model: what each question of the store means, said over plain values.

It is slow and short on purpose, with no SQL, no index and no shared code with the store, so that a
reader can check it against the docstrings. Answers have the shapes that `adapter` documents.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from msgspec.structs import replace
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from app.profiles.answer import Answer, Range, all_of, answer, best_of
from app.profiles.company import Company, Dataset, Source
from app.profiles.facets import FACETS, NOT_STATED, facet_answer
from app.profiles.figure import Figure, State
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from app.profiles.search import fold, identifier_term, terms, words

Record: TypeAlias = dict[str, Any]
Lines: TypeAlias = tuple[tuple[str, str], ...]
Edges: TypeAlias = tuple[int, ...]
Axis: TypeAlias = tuple[str, Edges]

LARGEST_TOTAL = 2**63 - 1
TRIMMED = 50
"""An extent's `low` and `high` leave out one figure in so many at either end."""
SIZES = ("revenue", "employees")
CANDIDATES, NEAREST = 20, 3
LACKING = math.log(4)
CLOSEST, LIKENESS = 3, 60


class Reported(NamedTuple):
    """What a company reports of one measure in one view.

    `state` and the comparable `interval` are those of the headline; `numbered` says whether the
    headline or any further figure has a number, be it in another currency.
    """

    state: str
    interval: Interval | None
    numbered: bool


NOT_REPORTED = Reported("unknown", None, False)


class Reference:
    """Answers every question about a data set, with amounts as stated or in a currency."""

    def __init__(self, dataset: Dataset, currency: str = "") -> None:
        self.dataset = dataset
        self.currency = currency or dataset.currency
        converted = (
            one.in_currency(currency, dataset.rates) if currency else one
            for one in map(_as_stored, dataset.companies)
        )
        self.companies = {one.slug: one for one in sorted(converted, key=lambda one: one.slug)}
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
        return self._reported[year, slug].get(measure, NOT_REPORTED)

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
        """What each company answers, in the order of slugs.

        A year of which the data set has no figure at all holds no company, not even as unknown.
        """
        if criteria.period and criteria.period not in self.years:
            return {}
        key = criteria.but(sort="name", size=1, unknown=False, maybe=True)
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
            lows = {slug: _low(self.reported(slug, key, year).interval) for slug in slugs}
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
        shown = self.shown(criteria.but(**{key: ()}))
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
        for wanted in _ranges(edges):
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
        answers = [answer(interval, wanted) for wanted in _ranges(edges)]
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
            lows = {slug: _low(one) for slug, one in self.intervals(by, slugs, year).items()}
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
            if extent := _extent(intervals, measure.domain.low):
                found[measure.key] = extent
        return found

    # Sums and ranks

    def summarise(self, criteria: CompanyFilter, keys: Sequence[str]) -> dict[str, Record]:
        """Total, median and extremes of measures over the companies that the list shows."""
        slugs = self.shown(criteria)
        return {
            key: _summary(len(slugs), list(self.intervals(key, slugs, criteria.period).values()))
            for key in keys
        }

    def find_standings(self, own: Mapping[str, Interval]) -> dict[str, Record]:
        """How each figure of a company stands among all that have a comparable one."""
        return {key: _standing(one, self.intervals(key).values()) for key, one in own.items()}

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

    # Companies and sources

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


def _none_yet(bases: Sequence[Reported]) -> bool:
    """Whether no basis has a comparable number and one is said not to exist yet."""
    return not any(one.interval for one in bases) and any(
        one.state == State.NONE.value for one in bases
    )


def _low(interval: Interval | None) -> tuple[bool, int, bool]:
    """What orders an interval: whether it has no lower end, that end, and whether it is open.

    An interval without a lower end stands with those that have no figure, as an open zero.
    """
    if interval is None:
        return True, 0, False
    return interval.low is None, interval.low or 0, interval.low_open


def _ranges(edges: Edges) -> list[Range]:
    """The classes between edges; the first has no lower end and the last no upper one."""
    inner = list(edges[1:-1])
    lows, highs = [None, *inner], [*(edge - 1 for edge in inner), None]
    return [Range(low, high) for low, high in zip(lows, highs, strict=True)]


def _known(reported: Reported) -> Record:
    return {
        "interval": reported.interval,
        "none_yet": reported.state == State.NONE.value,
        "foreign": reported.state == "foreign",
        "derived": reported.state == State.DERIVED.value,
    }


def _extent(intervals: Sequence[Interval], floor: int | None) -> Record | None:
    """An extent; of "before 1990" the end that counts is 1990, not the floor of the domain."""
    said = sorted(
        one.high if one.low == floor and one.high is not None else one.low
        for one in intervals
        if one.low is not None
    )
    if not said:
        return None
    trimmed = min(len(intervals) // TRIMMED, len(said) - 1)
    return {
        "stating": len(intervals),
        "least": said[0],
        "greatest": max(0, said[-1], *(one.high for one in intervals if one.high is not None)),
        "low": said[trimmed],
        "high": said[-1 - trimmed],
    }


def _standing(own: Interval, every: Iterable[Interval]) -> Record:
    """A rank: who is certainly above, who is or may be, and who has the very same number."""
    known = list(every)
    others = list(known)
    others.remove(own)
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    return {
        "stating": len(known),
        "above": sum(_surely_above(one, own) for one in others),
        "perhaps": sum(_perhaps_above(one, own) for one in others),
        "equal": others.count(own) if own.exact is not None else 0,
        "least": min((low for low in lows if low > 0), default=None),
        "greatest": max([0, *lows, *highs]),
    }


def _surely_above(one: Interval, own: Interval) -> bool:
    if one.low is None or own.high is None:
        return False
    return one.low > own.high or (one.low == own.high and (one.low_open or own.high_open))


def _perhaps_above(one: Interval, own: Interval) -> bool:
    return one.high is None or own.low is None or one.high > own.low


def _summary(companies: int, known: Sequence[Interval]) -> Record:
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known if one.high is not None]
    return {
        "companies": companies,
        "stating": len(known),
        "total": _total(known) if known else None,
        "median": _median(known) if known else None,
        "least": min(lows, default=None),
        "top": max([0, *lows, *highs]) if known else None,
        "endless": len(highs) < len(known),
    }


def _total(known: Sequence[Interval]) -> Interval | None:
    """The sum of intervals; None where it is more than a figure can hold."""
    low = _sum([one.low for one in known])
    high = _sum([one.high for one in known])
    if any(bound is not None and abs(bound) > LARGEST_TOTAL for bound in (low, high)):
        return None
    return Interval(
        low, high, any(one.low_open for one in known), any(one.high_open for one in known)
    )


def _sum(bounds: Sequence[int | None]) -> int | None:
    finite = [bound for bound in bounds if bound is not None]
    return sum(finite) if len(finite) == len(bounds) else None


def _median(known: Sequence[Interval]) -> Interval:
    """From the median of the lower ends to that of the upper ends, half-even.

    No lower end is the least, no upper one the greatest; of equal lower ends the open one is the
    greater, of equal upper ends the lesser.
    """
    middle = ((len(known) - 1) // 2, len(known) // 2)
    by_low = sorted(known, key=lambda one: (one.low is not None, one.low or 0, one.low_open))
    by_high = sorted(known, key=lambda one: (one.high is None, one.high or 0, not one.high_open))
    lows, highs = [by_low[at] for at in middle], [by_high[at] for at in middle]
    low, high = _mean([one.low for one in lows]), _mean([one.high for one in highs])
    if low is not None and low == high:
        return Interval.exactly(low)
    low_open = low is None or any(one.low_open for one in lows)
    return Interval(low, high, low_open, high is None or any(one.high_open for one in highs))


def _mean(bounds: Sequence[int | None]) -> int | None:
    total = _sum(bounds)
    return None if total is None else round(Fraction(total, len(bounds)))
