"""Wide and narrow: nothing sticks out, numbers line up, bars tell the truth, targets are big."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import (
    CHARTS,
    COMPARISONS,
    FILTERED,
    LIST,
    PAGES,
    SIX_COMPARED,
    THREE_COMPARED,
)
from tests.browser.probes import crowded_targets, notes_out_of_sight, sticking_out, too_wide
from tests.browser.tabs import OpenTab

pytestmark = pytest.mark.browser
WIDTHS = (320, 390, 720, 820, 1440)
"""In pixels; 720 is a common screen zoomed to 200 %."""


def row(page: Page, company: str) -> Locator:
    link = page.get_by_role("link", name=company, exact=True)
    return page.get_by_role("row").filter(has=link)


def cell(page: Page, company: str, column: int) -> Locator:
    """A cell of a company's row; 1 is revenue, 2 employees, 3 revenue per employee."""
    return row(page, company).get_by_role("cell").nth(column)


def bars(page: Page, company: str, column: int) -> list[float]:
    """The lengths of a cell's bar: its track, and the part that is sure."""
    widths: list[float] = cell(page, company, column).evaluate(
        "cell => [...cell.querySelectorAll('rect')].map(r => r.getBoundingClientRect().width)"
    )
    return widths


@pytest.mark.parametrize("path", PAGES)
def test_no_page_scrolls_sideways(open_tab: OpenTab, path: str) -> None:
    page = open_tab()
    page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == 0, width


