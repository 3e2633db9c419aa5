"""Light and dark by the system's setting; every text stands out from what is behind it."""

from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import FILTERED, LIST, REFUSALS, THREE_COMPARED
from tests.browser.probes import colours, faint_texts
from tests.browser.tabs import OpenTab

pytestmark = pytest.mark.browser
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SHADES = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


def test_dark_is_dark_and_light_is_light(open_tab: OpenTab) -> None:
    light, dark = open_tab(), open_tab(dark=True)
    for page in (light, dark):
        page.goto(LIST)
    for part in ("body", "table", "header", "h1", ".btn, button"):
        assert colours(light, part) != colours(dark, part), part
    assert is_bright(light)
    assert not is_bright(dark)


def is_bright(page: Page) -> bool:
    shade = colours(page, "body")[1]
    return sum(int(part) for part in shade.strip("rgb()").split(",")) > 3 * 128


@pytest.mark.parametrize(
    "path",
    [
        *(LIST, FILTERED, "/?revenue_min=100B", "/companies/huawei", "/companies/royole"),
        *("/charts", THREE_COMPARED, "/compare", "/sources/collier-2016", "/about", "/api"),
        *REFUSALS[:2],
    ],
)
def test_every_text_can_be_read(page: Page, path: str) -> None:
    page.goto(path)
    for shade in SCHEMES:
        page.emulate_media(color_scheme=shade)
        seen, faint = faint_texts(page)
        assert seen > 15
        assert faint == [], shade


@SHADES
def test_an_open_note_and_the_tray_can_be_read(open_tab: OpenTab, *, dark: bool) -> None:
    page = open_tab(dark=dark)
    page.goto("/companies/huawei")
    before, _ = faint_texts(page)
    page.locator("main details[name] > summary").nth(1).click()
    after, faint = faint_texts(page)
    assert after > before
    assert faint == []
    page.goto(LIST)
    page.get_by_role("checkbox", name="Compare Huawei").check()
    assert faint_texts(page)[1] == []


@SHADES
def test_bars_stand_out_from_the_card(open_tab: OpenTab, *, dark: bool) -> None:
    page = open_tab(dark=dark)
    page.goto(THREE_COMPARED)
    fills: list[str] = page.locator("tbody rect:last-child").evaluate_all(
        "all => all.map(e => getComputedStyle(e).fill)"
    )
    tracks: list[str] = page.locator("tbody rect:first-child").evaluate_all(
        "all => all.map(e => getComputedStyle(e).fill)"
    )
    assert len(set(fills)) == 4  # A hue for each of the four ranked measures.
    assert not set(fills) & set(tracks)
