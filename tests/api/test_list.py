"""The list as programs read it: a contract of names, counts and addresses."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, query_of, serve_text

LIST_KEYS = [
    "total",
    "yes",
    "maybe",
    "unknown",
    "none",
    "no",
    "counts_exact",
    "items",
    "next",
    "prev",
]
ITEM_KEYS = [
    *("slug", "name", "founded", "place", "industries", "country", "tags", "identifiers"),
    *("answer", "figures"),
]
FIGURE_KEYS = [
    "state",
    "low",
    "high",
    "low_open",
    "high_open",
    "unit",
    "currency",
    "period",
    "published",
    "as_stated",
    "source",
    "locator",
    "derivation",
    "note",  # What the data file remarks on a figure.
    "conversion",
]
ALWAYS = [
    "revenue",
    "employees",
    "rd_staff",
    "rd_share_staff",
    "rd_share_revenue",
    "countries",
    "revenue_per_employee",
    "founded",
]
OWN = {
    "neusoft": {"software_bases", "regional_centres", "cities_china"},
    "zte": {"rd_centres", "smart_city_cities", "smart_city_countries"},
    "intel": set(),
    "tencent": {"mau_qq", "mau_wechat", "institute_investment"},
    "royole": set(),
    "huawei": {"networks_built"},
}


def ask(client: TestClient, query: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/companies?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    read: dict[str, Any] = answer.json()
    return read


def items(client: TestClient, query: str = "") -> dict[str, dict[str, Any]]:
    return {item["slug"]: item for item in ask(client, query)["items"]}


def figure(client: TestClient, slug: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = items(client)[slug]["figures"][key]
    return found


def test_a_list_has_these_keys_and_no_others(six_site: TestClient) -> None:
    assert sorted(ask(six_site)) == sorted(LIST_KEYS)


def test_an_item_has_these_keys_and_no_others(six_site: TestClient) -> None:
    for item in items(six_site).values():
        assert sorted(item) == sorted(ITEM_KEYS)


def test_a_figure_has_these_keys_and_no_others(six_site: TestClient) -> None:
    for item in items(six_site).values():
        for headline in item["figures"].values():
            assert sorted(headline) == sorted([*FIGURE_KEYS, "reason", "others"])
            for other in headline["others"]:
                assert sorted(other) == sorted(FIGURE_KEYS)


def test_the_built_in_measures_are_always_there_and_others_where_stated(
    six_site: TestClient,
) -> None:
    for slug, item in items(six_site).items():
        assert set(item["figures"]) == set(ALWAYS) | OWN[slug]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "rd_share_min=40",
        "rd_share_min=40&revenue_min=20B",
        "revenue_max=1B&unknown=1",
        "q=tele&maybe=0",
        "industry=forestry",
        "lacks=revenue",
    ],
)
def test_the_total_is_the_sum_of_the_answers(six_site: TestClient, query: str) -> None:
    answer = ask(six_site, query)
    parts = [answer[key] for key in ("yes", "maybe", "unknown", "no")]
    assert answer["total"] == sum(parts) == 6
    assert 0 <= answer["none"] <= answer["unknown"]
    assert answer["counts_exact"] is True


def test_an_exact_number_has_two_equal_ends(six_site: TestClient) -> None:
    assert figure(six_site, "huawei", "revenue") == {
        "state": "stated",
        "low": 61_000_000_000,
        "high": 61_000_000_000,
        "low_open": False,
        "high_open": False,
        "unit": "money",
        "currency": "USD",
        "period": "2015",
        "published": "2016-11-21",
        "as_stated": "$61B USD",
        "source": "collier-2016",
        "locator": "Snapshots",
        "derivation": None,
        "note": None,
        "conversion": None,
        "reason": None,
        "others": [],
    }


def test_whole_numbers_are_integers(six_site: TestClient) -> None:
    found = items(six_site)["huawei"]
    assert type(found["founded"]) is int
    assert type(found["figures"]["revenue"]["low"]) is int
    assert type(found["figures"]["employees"]["low"]) is int


@pytest.mark.parametrize(
    ("slug", "key", "ends"),
    [
        ("tencent", "rd_share_staff", (0.5, 1, True, False)),
        ("zte", "rd_share_revenue", (0.1, None, True, True)),
        ("huawei", "rd_share_staff", (0.447058823529, 0.447058823529, False, False)),
        ("neusoft", "cities_china", (40, None, False, True)),
        ("huawei", "networks_built", (1500, None, True, True)),
        ("zte", "smart_city_cities", (140, None, True, True)),
        ("tencent", "institute_investment", (14_000_000, None, True, True)),
        ("huawei", "revenue_per_employee", (358_823.53, 358_823.53, False, False)),
        ("intel", "rd_staff", (None, None, None, None)),
        ("royole", "revenue", (None, None, None, None)),
    ],
)
def test_shares_are_fractions_money_is_whole_and_what_is_infinite_is_null(
    six_site: TestClient, slug: str, key: str, ends: tuple[object, ...]
) -> None:
    found = figure(six_site, slug, key)
    assert tuple(found[end] for end in ("low", "high", "low_open", "high_open")) == ends


@pytest.mark.parametrize(
    ("slug", "key", "state", "as_stated"),
    [
        ("royole", "revenue", "none", "will commercialize 2017"),
        ("royole", "revenue_per_employee", "none", None),
        ("royole", "rd_staff", "unknown", None),
        ("huawei", "rd_share_staff", "derived", None),
        ("huawei", "employees", "stated", "170K"),
    ],
)
def test_the_four_states_are_told_apart(
    six_site: TestClient, slug: str, key: str, state: str, as_stated: str | None
) -> None:
    found = figure(six_site, slug, key)
    assert (found["state"], found["as_stated"]) == (state, as_stated)


def test_what_is_not_stated_has_a_unit_and_nothing_else(six_site: TestClient) -> None:
    found = figure(six_site, "intel", "rd_share_revenue")
    told = {key: value for key, value in found.items() if value not in (None, [])}
    assert told == {"state": "unknown", "unit": "fraction"}


def test_a_second_printed_form_stands_with_its_place(six_site: TestClient) -> None:
    found = figure(six_site, "huawei", "employees")
    assert found["locator"] == "Snapshots; Innovation 2 (170,000)"


def test_a_derived_figure_tells_its_formula_and_inputs(six_site: TestClient) -> None:
    found = figure(six_site, "huawei", "rd_share_staff")
    assert found["derivation"] == (
        "R&D staff ÷ Employees: undated R&D staff (76k) over undated employees (170K)"
    )
    assert (found["period"], found["published"]) == (None, "2016-11-21")


def test_further_figures_stand_with_the_first(six_site: TestClient) -> None:
    found = figure(six_site, "tencent", "mau_wechat")
    (other,) = found["others"]
    assert (found["low"], found["as_stated"]) == (806_000_000, "806 million")
    assert (other["low"], other["low_open"], other["high"]) == (800_000_000, True, None)
    assert other["as_stated"] == "more than 800 million users"
    assert other["locator"] == "5G 3"
    assert other["note"] == "The source counts users here, not accounts."


def test_a_stated_figure_comes_first_a_dated_one_before_an_undated_one(tmp_path: Path) -> None:
    text = f"""{CAST}
  - slug: alder
    name: Alder
    source: gazette
    revenue: [$4M, {{stated: $5M, period: 2014}}, {{stated: $6M, period: 2015}}]
    employees: 100
    revenue_per_employee: up to $99k
