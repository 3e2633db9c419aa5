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


def violations(page: Page) -> list[str]:
    """Every violation of a rule, with the element and the reason; the tab must bypass the CSP."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SOURCE)
    found: list[str] = page.evaluate(_RUN, TAGS)
    return found
