"""Amounts in a currency of the reader's choice, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.probes import too_wide
from tests.browser.serving import Server, serving_text
from tests.browser.tabs import Contexts, OpenTab, watched
from tests.pages.test_currencies import DATA

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def exchanging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real program with amounts in two currencies and a rate between them."""
    with serving_text(tmp_path_factory.mktemp("exchanging"), DATA) as server:
        yield server


@pytest.fixture
def open_tab(contexts: Contexts, exchanging: Server) -> Iterator[OpenTab]:
    with watched(contexts, exchanging.url) as (open_one, offences):
        yield open_one
    assert offences == []


def test_the_menu_converts_the_list_and_the_fields_follow(page: Page) -> None:
    page.goto("/")
    menu = page.get_by_role("combobox", name="Amounts in")
    expect(page.get_by_role("row", name="Birch")).to_contain_text("€90M")
    menu.focus()
    menu.select_option("EUR")
    expect(page.get_by_role("row", name="Alder")).to_contain_text("2015, from USD")
    expect(page.get_by_role("row", name="Alder")).to_contain_text("€80M")
    expect(page).to_have_url("/?currency=EUR")
    expect(page.locator(".inp i").first).to_have_text("EUR")
    expect(page.get_by_role("combobox", name="Amounts in")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("row", name="Alder")).to_contain_text("$100M")
    expect(page.locator(".inp i").first).to_have_text("USD")


def test_without_javascript_the_form_does_the_same(plain_page: Page) -> None:
    plain_page.goto("/")
    plain_page.get_by_role("combobox", name="Amounts in").select_option("EUR")
    plain_page.get_by_role("button", name="Show companies").click()
    expect(plain_page.get_by_role("row", name="Alder")).to_contain_text("2015, from USD")


def test_ticked_companies_are_compared_in_the_same_currency(page: Page) -> None:
    page.goto("/?currency=USD")
    for name in ("Alder", "Birch"):
        page.get_by_role("row", name=name).get_by_role("checkbox").check()
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url("/compare?c=birch&c=alder&currency=USD")
    expect(page.get_by_role("table")).to_contain_text("from EUR")


@pytest.mark.parametrize(
    "address",
    ["/?currency=USD", "/companies/birch?currency=USD", "/compare?c=alder&c=cedar&currency=USD"],
)
@pytest.mark.parametrize(("width", "dark"), [(1440, False), (320, True)])
def test_pages_of_converted_amounts_pass_axe_and_fit(
    open_tab: OpenTab, address: str, width: int, dark: bool
) -> None:
    page = open_tab(width, dark=dark, bypass_csp=True)
    page.goto(address)
    assert violations(page) == []
    assert too_wide(page) == 0
