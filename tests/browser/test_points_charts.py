"""The acceptance points of numbers and drawings: 18 to 23, from digits to comparisons."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import COMPANIES, LIST, compared
from tests.browser.tabs import OpenTab
from tests.browser.test_axe import EIGHT
from tests.browser.test_layout import cell, row

pytestmark = pytest.mark.browser
HUAWEI = "Huawei: revenue 61 billion US dollars; 170,000 employees; R&D 44.7% of employees"
ZTE = (
    "ZTE Corporation: revenue 14 billion US dollars; 85,000 employees; R&D more than 10% of revenue"
)
BOTH_SIZES = pytest.mark.parametrize("width", [390, 1440])


def chart(page: Page) -> Locator:
    return page.get_by_role("group", name="Revenue against employees")


def mark(page: Page, company: str) -> Locator:
    return chart(page).get_by_role("link", name=re.compile(f"^{company}: "))


def fill(found: Locator) -> str:
    return str(found.evaluate("e => getComputedStyle(e).fill"))


def test_point_18_numbers_are_written_as_people_read_them(plain_page: Page) -> None:
    plain_page.goto(LIST)
    for company, column, words in (
        *(("Huawei", 1, "$61B"), ("Neusoft", 1, "$1.2B")),
        *(("Huawei", 2, "170,000"), ("Royole", 2, "600")),
    ):
        number = cell(plain_page, company, column).locator("data [aria-hidden], data:not(:has(*))")
        expect(number).to_have_text(words)


def test_point_19_what_is_not_stated_has_no_bar(page: Page) -> None:
    page.goto(compared(*COMPANIES))
    blank = page.locator(".cmp tbody td").filter(has=page.locator(".na"))
    assert blank.count() > 5
    expect(blank.locator("rect")).to_have_count(0)
    stated = page.get_by_role("row", name="Countries").get_by_role("cell")
    expect(stated.nth(COMPANIES.index("zte")).locator("rect.fill")).to_have_count(1)
    expect(stated.nth(COMPANIES.index("neusoft")).locator("rect")).to_have_count(0)


def test_point_20_each_company_is_one_link_named_for_what_it_states(plain_page: Page) -> None:
    page = plain_page
    page.goto(LIST)
    expect(chart(page).get_by_role("link")).to_have_count(6)
    for name in (HUAWEI, ZTE):
        expect(chart(page).get_by_role("link", name=name, exact=True)).to_have_count(1)
    expect(mark(page, "Royole")).to_have_accessible_name(re.compile("revenue none yet"))


def test_point_20_enter_opens_the_profile(either_page: Page) -> None:
    page = either_page
    page.goto(LIST)
    mark(page, "Huawei").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/companies/huawei$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Huawei")


@BOTH_SIZES
def test_point_20_without_revenue_a_company_stands_in_the_lane(
    open_tab: OpenTab, width: int
) -> None:
    page = open_tab(width)
    page.goto(LIST)
    lane = chart(page).locator(".lane rect").bounding_box()
    assert lane is not None
    inside = {}
    for company in ("Royole", "Neusoft", "Huawei"):
        point = mark(page, company).locator(".m").bounding_box()
        assert point is not None
        middle = point["y"] + point["height"] / 2
        inside[company] = lane["y"] < middle < lane["y"] + lane["height"]
    assert inside == {"Royole": True, "Neusoft": False, "Huawei": False}


@BOTH_SIZES
@pytest.mark.parametrize("path", [LIST, "/charts", "/?revenue_max=20B"])
def test_point_20_names_cover_neither_each_other_nor_a_mark(
    open_tab: OpenTab, path: str, width: int
) -> None:
    page = open_tab(width)
    page.goto(path)
    names, clashes = overlaps(chart(page))
    assert names >= 3
    assert clashes == []


def overlaps(drawn: Locator) -> tuple[int, list[str]]:
    """How many names are seen, and which lie over another name, a mark or the edge."""
    names, clashes = drawn.evaluate(
        """(plot) => {
          const shown = (e) => e.checkVisibility({ visibilityProperty: true })
            && getComputedStyle(e).display !== "none" && e.getBoundingClientRect().width > 1;
          const box = (e) => e.getBoundingClientRect();
          const names = [...plot.querySelectorAll(".pt text")].filter(shown);
          const marks = [...plot.querySelectorAll(".pt .m")];
          const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
            && a.top < b.bottom - 1 && b.top < a.bottom - 1;
          const clashes = [];
          for (const name of names) {
            for (const other of [...names, ...marks]) if (other !== name
              && meet(box(name), box(other))) clashes.push(`${name.textContent} over ${
              other.textContent || other.closest("a").getAttribute("aria-label")}`);
            if (box(name).left < 0 || box(name).right > innerWidth)
              clashes.push(`${name.textContent} over the edge`);
          }
          return [names.length, clashes];
        }"""
    )
    return int(names), list(clashes)


def test_point_21_a_tooltip_comes_by_keyboard_stays_and_goes_on_escape(page: Page) -> None:
    page.goto(LIST)
    tip = page.locator(".tip")
    page.keyboard.press("Tab")  # From here on, the keyboard leads.
    mark(page, "Huawei").focus()
    expect(tip).to_be_visible()
    tip.hover()
    expect(tip).to_be_visible()
    told = tip.locator("b, span").evaluate_all("all => all.map(e => e.textContent)")
    assert f"{told[0]}: {'; '.join(told[1:])}" == HUAWEI
    page.keyboard.press("Escape")
    expect(tip).to_have_count(0)
    expect(mark(page, "Huawei")).to_be_focused()


def test_point_21_every_tooltip_says_no_more_than_the_name(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("Tab")
    tip, marks = page.locator(".tip"), page.locator("[data-tip]")
    assert marks.count() > 30
    for found in marks.all()[::4]:
        found.focus()
        expect(tip).to_be_visible()
        parts = tip.locator("b, span").evaluate_all("all => all.map(e => e.textContent)")
        spoken = found.get_attribute("aria-label") or ""
        assert parts
        assert [part for part in parts if part not in spoken] == []


def test_point_22_the_two_bases_differ_in_shape_and_in_words(page: Page) -> None:
    page.goto(LIST)
    for company, words, shape in (
        *(("Huawei", "of employees", "circle"), ("Tencent", "of employees", "circle")),
        ("ZTE Corporation", "of revenue", "path"),
    ):
        share = row(page, company).locator("td.rd")
        expect(share).to_contain_text(words)
        assert share.locator("svg.sw > *").evaluate_all("all => all.map(e => e.localName)") == [
            shape
        ]


def test_point_22_the_colour_is_one_basis_and_the_other_a_hollow_diamond(page: Page) -> None:
    for colour, filled, hollow in (
        ("rd_share_staff", "Huawei", "ZTE Corporation"),
        ("rd_share_revenue", "ZTE Corporation", "Huawei"),
    ):
        page.goto(f"/charts?color={colour}")
        card = fill(mark(page, "Intel").locator(".m"))
        assert mark(page, hollow).locator(".m").evaluate("e => e.localName") == "path"
        assert fill(mark(page, hollow).locator(".m")) == card
        assert mark(page, filled).locator(".m").evaluate("e => e.localName") == "circle"
        assert fill(mark(page, filled).locator(".m")) != card
        basis = "employees" if colour == "rd_share_staff" else "revenue"
        legend = page.get_by_role("list", name="Legend")
        expect(legend).to_contain_text(f"R&D share of {basis}")
        expect(legend).to_contain_text("only the other basis")


def test_point_22_a_comparison_ranks_no_share_against_another_basis(plain_page: Page) -> None:
    page = plain_page
    page.goto(compared("huawei", "zte"))
    only, none = "the only one known", "not stated"
    assert places(page, "R&D share of employees") == [only, none]
    assert places(page, "R&D share of revenue") == [none, only]
    assert places(page, "Revenue") == ["highest", "23% of the highest"]


def places(page: Page, measure: str) -> list[str]:
    """What is said below each number of a row of the comparison."""
    heading = page.get_by_role("rowheader", name=re.compile(rf"^{measure}(?!\w| per)"))
    cells = page.locator("tbody tr").filter(has=heading).get_by_role("cell")
    assert cells.count() >= 2, measure
    said: list[str] = cells.evaluate_all(
        "all => all.map(e => e.querySelector('.rel')?.innerText.trim() ?? '')"
    )
    return said


@pytest.mark.parametrize("count", [2, 5, 8])
def test_point_23_two_to_eight_companies_are_compared(open_many: OpenTab, count: int) -> None:
    page = open_many(javascript=False)
    page.goto(compared(*EIGHT[:count]))
    expect(page.get_by_role("columnheader")).to_have_count(count)
    widths: list[float] = page.locator("thead th").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().width)"
    )
    assert min(widths) > 60


@pytest.mark.parametrize(("count", "status"), [(0, 200), (1, 200), (9, 422)])
def test_point_23_fewer_lead_to_a_choice_and_more_are_refused(
    open_many: OpenTab, count: int, status: int
) -> None:
    page = open_many(javascript=False)
    answer = page.goto(compared(*[*EIGHT, "cedar-labs"][:count]))
    assert answer is not None
    assert answer.status == status
    expect(page.locator("table.cmp")).to_have_count(0)


def test_point_23_the_highest_is_said_in_words(plain_page: Page) -> None:
    page = plain_page
    page.goto(compared("zte", "huawei", "intel"))
    for measure in ("Revenue", "Employees", "Countries"):
        said = places(page, measure)
        assert said[1] == "highest", measure
        assert all(re.fullmatch(r"\d+% of the highest", other) for other in (said[0], said[2]))
    assert places(page, "Founded") == ["", "", ""]


def test_point_20_arrows_lead_from_mark_to_mark(page: Page) -> None:
    page.goto(LIST)
    mark(page, "Huawei").focus()
    stops = []
    for _ in range(3):
        stops.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("ArrowRight")
    assert all(one != other for one, other in pairwise(stops))
