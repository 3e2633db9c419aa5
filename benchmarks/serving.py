"""A serving process: how soon it answers, what memory it holds, and how it bears a crowd."""

from collections.abc import Iterator

from benchmarks.addresses import Addresses, profiles
from benchmarks.asking import Crowd, take
from benchmarks.processes import held_alone
from benchmarks.report import Bar, Row, p99_row
from benchmarks.sample import middle, told
from benchmarks.site import UNDRAWN, Site
from benchmarks.undrawn import walk

STARTS, READERS = 3, 40


def rows(site: Site) -> Iterator[Row]:
    """The rows of a loaded site. Raises Failed."""
    yield from _starts(site)
    yield _crowded(site)


def _starts(site: Site) -> Iterator[Row]:
    addresses, seconds = Addresses(), list[float]()
    for _ in range(STARTS):
        with site.serve({}) as server:
            seconds.append(server.seconds)
    with site.serve(UNDRAWN) as server:
        for some in (addresses.sorted(), addresses.filtered(), addresses.ranges()):
            take(server.port, some)
        held = held_alone(server.pid) / 10**6
    took = f"{told(middle(seconds))} s, at most {told(max(seconds))} ({STARTS} starts)"
    what = "from the start of serve to the first page"
    yield Row(what, site.companies, took, middle(seconds), Bar(1.5, "s"))
    what = "memory of its own that a serving process holds, without its page memory"
    yield Row(what, site.companies, f"{told(held)} MB", held, Bar(200, "MB"))


def _crowded(site: Site) -> Row:
    """An ordinary page while a crowd asks for those of the kind that takes longest."""
    addresses = Addresses()
    kinds = {
        "with two ranges": addresses.ranges(),
        "with one filter": addresses.filtered(),
        "for one letter": addresses.searches()["one letter"],
    }
    with site.serve(UNDRAWN) as server:
        probed = {kind: take(server.port, kinds[kind], most=5).median for kind in kinds}
        slowest = max(probed, key=lambda kind: probed[kind])
        slugs = walk(server.port, 1).slugs
        with Crowd(server.port, kinds[slowest], READERS):
            sample = take(server.port, profiles(slugs))
    what = f"profile while {READERS} readers ask for the slowest lists, those {slowest}"
    return p99_row(what, site.companies, sample, Bar(100, "ms at the 99th percentile"))
