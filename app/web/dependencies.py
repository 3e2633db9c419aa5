"""What routes depend on: a snapshot of the data, the filter of the query, the settings.

Dependencies that do no I/O are `async def`: FastAPI would run others in the thread pool, which
costs more than the work itself.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

from anyio import CapacityLimiter
from fastapi import Depends, Query, Request
from msgspec import Struct
from pydantic import BaseModel, ConfigDict

from ..errors import ClientGone, FieldProblem, InvalidQuery
from ..profiles.company import LONGEST_SLUG
from ..profiles.cursor import Cursor
from ..profiles.facets import NOT_STATED, spelled, spellings
from ..profiles.figure import YEAR_ACCEPTED, end_year
from ..profiles.filter import CompanyFilter, read_filter
from ..profiles.rates import AS_STATED
from ..settings import Settings
from ..store.aggregates import frequent_values
from ..store.versions import Snapshot, Versions
from .interruption import open_interruptible

MAX_COMPARED = 8
MAX_ECHOED = 20
"""Slugs that the refusal of too many repeats."""
PAGES, NARROWED, DOWNLOADS = 10, 2, 4
"""Pages, filtered pages and downloads that may be in progress at once; their sum is the number of
database connections of a process.
"""
SIMPLE = frozenset(("sort", "size", "cursor", "cols", "c", "currency", "after", "x", "y", "color"))
"""Fields of a query that filter nothing: counts of all companies are cached."""


class Slots:
    """How many requests may hold a database connection at once; others wait without a thread.

    Otherwise requests that wait for a connection could hold every thread that those with a
    connection need to finish. Filtered pages are counted anew for each filter, so they have slots
    of their own and hold up no other page; so do downloads, which last as long as their readers
    take. If the client disconnects while queued, no work is started.
    """

    def __init__(self) -> None:
        self.pages = CapacityLimiter(PAGES)
        self.narrowed = CapacityLimiter(NARROWED)
        self.downloads = CapacityLimiter(DOWNLOADS)

    def of(self, request: Request) -> CapacityLimiter:
        """The slots for which a page waits."""
        given = {name for name, value in request.query_params.multi_items() if value}
        return self.pages if given <= SIMPLE else self.narrowed


Currency = Annotated[
    str,
    Query(
        description=f"{AS_STATED}, or a currency to which the data bring exchange rates: amounts "
        "are shown, compared and filtered in it. One without a rate stays as stated, and is "
        "unknown to a filter."
    ),
]


async def open_snapshot(request: Request, currency: Currency = "") -> AsyncIterator[Snapshot]:
    """One unchanging view of the data for the whole request, with amounts in a currency.

    Raises InvalidQuery for a currency that is not offered, TookTooLong for a slow query.
    """
    slots: Slots = request.app.state.slots
    async with _snapshot(request, slots.of(request), currency, limited=True) as snapshot:
        yield snapshot


async def open_download(request: Request, currency: Currency = "") -> AsyncIterator[Snapshot]:
    """The same for a response as long as the data, which has no time limit."""
    slots: Slots = request.app.state.slots
    async with _snapshot(request, slots.downloads, currency, limited=False) as snapshot:
        yield snapshot


@asynccontextmanager
async def _snapshot(
    request: Request, slot: CapacityLimiter, currency: str, *, limited: bool
) -> AsyncIterator[Snapshot]:
    versions: Versions = request.app.state.versions
    waits = slot.available_tokens < 1
    async with slot:
        if waits and await _is_gone(request):
            raise ClientGone
        async with open_interruptible(request, versions.open(currency), limited=limited) as opened:
            request.state.version = opened.version.number  # For the page cache.
            yield opened


async def _is_gone(request: Request) -> bool:
    """Whether the client has disconnected."""
    # The first message is the body of the request, even if it is empty.
    return await request.is_disconnected() or await request.is_disconnected()


async def get_settings(request: Request) -> Settings:
    """The settings of this application."""
    settings: Settings = request.app.state.settings
    return settings


Snap = Annotated[Snapshot, Depends(open_snapshot, scope="function")]
"""Closed before the response is sent, so that a slow client holds no slot."""
DownloadSnap = Annotated[Snapshot, Depends(open_download)]
"""Closed after the response is sent, which reads from it."""
Config = Annotated[Settings, Depends(get_settings)]


def _amount(what: str) -> str:
    return f"{what}, inclusive. People's amounts are read: 10B, 1.5bn, 500M, 61,000,000,000."


def _facet(what: str) -> str:
    return (
        f"{what}, in any capitals; repeat it for any of several. "
        f"{NOT_STATED} asks for companies without one."
    )


class ListQuery(BaseModel):
    """The query of the list as the API documents it: every field is text, blank is no filter.

    `_read_filter` parses it, with the fields of the data set's own measures, which are not here.
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
"""Fields that only the list's page reads: the columns it shows, and the companies ticked."""


