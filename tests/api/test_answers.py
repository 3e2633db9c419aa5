"""Every kind of answer: its media type, its headers, and HEAD as GET's."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.web.security_headers import HEADERS
from tests.site import CAST, serve, serve_text

HTML = "text/html; charset=utf-8"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
PROBLEM = "application/problem+json"
LINES = "application/jsonl"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PARQUET = "application/vnd.apache.parquet"
ANSWERS = [
    ("/", 200, HTML),
    ("/?q=huawie", 200, HTML),
    ("/?size=x", 422, HTML),
    ("/companies/zte", 200, HTML),
    ("/companies/huawai", 404, HTML),
    ("/compare", 200, HTML),
    ("/compare?c=zte&c=intel", 200, HTML),
    ("/sources", 200, HTML),
    ("/sources/x", 404, HTML),
    ("/about", 200, HTML),
    ("/api", 200, HTML),
    ("/nothing", 404, HTML),
    ("/companies.csv", 200, CSV),
    ("/figures.csv", 200, CSV),
    ("/companies.jsonl", 200, LINES),
    ("/figures.jsonl", 200, LINES),
    ("/companies.xlsx", 200, EXCEL),
    ("/companies.parquet", 200, PARQUET),
    ("/figures.parquet", 200, PARQUET),
    ("/companies.xlsx?size=x", 422, PROBLEM),
    ("/figures.parquet?size=x", 422, PROBLEM),
    ("/compare.csv?c=zte&c=intel", 200, CSV),
    ("/companies.csv?size=x", 422, PROBLEM),
    ("/companies.json", 200, JSON),
    ("/companies/zte.json", 200, JSON),
    ("/companies/x.json", 404, PROBLEM),
    ("/compare.json?c=zte&c=intel", 200, JSON),
    ("/compare.json", 422, PROBLEM),
    ("/api/companies", 200, JSON),
    ("/api/companies/zte", 200, JSON),
    ("/api/companies/x", 404, PROBLEM),
    ("/api/compare", 422, PROBLEM),
    ("/api/measures", 200, JSON),
    ("/api/sources", 200, JSON),
    ("/api/x", 404, PROBLEM),
    ("/openapi.json", 200, JSON),
    ("/healthz", 200, JSON),
    ("/readyz", 200, JSON),
    ("/sitemap.xml", 200, "application/xml"),
    ("/robots.txt", 200, "text/plain; charset=utf-8"),
    ("/static/app.css", 200, "text/css; charset=utf-8"),
    ("/static/app.js", 200, "text/javascript; charset=utf-8"),
    ("/static/mark.svg", 200, "image/svg+xml"),
    ("/static/inter.woff2", 200, "font/woff2"),
    ("/static/x", 404, HTML),
]
every_answer = pytest.mark.parametrize(("url", "status", "media"), ANSWERS)


@every_answer
def test_an_answer_says_what_it_is_and_bears_the_headers(
    six_site: TestClient, url: str, status: int, media: str
) -> None:
    answer = six_site.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (status, media)
    assert HEADERS.items() <= {name: answer.headers.get(name) for name in HEADERS}.items()
    assert "strict-transport-security" not in answer.headers
    assert "set-cookie" not in answer.headers


@every_answer
def test_head_tells_what_get_would(six_site: TestClient, url: str, status: int, media: str) -> None:
    answer = six_site.head(url)
    assert (answer.status_code, answer.headers["content-type"]) == (status, media)
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve(tmp_path_factory.mktemp("secure"), base="https://testserver") as client:
        yield client


@every_answer
def test_over_https_every_answer_asks_for_it_ever_after(
    secure: TestClient, url: str, status: int, media: str
) -> None:
    answer = secure.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (status, media)
    asked = answer.headers["strict-transport-security"]
    assert asked == "max-age=63072000; includeSubDomains"


def test_addresses_of_the_sitemap_and_of_the_examples_are_of_the_same_scheme(
    secure: TestClient,
) -> None:
    assert "<loc>https://testserver/companies/zte</loc>" in secure.get("/sitemap.xml").text
    assert "curl &#39;https://testserver/api" in secure.get("/api").text.replace("'", "&#39;")


@pytest.mark.parametrize("url", ["/", "/companies.csv", "/api/companies", "/static/app.css"])
def test_what_cannot_be_done_bears_the_headers_too(six_site: TestClient, url: str) -> None:
    answer = six_site.post(url)
    assert answer.status_code == 405
    assert HEADERS.items() <= {name: answer.headers.get(name) for name in HEADERS}.items()


def test_a_redirect_bears_the_headers_too(tmp_path: Path) -> None:
    text = f"{CAST}  - {{slug: alder, name: Alder, formerly: [sapling], source: gazette}}\n"
    with serve_text(tmp_path, text) as client:
        answer = client.get("/companies/sapling")
    assert answer.status_code == 308
    assert HEADERS.items() <= {name: answer.headers.get(name) for name in HEADERS}.items()


@pytest.mark.parametrize("url", ["/", "/api/companies", "/readyz"])
def test_an_answer_without_data_bears_the_headers_too(tmp_path: Path, url: str) -> None:
    with serve_text(tmp_path, "companies: [") as client:
        answer = client.get(url)
    assert answer.status_code == 503
    assert HEADERS.items() <= {name: answer.headers.get(name) for name in HEADERS}.items()


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_in_line() -> None:
    policy = dict(
        part.strip().split(" ", 1) for part in HEADERS["Content-Security-Policy"].split(";")
    )
    assert policy.pop("default-src") == "'none'"
    assert policy.pop("require-trusted-types-for") == "'script'"
    assert policy.pop("trusted-types") == "sourcebook"
    assert set(policy.values()) == {"'self'", "'none'"}
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", ["/", "/companies.csv", "/companies.jsonl", "/api/companies"])
def test_a_long_answer_is_packed_where_that_is_accepted(six_site: TestClient, path: str) -> None:
    packed = six_site.get(path, headers={"accept-encoding": "gzip"})
    plain = six_site.get(path, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in packed.headers["vary"]
    assert packed.text == plain.text
