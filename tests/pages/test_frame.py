"""The frame of every page: its theme and the cookie that keeps it, its head, its help."""

import hashlib
import re
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.pages.rendering import STATIC
from app.pages.theme import way_back
from app.web.request_context import LONGEST_WAY_BACK, SHADES, RequestContext
from tests.site import Node, open_page, serve

PATHS = ("/", "/companies/huawei", "/compare?c=huawei&c=zte", "/about", "/nothing")
ELSEWHERE = (
    "//evil.example",
    "///evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "?q=x",
    "",
    " /about",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/about\r\nSet-Cookie: a=b",
    "/\x00",
    "/\x7f",
    "/\x85",
    "/\u2028",
    "/\u202eabout",
    "/a//evil.example",
    "/./\\evil.example",
)
INSIDE = (
    "/",
    "/about",
    "/?q=a%20b&revenue_min=1B&sort=-revenue",
    "/compare?c=huawei&c=zte",
    "/companies/huawei?from=%2F%2Fevil.example",
    "/@evil.example",
)


def choose(client: TestClient, theme: str, way: str | None = None, **headers: str) -> Response:
    """Send the form of the theme menu; `_` stands for `-` in a header's name."""
    sent = {"theme": theme} if way is None else {"theme": theme, "next": way}
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return client.post("/theme", content=urlencode(sent), headers=kind | told)


def cookie_of(answer: Response) -> tuple[str, dict[str, str]]:
    """The value of the theme's cookie, and its attributes that are set."""
    (header,) = answer.headers.get_list("set-cookie")
    morsel = SimpleCookie(header)["theme"]
    return morsel.value, {name: str(value) for name, value in morsel.items() if value}


def meta(page: Node) -> dict[str, str]:
    """The tags that tell others what a page is."""
    return {
        one.get("property"): one.get("content") for one in page.all("meta") if one.get("property")
    }


