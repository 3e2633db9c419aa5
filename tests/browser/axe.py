"""axe-core: what it finds wrong with a page for those who cannot see, hear or point."""

from pathlib import Path

from playwright.sync_api import Page

SOURCE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = """async (tags) => {
  const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, any, all, none }) => {
    const [why] = [...any, ...all, ...none];
    return `${id}: ${target.join(" ")}: ${why ? why.message : ""}`;
  }));
}"""


def violations_at(page: Page, *widths: int) -> dict[int, list[str]]:
    """The violations at each width that has any.

    The window is as high as the page, so that what sticks to its lower edge covers nothing: what
    it covers while one scrolls says nothing of the page.
    """
    found: dict[int, list[str]] = {}
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        height = int(page.evaluate("document.documentElement.scrollHeight"))
        page.set_viewport_size({"width": width, "height": height})
        if wrong := violations(page):
            found[width] = wrong
    return found


def violations(page: Page) -> list[str]:
    """Every violation of a rule, with the element and the reason; the tab must bypass the CSP."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SOURCE)
    found: list[str] = page.evaluate(_RUN, TAGS)
    return found
