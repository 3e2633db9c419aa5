"""The first load of a page with nothing cached: its bytes, what it asks for, how far it shifts."""

from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Page

from tests.browser.tabs import hold

WATCH_SHIFTS: Final = """
window.shifted = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) shifted.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""
_PAINTED: Final = """async () => {
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}"""
_SETTLED: Final = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  return shifted.reduce((sum, value) => sum + value, 0);
}"""


@dataclass(slots=True)
class FirstLoad:
    """What a browser fetched: bytes over the wire, headers and compression included."""

    size: int = 0
    addresses: list[str] = field(default_factory=list)
    shift: float = 0
    """The sum of all layout shifts, which is at least the cumulative layout shift."""


def first_load(page: Page, path: str) -> FirstLoad:
    """Load a page in a fresh tab, until nothing is asked for any more.

    The styles come when the page is there, so that it is painted whole and not in parts as large as
    chance has it; the font comes after that, as on a slow line.
    """
    load = FirstLoad()
    page.add_init_script(WATCH_SHIFTS)
    session = page.context.new_cdp_session(page)

    def note_request(event: dict[str, Any]) -> None:
        load.addresses.append(event["request"]["url"])

    def note_bytes(event: dict[str, Any]) -> None:
        load.size += int(event["encodedDataLength"])

    styles, fonts = hold(page, "**/*.css*"), hold(page, "**/*.woff2*")
    session.on("Network.requestWillBeSent", note_request)
    session.on("Network.loadingFinished", note_bytes)
    session.send("Network.enable")
    page.goto(path, wait_until="commit")
    page.wait_for_selector("footer", state="attached")
    for style in styles:
        style.continue_()
    page.wait_for_load_state("domcontentloaded")
    page.evaluate(_PAINTED)
    for font in fonts:
        font.continue_()
    page.wait_for_load_state("networkidle")
    load.shift = shift(page)
    session.detach()
    return load


def shift(page: Page) -> float:
    """By how much the parts of the page have shifted since it began to load."""
    return float(page.evaluate(_SETTLED))
