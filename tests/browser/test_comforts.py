"""Small comforts of a script: the name of a mark beside it, and copying."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import FILTERED, LIST
from tests.browser.probes import faint_texts, too_wide
from tests.browser.tabs import OpenTab
from tests.browser.test_shortcuts import MADE, opened

pytestmark = pytest.mark.browser


def charted(page: Page) -> Page:
    opened(page, "/about")
    page.get_by_role("main").evaluate(MADE, arg=True)
    return page


def mark(page: Page, name: str) -> Locator:
    return page.get_by_role("link", name=f"{name}: first; second", exact=True)


def tip(page: Page) -> Locator:
    return page.locator(".tip")


def test_a_mark_shows_its_name_when_the_keyboard_reaches_it(page: Page) -> None:
    charted(page)
    expect(tip(page)).to_have_count(0)
    page.keyboard.press("Tab")
    mark(page, "One").focus()
    expect(tip(page)).to_have_count(1)
    assert tip(page).locator("b").inner_text() == "One"
    parts = tip(page).locator("span").evaluate_all("all => all.map(e => e.textContent)")
    assert parts == ["first", "second"]
    expect(tip(page)).to_have_attribute("aria-hidden", "true")
    page.keyboard.press("ArrowRight")
    assert tip(page).locator("b").inner_text() == "Two"
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)
    expect(mark(page, "Two")).to_be_focused()


def test_a_mark_shows_its_name_under_the_pointer_and_can_be_pointed_at(page: Page) -> None:
    charted(page)
    mark(page, "Two").hover()
    expect(tip(page)).to_contain_text("Two")
    tip(page).hover()
    page.wait_for_timeout(400)
    expect(tip(page)).to_be_visible()
    page.get_by_role("heading", level=1).hover()
    expect(tip(page)).to_have_count(0)
    mark(page, "One").hover()
    page.keyboard.press("Escape")
    expect(tip(page)).to_have_count(0)


def test_a_focused_mark_keeps_its_name_while_the_pointer_wanders(page: Page) -> None:
    charted(page)
    page.keyboard.press("Tab")
    mark(page, "One").focus()
    page.get_by_role("heading", level=1).hover()
    page.wait_for_timeout(400)
    expect(tip(page)).to_contain_text("One")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(tip(page)).to_have_count(0)


def beside(one: Locator, other: Locator) -> None:
    """One above the other, with a gap that the pointer can cross, and neither covered."""
    mark_, tip_ = one.bounding_box(), other.bounding_box()
    assert mark_ is not None
    assert tip_ is not None
    middle = mark_["x"] + mark_["width"] / 2
    assert tip_["x"] <= middle <= tip_["x"] + tip_["width"]
    above = mark_["y"] - tip_["y"] - tip_["height"]
    below = tip_["y"] - mark_["y"] - mark_["height"]
    assert 0 < max(above, below) < 20


@pytest.mark.parametrize("width", [320, 1440])
def test_a_name_lies_within_the_window_and_moves_nothing(open_tab: OpenTab, width: int) -> None:
    for dark in (False, True):
        page = charted(open_tab(width, 500, dark=dark))
        page.keyboard.press("Tab")
        height = page.evaluate("document.documentElement.scrollHeight")
        for name in ("One", "Three"):
            mark(page, name).evaluate("e => e.ownerSVGElement.scrollIntoView()")
            mark(page, name).focus()
            expect(tip(page)).to_be_in_viewport(ratio=1)
            beside(mark(page, name).locator("circle"), tip(page))
            assert too_wide(page) == 0
            assert page.evaluate("document.documentElement.scrollHeight") == height
            assert faint_texts(page)[1] == []


def test_a_name_goes_when_its_mark_does(page: Page) -> None:
    charted(page)
    mark(page, "One").hover()
    expect(tip(page)).to_have_count(1)
    left = page.evaluate(
        """() => {
          document.querySelector("#chart").remove();
          document.dispatchEvent(new CustomEvent("sourcebook:replaced"));
          return document.querySelectorAll(".tip").length;
        }"""
    )
    assert left == 0


def test_the_marks_of_the_list_say_their_name_too(page: Page) -> None:
    opened(page)
    link = page.get_by_role("link", name="Source of Employees, Huawei")
    link.hover()
    parts = tip(page).locator("b, span").evaluate_all("all => all.map(e => e.textContent)")
    assert parts == ["Source of Employees, Huawei, mark 1", "170,000 people"]


def test_a_citation_is_copied_also_from_a_part_that_came_later(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, "/about")
    page.get_by_role("main").evaluate(
        """(main) => {
          const cite = document.createElement("div");
          const text = document.createElement("p");
          const button = document.createElement("button");
          cite.className = "cite";
          text.className = "cite-t";
          text.textContent = "  Collier, 2016  ";
          button.hidden = true;
          button.dataset.copyText = "";
          button.append("", " Copy");
          cite.append(text, button);
          main.append(cite);
        }"""
    )
    button = page.locator("[data-copy-text]")
    expect(button).to_be_hidden()
    page.evaluate("document.dispatchEvent(new CustomEvent('sourcebook:replaced'))")
    button.click()
    expect(button).to_have_text(" Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "Collier, 2016"


def test_copying_is_announced_and_the_button_gets_its_words_back(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, FILTERED)
    said = page.locator("[aria-live=polite]#said")
    expect(said).to_have_text("")
    button = page.locator("[data-copy]")
    button.click()
    button.click()
    expect(button).to_have_text("Copied")
    expect(said).to_have_text("Copied")
    expect(button).to_have_text("Copy link")
    expect(said).to_have_text("")


def test_where_nothing_can_be_copied_nothing_offers_it(page: Page) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    opened(page, LIST)
    expect(page.locator("[data-copy]").first).to_be_hidden()
