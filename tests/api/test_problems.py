"""Errors for programs: problem details of RFC 9457, each with what can be done about it."""

import json
from base64 import urlsafe_b64encode
from typing import NoReturn

import pytest
from fastapi.testclient import TestClient

from app.api.exports import ENDINGS, EXPORTS
from tests.site import query_of

PROBLEM = "application/problem+json"
BASIC = {"type", "title", "status", "detail"}


def problem(client: TestClient, url: str, method: str = "GET") -> dict[str, object]:
    answer = client.request(method, url)
    assert answer.headers["content-type"] == PROBLEM
    told: dict[str, object] = answer.json()
    assert told["status"] == answer.status_code
    assert told["type"] == "about:blank"
    assert told["title"]
    assert told["detail"]
    return told


@pytest.mark.parametrize(
    "url", ["/api/companies/huawai", "/companies/huawai.json", "/api/compare?c=zte&c=huawai"]
)
def test_an_unknown_company_is_told_with_the_closest_slugs(six_site: TestClient, url: str) -> None:
    assert problem(six_site, url) == {
        "type": "about:blank",
        "title": "No such company",
        "status": 404,
        "detail": "No company is filed under “huawai”.",
        "closest": ["huawei"],
    }


def test_in_a_file_of_a_comparison_too(six_site: TestClient) -> None:
    told = problem(six_site, "/compare.csv?c=zte&c=huawai")
    assert (told["status"], told["closest"]) == (404, ["huawei"])


@pytest.mark.parametrize(
    "url", ["/api/nothing", "/api/companies/a/b", *(f"/nothing{ending}" for ending in ENDINGS)]
)
def test_an_unknown_address_is_told(six_site: TestClient, url: str) -> None:
    told = problem(six_site, url)
    assert (told["status"], set(told)) == (404, BASIC)


