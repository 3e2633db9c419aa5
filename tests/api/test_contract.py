"""The contract of the addresses for programs: names and meanings that stay."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.site import DATA, filled, open_page, rows_of, serve, serve_text

LIST = {
    "total", "yes", "maybe", "unknown", "none", "no", "counts_exact", "items", "next", "prev",
}  # fmt: skip
IDENTITY = ["slug", "name", "founded", "place", "industries", "country", "tags", "identifiers"]
COMPANY = {*IDENTITY, "figures"}
ALWAYS = {
    "revenue", "employees", "rd_staff", "rd_share_staff", "rd_share_revenue", "countries",
    "revenue_per_employee", "founded",
}  # fmt: skip
FIGURE = {
    "state", "low", "high", "low_open", "high_open", "unit", "currency", "period", "published",
    "as_stated", "source", "locator", "derivation",
}  # fmt: skip
PARTS = (
    "value", "low", "high", "low_open", "high_open", "unit", "currency", "state", "period",
    "as_stated", "source", "locator", "derivation",
)  # fmt: skip
SLUGS = ["huawei", "intel", "tencent", "zte", "neusoft", "royole"]
PROBLEM = "application/problem+json"


def get(client: TestClient, url: str, status: int = 200) -> Any:
    answer = client.get(url)
    assert answer.status_code == status, answer.text[:500]
    if status >= 400 and status != 503:
        assert answer.headers["content-type"] == PROBLEM
    return answer.json()


def figure(client: TestClient, slug: str, key: str) -> Any:
    return get(client, f"/api/companies/{slug}")["figures"][key]


def test_a_list_holds_the_agreed_keys(six_site: TestClient) -> None:
    found = get(six_site, "/api/companies?rd_share_max=50&unknown=1")
    assert set(found) == LIST
    assert found["total"] == sum(found[name] for name in ("yes", "maybe", "unknown", "no")) == 6
    assert found["counts_exact"] is True
    for item in found["items"]:
        assert set(item) == COMPANY | {"answer"}
        assert set(item["figures"]) >= ALWAYS
        for one in item["figures"].values():
            assert set(one) >= FIGURE | {"reason", "others"}
            assert all(set(other) >= FIGURE for other in one["others"])


def test_next_and_prev_walk_the_whole_list(six_site: TestClient) -> None:
    pages, url = [], "/api/companies?size=2"
    while url:
        pages.append(get(six_site, url))
        url = pages[-1]["next"]
    walked = [[item["slug"] for item in page["items"]] for page in pages]
    assert walked == [SLUGS[:2], SLUGS[2:4], SLUGS[4:]]
    assert pages[0]["prev"] is None
    for expected in (SLUGS[2:4], SLUGS[:2]):
        pages.append(get(six_site, pages[-1]["prev"]))
        assert [item["slug"] for item in pages[-1]["items"]] == expected
    assert pages[-1]["prev"] is None


def test_a_single_company_is_an_item_without_answer(six_site: TestClient) -> None:
    for item in get(six_site, "/api/companies")["items"]:
        assert item.pop("answer") == "yes"
        assert get(six_site, f"/api/companies/{item['slug']}") == item
        assert get(six_site, f"/companies/{item['slug']}.json") == item


def test_figures_tell_what_is_known(six_site: TestClient) -> None:
    share = figure(six_site, "huawei", "rd_share_staff")
    assert (share["state"], share["low"], share["high"]) == ("derived",) + (0.447058823529,) * 2
    assert "76k" in share["derivation"]
    assert "170K" in share["derivation"]
    tencent = figure(six_site, "tencent", "rd_share_staff")
    assert [tencent[key] for key in ("low", "high", "low_open", "high_open")] == [
        0.5, 1, True, False,
    ]  # fmt: skip
    zte = figure(six_site, "zte", "rd_share_revenue")
    assert [zte[key] for key in ("low", "high", "low_open")] == [0.1, None, True]
    assert figure(six_site, "royole", "revenue")["state"] == "none"
    assert figure(six_site, "royole", "revenue_per_employee")["state"] == "none"
    assert figure(six_site, "neusoft", "countries")["state"] == "unknown"
    wechat = figure(six_site, "tencent", "mau_wechat")
    assert wechat["low"] == wechat["high"] == 806_000_000
    assert [(one["low"], one["low_open"]) for one in wechat["others"]] == [(800_000_000, True)]
    assert wechat["reason"] == "first"
    assert figure(six_site, "tencent", "mau_qq")["others"] == []


def test_a_comparison_keeps_the_order_and_drops_duplicates(six_site: TestClient) -> None:
    found = get(six_site, "/api/compare?c=zte&c=huawei&c=zte")
    assert [one["slug"] for one in found["items"]] == ["zte", "huawei"]
    assert get(six_site, "/api/compare?c=zte&c=nobody", 404)["status"] == 404
    for slugs in (["zte"], [f"c-{n}" for n in range(9)]):
        problem = get(six_site, "/api/compare?" + "&".join(f"c={one}" for one in slugs), 422)
        assert [one["field"] for one in problem["errors"]] == ["c"]


def test_measures_and_sources_are_listed(six_site: TestClient) -> None:
    assert {one["key"] for one in get(six_site, "/api/measures")["items"]} > ALWAYS
    (source,) = get(six_site, "/api/sources")["items"]
    assert (source["id"], source["published"], source["url"]) == (
        "collier-2016", "2016-11-21", None,
    )  # fmt: skip
    assert source["companies"] == 6


def test_the_probes_tell_whether_data_are_loaded(six_site: TestClient, tmp_path: Path) -> None:
    get(six_site, "/healthz")
    assert get(six_site, "/readyz")["version"] == 1
    with serve_text(tmp_path, "companies: [") as broken:
        get(broken, "/healthz")
        get(broken, "/readyz", 503)


def test_an_unknown_slug_gets_the_closest_names(six_site: TestClient) -> None:
    for url in ("/api/companies/huwei", "/companies/huwei.json"):
        problem = get(six_site, url, 404)
        assert {"type", "title", "status", "detail"} <= set(problem)
        assert problem["closest"][0] == "huawei"


BAD = (
    ("revenue_min", "lots"),
    ("revenue_min", "NaN"),
    ("revenue_max", "inf"),
    ("revenue_min", "€5B"),
    ("employees_min", "-1"),
    ("employees_max", "1.5"),
    ("countries_min", "x"),
    ("founded_min", "early"),
    ("rd_share_min", "1.23456"),
    ("sort", "size"),
    ("size", "0"),
    ("size", "201"),
    ("cursor", "nonsense"),
    ("rd_basis", "both"),
    ("unknown", "yes"),
    ("maybe", "2"),
    ("lacks", "nothing"),
    ("q", "x" * 101),
)


@pytest.mark.parametrize(("field", "typed"), BAD)
def test_a_bad_field_is_named(six_site: TestClient, field: str, typed: str) -> None:
    for path in ("/api/companies", "/companies.csv", "/companies.json"):
        answer = six_site.get(path, params={field: typed})
        assert answer.status_code == 422
        assert answer.headers["content-type"] == PROBLEM
        assert [one["field"] for one in answer.json()["errors"]] == [field]
        assert answer.json()["errors"][0]["accepted"]
    assert six_site.get("/", params={field: typed}).status_code == 422


def test_a_lower_bound_above_the_upper_is_refused(six_site: TestClient) -> None:
    problem = get(six_site, "/api/companies?revenue_min=2B&revenue_max=1B", 422)
    assert problem["errors"][0]["field"].startswith("revenue_")


def test_the_form_keeps_what_was_typed(six_site: TestClient) -> None:
    page = open_page(six_site, "/?revenue_min=lots&employees_min=5k&q=tel", 422)
    kept = filled(page)
    assert (kept["revenue_min"], kept["employees_min"], kept["q"]) == (["lots"], ["5k"], ["tel"])


def test_what_we_do_not_know_is_ignored_or_matches_nobody(six_site: TestClient) -> None:
    assert get(six_site, "/api/companies?utm_source=x")["yes"] == 6
    assert get(six_site, "/api/companies?industry=alchemy")["no"] == 6


SMALL = """\
title: Small
sources:
  s: {title: A source}
