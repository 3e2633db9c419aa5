"""Single keys and arrows: what each does, where it does nothing, and that they can be off."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import FILTERED, LIST
from tests.browser.probes import crowded_targets, faint_texts, focused, too_wide
from tests.browser.tabs import OpenTab, hold

pytestmark = pytest.mark.browser
MADE = """(main, arrows) => {
  const SVG = "http://www.w3.org/2000/svg";
  const make = (name, attributes, inside) => {
    const made = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...inside);
    return made;
  };
  const mark = (name, at) => make("g", { role: "listitem" }, [
    make("a", { href: "/about", "data-tip": "", "aria-label": `${name}: first; second` },
      [make("circle", { class: "m", cx: at, cy: "50%", r: 8 }, [])])]);
  const marks = ["One", "Two", "Three"].map((name, at) => mark(name, `${20 + 30 * at}%`));
  const chart = make("svg", { width: "100%", height: 60, id: "chart" },
    [make("g", { role: "list", ...(arrows ? { "data-arrows": "" } : {}) }, marks)]);
  main.prepend(chart);
}"""


def help_(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Keyboard shortcuts")


def switch(page: Page) -> Locator:
    return page.get_by_role("checkbox", name="Single-key shortcuts on")


def opened(page: Page, path: str = LIST) -> Page:
    """The page, with all its scripts run."""
    page.goto(path)
    expect(page.locator("#keys label")).not_to_have_attribute("hidden", "")
    return page


def name_link(page: Page, company: str) -> Locator:
    return page.get_by_role("rowheader").get_by_role("link", name=company, exact=True)


@pytest.mark.parametrize("path", [LIST, "/about", "/nothing"])
def test_a_slash_goes_to_the_search_and_types_nothing(page: Page, path: str) -> None:
    opened(page, path)
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    expect(search).to_have_value("")
    expect(search).to_have_attribute("aria-keyshortcuts", "/")


@pytest.mark.parametrize("width", [390, 1440])
def test_f_opens_the_filters_and_goes_to_the_first_field(open_tab: OpenTab, width: int) -> None:
    page = opened(open_tab(width), FILTERED)
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.closest('.filters') !== null") is True
    assert page.evaluate("document.activeElement.matches('input, select')") is True
    expect(page.get_by_role("button", name="Show companies")).to_be_visible()


def test_c_compares_what_is_ticked_and_nothing_if_nothing_is(page: Page) -> None:
    opened(page)
    page.keyboard.press("c")
    page.keyboard.press("/")
    assert page.url.endswith("/")
    page.get_by_role("checkbox", name="Compare Huawei").check()
    page.get_by_role("checkbox", name="Compare Intel").check()
    page.keyboard.press("c")
    expect(page).to_have_url(re.compile(r"/compare\?c=huawei&c=intel$"))


def test_t_changes_between_light_and_dark_and_is_kept(open_tab: OpenTab) -> None:
    for dark, first, then in ((False, "dark", "light"), (True, "light", "dark")):
        page = opened(open_tab(dark=dark))
        for theme in (first, then):
            with page.expect_response("**/theme"):
                page.keyboard.press("t")
            expect(page.locator("html")).to_have_attribute("data-theme", theme)
        page.reload()
        expect(page.locator("html")).to_have_attribute("data-theme", then)


def test_a_question_mark_opens_the_help_takes_the_focus_there_and_gives_it_back(
    page: Page,
) -> None:
    opened(page)
    link = name_link(page, "Intel")
    link.focus()
    page.keyboard.press("?")
    expect(help_(page).get_by_text("These need JavaScript")).to_be_hidden()
    expect(help_(page)).to_be_visible()
    expect(help_(page)).to_be_focused()
    page.keyboard.press("Tab")
    expect(switch(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(help_(page)).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("?")
    page.keyboard.press("?")
    expect(help_(page)).to_be_hidden()
    expect(link).to_be_focused()


def test_a_key_pressed_in_the_help_closes_it_and_acts(page: Page) -> None:
    opened(page)
    page.keyboard.press("?")
    page.keyboard.press("/")
    expect(help_(page)).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_the_help_opens_and_closes_from_the_footer(either_page: Page) -> None:
    page = either_page
    page.goto(LIST)
    opener = page.get_by_role("button", name="Keyboard shortcuts")
    opener.focus()
    page.keyboard.press("Enter")
    expect(help_(page)).to_be_visible()
    expect(help_(page)).to_be_focused()
    help_(page).get_by_role("button", name="Close").click()
    expect(help_(page)).to_be_hidden()
    expect(opener).to_be_focused()


def test_without_javascript_nothing_promises_a_key(plain_page: Page) -> None:
    plain_page.goto(LIST)
    expect(plain_page.locator(".search kbd")).to_be_hidden()
    plain_page.get_by_role("button", name="Keyboard shortcuts").click()
    expect(switch(plain_page)).to_be_hidden()
    expect(help_(plain_page).get_by_text("These need JavaScript")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_the_help_can_be_read(open_tab: OpenTab, width: int) -> None:
    for dark in (False, True):
        page = opened(open_tab(width, dark=dark))
        page.keyboard.press("?")
        assert too_wide(page) == 0
        expect(switch(page)).to_be_in_viewport(ratio=1)
        expect(help_(page).get_by_role("button", name="Close")).to_be_in_viewport(ratio=1)
        assert faint_texts(page)[1] == []
        assert crowded_targets(page)[1] == []


def test_single_keys_can_be_off_and_stay_off(page: Page) -> None:
    opened(page)
    page.keyboard.press("?")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(switch(page)).not_to_be_checked()
    page.keyboard.press("Escape")
    page.reload()
    page.get_by_role("checkbox", name="Compare Huawei").check()
    page.get_by_role("checkbox", name="Compare Intel").check()
    before = (page.url, page.evaluate("document.activeElement.value"))
    for key in ("/", "f", "c", "t", "?"):
        page.keyboard.press(key)
    page.evaluate("new Promise(requestAnimationFrame)")
    assert (page.url, page.evaluate("document.activeElement.value")) == before
    expect(help_(page)).to_be_hidden()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    expect(page.locator(".search kbd")).to_be_hidden()
    name_link(page, "Huawei").focus()
    page.keyboard.press("ArrowDown")  # Arrows are no characters.
    expect(name_link(page, "Intel")).to_be_focused()
    page.get_by_role("button", name="Keyboard shortcuts").click()
    switch(page).check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_key_in_a_field_is_typed(page: Page) -> None:
    opened(page)
    search = page.get_by_role("searchbox")
    search.focus()
    page.keyboard.type("/fct?")
    expect(search).to_have_value("/fct?")
    # The list asks for what is typed where one pauses; as an amount it would be refused.
    hold(page, "**/*revenue_min=*")
    field = page.locator("input[name=revenue_min]")
    field.focus()
    page.keyboard.type("tc?")
    expect(field).to_have_value("tc?")
    menu = page.locator("select[name=lacks]")
    menu.focus()
    page.keyboard.press("t")
    expect(menu).to_be_focused()
    expect(help_(page)).to_be_hidden()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


def test_arrows_in_a_field_stay_in_it(page: Page) -> None:
    opened(page)
    search = page.get_by_role("searchbox")
    search.fill("ab")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("x")
    expect(search).to_have_value("axb")


@pytest.mark.parametrize("held", ["Control", "Alt", "Meta"])
def test_a_key_with_a_modifier_is_the_browsers(page: Page, held: str) -> None:
    opened(page)
    link = name_link(page, "Huawei")
    link.focus()
    for key in ("t", "c", "?", "ArrowDown"):
        link.dispatch_event(
            "keydown",
            {"key": key, "bubbles": True, "cancelable": True, f"{NAMES[held]}Key": True},
        )
    expect(link).to_be_focused()
    expect(help_(page)).to_be_hidden()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    link.dispatch_event("keydown", {"key": "t", "bubbles": True})
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


NAMES = {"Control": "ctrl", "Alt": "alt", "Meta": "meta"}


@pytest.mark.parametrize("width", [390, 1440])
def test_up_and_down_go_from_name_to_name(open_tab: OpenTab, width: int) -> None:
    page = opened(open_tab(width))
    name_link(page, "Huawei").focus()
    for company in ("Intel", "Tencent", "ZTE Corporation"):
        page.keyboard.press("ArrowDown")
        expect(name_link(page, company)).to_be_focused()
        assert float(focused(page)["ring"]) >= 3
    page.keyboard.press("ArrowUp")
    expect(name_link(page, "Tencent")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(name_link(page, "Tencent")).to_be_focused()
    name_link(page, "Huawei").focus()
    page.keyboard.press("ArrowUp")
    expect(name_link(page, "Huawei")).to_be_focused()


def test_names_are_gone_through_across_the_headings_of_a_list(page: Page) -> None:
    opened(page, FILTERED)
    names = page.locator("tbody th[scope=row] a")
    assert page.locator("tr.grp").count() > 0
    names.first.focus()
    for index in range(1, names.count()):
        page.keyboard.press("ArrowDown")
        expect(names.nth(index)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(names.last).to_be_focused()


@pytest.mark.parametrize("arrows", [True, False], ids=["data-arrows", "listitem"])
def test_arrows_go_from_mark_to_mark_of_a_chart(page: Page, *, arrows: bool) -> None:
    opened(page, "/about")
    page.get_by_role("main").evaluate(MADE, arrows)
    marks = [page.get_by_role("link", name=f"{name}: first") for name in ("One", "Two", "Three")]
    marks[0].focus()
    for key, at in (
        *(("ArrowRight", 1), ("ArrowDown", 2), ("ArrowRight", 2)),
        *(("ArrowLeft", 1), ("ArrowUp", 0), ("ArrowLeft", 0)),
    ):
        page.keyboard.press(key)
        expect(marks[at]).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(marks[0]).to_be_focused()


def test_arrows_elsewhere_are_left_to_the_browser(page: Page) -> None:
    opened(page)
    press = """(e) => e.dispatchEvent(
      new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }))"""
    for selector, left in (
        *(("body", True), ("header nav a", True), ("button", True), ("td.ck input", True)),
        *(("tbody tr:last-child th a", True), ("tbody tr:first-child th a", False)),
    ):
        assert page.locator(selector).first.evaluate(press) is left, selector
