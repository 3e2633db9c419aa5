"""Values of facets that differ in capitals alone are one value, written as it was met first.

Companies pass one at a time, so that they need never be held all at once.
"""

from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from ..profiles.company import Company
from ..profiles.remarks import Remark

_ONE = ("Industry", "Country", "Tag")
"""What a value is, by its place in what `_filed` gives."""


class Spellings:
    """The values met so far, and in which other spellings they were met."""

    def __init__(self) -> None:
        self._shown: tuple[dict[str, str], ...] = tuple({} for _ in _ONE)
        self._others: tuple[dict[str, Counter[str]], ...] = tuple({} for _ in _ONE)

        self._firsts: tuple[set[str], ...] = tuple(set() for _ in _ONE)

    def unify(self, company: Company) -> Company:
        """The company with each value as it was met first, and each once."""
        if self._as_shown(company):
            return company
        filed = (company.industries, (company.country,) if company.country else (), company.tags)
        found = tuple(map(self._all, range(len(_ONE)), filed))
        if found == filed:
            return company
        industries, country, tags = found
        return replace(company, industries=industries, country=next(iter(country), None), tags=tags)

    def _as_shown(self, company: Company) -> bool:
        """Whether each value stands alone in its facet, and as it was met first: in most cases."""
        industries, country, tags = self._firsts
        return (
            len(company.industries) < 2
            and len(company.tags) < 2
            and industries.issuperset(company.industries)
            and tags.issuperset(company.tags)
            and (not company.country or company.country in country)
        )

    def _all(self, facet: int, values: tuple[str, ...]) -> tuple[str, ...]:
        if len(values) == 1:
            return (self._first(facet, values[0]),)
        firsts = (self._first(facet, value) for value in dict.fromkeys(values))
        return tuple(dict.fromkeys(firsts))

    def _first(self, facet: int, value: str) -> str:
        folded = value.casefold()
        first = self._shown[facet].setdefault(folded, value)
        self._firsts[facet].add(first)
        if first != value:
            self._others[facet].setdefault(folded, Counter())[value] += 1
        return first

    def remarks(self) -> Iterator[Remark]:
        """One for each value that was met in several spellings, in the order of first meeting."""
        for what, shown, others in zip(_ONE, self._shown, self._others, strict=True):
            for folded, counts in others.items():
                also = ", ".join(f"“{other}” ({count:,})" for other, count in counts.items())
                yield Remark("spelling", f"{what} “{shown[folded]}”, also written {also}")
