"""What routes ask for: a snapshot of the data, the filter of the query, the settings.

What waits for nothing is a coroutine, since a hop to a thread and back costs more than to read it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Query, Request
from fastapi.concurrency import contextmanager_in_threadpool
from msgspec import Struct
from pydantic import BaseModel, ConfigDict

from ..errors import ClientGone, FieldProblem, InvalidQuery
from ..profiles.cursor import Cursor
from ..profiles.facets import NOT_STATED, spelled, spellings
from ..profiles.figure import YEAR_ACCEPTED, end_year
from ..profiles.filter import CompanyFilter, read_filter
from ..profiles.rates import AS_STATED
from ..settings import Settings
from ..store.aggregates import frequent_values
from ..store.versions import Snapshot, Versions

MAX_COMPARED = 8
PAGES, NARROWED, DOWNLOADS = 10, 2, 4
"""Pages, pages that a filter narrows, and downloads that may be made at once; together they are
the connections of a process.
"""
SIMPLE = frozenset(("sort", "size", "cursor", "cols", "c", "currency", "after", "x", "y", "color"))
"""Fields of a query that narrow nothing: what is counted of all companies is kept."""


class Slots:
    """How many requests may hold a connection at once; the others wait without a thread.

    Without this, requests that wait for a connection can hold every thread that those with a
    connection need to go on. Pages that a filter narrows are counted anew for each filter: they
    have slots of their own, and so hold up no other page. So have downloads, since a slow reader
    keeps his. Whoever went away while waiting is answered with nothing made.
    """

    def __init__(self) -> None:
        self.pages = CapacityLimiter(PAGES)
        self.narrowed = CapacityLimiter(NARROWED)
        self.downloads = CapacityLimiter(DOWNLOADS)

    def of(self, request: Request) -> CapacityLimiter:
        """The slots for which a page waits."""
        asked = {name for name, value in request.query_params.multi_items() if value}
        return self.pages if asked <= SIMPLE else self.narrowed


Currency = Annotated[
    str,
    Query(
        description=f"{AS_STATED}, or a currency to which the data bring exchange rates: amounts "
        "are shown, compared and filtered in it. One without a rate stays as stated, and is "
        "unknown to a filter."
    ),
]


async def open_snapshot(request: Request, currency: Currency = "") -> AsyncIterator[Snapshot]:
    """One unchanging view of the data for the whole request, its amounts in a currency.

    Raises InvalidQuery for a currency that cannot be chosen.
    """
    slots: Slots = request.app.state.slots
    async with _snapshot(request, slots.of(request), currency) as snapshot:
        yield snapshot


async def open_download(request: Request, currency: Currency = "") -> AsyncIterator[Snapshot]:
    """The same for an answer that is as long as the data."""
    slots: Slots = request.app.state.slots
    async with _snapshot(request, slots.downloads, currency) as snapshot:
        yield snapshot


@asynccontextmanager
async def _snapshot(
    request: Request, slot: CapacityLimiter, currency: str
) -> AsyncIterator[Snapshot]:
    versions: Versions = request.app.state.versions
    waits = slot.available_tokens < 1
    async with slot:
        if waits and await _is_gone(request):
            raise ClientGone
        async with contextmanager_in_threadpool(versions.open(currency)) as snapshot:
            request.state.version = snapshot.version.number  # What the answer is made of.
            yield snapshot


async def _is_gone(request: Request) -> bool:
    """Whether who asked has closed the connection: then nothing need be made any more."""
    # What was sent with the request comes first, be it nothing.
    return await request.is_disconnected() or await request.is_disconnected()


async def get_settings(request: Request) -> Settings:
    """The settings of this application."""
    settings: Settings = request.app.state.settings
    return settings


Snap = Annotated[Snapshot, Depends(open_snapshot)]
DownloadSnap = Annotated[Snapshot, Depends(open_download)]
Config = Annotated[Settings, Depends(get_settings)]


def _amount(what: str) -> str:
    return f"{what}, inclusive. People's amounts are read: 10B, 1.5bn, 500M, 61,000,000,000."


def _facet(what: str) -> str:
    return (
        f"{what}, in any capitals; repeat it for any of several. "
        f"{NOT_STATED} asks for companies without one."
    )


class ListQuery(BaseModel):
    """The query of the list, as programs are told of it: every field is text, blank is no filter.

    It is read in `_read`, with the fields of the data set's own measures, which nothing here names.
    """

    model_config = ConfigDict(extra="ignore")

    q: str = Query(
        "",
        description="Words that begin words of name, alias, activity or highlight, in any script; "
        "or a whole identifier.",
    )
    industry: list[str] = Query([], description=_facet("Industry"))
    country: list[str] = Query([], description=_facet("Country"))
    tag: list[str] = Query([], description=_facet("Tag"))
    revenue_min: str = Query("", description=_amount("Least revenue"))
    revenue_max: str = Query("", description=_amount("Greatest revenue"))
    employees_min: str = Query("", description=_amount("Fewest employees"))
    employees_max: str = Query("", description=_amount("Most employees"))
    rd_share_min: str = Query("", description="Least R&D share in percent, at most 4 decimals.")
    rd_share_max: str = Query("", description="Greatest R&D share in percent.")
    rd_basis: str = Query("", description="staff or revenue; without it the best answer of both.")
    countries_min: str = Query("", description=_amount("Fewest countries"))
    countries_max: str = Query("", description=_amount("Most countries"))
    founded_min: str = Query("", description="Earliest year of foundation, inclusive.")
    founded_max: str = Query("", description="Latest year of foundation, inclusive.")
    period: str = Query("", description="A year: only figures whose period ends in it.")
    lacks: str = Query("", description="A measure's key: only companies without a figure for it.")
    unknown: str = Query("", description="1: also list companies without a figure.")
    maybe: str = Query("", description="0: leave out companies that only may match.")
    sort: str = Query("", description="A key, or -key for descending; -revenue by default.")
    size: str = Query("", description="Companies a page, at most 200; 50 by default.")
    cursor: str = Query("", description="From next or prev of an earlier answer.")


SHOWING = ("cols", "c")
"""What only the list's page reads: which columns it shows, and the companies ticked."""


