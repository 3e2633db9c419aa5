"""Amounts in a currency that the reader chose, as the pages and the files show them."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.site import chips, filled, main, note, open_page, rows_of, serve_text, table

DATA = """\
title: Two currencies
currency: USD
sources:
  gazette: {title: Gazette}
  bank: {title: A bank, locators: {Averages: the table of yearly averages}}
rates:
  - {pair: EUR/USD, year: 2015, rate: 1.25, source: bank, locator: Averages}
companies:
  - slug: alder
    name: Alder
    source: gazette
    revenue: {stated: $100M, period: 2015}
    employees: {stated: "100", period: 2015}
  - slug: birch
    name: Birch
    source: gazette
    revenue: {stated: more than 90M EUR, period: 2015}
  - slug: cedar
    name: Cedar
    source: gazette
    revenue: {stated: 80M EUR, period: 2014}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("currencies"), DATA) as client:
        yield client


def revenues(client: TestClient, address: str) -> dict[str, str]:
    return {name: row["Revenue"].seen for name, row in table(open_page(client, address)).items()}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        pytest.param(
            "/?sort=name",
            {"Alder": "$100M 1 2015", "Birch": "> €90M 1 2015", "Cedar": "€80M 1 2014"},
            id="as stated",
        ),
        pytest.param(
            "/?sort=name&currency=USD",
            {
                "Alder": "$100M 1 2015",
                "Birch": "> $112.5M 1 2015, from EUR",
                "Cedar": "€80M 1 2014, no rate",
            },
            id="in dollars",
        ),
        pytest.param(
            "/?sort=name&currency=EUR&revenue_min=85M&unknown=1",
            {"Birch": "> €90M 1 2015"},
            id="a filter in euros",
        ),
        pytest.param(
            "/?sort=name&currency=USD&revenue_min=1M&unknown=1",
            {
                "Alder": "$100M 1 2015",
                "Birch": "> $112.5M 1 2015, from EUR",
                "Cedar": "€80M 1 2014, no rate",
            },
            id="what has no rate is unknown",
        ),
    ],
)
def test_the_list_shows_amounts_in_the_chosen_currency_and_says_from_which(
    site: TestClient, address: str, expected: dict[str, str]
) -> None:
    assert revenues(site, address) == expected


def test_a_converted_amount_shows_what_it_was_the_rate_its_time_and_its_source(
    site: TestClient,
) -> None:
    found = dict(note(open_page(site, "/companies/birch?currency=USD"), "Source of Revenue, Birch"))
    assert found["Printed"] == "“more than 90M EUR”"
    assert found["Converted"] == (
        "from more than 90,000,000 EUR, no upper end at 1 EUR = 1.25 USD (2015) A bank, Averages"
    )
    assert found["Counts as"] == "more than 112,500,000 USD, no upper end"


def test_a_citation_names_the_rate(site: TestClient) -> None:
    page = open_page(site, "/companies/birch?currency=USD").spoken
    cited = "converted from EUR at 1 EUR = 1.25 USD (2015) (2015; printed “more than 90M EUR”)"
    assert cited in page
    assert "/companies/birch?currency=USD#note-revenue" in page


def test_the_rates_source_is_among_the_sources_of_a_profile(site: TestClient) -> None:
    assert "A bank" not in open_page(site, "/companies/birch").spoken
    assert "A bank" in open_page(site, "/companies/birch?currency=USD").spoken


@pytest.mark.parametrize(
    ("address", "text", "href"),
    [
        ("/companies/birch", "in USD", "/companies/birch?currency=USD"),
        ("/companies/birch?currency=USD", "in EUR", "/companies/birch?currency=EUR"),
        ("/companies/birch?currency=USD", "as stated", "/companies/birch"),
        ("/companies/birch?currency=USD", "JSON", "/companies/birch.json?currency=USD"),
        ("/companies/birch?currency=USD", "Add to compare", "/compare?c=birch&currency=USD"),
        ("/?currency=USD", "Birch", "/companies/birch?currency=USD"),
        ("/?currency=USD", "CSV", "/companies.csv?currency=USD"),
        ("/compare?c=alder&c=birch&currency=USD", "Birch", "/companies/birch?currency=USD"),
        (
            "/compare?c=alder&c=birch&currency=USD&period=2015",
            "CSV",
            "/compare.csv?c=alder&c=birch&period=2015&currency=USD",
        ),
    ],
)
def test_links_keep_the_currency_and_lead_to_the_others(
    site: TestClient, address: str, text: str, href: str
) -> None:
    assert main(open_page(site, address)).links[text] == href


def test_the_form_offers_the_currencies_and_keeps_the_chosen_one(site: TestClient) -> None:
    assert filled(open_page(site, "/?currency=EUR"))["currency"] == ["EUR"]
    assert "currency" not in filled(open_page(site, "/"))
    assert "Amounts in EUR" in chips(open_page(site, "/?currency=EUR"))


def test_a_comparison_is_in_the_chosen_currency(site: TestClient) -> None:
    stated = main(open_page(site, "/compare?c=alder&c=birch")).seen
    converted = main(open_page(site, "/compare?c=alder&c=birch&currency=USD")).seen
    assert "another currency, not comparable" in stated
    assert "another currency" not in converted
    assert "> $112.5M" in converted


def test_a_currency_that_is_not_offered_is_refused_with_those_that_are(site: TestClient) -> None:
    page = open_page(site, "/?currency=GBP", 422)
    assert "one of as-stated, USD, EUR" in page.seen
    problem = site.get("/api/companies?currency=GBP").json()
    assert problem["detail"] == "currency: one of as-stated, USD, EUR"


def test_files_hold_the_converted_amounts_and_how_they_came_there(site: TestClient) -> None:
    row = rows_of(site.get("/companies.csv?currency=USD&sort=name"))[1]
    assert (row["revenue_low"], row["revenue_currency"]) == ("112500000", "USD")
    assert row["revenue_as_stated"] == "more than 90M EUR"
    assert row["revenue_derivation"] == "converted from EUR at 1 EUR = 1.25 USD (2015)"
    figure = site.get("/api/companies/birch?currency=USD").json()["figures"]["revenue"]
    assert (figure["low"], figure["currency"]) == (112_500_000, "USD")
    assert figure["conversion"] == {
        "currency": "EUR",
        "low": 90_000_000,
        "high": None,
        "rates": [
            {
                "base": "EUR",
                "quote": "USD",
                "value": 1.25,
                "period": "2015",
                "source": "bank",
                "locator": "Averages",
            }
        ],
    }


@pytest.mark.parametrize(
    ("period", "revenue"), [("", "80000000"), ("2014", "80000000"), ("2015", "")]
)
def test_the_files_of_a_comparison_are_of_its_year(
    site: TestClient, period: str, revenue: str
) -> None:
    rows = rows_of(site.get(f"/compare.csv?c=alder&c=cedar&period={period}"))
    assert rows[1]["revenue_value"] == revenue
