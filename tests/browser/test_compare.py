"""The comparison in a browser: the reference by links, many companies on any screen, on paper."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.addresses import SIX_COMPARED, THREE_COMPARED, compared
from tests.browser.probes import (
    crowded_targets,
    faint_texts,
    focused,
    notes_out_of_sight,
    sticking_out,
    tab_stops,
    too_wide,
)
from tests.browser.serving import Server, serving_text
from tests.browser.tabs import Contexts, OpenTab, watched
from tests.site import CAST

pytestmark = pytest.mark.browser
WIDTHS = (320, 390, 820, 1024, 1240, 1440)
REFERENCES = ("", "&ref=elm")
EIGHT = compared("alder", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel")
GROVE = f"""{CAST}
  - slug: alder
    name: Alder Telecommunications Holding Company
    source: gazette
    revenue: {{stated: $61.3B, period: 2015}}
    employees: 170K
    rd_share_staff: {{stated: more than 50%, source: almanac, locator: Table 3}}
  - {{slug: birch, name: Birch, source: gazette, revenue: $14B, employees: "899,000,000"}}
  - {{slug: cedar, name: Cedar, source: gazette, revenue: €55B, employees: 10-20K, countries: 40+}}
  - {{slug: dogwood, name: Dogwood, source: gazette, revenue: {{none: next year}}, founded: 1987}}
  - slug: elm
    name: Elm Industries
    source: gazette
    revenue: $1.234567B
    employees: more than 20000
    rd_staff: "8,940"
    founded: 1991
  - {{slug: fir, name: Fir, source: gazette, revenue: over $14 million, rd_share_staff: 44.7%}}
  - {{slug: gorse, name: Gorse, source: gazette, employees: "0"}}
  - {{slug: hazel, name: Hazel, source: gazette, employees: 170K, countries: up to 12}}
"""


@pytest.fixture(scope="module")
def grove(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A site with eight companies: a long name, bounds, another currency, none yet, nothing."""
    with serving_text(tmp_path_factory.mktemp("grove"), GROVE) as server:
        yield server


@pytest.fixture
def open_grove(contexts: Contexts, grove: Server) -> Iterator[OpenTab]:
    with watched(contexts, grove.url) as (open_one, offences):
        yield open_one
    assert offences == []


def cell(page: Page, measure: str, column: int) -> Locator:
    """A company's cell in the row of a measure."""
    return page.get_by_role("row").filter(has_text=measure).first.get_by_role("cell").nth(column)


def test_a_reference_is_chosen_changed_kept_and_dropped_by_links(either_page: Page) -> None:
    page = either_page
    page.goto(compared("huawei", "zte"))
    page.get_by_role("link", name="Use as reference: ZTE Corporation").click()
    expect(page).to_have_url(re.compile(r"\?c=huawei&c=zte&ref=zte$"))
    expect(cell(page, "Revenue2015", 0)).to_contain_text("4.4× ZTE Corporation")
    expect(cell(page, "Revenue2015", 1)).to_contain_text("reference")
    page.get_by_role("combobox", name="Add a company").select_option("Royole")
    page.get_by_role("button", name="Add").click()
    expect(page).to_have_url(re.compile(r"\?c=huawei&c=zte&ref=zte&c=royole$"))
    expect(cell(page, "Founded", 2)).to_contain_text("27 years later")
    page.get_by_role("link", name="Remove Huawei").click()
    expect(page).to_have_url(re.compile(r"\?c=zte&c=royole&ref=zte$"))
    page.get_by_role("link", name="Use as reference: Royole").click()
    expect(cell(page, "Founded", 0)).to_contain_text("27 years earlier")
    page.get_by_role("link", name="No reference").click()
    expect(page).to_have_url(re.compile(r"\?c=zte&c=royole$"))
    expect(page.get_by_text("▲", exact=False).first).to_be_hidden()
    expect(cell(page, "Countries", 0)).to_contain_text("highest")


@pytest.mark.parametrize("width", [390, 1440])
def test_equal_rows_hide_without_a_script(open_tab: OpenTab, width: int) -> None:
    page = open_tab(width, javascript=False)
    page.goto(f"{compared('royole', 'neusoft', 'intel', 'zte')}&ref=zte")
    equal = page.locator("tr.same")
    assert equal.count() > 0
    expect(equal.first).to_be_visible()
    page.get_by_role("checkbox", name="Hide rows that are equal").check()
    for row in equal.all():
        expect(row).to_be_hidden()
    expect(page.get_by_role("row").filter(has_text="Founded").first).to_be_visible()


@pytest.mark.parametrize(("ref", "javascript"), [("", False), ("&ref=elm", True)])
def test_eight_companies_fit_every_screen(open_grove: OpenTab, ref: str, javascript: bool) -> None:
    page = open_grove(javascript=javascript)
    page.goto(EIGHT + ref)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == 0, width
        frames: list[str] = page.locator("main :not(.vh)").evaluate_all(
            """all => all.filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth
              && /auto|scroll/.test(getComputedStyle(e).overflowX)).map(e => e.className)"""
        )
        assert frames == [], width