class ListRequest(Struct, frozen=True):
    """A filter, and the page of its list that is requested."""

    filter: CompanyFilter
    cursor: Cursor | None


async def read_list_request(
    snapshot: Snap, _query: Annotated[ListQuery, Query()], request: Request
) -> ListRequest:
    """The filter and the cursor of a query. Raises InvalidQuery with every bad field."""
    return _read_list_request(snapshot, request)


async def read_list_page(snapshot: Snap, request: Request) -> ListRequest:
    """The same for the list's page."""
    return _read_list_request(snapshot, request, showing=True)


async def read_download(
    snapshot: DownloadSnap, _query: Annotated[ListQuery, Query()], request: Request
) -> ListRequest:
    """The same for a download, which holds the whole list."""
    return _read_list_request(snapshot, request)


async def read_carried(snapshot: Snap, request: Request) -> CompanyFilter:
    """The filter of the list that a reader came from; one that cannot be read is ignored."""
    try:
        return _read_filter(snapshot, request).without_display
    except InvalidQuery:
        return CompanyFilter(currency=snapshot.version.chosen)


def _read_list_request(
    snapshot: Snapshot, request: Request, *, showing: bool = False
) -> ListRequest:
    filter = _read_filter(snapshot, request, showing=showing)
    given = request.query_params.get("cursor", "")
    try:
        return ListRequest(filter, Cursor.read(given, filter.sort) if given else None)
    except ValueError as error:
        accepted = "the cursor of a page in this very order, or none"
        raise InvalidQuery([FieldProblem("cursor", given, accepted)]) from error


def _read_filter(snapshot: Snapshot, request: Request, *, showing: bool = False) -> CompanyFilter:
    """The filter of a query; amounts are in the currency of the snapshot. Raises InvalidQuery with
    every bad field.
    """
    version, given = snapshot.version, request.query_params
    typed = {name: given.getlist(name) for name in given if showing or name not in SHOWING}
    filter = read_filter(typed, version.catalogue, version.currency, version.chosen)
    spelt = {facet.key: _as_in_data(snapshot, facet.key, v) for facet, v in filter.facets}
    return filter.replace(**spelt)


def _as_in_data(snapshot: Snapshot, key: str, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Values of a facet with the capitals that the data have, whatever was typed."""
    known = snapshot.remember(("spellings", key), lambda: spellings(frequent_values(snapshot, key)))
    return spelled(chosen, known)


Typed = Annotated[list[str], Query(default_factory=list, description="A slug; give 2 to 8.")]


async def read_slugs(c: Typed) -> tuple[str, ...]:
    """The slugs to compare, each once. Raises InvalidQuery for more than 8, and for text that is
    longer than any slug.
    """
    slugs = tuple(dict.fromkeys(slug.strip() for slug in c if slug.strip()))
    if too_long := [slug for slug in slugs if len(slug) > LONGEST_SLUG]:
        accepted = f"slugs of at most {LONGEST_SLUG} characters"
        raise InvalidQuery([FieldProblem("c", f"{too_long[0][:LONGEST_SLUG]}…", accepted)])
    if len(slugs) > MAX_COMPARED:
        given = ", ".join(slugs[:MAX_ECHOED]) + (", …" if len(slugs) > MAX_ECHOED else "")
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


ApiList = Annotated[ListRequest, Depends(read_list_request)]
PageList = Annotated[ListRequest, Depends(read_list_page)]
DownloadList = Annotated[ListRequest, Depends(read_download)]
CarriedFilter = Annotated[CompanyFilter, Depends(read_carried)]
Year = Annotated[int | None, Depends(read_year)]
Slugs = Annotated[tuple[str, ...], Depends(read_slugs)]
