"""A profile in a real browser: strips, the waffle, the way along the list, and paper."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import PROFILES
from tests.browser.probes import crowded_targets, too_wide
from tests.browser.tabs import OpenTab

pytestmark = pytest.mark.browser
HUAWEI, TENCENT, ROYOLE = "/companies/huawei", "/companies/tencent", "/companies/royole"
CONTRAST = """([inner, outer]) => {
  const pen = document.createElement("canvas")
    .getContext("2d", { willReadFrequently: true });
  const light = (colour) => {
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((c) => c / 255)
      .map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low, high] = [light(inner), light(outer)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}"""


def middles(marks: Locator) -> list[float]:
    """Where marks stand, from left to right."""
    found: list[float] = marks.evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(b => b.x + b.width / 2)"
    )
    return sorted(found)


def paint(page: Page, selector: str, property_: str) -> str:
    found: Any = page.locator(selector).first.evaluate(
        "(e, property) => getComputedStyle(e)[property]", property_
    )
    return str(found)


def test_the_dots_of_a_strip_stand_by_their_size_within_it(page: Page) -> None:
    page.goto(HUAWEI)
    strip = page.locator("svg.strip").nth(1)  # Employees: 600 to 170,000.
    dots = middles(strip.locator("circle"))
    box = strip.bounding_box()
    assert box is not None
    assert len(dots) == 6
    assert box["x"] < dots[0] < dots[-1] < box["x"] + box["width"]
    own = middles(strip.locator("circle.me"))
    assert own == [dots[-1]]
    royole, neusoft, _, zte, *_ = dots  # Equal ratios are equal ways apart.
    per_log = (neusoft - royole) / 3.5066  # ln(20,000 / 600)
    assert zte - neusoft == pytest.approx(per_log * 1.4469, abs=1)  # ln(85,000 / 20,000)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_marks_stand_out_from_the_card(open_tab: OpenTab, *, dark: bool) -> None:
    page = open_tab(dark=dark)
    page.goto(TENCENT)
    card = paint(page, ".card", "backgroundColor")
    marks = {
        "an other company": paint(page, ".strip circle", "stroke"),
        "this company": paint(page, ".strip .me", "fill"),
        "a filled mark": paint(page, ".waffle .on", "fill"),
        "the edge of a mark in doubt": paint(page, ".waffle .may", "stroke"),
    }
    for name, colour in marks.items():
        assert page.evaluate(CONTRAST, [colour, card]) >= 3, name
    assert paint(page, ".waffle .on", "fill") != paint(page, ".waffle .may", "fill")


def test_what_is_sure_and_what_is_not_differ_in_forced_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(TENCENT)
    sure, doubt = (paint(page, f".waffle .{kind}", "fill") for kind in ("on", "may"))
    assert sure != doubt
    assert page.evaluate(CONTRAST, [sure, doubt]) >= 3


def test_the_waffle_is_one_picture_with_words(page: Page) -> None:
    page.goto(HUAWEI)
    waffle = page.get_by_role("img", name="44.7 of every 100 employees work in R&D")
    expect(waffle).to_be_visible()
    shape = waffle.bounding_box()
    assert shape is not None
    assert shape["width"] > 250


def test_the_list_can_be_walked_from_profile_to_profile(either_page: Page) -> None:
    page = either_page
    page.goto(f"{HUAWEI}?revenue_min=1B&sort=-employees")
    page.get_by_role("link", name="Next: Intel").click()
    expect(page).to_have_url(re.compile(r"/companies/intel\?revenue_min=1B&sort=-employees$"))
    expect(page.get_by_text("2 of 5 in Companies: Revenue from $1B")).to_be_visible()
    expect(page.get_by_role("link", name="Previous: Huawei")).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/\?revenue_min=1B&sort=-employees$"))


def test_the_nearest_in_size_is_compared_at_a_click(page: Page) -> None:
    page.goto(HUAWEI)
    page.get_by_role("link", name="Compare Huawei with Intel").click()
    expect(page).to_have_url(re.compile(r"/compare\?c=huawei&c=intel$"))


@pytest.mark.parametrize(("width", "columns"), [(320, 2), (820, 2), (1440, 4)])
def test_no_leading_figure_stands_alone_on_its_line(
    open_tab: OpenTab, width: int, columns: int
) -> None:
    page = open_tab(width)
    page.goto(HUAWEI)
    tops: list[float] = page.locator("dl.kpis > div").evaluate_all(
        "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
    )
    assert [tops.count(top) for top in tops] == [columns] * 4


@pytest.mark.parametrize("path", PROFILES)
def test_a_mark_stands_right_behind_its_number(page: Page, path: str) -> None:
    page.goto(path)
    gaps: list[float] = page.locator("main details.mark").evaluate_all(
        """all => all.map((mark) => {
          const text = mark.querySelector("[aria-hidden]").getBoundingClientRect();
          return text.left - mark.previousElementSibling.getBoundingClientRect().right;
        })"""
    )
    assert len(gaps) >= 5
    assert max(gaps) < 8
    assert min(gaps) >= 0


def test_every_target_of_a_profile_is_big_enough(page: Page) -> None:
    for path in (f"{HUAWEI}?revenue_min=1B", ROYOLE):
        page.goto(path)
        for width in (320, 820, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert crowded_targets(page)[1] == [], (path, width)
            assert too_wide(page) == 0


def test_on_paper_the_marks_keep_their_colour_and_nothing_leads_away(open_tab: OpenTab) -> None:
    page = open_tab(688)
    page.goto(TENCENT)
    page.emulate_media(media="print")
    for shape in ("svg.strip", "svg.waffle"):
        expect(page.locator(shape).first).to_be_visible()
        assert paint(page, shape, "printColorAdjust") == "exact"
    expect(page.get_by_text("in Companies", exact=False)).to_be_hidden()
    compared = page.locator("a[href^='/compare']")
    assert compared.count() > 3
    for link in compared.all():
        expect(link).to_be_hidden()
    heads = page.locator("#sources th[scope=col]")
    tops: list[float] = heads.evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert len(set(tops)) == 1  # A table, not the cards of a phone.
