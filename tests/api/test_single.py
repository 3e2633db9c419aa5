"""A company, a comparison, the measures, the sources and the probes, as programs read them."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.api.exports import EXPORTS
from tests.site import CAST, serve, serve_text

SIX = ["huawei", "intel", "tencent", "zte", "neusoft", "royole"]


def get(client: TestClient, url: str) -> Any:
    answer = client.get(url)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    return answer.json()


@pytest.mark.parametrize("slug", SIX)
def test_a_company_is_its_item_of_the_list_without_the_answer(
    six_site: TestClient, slug: str
) -> None:
    items = get(six_site, "/api/companies?rd_share_min=40&unknown=1")["items"]
    (item,) = (one for one in items if one["slug"] == slug)
    del item["answer"]
    assert get(six_site, f"/api/companies/{slug}") == item
    assert get(six_site, f"/companies/{slug}.json") == item


@pytest.mark.parametrize("url", ["/api/compare", "/compare.json"])
def test_a_comparison_keeps_the_order_and_names_each_once(six_site: TestClient, url: str) -> None:
    found = get(six_site, f"{url}?c=zte&c=huawei&c=zte&c=")
    assert list(found) == ["items"]
    assert [item["slug"] for item in found["items"]] == ["zte", "huawei"]
    assert found["items"][1] == get(six_site, "/api/companies/huawei")


def test_up_to_eight_are_compared(tmp_path: Path) -> None:
    slugs = [f"c{n}" for n in range(9)]
    text = CAST + "".join(f"  - {{slug: {slug}, name: C, source: gazette}}\n" for slug in slugs)
    with serve_text(tmp_path, text) as client:
        for path in ("/api/compare", "/compare.json"):
            assert len(client.get(path, params={"c": slugs[:8]}).json()["items"]) == 8
            assert client.get(path, params={"c": slugs}).status_code == 422
        assert client.get("/compare.csv", params={"c": slugs}).status_code == 422


def test_every_measure_is_described(six_site: TestClient) -> None:
    measures = {one["key"]: one for one in get(six_site, "/api/measures")["items"]}
    assert list(measures)[:8] == [
        "revenue",
        "employees",
        "revenue_per_employee",
        "rd_staff",
        "rd_share_staff",
        "rd_share_revenue",
        "countries",
        "founded",
    ]
    assert len(measures) == 8 + 10
    assert all(one["label"] and one["unit"] and one["help"] for one in measures.values())


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("rd_share_staff", {"low": 0, "high": 1, "basis": "employees", "kind": "share"}),
        ("rd_share_staff", {"formula": "rd_staff / employees", "unit": "fraction"}),
        ("rd_share_revenue", {"low": 0, "high": None, "basis": "revenue", "formula": None}),
        ("revenue_per_employee", {"formula": "revenue / employees", "kind": "money"}),
        ("countries", {"low": 0, "high": None, "basis": None, "unit": "countries"}),
        ("cities_china", {"kind": "count", "unit": "cities in China", "filterable": True}),
        ("institute_investment", {"kind": "money", "unit": "money"}),
    ],
)
def test_a_measure_tells_domain_basis_and_formula(
    six_site: TestClient, key: str, told: dict[str, object]
) -> None:
    measures = {one["key"]: one for one in get(six_site, "/api/measures")["items"]}
    assert told.items() <= measures[key].items()


def test_a_source_tells_what_rests_on_it(six_site: TestClient) -> None:
    assert get(six_site, "/api/sources") == {
        "items": [
            {
                "id": "collier-2016",
                "title": "Moving from 'Made in China' to 'Innovated in China'",
                "author": "Chelsea Collier",
                "kind": "article",
                "published": "2016-11-21",
                "url": None,
                "locators": {
                    "Snapshots": "our name for the opening list of companies",
                    "Innovation": "the section “A Commitment to Innovation”, with its paragraph",
                    "5G": "the section “Everyone Knows the Future is 5G”, with its paragraph",
                },
                "figures": 43,
                "companies": 6,
            }
        ]
    }


def test_a_source_that_nothing_rests_on_is_listed_with_zero(tmp_path: Path) -> None:
    text = f"{CAST}  - {{slug: alder, name: Alder, source: gazette, employees: 5}}\n"
    with serve_text(tmp_path, text) as client:
        reach = {
            one["id"]: (one["figures"], one["companies"], one["url"])
            for one in get(client, "/api/sources")["items"]
        }
    assert reach == {"gazette": (1, 1, "https://gazette.example/1"), "almanac": (0, 0, None)}


def test_the_probes_tell_that_all_is_well(six_site: TestClient) -> None:
    assert get(six_site, "/healthz") == {"status": "up"}
    assert get(six_site, "/readyz") == {"status": "ready", "version": 1, "generation": 1}


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.yaml"
    path.write_text("companies: [")
    return path


def test_without_data_the_process_is_up_and_not_ready(tmp_path: Path, broken: Path) -> None:
    with serve(tmp_path, broken) as client:
        assert client.get("/healthz").status_code == 200
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["status"]) == (503, "no data")


@pytest.mark.parametrize(
    "url",
    [
        "/api/companies",
        "/api/companies/zte",
        "/api/compare?c=zte&c=intel",
        "/api/measures",
        "/api/sources",
        *(f"/{export.name}" for export in EXPORTS),
    ],
)
def test_without_data_programs_are_told_so(tmp_path: Path, broken: Path, url: str) -> None:
    with serve(tmp_path, broken) as client:
        answer = client.get(url)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == "No data loaded yet"


def test_a_broken_file_leaves_the_data_of_before_in_place(tmp_path: Path, broken: Path) -> None:
    with serve(tmp_path) as client:
        whole = client.get("/companies.json").json()
    with serve(tmp_path, broken) as client:
        assert client.get("/companies.json").json() == whole
        assert get(client, "/readyz") == {"status": "ready", "version": 1, "generation": 1}
