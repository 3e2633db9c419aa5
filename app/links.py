"""The addresses of this site: one place that spells paths and queries. Pure."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from urllib.parse import quote

from .profiles.answer import Range
from .profiles.cursor import Cursor
from .profiles.filter import CompanyFilter, range_pairs, sort_pairs

Pairs = Iterable[tuple[str, str]]


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """A name or a value within a query; a page of the list writes hundreds, most of them again."""
    return quote(text, safe="")


def with_query(path: str, pairs: Pairs) -> str:
    """A path with a query, or the bare path where there is none."""
    return _asking(path, _query(pairs))


def _query(pairs: Pairs) -> str:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _asking(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=256)
def _question(asked: CompanyFilter, _kinds: Hashable) -> str:
    """The query of a filter's question. Filters are alike whatever the `kinds` of own measures,
    but write their bounds by them.
    """
    return _query(asked.without_display.query())


def list_url(asked: CompanyFilter, cursor: Cursor | None = None, path: str = "/") -> str:
    """The list under a filter, at a page of it."""
    paging = [("cursor", cursor.text())] if cursor else []
    return with_query(path, [*asked.query(), *paging])


def narrowed_urls(asked: CompanyFilter, field: str) -> Callable[[Range], str]:
    """What makes the address of the list under a filter with another range of a field."""
    (before, behind), kind = map(_query, asked.around(field)), asked.fields[field]

    def url(wanted: Range) -> str:
        parts = (before, _query(range_pairs(field, kind, wanted)), behind)
        return _asking("/", "&".join(filter(None, parts)))

    return url


def sorted_urls(asked: CompanyFilter) -> Callable[[str], str]:
    """What makes the address of the list of a filter in another order."""
    before, behind = asked.around_sort()
    return lambda sort: with_query("/", (*before, *sort_pairs(sort), *behind))


def _amounts_in(currency: str) -> Pairs:
    """The part of a query that asks for amounts in a currency; nothing for those as stated."""
    return [("currency", currency)] if currency else []


def company_url(slug: str, currency: str = "", ending: str = "") -> str:
    """A company's profile with its amounts in a currency, or as stated; or a file of it."""
    return with_query(f"/companies/{quote(slug)}{ending}", _amounts_in(currency))


def profile_url(slug: str, asked: CompanyFilter) -> str:
    """A company's profile, with the question of the list that leads to it."""
    return _asking(company_url(slug), _question(asked, asked.kinds))


def compare_url(
    slugs: Iterable[str],
    path: str = "/compare",
    ref: str | None = None,
    period: int | None = None,
    currency: str = "",
) -> str:
    """A comparison, in this order; measured against `ref`, if that is one of those compared.

    Of the figures of the year `period`, or of the latest of each; amounts are in `currency`, or as
    stated.
    """
    pairs = [("c", slug) for slug in slugs]
    reference = [("ref", ref)] if ref and ("c", ref) in pairs else []
    year = [("period", str(period))] if period else []
    return with_query(path, [*pairs, *reference, *year, *_amounts_in(currency)])


def source_url(source_id: str) -> str:
    """A source and what rests on it."""
    return f"/sources/{quote(source_id)}"
