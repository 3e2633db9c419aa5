"""A crowd as a chart: counted in cells, each of which leads to whom it counts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.pages.crowd import MANY, listed
from tests.pages.drawn import data, marks, plot
from tests.site import CAST, Node, main, open_page, query_of, serve_text

CELL = re.compile(r"([\d,]+) compan(?:y|ies): (.+)")
CROWDS = [
    "",
    "maybe=0",
    "industry=pumps&industry=hoses&industry=valves&unknown=1",
    "employees_min=1&revenue_max=90B&unknown=1",
    "x=founded&y=countries",
    "x=rd_share_staff&y=employees",
    "y=rd_share_revenue&rd_share_min=0&rd_basis=revenue&unknown=1",
    "x=countries&y=founded&color=rd_share_revenue",
]


def cells(page: Node, which: str) -> Iterator[tuple[int, str, str]]:
    """The cells of the fine or the coarse grid: how many, where it lies, and where it leads."""
    for one in plot(page).one("g", role="list", class_=which).all(data_tip=""):
        told = CELL.fullmatch(one.get("aria-label"))
        assert told, one.get("aria-label")
        assert one.seen == told[1]
        yield int(told[1].replace(",", "")), told[2], one.get("href")


@pytest.mark.parametrize(
    ("query", "which"), [(query, "fine") for query in CROWDS] + [("", "coarse")]
)
def test_a_cell_leads_to_as_many_rows_as_it_tells(
    crowd_site: TestClient, query: str, which: str
) -> None:
    page = open_page(crowd_site, f"/charts?{query}")
    found = list(cells(page, which))
    assert len(found) > 5
    for count, where, href in found[:: max(1, len(found) // 12)]:
        assert len(listed(crowd_site, href)) == count, (where, href)


def test_the_last_cells_hold_who_has_no_upper_end(crowd_site: TestClient) -> None:
    """Every cell at an end of the grid is followed, where the classes have no end."""
    page = open_page(crowd_site, "/charts")
    ends = [one for one in cells(page, "coarse") if re.search(r"from [^ ]+(;|$)", one[1])]
    assert ends
    for count, where, href in ends:
        assert len(listed(crowd_site, href)) == count, where


def test_the_cells_of_the_lane_lead_to_who_has_no_figure_upwards(crowd_site: TestClient) -> None:
    page = open_page(crowd_site, "/charts")
    lane = [one for one in cells(page, "fine") if "Revenue not stated or none yet" in one[1]]
    assert len(lane) > 5
    for count, where, href in lane:
        assert query_of(href)["lacks"] == ["revenue"]
        assert len(listed(crowd_site, href)) == count, where


def test_the_page_says_that_companies_are_counted_and_how_many_are_in_no_cell(
    crowd_site: TestClient,
) -> None:
    page = open_page(crowd_site, "/charts")
    said = main(page).seen
    assert f"{MANY} companies are more than can be told apart as marks" in said
    left = re.search(r"(\d+) companies of them in no cell", said)
    assert left
    assert sum(count for count, _, _ in cells(page, "fine")) == MANY - int(left[1])
    assert not marks(page)
    lacking = page.all("figure")[0].links["List them"]
    assert lacking == "/?lacks=employees"
    assert listed(crowd_site, lacking)


def test_the_table_of_a_crowd_has_a_row_for_each_cell(crowd_site: TestClient) -> None:
    page = open_page(crowd_site, "/charts")
    rows = [row.parts for row in data(page).all("tr")[1:]]
    found = [(row[0].seen, row[1].spoken, row[0].one("a").get("href")) for row in rows]
    assert found == [(where, f"{count:,}", href) for count, where, href in cells(page, "fine")]


def test_a_cell_whose_range_cannot_be_asked_is_no_link(crowd_site: TestClient) -> None:
    page = open_page(crowd_site, "/charts?x=rd_share_staff&rd_share_min=0&unknown=1")
    drawn = plot(page).one("g", role="list", class_="fine").parts
    assert drawn
    assert not any(one.all("a") for one in drawn)
    assert all(one.one(role="img").get("aria-label") for one in drawn)


def test_a_filter_that_leaves_few_draws_them_one_by_one(crowd_site: TestClient) -> None:
    page = open_page(crowd_site, "/charts?industry=pumps&lacks=countries")
    assert marks(page)
    assert "more than can be told apart" not in main(page).seen


@pytest.mark.parametrize("path", ["/charts", "/", "/charts/scatter.svg"])
def test_a_crowd_that_is_in_no_cell_is_no_fault(tmp_path: Path, path: str) -> None:
    lines = "\n".join(
        f"  - {{slug: c{n}, name: C {n}, source: gazette, revenue: over $1K}}" for n in range(301)
    )
    text = f"{CAST}{lines}\n  - {{slug: d, name: D, source: gazette, employees: 5, revenue: $9K}}\n"
    with serve_text(tmp_path, text) as client:
        for query in ("", "?lacks=employees", "?revenue_max=2K"):
            assert client.get(path + query).status_code == 200, query
