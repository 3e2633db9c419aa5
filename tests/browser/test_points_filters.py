"""The acceptance points of finding: 9 to 17, from filters and their counts to sorting."""

import re
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.addresses import LIST
from tests.browser.tabs import OpenTab
from tests.browser.test_journey import field, names, rows, show, tick
from tests.browser.test_layout import cell, row
from tests.browser.test_theme import until

pytestmark = pytest.mark.browser
RICH = (
    "/?q=s&industry=telecommunications&industry=software&revenue_min=1B&employees_min=10K"
    "&employees_max=200K&rd_share_min=5&rd_basis=revenue&countries_min=10&founded_max=2000"
    "&lacks=rd_staff&unknown=1&maybe=0"
)
"""A query that uses every kind of filter."""
COUNTED = "[role=status]"
WATCH_COUNT = """() => {
  window.told = [];
  const found = document.querySelector("[role=status]");
  new MutationObserver(() => told.push(found.textContent))
    .observe(found, { childList: true, characterData: true, subtree: true });
}"""


def found(page: Page) -> Locator:
    return page.get_by_role("status")


def pairs(url: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(url).query)


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="Active filters").get_by_role(
        "link", name="remove this filter"
    )


def settled(page: Page) -> None:
    """Wait until the list has followed."""
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


@pytest.mark.parametrize("order", ["revenue", "-revenue"])
def test_point_09_none_yet_is_said_in_words_and_comes_last(plain_page: Page, order: str) -> None:
    page = plain_page
    page.goto(f"/?sort={order}")
    assert names(page)[-1] == "Royole"
    assert len(names(page)) == 6
    expect(cell(page, "Royole", 1)).to_contain_text("none yet")
    expect(cell(page, "Royole", 1)).not_to_contain_text("—")
    dashes: list[str] = page.locator("tbody td").evaluate_all(
        "all => all.filter(e => e.innerText.includes('—')).map(e => e.textContent)"
    )
    assert len(dashes) == 5
    assert [told for told in dashes if "not stated" not in told] == []


def test_point_10_who_has_no_figure_is_counted_and_can_be_listed(plain_page: Page) -> None:
    page = plain_page
    page.goto("/?revenue_min=1B")
    expect(found(page)).to_have_text("5 companies")
    assert rows(page).count() == 5
    expect(page.get_by_role("main")).to_contain_text("1 has none yet")
    before = chips(page).all_inner_texts()
    page.get_by_role("link", name="List them too").click()
    expect(page).to_have_url(re.compile(r"unknown=1"))
    expect(found(page)).to_have_text("5 companies, 1 without a figure")
    assert rows(page).count() == 6
    after = chips(page).all_inner_texts()
    assert (len(before), len(after)) == (1, 2)
    assert "Without a figure listed too" in after[1]


def test_point_11_each_chip_takes_its_own_filter_away_and_no_other(plain_page: Page) -> None:
    page = plain_page
    page.goto(RICH)
    before, gone = sorted(pairs(page.url)), []
    for index in range(chips(page).count()):
        chips(page).nth(index).click()
        after = pairs(page.url)
        gone.append([pair for pair in before if pair not in after])
        assert [pair for pair in after if pair not in before] == []
        assert gone[-1] != []
        page.goto(RICH)
    assert len(gone) >= 9
    assert sorted(pair for taken in gone for pair in taken) == before
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(re.compile(r":\d+/$"))
    assert "?" not in page.url


@pytest.mark.parametrize("base", ["/?revenue_max=20B&unknown=1"])
def test_point_12_the_count_of_an_industry_is_the_number_of_rows(
    plain_page: Page, base: str
) -> None:
    page = plain_page
    page.goto(base)
    boxes = page.get_by_role("group", name=re.compile("^Industry")).get_by_role("checkbox")
    labels = boxes.evaluate_all("all => all.map(e => e.closest('label').textContent)")
    assert len(labels) == 5
    for index, label in enumerate(labels):
        told = re.search(r"(\d+) companies", label)
        assert told
        page.goto(base)
        boxes.nth(index).check()
        show(page)
        assert rows(page).count() == int(told[1]), label


@pytest.mark.parametrize("base", ["/?rd_share_min=5&maybe=0"])
def test_point_12_the_count_of_a_column_is_the_number_of_rows(plain_page: Page, base: str) -> None:
    page = plain_page
    page.goto(base)
    assert columns(page)
    for label, href in columns(page):
        told = re.search(r": ([\d,]+) compan", label)
        assert told, label
        page.goto(href)
        assert rows(page).count() == int(told[1]), (label, href)


