"""The sitemap: every page that a search engine may want, by its whole address."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.pages import sitemap
from tests.site import CAST, serve_text


def located(client: TestClient, url: str = "/sitemap.xml") -> list[str]:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
    return re.findall(r"<loc>(.*?)</loc>", answer.text)


def test_every_page_profile_and_source_is_named(six_site: TestClient) -> None:
    paths = [url.removeprefix("http://testserver") for url in located(six_site)]
    assert paths == [
        "/",
        "/compare",
        "/charts",
        "/sources",
        "/about",
        "/api",
        "/sources/collier-2016",
        "/companies/huawei",
        "/companies/intel",
        "/companies/neusoft",
        "/companies/royole",
        "/companies/tencent",
        "/companies/zte",
    ]
    assert all(six_site.get(path).status_code == 200 for path in paths)


def test_addresses_are_those_of_the_host_asked(six_site: TestClient) -> None:
    answer = six_site.get("/sitemap.xml", headers={"host": "books.example"})
    assert "<loc>http://books.example/companies/zte</loc>" in answer.text


def test_a_long_sitemap_is_an_index_of_parts_that_name_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PART", 2)
    slugs = [f"c{n}" for n in range(5)]
    text = CAST + "".join(f"  - {{slug: {slug}, name: C, source: gazette}}\n" for slug in slugs)
    with serve_text(tmp_path, text) as client:
        assert "<sitemapindex" in client.get("/sitemap.xml").text
        parts = [located(client, url) for url in located(client)]
    urls = [url.removeprefix("http://testserver") for part in parts for url in part]
    assert [url for url in urls if url.startswith("/companies/")] == [
        f"/companies/{slug}" for slug in slugs
    ]
    assert len(urls) == len(set(urls)) == 6 + 2 + 5  # Pages, sources, companies.


def test_robots_are_kept_from_filters_without_end_and_not_from_the_sitemap(
    six_site: TestClient,
) -> None:
    lines = six_site.get("/robots.txt", headers={"host": "books.example"}).text.splitlines()
    assert lines == [
        "User-agent: *",
        "Allow: /sitemap.xml",
        "Disallow: /*?",
        "Sitemap: http://books.example/sitemap.xml",
    ]
