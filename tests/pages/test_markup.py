"""Every page of the site: sound markup, links that lead somewhere, nothing inline, one frame."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.site import Node, main, open_page, read, scripts

PAGES = [
    "/",
    "/?rd_share_min=40&unknown=1&size=2",
    "/?q=huawie",
    "/?rd_share_min=60&maybe=0",
    "/companies/huawei",
    "/companies/royole",
    "/companies/tencent",
    "/compare",
    "/compare?c=zte",
    "/compare?c=huawei&c=zte&c=royole&c=nobody",
    "/sources",
    "/sources/collier-2016",
    "/about",
    "/api",
]
FAILURES = [
    ("/?revenue_min=abc&employees_min=x&sort=bad", 422),
    ("/companies/huawai", 404),
    ("/sources/nothing", 404),
    ("/nothing", 404),
    ("/compare?" + "&".join(f"c={n}" for n in range(9)), 422),
]
EVERY = [(url, 200) for url in PAGES] + FAILURES
every_page = pytest.mark.parametrize(("url", "status"), EVERY)


def crawl(client: TestClient) -> Iterator[tuple[str, str, Node]]:
    """Every page that links lead to, each with an address that leads there; queries once."""
    found, waiting = set(), [("", "/")]
    while waiting:
        origin, url = waiting.pop()
        path = url.partition("#")[0]
        asked = set(re.findall(r"[?&]([^=&]*)", path))
        place = f"{path.partition('?')[0]}?{asked}"  # Another value asks for the same sort of page.
        many = len(asked) > 1  # Filters can be added to filters without end.
        if place in found or many or not path.startswith("/"):
            continue
        found.add(place)
        answer = client.get(path)
        assert answer.status_code == 200, f"{origin} leads to {url}"
        if answer.headers["content-type"].startswith("text/html"):
            page = read(answer.text)
            yield origin, path, page
            waiting += [(path, link.get("href")) for link in page.all("a")]


def test_no_link_leads_to_a_page_that_does_not_exist(six_site: TestClient) -> None:
    visited = [path for _, path, _ in crawl(six_site)]
    assert len(visited) > 15
    assert {"/about", "/api", "/sources/collier-2016", "/companies/royole"} <= set(visited)


@every_page
def test_links_within_a_page_lead_to_an_element_of_it(
    six_site: TestClient, url: str, status: int
) -> None:
    page = open_page(six_site, url, status)
    for link in page.all("a"):
        if link.get("href").startswith("#"):
            assert len(page.all(id=link.get("href")[1:])) == 1, link


@every_page
def test_an_element_is_named_once_and_every_name_asked_for_is_there(
    six_site: TestClient, url: str, status: int
) -> None:
    page = open_page(six_site, url, status)
    ids = [one.get("id") for one in page if "id" in one.attrs]
    assert len(ids) == len(set(ids)), [name for name in ids if ids.count(name) > 1]
    for one in page:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "popovertarget"):
            assert set(one.get(name).split()) <= set(ids), one
        assert one.get("for") in ["", *ids], one


@every_page
def test_nothing_is_styled_or_scripted_in_line(six_site: TestClient, url: str, status: int) -> None:
    page = open_page(six_site, url, status)
    assert not page.all("style")
    for one in page:
        assert "style" not in one.attrs, one
        assert not [name for name in one.attrs if name.startswith("on")], one
    for script in scripts(page):
        assert script.get("src").startswith("/static/")
        assert not "".join(map(str, script.children)).strip()


@every_page
def test_nothing_is_fetched_from_elsewhere(six_site: TestClient, url: str, status: int) -> None:
    page = open_page(six_site, url, status)
    fetched = [one.get("src") for one in page if one.get("src")]
    fetched += [one.get("href") for one in page.all("link") if one.get("rel") != "canonical"]
    assert fetched
    for address in fetched:
        assert re.match(r"/static/[\w.-]+(\?v=[0-9a-f]{12})?$", address), address
        assert six_site.get(address).status_code == 200


@every_page
def test_a_page_has_one_heading_a_language_and_a_title(
    six_site: TestClient, url: str, status: int
) -> None:
    page = open_page(six_site, url, status)
    assert page.one("html").get("lang") == "en"
    assert len(page.all("h1")) == 1
    assert main(page).one("h1").seen
    (title,) = page.one("title").children
    assert isinstance(title, str)
    assert title.endswith(" · Sourcebook")
    assert title != " · Sourcebook"


@every_page
def test_every_page_has_the_header_and_the_footer(
    six_site: TestClient, url: str, status: int
) -> None:
    page = open_page(six_site, url, status)
    assert page.one("nav", aria_label="Main").links == {
        "Companies": "/",
        "Compare": "/compare",
        "Charts": "/charts",
        "Sources": "/sources",
        "About": "/about",
        "API": "/api",
    }
    assert "means that the source gives no figure" in page.one("footer").seen
    assert page.links["Sourcebook"] == "/"


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("/", "Companies"),
        ("/companies/zte", "Companies"),
        ("/compare?c=zte&c=intel", "Compare"),
        ("/sources/collier-2016", "Sources"),
        ("/about", "About"),
        ("/api", "API"),
    ],
)
def test_the_navigation_tells_where_one_is(six_site: TestClient, url: str, here: str) -> None:
    page = open_page(six_site, url)
    (current,) = page.one("nav", aria_label="Main").all(aria_current="page")
    assert current.seen == here


@every_page
def test_every_field_and_every_link_has_a_name(six_site: TestClient, url: str, status: int) -> None:
    page = open_page(six_site, url, status)
    labelled = {one.get("for") for one in page.all("label")}
    wrapped = [id(one) for label in page.all("label") for one in label]
    for field in page.all("input", "select"):
        if field.get("type") != "hidden":
            assert id(field) in wrapped or field.get("id") in labelled, field
    for link in page.all("a", "button", "summary"):
        assert link.spoken or link.get("aria-label"), link


def test_an_asset_asked_for_by_its_digest_may_be_kept_for_ever(six_site: TestClient) -> None:
    (sheet,) = open_page(six_site, "/").all("link", rel="stylesheet")
    kept = six_site.get(sheet.get("href"))
    assert "immutable" in kept.headers["cache-control"]
    bare = six_site.get(sheet.get("href").partition("?")[0])
    assert "immutable" not in bare.headers["cache-control"]
    assert kept.text == bare.text


def test_templates_pass_nothing_through_unescaped() -> None:
    templates = Path(__file__).parent.parent.parent / "templates"
    for path in templates.rglob("*.html"):
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text(encoding="utf-8")), path