def columns(page: Page) -> list[tuple[str, str]]:
    """The columns of the histograms: how they are named, and where they lead."""
    read: list[tuple[str, str]] = page.locator("svg.hist a").evaluate_all(
        "all => all.map(a => [a.getAttribute('aria-label'), a.getAttribute('href')])"
    )
    return read


def test_point_12_the_counts_of_many_companies_hold(open_many: OpenTab) -> None:
    page = open_many(javascript=False)
    page.goto("/?employees_min=1K&unknown=1")
    every = columns(page)
    assert len(every) > 30
    for label, href in every[::8]:
        told = re.search(r": ([\d,]+) compan", label)
        assert told, label
        page.goto(href)
        shown = re.findall(r"\d[\d,]*", found(page).inner_text())
        listed = sum(int(number.replace(",", "")) for number in shown)
        assert listed == int(told[1].replace(",", "")), (label, href)


def state(page: Page) -> dict[str, object]:
    """What a reader has before him: rows, order, ticks, fields and chips."""
    held = page.evaluate(
        "[...new FormData(document.querySelector('#f'))]"
        ".filter(([name, value]) => value && name !== 'c')"
    )
    return {
        "names": names(page),
        "sorted": page.locator("[aria-sort]").all_inner_texts(),
        "ticked": page.locator(".pick [name=c]:checked").evaluate_all(
            "all => all.map(e => e.value)"
        ),
        "form": held,
        "chips": chips(page).all_inner_texts(),
        "found": found(page).inner_text(),
    }


def test_point_13_the_address_holds_results_order_and_selection(open_tab: OpenTab) -> None:
    page = open_tab()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(LIST)
    field(page, "Employees", "From").fill("20K")
    expect(found(page)).to_have_text("5 companies")
    page.get_by_role("columnheader", name="Employees", exact=True).get_by_role("link").click()
    tick(page, "Huawei", "ZTE Corporation")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    before = state(page)
    assert before["ticked"] == ["huawei", "zte"]
    copied = page.evaluate("navigator.clipboard.readText()")
    for javascript in (True, False):
        private = open_tab(javascript=javascript)
        private.goto(copied)
        assert names(private) == before["names"]
        expect(private.get_by_role("button", name="Compare")).to_be_visible()
        if javascript:
            assert state(private) == before


def test_point_14_typing_renews_the_list_and_keeps_focus_and_caret(page: Page) -> None:
    page.goto(LIST)
    page.evaluate("window.same = true")
    revenue = field(page, "Revenue", "From")
    revenue.click()
    page.keyboard.type("2B")
    expect(found(page)).to_have_text("4 companies")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("0")
    expect(found(page)).to_have_text("2 companies")
    expect(page).to_have_url(re.compile(r"\?revenue_min=20B$"))
    settled(page)
    expect(revenue).to_be_focused()
    assert revenue.evaluate("e => [e.value, e.selectionStart, e.selectionEnd]") == ["20B", 2, 2]
    assert names(page) == ["Huawei", "Intel"]
    assert page.evaluate("window.same") is True


def test_point_14_a_slow_older_answer_never_wins(page: Page) -> None:
    """The first answer is held back until the second is shown."""
    page.goto(LIST)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(re.compile(r"revenue_min=2$"), hold)
    field(page, "Revenue", "From").click()
    page.keyboard.type("2")
    until(page, lambda: len(held) == 1)
    page.keyboard.type("0B")
    expect(found(page)).to_have_text("2 companies")
    answer(page, held[0])
    settled(page)
    expect(found(page)).to_have_text("2 companies")
    assert names(page) == ["Huawei", "Intel"]
    expect(page).to_have_url(re.compile(r"\?revenue_min=20B$"))


def answer(page: Page, held: Route) -> None:
    """Let an answer go that was held back, and wait until it must have come."""
    held.continue_()
    page.evaluate("fetch('/healthz', { cache: 'no-store' }).then((got) => got.text())")


