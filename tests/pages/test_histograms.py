"""The histograms of the filter panel: each column leads to just as many rows as it tells."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.pages.crowd import listed
from tests.site import CAST, Node, chips, fields, groups, open_page, serve_text

BOUNDS = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, industries: [pumps], revenue: over $1B,
     employees: 300-2000, rd_share_staff: more than 50%, countries: 40+, founded: 1990}}
  - {{slug: birch, name: Birch, source: gazette, industries: [pumps], revenue: {{none: later}},
     employees: 999, rd_share_staff: 5%, rd_share_revenue: up to 20%, countries: up to 12}}
  - {{slug: cedar, name: Cedar, source: gazette, industries: [hoses], revenue: "€900M",
     employees: 1000, rd_share_revenue: 20%, countries: 10-20, founded: 1999}}
  - {{slug: dogwood, name: Dogwood, source: gazette, revenue: "$2B", employees: at least 5000,
     rd_share_revenue: 19.9%, countries: 0, founded: 2000}}
  - {{slug: elder, name: Elder, source: gazette, industries: [hoses], revenue: "$1.99B"}}
  - {{slug: fir, name: Fir, source: gazette, industries: [hoses], revenue: "$10K-2B",
     rd_share_staff: 10-35%}}
"""
ALONE = f"{CAST}\n  - {{slug: alder, name: Alder, source: gazette, employees: 7, founded: 1990}}\n"


@pytest.fixture(scope="module")
def bounds_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("bounds"), BOUNDS) as client:
        yield client


def histograms(page: Node) -> dict[str, list[Node]]:
    """The columns of each histogram by the measure whose spread it shows."""
    found = {}
    for drawing in page.all("svg", role="group"):
        if named := re.fullmatch(r"How (.+) is spread", drawing.get("aria-label")):
            found[named[1]] = drawing.parts
    return found


def bars(page: Node, measure: str) -> dict[str, str]:
    """The columns that are links: where each leads, by its label behind the measure's name."""
    return {
        bar.get("aria-label").removeprefix(f"{measure} "): bar.get("href")
        for bar in histograms(page)[measure]
        if bar.tag == "a"
    }


def told(label: str) -> tuple[int, int]:
    """How many companies a label tells, and how many of them maybe."""
    every = re.search(r": ([\d,]+) compan(?:y|ies)", label)
    assert every, label
    maybe = re.search(r", ([\d,]+) of them maybe$", label)
    return int(every[1].replace(",", "")), int(maybe[1]) if maybe else 0


SIX = ["/", "/?rd_share_min=40", "/?revenue_min=10B&maybe=0"]
MADE_UP = [
    "/",
    "/?maybe=0",
    "/?unknown=1&revenue_min=1B",
    "/?industry=hoses&industry=pumps&employees_min=500",
    "/?countries_min=11&revenue_max=5B",
    "/?rd_share_min=20",
    "/?rd_share_min=20&rd_basis=revenue&maybe=0",
    "/?lacks=rd_share_staff&founded_min=1990",
    "/?q=dogwood&sort=name&size=1",
]


def follow_every_column(client: TestClient, url: str) -> int:
    """Follow each column of a page, and count how many there were."""
    page, followed = open_page(client, url), 0
    for measure, drawn in histograms(page).items():
        for bar in drawn:
            if bar.tag != "a":
                continue
            label, followed = bar.get("aria-label"), followed + 1
            every, maybe = told(label)
            rows = groups(open_page(client, bar.get("href").replace("&size=1", "")))
            assert sum(len(listed) for _, listed in rows) == every > 0, label
            if "lacking" not in bar.get("class"):  # The gap's label tells no maybes apart.
                unsure = [listed for heading, listed in rows if "maybe" in heading]
                assert sum(map(len, unsure)) == maybe, label
            assert label.startswith(measure)
    return followed


@pytest.mark.parametrize("url", SIX)
def test_a_column_leads_to_as_many_rows_as_it_tells(six_site: TestClient, url: str) -> None:
    assert follow_every_column(six_site, url) > 3


@pytest.mark.parametrize("url", MADE_UP)
def test_a_column_of_bounds_leads_to_as_many_rows_as_it_tells(
    bounds_site: TestClient, url: str
) -> None:
    assert follow_every_column(bounds_site, url) > 3


def test_a_column_says_its_range_and_how_many(six_site: TestClient) -> None:
    page = open_page(six_site, "/")
    assert bars(page, "Revenue") == {
        "under $2B: 1 company": "/?revenue_max=%3C2B",
        "from $10B to under $20B: 2 companies": "/?revenue_min=10B&revenue_max=%3C20B",
        "from $50B: 2 companies": "/?revenue_min=50B",
        "not stated or none yet: 1 company": "/?lacks=revenue",
    }
    assert "from 1980 to 1989: 2 companies" in bars(page, "Founded")
    assert "up to 19: 1 company" in bars(page, "Countries")


def test_the_companies_of_a_column_are_those_of_its_range(six_site: TestClient) -> None:
    links = bars(open_page(six_site, "/"), "Revenue")
    assert listed(six_site, links["from $10B to under $20B: 2 companies"]) == [
        "Tencent",
        "ZTE Corporation",
    ]
    assert listed(six_site, links["not stated or none yet: 1 company"]) == ["Royole"]


