"""Texts of a data set are texts: no page runs them, no address is one of theirs."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, Node, main, names, open_page, read, scripts, serve_text, table

NASTY = "<script>alert('x')</script>\\" + '"><img src=x onerror=alert(1)> {{ 7 * 7 }} &amp;'
SHOWN = NASTY.replace("\\", "")
PAGES = [
    "/",
    "/?employees_max=1",
    "/?industry=nobody",
    "/companies/alder",
    "/companies/aldre",
    "/compare",
    "/compare?c=alder",
    "/compare?c=alder&c=birch",
    "/sources",
    "/sources/wicked",
    "/about",
    "/api",
]


def data() -> str:
    """A data set in which every text is an attempt."""
    text = '"' + SHOWN.replace('"', '\\"') + '"'
    return f"""\
title: {text}
description: {text}
classification: {text}
sources:
  wicked:
    title: {text}
    author: {text}
    kind: {text}
    url: "https://example.org/\\"><script>alert(1)</script>"
    locators: {{{text}: {text}}}
measures:
  own: {{label: {text}, unit: {text}, help: {text}}}
companies:
  - slug: alder
    name: {text}
    aliases: [{text}]
    industries: [{text}]
    source: wicked
    locator: {text}
    place: {text}
    activities: [{text}]
    highlights: [{{text: {text}, claim: true}}]
    notes: [{text}]
    revenue: {{none: {text}}}
    employees: {{stated: {text}, low: 5, high: 15, note: {text}}}
    own: {{stated: {text}, low: 1, high: 2}}
  - {{slug: birch, name: Birch, source: wicked, employees: 5}}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("hostile"), data()) as client:
        yield client


def check(page: Node) -> None:
    """Nothing of the page comes from the data but text, and addresses of the web."""
    assert not page.all("img")
    for one in page:
        assert not [name for name in one.attrs if name.startswith(("on", "style"))], one
        for name in ("href", "src", "action"):
            value = one.get(name)
            ours = ("/", "#", "https://example.org/", "http://testserver/")
            assert not value or value.startswith(ours), value
    for script in scripts(page):
        assert script.get("src").startswith("/static/")


@pytest.mark.parametrize("url", PAGES)
def test_hostile_texts_are_shown_as_texts(hostile: TestClient, url: str) -> None:
    answer = hostile.get(url)
    assert answer.status_code in (200, 404)
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    page = read(answer.text)
    check(page)
    assert "49" not in main(page).seen.split()


@pytest.mark.parametrize(
    "url", ["/", "/companies/alder", "/compare?c=alder&c=birch", "/sources", "/about"]
)
def test_the_reader_sees_them_whole(hostile: TestClient, url: str) -> None:
    page = open_page(hostile, url)
    assert " ".join(SHOWN.split()) in " ".join(page.spoken.split())


def test_programs_get_them_as_they_are(hostile: TestClient) -> None:
    company = hostile.get("/api/companies/alder").json()
    assert (company["name"], company["place"], company["industries"]) == (SHOWN, SHOWN, [SHOWN])
    assert hostile.get("/api/companies/alder").headers["x-content-type-options"] == "nosniff"


def test_a_hostile_industry_can_be_ticked_like_any_other(hostile: TestClient) -> None:
    page = open_page(hostile, f"/?industry={quote(SHOWN)}")
    assert len(table(page)) == 1
    assert names(page) == [" ".join(SHOWN.split())]


ATTEMPTS = [
    "/?q={}",
    "/?industry={}",
    "/?revenue_min={}",
    "/?sort={}",
    "/?lacks={}",
    "/?cursor={}",
    "/?size={}",
    "/compare?c={}",
    "/compare?c=alder&c=birch&c={}",
    "/companies/{}",
    "/sources/{}",
    "/sources/wicked?after={}",
    "/{}",
]


@pytest.mark.parametrize("url", ATTEMPTS)
@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\"><img src=x>'", "{{ 7 * 7 }}"])
def test_what_is_typed_is_shown_as_text(hostile: TestClient, url: str, text: str) -> None:
    answer = hostile.get(url.format(quote(text, safe="")))
    assert answer.status_code in (200, 404, 422)
    page = read(answer.text)
    check(page)
    assert "<script>alert(1)" not in answer.text


UNREACHABLE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\\tscript:alert(1)",
    "data:text/html,x",
    "//example.org",
    "ftp://example.org/1",
]


@pytest.mark.parametrize("address", UNREACHABLE)
def test_an_address_that_is_none_of_the_web_is_refused(tmp_path: Path, address: str) -> None:
    text = f'sources:\n  wicked: {{title: T, url: "{address}"}}\n'
    text += "companies:\n  - {slug: alder, name: Alder, source: wicked}\n"
    with serve_text(tmp_path, text) as client:
        assert client.get("/readyz").status_code == 503


def test_the_same_file_with_an_address_of_the_web_is_taken(tmp_path: Path) -> None:
    text = f"{CAST}  - {{slug: alder, name: Alder, source: gazette}}\n"
    with serve_text(tmp_path, text) as client:
        assert client.get("/readyz").status_code == 200
