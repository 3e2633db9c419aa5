"""Rows are made once for all lists: what one list says of a company is not what another says."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, open_page, serve_text, table

TWO = f"""{CAST}\
  - {{slug: alder, name: Alder, source: gazette, founded: 1990, employees: 100,
     revenue: [{{stated: $60M, period: 2015}}, {{stated: $30M, period: 2014}}],
     rd_share_staff: {{stated: 10%}}, rd_share_revenue: {{stated: 20%}}}}
  - {{slug: birch, name: Birch, source: gazette, revenue: {{stated: $2B, period: 2015}},
     founded: 1950}}
"""
SHARES = "R&D share of employees of revenue"
TOLD = (
    ("/", "Revenue", "$0.06B 1 2015", "3.0%"),
    ("/?q=alder", "Revenue", "$60M 1 2015", "100.0%"),
    ("/?period=2014", "Revenue", "$30M 1", "100.0%"),
    ("/?cols=founded", "Founded", "1990 1", None),
    ("/?q=alder", SHARES, "10% 1 of employees 20% 1 of revenue", None),
    ("/?rd_share_min=15", SHARES, "20% 1 of revenue, which answers 10% 1 of employees", None),
    (
        "/?rd_share_min=5&rd_basis=staff",
        SHARES,
        "10% 1 of employees, which answers 20% 1 of revenue",
        None,
    ),
)
"""What a list says of Alder in a column, and how long its bar is."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("rows"), TWO, page_memory=0) as client:
        yield client


@pytest.mark.parametrize(("url", "column", "said", "bar"), TOLD)
def test_each_list_tells_of_a_company_what_is_true_there(
    site: TestClient, url: str, column: str, said: str, bar: str | None
) -> None:
    for _ in ("made", "from memory"):
        cell = table(open_page(site, url))["Alder"][column]
        assert cell.seen == said
        drawn = [one.get("width") for one in cell.all("rect", class_="fill")]
        assert drawn == ([bar] if bar else [])
