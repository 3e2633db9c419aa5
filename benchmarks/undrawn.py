"""Pages of many companies, each made anew: how long one takes, kind by kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

import msgspec

from benchmarks.addresses import Addresses, compared, profiles
from benchmarks.asking import LIMIT, Client, take
from benchmarks.processes import serving
from benchmarks.report import Bar, Row, median_row, p99_row, versus
from benchmarks.rivals import datasette
from benchmarks.sample import Sample
from benchmarks.site import UNDRAWN, Site

QUICK = Bar(50, "ms at the 99th percentile")
RANGES = "list, two ranges"
STEP, SHOWN, PAGES = 200, 50, 20
"""Companies a step of the way to a far page; companies a page; pages that are asked for there."""
FAR = 1000
"""The page far down, where there are as many."""


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


def rows(site: Site) -> Iterator[tuple[Row, Sample | None]]:
    """The rows of a loaded site; beside each the times whose growth is of interest."""
    addresses = Addresses()
    with site.serve(UNDRAWN) as server:
        kinds = {
            "list, first page in each order": addresses.sorted(),
            "list, one filter": addresses.filtered(),
            **{f"search, {kind}": some for kind, some in addresses.searches().items()},
        }
        for what, some in kinds.items():
            sample = take(server.port, some)
            yield p99_row(what, site.companies, sample, QUICK), sample
        ranged = take(server.port, addresses.ranges())
        yield median_row(RANGES, site.companies, ranged, Bar(600, "ms")), ranged
        yield from _pages(site, server.port)
    yield _against_datasette(site, addresses, ranged), None


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
    return Walked(taken * STEP // SHOWN + 1, places, slugs)


def _followed(client: Client, path: str | None, steps: int) -> Iterator[tuple[str, Listed]]:
    """The pages of the API from an address on, by their `next`."""
    deadline = perf_counter() + LIMIT
    for _ in range(steps):
        if path is None or perf_counter() > deadline:
            return
        page = msgspec.json.decode(client.ask(path).body, type=Listed)
        yield path, page
        path = page.next


def _pages(site: Site, port: int) -> Iterator[tuple[Row, Sample]]:
    near = walk(port, 0)
    far = walk(port, min(FAR * SHOWN // STEP, site.companies // (STEP + SHOWN)))
    first, later = take(port, near.addresses), take(port, far.addresses)
    yield median_row("list, pages from the first on", site.companies, first), first
    named = f"from page {far.page:,} on: {later}"
    ratio = versus(later.median, first.median)
    what = "list, pages far down, against the first"
    yield Row(what, site.companies, named, ratio, times=True), later
    profile = take(port, profiles(far.slugs))
    yield median_row("profile", site.companies, profile, Bar(10, "ms")), profile
    compare = take(port, compared(far.slugs))
    yield median_row("comparison of 8", site.companies, compare, Bar(20, "ms")), compare


def _against_datasette(site: Site, addresses: Addresses, ours: Sample) -> Row:
    datasette.prepare(site.rivals)
    log, few = site.folder / "datasette.log", "/companies/plain?_size=1"
    with serving(datasette.serve(site.rivals, patient=True), few, log) as server:
        theirs = take(server.port, addresses.rival_ranges())
    what = f"{RANGES}: how many times Datasette's page takes"
    ratio, bar = versus(theirs.median, ours.median), Bar(5, "times", least=True)
    return Row(what, site.companies, f"{ours} against {theirs}", ratio, bar, times=True)
