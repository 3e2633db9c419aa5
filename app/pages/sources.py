"""The sources, and every figure that rests on one."""

from collections.abc import Mapping
from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from msgspec import Struct

from ..links import company_url, source_url, with_query
from ..profiles.company import Source
from ..profiles.results import Attributed
from ..store.profiles import count_figures, figures_of_source, get_source
from ..store.versions import Snapshot
from ..web.dependencies import Snap
from .cells import Cell, make_cell
from .formatting import count_of, write_date
from .rendering import Pages

router = APIRouter(include_in_schema=False)
COMPANIES = 50
"""Companies on one page of a source."""


class Entry(Struct, frozen=True, gc=False):
    """A source of the list, with its reach in words."""

    number: int
    source: Source
    href: str
    published: str | None
    reach: str


class Resting(Struct, frozen=True, gc=False):
    """One figure that rests on the source."""

    label: str
    cell: Cell


class Group(Struct, frozen=True, gc=False):
    """A company's figures that rest on the source."""

    name: str
    href: str
    figures: tuple[Resting, ...]


@router.get("/sources", response_class=HTMLResponse)
def show_sources(snapshot: Snap, pages: Pages) -> HTMLResponse:
    reach = count_figures(snapshot)
    entries = [_entry(snapshot, source, reach) for source in snapshot.version.sources]
    return pages.page("sources", snapshot.version, here="/sources", entries=entries)


@router.get("/sources/{source_id}", response_class=HTMLResponse)
def show_source(snapshot: Snap, source_id: str, pages: Pages, after: str = "") -> HTMLResponse:
    source = get_source(snapshot, source_id)
    found = figures_of_source(snapshot, source_id, after, COMPANIES + 1)
    slugs = list(dict.fromkeys(one.slug for one in found))
    shown = [one for one in found if one.slug in slugs[:COMPANIES]]
    more = len(slugs) > COMPANIES
    here = source_url(source_id)
    return pages.page(
        "source",
        snapshot.version,
        here="/sources",
        entry=_entry(snapshot, source, count_figures(snapshot)),
        groups=[_group(snapshot, name, list(ones)) for name, ones in _by_company(shown)],
        first=here if after else None,
        next=with_query(here, [("after", slugs[COMPANIES - 1])]) if more else None,
    )


def _entry(snapshot: Snapshot, source: Source, reach: Mapping[str, tuple[int, int]]) -> Entry:
    figures, companies = reach.get(source.id, (0, 0))
    return Entry(
        snapshot.version.source_number(source.id) or 0,
        source,
        source_url(source.id),
        write_date(source.published) if source.published else None,
        f"{count_of(figures, 'figure')} of {count_of(companies, 'company', 'companies')}",
    )


def _by_company(figures: list[Attributed]) -> "groupby[str, Attributed]":
    return groupby(figures, key=lambda one: one.slug)


def _group(snapshot: Snapshot, slug: str, figures: list[Attributed]) -> Group:
    version = snapshot.version
    resting = []
    for number, one in enumerate(figures):
        measure = version.catalogue[one.figure.measure]
        cell = make_cell(one.figure, measure, one.name, version, f"n-{slug}-{number}")
        resting.append(Resting(measure.label, cell))
    return Group(figures[0].name, company_url(slug), tuple(resting))
