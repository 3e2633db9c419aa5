"""The six companies: how many pages a second, against the least, the usual and Datasette."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.asking import Client
from benchmarks.processes import Failed, Running, python, run, serving, sourcebook
from benchmarks.report import SIX, Bar, Row, versus
from benchmarks.rivals import bare, datasette
from benchmarks.sample import told
from benchmarks.site import UNDRAWN, Site
from benchmarks.throughput import Rate, drive_each

BROWSERS, PLAIN = "gzip, deflate, br", "identity"
"""What is accepted: by browsers, and by one who wants the page as it was made."""


def rows(site: Site) -> Iterator[Row]:
    """The rows of a site that is loaded. Raises Failed, and ValueError where pages fail."""
    database = site.folder / "six.db"
    datasette.write_six(_exported(site), database)
    yield from _drawn(site, database)
    yield from _undrawn(site, database)


def _exported(site: Site) -> Path:
    exported, log = site.folder / "six.csv", site.folder / "export.log"
    order = sourcebook("export", "--form", "companies.csv", "--output", exported)
    if not run([*order, "--database", site.database], log, 60).ended:
        raise Failed("the export took more than a minute")
    return exported


def _drawn(site: Site, database: Path) -> Iterator[Row]:
    kept, log = site.folder / "page.json", site.folder / "rivals.log"
    with ExitStack() as opened:
        ours = opened.enter_context(site.serve({}))
        client = Client(ours.port)
        client.ask("/", BROWSERS)
        bare.keep(client.ask("/", BROWSERS), kept)
        client.close()
        order = python("-m", bare.__name__, "{port}", kept)
        least = opened.enter_context(serving(order, "/", log))
        other = opened.enter_context(serving(datasette.serve(database), "/six/companies", log))
        urls = {"ours": _url(ours), "bare": _url(least), "datasette": _url(other, "/six/companies")}
        rates = drive_each(urls, BROWSERS)
    for name, said, bar in (
        ("bare", "a bare ASGI application", Bar(0.5, "times", least=True)),
        ("datasette", "Datasette", Bar(100, "times", least=True)),
    ):
        yield _against(
            f"pages a second, drawn before, against {said}", rates["ours"], rates[name], bar
        )


def _undrawn(site: Site, database: Path) -> Iterator[Row]:
    with ExitStack() as opened:
        ours = opened.enter_context(site.serve(UNDRAWN))
        order = python("-m", "benchmarks.rivals.plain", "{port}", database)
        usual = opened.enter_context(serving(order, "/", site.folder / "rivals.log"))
        rates = drive_each({"ours": _url(ours), "usual": _url(usual)}, PLAIN)
    what = "pages a second, undrawn, with all charts, against FastAPI, SQLAlchemy and Jinja"
    yield _against(what, rates["ours"], rates["usual"], Bar(0.2, "times", least=True))


def _url(server: Running, path: str = "/") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def _against(what: str, ours: Rate, theirs: Rate, bar: Bar) -> Row:
    ratio = versus(ours.rate, theirs.rate)
    return Row(what, SIX, f"{_told(ours)} against {_told(theirs)}", ratio, bar, times=True)


def _told(rate: Rate) -> str:
    return f"{told(rate.rate)}/s, p99 {told(rate.p99)} ms ({rate.answers:,} asked)"
