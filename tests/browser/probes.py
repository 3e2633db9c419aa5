"""What can only be measured in the page: its width, its colours, its targets, its focus."""

from typing import Any

from playwright.sync_api import Page

SEEN = """
const seen = (element) => element.checkVisibility(
  { visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true });
const roomy = (box) => box.width > 2 && box.height > 2;
"""
COLOURS = """
const canvas = document.createElement("canvas");
canvas.width = canvas.height = 1;
const pen = canvas.getContext("2d", { willReadFrequently: true });
const rgba = (colour) => {
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
};
const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3]));
const behind = (element) => {
  const layers = [];
  for (let e = element; e; e = e.parentElement) {
    const layer = rgba(getComputedStyle(e).backgroundColor);
    layers.push(layer);
    if (layer[3] === 1) break;
  }
  return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
};
const light = (colour) => {
  const [r, g, b] = colour.map((c) => c / 255)
    .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (one, other) => {
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};
"""
CONTROLS = """
const STOPS =
  "a[href], button, input:not([type=hidden]), select, summary, textarea, [tabindex='0']";
const read = (element) => {
  const parts = [...element.children];
  if (getComputedStyle(element).readingFlow === "flex-visual")
    parts.sort((one, other) => getComputedStyle(one).order - getComputedStyle(other).order);
  return [...(element.matches(STOPS) ? [element] : []), ...parts.flatMap(read)];
};
const controls = () => read(document.body)
  .filter((element) => seen(element) && !element.disabled);
const name = (element) =>
  `${element.localName} ${(element.getAttribute("aria-label") || element.name
    || element.textContent).trim().replace(/\\s+/g, " ").slice(0, 40)}`;
"""


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def sticking_out(page: Page) -> list[str]:
    """The parts that, opened, make the page wider than its window."""
    found: list[str] = page.evaluate("""() => {
      const found = [];
      for (const part of document.querySelectorAll("details:not([open])")) {
        part.open = true;
        const wide = document.documentElement.scrollWidth - innerWidth;
        if (wide > 0) found.push(`${part.textContent.trim().slice(0, 40)} by ${wide}px`);
        part.open = false;
      }
      return found;
    }""")
    return found


def notes_out_of_sight(page: Page) -> list[str]:
    """The notes that, opened, are cut off by what holds them, lie beside the window or behind."""
    found: list[str] = page.evaluate("""() => {
      const found = [];
      for (const part of document.querySelectorAll("main details[name]")) {
        part.open = true;
        const slip = part.querySelector("dl").parentElement;
        const fixed = getComputedStyle(slip).position === "fixed";
        const faults = [];
        for (let e = fixed ? null : slip.parentElement; e && e !== document.body;
             e = e.parentElement) {
          if (getComputedStyle(e).overflowY === "visible") continue;
          e.scrollTop = 0;
          const box = slip.getBoundingClientRect(), frame = e.getBoundingClientRect();
          if (box.bottom > frame.bottom + 1) faults.push("cut off");
        }
        part.scrollIntoView({ block: "center", inline: "nearest" });
        const box = slip.getBoundingClientRect();
        if (box.left < 0 || box.right > innerWidth) faults.push("beside the window");
        const middle = box.y + box.height / 2;
        for (const x of [box.x + 2, box.x + box.width / 2, box.right - 2]) {
          if (middle < 0 || middle > innerHeight || faults.length) continue;
          if (!part.contains(document.elementFromPoint(x, middle))) faults.push("covered");
        }
        if (faults.length)
          found.push(`${part.textContent.trim().slice(0, 40)}: ${faults.join(", ")}`);
        part.open = false;
      }
      return found;
    }""")
    return found


