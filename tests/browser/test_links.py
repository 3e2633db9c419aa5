"""Marks lead to their notes, every link leads somewhere, and nothing leaves the site."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import FILTERED, PAGES, PROFILES
from tests.browser.serving import Server
from tests.browser.tabs import Contexts, OpenTab, watched

pytestmark = pytest.mark.browser


class Markup(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.markup = markup
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            self.ids.append(name)
        if tag in ("a", "link") and (href := given.get("href")):
            self.hrefs.append(href)


def read(site: Server, path: str) -> Markup:
    return Markup(site.get(path)[1])


def test_a_mark_of_the_list_leads_to_the_open_note_on_the_profile(either_page: Page) -> None:
    page = either_page
    page.goto("/")
    page.get_by_role("link", name="Source of Employees, Huawei").click()
    expect(page).to_have_url(re.compile("/companies/huawei#note-employees$"))
    expect(page.locator("#note-employees")).to_be_visible()
    expect(page.locator("#note-employees")).to_be_in_viewport()
    expect(page.locator("#note-employees")).to_contain_text("“170K”")


def test_every_mark_of_the_list_has_its_note(page: Page) -> None:
    page.goto(FILTERED)
    hrefs: list[str] = page.locator("a[href*='#note-']").evaluate_all(
        "all => all.map(a => a.getAttribute('href'))"
    )
    assert len(hrefs) > 20
    for path in PROFILES:
        page.goto(path)
        for href in (href for href in hrefs if href.startswith(f"{path}#")):
            assert page.locator(f"[id='{href.partition('#')[2]}']").count() == 1, href


@pytest.mark.parametrize("path", PROFILES)
def test_every_number_of_a_profile_has_a_mark_that_opens_its_note(page: Page, path: str) -> None:
    page.goto(path)
    bare: list[str] = page.locator("main").evaluate(
        """(main) => [...main.querySelectorAll("data")].filter((number) =>
          !number.closest("table")
          && !number.closest("span")?.nextElementSibling?.matches(
            "details:has(dl), sup:has(> a[href^='#note-'])")
        ).map((number) => number.value)"""
    )
    assert page.locator("main data").count() >= 3
    assert bare == []


def test_every_number_of_a_comparison_has_a_mark(page: Page) -> None:
    page.goto("/compare?c=huawei&c=zte&c=tencent")
    for cell in page.get_by_role("cell").filter(has=page.locator("data")).all():
        assert cell.locator("details dl").count() == 1


def test_every_id_is_one_of_a_kind_and_fragments_lead_to_one(site: Server) -> None:
    for path in PAGES:
        page = read(site, path)
        assert sorted(page.ids) == sorted(set(page.ids)), path
        fragments = {href[1:] for href in page.hrefs if href.startswith("#")}
        assert fragments <= set(page.ids), path


def test_a_tab_notes_what_breaks_the_policy_and_what_asks_elsewhere(
    contexts: Contexts, site: Server
) -> None:
    """Every test's tab must stay without such notes; here it is shown that they are taken."""
    with watched(contexts, site.url) as (open_tab, offences):
        page = open_tab()
        page.goto("/")
        page.evaluate("document.body.setAttribute('style', 'color: red')")
        page.evaluate("fetch('https://elsewhere.invalid/').catch(() => 0)")
        page.evaluate("fetch('/nowhere')")
    told = " ".join(offences)
    assert "policy: style-src-attr inline" in told
    assert "policy: connect-src https://elsewhere.invalid" in told
    assert "404 for" in told


def test_every_link_leads_somewhere(site: Server) -> None:
    found: dict[str, str] = {}
    for path in PAGES:
        for href in read(site, path).hrefs:
            address = urljoin(f"{site.url}{path}", href).partition("#")[0]
            if urlsplit(address).scheme == "http":
                found.setdefault(address, path)
            else:
                assert href.startswith("mailto:errors@example.org"), href
    assert len(found) > 60
    for address, path in found.items():
        assert address.startswith(f"{site.url}/"), (path, address)
        status, _ = site.get(address.removeprefix(site.url))
        assert status == 200 or address.endswith(path), (path, address, status)


def test_copy_link_takes_the_address_and_stays_hidden_without_javascript(
    open_tab: OpenTab,
) -> None:
    silent = open_tab(javascript=False)
    silent.goto(FILTERED)
    expect(silent.get_by_text("Copy link")).to_be_hidden()
    page = open_tab()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(FILTERED)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
