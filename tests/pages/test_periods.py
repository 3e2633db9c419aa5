"""Figures of several years and measures of the data set's own, as the pages show them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.site import names, open_page, serve_text, table

DATA = """\
title: Over the years
sources: {gazette: {title: Gazette}}
measures:
  rd_spend: {label: R&D spend, kind: money, unit: money}
companies:
  - slug: alder
    name: Alder
    source: gazette
    employees: [{stated: "50", period: 2014}, {stated: "60", period: 2015/16}]
    revenue: [{stated: $100M, period: 2014}, {stated: $120M, period: 2015/16}]
    rd_spend: {stated: $10M, period: 2014}
  - slug: birch
    name: Birch
    source: gazette
    employees: {stated: "70", period: 2014}
    rd_spend: {stated: more than $5M, period: 2015/16}
  - slug: cedar
    name: Cedar
    source: gazette
    employees: "80"
"""


@pytest.fixture(scope="module")
def years_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("years"), DATA) as client:
        yield client


def employees(client: TestClient, address: str) -> dict[str, str]:
    return {name: row["Employees"].seen for name, row in table(open_page(client, address)).items()}


def test_the_list_shows_the_latest_of_each_figure_with_its_year(years_site: TestClient) -> None:
    assert employees(years_site, "/?sort=name") == {
        "Alder": "60 1 2015/16",
        "Birch": "70 1 2014",
        "Cedar": "80 1",
    }


@pytest.mark.parametrize("asked", ["2016", "2015/16"])
def test_a_year_shows_its_figures_and_never_a_neighbours(
    years_site: TestClient, asked: str
) -> None:
    shown = employees(years_site, f"/?period={asked}&sort=name")
    assert shown == {"Alder": "60 1", "Birch": "—"}


def test_who_has_no_figure_of_a_year_is_unknown_and_one_click_away(
    years_site: TestClient,
) -> None:
    page = open_page(years_site, "/?period=2014&sort=name")
    assert names(page) == ["Alder", "Birch"]
    assert "1 has no such figure of 2014" in page.seen
    assert names(open_page(years_site, "/?period=2014&unknown=1&sort=name")) == [
        "Alder",
        "Birch",
        "Cedar",
    ]


def test_a_year_of_which_nobody_has_a_figure_finds_nobody(years_site: TestClient) -> None:
    assert names(open_page(years_site, "/?period=1999")) == []


def test_a_filter_asks_the_figures_of_the_year_chosen(years_site: TestClient) -> None:
    assert names(open_page(years_site, "/?employees_max=55")) == []
    assert names(open_page(years_site, "/?employees_max=55&period=2014")) == ["Alder"]


@pytest.mark.parametrize("given", ["soon", "2014-2016", "20145", "-1"])
def test_what_is_no_year_is_refused(years_site: TestClient, given: str) -> None:
    answer = years_site.get(f"/?period={given}")
    assert answer.status_code == 422
    assert "2015/16" in answer.text


def test_the_years_are_offered_the_latest_first(years_site: TestClient) -> None:
    select = open_page(years_site, "/?period=2014").one("select", name="period")
    options = [(one.get("value"), one.seen) for one in select.all("option")]
    assert options == [("", "latest of each figure"), ("2016", "2016"), ("2014", "2014")]
    assert select.one("option", selected="").get("value") == "2014"


def test_one_year_alone_is_no_choice(tmp_path: Path) -> None:
    one = DATA.replace("2015/16", "2014").replace("60", "50").replace("$120M", "$100M")
    with serve_text(tmp_path, one) as client:
        page = open_page(client, "/")
        assert "period" not in [select.get("name") for select in page.all("select")]
        assert table(page)["Alder"]["Employees"].seen == "50 1"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("rd_spend_min=6M", ["Alder", "Birch"]),
        ("rd_spend_min=6M&maybe=0", ["Alder"]),
        ("rd_spend_min=6M&period=2016", ["Birch"]),
        ("rd_spend_max=5M", []),
        ("sort=-rd_spend", ["Alder", "Birch", "Cedar"]),
        ("sort=rd_spend", ["Birch", "Alder", "Cedar"]),
    ],
)
def test_an_own_measure_is_filtered_and_sorted_as_a_built_in_one(
    years_site: TestClient, query: str, found: list[str]
) -> None:
    assert names(open_page(years_site, f"/?{query}")) == found


def test_an_own_measure_keeps_its_place_in_the_address_and_has_a_chip(
    years_site: TestClient,
) -> None:
    page = open_page(years_site, "/?rd_spend_min=6M&sort=name")
    assert "R&D spend from $6M" in page.seen
    assert any("rd_spend_min=6M" in one.get("href") for one in page.all("a") if one.get("href"))
    assert page.one("input", id="f-rd_spend_min").get("value") == "6M"


def test_files_and_api_hold_the_figures_of_the_year_too(years_site: TestClient) -> None:
    rows = years_site.get("/companies.csv?period=2014&sort=name").text.splitlines()
    at = rows[0].split(",").index("employees_value")
    assert [(row.split(",")[0], row.split(",")[at]) for row in rows[1:]] == [
        ("alder", "50"),
        ("birch", "70"),
    ]
    figures = years_site.get("/figures.csv?period=2014").text
    assert "2014" in figures
    assert "2015/16" not in figures
    items = years_site.get("/api/companies?period=2014&sort=name").json()["items"]
    assert [item["figures"]["employees"]["low"] for item in items] == [50, 70]


def test_an_own_measure_can_be_an_axis_and_is_ranked(years_site: TestClient) -> None:
    page = open_page(years_site, "/charts?x=rd_spend&y=revenue")
    assert "Revenue against R&D spend" in page.seen
    assert years_site.get("/charts/ranked/rd_spend.svg").status_code == 200


def test_every_figure_of_a_company_stays_on_its_profile(years_site: TestClient) -> None:
    seen = open_page(years_site, "/companies/alder").seen
    assert "Employees, 2014" in seen


def test_about_names_nothing_to_review_where_no_table_was_read(years_site: TestClient) -> None:
    assert "Matched by name" not in open_page(years_site, "/about").seen


@pytest.mark.parametrize("address", ["/?period=1999", "/compare?c=alder&c=birch&period=1999"])
def test_a_year_without_any_figure_stays_chosen_in_the_menu(
    years_site: TestClient, address: str
) -> None:
    (menu,) = open_page(years_site, address).all("select", name="period")
    assert [one.get("value") for one in menu.all("option") if "selected" in one.attrs] == ["1999"]
