"""A server of the real data, a browser, and tabs that note whatever a page must not do."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.serving import Server, serving, serving_text
from tests.browser.tabs import PATIENCE, Contexts, OpenTab, watched
from tests.made_up import made_up

BROWSERS = (Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium"))
"""The same engine without and with the frame of a browser, which doubles the time of a new tab."""
CHROMIUM = next((path for path in BROWSERS if path.exists()), BROWSERS[0])
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--process-per-site",
]


def need(browser: Path, *, ci: bool) -> None:
    """Skip where there is no browser, since not everybody may install one; in CI that is wrong."""
    if browser.exists():
        return
    reason = f"{browser} is missing; `make browser` installs it or says how"
    if ci:
        pytest.fail(f"{reason}, and CI=true asks for it")
    pytest.skip(reason)


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real program, serving the data set that the project ships."""
    folder = tmp_path_factory.mktemp("site")
    with serving(folder, report_address="errors@example.org") as server:
        yield server
    assert "Traceback" not in server.said()


@pytest.fixture(scope="package")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The same program with 2,500 made-up companies."""
    with serving_text(tmp_path_factory.mktemp("many"), made_up()) as server:
        yield server
    assert "Traceback" not in server.said()


@pytest.fixture(scope="package")
def contexts() -> Iterator[Contexts]:
    """A browser, the same for all tests of this process."""
    need(CHROMIUM, ci=os.environ.get("CI") == "true")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield Contexts(launched)
        launched.close()


@pytest.fixture
def open_tab(contexts: Contexts, site: Server) -> Iterator[OpenTab]:
    """Opens tabs on the site; in none of them may anything go amiss."""
    with watched(contexts, site.url) as (open_one, offences):
        yield open_one
    assert offences == []


@pytest.fixture
def open_many(contexts: Contexts, many: Server) -> Iterator[OpenTab]:
    """The same on the site of 2,500 companies."""
    with watched(contexts, many.url) as (open_one, offences):
        yield open_one
    assert offences == []


@pytest.fixture
def page(open_tab: OpenTab) -> Page:
    """A tab on a wide screen."""
    return open_tab()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def either_page(request: pytest.FixtureRequest, open_tab: OpenTab) -> Page:
    """A tab on a wide screen, once with JavaScript and once without."""
    return open_tab(javascript=bool(request.param))


@pytest.fixture
def plain_page(open_tab: OpenTab) -> Page:
    """A tab on a wide screen without JavaScript, where all must work."""
    return open_tab(javascript=False)
