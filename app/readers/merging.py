"""Several accounts of one company as one company, and slugs that stay unique."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace

from ..profiles.company import Company
from .entries import MAX_KEY

T = TypeVar("T")


def merge(accounts: Sequence[Company]) -> Company:
    """One company of several accounts of it, told in the order of their files.

    The first account's slug and name win; another's name becomes an alias. The country is the
    first that is known; all else is joined in order, what is told twice once.
    """
    first, *others = accounts
    if not others:
        return first
    names = chain(first.aliases, *((other.name, *other.aliases) for other in others))
    return replace(
        first,
        aliases=tuple(name for name in _once(names) if name != first.name),
        formerly=_once(chain.from_iterable(one.formerly for one in accounts)),
        industries=_once(chain.from_iterable(one.industries for one in accounts)),
        country=next((one.country for one in accounts if one.country), None),
        tags=_once(chain.from_iterable(one.tags for one in accounts)),
        identifiers=_once(chain.from_iterable(one.identifiers for one in accounts)),
        statements=_once(chain.from_iterable(one.statements for one in accounts)),
        figures=_once(chain.from_iterable(one.figures for one in accounts)),
    )


def with_unique_slugs(companies: Sequence[Company]) -> tuple[Company, ...]:
    """The companies in their order, no two of one slug.

    The first keeps it; the next gets `-2`, `-3` and so on, passing over what another company is
    called. A former slug counts as taken.
    """
    wanted = {slug for company in companies for slug in (company.slug, *company.formerly)}
    taken = {slug for company in companies for slug in company.formerly}
    numbers: dict[str, int] = {}
    unique: list[Company] = []
    for company in companies:
        slug = company.slug
        if slug in taken:
            slug = _next_free(company.slug, wanted, numbers)
        taken.add(slug)
        wanted.add(slug)
        unique.append(company if slug == company.slug else replace(company, slug=slug))
    return tuple(unique)


def _next_free(slug: str, wanted: set[str], numbers: dict[str, int]) -> str:
    """The slug with the next number that nobody wants, within MAX_KEY characters."""
    number = numbers.get(slug, 1)
    while True:
        number += 1
        end = f"-{number}"
        free = slug[: MAX_KEY - len(end)].rstrip("-") + end
        if free not in wanted:
            numbers[slug] = number
            return free


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
