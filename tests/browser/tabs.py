"""Tabs that note whatever a page must not do, in contexts that are kept from test to test.

A context holds cookies, storage, permissions and a cache. To make one and to load a page with
nothing cached takes several times as long as the rest of most tests, so a context is emptied and
used again by the next test with the same options; what it keeps is its cache. A test of a first
load asks for a fresh one.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    Route,
    WebError,
)

PATIENCE = 20_000
"""Milliseconds until what is waited for counts as missing: much, since others use the machine."""
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""
OpenTab: TypeAlias = Callable[..., Page]


@dataclass(frozen=True, slots=True)
class Context:
    """A context with one tab that stays open on the site, so that its process is kept."""

    made: BrowserContext
    kept: Page
    key: Hashable

    def close_tabs(self) -> None:
        for page in self.made.pages:
            if page is not self.kept:
                page.close()

    def empty(self) -> None:
        """Forget cookies, permissions and what scripts stored."""
        self.made.clear_cookies()
        self.made.clear_permissions()
        self.kept.evaluate("localStorage.clear()")


@dataclass(frozen=True, slots=True)
class Contexts:
    """The contexts of a browser that no test uses now, by site and options."""

    browser: Browser
    unused: dict[Hashable, list[Context]] = field(default_factory=dict)

    def make(self, url: str, options: dict[str, Any]) -> Context:
        """A new context for a site: it has no cache, and is closed after its test."""
        made = self.browser.new_context(base_url=url, reduced_motion="reduce", **options)
        made.set_default_timeout(PATIENCE)
        made.add_init_script(REPORT_VIOLATIONS)
        kept = made.new_page()
        kept.goto("/healthz")
        return Context(made, kept, None)

    def take(self, url: str, options: dict[str, Any]) -> Context:
        """An empty context for a site."""
        key = (url, *sorted(options.items()))
        kept = self.unused.setdefault(key, [])
        return kept.pop() if kept else replace(self.make(url, options), key=key)

    def give_back(self, used: Context) -> None:
        """Empty a context for the next test."""
        used.empty()
        self.unused[used.key].append(used)


@dataclass
class Watch:
    """Notes where a page breaks the policy, fails, or asks elsewhere.

    It has no slots: playwright writes an attribute beside each method that it is given.
    """

    url: str
    offences: list[str] = field(default_factory=list)
    wrote: bool = False
    """Whether anything was sent, as a choice of theme is: its answer may set a cookie late."""

    def begin(self, context: BrowserContext) -> None:
        context.on("console", self.note_message)
        context.on("weberror", self.note_failure)
        context.on("request", self.note_request)
        context.on("response", self.note_answer)

    def end(self, context: BrowserContext) -> None:
        context.remove_listener("console", self.note_message)
        context.remove_listener("weberror", self.note_failure)
        context.remove_listener("request", self.note_request)
        context.remove_listener("response", self.note_answer)

    def note_message(self, message: ConsoleMessage) -> None:
        # A page that is itself a 404 or a 422 is told as an error; other failures are told below.
        if message.type in ("error", "warning") and "Failed to load" not in message.text:
            self.offences.append(message.text)

    def note_failure(self, error: WebError) -> None:
        self.offences.append(str(error.error))

    def note_request(self, request: Request) -> None:
        self.wrote |= request.method != "GET"
        if not request.url.startswith((f"{self.url}/", "data:")):
            self.offences.append(f"asks elsewhere: {request.url}")

    def note_answer(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.offences.append(f"{response.status} for {response.url}")


def hold(page: Page, address: str) -> list[Route]:
    """The requests of a page for an address, none of which is answered until it is let go."""
    held: list[Route] = []

    def note(route: Route) -> None:
        held.append(route)

    page.route(address, note)
    return held


@contextmanager
def watched(contexts: Contexts, url: str) -> Iterator[tuple[OpenTab, list[str]]]:
    """Opens tabs on a site, each in a context of its own, and lists what a page did amiss."""
    taken: list[Context] = []
    watch = Watch(url)

    def open_tab(
        width: int = 1440,
        height: int = 900,
        *,
        first: bool = False,
        javascript: bool = True,
        dark: bool = False,
        **more: Any,
    ) -> Page:
        """A tab; `first` has nothing in its cache, as on a reader's first visit."""
        shade = "dark" if dark else "light"
        options = {"java_script_enabled": javascript, "color_scheme": shade, **more}
        taken.append(contexts.make(url, options) if first else contexts.take(url, options))
        watch.begin(taken[-1].made)
        page = taken[-1].made.new_page()
        page.set_viewport_size({"width": width, "height": height})
        return page

    try:
        yield open_tab, watch.offences
    finally:
        for context in taken:
            context.close_tabs()
        for context in taken:
            watch.end(context.made)
            if context.key is None or watch.wrote:
                context.made.close()
            else:
                contexts.give_back(context)