def faint_texts(page: Page, least: float = 4.5) -> tuple[int, list[str]]:
    """How many texts are seen, and those that stand out too little from what is behind them."""
    found: list[Any] = page.evaluate(
        "() => {"
        + SEEN
        + COLOURS
        + """
      const found = [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const text = walk.currentNode.nodeValue.trim(), parent = walk.currentNode.parentElement;
        if (!text || !seen(parent) || !roomy(parent.getBoundingClientRect())) continue;
        if (parent.closest("select, script, svg")) continue;
        const ground = behind(parent);
        const ink = over(rgba(getComputedStyle(parent).color), ground);
        found.push([contrast(ink, ground), text.slice(0, 40)]);
      }
      for (const input of document.querySelectorAll("input[placeholder]")) {
        const ground = behind(input);
        const ink = rgba(getComputedStyle(input, "::placeholder").color);
        found.push([contrast(over(ink, ground), ground), input.placeholder]);
      }
      return found;
    }"""
    )
    return len(found), [f"{ratio:.2f} {text}" for ratio, text in found if ratio < least]


def crowded_targets(page: Page) -> tuple[int, list[str]]:
    """How many targets there are, and those too small for their neighbours (WCAG 2.5.8).

    A target under 24 by 24 needs a free circle of 24 around its middle: no other target, nor
    the circle of another small one, may reach into it. A ticked box is as large as its label.
    """
    count, found = page.evaluate(
        "() => {"
        + SEEN
        + CONTROLS
        + """
      const targets = controls().filter((e) => e.localName !== "pre").map((element) => {
        const label = ["checkbox", "radio"].includes(element.type) && element.closest("label");
        const box = (label || element).getBoundingClientRect();
        return { element, box, x: box.x + box.width / 2, y: box.y + box.height / 2,
                 small: box.width < 23.9 || box.height < 23.9 };
      }).filter(({ box }) => roomy(box));
      const reaches = (one, other) => {
        if (other.small) return Math.hypot(one.x - other.x, one.y - other.y) < 23.9;
        const dx = Math.max(other.box.left - one.x, 0, one.x - other.box.right);
        const dy = Math.max(other.box.top - one.y, 0, one.y - other.box.bottom);
        return Math.hypot(dx, dy) < 11.9;
      };
      const found = [];
      for (const one of targets.filter((target) => target.small)) {
        const near = targets.filter((other) => other !== one
          && !one.element.contains(other.element) && !other.element.contains(one.element)
          && reaches(one, other));
        if (near.length) found.push(`${name(one.element)} ${Math.round(one.box.width)}×${
          Math.round(one.box.height)} beside ${name(near[0].element)}`);
      }
      return [targets.length, found];
    }"""
    )
    return int(count), list(found)


def tab_stops(page: Page) -> list[str]:
    """What the Tab key should reach, in the order in which it is read; of radios the chosen."""
    found: list[str] = page.evaluate(
        "() => {"
        + SEEN
        + CONTROLS
        + """
      return controls().filter((e) => e.type !== "radio" || e.checked).map(name);
    }"""
    )
    return found


def focused(page: Page) -> dict[str, Any]:
    """The focused control: its name, the contrast of its ring or 0, and whether it is covered."""
    found: dict[str, Any] = page.evaluate(
        "() => {"
        + SEEN
        + CONTROLS
        + COLOURS
        + """
      const element = document.activeElement;
      if (!element || element === document.body) return { name: "" };
      let ring = 0;
      for (const e of [element, element.parentElement, element.parentElement.parentElement]) {
        if (!e || e === document.body) break;
        const style = getComputedStyle(e);
        if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) continue;
        ring = contrast(rgba(style.outlineColor).slice(0, 3), behind(e.parentElement));
        break;
      }
      const round = element.querySelector(".hit");
      const drawn = round && getComputedStyle(round);
      if (drawn && drawn.stroke !== "none" && parseFloat(drawn.strokeWidth) >= 2)
        ring = Math.max(ring, contrast(rgba(drawn.stroke).slice(0, 3), behind(element)));
      const box = element.getBoundingClientRect();
      const shown = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.9], [0.1, 0.9], [0.9, 0.1]].some(([x, y]) => {
        const hit = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
        return hit && (element.contains(hit) || hit.contains(element) && hit.contains(element)
          && !["BODY", "HTML", "MAIN", "FORM"].includes(hit.tagName));
      });
      return { name: name(element), ring, shown };
    }"""
    )
    return found


def colours(page: Page, selector: str) -> tuple[str, str]:
    """The computed text and background colour of an element."""
    ink, ground = page.locator(selector).first.evaluate(
        "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    )
    return str(ink), str(ground)
