"""The examples of filters that must hold, alike in JSON, in CSV and on the page."""

from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient

from tests.site import main, open_page, rows_of


class Example(NamedTuple):
    """What a query must answer: slugs in the order of the list, and who is left out."""

    query: str
    yes: str
    maybe: str = ""
    unknown: int = 0
    none: int = 0


ALL = "huawei intel tencent zte neusoft royole"
EXAMPLES = (
    Example("rd_share_min=40", "huawei tencent", "zte", 3),
    Example("rd_share_min=60", "", "tencent zte", 3),
    Example("rd_share_max=50", "huawei", "zte", 3),
    Example("rd_share_min=5&rd_share_max=20", "", "zte", 3),
    Example("rd_basis=revenue&rd_share_min=10", "zte", "", 5),
    Example("revenue_min=10B&revenue_max=20B", "tencent zte", "", 1, 1),
    Example("revenue_min=&revenue_max=", ALL),
    Example("rd_basis=staff", ALL),
    Example("rd_basis=revenue", ALL),
)
each = pytest.mark.parametrize("example", EXAMPLES, ids=[one.query for one in EXAMPLES])


def expected(example: Example) -> list[tuple[str, str]]:
    yes = [(slug, "yes") for slug in example.yes.split()]
    return yes + [(slug, "maybe") for slug in example.maybe.split()]


@each
def test_json_answers_an_example(six_site: TestClient, example: Example) -> None:
    found = six_site.get(f"/api/companies?{example.query}").json()
    assert [(one["slug"], one["answer"]) for one in found["items"]] == expected(example)
    counts = {name: found[name] for name in ("total", "yes", "maybe", "unknown", "none", "no")}
    yes, maybe = len(example.yes.split()), len(example.maybe.split())
    assert counts == {
        "total": 6,
        "yes": yes,
        "maybe": maybe,
        "unknown": example.unknown,
        "none": example.none,
        "no": 6 - yes - maybe - example.unknown,
    }


@each
def test_csv_answers_an_example(six_site: TestClient, example: Example) -> None:
    rows = rows_of(six_site.get(f"/companies.csv?{example.query}"))
    assert [(row["slug"], row["answer"]) for row in rows] == expected(example)


@each
def test_csv_lists_companies_without_a_figure_when_asked(
    six_site: TestClient, example: Example
) -> None:
    rows = rows_of(six_site.get(f"/companies.csv?{example.query}&unknown=1"))
    found = [(row["slug"], row["answer"]) for row in rows]
    known = expected(example)
    assert found[: len(known)] == known
    assert [answer for _, answer in found[len(known) :]] == ["unknown"] * example.unknown


@each
def test_the_page_answers_an_example(six_site: TestClient, example: Example) -> None:
    page = main(open_page(six_site, f"/?{example.query}"))
    found = [
        (row.one("th", scope="row").all("a")[0].get("href").rpartition("/")[2], answer)
        for body in page.all("tbody")
        for answer in [body.get("class").removeprefix("g-")]
        for row in body.all("tr")
        if row.all("th", scope="row")
    ]
    assert found == expected(example)
    headings = [one.seen for one in page.all("th", scope="rowgroup")]
    assert len(headings) == (1 if example.maybe else 0)
    assert all("maybe" in heading for heading in headings)
    assert page.all("p", class_="left-out") or not example.unknown