companies:
  - slug: new
    name: "=1+1"
    formerly: [old]
    source: s
    locator: A
    place: "+x"
    industries: ["@y"]
    employees: "600"
  - {slug: minus, name: "-cmd"}
"""


def test_a_former_slug_leads_to_the_present_one(tmp_path: Path) -> None:
    with serve_text(tmp_path, SMALL) as client:
        for url in ("/companies/{}", "/companies/{}.json", "/api/companies/{}"):
            answer = client.get(url.format("old"))
            assert answer.status_code == 308
            assert answer.headers["location"] == url.format("new")


@pytest.mark.parametrize("url", ["/api/compare", "/compare.json"])
def test_a_comparison_reads_a_former_slug_as_the_present_one(tmp_path: Path, url: str) -> None:
    with serve_text(tmp_path, SMALL) as client:
        found = get(client, f"{url}?c=old&c=minus")["items"]
        assert [item["slug"] for item in found] == ["new", "minus"]
        assert [i["slug"] for i in get(client, f"{url}?c=minus&c=old&c=new")["items"]] == [
            "minus",
            "new",
        ]
        assert client.get(f"{url}?c=old&c=new").status_code == 422
        assert client.get(f"{url}?c=old&c=nobody").status_code == 404


def test_the_csv_of_a_comparison_reads_a_former_slug_too(tmp_path: Path) -> None:
    with serve_text(tmp_path, SMALL) as client:
        found = rows_of(client.get("/compare.csv?c=old&c=minus"))
        assert [row["slug"] for row in found] == ["new", "minus"]
        assert client.get("/compare.csv?c=old&c=new").status_code == 422
        assert client.get("/compare.csv?c=old&c=nobody").status_code == 404


def test_no_text_of_a_csv_runs_as_a_formula(tmp_path: Path) -> None:
    with serve_text(tmp_path, SMALL) as client:
        rows = {row["slug"]: row for row in rows_of(client.get("/companies.csv"))}
    found = [rows["new"][name] for name in ("name", "place", "industries", "employees_value")]
    assert found == ["'=1+1", "'+x", "'@y", "600"]
    assert rows["minus"]["name"] == "'-cmd"


def test_the_first_line_of_the_csv_is_as_agreed(six_site: TestClient) -> None:
    header = six_site.get("/companies.csv").text.split("\r\n")[0].split(",")
    assert header[:6] == ["slug", "name", "answer", "founded", "place", "industries"]
    assert header[-3:] == ["country", "tags", "identifiers"]
    keys = [one.removesuffix("_value") for one in header[6:-3:13]]
    assert set(keys[: len(ALWAYS)]) == ALWAYS  # Behind them the data set's own measures.
    assert header[6:-3] == [f"{key}_{part}" for key in keys for part in PARTS]


def test_figures_csv_holds_every_figure(six_site: TestClient) -> None:
    rows = rows_of(six_site.get("/figures.csv"))
    found = sorted((row["slug"], row["measure"], row["state"]) for row in rows)
    known = sorted(
        (item["slug"], key, one["state"])
        for item in get(six_site, "/api/companies")["items"]
        for key, headline in item["figures"].items()
        for one in (headline, *headline["others"])
        if one["state"] != "unknown"
    )
    assert found == known


def test_head_answers_as_get_does(tmp_path: Path) -> None:
    with serve(tmp_path, DATA) as client:
        for url in ("/", "/api/companies", "/companies/huawei", "/companies.csv"):
            assert client.head(url).status_code == 200
        assert client.head("/companies/nobody").status_code == 404