@pytest.mark.parametrize("path", [FILTERED, "/companies/tencent", SIX_COMPARED, "/api"])
def test_nothing_that_opens_makes_a_page_scroll_sideways(page: Page, path: str) -> None:
    page.goto(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert sticking_out(page) == [], width


def test_without_javascript_no_list_scrolls_sideways(open_tab: OpenTab) -> None:
    page = open_tab(javascript=False)
    for path in (FILTERED, THREE_COMPARED):
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert too_wide(page) == 0, (path, width)


@pytest.mark.parametrize(
    "path",
    [
        *("/companies/huawei", "/companies/tencent", *COMPARISONS[:2]),
        SIX_COMPARED,
    ],
)
def test_every_note_opens_where_it_can_be_read(page: Page, path: str) -> None:
    page.goto(path)
    assert page.locator("main details[name]").count() > 5
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert notes_out_of_sight(page) == [], width


@pytest.mark.parametrize(
    "path", [LIST, FILTERED, "/companies/huawei", "/companies/tencent", THREE_COMPARED, *CHARTS]
)
def test_every_target_is_big_or_has_space_around_it(page: Page, path: str) -> None:
    page.goto(path)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        count, crowded = crowded_targets(page)
        assert count > 15
        assert crowded == [], width


def test_small_targets_side_by_side_would_be_told(page: Page) -> None:
    page.goto("/about")
    page.get_by_role("main").evaluate(
        """main => main.replaceChildren(...["a", "b"].flatMap((name) => {
          const link = document.createElement("a");
          link.href = "/";
          link.textContent = name;
          return [link, " "];
        }))"""
    )
    assert [told.split()[1] for told in crowded_targets(page)[1]] == ["a", "b"]


def test_numbers_have_digits_of_one_width(page: Page) -> None:
    for path in (LIST, "/companies/huawei", THREE_COMPARED):
        page.goto(path)
        numbers = page.locator("main data")
        variants: list[str] = numbers.evaluate_all(
            "all => all.map(e => getComputedStyle(e).fontVariantNumeric)"
        )
        assert len(variants) > 5
        assert set(variants) == {"tabular-nums"}
        widths: list[float] = numbers.first.evaluate(
            """(e) => ["111,111", "808,080"].map((text) => {
              e.textContent = text;
              e.style.letterSpacing = "0";
              return e.getBoundingClientRect().width;
            })"""
        )
        assert widths[0] == pytest.approx(widths[1], abs=0.1)


@pytest.mark.parametrize("header", ["Revenue", "Employees", "Revenue per employee"])
def test_numbers_and_their_header_end_at_one_line(page: Page, header: str) -> None:
    page.goto(LIST)
    ends: list[float] = page.get_by_role("table").evaluate(
        """(table, header) => {
          const heads = [...table.tHead.rows[0].cells];
          const column = heads.findIndex(
            (head) => head.textContent.trim().replace(/How .*/, "").trim() === header);
          const end = (element) => {
            const ends = [], range = document.createRange();
            const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
            while (walk.nextNode()) {
              if (walk.currentNode.parentElement.getBoundingClientRect().width < 2) continue;
              range.selectNodeContents(walk.currentNode);
              ends.push(...[...range.getClientRects()].map((box) => box.right));
            }
            for (const arrow of element.querySelectorAll("a svg"))
              ends.push(arrow.getBoundingClientRect().right);
            return Math.max(...ends);
          };
          const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
          return [heads[column], ...rows.map((row) => row.cells[column])].map(end);
        }""",
        header,
    )
    assert len(ends) == 7
    assert max(ends) - min(ends) < 6


def test_the_digits_of_a_column_end_at_one_line(page: Page) -> None:
    page.goto(LIST)
    for column in (1, 2, 3):
        ends: list[float] = page.locator(f"tbody td:nth-of-type({column + 1}) data").evaluate_all(
            "all => all.map(e => e.getBoundingClientRect().right)"
        )
        assert len(ends) >= 5
        assert max(ends) - min(ends) < 1


def test_bars_are_as_long_as_their_numbers(page: Page) -> None:
    page.goto(LIST)
    track, huawei = bars(page, "Huawei", 1)
    assert huawei == pytest.approx(track, abs=1)
    assert bars(page, "Intel", 1) == [
        pytest.approx(track, abs=1),
        pytest.approx(55 / 61 * huawei, abs=1),
    ]
    assert bars(page, "Intel", 2)[1] == pytest.approx(100 / 170 * bars(page, "Huawei", 2)[1], abs=1)


def test_a_small_value_still_shows_a_bar(page: Page) -> None:
    page.goto(LIST)
    assert bars(page, "Neusoft", 1)[1] >= 1
    expect(cell(page, "Neusoft", 1).locator("rect").last).to_be_visible()
    assert bars(page, "Royole", 2)[1] > 0.5


def test_none_yet_has_words_and_no_bar(page: Page) -> None:
    page.goto(LIST)
    assert bars(page, "Royole", 1) == []
    expect(cell(page, "Royole", 1)).to_contain_text("none yet")
    expect(cell(page, "Royole", 1)).not_to_contain_text("—")
    expect(row(page, "Royole")).to_contain_text("R&D share not stated")


def test_a_phone_shows_each_company_with_its_labels_and_bars(open_tab: OpenTab) -> None:
    page = open_tab(390)
    page.goto(LIST)
    lefts: list[float] = page.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().height)"
    )
    assert min(lefts) > 100  # Each row is a card.
    labels: list[str] = (
        page.locator("tbody tr")
        .first.locator("td")
        .evaluate_all("cells => cells.map(e => getComputedStyle(e, '::before').content)")
    )
    assert '"Revenue"' in "".join(labels) or "attr(data-l)" in "".join(labels)
    expect(page.locator("tbody tr").first.locator("rect").last).to_be_visible()


def test_on_a_phone_the_filters_fold_and_on_a_desk_they_stand_open(open_tab: OpenTab) -> None:
    for javascript in (True, False):
        phone, desk = (open_tab(width, javascript=javascript) for width in (390, 1440))
        for page in (phone, desk):
            page.goto(LIST)
        expect(desk.get_by_role("button", name="Show companies")).to_be_visible()
        expect(phone.get_by_role("button", name="Show companies")).to_be_hidden()
        phone.locator("main summary").first.click()
        expect(phone.get_by_role("button", name="Show companies")).to_be_visible()


def test_a_bound_shows_how_far_it_may_reach(page: Page) -> None:
    page.goto(SIX_COMPARED)
    shares = page.get_by_role("row").filter(has=page.get_by_text("44.7%", exact=True))
    lengths: list[list[float]] = shares.locator("svg:has(rect)").evaluate_all(
        "all => all.map(e => [...e.querySelectorAll('rect')]"
        ".map(r => r.getBoundingClientRect().width))"
    )
    (track, may, sure), (_, exactly) = lengths
    assert may == pytest.approx(track, abs=1)
    assert sure == pytest.approx(track / 2, abs=1)
    assert exactly == pytest.approx(track * 0.447, abs=1)