def menu(page: Node) -> dict[str, str]:
    """The themes of the menu, each with whether it is the chosen one."""
    return {
        button.seen: button.get("aria-pressed")
        for button in page.one("form", id="themes").all("button")
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_kept_in_a_cookie_for_a_year(six_site: TestClient, theme: str) -> None:
    answer = choose(six_site, theme, "/about?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/about?x=1")
    value, attributes = cookie_of(answer)
    assert value == theme
    assert attributes == {
        "max-age": "31536000",
        "path": "/",
        "samesite": "lax",
        "httponly": "True",
    }


def test_the_theme_of_the_system_is_no_cookie(six_site: TestClient) -> None:
    answer = choose(six_site, "system")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    value, attributes = cookie_of(answer)
    assert (value, attributes["max-age"], attributes["path"]) == ("", "0", "/")


def test_over_tls_the_cookie_goes_over_tls_alone(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with serve(tmp_path / "a", base="https://testserver") as client:
        for theme in ("dark", "system"):
            assert cookie_of(choose(client, theme))[1]["secure"] == "True"
    with serve(tmp_path / "b", public_url="https://sourcebook.example") as client:
        assert cookie_of(choose(client, "dark"))[1]["secure"] == "True"


@pytest.mark.parametrize("way", ELSEWHERE)
def test_no_choice_leads_elsewhere(six_site: TestClient, way: str) -> None:
    assert way_back(way) == "/"
    answer = choose(six_site, "dark", way)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert len(answer.headers.get_list("set-cookie")) == 1


@pytest.mark.parametrize("way", INSIDE)
def test_a_choice_leads_back_to_where_it_was_made(six_site: TestClient, way: str) -> None:
    assert choose(six_site, "dark", way).headers["location"] == way


@pytest.mark.parametrize(
    "theme", ["", "blue", "Dark", "dark ", "dark\r\nx: y", "<b>", "light,dark"]
)
def test_an_unknown_theme_is_refused_and_told_what_there_is(
    six_site: TestClient, theme: str
) -> None:
    answer = choose(six_site, theme)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "system, light or dark" in answer.text
    assert "<b>”" not in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("body", [b"", b"theme", b"\xff\xfe", b"{}", b"next=/about", b"&=&;"])
def test_a_body_that_is_no_form_is_refused(six_site: TestClient, body: bytes) -> None:
    assert six_site.post("/theme", content=body).status_code == 422


@pytest.mark.parametrize(
    ("site", "status"),
    [("cross-site", 403), ("same-site", 303), ("same-origin", 303), ("none", 303)],
)
def test_another_site_cannot_choose(six_site: TestClient, site: str, status: int) -> None:
    answer = choose(six_site, "dark", Sec_Fetch_Site=site)
    assert answer.status_code == status
    assert ("set-cookie" in answer.headers) == (status == 303)
    if status == 403:
        assert "Only the pages of this site may ask for that" in answer.text


def test_a_long_body_is_refused_unread(six_site: TestClient) -> None:
    start = b"theme=dark&next=/"
    fits = start + b"x" * (2048 - len(start))
    assert six_site.post("/theme", content=fits).status_code == 303
    answer = six_site.post("/theme", content=fits + b"x")
    assert answer.status_code == 413
    assert "longer than this address takes" in answer.text


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_a_choice_is_only_posted(six_site: TestClient, method: str) -> None:
    answer = six_site.request(method, "/theme?theme=dark")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_the_server_writes_the_chosen_theme_into_every_page(
    six_site: TestClient, path: str
) -> None:
    status = 404 if path == "/nothing" else 200
    for cookie, theme, shown in (
        ("", "", "System"),
        ("theme=dark", "dark", "Dark"),
        ("theme=light", "light", "Light"),
        ("theme=x", "", "System"),
        ("theme=%22%3E", "", "System"),
    ):
        answer = six_site.get(path, headers={"Cookie": cookie})
        assert answer.status_code == status
        assert answer.headers["vary"].split(", ")[0] == "Cookie"
        assert re.findall(r'<html lang="en"(?: data-theme="(\w+)")?>', answer.text) == [theme]
        page = open_page_with(six_site, path, status, cookie)
        assert {name for name, pressed in menu(page).items() if pressed == "true"} == {shown}
        assert set(menu(page)) == {"System", "Light", "Dark"}


def open_page_with(client: TestClient, path: str, status: int, cookie: str) -> Node:
    client.headers["Cookie"] = cookie
    try:
        return open_page(client, path, status)
    finally:
        del client.headers["Cookie"]


@pytest.mark.parametrize(
    ("cookie", "light", "dark"),
    [
        ("", "(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"),
        ("theme=light", "all", "not all"),
        ("theme=dark", "not all", "all"),
    ],
)
def test_the_browser_is_told_the_colour_of_the_header(
    six_site: TestClient, cookie: str, light: str, dark: str
) -> None:
    page = open_page_with(six_site, "/", 200, cookie)
    told = {one.get("content"): one.get("media") for one in page.all("meta", name="theme-color")}
    assert told == {SHADES["light"]: light, SHADES["dark"]: dark}


def test_the_menu_leads_back_to_the_page_it_stands_on(six_site: TestClient) -> None:
    for path in ("/?revenue_min=1B&q=a%26b", "/companies/huawei", "/compare?c=huawei&c=zte"):
        form = open_page(six_site, path).one("form", id="themes")
        assert (form.get("method"), form.get("action")) == ("post", "/theme")
        way = form.one("input", name="next").get("value")
        assert choose(six_site, "dark", way).headers["location"] == path


@pytest.mark.parametrize(
    ("path", "query", "way"),
    [
        ("/", "", "/"),
        ("/compare", "c=zte", "/compare?c=zte"),
        ("/", "q=" + "x" * LONGEST_WAY_BACK, "/"),
        ("/about", "q=" + "%C3%A4" * 200, "/about"),
        ("/" + "x" * LONGEST_WAY_BACK, "", "/"),
    ],
)
def test_a_way_back_is_never_too_long_to_be_sent(path: str, query: str, way: str) -> None:
    visit = RequestContext("http://testserver", path, query, "")
    assert visit.way_back == way
    assert len(f"theme=system&next={quote(visit.way_back, safe='')}") < 2048


def test_the_head_tells_others_what_a_page_is(six_site: TestClient) -> None:
    profile = open_page(six_site, "/companies/huawei")
    assert meta(profile) == {
        "og:type": "website",
        "og:site_name": "Sourcebook",
        "og:title": "Huawei",
        "og:description": profile.one("meta", name="description").get("content"),
        "og:url": "http://testserver/companies/huawei",
    }
    assert meta(profile)["og:description"].startswith("Huawei: revenue")
    missing = meta(open_page(six_site, "/nothing", 404))
    assert missing["og:title"] == "No such page"
    assert "og:url" not in missing


def test_the_font_is_preloaded_under_the_address_that_the_styles_use(
    six_site: TestClient,
) -> None:
    (preload,) = open_page(six_site, "/").all("link", rel="preload")
    digest = hashlib.sha256((STATIC / "inter.woff2").read_bytes()).hexdigest()[:12]
    assert preload.get("href") == f"/static/inter.woff2?v={digest}"
    styles = six_site.get("/static/app.css").text
    assert re.findall(r'url\("?([^")]+)"?\)', styles) == [f"inter.woff2?v={digest}"]


def test_the_footer_tells_of_the_one_cookie_and_opens_the_help(six_site: TestClient) -> None:
    page = open_page(six_site, "/")
    assert "One cookie, and only if you choose a theme; no trackers, no third-party requests." in (
        page.one("footer").seen
    )
    opener = page.one("footer").one("button", popovertarget="keys")
    assert opener.seen == "Keyboard shortcuts"
    help_ = page.one("div", id=opener.get("popovertarget"))
    assert "popover" in help_.attrs
    for key, does in (
        *(("/", "Search companies"), ("f", "Go to the filters"), ("c", "Compare what is ticked")),
        *(("t", "Light or dark"), ("?", "This help"), ("Arrows", "From mark to mark")),
    ):
        assert any(k == key and told.startswith(does) for k, told in help_.one("dl").pairs), key


def test_skipping_to_the_content_comes_first(six_site: TestClient) -> None:
    first = open_page(six_site, "/").all("a")[0]
    assert (first.seen, first.get("href")) == ("Skip to content", "#main")