def test_each_basis_of_the_share_has_a_histogram_of_its_own(bounds_site: TestClient) -> None:
    page = open_page(bounds_site, "/?rd_share_min=1")
    for basis, measure in (
        ("staff", "R&D share of employees"),
        ("revenue", "R&D share of revenue"),
    ):
        links = bars(page, measure)
        ranges = [href for href in links.values() if "lacks" not in href]
        assert ranges
        assert all(f"rd_basis={basis}" in href for href in ranges)
    staff = bars(page, "R&D share of employees")
    assert listed(bounds_site, staff["from 5% to under 10%: 1 company"]) == ["Birch"]
    revenue = bars(page, "R&D share of revenue")
    fifth = "from 20% to under 35%: 2 companies, 1 of them maybe"
    assert listed(bounds_site, revenue[fifth]) == ["Cedar", "Birch"]


def test_an_empty_column_is_no_link_and_says_nothing(six_site: TestClient) -> None:
    drawn = histograms(open_page(six_site, "/"))["Revenue"]
    empty = [bar for bar in drawn if bar.tag != "a"]
    assert len(drawn) - len(empty) == 4
    assert empty
    assert all(bar.get("aria-hidden") == "true" and not bar.all("a") for bar in empty)


def test_where_everybody_states_it_the_last_column_is_empty(six_site: TestClient) -> None:
    assert histograms(open_page(six_site, "/"))["Employees"][-1].tag == "g"


def test_another_gap_cannot_be_asked_at_once(six_site: TestClient) -> None:
    page = open_page(six_site, "/?lacks=rd_share_staff")
    assert histograms(page)["Revenue"][-1].tag == "g"
    own = histograms(page)["R&D share of employees"][-1]
    assert own.get("href") == "/?lacks=rd_share_staff"
    assert "on" in own.get("class").split()


def states(page: Node, measure: str) -> list[str]:
    """Whether each column of classes is on, off or neither."""
    classes = [set(bar.get("class").split()) for bar in histograms(page)[measure][:-1]]
    return ["on" if "on" in one else "off" if "off" in one else "" for one in classes]


@pytest.mark.parametrize(
    ("query", "measure", "expected"),
    [
        ("", "Revenue", ["", "", "", "", "", ""]),
        ("revenue_min=10B&revenue_max=<20B", "Revenue", ["off"] * 3 + ["on", "off", "off"]),
        ("revenue_min=10B&revenue_max=20B", "Revenue", ["off"] * 3 + ["on", "on", "off"]),
        ("revenue_min=15B", "Revenue", ["off", "off", "off", "on", "on", "on"]),
        ("revenue_max=3B", "Revenue", ["on", "on", "off", "off", "off", "off"]),
        ("revenue_max=3B", "Countries", ["", "", "", ""]),
        ("rd_share_min=50", "R&D share of revenue", ["off"] * 5 + ["on"] * 2),
        (
            "rd_share_min=50&rd_basis=staff",
            "R&D share of employees",
            ["off"] * 5 + ["on"] * 2,
        ),
        ("rd_share_min=50&rd_basis=staff", "R&D share of revenue", [""] * 7),
    ],
)
def test_the_columns_of_the_range_asked_for_are_on(
    six_site: TestClient, query: str, measure: str, expected: list[str]
) -> None:
    assert states(open_page(six_site, f"/?{query}"), measure) == expected


def test_a_column_leaves_the_other_filters_as_they_are(six_site: TestClient) -> None:
    page = open_page(six_site, "/?revenue_min=50B&rd_share_min=5&sort=name&size=2&c=zte")
    (only,) = [
        href for label, href in bars(page, "Revenue").items() if label.startswith("from $10B")
    ]
    assert only == ("/?revenue_min=10B&revenue_max=%3C20B&rd_share_min=5&sort=name&size=2&c=zte")


def test_the_chip_of_a_column_says_that_its_end_is_not_in_it(six_site: TestClient) -> None:
    href = bars(open_page(six_site, "/"), "Revenue")["from $10B to under $20B: 2 companies"]
    page = open_page(six_site, href)
    assert "Revenue from $10B to under $20B" in chips(page)
    assert fields(page)["revenue_max"] == ["<20B"]


def test_a_class_is_a_range_even_where_one_company_alone_states_it(tmp_path: Path) -> None:
    with serve_text(tmp_path, ALONE) as client:
        page = open_page(client, "/")
        assert list(histograms(page)) == ["Employees", "Founded"]
        assert bars(page, "Employees") == {"up to 9: 1 company": "/?employees_max=9"}
        assert bars(page, "Founded") == {"up to 1999: 1 company": "/?founded_max=1999"}
        assert follow_every_column(client, "/") == 2


def test_no_column_counts_the_companies_of_nobody(six_site: TestClient) -> None:
    page = open_page(six_site, "/?q=nobody")
    drawn = histograms(page)
    assert len(drawn) == 6
    assert not any(bars(page, measure) for measure in drawn)
