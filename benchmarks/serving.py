"""A serving process: how soon it answers, what memory it holds, and how it bears a crowd."""

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.addresses import Addresses, profiles
from benchmarks.asking import Crowd, take
from benchmarks.bars import CROWDED, OWN_MEMORY, START
from benchmarks.processes import held_alone
from benchmarks.report import Line, Measured, lines_of
from benchmarks.sample import Sample, middle, readable
from benchmarks.site import UNDRAWN, Site
from benchmarks.undrawn import walk

STARTS, READERS, PROFILES = 3, 40, 200
IN_TURN = 2
"""Crowds at each program where two are compared."""


def lines(sites: Sequence[Site]) -> Iterator[Line]:
    """The lines of loaded sites. Raises Failed, and Incomplete."""
    yield from starts(sites)
    yield from lines_of(OWN_MEMORY, {site: _memory(site) for site in sites})
    yield from lines_of(CROWDED, _crowded(sites))


def starts(sites: Sequence[Site]) -> Iterator[Line]:
    """From the command to the first page's last byte, the sites in turn."""
    seconds: Mapping[Site, list[float]] = {site: [] for site in sites}
    for _ in range(STARTS):
        for site in sites:
            with site.serve({}) as server:
                seconds[site].append(server.seconds)
    yield from lines_of(START, {site: _start(some) for site, some in seconds.items()})


def _start(seconds: Sequence[float]) -> Measured:
    took, most = readable(middle(seconds)), readable(max(seconds))
    return Measured(f"{took} s, at most {most} ({len(seconds)} starts)", middle(seconds))


def _memory(site: Site) -> Measured:
    addresses = Addresses()
    with site.serve(UNDRAWN) as server:
        for some in (addresses.sorted(), addresses.filtered(), addresses.ranges()):
            take(server.port, some)
        held = held_alone(server.pid) / 10**6
    return Measured(f"{readable(held)} MB", held)


def _crowded(sites: Sequence[Site]) -> Mapping[Site, Measured]:
    """Ordinary pages while a crowd requests the slowest kind of list."""
    times = IN_TURN if len(sites) > 1 else 1
    samples: Mapping[Site, list[tuple[str, Sample]]] = {site: [] for site in sites}
    for _ in range(times):
        for site in sites:
            samples[site].append(_beside_crowd(site, PROFILES // times))
    return {site: _together(some) for site, some in samples.items()}


def _beside_crowd(site: Site, pages: int) -> tuple[str, Sample]:
    """The kind of list that the crowd requested, and the times of the profiles beside it."""
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
            return slowest, take(server.port, profiles(slugs), most=pages)


def _together(some: Sequence[tuple[str, Sample]]) -> Measured:
    kinds = ", ".join(dict.fromkeys(kind for kind, _ in some))
    sample = Sample(tuple(time for _, one in some for time in one.times), some[0][1].limit)
    return Measured(f"{sample}; lists {kinds}", sample.median, sample)
