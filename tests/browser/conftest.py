"""A server of the real data, a browser, and tabs that note whatever a page must not do."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Response,
    WebError,
    sync_playwright,
)
from playwright.sync_api import Request as Asked

from tests.browser.serving import Server, serving, serving_text
from tests.made_up import made_up

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
OpenTab = Callable[..., Page]


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
def browser() -> Iterator[Browser]:
    need(CHROMIUM, ci=os.environ.get("CI") == "true")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield launched
        launched.close()


@contextmanager
def watched(browser: Browser, url: str) -> Iterator[tuple[OpenTab, list[str]]]:
    """Opens tabs on a site, and notes where one breaks the policy, fails, or asks elsewhere."""
    opened: list[BrowserContext] = []
    offences: list[str] = []

    def note_message(message: ConsoleMessage) -> None:
        # A page that is itself a 404 or a 422 is told as an error; other failures are told below.
        if message.type in ("error", "warning") and "Failed to load" not in message.text:
            offences.append(message.text)

    def note_failure(error: WebError) -> None:
        offences.append(str(error.error))

    def note_request(request: Asked) -> None:
        if not request.url.startswith((f"{url}/", "data:")):
            offences.append(f"asks elsewhere: {request.url}")

    def note_answer(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            offences.append(f"{response.status} for {response.url}")

    def open_tab(
        width: int = 1440,
        height: int = 900,
        *,
        javascript: bool = True,
        dark: bool = False,
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=url,
            viewport={"width": width, "height": height},
            java_script_enabled=javascript,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            **more,
        )
        opened.append(context)
        context.set_default_timeout(5000)
        context.add_init_script(TELL_VIOLATIONS)
        context.on("console", note_message)
        context.on("weberror", note_failure)
        context.on("request", note_request)
        context.on("response", note_answer)
        return context.new_page()

    yield open_tab, offences
    for context in opened:
        context.close()


@pytest.fixture
def open_tab(browser: Browser, site: Server) -> Iterator[OpenTab]:
    """Opens tabs on the site; in none of them may anything go amiss."""
    with watched(browser, site.url) as (open_one, offences):
        yield open_one
    assert offences == []


@pytest.fixture
def open_many(browser: Browser, many: Server) -> Iterator[OpenTab]:
    """The same on the site of 2,500 companies."""
    with watched(browser, many.url) as (open_one, offences):
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
