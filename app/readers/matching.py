"""The same company across several files: found by what registers call it, else by its name.

Pure: parts in, companies and a list for review out. No two parts of one file are ever matched;
which rows of one file are one company is said by its mapping, before.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import combinations
from operator import attrgetter

from .company_names import NameTable
from .countries import country_key
from .merging import merge, with_unique_slugs
from .parts import Matched, Part, Reason, Review, Seen

__all__ = ["Matched", "Part", "Reason", "Review", "Seen", "match"]


def match(parts: Iterable[Part], aliases: Mapping[str, str]) -> Matched:
    """The companies that parts of several files make together.

    Across files the same identifier matches, whatever the names. What is left is matched by name
    (see `company_names`; `aliases` gives the name that an alias stands for), first with the legal
    form, then without, and only where no file has that name twice and neither countries,
    identifiers nor legal forms contradict. Where a name stands in several countries, only parts
    whose country is known are matched. Slugs stay unique, see `with_unique_slugs`.
    """
    ordered = sorted(parts, key=attrgetter("file"))
    matching = _Matching(ordered, NameTable(aliases))
    matching.by_identifier()
    matching.by_name(lambda index: matching.names[index].whole)
    matching.by_name(lambda index: matching.names[index].words)
    companies = [
        merge([ordered[index].company for index in group]) for group in matching.groups if group
    ]
    return Matched(with_unique_slugs(companies), tuple(matching.review))


class _Matching:
    """Groups of parts that grow: `groups[i]` begins with part i, or is empty as it joined another.

    Parts are known by their index, so that every choice follows the order of files and rows.
    """

    def __init__(self, parts: Sequence[Part], table: NameTable) -> None:
        self.parts = parts
        self.names = [table.key(part.company.name) for part in parts]
        self.groups = [[index] for index in range(len(parts))]
        self.group_of = list(range(len(parts)))
        self.review: list[Review] = []
        self.reviewed: set[tuple[Reason, tuple[int, ...]]] = set()

    def by_identifier(self) -> None:
        """Join what a register calls the same."""
        holders: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index, part in enumerate(self.parts):
            for identifier in dict.fromkeys(part.company.identifiers):
                holders[identifier].append(index)
        for indices in holders.values():
            if self.across_files(indices) and not self.join(self.roots(indices)):
                self.note(Reason.SHARED, indices)

    def by_name(self, key: Callable[[int], str]) -> None:
        """Join what has the same name, of which no file has two."""
        named: defaultdict[str, list[int]] = defaultdict(list)
        for index in range(len(self.parts)):
            named[key(index)].append(index)
        for name, indices in named.items():  # Most names stand alone.
            if not name or not self.across_files(indices):
                continue
            roots = self.roots(indices)
            if len(roots) == 1:
                continue
            if self.same_file_twice(indices):
                if self.any_could_join(roots):
                    self.note(Reason.TWICE, indices)
            else:
                self.join_named(roots)

    def join_named(self, roots: Sequence[int]) -> None:
        """Join groups of one name where nothing contradicts."""
        for cluster in self.by_country(roots):
            if len(cluster) == 1:
                continue
            indices = sorted(index for root in cluster for index in self.groups[root])
            if self.differ(cluster, self.identifiers):
                self.note(Reason.IDENTIFIER, indices)
            elif self.differ(cluster, self.forms):
                self.note(Reason.FORM, indices)
            else:
                self.note(Reason.NAME if self.join(cluster) else Reason.SHARED, indices)

    def by_country(self, roots: Sequence[int]) -> list[list[int]]:
        """The groups that may be one by their countries; those that may not are noted."""
        countries: defaultdict[str | None, list[int]] = defaultdict(list)
        for root in roots:
            known = (country_key(self.parts[i].company.country) for i in self.groups[root])
            countries[next(filter(None, known), None)].append(root)
        if len(set(countries) - {None}) <= 1:
            return [list(roots)]
        self.note(Reason.COUNTRY, [index for root in roots for index in self.groups[root]])
        return [cluster for country, cluster in countries.items() if country is not None]

    def identifiers(self, index: int) -> dict[str, set[str]]:
        """What each register calls a part."""
        schemes: dict[str, set[str]] = {}
        for identifier in self.parts[index].company.identifiers:
            schemes.setdefault(identifier.scheme, set()).add(identifier.value)
        return schemes

    def forms(self, index: int) -> dict[str, set[str]]:
        """The words of a part's legal form, if it is told."""
        form = self.names[index].form
        return {"form": set(form.split())} if form else {}

    def differ(self, roots: Sequence[int], said: Callable[[int], dict[str, set[str]]]) -> bool:
        """Whether two groups say something of the same kind, and share none of it."""
        before: dict[str, list[set[str]]] = {}
        for root in roots:
            mine: dict[str, set[str]] = {}
            for index in self.groups[root]:
                for kind, values in said(index).items():
                    mine[kind] = mine.get(kind, set()) | values
            for kind, values in mine.items():
                if any(values.isdisjoint(others) for others in before.get(kind, ())):
                    return True
                before.setdefault(kind, []).append(values)
        return False

    def any_could_join(self, roots: Sequence[int]) -> bool:
        """Whether two of the groups come from files apart: else there is nothing to match."""
        files = {frozenset(self.parts[index].file for index in self.groups[r]) for r in roots}
        return any(one.isdisjoint(other) for one, other in combinations(files, 2))

    def roots(self, indices: Sequence[int]) -> list[int]:
        return sorted({self.group_of[index] for index in indices})

    def across_files(self, indices: Sequence[int]) -> bool:
        return self.parts[indices[0]].file != self.parts[indices[-1]].file

    def same_file_twice(self, indices: Sequence[int]) -> bool:
        return len({self.parts[index].file for index in indices}) < len(indices)

    def join(self, roots: Sequence[int]) -> bool:
        """Make groups one; False where that would join two parts of one file."""
        together = sorted(index for root in roots for index in self.groups[root])
        if self.same_file_twice(together):
            return False
        for root in roots:
            self.groups[root] = []
        self.groups[together[0]] = together
        for index in together:
            self.group_of[index] = together[0]
        return True

    def note(self, reason: Reason, indices: Sequence[int]) -> None:
        """Put parts on the list for review, for one reason once."""
        together = tuple(sorted(indices))
        if (reason, together) in self.reviewed:
            return
        self.reviewed.add((reason, together))
        seen = ((self.parts[index], self.parts[index].company.name) for index in together)
        self.review.append(
            Review(reason, tuple(Seen(part.file, part.row, name) for part, name in seen))
        )
