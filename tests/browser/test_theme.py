"""Light and dark: the system decides until a reader does, with JavaScript and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.addresses import FILTERED, LIST
from tests.browser.probes import colours, crowded_targets, faint_texts, focused, too_wide
from tests.browser.tabs import OpenTab

pytestmark = pytest.mark.browser
EITHER = pytest.mark.parametrize("javascript", [True, False], ids=["scripted", "plain"])
SHADES = {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 28, 34)"}
"""The colour of the header in each theme."""


def worn(page: Page) -> str:
    """The theme that a reader sees."""
    ground = colours(page, "header")[1]
    (theme,) = [name for name, shade in SHADES.items() if shade == ground]
    return theme


def chrome(page: Page) -> list[str]:
    """The colours in which the browser may paint its own frame now."""
    told: list[str] = page.locator("meta[name=theme-color]").evaluate_all(
        "all => all.filter(e => matchMedia(e.media).matches).map(e => e.content)"
    )
    return told


def until(page: Page, happened: Callable[[], bool]) -> None:
    """Let the browser go on until something has happened in it."""
    for _ in range(250):
        if happened():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it did not happen")


def open_menu(page: Page) -> None:
    page.get_by_role("button", name="Colour theme").click()


def choose(page: Page, theme: str) -> None:
    open_menu(page)
    page.get_by_role("button", name=theme, exact=True).click()


def chosen(page: Page) -> list[str]:
    """The pressed buttons of the menu."""
    pressed: list[str] = page.locator("#themes [aria-pressed=true]").evaluate_all(
        "all => all.map(e => e.textContent.trim())"
    )
    return pressed


@EITHER
def test_the_system_decides_at_first(open_tab: OpenTab, *, javascript: bool) -> None:
    for dark in (False, True):
        page = open_tab(dark=dark, javascript=javascript)
        page.goto(LIST)
        assert worn(page) == ("dark" if dark else "light")
        assert chosen(page) == ["System"]
        page.emulate_media(color_scheme="light" if dark else "dark")
        assert worn(page) == ("light" if dark else "dark")


@EITHER
def test_a_choice_overrides_the_system_and_lasts_until_it_is_given_back(
    open_tab: OpenTab, *, javascript: bool
) -> None:
    page = open_tab(javascript=javascript)
    page.goto(FILTERED)
    with page.expect_response("**/theme"):
        choose(page, "Dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    for path in (FILTERED, "/companies/huawei"):
        page.goto(path)
        assert (worn(page), chosen(page), chrome(page)) == ("dark", ["Dark"], ["#171c22"])
    page.emulate_media(color_scheme="dark")
    with page.expect_response("**/theme"):
        choose(page, "Light")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.reload()
    assert (worn(page), chosen(page), chrome(page)) == ("light", ["Light"], ["#ffffff"])
    with page.expect_response("**/theme"):
        choose(page, "System")
    expect(page.locator("html")).not_to_have_attribute("data-theme", "light")
    page.reload()
    assert (worn(page), chosen(page), chrome(page)) == ("dark", ["System"], ["#171c22"])
    assert page.context.cookies() == []


@EITHER
def test_a_choice_stays_on_the_page(open_tab: OpenTab, *, javascript: bool) -> None:
    page = open_tab(javascript=javascript)
    page.goto(FILTERED)
    before = page.url
    choose(page, "Dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url == before
    expect(page.locator("#themes")).to_be_hidden()


def test_the_only_cookie_is_the_theme_and_no_script_reads_it(page: Page) -> None:
    page.goto(LIST)
    assert page.context.cookies() == []
    with page.expect_response("**/theme"):
        choose(page, "Dark")
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["value"]) == ("theme", "dark")
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert page.evaluate("document.cookie") == ""


def test_with_javascript_a_choice_is_worn_at_once_and_nothing_is_loaded(page: Page) -> None:
    page.goto(FILTERED)
    page.evaluate("window.same = true")
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    with page.expect_response("**/theme") as answer:
        choose(page, "Dark")
    assert (worn(page), chosen(page), chrome(page)) == ("dark", ["Dark"], ["#171c22"])
    assert page.evaluate("window.same") is True
    answer.value.finished()
    assert [url for url in asked if "mark.svg" not in url] == [answer.value.url]
    expect(page.get_by_role("button", name="Colour theme: dark")).to_be_focused()


def test_what_is_sent_leads_back_to_the_present_address(page: Page) -> None:
    page.goto(LIST)
    page.evaluate("history.pushState(null, '', '/?q=a%26b')")
    with page.expect_request("**/theme") as sent:
        choose(page, "Light")
    assert sent.value.post_data == "theme=light&next=%2F%3Fq%3Da%2526b"


def test_the_last_of_two_quick_choices_is_kept(page: Page) -> None:
    """The first is held back until both were made; the second is sent after it."""
    page.goto(LIST)
    asked: list[Route] = []
    gone: list[str] = []

    def pass_the_second(route: Route) -> None:
        asked.append(route)
        if len(asked) == 2:
            gone.append(route.request.post_data or "")
            route.continue_()

    page.route("**/theme", pass_the_second)
    page.keyboard.press("t")
    page.keyboard.press("t")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    until(page, lambda: bool(asked))
    gone.append(asked[0].request.post_data or "")
    asked[0].continue_()
    until(page, lambda: len(gone) == 2)
    assert [sent.partition("&")[0] for sent in gone] == ["theme=dark", "theme=light"]
    until(page, lambda: [one.get("value") for one in page.context.cookies()] == ["light"])
    page.reload()
    assert worn(page) == "light"


def test_no_page_shows_the_wrong_theme_first(open_tab: OpenTab) -> None:
    """The theme stands in what the server sends, before any script."""
    page = open_tab()
    page.goto(LIST)
    with page.expect_response("**/theme"):
        choose(page, "Dark")
    page.route("**/*.js*", lambda route: route.abort())
    page.goto("/companies/huawei", wait_until="commit")
    page.wait_for_selector("header")
    assert worn(page) == "dark"


def test_going_back_does_not_bring_an_older_theme_back(page: Page) -> None:
    page.goto("/about")
    page.goto(LIST)
    with page.expect_response("**/theme"):
        choose(page, "Dark")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("About")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_page_kept_as_it_was_takes_the_theme_chosen_since(page: Page) -> None:
    page.goto(LIST)
    come_back = "kept => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: kept }))"
    page.evaluate("sessionStorage.theme = 'dark'")
    page.evaluate(come_back, arg=False)
    assert worn(page) == "light"
    page.evaluate(come_back, arg=True)
    assert (worn(page), chosen(page)) == ("dark", ["Dark"])


def test_the_menu_opens_and_closes_by_keyboard(either_page: Page) -> None:
    page = either_page
    page.goto(LIST)
    opener = page.get_by_role("button", name="Colour theme: system")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#themes")).to_be_visible()
    for name in ("System", "Light", "Dark"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
        assert float(focused(page)["ring"]) >= 3
    page.keyboard.press("Escape")
    expect(page.locator("#themes")).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_the_menu_lies_within_the_window_below_its_button(open_tab: OpenTab, width: int) -> None:
    for dark in (False, True):
        page = open_tab(width, dark=dark)
        page.goto(LIST)
        open_menu(page)
        button = page.get_by_role("button", name="Colour theme").bounding_box()
        menu = page.locator("#themes").bounding_box()
        assert button is not None
        assert menu is not None
        assert menu["x"] >= 0
        assert menu["x"] + menu["width"] <= width
        assert menu["y"] >= button["y"] + button["height"] - 1
        assert abs(menu["x"] + menu["width"] - button["x"] - button["width"]) < 20
        assert too_wide(page) == 0
        assert faint_texts(page)[1] == []
        assert crowded_targets(page)[1] == []


@pytest.mark.parametrize("width", [320, 390])
def test_the_header_stays_small_on_a_phone_with_seven_entries(
    open_tab: OpenTab, width: int
) -> None:
    page = open_tab(width)
    page.goto("/api")
    page.locator("header nav ul").evaluate(
        """(list) => {
          const entry = list.children[1].cloneNode(true);
          entry.firstChild.textContent = "Downloads";
          list.insertBefore(entry, list.children[2]);
        }"""
    )
    assert page.locator("header nav a").count() == 7
    assert too_wide(page) == 0
    header = page.locator("header").bounding_box()
    assert header is not None
    assert header["height"] < 150
    brand, opener = (
        page.locator(selector).bounding_box() for selector in (".brand", "header .iconbtn")
    )
    assert brand is not None
    assert opener is not None
    assert abs(brand["y"] + brand["height"] / 2 - opener["y"] - opener["height"] / 2) < 3


def test_on_a_phone_the_menu_begins_where_one_is(open_tab: OpenTab) -> None:
    page = open_tab(320)
    for path, name in (("/api", "API"), (LIST, "Companies")):
        page.goto(path)
        entry = page.get_by_role("navigation", name="Main").get_by_role("link", name=name)
        expect(entry).to_be_in_viewport(ratio=1)


def test_forced_colours_keep_the_frame(page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(LIST)
    mark = page.locator(".brand svg").evaluate("e => getComputedStyle(e).fill")
    assert mark == page.locator("body").evaluate("e => getComputedStyle(e).color")
    open_menu(page)
    edge = page.locator("#themes").evaluate("e => getComputedStyle(e).borderTopWidth")
    assert edge == "1px"
    tick: str = page.locator("#themes [aria-pressed=true]").evaluate(
        "e => getComputedStyle(e, '::after').content"
    )
    assert "✓" in tick


@pytest.mark.parametrize("path", [LIST, "/nothing"])
def test_the_font_is_fetched_once(open_tab: OpenTab, path: str) -> None:
    page = open_tab(first=True)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Inter'))")
    assert len([url for url in fetched if "woff2" in url]) == 1
