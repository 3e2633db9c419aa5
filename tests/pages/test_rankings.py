"""Rankings: the highest first, bounds that go on, and in words who has no figure."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.pages.crowd import MANY, listed
from tests.site import Node, main, open_page


def rankings(page: Node) -> dict[str, Node]:
    """The rankings by what they rank."""
    figures = [one for one in main(page).all("figure") if one.all("ol")]
    return {one.one("h3").seen: one for one in figures}


def ranked(ranking: Node) -> list[tuple[str, str]]:
    """The companies of a ranking, each with its number or why there is none."""
    rows = ranking.one("ol").all("li")
    return [
        (
            row.all("a")[0].seen,
            row.all("span", class_="n")[0].seen
            if row.all("span", class_="n")
            else row.one("span", class_="none").seen,
        )
        for row in rows
    ]


def test_each_measure_ranks_the_highest_first_and_says_why_others_have_none(
    six_site: TestClient,
) -> None:
    found = rankings(open_page(six_site, "/charts"))
    assert list(found) == [
        "Revenue USD",
        "Employees people",
        "Revenue per employee USD",
        "R&D staff people",
        "R&D share of employees",
        "R&D share of revenue",
        "Countries",
    ]
    assert ranked(found["Revenue USD"]) == [
        ("Huawei", "$61B"),
        ("Intel", "$55B"),
        ("Tencent", "$15B"),
        ("ZTE Corporation", "$14B"),
        ("Neusoft", "$1.2B"),
        ("Royole", "none yet"),
    ]
    assert ranked(found["R&D share of revenue"]) == [
        ("ZTE Corporation", "> 10%"),
        ("Huawei", "not stated"),
        ("Intel", "not stated"),
        ("Neusoft", "not stated"),
        ("Royole", "not stated"),
        ("Tencent", "not stated"),
    ]


def test_a_bound_is_a_bar_that_goes_on(six_site: TestClient) -> None:
    shares = rankings(open_page(six_site, "/charts"))["R&D share of employees"]
    tencent, huawei, *_ = shares.one("ol").all("li")
    widths = {one.get("class"): one.get("width") for one in tencent.all("rect")}
    assert (widths["fill"], widths["may"]) == ("50.0%", "100.0%")
    widths = {one.get("class"): one.get("width") for one in huawei.all("rect")}
    assert (widths["fill"], "may" in widths) == ("44.71%", False)


def test_a_number_of_a_ranking_leads_to_where_it_stands(six_site: TestClient) -> None:
    ranking = rankings(open_page(six_site, "/charts"))["Revenue USD"]
    assert ranking.links["Source of Revenue, Huawei: 61 billion US dollars, $61B"] == (
        "/companies/huawei#note-revenue"
    )
    assert ranking.links["Royole"] == "/companies/royole"


@pytest.mark.parametrize(
    "query", ["", "maybe=0&employees_max=5000", "industry=pumps&industry=hoses"]
)
def test_how_many_more_state_it_and_how_many_do_not(crowd_site: TestClient, query: str) -> None:
    page = open_page(crowd_site, f"/charts?{query}")
    everybody = listed(crowd_site, f"/?{query}")
    for title in ("Employees people", "Countries", "R&D share of revenue"):
        ranking = rankings(page)[title]
        rows = ranked(ranking)
        assert len(rows) == 25
        more, missing = (
            int(found[1]) if (found := re.search(pattern, ranking.seen)) else 0
            for pattern in (r"(\d+) more state it", r"(\d+) compan(?:y has|ies have) no figure")
        )
        assert len(rows) + more + missing == len(everybody)
        links = [one.get("href") for one in ranking.all("a") if one.seen == "List them"]
        lacking = [href for href in links if "lacks=" in href]
        assert [len(listed(crowd_site, href)) for href in lacking] == [missing] * bool(missing)
        orders = [href for href in links if "sort=" in href]
        assert [listed(crowd_site, href)[:25] for href in orders] == [[name for name, _ in rows]]


def test_those_in_another_currency_are_not_among_those_who_lack_it(crowd_site: TestClient) -> None:
    ranking = rankings(open_page(crowd_site, "/charts"))["Revenue USD"]
    (missing,) = re.findall(r"([\d,]+) compan(?:y|ies) ha\w+ no figure", ranking.seen)
    (lacking,) = (one.get("href") for one in ranking.all("a") if "lacks=" in one.get("href"))
    assert len(listed(crowd_site, lacking)) == int(missing) > 25
    (foreign,) = re.findall(r"([\d,]+) companies state it in another currency", ranking.seen)
    more = re.findall(r"([\d,]+) more state it", ranking.seen)
    assert 25 + int(more[0]) + int(missing) + int(foreign) == MANY
