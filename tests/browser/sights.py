"""What the eye makes of a page: whether marks stand out, and whether Tab goes as the eye does."""

from typing import Any

from playwright.sync_api import Page

from tests.browser.probes import COLOURS, CONTROLS, SEEN


def faint_marks(page: Page, selector: str, least: float = 3) -> tuple[int, list[str]]:
    """How many marks are seen, and those that stand out too little from what is behind them.

    A mark may stand out by its surface or by its edge.
    """
    found: list[Any] = page.evaluate(
        "(selector) => {"
        + SEEN
        + COLOURS
        + """
      return [...document.querySelectorAll(selector)].filter(seen).map((mark) => {
        const style = getComputedStyle(mark);
        const ground = behind(mark.closest("svg.bar, svg.hist, svg.plot, svg").parentElement);
        const inks = [style.fill, style.strokeWidth === "0px" ? "none" : style.stroke]
          .filter((ink) => !/^(none|url)/.test(ink)).map((ink) => over(rgba(ink), ground));
        const best = Math.max(1, ...inks.map((ink) => contrast(ink, ground)));
        return [best, `${mark.localName}.${mark.getAttribute("class")} of ${
          mark.closest("svg").getAttribute("class")}`];
      });
    }""",
        selector,
    )
    return len(found), [f"{ratio:.2f} {mark}" for ratio, mark in found if ratio < least]


def out_of_order(page: Page) -> list[str]:
    """The controls that lie before the one from which the Tab key leads to them.

    Within each part that is read as a whole, the next stop lies further on or below. The marks
    of a plot lie where their numbers put them, and both handles of a slider on one line.
    """
    found: list[str] = page.evaluate(
        "() => {"
        + SEEN
        + CONTROLS
        + """
      const found = [];
      const parts = "header, #f, .bar-top, thead th, tbody tr, .tray, form.axes, .fig, footer";
      for (const part of [...document.querySelectorAll(parts)].filter(seen)) {
        const stops = controls().filter((e) => part.contains(e) && !e.closest("svg, [popover]")
          && e.type !== "range" && e.name !== "c"
          && getComputedStyle(e.closest(".acts") || e).position !== "sticky");
        stops.slice(1).forEach((next, at) => {
          const [a, b] = [stops[at], next].map((e) => e.getBoundingClientRect());
          const level = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
          if (level ? b.left < a.left - 1 : b.bottom <= a.top + 2 && b.left < a.right - 1)
            found.push(`${name(next)} after ${name(stops[at])}`);
        });
      }
      return found;
    }"""
    )
    return found
