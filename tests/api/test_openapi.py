"""The description of the API: every address of the contract is there, or left out on purpose."""

from typing import Any

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app.api.exports import EXPORTS, Export
from app.main import ROUTERS
from app.profiles.filter import RANGES

DESCRIBED = {
    "/api/companies",
    "/api/companies/{slug}",
    "/api/compare",
    "/api/measures",
    "/api/sources",
    "/healthz",
    "/readyz",
    "/companies.csv",
    "/companies.json",
    "/companies.jsonl",
    "/companies.parquet",
    "/companies.xlsx",
    "/figures.csv",
    "/figures.jsonl",
    "/figures.parquet",
}
UNDESCRIBED = {  # Pages, and files of a page: people follow links to them.
    "/",
    "/about",
    "/api",
    "/charts",
    "/charts/ranked/{measure}.svg",
    "/charts/scatter.svg",
    "/companies/{slug}",
    "/companies/{slug}.json",
    "/compare",
    "/compare.csv",
    "/compare.json",
    "/robots.txt",
    "/sitemap.xml",
    "/sources",
    "/sources/{source_id}",
    "/theme",
}
LIST = {
    *("q", "industry", "country", "tag", "period", "currency", "rd_basis", "lacks"),
    *("unknown", "maybe", "sort", "size", "cursor"),
    *(f"{field}_{end}" for field in RANGES for end in ("min", "max")),
}


@pytest.fixture(scope="module")
def description(six_site: TestClient) -> dict[str, Any]:
    answer = six_site.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    described: dict[str, Any] = answer.json()
    return described


def test_every_route_is_described_or_left_out_on_purpose(description: dict[str, Any]) -> None:
    routes = {
        route.path: route
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute)
    }
    assert set(routes) == DESCRIBED | UNDESCRIBED
    assert set(description["paths"]) == DESCRIBED
    assert routes.pop("/theme").methods == {"POST"}  # The one thing that a reader sends.
    assert all(route.methods == {"GET"} for route in routes.values())


def test_it_is_an_openapi_description(description: dict[str, Any]) -> None:
    assert description["openapi"].startswith("3.")
    assert description["info"]["title"] == "Sourcebook"
    for path, methods in description["paths"].items():
        assert list(methods) == ["get"], path
        assert methods["get"]["summary"]
        assert "200" in methods["get"]["responses"]


def references(part: Any) -> set[str]:
    if isinstance(part, dict):
        named = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return named.union(*map(references, part.values()))
    return set().union(*map(references, part)) if isinstance(part, list) else set()


def test_every_schema_named_is_there_and_none_is_idle(description: dict[str, Any]) -> None:
    there = {f"#/components/schemas/{name}" for name in description["components"]["schemas"]}
    assert references(description) == there


def test_the_list_takes_the_parameters_of_the_contract(description: dict[str, Any]) -> None:
    parameters = description["paths"]["/api/companies"]["get"]["parameters"]
    assert {one["name"] for one in parameters} == LIST
    assert all(one["in"] == "query" and one["description"] for one in parameters)
    assert not any(one.get("required") for one in parameters)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_is_described_with_its_media_type(
    description: dict[str, Any], export: Export
) -> None:
    described = description["paths"][f"/{export.name}"]["get"]
    found = described["responses"]
    assert list(found["200"]["content"]) == [export.format.media]
    assert export.holds in described["description"]
    assert {one["name"] for one in described["parameters"]} == LIST


@pytest.mark.parametrize(
    ("path", "errors"),
    [
        ("/api/companies", {"422"}),
        ("/api/companies/{slug}", {"404"}),
        ("/api/compare", {"404", "422"}),
        ("/api/measures", set()),
        ("/api/sources", set()),
        ("/companies.csv", {"422"}),
        ("/companies.parquet", {"422", "501"}),
    ],
)
def test_errors_are_described_as_problem_details(
    description: dict[str, Any], path: str, errors: set[str]
) -> None:
    responses = description["paths"][path]["get"]["responses"]
    assert set(responses) - {"200"} == errors
    for status in errors:
        assert "application/problem+json" in responses[status]["content"]


@pytest.mark.xfail(strict=True, reason="an error is also described as application/json")
def test_errors_are_described_as_nothing_else(description: dict[str, Any]) -> None:
    responses = description["paths"]["/api/companies"]["get"]["responses"]
    assert list(responses["422"]["content"]) == ["application/problem+json"]


def described_keys(description: dict[str, Any], schema: str) -> set[str]:
    return set(description["components"]["schemas"][schema]["properties"])


@pytest.mark.parametrize(
    ("url", "schema"),
    [
        ("/api/companies", "ListView"),
        ("/api/companies/zte", "CompanyView"),
        ("/api/compare?c=zte&c=intel", "CompaniesView"),
        ("/api/measures", "MeasuresView"),
        ("/api/sources", "SourcesView"),
        ("/api/companies?size=0", "ProblemView"),
    ],
)
def test_an_answer_has_the_keys_that_are_described(
    six_site: TestClient, description: dict[str, Any], url: str, schema: str
) -> None:
    keys = set(six_site.get(url).json())
    assert keys <= described_keys(description, schema)
    optional = {"errors", "closest"}
    assert described_keys(description, schema) - keys <= optional
