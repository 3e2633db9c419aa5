"""On paper: figures, bars and sources, and nothing to press."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import FILTERED, LIST, SIX_COMPARED, THREE_COMPARED
from tests.browser.probes import too_wide
from tests.browser.tabs import OpenTab

pytestmark = pytest.mark.browser
PAPER = 688
"""A4 less its margins, in pixels."""


def printed(page: Page, path: str) -> None:
    page.goto(path)
    page.emulate_media(media="print")


@pytest.fixture
def paper(open_tab: OpenTab) -> Page:
    return open_tab(PAPER)


@pytest.mark.parametrize("path", [LIST, FILTERED, "/companies/huawei", THREE_COMPARED, "/sources"])
def test_there_is_nothing_to_press_on_paper(paper: Page, path: str) -> None:
    printed(paper, path)
    for role in ("button", "textbox", "searchbox", "checkbox", "radio", "combobox", "navigation"):
        for control in paper.get_by_role(role).all():
            expect(control).to_be_hidden()
    for words in ("Filters", "Add to compare", "Copy link", "CSV", "Skip to content"):
        expect(paper.get_by_text(words, exact=True).first).to_be_hidden()


@pytest.mark.parametrize("path", [LIST, "/companies/huawei", THREE_COMPARED, SIX_COMPARED])
def test_it_fits_the_paper(paper: Page, path: str) -> None:
    printed(paper, path)
    assert too_wide(paper) == 0
    beyond: list[str] = paper.locator("main table :is(th, td)").evaluate_all(
        "all => all.filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        ".map(e => e.textContent.trim().slice(0, 30))"
    )
    assert beyond == []


def test_a_printed_list_is_a_table_with_bars(paper: Page) -> None:
    printed(paper, LIST)
    expect(paper.get_by_role("columnheader", name="Employees", exact=True)).to_be_visible()
    header = paper.locator("thead").evaluate("e => getComputedStyle(e).display")
    assert header == "table-header-group"
    bar = paper.locator("tbody rect").last
    expect(bar).to_be_visible()
    adjust = bar.evaluate("e => getComputedStyle(e.parentElement).printColorAdjust")
    assert adjust == "exact"


def test_a_printed_profile_lists_its_sources(paper: Page) -> None:
    printed(paper, "/companies/huawei")
    expect(paper.get_by_role("heading", name="Figures and sources")).to_be_visible()
    source = paper.locator("ol", has_text="Chelsea Collier")
    expect(source).to_be_visible()
    expect(source).to_contain_text("Moving from 'Made in China' to 'Innovated in China'")
    expect(paper.get_by_text("“$61B USD”").last).to_be_visible()


def test_a_printed_list_names_the_source_its_marks_stand_for(paper: Page) -> None:
    printed(paper, LIST)
    assert paper.get_by_text("Moving from 'Made in China'").count() > 0
    expect(paper.get_by_text("Moving from 'Made in China'").last).to_be_visible()


def test_paper_is_white_in_the_dark_too(open_tab: OpenTab) -> None:
    page = open_tab(PAPER, dark=True)
    printed(page, "/companies/huawei")
    shades: list[str] = page.locator("body, main h1").evaluate_all(
        "all => all.map(e => getComputedStyle(e).backgroundColor + getComputedStyle(e).color)"
    )
    assert shades[0].startswith("rgb(255, 255, 255)")
    ink = page.get_by_role("heading", level=1).evaluate("e => getComputedStyle(e).color")
    assert sum(int(part) for part in ink.strip("rgb()").split(",")) < 3 * 80
