"""Through every page, with all that opens opened: nothing breaks the policy or asks elsewhere."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.addresses import KINDS, LIST, PAGES
from tests.browser.serving import Server
from tests.browser.tabs import Contexts, watched

pytestmark = pytest.mark.browser
RUNNING = re.compile(r"<script(?![^>]*\ssrc=\"/static/)(?! type=\"application/ld\+json\">)")
INLINE_STYLE = re.compile(r"<[^>]+\sstyle\s*=|<style")
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=")


def click_through(page: Page) -> int:
    """Open whatever opens on a page, and touch every field; returns how much there was."""
    count: int = page.evaluate(
        """async () => {
          const every = (selector) => [...document.querySelectorAll(selector)];
          const shown = (e) => e.checkVisibility();
          const touched = [];
          for (const part of every("details")) { part.open = true; touched.push(part); }
          for (const opener of every("[popovertarget]:not([popovertargetaction])")) {
            opener.click();
            touched.push(opener);
            opener.popoverTargetElement.hidePopover();
          }
          for (const field of every("input:not([type=hidden]), select").filter(shown)) {
            field.focus();
            field.dispatchEvent(new Event("input", { bubbles: true }));
            touched.push(field);
          }
          for (const mark of every("[data-tip]").slice(0, 20)) {
            mark.dispatchEvent(new PointerEvent("pointerover", { bubbles: true }));
            touched.push(mark);
          }
          return touched.length;
        }"""
    )
    return count


@pytest.mark.parametrize("path", KINDS)
def test_no_kind_of_page_breaks_the_policy(page: Page, path: str) -> None:
    """The tab itself fails the test for a violation, a fault or a request elsewhere."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        answer = page.goto(path)
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert "require-trusted-types-for 'script'; trusted-types sourcebook" in policy
        assert "unsafe" not in policy
        assert click_through(page) >= 3
        page.evaluate("new Promise(requestAnimationFrame)")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_styles_scripts_or_addresses_of_others(site: Server, path: str) -> None:
    markup = site.get(path)[1]
    assert "<!doctype html>" in markup
    for inline in (RUNNING, INLINE_STYLE, HANDLER):
        assert not inline.search(markup), inline.search(markup)
    abroad = rf"(?:src|href)=\"(?!{re.escape(site.url)}/)(?:https?:)?//"
    assert not re.search(abroad, markup)


@pytest.mark.parametrize(
    ("markup", "inline"),
    [
        ("<script>alert(1)</script>", RUNNING),
        ('<script type="module">x</script>', RUNNING),
        ('<script src="https://elsewhere.example/x.js"></script>', RUNNING),
        ('<p class="a" style="color: red">', INLINE_STYLE),
        ("<style>p {}</style>", INLINE_STYLE),
        ('<img onerror="x()">', HANDLER),
    ],
)
def test_what_is_inline_would_be_found(markup: str, inline: re.Pattern[str]) -> None:
    assert inline.search(markup)
    assert not RUNNING.search('<script type="application/ld+json">{}</script>')
    assert not RUNNING.search('<script type="module" src="/static/app.js?v=1"></script>')


def test_text_becomes_markup_by_the_named_policy_alone(contexts: Contexts, site: Server) -> None:
    attempt = """([name, text]) => {
      const made = name ? trustedTypes.createPolicy(name, { createHTML: (html) => html }) : null;
      document.querySelector("h1").innerHTML = made ? made.createHTML(text) : text;
    }"""
    with watched(contexts, site.url) as (open_tab, offences):
        page = open_tab()
        page.goto("/about")  # The list makes the named one itself.
        heading = page.get_by_role("heading", level=1)
        for name in ("", "another"):
            with pytest.raises(Exception, match=r"TrustedHTML|Policy"):
                page.evaluate(attempt, [name, "<i>changed</i>"])
            expect(heading).to_have_text("About")
        assert len([told for told in offences if told.startswith("policy: ")]) == 2
        page.evaluate(attempt, ["sourcebook", "<i>changed</i>"])
        expect(heading).to_have_text("changed")


def test_the_sites_own_script_needs_no_policy(page: Page) -> None:
    page.goto(LIST)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
