"""What went wrong, told to people: what it was, where to go from here, and no more."""

from pathlib import Path
from typing import NoReturn

import pytest
from fastapi.testclient import TestClient

from tests.site import main, open_page, serve

SAID = "what went wrong inside"


@pytest.mark.parametrize(
    "url", ["/nothing", "/companies", "/companies/", "/sources/a/b", "/compare/x", "/static/x.css"]
)
def test_an_unknown_address_is_a_page_that_leads_on(six_site: TestClient, url: str) -> None:
    page = main(open_page(six_site, url, status=404))
    assert page.one("h1").seen == "No such page"
    assert page.links["All companies"] == "/"


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("/huawai", "Huawei"),
        ("/profiles/tencnet", "Tencent"),
        ("/zte-corporation/", "ZTE Corporation"),
    ],
)
def test_a_mistyped_address_offers_the_closest_names(
    six_site: TestClient, url: str, name: str
) -> None:
    page = main(open_page(six_site, url, status=404))
    assert f"Did you mean {name}" in page.seen
    assert open_page(six_site, page.links[name]).one("h1").seen == name


@pytest.mark.parametrize("url", ["/", "/companies/zte", "/compare", "/sources", "/about", "/api"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_page_can_only_be_read(six_site: TestClient, method: str, url: str) -> None:
    answer = six_site.request(method, url)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "This address does not take such a request" in answer.text


def test_what_can_be_done_is_named(six_site: TestClient) -> None:
    assert "GET" in six_site.post("/").headers["allow"]


def fail(*_: object, **__: object) -> NoReturn:
    raise RuntimeError(SAID)


BROKEN = [
    ("/", "app.pages.listing.count_companies"),
    ("/companies/zte", "app.pages.profile.get_company"),
    ("/compare?c=zte&c=intel", "app.pages.compare.get_companies"),
    ("/sources", "app.pages.sources.count_figures"),
    ("/nothing", "app.pages.failures.closest_names"),
]


@pytest.mark.parametrize(("url", "function"), BROKEN)
def test_a_fault_of_ours_is_a_page_that_shows_nothing_of_it(
    six_site: TestClient, monkeypatch: pytest.MonkeyPatch, url: str, function: str
) -> None:
    monkeypatch.setattr(function, fail)
    answer = six_site.get(url)
    page = open_page(six_site, url, status=500)
    assert page.one("h1").seen == "Something went wrong"
    assert "The fault is ours" in page.seen
    for trace in (SAID, "Traceback", "RuntimeError", ".py"):
        assert trace not in answer.text


@pytest.mark.parametrize("url", ["/", "/companies/zte", "/compare", "/sources", "/about", "/api"])
def test_without_data_every_page_says_so(tmp_path: Path, url: str) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("companies: [")
    with serve(tmp_path, broken) as client:
        page = open_page(client, url, status=503)
        assert page.one("h1").seen == "No data loaded yet"
        assert "No data set has been loaded yet" in page.seen
