"""The addresses of this site: the one place that writes paths and queries. Pure."""

from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from urllib.parse import quote

from .profiles.answer import Range
from .profiles.cursor import Cursor
from .profiles.filter import CompanyFilter, range_pairs, sort_pairs

Pairs = Iterable[tuple[str, str]]


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    """A name or a value, quoted for a query. A page of the list writes the same few hundreds."""
    return quote(text, safe="")


def with_query(path: str, pairs: Pairs) -> str:
    """A path with a query, or the bare path where there is none."""
    return _joined(path, _query(pairs))


def _query(pairs: Pairs) -> str:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


def _joined(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path


@lru_cache(maxsize=256)
def _filter_query(filter: CompanyFilter, _kinds: Hashable) -> str:
    """The query of a filter without its display. `kinds` is no part of a filter's equality, but
    decides how its bounds are written, so it is part of the cache key.
    """
    return _query(filter.without_display.query())


def list_url(filter: CompanyFilter, cursor: Cursor | None = None, path: str = "/") -> str:
    """The list of a filter, at a page of it."""
    paging = [("cursor", cursor.text())] if cursor else []
    return with_query(path, [*filter.query(), *paging])


def narrowed_urls(filter: CompanyFilter, field: str) -> Callable[[Range], str]:
    """A function from a range of a field to the address of the list with this range."""
    (before, behind), kind = map(_query, filter.around(field)), filter.fields[field]

    def url(wanted: Range) -> str:
        parts = (before, _query(range_pairs(field, kind, wanted)), behind)
        return _joined("/", "&".join(part for part in parts if part))

    return url


def sorted_urls(filter: CompanyFilter) -> Callable[[str], str]:
    """A function from a sort order to the address of the list in this order."""
    before, behind = filter.around_sort()
    return lambda sort: with_query("/", (*before, *sort_pairs(sort), *behind))


def _amounts_in(currency: str) -> Pairs:
    """The parameter for amounts in a currency; none for amounts as published."""
    return [("currency", currency)] if currency else []


def company_url(slug: str, currency: str = "", ending: str = "") -> str:
    """A company's profile with amounts in a currency, or as published; or a file of it."""
    return with_query(f"/companies/{quote(slug)}{ending}", _amounts_in(currency))


def profile_url(slug: str, filter: CompanyFilter) -> str:
    """A company's profile, with the filter of the list that links to it."""
    return _joined(company_url(slug), _filter_query(filter, filter.kinds))


def compare_url(
    slugs: Iterable[str],
    path: str = "/compare",
    ref: str | None = None,
    period: int | None = None,
    currency: str = "",
) -> str:
    """A comparison in this order, measured against `ref` if that is one of the compared.

    It has the figures of the year `period`, or the latest of each; amounts are in `currency`, or
    as published.
    """
    pairs = [("c", slug) for slug in slugs]
    reference = [("ref", ref)] if ref and ("c", ref) in pairs else []
    year = [("period", str(period))] if period else []
    return with_query(path, [*pairs, *reference, *year, *_amounts_in(currency)])


def source_url(source_id: str) -> str:
    """A source, with the figures from it."""
    return f"/sources/{quote(source_id)}"