def _read(snapshot: Snapshot, request: Request, *, showing: bool = False) -> CompanyFilter:
    """The filter of a query; amounts are in the currency of the snapshot. Raises InvalidQuery with
    every bad field.
    """
    version, given = snapshot.version, request.query_params
    typed = {name: given.getlist(name) for name in given if showing or name not in SHOWING}
    asked = read_filter(typed, version.catalogue, version.currency, version.chosen)
    return asked.replace(**{facet.key: _filed(snapshot, facet.key, v) for facet, v in asked.facets})


def _filed(snapshot: Snapshot, key: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Values of a facet as the data write them, whatever capitals a reader typed."""
    known = snapshot.remember(("spellings", key), lambda: spellings(frequent_values(snapshot, key)))
    return spelled(chosen, known)


class Asked(Struct, frozen=True):
    """What a list is asked for: the filter, and the page of it."""

    filter: CompanyFilter
    cursor: Cursor | None


async def read_asked(
    snapshot: Snap, _query: Annotated[ListQuery, Query()], request: Request
) -> Asked:
    """The filter and the cursor of a query. Raises InvalidQuery with every bad field."""
    return _asked(snapshot, request)


async def read_page_asked(snapshot: Snap, request: Request) -> Asked:
    """The same for the list's page."""
    return _asked(snapshot, request, showing=True)


async def read_carried(snapshot: Snap, request: Request) -> CompanyFilter:
    """The question of the list that a reader came from; one that cannot be read is none."""
    try:
        return _read(snapshot, request).without_display
    except InvalidQuery:
        return CompanyFilter(currency=snapshot.version.chosen)


async def read_download(
    snapshot: DownloadSnap, _query: Annotated[ListQuery, Query()], request: Request
) -> Asked:
    """The same for a download, which holds the whole list."""
    return _asked(snapshot, request)


def _asked(snapshot: Snapshot, request: Request, *, showing: bool = False) -> Asked:
    problems: list[FieldProblem] = []
    given = request.query_params.get("cursor", "")
    try:
        asked = _read(snapshot, request, showing=showing)
    except InvalidQuery as error:
        asked, problems = CompanyFilter(), list(error.problems)
    cursor = None
    try:
        cursor = Cursor.read(given, asked.sort) if given and not problems else None
    except ValueError:
        accepted = "the cursor of a page in this very order, or none"
        problems.append(FieldProblem("cursor", given, accepted))
    if problems:
        raise InvalidQuery(problems)
    return Asked(asked, cursor)


Typed = Annotated[list[str], Query(default_factory=list, description="A slug; give 2 to 8.")]


async def read_slugs(c: Typed) -> tuple[str, ...]:
    """The slugs to compare, each once. Raises InvalidQuery for more than 8."""
    slugs = tuple(dict.fromkeys(slug.strip() for slug in c if slug.strip()))
    if len(slugs) > MAX_COMPARED:
        given = ", ".join(slugs)
        accepted = f"2 to {MAX_COMPARED} companies; {len(slugs)} were given"
        raise InvalidQuery([FieldProblem("c", given, accepted)])
    return slugs


async def read_year(
    period: Annotated[str, Query(description="A year: only figures whose period ends in it.")] = "",
) -> int | None:
    """The year of a period as typed, or None for blank. Raises InvalidQuery for anything else."""
    if not period.strip():
        return None
    try:
        return end_year(period)
    except ValueError as error:
        raise InvalidQuery([FieldProblem("period", period, YEAR_ACCEPTED)]) from error


Listed = Annotated[Asked, Depends(read_asked)]
ListedPage = Annotated[Asked, Depends(read_page_asked)]
Carried = Annotated[CompanyFilter, Depends(read_carried)]
Downloaded = Annotated[Asked, Depends(read_download)]
Year = Annotated[int | None, Depends(read_year)]
Slugs = Annotated[tuple[str, ...], Depends(read_slugs)]
