"""The acceptance points that hold for whole pages: 1 to 8, 24 and 25."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import CHARTS, FILTERED, LIST, THREE_COMPARED
from tests.browser.first_load import first_load, shift
from tests.browser.probes import crowded_targets, faint_texts, too_wide
from tests.browser.serving import Server
from tests.browser.sights import faint_marks, out_of_order
from tests.browser.tabs import Contexts, OpenTab, watched
from tests.browser.test_journey import downloaded, field, names, show, tick
from tests.browser.test_keyboard import reached
from tests.browser.test_policy import click_through
from tests.browser.test_theme import SHADES as WORN
from tests.browser.test_theme import choose, worn

pytestmark = pytest.mark.browser
HUAWEI = "/companies/huawei"
KINDS = (LIST, HUAWEI, THREE_COMPARED)
"""A list, a profile and a comparison."""
SHADES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
BOTH_SIZES = pytest.mark.parametrize("width", [390, 1440])
MANY_KINDS = (
    *("/", "/companies/alder-analytics", "/charts"),
    "/compare?c=alder-analytics&c=amber-avionics&c=aspen-biotech",
)
"""The same of the 2,500 made-up companies."""
MARKS = ".tbl .bar .fill, .cmp .bar .fill, .ranked .bar .fill, .hist a .fill, .pt .m, .cellm .m"
"""What stands for a number: bars, columns, points and cells."""


def test_point_01_without_javascript_everything_works(plain_page: Page, tmp_path: Path) -> None:
    page = plain_page
    page.goto("/?size=2")
    field(page, "Employees", "From").fill("20K")
    show(page)
    expect(page.get_by_role("status")).to_have_text("5 companies")
    page.get_by_role("columnheader", name="Employees", exact=True).get_by_role("link").click()
    page.get_by_role("link", name="Next page").click()
    assert names(page) == ["ZTE Corporation", "Tencent"]
    assert downloaded(page, "CSV", tmp_path)[0]["slug"] == "huawei"
    choose(page, "Dark")
    assert worn(page) == "dark"
    tick(page, "Tencent", "ZTE Corporation")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(re.compile(r"/compare\?c=zte&c=tencent$"))
    page.get_by_role("link", name="Tencent", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tencent")
    assert worn(page) == "dark"


@BOTH_SIZES
@pytest.mark.parametrize("path", [*KINDS, *CHARTS, FILTERED])
def test_points_02_and_05_a_first_load_is_small_and_shifts_nothing(
    open_tab: OpenTab, path: str, width: int
) -> None:
    """The tab itself fails the test for a request elsewhere."""
    small_and_steady(open_tab(width, first=True), path)


@BOTH_SIZES
@pytest.mark.parametrize("path", MANY_KINDS)
def test_points_02_and_05_with_many_companies_too(
    open_many: OpenTab, path: str, width: int
) -> None:
    small_and_steady(open_many(width, first=True), path)


def small_and_steady(page: Page, path: str) -> None:
    """Load a page with nothing cached: few bytes, and little moves when its font comes late."""
    load = first_load(page, path)
    assert len(load.addresses) >= 4
    assert 10_000 < load.size < 60_000
    assert load.shift < 0.02


def test_point_03_a_click_through_breaks_no_policy(page: Page) -> None:
    """The tab itself fails the test for a violation."""
    policies: set[str] = set()
    page.on("response", lambda got: policies.add(got.headers["content-security-policy"]))
    page.goto(FILTERED)
    table, menu = page.get_by_role("table"), page.get_by_role("navigation", name="Main")
    click_through(page)
    table.get_by_role("link", name="Huawei", exact=True).click()
    click_through(page)
    page.go_back()
    tick(page, "Huawei", "Tencent")
    page.get_by_role("button", name="Compare").click()
    click_through(page)
    for section in ("Charts", "Sources", "About", "API", "Companies", "Compare"):
        menu.get_by_role("link", name=section).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(section)
        click_through(page)
    (policy,) = policies
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_point_05_a_shift_would_be_told(page: Page) -> None:
    first_load(page, "/about")
    page.evaluate("document.querySelector('main').prepend(document.createElement('hr'))")
    page.evaluate("document.querySelector('hr').style.height = '300px'")
    assert shift(page) > 0.02


@pytest.mark.parametrize("path", KINDS)
def test_point_05_what_a_page_tells_search_engines(page: Page, path: str) -> None:
    page.goto(path)
    for told in ("html[lang=en]", "meta[name=viewport]", "link[rel=canonical]", "h1"):
        expect(page.locator(told)).to_have_count(1)
    description = page.locator("meta[name=description]").get_attribute("content") or ""
    assert len(description) > 50
    assert page.title().endswith(" · Sourcebook")


@pytest.mark.parametrize("path", MANY_KINDS)
def test_point_06_with_many_companies_no_page_scrolls_sideways(
    open_many: OpenTab, path: str
) -> None:
    page = open_many(320)
    page.goto(path)
    for width in (320, 390, 720):
        page.set_viewport_size({"width": width, "height": 800})
        assert too_wide(page) == 0, width


@pytest.mark.parametrize("path", MANY_KINDS)
def test_point_07_with_many_companies_every_target_is_big_enough(
    open_many: OpenTab, path: str
) -> None:
    page = open_many()
    page.goto(path)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        count, crowded = crowded_targets(page)
        assert count > 15
        assert crowded == [], width


@pytest.mark.parametrize("width", [390, 1440])
def test_point_07_nothing_that_sticks_covers_what_is_focused(open_tab: OpenTab, width: int) -> None:
    page = open_tab(width, 500)
    page.goto("/?revenue_min=1B&c=huawei&c=zte")
    expect(page.get_by_role("button", name="Compare")).to_be_visible()
    padding = page.locator("html").evaluate("e => getComputedStyle(e).scrollPaddingBlock")
    assert all(float(end.removesuffix("px")) > 48 for end in padding.split())
    assert [stop["name"] for stop in reached(page) if not stop["shown"]] == []


@pytest.mark.parametrize("path", [FILTERED, "/charts", HUAWEI, THREE_COMPARED, "/api"])
def test_point_08_no_stop_lies_before_the_one_that_leads_to_it(page: Page, path: str) -> None:
    page.goto(path)
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert out_of_order(page) == [], width


@SHADES
@pytest.mark.parametrize("path", [LIST, THREE_COMPARED, "/charts"])
def test_point_24_marks_stand_out(open_tab: OpenTab, path: str, *, dark: bool) -> None:
    page = open_tab(dark=dark)
    page.goto(path)
    count, faint = faint_marks(page, MARKS)
    assert count >= 6
    assert faint == []


@SHADES
@pytest.mark.parametrize("path", ["/", "/charts"])
def test_point_24_with_many_companies_too(open_many: OpenTab, path: str, *, dark: bool) -> None:
    page = open_many(dark=dark)
    page.goto(path)
    assert faint_texts(page)[1] == []
    count, faint = faint_marks(page, MARKS)
    assert count >= 20
    assert faint == []


@SHADES
@pytest.mark.parametrize("path", [LIST, THREE_COMPARED, "/charts"])
def test_point_24_forced_colours_keep_the_marks(
    open_tab: OpenTab, path: str, *, dark: bool
) -> None:
    page = open_tab(forced_colors="active", dark=dark)
    page.goto(path)
    count, faint = faint_marks(page, MARKS)
    assert count >= 6
    assert faint == []


def test_point_24_a_faint_mark_would_be_told(page: Page) -> None:
    assert set(WORN) == {"light", "dark"}
    page.goto(LIST)
    page.locator(".tbl .bar .fill").first.evaluate("e => { e.style.fill = '#eee'; }")
    assert len(faint_marks(page, MARKS)[1]) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("/", "https://example.org/gazette"),
        ("/companies/alder-analytics", "https://example.org/almanac"),
    ],
)
def test_point_25_a_source_is_printed_with_its_address(
    open_many: OpenTab, path: str, source: str
) -> None:
    page = open_many(688)
    page.goto(path)
    page.emulate_media(media="print")
    expect(page.get_by_text(source).last).to_be_visible()


def test_point_25_the_header_of_a_long_list_repeats_on_every_sheet(
    contexts: Contexts, many: Server
) -> None:
    with watched(contexts, many.url) as (open_tab, offences):
        page = open_tab(688)
        page.goto("/?size=60")
        assert len(names(page)) == 60
        printed = page.pdf(format="A4", print_background=True)
        page.emulate_media(media="print")
        head = page.locator(".tbl thead")
        assert head.evaluate("e => getComputedStyle(e).display") == "table-header-group"
        assert head.locator("th").last.evaluate("e => getComputedStyle(e).position") == "static"
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= 3
    assert offences == []
