"""The bars: how much is asked for, of what, with how many companies, on which engine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

MEDIAN, P99 = 0.5, 0.99
PAGES, LOADING, SERVING = "pages", "loading", "serving"
PARTS = (PAGES, LOADING, SERVING)
SIX = 6
MILLION = 1_000_000
AS_FAST = 1.1
"""How many times longer a page may take and still count as fast: two runs of one page differ by so
much.
"""

BARE = "pages a second, cached, against a bare ASGI application"
DATASETTE = "pages a second, cached, against Datasette"
PLAIN = "pages a second, not cached, with all charts, against FastAPI, SQLAlchemy and Jinja"
ORDERS = "list, first page in each order"
ONE_FILTER = "list, one filter"
RANGES = "list, two ranges"
RANGES_AGAINST = "list, two ranges: how many times longer Datasette's page takes"
FIRST_PAGES = "list, pages from the first on"
FAR_PAGES = "list, pages far down, against the first"
PROFILE = "profile"
COMPARISON = "comparison of 8"
SEARCHES = {
    kind: f"search, {kind}"
    for kind in (
        *("one letter", "two letters", "three letters"),
        *("two signs of CJK", "the beginning of a word"),
    )
}
LOAD = "sourcebook load, against sqlite-utils insert"
LOAD_MEMORY = "peak memory of the load, all its processes"
FILE = "bytes of the database a company"
START = "from the start of serve to the first page"
OWN_MEMORY = "private memory of a serving process, without its page cache"
CROWDED = "profile while 40 readers ask for the slowest lists"


@dataclass(frozen=True, slots=True)
class Bar:
    """An amount that something measured must not exceed, or must reach."""

    amount: float
    unit: str
    share: float | None = None
    """Of several times, which one counts: the median or the 99th percentile."""
    least: bool = False

    def __str__(self) -> str:
        of = {None: "", MEDIAN: "median ", P99: "p99 "}[self.share]
        return f"{of}{'at least' if self.least else 'at most'} {self.amount:g} {self.unit}"

    def met(self, value: float) -> bool:
        return value >= self.amount if self.least else value <= self.amount


@dataclass(frozen=True, slots=True)
class Standing:
    """A bar with what it is for."""

    part: str
    what: str
    companies: int
    engine: str
    bar: Bar


def _at_six() -> Iterator[tuple[str, str, Bar]]:
    for what, amount in ((BARE, 0.5), (DATASETTE, 100), (PLAIN, 0.15)):
        yield PAGES, what, Bar(amount, "times", least=True)


def _at_a_million() -> Iterator[tuple[str, str, Bar]]:
    for what in (RANGES, ONE_FILTER, *SEARCHES.values()):
        yield PAGES, what, Bar(180, "ms", MEDIAN)
        yield PAGES, what, Bar(300, "ms", P99)
    yield PAGES, RANGES_AGAINST, Bar(8, "times", least=True)
    yield PAGES, ORDERS, Bar(120, "ms", P99)
    yield PAGES, FAR_PAGES, Bar(AS_FAST, "times")
    yield PAGES, PROFILE, Bar(30, "ms", MEDIAN)
    yield PAGES, COMPARISON, Bar(40, "ms", MEDIAN)
    yield SERVING, CROWDED, Bar(100, "ms", P99)
    yield SERVING, OWN_MEMORY, Bar(300, "MB")
    yield SERVING, START, Bar(1.5, "s")
    yield LOADING, FILE, Bar(400, "bytes")
    yield LOADING, LOAD, Bar(1.5, "times")
    yield LOADING, LOAD_MEMORY, Bar(500, "MB")


RANGES_AT = ((2500, "SQLite", 25), (70_000, "SQLite", 250), (70_000, "DuckDB", 60))
"""Companies, engine, and milliseconds of the median page with two ranges."""
BARS: Sequence[Standing] = tuple(
    chain(
        (Standing(part, what, SIX, "SQLite", bar) for part, what, bar in _at_six()),
        (
            Standing(PAGES, RANGES, companies, engine, Bar(amount, "ms", MEDIAN))
            for companies, engine, amount in RANGES_AT
        ),
        (Standing(part, what, MILLION, "DuckDB", bar) for part, what, bar in _at_a_million()),
    )
)


def bars_of(what: str, companies: int, engine: str) -> Sequence[Bar]:
    """The bars of one thing measured; most have none."""
    key = (what, companies, engine)
    return [one.bar for one in BARS if (one.what, one.companies, one.engine) == key]
