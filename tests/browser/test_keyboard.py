"""By keyboard alone: everything is reached in order, focus is seen, a note closes on Escape."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import FILTERED, LIST, THREE_COMPARED
from tests.browser.probes import focused, tab_stops
from tests.browser.tabs import OpenTab

pytestmark = pytest.mark.browser


def reached(page: Page, limit: int = 250) -> list[dict[str, object]]:
    """Every stop of the Tab key, from the top to the end of the page."""
    stops: list[dict[str, object]] = []
    while len(stops) < limit:
        page.keyboard.press("Tab")
        stop = focused(page)
        if not stop["name"]:
            break
        stops.append(stop)
    return stops


def test_the_first_stop_skips_to_the_content(either_page: Page) -> None:
    page = either_page
    page.goto(LIST)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.keyboard.press("Tab")
    inside = page.evaluate("document.querySelector('main').contains(document.activeElement)")
    assert inside is True


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", [FILTERED, "/charts", "/companies/huawei", THREE_COMPARED])
def test_tab_reaches_every_control_in_order_and_shows_where_it_is(
    open_tab: OpenTab, path: str, width: int
) -> None:
    page = open_tab(width)
    page.goto(path)
    stops = reached(page)
    assert [stop["name"] for stop in stops] == tab_stops(page)
    assert len(stops) > 20
    assert stops[0]["name"] == "a Skip to content"
    marks = [stop for stop in stops if str(stop["name"]).startswith("a Huawei: rev")]
    assert len(marks) == (path != THREE_COMPARED)  # One stop a chart; arrows go on.
    assert [stop["name"] for stop in stops if float(str(stop["ring"])) < 3] == []
    assert [stop["name"] for stop in stops if not stop["shown"]] == []


def test_a_range_is_filtered_by_keyboard(either_page: Page) -> None:
    page = either_page
    page.goto(LIST)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "revenue_min":
            break
    page.keyboard.type("20B")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("2 companies")


def test_space_ticks_and_enter_compares(either_page: Page) -> None:
    page = either_page
    page.goto(LIST)
    for company in ("Intel", "Tencent"):
        page.get_by_role("checkbox", name=f"Compare {company}").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/compare\?c=intel&c=tencent$"))


def test_a_note_opens_by_enter_and_its_link_is_the_next_stop(either_page: Page) -> None:
    page = either_page
    page.goto("/companies/huawei")
    mark = page.locator("main summary", has_text="Source of Revenue, Huawei")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#note-revenue")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/sources/collier-2016"


def test_escape_closes_a_note_and_gives_the_focus_back(page: Page) -> None:
    page.goto("/companies/huawei")
    mark = page.locator("main summary", has_text="Source of Revenue, Huawei")
    mark.click()
    page.keyboard.press("Tab")
    expect(mark).not_to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#note-revenue")).to_be_hidden()
    expect(mark).to_be_focused()


def test_a_click_elsewhere_closes_a_note_but_one_inside_does_not(page: Page) -> None:
    page.goto("/companies/huawei")
    page.locator("main summary", has_text="Source of Revenue, Huawei").click()
    page.locator("#note-revenue dt").first.click()
    expect(page.locator("#note-revenue")).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(page.locator("#note-revenue")).to_be_hidden()
