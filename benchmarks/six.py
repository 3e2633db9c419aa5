"""The six companies: how many pages a second, against the least, the usual and Datasette."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from benchmarks.asking import Client
from benchmarks.bars import BARE, DATASETTE, PLAIN
from benchmarks.processes import Running, python, serving
from benchmarks.programs import AFTER
from benchmarks.report import Line, Measured, changes_of, lines_of, versus
from benchmarks.rivals import bare, datasette
from benchmarks.sample import readable
from benchmarks.site import UNDRAWN, Site
from benchmarks.throughput import Rate, drive_each

BROWSERS, UNCOMPRESSED = "gzip, deflate, br", "identity"
"""What is accepted: by browsers, and by a client that wants the page as it was made."""
EXPORTING = 60.0
"""Seconds within which the six companies are exported."""
Rates = Mapping[Site | str, Rate]
"""How quick each site is, and each of the others by its name."""


def lines(sites: Sequence[Site]) -> Iterator[Line]:
    """The lines of loaded sites. Raises Failed, Incomplete, and ValueError where pages fail."""
    newest = next(site for site in sites if site.program == AFTER)
    database = newest.folder / "six.db"
    datasette.write_six(newest.export("companies.csv", EXPORTING), database)
    cached = _cached(sites, newest, database)
    yield from changes_of("pages a second, cached", _alone(sites, cached))
    for name, what in (("bare", BARE), ("datasette", DATASETTE)):
        yield from lines_of(what, _against(sites, cached, name), times=True, changes=False)
    made = _made_anew(sites, newest, database)
    yield from changes_of("pages a second, not cached", _alone(sites, made))
    yield from lines_of(PLAIN, _against(sites, made, "plain"), times=True, changes=False)


def _cached(sites: Sequence[Site], newest: Site, database: Path) -> Rates:
    """Pages out of the cache, as browsers request them, compressed."""
    kept, log = newest.folder / "page.json", newest.folder / "rivals.log"
    urls = dict[Site | str, str]()
    with ExitStack() as opened:
        for site in sites:
            server = opened.enter_context(site.serve({}))
            urls[site] = _url(server)
            with closing(Client(server.port)) as client:
                client.ask("/")
                client.ask("/", BROWSERS)
                if site == newest:
                    bare.keep(client.ask("/", BROWSERS), kept)
        order = python("-m", bare.__name__, "{port}", kept)
        urls["bare"] = _url(opened.enter_context(serving(order, "/", log)))
        other = serving(datasette.serve(database), "/six/companies", log)
        urls["datasette"] = _url(opened.enter_context(other), "/six/companies")
        return drive_each(urls, BROWSERS)


def _made_anew(sites: Sequence[Site], newest: Site, database: Path) -> Rates:
    """Pages that are made for each request, uncompressed as the plain application's are."""
    urls = dict[Site | str, str]()
    with ExitStack() as opened:
        for site in sites:
            server = opened.enter_context(site.serve(UNDRAWN))
            urls[site] = _url(server)
            with closing(Client(server.port)) as client:
                client.ask("/")
        order = python("-m", "benchmarks.rivals.plain", "{port}", database)
        log = newest.folder / "rivals.log"
        urls["plain"] = _url(opened.enter_context(serving(order, "/", log)))
        return drive_each(urls, UNCOMPRESSED)


def _url(server: Running, path: str = "/") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def _alone(sites: Sequence[Site], rates: Rates) -> Mapping[Site, Measured]:
    return {site: Measured(_readable(rates[site]), rates[site].rate) for site in sites}


def _against(sites: Sequence[Site], rates: Rates, name: str) -> Mapping[Site, Measured]:
    other = rates[name]
    return {
        site: Measured(
            f"{_readable(rates[site])} against {_readable(other)}",
            versus(rates[site].rate, other.rate),
        )
        for site in sites
    }


def _readable(rate: Rate) -> str:
    return f"{readable(rate.rate)}/s, p99 {readable(rate.p99)} ms ({rate.answers:,} requests)"