"""
    with serve_text(tmp_path, text) as client:
        revenue = figure(client, "alder", "revenue")
        assert [revenue["low"], *(one["low"] for one in revenue["others"])] == [
            6_000_000,
            5_000_000,
            4_000_000,
        ]
        ratio = figure(client, "alder", "revenue_per_employee")
        assert [ratio["state"], *(one["state"] for one in ratio["others"])] == [
            "stated",
            "derived",
        ]
        assert (ratio["low"], ratio["high"]) == (0, 99_000)


def test_an_item_tells_who_the_company_is(six_site: TestClient) -> None:
    found = items(six_site)["intel"]
    assert {key: found[key] for key in ITEM_KEYS[:-1]} == {
        "slug": "intel",
        "name": "Intel",
        "founded": 1968,
        "place": "given as Santa Clara, CA; maker team visited in Beijing",
        "industries": ["semiconductors and computing"],
        "country": None,
        "tags": [],
        "identifiers": [],
        "answer": "yes",
    }
    assert items(six_site)["huawei"]["place"] is None


def test_a_year_that_is_no_one_number_is_null(tmp_path: Path) -> None:
    text = f"{CAST}  - {{slug: alder, name: Alder, source: gazette, founded: 1980-1985}}\n"
    with serve_text(tmp_path, text) as client:
        assert items(client)["alder"]["founded"] is None
        assert figure(client, "alder", "founded")["low"] == 1980


def walk(client: TestClient, url: str | None, way: str) -> tuple[list[list[str]], str]:
    """The slugs of the pages from an address on, and the last address."""
    pages, last = [], ""
    while url:
        answer = client.get(url).json()
        pages.append([item["slug"] for item in answer["items"]])
        last, url = url, answer[way]
    return pages, last


WALKS = [
    "size=1",
    "size=2",
    "size=4",
    "size=2&sort=countries",
    "size=2&sort=-rd_share_staff",
    "size=1&rd_share_min=40&unknown=1",
    "size=2&sort=-name&maybe=0&rd_share_min=40&unknown=1",
]


@pytest.mark.parametrize("query", WALKS)
def test_next_and_prev_walk_the_whole_list_both_ways(six_site: TestClient, query: str) -> None:
    whole = [item["slug"] for item in six_site.get(f"/companies.json?{query}").json()["items"]]
    size = int(query[5])
    expected = [whole[start : start + size] for start in range(0, len(whole), size)]
    forward, last = walk(six_site, f"/api/companies?{query}", "next")
    assert forward == expected
    backward, first = walk(six_site, last, "prev")
    assert backward == expected[::-1]
    assert walk(six_site, first, "next")[0] == expected


def test_a_neighbour_keeps_the_query(six_site: TestClient) -> None:
    url = ask(six_site, "rd_share_min=40&size=1&sort=name")["next"]
    assert url.startswith("/api/companies?")
    kept = {name: values for name, values in query_of(url).items() if name != "cursor"}
    assert kept == {"rd_share_min": ["40"], "size": ["1"], "sort": ["name"]}


def test_one_page_has_no_neighbours(six_site: TestClient) -> None:
    answer = ask(six_site)
    assert (answer["next"], answer["prev"]) == (None, None)


def test_counts_are_those_of_the_whole_list_on_every_page(six_site: TestClient) -> None:
    first = ask(six_site, "rd_share_min=40&size=1&unknown=1")
    second = six_site.get(first["next"]).json()
    for key in ("total", "yes", "maybe", "unknown", "none", "no"):
        assert first[key] == second[key]


def test_an_unknown_parameter_is_ignored(six_site: TestClient) -> None:
    plain = ask(six_site, "rd_share_min=40")
    assert ask(six_site, "rd_share_min=40&colour=red&page=9&Rd_Basis=x") == plain


@pytest.mark.parametrize("field", ["revenue_min", "rd_share_max", "q", "sort", "size", "cursor"])
def test_a_blank_field_is_no_filter(six_site: TestClient, field: str) -> None:
    assert ask(six_site, f"{field}=") == ask(six_site, "")


@pytest.mark.parametrize(
    ("amount", "same"),
    [
        ("10B", "10000000000"),
        ("1.5bn", "1500000000"),
        ("500M", "500000000"),
        ("61,000,000,000", "61e9"),
        ("$2e9", "2 billion"),
    ],
)
def test_the_amounts_of_people_work_here_too(six_site: TestClient, amount: str, same: str) -> None:
    one, two = (
        six_site.get("/api/companies", params={"revenue_min": typed}).json()
        for typed in (amount, same)
    )
    assert one == two
    assert one["yes"] < 6


def test_an_amount_in_another_currency_answers_unknown(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, revenue: €5M}}
  - {{slug: birch, name: Birch, source: gazette, revenue: $5M}}
"""
    with serve_text(tmp_path, text) as client:
        answer = ask(client, "revenue_min=1&unknown=1")
        assert {item["slug"]: item["answer"] for item in answer["items"]} == {
            "birch": "yes",
            "alder": "unknown",
        }
        assert (answer["unknown"], answer["none"]) == (1, 0)


def test_the_whole_list_at_once_ignores_paging(six_site: TestClient) -> None:
    onward = ask(six_site, "size=2")["next"].partition("?")[2]
    whole = six_site.get(f"/companies.json?{onward}").json()
    assert sorted(whole) == sorted(LIST_KEYS)
    assert [item["slug"] for item in whole["items"]] == list(items(six_site))
    assert (whole["next"], whole["prev"]) == (None, None)
