"""Where a profile leads on: the list that one came from, and the companies near in size."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, Node, main, names, open_page, serve_text

FROM_1B = "?revenue_min=1B"


def steps(client: TestClient, url: str) -> Node:
    return open_page(client, url).one("nav", aria_label="In the list")


def trail(client: TestClient, url: str) -> tuple[str, str]:
    """The way back to the list, and the way along it as it is seen."""
    page = open_page(client, url)
    back = page.one("nav", aria_label="Breadcrumb").links["Companies"]
    return back, steps(client, url).seen


@pytest.mark.parametrize(
    ("url", "back", "words"),
    [
        ("/companies/huawei", "/", "1 of 6 in Companies Intel ›"),
        ("/companies/intel", "/", "‹ Huawei 2 of 6 in Companies Tencent ›"),
        ("/companies/royole", "/", "‹ Neusoft 6 of 6 in Companies"),
        (
            f"/companies/intel{FROM_1B}",
            f"/{FROM_1B}",
            "‹ Huawei 2 of 5 in Companies: Revenue from $1B Tencent ›",
        ),
        (
            f"/companies/intel{FROM_1B}&sort=-employees",
            f"/{FROM_1B}&sort=-employees",
            "‹ Huawei 2 of 5 in Companies: Revenue from $1B ZTE Corporation ›",
        ),
        (
            "/companies/intel?sort=name",
            "/?sort=name",
            "‹ Huawei 2 of 6 in Companies Neusoft ›",
        ),
        ("/companies/intel?q=intel", "/?q=intel", "1 of 1 in Companies: Search “intel”"),
        (f"/companies/royole{FROM_1B}", f"/{FROM_1B}", "Companies: Revenue from $1B"),
        ("/companies/intel?revenue_min=abc", "/", "‹ Huawei 2 of 6 in Companies Tencent ›"),
        ("/companies/intel?sort=bad&x=1", "/", "‹ Huawei 2 of 6 in Companies Tencent ›"),
        ("/companies/intel?cols=founded&c=zte", "/", "‹ Huawei 2 of 6 in Companies Tencent ›"),
    ],
)
def test_the_list_that_one_came_from_is_at_hand(
    six_site: TestClient, url: str, back: str, words: str
) -> None:
    assert trail(six_site, url) == (back, words)


def test_a_company_that_is_not_listed_leads_back_alone(six_site: TestClient) -> None:
    links = steps(six_site, f"/companies/royole{FROM_1B}").all("a")
    assert [link.get("href") for link in links] == [f"/{FROM_1B}"]


@pytest.mark.parametrize(
    "query", ["", FROM_1B, "?sort=-employees", "?sort=name&unknown=1&employees_min=20K"]
)
def test_following_the_next_company_walks_through_the_whole_list(
    six_site: TestClient, query: str
) -> None:
    listed = names(open_page(six_site, f"/{query}"))
    first = open_page(six_site, f"/{query}").one("table").links[listed[0]].partition("?")[0]
    url: str | None = f"{first}{query}"
    seen: list[str] = []
    while url:
        page = open_page(six_site, url)
        seen.append(page.one("h1").seen)
        back = page.all("a", rel="prev")
        assert bool(back) is (len(seen) > 1)
        onward = page.all("a", rel="next")
        url = onward[0].get("href") if onward else None
        assert len(seen) <= len(listed)
    assert seen == listed
    assert len(seen) > 3


def near(client: TestClient, url: str) -> list[str]:
    """The cards of the companies nearest in size, as they are seen."""
    (section,) = (
        one for one in open_page(client, url).all("section") if one.all("h2", id="near-h")
    )
    return [section.one("h2").seen, *(item.all("a")[0].seen for item in section.all("li"))]


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "huawei",
            [
                "Nearest in size by revenue and employees",
                "Intel $55B · 100,000 people",
                "ZTE Corporation $14B · 85,000 people",
                "Tencent $15B · 31,000 people",
            ],
        ),
        (
            "royole",
            [
                "Nearest in size by employees",
                "Neusoft $1.2B · 20,000 people",
                "Tencent $15B · 31,000 people",
                "ZTE Corporation $14B · 85,000 people",
            ],
        ),
    ],
)
def test_the_nearest_in_size_tell_by_what(
    six_site: TestClient, slug: str, expected: list[str]
) -> None:
    assert near(six_site, f"/companies/{slug}") == expected


def test_the_nearest_can_be_visited_and_compared(six_site: TestClient) -> None:
    page = main(open_page(six_site, f"/companies/huawei{FROM_1B}"))
    (section,) = (one for one in page.all("section") if one.all("h2", id="near-h"))
    card, button = section.all("li")[0].all("a")
    assert card.get("href") == f"/companies/intel{FROM_1B}"
    assert button.get("href") == "/compare?c=huawei&c=intel"
    assert button.spoken == "Compare Huawei with Intel"


FEW = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, revenue: $100M, employees: "100"}}
  - {{slug: birch, name: Birch, source: gazette, revenue: more than $90M, employees: 90+}}
  - {{slug: cedar, name: Cedar, source: gazette, revenue: {{none: later}}, employees: "120"}}
  - {{slug: dogwood, name: Dogwood, source: gazette, revenue: €100M, employees: 150}}
  - {{slug: elder, name: Elder, source: gazette, founded: 1990}}
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("few"), FEW) as client:
        yield client


def test_bounds_keep_their_sign_and_gaps_their_words(few: TestClient) -> None:
    assert near(few, "/companies/alder") == [
        "Nearest in size by revenue and employees",
        "Birch > $90M · 90+ people",
        "Cedar revenue none yet · 120 people; near by employees",
        "Dogwood €100M · 150 people; near by employees",
    ]


def test_a_company_of_no_size_is_near_to_none(few: TestClient) -> None:
    assert not open_page(few, "/companies/elder").all("h2", id="near-h")


def test_an_amount_in_another_currency_has_no_rank(few: TestClient) -> None:
    leading = dict(main(open_page(few, "/companies/dogwood")).pairs)
    undated = "undated, published Nov 2016"
    assert leading["Revenue"] == f"€100M 1 in another currency, not ranked {undated}"
    assert leading["Employees"] == f"150 1 1st to 2nd of 4 that state it {undated}"


def test_a_bound_is_ranked_as_far_as_it_is_certain(few: TestClient) -> None:
    leading = dict(main(open_page(few, "/companies/birch")).pairs)
    undated = "undated, published Nov 2016"
    assert leading["Revenue"] == f"> $90M 1 1st to 2nd of 2 that state it {undated}"
    assert leading["Employees"] == f"90+ 1 1st to 4th of 4 that state it {undated}"


def test_many_companies_are_heaped_and_the_one_stands_on_top(tmp_path: Path) -> None:
    many = "\n".join(
        f'  - {{slug: c{n}, name: C{n}, source: gazette, employees: "{n}"}}' for n in range(1, 303)
    )
    with serve_text(tmp_path, f"{CAST}\n{many}\n") as client:
        page = main(open_page(client, "/companies/c300"))
    (strip,) = (one for one in page.all("svg") if "strip" in one.get("class").split())
    assert 20 < len(strip.all("rect")) <= 60
    assert len(strip.all("circle")) == 1
    assert dict(page.pairs)["Employees"].startswith("300 1 3rd of 302 that state it")
    assert "A bar is as high as companies are many" in page.seen