def test_point_14_back_and_forward_bring_results_and_form(page: Page) -> None:
    page.goto(LIST)
    revenue = field(page, "Revenue", "From")
    telecommunications = page.get_by_role("checkbox", name=re.compile("^telecommunications"))
    revenue.click()
    page.keyboard.type("20B")
    expect(found(page)).to_have_text("2 companies")
    telecommunications.check()
    expect(found(page)).to_have_text("1 company")
    page.go_back()
    expect(found(page)).to_have_text("2 companies")
    expect(telecommunications).not_to_be_checked()
    expect(revenue).to_have_value("20B")
    page.go_back()
    expect(found(page)).to_have_text("6 companies")
    expect(revenue).to_have_value("")
    assert len(names(page)) == 6
    for words in ("2 companies", "1 company"):
        page.go_forward()
        expect(found(page)).to_have_text(words)
        expect(revenue).to_have_value("20B")
    expect(telecommunications).to_be_checked()
    assert names(page) == ["Huawei"]


def test_point_15_the_count_is_announced_once_for_each_change(page: Page) -> None:
    page.goto(LIST)
    page.evaluate(WATCH_COUNT)
    told: Callable[[], object] = lambda: page.evaluate("window.told")  # noqa: E731
    revenue = field(page, "Revenue", "From")
    revenue.fill("20B")
    expect(found(page)).to_have_text("2 companies")
    settled(page)
    assert told() == ["2 companies"]
    revenue.fill("21B")  # The same number of companies is no news.
    expect(page).to_have_url(re.compile("revenue_min=21B"))
    settled(page)
    assert told() == ["2 companies"]
    revenue.fill("")
    expect(found(page)).to_have_text("6 companies")
    settled(page)
    assert told() == ["2 companies", "6 companies"]


def test_point_16_a_slider_is_moved_by_arrows_and_by_typing(page: Page) -> None:
    page.goto(LIST)
    slider = page.get_by_role("slider", name="Revenue from", exact=True)
    revenue = field(page, "Revenue", "From")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(revenue).to_have_value("2B")
    expect(slider).to_have_attribute("aria-valuetext", "$2B")
    expect(found(page)).to_have_text("4 companies")
    revenue.fill("20B")
    expect(slider).to_have_attribute("aria-valuetext", "$20B")
    far = slider.input_value()
    revenue.fill("2B")
    expect(slider).to_have_attribute("aria-valuetext", "$2B")
    assert float(slider.input_value()) < float(far)
    slider.focus()
    page.keyboard.press("ArrowLeft")
    expect(revenue).to_have_value("")
    expect(found(page)).to_have_text("6 companies")


@pytest.mark.parametrize("name", ["Employees", "R&D share", "Countries", "Founded"])
def test_point_16_every_range_has_a_slider_for_each_end(page: Page, name: str) -> None:
    page.goto(LIST)
    for end, key in (("from", "ArrowRight"), ("to", "ArrowLeft")):
        slider = page.get_by_role("slider", name=f"{name} {end}", exact=True)
        text = field(page, name, "From" if end == "from" else "to")
        expect(text).to_have_value("")
        slider.focus()
        page.keyboard.press(key)
        expect(text).not_to_have_value("")
        expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^\$?[\d,]+%?$"))


def test_point_16_without_javascript_nothing_is_to_be_dragged(plain_page: Page) -> None:
    plain_page.goto(LIST)
    expect(plain_page.get_by_role("slider")).to_have_count(0)
    expect(field(plain_page, "Revenue", "From")).to_be_visible()


@pytest.mark.parametrize("name", ["Revenue", "Employees", "Company"])
def test_point_17_a_sorted_column_says_so_and_its_link_turns_it_round(
    either_page: Page, name: str
) -> None:
    page = either_page
    page.goto(LIST)
    header = page.get_by_role("columnheader", name=name, exact=True)
    if not header.get_attribute("aria-sort"):
        header.get_by_role("link").click()
    first = header.get_attribute("aria-sort")
    assert first in ("ascending", "descending")
    expect(page.locator("[aria-sort]")).to_have_count(1)
    before, turned = names(page), arrow(header)
    header.get_by_role("link").click()
    other = "ascending" if first == "descending" else "descending"
    expect(header).to_have_attribute("aria-sort", other)
    expect(page.locator("[aria-sort]")).to_have_count(1)
    assert names(page) != before
    assert sorted(names(page)) == sorted(before)
    assert arrow(header) != turned
    expect(row(page, "Royole")).to_be_visible()


def arrow(header: Locator) -> str:
    """How the arrow of a sorted column is turned."""
    shown = header.locator("a svg")
    expect(shown).to_be_visible()
    return str(shown.evaluate("e => getComputedStyle(e).rotate + getComputedStyle(e).transform"))
