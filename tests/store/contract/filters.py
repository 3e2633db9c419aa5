"""The filters that a data set is asked, drawn from its own bounds and words to meet their edges."""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from random import Random
from typing import Any, TypeAlias

from app.profiles.answer import Range
from app.profiles.company import Company, Dataset
from app.profiles.facets import FACETS, NOT_STATED
from app.profiles.filter import RANGES, RD_SHARE, CompanyFilter
from app.profiles.measures import RD_SHARES, Catalogue
from tests.store.contract.datasets import LIMIT

MANY, SOME, FEW = 200, 80, 40
"""Filters of a data set as stated, in another currency, and of a data set with hardly a company."""
SIZES = (1, 2, 3, 7, 50, 200)
Changes: TypeAlias = dict[str, Any]
"""The fields of a filter that differ from no filter at all."""


def basic_filter(catalogue: Catalogue, currency: str) -> CompanyFilter:
    """No filter at all, of a data set and in a currency."""
    kinds = tuple((one.key, one.kind) for one in catalogue.own_listed)
    return CompanyFilter(currency=currency, kinds=kinds)


def every_sort(criteria: CompanyFilter) -> list[str]:
    """Every order of a list, rising and falling."""
    return [sign + key for key in criteria.sort_keys for sign in ("", "-")]


def filters_of(dataset: Dataset, currency: str) -> list[CompanyFilter]:
    """Filters of each sort by themselves, then several at once."""
    return _Drawing(dataset, currency).filters()


class _Drawing:
    def __init__(self, dataset: Dataset, currency: str) -> None:
        seed = f"{dataset.title} {currency}"
        self.draw = Random(seed)  # noqa: S311 - figures, not secrets
        self.catalogue = dataset.catalogue
        self.basic = basic_filter(dataset.catalogue, currency)
        seen = (one.in_currency(currency, dataset.rates) for one in dataset.companies)
        self.companies: Sequence[Company] = list(seen) if currency else dataset.companies
        self.years = sorted({year for one in self.companies for year in one.years})

    def filters(self) -> list[CompanyFilter]:
        alone = [
            {},
            *self._ranges(),
            *self._research(),
            *self._facets(),
            *self._searches(),
            *self._lacks(),
            *({"period": year} for year in (*self.years, 1999)),
        ]
        combined = islice(self._combined(alone), max(60, MANY - len(alone)))
        changes = [*alone, *combined]
        if len(self.companies) < 2:
            changes = self.draw.sample(changes, FEW)
        elif self.basic.currency:
            changes = self.draw.sample(changes, SOME)
        sorts = every_sort(self.basic)
        return [
            self.basic.replace(
                **one,
                sort=sorts[n % len(sorts)],
                size=self.draw.choice(SIZES),
                unknown=self.draw.random() < 0.4,
                maybe=self.draw.random() < 0.75,
            )
            for n, one in enumerate(changes)
        ]

    def _combined(self, alone: Sequence[Changes]) -> Iterator[Changes]:
        """Two to four filters at once, without end."""
        while True:
            several = self.draw.sample(alone, self.draw.randrange(2, 5))
            yield {key: value for one in several for key, value in one.items()}

    def _ends(self, measure: str) -> list[int]:
        """The finite ends of the figures of a measure."""
        intervals = [
            one.interval
            for company in self.companies
            for one in company.figures
            if one.measure == measure and one.interval
        ]
        ends = {end for one in intervals for end in (one.low, one.high) if end is not None}
        return sorted(ends) or [0, 5]

    def _bound(self, measure: str, *, signed: bool) -> int:
        beyond = (LIMIT, LIMIT + 1, 2**63 - 1, *((-LIMIT, 1 - 2**63) if signed else ()))
        bound = self.draw.choice(self._ends(measure)) + self.draw.choice((0, 0, 0, -1, 1))
        bound = self.draw.choice(beyond) if self.draw.random() < 0.1 else bound
        return bound if signed else max(0, bound)

    def _range(self, measure: str, at: int) -> Range:
        """A range with a lower bound, an upper bound, both, or both the same."""
        signed = self.catalogue[measure].signed
        low, high = sorted(self._bound(measure, signed=signed) for _ in range(2))
        return (Range(low), Range(None, high), Range(low, high), Range(low, low))[at % 4]

    def _ranges(self) -> Iterator[Changes]:
        for field in (*RANGES, *dict(self.basic.kinds)):
            for at in range(8 if field != RD_SHARE else 0):
                yield {field: self._range(field, at)}

    def _research(self) -> Iterator[Changes]:
        """R&D shares of either basis, or of both at once."""
        for at, basis in product(range(4), ("", *RD_SHARES)):
            measure = RD_SHARES[basis] if basis else self.draw.choice(tuple(RD_SHARES.values()))
            yield {RD_SHARE: self._range(measure, at), "rd_basis": basis}

    def _facets(self) -> Iterator[Changes]:
        for facet in FACETS:
            values = sorted({one for company in self.companies for one in facet.values(company)})
            known = [self.draw.choice(values) for _ in range(3)] if values else ["Pumps"] * 3
            unlike = known[0].swapcase()
            choices = [(known[0],), (unlike, "nothing"), (NOT_STATED,), (known[1], NOT_STATED)]
            for chosen in (*choices, tuple(known[:2]), tuple(dict.fromkeys(values[:20])) or ("x",)):
                yield {facet.key: tuple(dict.fromkeys(chosen))}

    def _searches(self) -> Iterator[Changes]:
        fixed = (
            *("nobody-at-all", "!!! …", "%", "_", "\\", "x" * 100, "ticker", "a b", "ec", "ÉCL"),
            *("strasse", "東", "京電", "電力会", "サン", "吉"),
        )
        yield from ({"q": text} for text in fixed)
        for _ in range(14 if self.companies else 0):
            company = self.draw.choice(self.companies)
            text = " ".join(self.draw.choice([*company.searched]).split())[:100]
            turned = " ".join(reversed(text.split()))
            yield {"q": self.draw.choice((text, text[:3].strip() or "a", turned))}
        registered = [str(one.value) for company in self.companies for one in company.identifiers]
        for value in self.draw.sample(registered, min(6, len(registered))):
            yield {"q": self.draw.choice((value, value.lower().replace(" ", ""), value[:-1]))}

    def _lacks(self) -> Iterator[Changes]:
        yield from ({"lacks": key} for key in self.catalogue.keys)
        for key in self.catalogue.keys if self.years else ():
            yield {"lacks": key, "period": self.draw.choice(self.years)}
