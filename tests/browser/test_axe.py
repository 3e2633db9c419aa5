"""axe-core finds nothing on any kind of page, in light and dark, wide and narrow."""

from collections.abc import Iterator

import pytest

from tests.browser.addresses import FILTERED, KINDS, LIST, THREE_COMPARED, compared
from tests.browser.axe import violations, violations_at
from tests.browser.long import LONG
from tests.browser.serving import Server, serving_text
from tests.browser.tabs import Contexts, OpenTab, watched

pytestmark = pytest.mark.browser
WIDTHS = (1440, 820, 390)
SHADES = pytest.mark.parametrize(
    ("dark", "widths"),
    [(False, (1440, 390)), (True, (820,))],
    ids=["light, wide and narrow", "dark, between"],
)
"""Each width and each shade once or twice: what depends on both, test_colours looks at."""
EIGHT = (
    *("alder-analytics", "amber-avionics", "anchor-batteries", "aspen-biotech"),
    *("aurora-broadband", "baltic-cables", "basalt-ceramics", "beacon-chips"),
)
"""Eight of the made-up companies."""
LONG_PROFILES = tuple(f"/companies/{slug}" for slug in ("alder", "birch", "cedar"))
LONG_COMPARED = compared("alder", "birch", "cedar")
OPEN = """() => {
  for (const part of document.querySelectorAll("main details")) part.open = true;
}"""
MANY = (
    *("/", "/charts", "/?rd_share_min=20&unknown=1", "/?cols=industry,revenue,founded,countries"),
    *("/companies/alder-analytics", compared(*EIGHT)),
)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real program with many figures of each company."""
    with serving_text(tmp_path_factory.mktemp("long"), LONG) as server:
        yield server


@pytest.fixture
def open_long(contexts: Contexts, long: Server) -> Iterator[OpenTab]:
    with watched(contexts, long.url) as (open_one, offences):
        yield open_one
    assert offences == []


@SHADES
@pytest.mark.parametrize("path", KINDS)
def test_no_kind_of_page_has_a_violation(
    open_tab: OpenTab, path: str, dark: bool, widths: tuple[int, ...]
) -> None:
    page = open_tab(dark=dark, bypass_csp=True)
    page.goto(path)
    assert violations_at(page, *widths) == {}


@SHADES
@pytest.mark.parametrize("path", MANY)
def test_no_page_of_many_companies_has_one(
    open_many: OpenTab, path: str, dark: bool, widths: tuple[int, ...]
) -> None:
    page = open_many(dark=dark, bypass_csp=True)
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok
    assert violations_at(page, *widths) == {}


@SHADES
@pytest.mark.parametrize("path", [*LONG_PROFILES, LONG_COMPARED])
def test_no_page_of_many_figures_has_one(
    open_long: OpenTab, path: str, dark: bool, widths: tuple[int, ...]
) -> None:
    page = open_long(dark=dark, bypass_csp=True)
    answer = page.goto(path)
    assert answer is not None
    assert answer.ok
    assert violations_at(page, *widths) == {}


@pytest.mark.parametrize("path", [LONG_PROFILES[0], LONG_COMPARED])
def test_nothing_that_opens_over_many_years_has_one(open_long: OpenTab, path: str) -> None:
    page = open_long(bypass_csp=True)
    page.goto(path)
    page.evaluate(OPEN)
    assert violations_at(page, *WIDTHS) == {}


@SHADES
@pytest.mark.parametrize("path", [FILTERED, "/charts", "/companies/huawei", THREE_COMPARED])
def test_nothing_that_opens_has_one(
    open_tab: OpenTab, path: str, dark: bool, widths: tuple[int, ...]
) -> None:
    page = open_tab(dark=dark, bypass_csp=True)
    page.goto(path)
    page.evaluate(
        """() => {
          for (const part of document.querySelectorAll("main details")) part.open = true;
          for (const box of document.querySelectorAll("tbody [name=c]")) box.click();
        }"""
    )
    assert violations_at(page, *widths) == {}


@pytest.mark.parametrize("menu", ["themes", "keys"])
def test_no_menu_has_one(open_tab: OpenTab, menu: str) -> None:
    page = open_tab(bypass_csp=True)
    page.goto(LIST)
    page.locator(f"[popovertarget={menu}]").first.click()
    assert violations_at(page, 1440, 390) == {}


def test_what_is_wrong_would_be_told(open_tab: OpenTab) -> None:
    page = open_tab(bypass_csp=True)
    page.goto("/about")
    page.locator("h1").evaluate(
        """(h1) => {
          h1.style.color = "#999";
          document.querySelector("#q").labels[0].remove();
          document.querySelector("#q").placeholder = "";
        }"""
    )
    assert {told.partition(":")[0] for told in violations(page)} == {"color-contrast", "label"}
