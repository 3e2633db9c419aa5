"""The sitemap for search engines; beyond what one file may hold, an index of parts."""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter, Response

from ..links import company_url, source_url, with_query
from ..store.profiles import name_companies
from ..store.versions import Snapshot
from ..web.dependencies import Snap
from .rendering import NAVIGATION, Pages

router = APIRouter(include_in_schema=False)
PART = 40_000
"""Profiles in one file; the protocol allows 50,000 addresses."""

START = "-"
"""Sorts before every slug."""


@router.get("/sitemap.xml")
def show_sitemap(snapshot: Snap, pages: Pages, after: str = "") -> Response:
    if not after and snapshot.version.companies > PART:
        parts = [with_query("/sitemap.xml", [("after", start)]) for start in _starts(snapshot)]
        return _xml(pages, "sitemap_index", parts)
    companies = name_companies(snapshot, PART, after or START)
    profiles = [company_url(company.slug) for company in companies]
    first = [] if after not in ("", START) else list(_fixed(snapshot))
    return _xml(pages, "sitemap", [*first, *profiles])


@router.get("/robots.txt")
def show_robots(pages: Pages) -> Response:
    """Filters and comparisons have addresses without end; the sitemap names every page there is."""
    allowed = ("User-agent: *", "Allow: /sitemap.xml", "Disallow: /*?")
    rules = (*allowed, f"Sitemap: {pages.origin}/sitemap.xml")
    return Response("\n".join((*rules, "")), media_type="text/plain; charset=utf-8")


def _xml(pages: Pages, name: str, paths: Sequence[str]) -> Response:
    return pages.document(f"pages/{name}.xml", "application/xml", base=pages.origin, paths=paths)


def _fixed(snapshot: Snapshot) -> Iterator[str]:
    yield from (link.href for link in NAVIGATION)
    yield from (source_url(source.id) for source in snapshot.version.sources)


def _starts(snapshot: Snapshot) -> Iterator[str]:
    """The slugs behind which the parts begin."""
    start = START
    while companies := name_companies(snapshot, PART, start):
        yield start
        start = companies[-1].slug
