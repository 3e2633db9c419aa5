"""The page that documents the API: every address, with the answer it really gives."""

import json

import pytest
from fastapi.testclient import TestClient

from tests.site import Node, main, open_page

PATHS = [
    "/api/companies",
    "/api/companies/{slug}",
    "/api/compare",
    "/api/measures",
    "/api/sources",
]


def described(client: TestClient) -> dict[str, Node]:
    """The part of the page for each address."""
    sections = main(open_page(client, "/api")).all("section")
    return {one.one("h2").seen.removeprefix("GET "): one for one in sections}


def test_every_address_of_the_api_is_documented(six_site: TestClient) -> None:
    paths = six_site.get("/openapi.json").json()["paths"]
    assert [path for path in paths if path.startswith("/api/")] == PATHS
    assert list(described(six_site)) == PATHS


@pytest.mark.parametrize("path", PATHS)
def test_an_example_is_the_answer_of_the_address_it_names(six_site: TestClient, path: str) -> None:
    call, answer = (
        "".join(text for text in block.one("code").children if isinstance(text, str))
        for block in described(six_site)[path].all("pre")
    )
    url = call.removeprefix("curl '").removesuffix("'")
    assert url.startswith("http://testserver/api/")
    given = six_site.get(url)
    assert given.status_code == 200
    printed = json.dumps(given.json(), indent=2, ensure_ascii=False)
    shown, _, cut = answer.partition("\n… cut here")
    assert printed.startswith(shown)
    assert (shown == printed) is (not cut)
    assert len(shown) > 500


@pytest.mark.parametrize("path", PATHS)
def test_an_example_that_is_cut_leads_to_the_whole(six_site: TestClient, path: str) -> None:
    for link in described(six_site)[path].links.values():
        assert six_site.get(link).status_code == 200


def test_every_parameter_is_named_with_its_meaning(six_site: TestClient) -> None:
    for path, operations in six_site.get("/openapi.json").json()["paths"].items():
        if path not in PATHS:
            continue
        rows = [
            [cell.seen for cell in row.parts]
            for table in described(six_site)[path].all("table")
            for row in table.one("tbody").all("tr")
        ]
        assert [name for name, *_ in rows] == [
            one["name"] for one in operations["get"].get("parameters", [])
        ]


def test_the_parameters_of_the_list_say_what_they_take(six_site: TestClient) -> None:
    (rows,) = (table.one("tbody") for table in described(six_site)["/api/companies"].all("table"))
    told = {row.parts[0].seen: row.parts[-1].seen for row in rows.all("tr")}
    assert "10B" in told["revenue_min"]
    assert "percent" in told["rd_share_min"]
    assert "at most 200" in told["size"]
    assert all(told.values())


def test_errors_are_named(six_site: TestClient) -> None:
    assert "404" in described(six_site)["/api/companies/{slug}"].seen
    assert "422" in described(six_site)["/api/companies"].seen


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/docs/oauth2-redirect"])
def test_the_pages_that_load_from_elsewhere_are_off(six_site: TestClient, path: str) -> None:
    assert six_site.get(path).status_code == 404
