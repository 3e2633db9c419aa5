"""Measures the running site with six companies and with 2,500, and prints one Markdown table."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from benchmarks import lighthouse, list_page
from benchmarks.table import table
from tests.browser.addresses import THREE_COMPARED
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.first_load import first_load
from tests.browser.serving import Server, serving
from tests.browser.tabs import Contexts, watched
from tests.made_up import made_up

WIDTHS = (1440, 390)
TYPED = 10
WATCH_RENEWALS = """() => {
  window.took = [];
  let since;
  document.addEventListener("input", () => { since = performance.now(); }, true);
  document.addEventListener("sourcebook:replaced", () =>
    requestAnimationFrame(() => setTimeout(() => took.push(performance.now() - since))));
}"""
Row = tuple[str, str]
"""What was measured, and how much it is."""


@dataclass(frozen=True, slots=True)
class Site:
    """A running server, its data file, and a page of each kind."""

    server: Server
    data: Path
    pages: Mapping[str, str]


SIX_PAGES = {"list": "/", "profile": "/companies/huawei", "compare": THREE_COMPARED}
MANY_PAGES = {
    "list": "/",
    "profile": "/companies/amber-avionics",
    "compare": "/compare?c=amber-avionics&c=aspen-biotech&c=basalt-ceramics",
}


def audits(site: Site) -> Iterator[Row]:
    """Lighthouse on the list and a profile."""
    there = lighthouse.installed()
    for kind in ("list", "profile"):
        url = f"{site.server.url}{site.pages[kind]}"
        rated = lighthouse.scores(url, CHROMIUM) if there else {}
        for name in (*lighthouse.CATEGORIES, "layout shift"):
            yield f"Lighthouse, {kind}: {name}", rated.get(name, "")


def loads(contexts: Contexts, site: Site) -> Iterator[Row]:
    """Bytes and shifts of first loads."""
    for kind, path in site.pages.items():
        shifts: list[str] = []
        for width in WIDTHS:
            with watched(contexts, site.server.url) as (open_tab, _):
                load = first_load(open_tab(width, first=True), path)
                shifts.append(f"{load.shift:.3f}")
        yield f"first load, {kind}: bytes", f"{load.size:,}"
        yield f"layout shift, {kind}, at {WIDTHS[0]} and {WIDTHS[1]} pixels", ", ".join(shifts)


def typing(contexts: Contexts, site: Site) -> Iterator[Row]:
    """From the last key to the list renewed: median and worst."""
    with watched(contexts, site.server.url) as (open_tab, _):
        page = open_tab()
        page.goto(site.pages["list"], wait_until="networkidle")
        took = renewals(page)
    yield f"typing, median and worst of {TYPED}", f"{median(took):.0f}, {max(took):.0f} ms"


def renewals(page: Page) -> Sequence[float]:
    """The milliseconds of each renewal."""
    page.evaluate(WATCH_RENEWALS)
    field = page.locator("#f-employees_min")
    for turn in range(1, TYPED + 1):
        field.press("Control+a")
        page.keyboard.type(str(turn))
        page.wait_for_function("count => took.length === count", arg=turn)
    took: list[float] = page.evaluate("took")
    return took


def rows(contexts: Contexts, sites: Sequence[Site]) -> Iterator[tuple[str, ...]]:
    """All that is measured of running sites, a column a site."""
    columns = [chain(audits(site), loads(contexts, site), typing(contexts, site)) for site in sites]
    for same in zip(*columns, strict=True):
        yield (same[0][0], *(value for _, value in same))


def main() -> None:
    """Start the servers, measure, and print the table."""
    with ExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory()))
        data = {"six": list_page.SIX, "many": folder / "many.yaml"}
        data["many"].write_text(made_up(), encoding="utf-8")
        sites = []
        for (name, file), pages in zip(data.items(), (SIX_PAGES, MANY_PAGES), strict=True):
            (folder / name).mkdir()
            server = opened.enter_context(serving(folder / name, "--data", file))
            sites.append(Site(server, file, pages))
        playwright = opened.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        found = [
            *chain(rows(Contexts(browser), sites), list_page.lines([site.data for site in sites]))
        ]
        browser.close()
    print(table(("measured", "6 companies", "2,500 companies"), found))


if __name__ == "__main__":
    main()