@pytest.mark.parametrize("url", ["/api/companies", "/companies.csv", "/companies/zte.json"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_an_address_can_only_be_read(six_site: TestClient, method: str, url: str) -> None:
    told = problem(six_site, url, method)
    assert (told["status"], set(told)) == (405, BASIC)


LISTS = ["/api/companies", *(f"/{export.name}" for export in EXPORTS)]


@pytest.mark.parametrize("path", LISTS)
def test_every_field_that_cannot_be_read_is_told(six_site: TestClient, path: str) -> None:
    told = problem(six_site, f"{path}?revenue_min=abc&size=0&maybe=2&rd_share_min=1.23456")
    assert told["title"] == "That cannot be searched for"
    assert told["errors"] == [
        {
            "field": "revenue_min",
            "given": "abc",
            "accepted": "an amount in USD of 0 or more, as 10B, 1.5bn, 500M or 61,000,000,000",
        },
        {
            "field": "rd_share_min",
            "given": "1.23456",
            "accepted": "at most 4 decimals, as 12.3456",
        },
        {"field": "maybe", "given": "2", "accepted": "0 or 1"},
        {"field": "size", "given": "0", "accepted": "a whole number from 1 to 200"},
    ]
    assert set(told) == BASIC | {"errors"}


@pytest.mark.parametrize("path", LISTS)
def test_a_lower_bound_above_the_upper_one_is_told(six_site: TestClient, path: str) -> None:
    told = problem(six_site, f"{path}?rd_share_min=50&rd_share_max=40")
    assert told["errors"] == [
        {
            "field": "rd_share_max",
            "given": "40",
            "accepted": "at least the lower bound, which is 50",
        }
    ]


@pytest.mark.parametrize("path", LISTS)
def test_too_many_values_of_a_facet_are_told(six_site: TestClient, path: str) -> None:
    query = "&".join(f"country={n}" for n in range(51))
    told = problem(six_site, f"{path}?{query}")
    accepted = "at most 50 values; 51 were given"
    assert told["status"] == 422
    assert told["errors"] == [{"field": "country", "given": "50", "accepted": accepted}]


@pytest.mark.parametrize("path", ["/api/compare", "/compare.json", "/compare.csv"])
def test_slugs_longer_than_any_and_more_than_are_compared_are_told(
    six_site: TestClient, path: str
) -> None:
    for query, given, accepted in (
        (f"c=zte&c={'a' * 81}", f"{'a' * 80}…", "slugs of at most 80 characters"),
        (f"c={'&c='.join('abcdefghi')}", "a, b, c, d, e, f, g, h, i", "9 were given"),
        (
            "&".join(f"c={n}" for n in range(21)),
            ", ".join(map(str, range(20))) + ", …",
            "21 were given",
        ),
    ):
        told = problem(six_site, f"{path}?{query}")
        (error,) = told["errors"] if isinstance(told["errors"], list) else []
        assert (told["status"], error["field"], error["given"]) == (422, "c", given)
        assert accepted in error["accepted"]
    longest = f"{path}?c=zte&c={'a' * 80}"
    assert problem(six_site, longest)["status"] == 404


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_of_another_order_is_told(six_site: TestClient, path: str) -> None:
    onward = six_site.get("/api/companies?size=2").json()["next"]
    (cursor,) = query_of(onward)["cursor"]
    assert six_site.get(f"{path}?cursor={cursor}").status_code == 200
    told = problem(six_site, f"{path}?cursor={cursor}&sort=name")
    (error,) = told["errors"] if isinstance(told["errors"], list) else []
    assert error["field"] == "cursor"


def cursor(*values: object) -> str:
    """A cursor of our shape with values of anyone's."""
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


SOUND = ("-revenue", 3, 5, "zte", False)
OLD = ("-revenue", 3, 5, False, "zte", False)
"""A cursor of an earlier version of the program."""
TAMPERED = [
    cursor(*SOUND[:2], 2**63, *SOUND[3:]),
    cursor(*SOUND[:2], -(2**63), *SOUND[3:]),
    cursor(*SOUND[:2], "5", *SOUND[3:]),
    cursor(*SOUND[:2], 5.5, *SOUND[3:]),
    cursor(*SOUND[:2], True, *SOUND[3:]),
    cursor(SOUND[0], 2**70, *SOUND[2:]),
    cursor(SOUND[0], None, *SOUND[2:]),
    cursor(*SOUND[:3], 7, False),
    cursor(*SOUND[:3], "\x00", False),
    cursor(*SOUND[:4], 1),
    cursor(*SOUND[:4]),
    cursor(*SOUND, "more", "still"),
    cursor("name", *OLD[1:]),
    cursor(),
    urlsafe_b64encode(b"[" * 5000).decode(),
    "e30",
    "W10",
    "%C3%A9",
    "a",
]


def test_a_sound_cursor_is_taken(six_site: TestClient) -> None:
    assert six_site.get(f"/api/companies?cursor={cursor(*SOUND)}").status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_of_an_earlier_program_leads_to_the_first_page(
    six_site: TestClient, path: str
) -> None:
    first, found = six_site.get(path), six_site.get(f"{path}?cursor={cursor(*OLD)}")
    assert (first.status_code, found.status_code) == (200, 200)
    if "xlsx" not in path:  # It contains the time at which it was made.
        assert found.content == first.content


@pytest.mark.parametrize(
    ("path", "typed"),
    [*((LISTS[0], typed) for typed in TAMPERED), *((path, "e30") for path in LISTS[1:])],
)
def test_a_cursor_that_is_none_of_ours_is_told(six_site: TestClient, path: str, typed: str) -> None:
    told = problem(six_site, f"{path}?cursor={typed}")
    assert told["status"] == 422
    assert "the cursor of a page in this very order, or none" in str(told["errors"])


@pytest.mark.parametrize("path", ["/api/compare", "/compare.json", "/compare.csv"])
@pytest.mark.parametrize("query", ["", "?c=zte", "?c=zte&c=zte", "?c=&c=zte"])
def test_fewer_than_two_are_no_comparison(six_site: TestClient, path: str, query: str) -> None:
    told = problem(six_site, path + query)
    assert told["status"] == 422
    assert "2 to 8 companies" in str(told["errors"])


FAULTS = [
    ("/api/companies", "app.api.reading.count_companies"),
    ("/api/companies/zte", "app.api.reading.get_company"),
    ("/companies.json", "app.api.reading.count_companies"),
    ("/companies.xlsx", "app.api.listed.every_line"),
    ("/figures.parquet", "app.api.listed.every_line"),
    ("/api/sources", "app.api.reading.count_figures"),
    ("/compare.csv?c=zte&c=intel", "app.api.reading.get_every_company"),
]


def fail(*_: object, **__: object) -> NoReturn:
    raise RuntimeError("what went wrong inside")


@pytest.mark.parametrize(("url", "function"), FAULTS)
def test_a_fault_of_ours_tells_nothing_of_the_inside(
    six_site: TestClient, monkeypatch: pytest.MonkeyPatch, url: str, function: str
) -> None:
    monkeypatch.setattr(function, fail)
    told = problem(six_site, url)
    assert (told["status"], set(told)) == (500, BASIC)
    for trace in ("inside", "RuntimeError", "Traceback", ".py"):
        assert trace not in str(told)