@pytest.mark.parametrize("companies", ["alder", "elm"])
def test_no_word_of_a_table_is_cut_off(open_grove: OpenTab, companies: str) -> None:
    page = open_grove()
    page.goto(f"{EIGHT}&ref={companies}")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        beyond: list[str] = page.locator(".cmp :is(bdi, data, .n, .rel, .refer a)").evaluate_all(
            """all => all.filter(e => e.getBoundingClientRect().right >
              e.closest("td, th").getBoundingClientRect().right + 1).map(e => e.textContent)"""
        )
        assert beyond == [], width


@pytest.mark.parametrize("ref", REFERENCES)
def test_every_note_of_eight_opens_where_it_can_be_read(open_grove: OpenTab, ref: str) -> None:
    page = open_grove()
    page.goto(EIGHT + ref)
    assert page.locator("main details[name]").count() > 20
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert notes_out_of_sight(page) == [], width
        assert sticking_out(page) == [], width


def test_notes_with_their_citations_open_are_in_sight_too(open_grove: OpenTab) -> None:
    page = open_grove()
    page.goto(f"{EIGHT}&ref=elm")
    page.evaluate("document.querySelectorAll('.slip .cite').forEach(e => { e.open = true; })")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert notes_out_of_sight(page) == [], width


def test_six_companies_make_no_endless_page_on_a_phone(open_tab: OpenTab) -> None:
    page = open_tab(390)
    page.goto(SIX_COMPARED)
    lines: list[float] = page.locator(".cmp tbody tr").evaluate_all(
        "all => all.map(row => row.getBoundingClientRect().height)"
    )
    assert len(lines) == 18
    assert max(lines) < 6 * 50
    only_one_known = page.get_by_role("row").filter(has_text="Networks built").first
    assert only_one_known.evaluate("row => row.getBoundingClientRect().height") < 6 * 27


@pytest.mark.parametrize("width", [390, 820])
def test_bars_begin_at_one_line_on_a_narrow_screen(open_tab: OpenTab, width: int) -> None:
    page = open_tab(width)
    page.goto(SIX_COMPARED)
    starts: list[float] = page.locator(".cmp .bar").evaluate_all(
        "all => all.map(bar => bar.getBoundingClientRect().left)"
    )
    assert len(starts) > 15
    assert len({round(start) for start in starts}) == (1 if width == 390 else 2)


@pytest.mark.parametrize("ref", REFERENCES)
def test_targets_of_eight_are_big_or_have_space(open_grove: OpenTab, ref: str) -> None:
    page = open_grove()
    page.goto(EIGHT + ref)
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        count, crowded = crowded_targets(page)
        assert count > 40
        assert crowded == [], width


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_every_text_of_a_measured_comparison_can_be_read(
    open_tab: OpenTab, width: int, dark: bool
) -> None:
    page = open_tab(width, dark=dark)
    page.goto(f"{THREE_COMPARED}&ref=zte")
    page.evaluate("document.querySelectorAll('.cite').forEach(e => { e.open = true; })")
    page.locator("main summary", has_text="Source of Revenue, Huawei").click()
    count, faint = faint_texts(page)
    assert count > 100
    assert faint == []


@pytest.mark.parametrize("width", [390, 1440])
def test_tab_reaches_the_links_of_the_reference_in_order(open_tab: OpenTab, width: int) -> None:
    page = open_tab(width)
    page.goto(f"{compared('huawei', 'zte', 'intel', 'royole')}&ref=zte")
    stops = []
    for _ in range(120):
        page.keyboard.press("Tab")
        stop = focused(page)
        if not stop["name"]:
            break
        stops.append(stop)
    assert [stop["name"] for stop in stops] == tab_stops(page)
    assert any("No reference" in str(stop["name"]) for stop in stops)
    assert [stop["name"] for stop in stops if float(str(stop["ring"])) < 3] == []
    assert [stop["name"] for stop in stops if not stop["shown"]] == []


def test_a_citation_opens_within_its_note_and_is_taken_whole(either_page: Page) -> None:
    page = either_page
    page.goto(compared("huawei", "zte"))
    page.locator("main summary", has_text="Source of Employees, Huawei").click()
    slip = page.locator("#note-huawei-employees")
    slip.get_by_text("Cite", exact=True).click()
    text = slip.locator(".cite-t")
    expect(text).to_contain_text("Huawei, Employees: 170,000")
    assert text.evaluate("e => getComputedStyle(e).userSelect") == "all"
    expect(slip).to_be_visible()


@pytest.mark.parametrize("path", [THREE_COMPARED, f"{SIX_COMPARED}&ref=zte"])
def test_a_printed_comparison_lists_its_sources_and_cites_itself(
    open_tab: OpenTab, path: str
) -> None:
    page = open_tab(688)
    page.goto(path)
    page.emulate_media(media="print")
    source = page.locator("ol", has_text="Chelsea Collier")
    expect(source).to_be_visible()
    expect(source).to_contain_text(
        "Moving from 'Made in China' to 'Innovated in China', Chelsea Collier, 21 Nov 2016"
    )
    citation = page.get_by_text(
        "Comparison of Huawei" if path == THREE_COMPARED else "Comparison of"
    )
    assert citation.last.evaluate("e => e.checkVisibility({ contentVisibilityAuto: true })")
    assert citation.last.evaluate("e => e.getBoundingClientRect().height") > 20
    for name in ("Use as reference", "No reference", "Cite this comparison"):
        for pressed in page.get_by_text(name).all():
            expect(pressed).to_be_hidden()
    assert too_wide(page) == 0
