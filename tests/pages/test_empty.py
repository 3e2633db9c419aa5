"""The page without hits: what each filter keeps away, and the closest names."""

import re

import pytest
from fastapi.testclient import TestClient

from tests.site import filled, main, names, open_page, stats

NOBODY = [
    "/?q=huawie",
    "/?rd_share_min=60&revenue_min=1e13",
    "/?rd_share_min=60&maybe=0",
    "/?industry=displays&rd_share_min=40",
    "/?q=tele&founded_min=2010&industry=telecommunications",
    "/?industry=forestry",
    "/?lacks=employees",
    "/?revenue_min=100B&employees_min=50k&maybe=0",
]


def returns(client: TestClient, url: str) -> dict[str, tuple[int, str]]:
    """What removing each filter would bring back, and where its chip leads."""
    lists = main(open_page(client, url)).all("ul")
    found = {}
    for chip in lists[0].all("a"):
        worded = re.fullmatch(r"(.*) \+?(\d+)", chip.seen)
        assert worded, chip.seen
        found[worded[1]] = (int(worded[2]), chip.get("href"))
    return found


@pytest.mark.parametrize("url", NOBODY)
def test_what_a_removal_brings_back_is_what_following_it_lists(
    six_site: TestClient, url: str
) -> None:
    offered = returns(six_site, url)
    assert offered
    for count, without in offered.values():
        page = open_page(six_site, without)
        assert len(names(page)) == count
        assert stats(page)["Companies found"] == str(count) if count else not page.all("table")


def test_the_counts_are_told_by_filter(six_site: TestClient) -> None:
    offered = returns(six_site, "/?q=tele&founded_min=2010&industry=internet")
    assert {chip: count for chip, (count, _) in offered.items()} == {
        "Search “tele”": 0,
        "Founded from 2010": 0,
        "Industry internet": 0,
    }
    offered = returns(six_site, "/?q=tele&founded_min=2010")
    assert {chip: count for chip, (count, _) in offered.items()} == {
        "Search “tele”": 1,
        "Founded from 2010": 2,
    }


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("huawie", "Huawei"),
        ("roiole", "Royole"),
        ("tensent", "Tencent"),
        ("ztee", "ZTE Corporation"),
    ],
)
def test_the_closest_names_are_offered(six_site: TestClient, typed: str, name: str) -> None:
    page = main(open_page(six_site, f"/?q={typed}"))
    assert f"Did you mean {name}" in page.seen
    assert page.links[name].startswith("/companies/")


def test_without_a_search_no_name_is_offered(six_site: TestClient) -> None:
    assert "Did you mean" not in main(open_page(six_site, "/?industry=forestry")).seen


def test_the_heading_tells_whether_maybes_were_looked_at(six_site: TestClient) -> None:
    heading = open_page(six_site, "/?lacks=employees").one("h3").seen
    assert heading == "No company answers yes or maybe"
    heading = open_page(six_site, "/?lacks=employees&maybe=0").one("h3").seen
    assert heading == "No company answers yes"


def test_who_has_no_figure_is_counted_here_too(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/?revenue_min=100B"))
    assert "1 has none yet" in page.seen
    assert names(open_page(six_site, page.links["List them"])) == ["Royole"]


def test_left_out_maybes_are_one_click_away(six_site: TestClient) -> None:
    offered = returns(six_site, "/?rd_share_min=60&maybe=0")
    count, without = offered["Maybe left out"]
    assert count == 2
    assert names(open_page(six_site, without)) == ["Tencent", "ZTE Corporation"]


def test_all_companies_are_one_click_away(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/?q=huawie"))
    assert page.links["Show all 6 companies"] == "/"


def test_the_form_keeps_what_was_asked(six_site: TestClient) -> None:
    page = open_page(six_site, "/?q=huawie&rd_share_min=40&unknown=1")
    assert filled(page) == {"q": ["huawie"], "rd_share_min": ["40"], "unknown": ["1"]}
    assert page.one("form", role="search").one("input", type="search").get("value") == "huawie"


def test_an_unknown_industry_matches_nobody(six_site: TestClient) -> None:
    assert names(open_page(six_site, "/?industry=forestry")) == []
    both = open_page(six_site, "/?industry=forestry&industry=displays")
    assert names(both) == ["Royole"]
