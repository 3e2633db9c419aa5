"""The headers that every answer bears, and that no page runs what stands in the data."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.api import reading
from tests.site import main, open_page, read, scripts, serve, serve_text

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types sourcebook"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
TRANSPORT = "strict-transport-security"
PAGES = (
    ("/", 200),
    ("/?revenue_min=900B", 200),
    ("/?revenue_min=lots", 422),
    ("/companies/huawei", 200),
    ("/companies/huwei", 404),
    ("/compare", 200),
    ("/compare?c=huawei&c=zte", 200),
    ("/sources", 200),
    ("/sources/collier-2016", 200),
    ("/about", 200),
    ("/api", 200),
)
OTHERS = (
    ("/api/companies", 200),
    ("/api/companies?size=x", 422),
    ("/api/nothing", 404),
    ("/companies.json", 200),
    ("/companies.csv", 200),
    ("/companies.jsonl", 200),
    ("/companies.xlsx", 200),
    ("/companies.parquet", 200),
    ("/figures.csv", 200),
    ("/figures.jsonl", 200),
    ("/figures.parquet", 200),
    ("/static/app.css", 200),
    ("/static/nothing.css", 404),
    ("/sitemap.xml", 200),
    ("/robots.txt", 200),
    ("/healthz", 200),
)
"""The one script that stands in a page: data, which no browser runs."""
HOSTILE = "<script>alert(1)</script>"
DATA = f"""\
title: Hostile
sources:
  s: {{title: "{HOSTILE}"}}
companies:
  - slug: hostile
    name: "{HOSTILE}"
    industries: ["{HOSTILE}"]
    source: s
    locator: "{HOSTILE}"
    place: "{HOSTILE}"
    activities: ["{HOSTILE}"]
    notes: ["{HOSTILE}"]
    employees: "600"
    revenue: {{none: "{HOSTILE}"}}
"""


@pytest.mark.parametrize(("url", "status"), [*PAGES, *OTHERS])
def test_every_answer_bears_the_headers(six_site: TestClient, url: str, status: int) -> None:
    answer = six_site.get(url)
    assert answer.status_code == status
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert TRANSPORT not in answer.headers


@pytest.mark.parametrize(
    ("url", "sharing"),
    [
        ("/charts/revenue.svg", "cross-origin"),
        ("/charts/a/b.svg?x=1", "cross-origin"),
        ("/charts", "same-origin"),
        ("/charts/revenue.csv", "same-origin"),
        ("/charts/revenue?c=x.svg", "same-origin"),
        ("/companies/charts/revenue.svg", "same-origin"),
        ("/static/mark.svg", "same-origin"),
    ],
)
def test_charts_alone_may_stand_in_pages_of_others(
    six_site: TestClient, url: str, sharing: str
) -> None:
    answer = six_site.get(url)
    assert answer.headers["cross-origin-resource-policy"] == sharing
    assert answer.headers["content-security-policy"] == POLICY


def test_transport_security_is_asked_for_over_tls_alone(tmp_path: Path) -> None:
    with serve(tmp_path, base="https://testserver") as client:
        for url in ("/", "/companies/nobody", "/static/app.css"):
            assert client.get(url).headers[TRANSPORT] == "max-age=63072000; includeSubDomains"


def test_a_fault_of_ours_shows_no_stack_and_bears_the_headers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(reading, "count_companies", fail)
    monkeypatch.setattr("app.pages.listing.count_companies", fail)
    with serve(tmp_path) as client:
        for url, kind in (("/", "text/html"), ("/api/companies", "application/problem+json")):
            answer = client.get(url)
            assert answer.status_code == 500
            assert answer.headers["content-type"].startswith(kind)
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
            for inner in ("Traceback", "RuntimeError", "secret", ".py"):
                assert inner not in answer.text


@pytest.mark.parametrize(("url", "status"), PAGES)
def test_no_page_holds_an_inline_script_or_style(
    six_site: TestClient, url: str, status: int
) -> None:
    page = open_page(six_site, url, status)
    for script in scripts(page):
        assert script.get("src").startswith("/static/")
        assert not script.children
    for node in page:
        assert node.tag != "style"
        assert "style" not in node.attrs
        assert not [name for name in node.attrs if name.startswith("on")]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("hostile"), DATA) as client:
        yield client


@pytest.mark.parametrize("url", ["/", "/companies/hostile", "/sources", "/sources/s"])
def test_hostile_text_is_shown_as_text(hostile: TestClient, url: str) -> None:
    answer = hostile.get(url)
    assert answer.status_code == 200
    assert HOSTILE not in answer.text
    page = read(answer.text)
    assert HOSTILE in main(page).seen
    assert all(node.get("src").startswith("/static/") for node in scripts(page))
