"""Pages of many companies, each made anew: how long one takes, kind by kind."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from time import perf_counter

import msgspec

from benchmarks.addresses import Addresses, compared, profiles
from benchmarks.asking import Client, Requests, take, take_turns
from benchmarks.bars import (
    COMPARISON,
    FAR_PAGES,
    FIRST_PAGES,
    ONE_FILTER,
    ORDERS,
    PROFILE,
    RANGES,
    RANGES_AGAINST,
    SEARCHES,
)
from benchmarks.processes import serving
from benchmarks.report import Line, Measured, changes_of, lines_of, versus
from benchmarks.rivals import datasette
from benchmarks.sample import Sample
from benchmarks.site import UNDRAWN, Site

STEP, SHOWN, PAGES = 200, 50, 20
"""Companies a step of the way to a far page; companies a page; pages that are requested there."""
FAR = 1000
"""The page far down, where there are as many."""
WALKING = 120.0
"""Seconds within which the far page must be reached."""
Samples = Mapping[Site, Sample]


class Item(msgspec.Struct):
    """A company in an answer of the API."""

    slug: str


class Listed(msgspec.Struct):
    """What of a page of the API is needed here."""

    items: list[Item]
    next: str | None


@dataclass(frozen=True, slots=True)
class Walked:
    """The list's pages from a place on, and the companies that were passed."""

    page: int
    addresses: Sequence[str]
    slugs: Sequence[str]
    arrived: bool
    """Whether as many steps were taken as were asked for, or the list ended before."""


def kinds() -> Mapping[str, Sequence[str]]:
    """The lists whose addresses are the same on every site, by their kind."""
    addresses = Addresses()
    searches = {SEARCHES[kind]: some for kind, some in addresses.searches().items()}
    return {
        ORDERS: addresses.sorted(),
        ONE_FILTER: addresses.filtered(),
        **searches,
        RANGES: addresses.ranges(),
    }


def lines(sites: Sequence[Site]) -> Iterator[tuple[Line, Samples]]:
    """The lines of loaded sites, each with the times that it stands for.

    Raises Failed, Refused and Incomplete.
    """
    ranged: Samples = {}
    with ExitStack() as opened:
        ports = {site: opened.enter_context(site.serve(UNDRAWN)).port for site in sites}
        for what, some in kinds().items():
            samples = take_turns({site: Requests(port, some) for site, port in ports.items()})
            yield from _with(samples, lines_of(what, _measured(samples)))
            ranged = samples if what == RANGES else ranged
        yield from _pages(ports)
    yield from _with({}, _against_datasette(sites, ranged))


def _measured(samples: Samples) -> Mapping[Site, Measured]:
    return {site: Measured.of(sample) for site, sample in samples.items()}


def _with(samples: Samples, some: Iterator[Line]) -> Iterator[tuple[Line, Samples]]:
    for line in some:
        yield line, samples


def walk(port: int, steps: int) -> Walked:
    """Go so many steps down the list, or as far as the time limit allows, and look at the pages
    that follow.
    """
    client, slugs, places, taken = Client(port), list[str](), list[str](), 0
    following: str | None = f"/api/companies?size={STEP}"
    for _, page in _followed(client, following, steps):
        slugs += (item.slug for item in page.items)
        taken, following = taken + 1, page.next
    nearby = following and following.replace(f"size={STEP}", f"size={SHOWN}")
    for here, page in _followed(client, nearby, PAGES):
        slugs += (item.slug for item in page.items)
        places.append(f"/?{here.partition('?')[2]}")
    client.close()
    arrived = taken == steps or following is None
    return Walked(taken * STEP // SHOWN + 1, places, slugs, arrived)


def _followed(client: Client, path: str | None, steps: int) -> Iterator[tuple[str, Listed]]:
    """The pages of the API from an address on, by their `next`."""
    deadline = perf_counter() + WALKING
    for _ in range(steps):
        if path is None or perf_counter() > deadline:
            return
        page = msgspec.json.decode(client.ask(path).body, type=Listed)
        yield path, page
        path = page.next


def _pages(ports: Mapping[Site, int]) -> Iterator[tuple[Line, Samples]]:
    """Pages by their cursors, which each program writes in its own way, profiles, comparisons."""
    near = {site: walk(port, 0) for site, port in ports.items()}
    far = {site: walk(port, _steps(site)) for site, port in ports.items()}
    first = _take_each(ports, {site: one.addresses for site, one in near.items()})
    yield from _with(first, lines_of(FIRST_PAGES, _measured(first)))
    later = _take_each(ports, {site: one.addresses for site, one in far.items()})
    ratios = {site: _deeper(first[site], later[site], far[site]) for site in ports}
    yield from _with(later, lines_of(FAR_PAGES, ratios, times=True, changes=False))
    yield from _with(later, changes_of("list, pages far down", _measured(later)))
    for what, addresses in ((PROFILE, profiles), (COMPARISON, compared)):
        some = {site: addresses(one.slugs) for site, one in far.items()}
        samples = _take_each(ports, some)
        yield from _with(samples, lines_of(what, _measured(samples)))


def _steps(site: Site) -> int:
    return min((FAR - 1) * SHOWN // STEP + 1, site.companies // (STEP + SHOWN))


def _take_each(ports: Mapping[Site, int], paths: Mapping[Site, Sequence[str]]) -> Samples:
    return take_turns({site: Requests(port, paths[site]) for site, port in ports.items()})


def _deeper(first: Sample, later: Sample, far: Walked) -> Measured:
    """The ratio of the times, which counts for no bar where the page was not reached in time."""
    ratio = versus(later.median, first.median) if far.arrived else float("nan")
    late = "" if far.arrived else f", where {WALKING:.0f} s of walking led"
    return Measured(f"from page {far.page:,} on{late}: {later} against {first}", ratio)


def _against_datasette(sites: Sequence[Site], ranged: Samples) -> Iterator[Line]:
    database = datasette.database_of(sites[0])
    datasette.prepare(database)
    log, few = sites[0].folder / "datasette.log", "/companies/plain?_size=1"
    with serving(datasette.serve(database, patient=True), few, log) as server:
        theirs = take(server.port, Addresses().rival_ranges())
    ratios = {
        site: Measured(f"{ours} against {theirs}", versus(theirs.median, ours.median))
        for site, ours in ranged.items()
    }
    yield from lines_of(RANGES_AGAINST, ratios, times=True, changes=False)
