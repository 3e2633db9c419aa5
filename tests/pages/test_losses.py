"""A measure that can lie below zero, in the filter, its histogram and the charts."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.site import fields, main, names, open_page, serve

TABLE = """\
Company,Sales,Profit,Staff
Alder,100,-20,5
Birch,200,30,6
Cedar,300,-5,7
Dogwood,400,,8
"""
MAPPING = """\
source: {id: book, title: The Book}
currency: EUR
measures: {profit: {label: Profit, kind: money, unit: money, negative: true}}
company: {name: Company}
figures:
  - {measure: revenue, column: Sales, times: million, currency: EUR, period: 2015}
  - {measure: profit, column: Profit, times: million, currency: EUR, period: 2015}
  - {measure: employees, column: Staff, period: 2015}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("losses")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")
    (folder / "mapping.yaml").write_text(MAPPING, encoding="utf-8")
    data = folder / "data.yaml"
    data.write_text("tables: [{file: table.csv, mapping: mapping.yaml}]\n", encoding="utf-8")
    with serve(folder, data) as client:
        yield client


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("profit_max=-10M", ["Alder"]),
        ("profit_max=-5M", ["Alder", "Cedar"]),
        ("profit_max=%3C-5M", ["Alder"]),
        ("profit_max=%3C0", ["Alder", "Cedar"]),
        ("profit_min=-5M", ["Birch", "Cedar"]),
        ("profit_min=%E2%88%9220M&profit_max=-20M", ["Alder"]),
    ],
)
def test_a_filter_takes_bounds_below_zero(
    site: TestClient, query: str, expected: list[str]
) -> None:
    assert names(open_page(site, f"/?{query}&sort=name")) == expected


def test_a_bound_below_zero_stays_as_it_was_typed(site: TestClient) -> None:
    assert fields(open_page(site, "/?profit_max=-5M"))["profit_max"] == ["-5M"]


def test_losses_come_last_in_falling_order(site: TestClient) -> None:
    expected = ["Birch", "Cedar", "Alder", "Dogwood"]
    assert names(open_page(site, "/?sort=-profit")) == expected


def test_the_classes_of_a_histogram_lie_on_both_sides_of_zero(site: TestClient) -> None:
    page = site.get("/").text
    assert "Profit from −€10M to under €0: 1 company" in page
    assert "Profit from €30M: 1 company" in page


@pytest.mark.parametrize(
    "address",
    [
        "/charts?y=profit&x=revenue",
        "/charts?x=profit&y=employees",
        "/charts/scatter.svg?x=profit",
        "/charts/ranked/profit.svg",
        "/compare?c=alder&c=birch",
        "/companies/alder",
    ],
)
def test_pages_draw_losses(site: TestClient, address: str) -> None:
    assert site.get(address).status_code == 200


def test_an_axis_below_zero_is_even_and_says_so(site: TestClient) -> None:
    words = main(open_page(site, "/charts?y=profit&x=revenue")).seen
    assert "One axis is logarithmic." in words
    assert "Profit, EUR, log scale" not in words


def test_about_says_that_it_can_be_any_number(site: TestClient) -> None:
    assert "any number, below zero too" in open_page(site, "/about").seen
