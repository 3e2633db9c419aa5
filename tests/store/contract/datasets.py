"""Generated data sets with every sort of figure, name and facet; the same in each run."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain, count
from random import Random

from app.profiles.company import (
    About,
    Company,
    Dataset,
    Identifier,
    Place,
    Source,
    Statement,
)
from app.profiles.figure import Citation, Figure, Period, Rate, State
from app.profiles.headline import Contradiction, complete
from app.profiles.interval import EVERYTHING, Interval
from app.profiles.measures import Catalogue, Kind, Measure
from app.profiles.rates import NO_RATES, Rates
from app.profiles.remarks import Remark

LIMIT = 2**62 - 2
"""The greatest bound of a figure in storage units, and the least one below zero."""

OWN = (
    Measure("profit", "Profit", Kind.MONEY, "money", "Net.", domain=EVERYTHING, listed=True),
    Measure("rd_spend", "R&D spend", Kind.MONEY, "money", "Spent.", listed=True),
    Measure("awards", "Awards", Kind.COUNT, "awards", "Won."),
    Measure("bases", "Bases", Kind.COUNT, "bases", "Sites.", words=("sites",), listed=True),
    Measure("assets", "Assets", Kind.MONEY, "money", "Owned.", beside="revenue"),
    Measure("margin", "Margin", Kind.SHARE, "fraction", "Of it.", domain=EVERYTHING, listed=True),
)
PERIODS = (
    Period("2014", date(2014, 12, 31)),
    Period("2015", date(2015, 12, 31)),
    Period("2014/15", date(2015, 3, 31)),
    Period("2016", date(2016, 12, 31)),
    Period("H1 2016", date(2016, 6, 30)),
)
LAST_YEAR = Period("2017", date(2017, 12, 31))
SOURCES = (
    Source("gazette", "The Gazette “of pumps”", "its editors", "newspaper", date(2016, 11, 21)),
    Source("almanac", "Almanac", url="https://example.org/?a=1&b=2"),
    Source("idle", "No figure rests on it", places=(Place("Front", "the first page"),)),
    Source("bank", "A bank", published=date(2017, 1, 2)),
)
RATES = Rates(
    (
        Rate("EUR", "USD", Decimal("1.25"), PERIODS[1], True, "bank", "page 3"),
        Rate("EUR", "CNY", Decimal("6.9733"), PERIODS[1], True, "bank"),
        Rate("EUR", "USD", Decimal("1.1069"), PERIODS[3], True, "bank"),
        Rate("GBP", "USD", Decimal("1.3311"), PERIODS[4], False, "bank"),
    ),
    ("USD", "EUR"),
)

NAMES = (
    *("Alder", "ALDER", "alder", "Álder", "Birch Works", "birch-works", "Birch", "R&D Ltd."),
    *("Éclair", "eclair", "Ørsted Énergie", "Straße", "STRASSE", "İzmir", "3M", "42", "!!!", "½"),
    *("東京電力", "東京", "華為技術", "华为 Huawei", "サンヨー", "ｻﾝﾖｰ", "삼성전자", "ไทยเบฟ"),
    *("שָׁלוֹם", "قَطَر", "कंपनी", "Zinnia & Sons", "zinnia", "ﬁnch", "finch", "Ａｃｍｅ", "acme"),
    *("吉𠮷野家", "😀 Works", "\ufffd odd"),
)
TEXTS = (
    *("Pumps and valves for ships.", "electric éclairs", "東京の電力会社", "First in 1999!", "___"),
    *("Line\nbreak", "a-b c_d", "semi:colon; “quoted” 100%", "x" * 120),
)
INDUSTRIES = ("Pumps", "pumps", "Valves", "Éoliennes", "eoliennes", "電機", "R&D, other", "%", "_")
TAGS = ("listed", "Listed", "family-owned", "état", "-", "z' OR 1=1")
COUNTRIES = (None, None, "China", "china", "Østerreich", "France", "中国", "-", "")
SCHEMES = ("lei", "isin", "ticker")

Pool = Sequence[int]
SMALL: Mapping[Kind, Pool] = {
    Kind.COUNT: (*range(7), 10, 100),
    Kind.MONEY: (0, 1, 100, 199, 200, 300, 400, 550, 10_000),
    Kind.SHARE: (0, 1, 10**10, 25 * 10**10, 5 * 10**11, 10**12 - 1, 10**12, 2 * 10**12),
    Kind.YEAR: (1, 2, 1987, 1990, 1991, 2001, 9998, 9999),
}
LARGE = (0, 1, 2**31, 2**53, 2**53 + 1, LIMIT // 3, LIMIT // 2, LIMIT - 1, LIMIT)


@dataclass(frozen=True)
class Plan:
    """What a generated data set is like."""

    name: str
    companies: int
    own: tuple[Measure, ...] = ()
    periods: tuple[Period, ...] = ()
    currency: str = "USD"
    foreign: tuple[str, ...] = ()
    rates: Rates = NO_RATES
    large: bool = False
    figures: tuple[int, ...] = (0, 1, 1)
    """How many figures of a measure a company may have."""
    endless_below: float = 0.05
    """How often a figure that can lie below zero has no lower end."""
    spoken: float = 0.2
    """How often a company has an alias, an identifier, a statement."""


SEVERAL = (0, 1, 1, 1, 2, 3)
PLANS = (
    Plan("ties", 60),
    Plan("edges", 70, OWN, large=True),
    Plan("years", 70, OWN, PERIODS, "EUR", ("USD", "CNY"), figures=SEVERAL, endless_below=0),
    Plan(
        "currencies",
        110,
        OWN,
        (*PERIODS, LAST_YEAR),
        foreign=("EUR", "CNY", "GBP"),
        rates=RATES,
        large=True,
        figures=SEVERAL,
    ),
    Plan("words", 40, spoken=0.9),
    Plan("single", 1, OWN, PERIODS, foreign=("EUR",), rates=RATES, figures=SEVERAL),
    Plan("empty", 0, OWN),
)
CASES = tuple((plan.name, currency) for plan in PLANS for currency in ("", *plan.rates.offered))
"""Each data set as stated, and in each of the currencies that it offers."""


@lru_cache(maxsize=1)
def every_dataset() -> Mapping[str, Dataset]:
    """All of them by name."""
    return {plan.name: _Generator(plan).dataset() for plan in PLANS}


class _Generator:
    """Draws one data set; the seed is its name."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.draw = Random(plan.name)  # noqa: S311 - figures, not secrets
        self.catalogue = Catalogue(plan.own)

    def dataset(self) -> Dataset:
        slugs = self._slugs()
        companies = [self._company(slug, slugs) for slug in slugs]
        self.draw.shuffle(companies)
        return Dataset(
            title=self.plan.name.title(),
            sources=SOURCES,
            currency=self.plan.currency,
            catalogue=self.catalogue,
            digest=self.plan.name,
            rates=self.plan.rates,
            prefer=("almanac", "gazette"),
            companies=tuple(companies),
            remarks=tuple(
                Remark(kind, f"{self.plan.name}: {kind} “{n}”")
                for n, kind in enumerate(("matched", "left out", "matched"))
            ),
        )

    def _slugs(self) -> list[str]:
        """Slugs whose order differs by whether hyphens and digits count."""
        words = ("a", "ab", "alder", "birch", "zeta", "9")
        joints = ("", "-", "-0", "0", "-x-")
        found: dict[str, None] = {}
        while len(found) < self.plan.companies:
            number = self.draw.randrange(40)
            found[f"{self.draw.choice(words)}{self.draw.choice(joints)}{number}"] = None
        return list(found)

    def _often(self, part: float) -> bool:
        return self.draw.random() < part

    def _some(self, values: Sequence[str], most: int = 3) -> tuple[str, ...]:
        return tuple(self.draw.choices(values, k=self.draw.randrange(most + 1)))

    def _company(self, slug: str, slugs: Sequence[str]) -> Company:
        spoken = self.plan.spoken
        formerly = [f"old-{slug}", "old-shared", self.draw.choice(slugs)]
        return Company(
            slug,
            self.draw.choice(NAMES) if self._often(0.8) else f"Company {slug}",
            aliases=self._some(NAMES) if self._often(spoken) else (),
            formerly=tuple(old for old in formerly if old != slug and self._often(0.15)),
            industries=self._some(INDUSTRIES),
            country=self.draw.choice(COUNTRIES),
            tags=self._some(TAGS),
            identifiers=tuple(self._identifiers(slug)) if self._often(spoken) else (),
            statements=tuple(self._statements()) if self._often(spoken) else (),
            figures=self._figures(),
        )

    def _identifiers(self, slug: str) -> Iterator[Identifier]:
        for scheme in SCHEMES[: self.draw.randrange(1, 4)]:
            yield Identifier(scheme, f"{scheme.upper()} {slug}/{self.draw.randrange(1000):04}")
        if self._often(0.3):
            yield Identifier("ticker", self.draw.choice(("ACME", "東京", "...", "Birch-Works")))

    def _statements(self) -> Iterator[Statement]:
        for about in self.draw.choices(tuple(About), k=3):
            source = self.draw.choice((None, "gazette"))
            claim, text = self._often(0.3), self.draw.choice(TEXTS)
            yield Statement(about, text, claim, source, "Front" if source else None)

    def _figures(self) -> tuple[Figure, ...]:
        """Stated figures and what follows from them, within LIMIT in every currency."""
        for _ in count():
            stated = [
                self._figure(measure)
                for measure in self.catalogue
                for _ in range(self.draw.choice(self.plan.figures))
            ]
            try:
                figures = complete(stated, self.catalogue, ("almanac", "gazette"))
            except Contradiction:
                continue
            if self._fits(figures):
                return figures
        raise AssertionError

    def _fits(self, figures: Sequence[Figure]) -> bool:
        converted = (
            self.plan.rates.convert(one, currency)
            for one in figures
            for currency in self.plan.rates.offered
        )
        intervals = [one.interval for one in chain(figures, converted) if one.interval]
        bounds = [bound for one in intervals for bound in (one.low, one.high) if bound is not None]
        return all(abs(bound) <= LIMIT for bound in bounds)

    def _figure(self, measure: Measure) -> Figure:
        is_amount = measure.kind is Kind.MONEY
        abroad = bool(self.plan.foreign) and self._often(0.25)
        currency = self.draw.choice(self.plan.foreign) if abroad else self.plan.currency
        source = self.draw.choice((None, "gazette", "almanac", "bank"))
        interval = None if self._often(0.12) else self._interval(measure, large=not abroad)
        printed = str(interval) if interval else "none yet"
        return Figure(
            measure.key,
            State.STATED if interval else State.NONE,
            interval,
            currency if is_amount and interval else None,
            self.draw.choice((None, *self.plan.periods)),
            date(2016, 11, 21) if source == "gazette" else None,
            printed,
            source,
            (Citation("Front", printed), Citation("Back", "“more”")) if source == "bank" else (),
            note="Unaudited." if self._often(0.1) else None,
        )

    def _interval(self, measure: Measure, *, large: bool) -> Interval:
        """An interval that lies in the domain of the measure."""
        while True:
            try:
                found = self._any_interval(measure, large=large).cut(measure.domain)
            except ValueError:
                continue
            if found:
                return found

    def _any_interval(self, measure: Measure, *, large: bool) -> Interval:
        low, high = sorted((self._number(measure, large=large), self._number(measure, large=large)))
        low_open, high_open = self._often(0.4), self._often(0.4)
        sort = self.draw.random()
        if sort < 0.5:
            return Interval.exactly(low)
        if sort < 0.8:
            return Interval(low, high, low_open, high_open)
        if sort < 1 - self.plan.endless_below or not measure.signed:
            return Interval(low, None, low_open, high_open=True)
        return Interval(None, high, low_open=True, high_open=high_open)

    def _number(self, measure: Measure, *, large: bool) -> int:
        is_large = self.plan.large and large and measure.kind is not Kind.YEAR and self._often(0.4)
        number = self.draw.choice(LARGE if is_large else SMALL[measure.kind])
        return -number if measure.signed and self._often(0.5) else number
