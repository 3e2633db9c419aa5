"""What Sourcebook is for, from the list to a download, with JavaScript and without."""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser


def rows(page: Page) -> Locator:
    """The rows of companies, without headers and headings."""
    return page.get_by_role("row").filter(has=page.get_by_role("checkbox"))


def names(page: Page) -> list[str]:
    return rows(page).get_by_role("rowheader").get_by_role("link").all_inner_texts()


def field(page: Page, group: str, end: str) -> Locator:
    """One end of a range; its label also tells the unit."""
    label = re.compile(rf"^{end}\b")
    return page.get_by_role("group", name=group, exact=True).get_by_role("textbox", name=label)


def show(page: Page) -> None:
    page.get_by_role("button", name="Show companies").click()


def tick(page: Page, *companies: str) -> None:
    for company in companies:
        page.get_by_role("checkbox", name=f"Compare {company}", exact=True).check()


def spoken(page: Page) -> list[str]:
    """What the browser tells of a page's texts, those made by styles among them."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        str(node["name"]["value"])
        for node in nodes
        if node.get("role", {}).get("value") == "StaticText" and not node["ignored"]
    ]


def downloaded(page: Page, link: str, folder: Path) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=link, exact=True).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def test_the_list_shows_the_six_companies_by_revenue(either_page: Page) -> None:
    either_page.goto("/")
    assert names(either_page) == [
        *("Huawei", "Intel", "Tencent", "ZTE Corporation", "Neusoft", "Royole"),
    ]
    expect(either_page.get_by_role("status")).to_have_text("6 companies")


def test_typing_a_range_and_pressing_the_button_filters(either_page: Page) -> None:
    either_page.goto("/")
    field(either_page, "Revenue", "From").fill("10B")
    field(either_page, "Revenue", "to").fill("20B")
    show(either_page)
    expect(either_page.get_by_role("status")).to_have_text("2 companies")
    expect(either_page).to_have_url(re.compile("revenue_min=10B.*revenue_max=20B"))
    assert names(either_page) == ["Tencent", "ZTE Corporation"]
    expect(either_page.get_by_role("main")).to_contain_text("1 has none yet")
    assert field(either_page, "Revenue", "From").input_value() == "10B"


def test_enter_in_a_field_filters_too(plain_page: Page) -> None:
    plain_page.goto("/")
    field(plain_page, "Employees", "From").fill("100,000")
    field(plain_page, "Employees", "From").press("Enter")
    expect(plain_page.get_by_role("status")).to_have_text("2 companies")
    assert names(plain_page) == ["Huawei", "Intel"]


def test_maybes_stand_under_a_heading_of_their_own_and_unknowns_one_click_away(
    either_page: Page,
) -> None:
    page = either_page
    page.goto("/")
    field(page, "R&D share", "From").fill("40")
    show(page)
    expect(page.get_by_role("status")).to_have_text("2 companies, 1 maybe")
    assert names(page) == ["Huawei", "Tencent", "ZTE Corporation"]
    expect(page.get_by_role("row", name="maybe", exact=False).first).to_contain_text("1 company")
    expect(page.get_by_role("row", name="ZTE")).to_contain_text("maybe: R&D share")
    page.get_by_role("link", name="List them too").click()
    assert names(page)[3:] == ["Intel", "Neusoft", "Royole"]


def test_a_chosen_basis_is_the_only_one_that_answers(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    field(page, "R&D share", "From").fill("10")
    page.get_by_role("radio", name="of revenue").check()
    show(page)
    expect(page).to_have_url(re.compile("rd_basis=revenue"))
    assert names(page) == ["ZTE Corporation"]
    expect(page.get_by_role("radio", name="of revenue")).to_be_checked()


def test_a_chip_takes_its_own_filter_away_and_clear_all_takes_all(plain_page: Page) -> None:
    page = plain_page
    page.goto("/?revenue_min=10B&employees_min=50K&founded_min=1980")
    page.get_by_role("link", name=re.compile("Employees from 50,000.*remove this filter")).click()
    expect(page).to_have_url(re.compile(r"\?revenue_min=[^&]+&founded_min=1980$"))
    page.get_by_role("link", name="Clear all").click()
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_a_column_header_sorts_and_turns_round(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    header = page.get_by_role("columnheader", name="Revenue", exact=True)
    expect(header).to_have_attribute("aria-sort", "descending")
    header.get_by_role("link").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    assert names(page) == ["Neusoft", "ZTE Corporation", "Tencent", "Intel", "Huawei", "Royole"]
    expect(page.get_by_role("columnheader").filter(has=page.locator("[aria-sort]"))).to_have_count(
        0
    )


def test_the_search_of_the_header_finds_by_word(plain_page: Page) -> None:
    plain_page.goto("/about")
    plain_page.get_by_role("searchbox").fill("weixin")
    plain_page.get_by_role("searchbox").press("Enter")
    expect(plain_page.get_by_role("status")).to_have_text("1 company")
    assert names(plain_page) == ["Tencent"]


def test_without_hits_the_chips_tell_what_their_removal_brings_back(plain_page: Page) -> None:
    page = plain_page
    page.goto("/?revenue_min=20B&rd_share_min=60")
    back = page.get_by_role("main").get_by_role("link", name="if removed")
    expect(back).to_have_count(2)
    for index in range(2):
        told = re.search(r"\+?(\d+)\s+companies if removed", back.nth(index).inner_text())
        assert told
        back.nth(index).click()
        assert len(names(page)) == int(told[1])
        page.go_back()


def test_a_bad_number_keeps_the_form_and_says_what_is_accepted(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    field(page, "Revenue", "From").fill("lots")
    field(page, "Countries", "From").fill("12")
    show(page)
    expect(page.get_by_role("alert")).to_contain_text("“lots”")
    assert field(page, "Revenue", "From").input_value() == "lots"
    assert field(page, "Countries", "From").input_value() == "12"


def test_a_bad_field_is_marked_and_described(page: Page) -> None:
    page.goto("/?revenue_min=lots&founded_max=soon")
    for name, example in (("Revenue", "10B"), ("Founded", "1987")):
        end = "From" if name == "Revenue" else "to"
        wrong = field(page, name, end)
        expect(wrong).to_have_attribute("aria-invalid", "true")
        expect(wrong).to_have_accessible_description(re.compile(example))
    expect(field(page, "Employees", "From")).not_to_have_attribute("aria-invalid", "true")


def test_a_note_opens_in_place_and_tells_form_source_and_place(either_page: Page) -> None:
    page = either_page
    page.goto("/?rd_share_min=40")
    page.get_by_role("table").get_by_role("link", name="Huawei", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Huawei")
    note = page.locator("details[name]").filter(
        has=page.get_by_text("Source of Employees, Huawei", exact=True)
    )
    told = note.locator("dl")
    expect(told).to_be_hidden()
    note.locator("> summary").click()
    expect(told).to_be_visible()
    for words in (
        *("“170K”", "Snapshots", "“170,000”", "Innovation 2"),
        *("Moving from 'Made in China' to 'Innovated in China'", "published 21 Nov 2016"),
        *("undated, published Nov 2016", "170,000 people"),
    ):
        expect(told).to_contain_text(words)
    page.go_back()
    assert names(page) == ["Huawei", "Tencent", "ZTE Corporation"]


def test_a_derived_figure_tells_how_it_was_worked_out(plain_page: Page) -> None:
    plain_page.goto("/companies/huawei")
    note = plain_page.locator("details[name]").filter(
        has=plain_page.get_by_text("How R&D share of employees, Huawei", exact=True)
    )
    note.locator("> summary").click()
    expect(note.locator("dl")).to_contain_text("R&D staff ÷ Employees")
    expect(note.locator("dl")).to_contain_text("44.7058823529%")


def test_only_one_note_is_open_at_a_time(plain_page: Page) -> None:
    plain_page.goto("/companies/huawei")
    marks = plain_page.locator("details:has(> summary):has(dl)")
    marks.nth(1).locator("> summary").click()
    marks.nth(2).locator("> summary").click()
    expect(plain_page.locator("details[open] dl")).to_have_count(1)


def test_ticked_companies_raise_a_tray_that_counts_them(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    compare = page.get_by_role("button", name="Compare")
    expect(compare).to_be_hidden()
    tick(page, "Huawei", "ZTE Corporation")
    expect(compare).to_be_visible()
    assert "2" in spoken(page)
    tick(page, "Royole")
    assert {"3", "selected, 2 to 8 can be compared"} <= set(spoken(page))
    compare.click()
    expect(page).to_have_url(re.compile(r"/compare\?c=huawei&c=zte&c=royole$"))
    expect(page.get_by_role("columnheader")).to_have_count(3)


def test_equal_rows_can_be_hidden(either_page: Page) -> None:
    page = either_page
    page.goto("/compare?c=neusoft&c=intel")
    equal = page.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name="R&D staff", exact=False)
    )
    differing = page.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name="Employees", exact=False)
    )
    before = page.get_by_role("row").count()
    expect(equal.first).to_be_visible()
    page.get_by_role("checkbox", name="Hide rows that are equal").check()
    expect(equal).to_have_count(0)
    expect(differing.first).to_be_visible()
    assert page.get_by_role("row").count() == before - 3  # R&D staff and both R&D shares.
    page.get_by_role("checkbox", name="Hide rows that are equal").uncheck()
    assert page.get_by_role("row").count() == before


def test_a_cross_takes_one_company_out_of_a_comparison(either_page: Page) -> None:
    page = either_page
    page.goto("/compare?c=huawei&c=zte&c=royole")
    page.get_by_role("link", name="Remove ZTE Corporation").click()
    expect(page).to_have_url(re.compile(r"/compare\?c=huawei&c=royole$"))
    expect(page.get_by_role("columnheader")).to_have_count(2)


def test_a_company_is_added_to_a_comparison(plain_page: Page) -> None:
    page = plain_page
    page.goto("/companies/huawei")
    page.get_by_role("link", name="Add to compare").click()
    page.get_by_role("checkbox", name="Intel").check()
    page.get_by_role("button", name="Compare").click()
    page.get_by_label("Add a company").select_option("ZTE Corporation")
    page.get_by_role("button", name="Add").click()
    expect(page).to_have_url(re.compile(r"/compare\?c=huawei&c=intel&c=zte$"))


def test_the_list_is_downloaded_as_it_is_filtered(either_page: Page, tmp_path: Path) -> None:
    either_page.goto("/?rd_share_min=40")
    found = downloaded(either_page, "CSV", tmp_path)
    assert [(row["slug"], row["answer"]) for row in found] == [
        *(("huawei", "yes"), ("tencent", "yes"), ("zte", "maybe")),
    ]
    every = downloaded(either_page, "one CSV", tmp_path)
    assert {row["slug"] for row in every} == {"huawei", "tencent", "zte"}


def test_a_comparison_is_downloaded(plain_page: Page, tmp_path: Path) -> None:
    plain_page.goto("/compare?c=royole&c=huawei")
    found = downloaded(plain_page, "CSV", tmp_path)
    assert [(row["slug"], row["revenue_state"]) for row in found] == [
        *(("royole", "none"), ("huawei", "stated")),
    ]


def test_the_main_menu_reaches_every_section(plain_page: Page) -> None:
    page = plain_page
    page.goto("/")
    menu = page.get_by_role("navigation", name="Main")
    for section in ("Compare", "Sources", "About", "API", "Companies"):
        menu.get_by_role("link", name=section).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(section)
        expect(menu.locator("[aria-current=page]")).to_have_text(section)
