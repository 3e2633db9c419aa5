"""The columns of the list: chosen in the address, sorted by their headers, one unit in each."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient

from app.pages.formatting import Magnitude, magnitude_for, magnitude_of
from app.profiles.measures import Kind
from tests.site import CAST, Node, main, names, open_page, query_of, serve_text, table

SHARES = "R&D share of employees of revenue"
USUAL = ["Revenue", "Employees", "Revenue per employee", SHARES, "Reach"]
DOLLAR = 100

OWN = f"""{CAST.replace("companies:", "measures:")}
  patents: {{label: Patents, unit: patents, help: Granted in all countries.}}
  budget: {{label: Budget, kind: money, unit: money, help: What may be spent.}}
companies:
  - {{slug: alder, name: Alder, source: gazette, revenue: $61B, patents: 40+, budget: up to $5B}}
  - {{slug: birch, name: Birch, source: gazette, revenue: $1.2B, industries: [pumps, hoses],
     budget: up to $3M, patents: 1200}}
  - {{slug: cedar, name: Cedar, source: gazette, revenue: $600M, founded: 1990,
     patents: {{none: no}}}}
  - {{slug: dogwood, name: Dogwood, source: gazette, revenue: $8M-2B}}
"""


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("own"), OWN) as client:
        yield client


def heads(page: Node) -> list[str]:
    """The columns behind the boxes and the names."""
    head = page.one("table").one("thead")
    return [cell.spoken.split(" What ")[0] for cell in head.all("th")][2:]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", USUAL),
        ("cols=", USUAL),
        ("cols=,", USUAL),
        ("cols=employees", ["Employees"]),
        ("cols=founded,revenue", ["Founded", "Revenue"]),
        ("cols=revenue,founded", ["Revenue", "Founded"]),
        ("cols=founded&cols=revenue", ["Founded", "Revenue"]),
        ("cols=founded,founded,%20industry%20", ["Founded", "Industry"]),
        ("cols=rd_staff,rd_share", ["R&D staff", SHARES]),
        ("cols=mau_qq,revenue", ["Monthly active accounts of QQ", "Revenue"]),
    ],
)
def test_the_address_chooses_and_orders_the_columns(
    six_site: TestClient, query: str, expected: list[str]
) -> None:
    shown = heads(open_page(six_site, f"/?{query}"))
    assert [one.removesuffix(" What " + one) for one in shown] == expected


@pytest.mark.parametrize("cols", ["charm", "revenue,charm", "Revenue", "rd_share_staff", "name"])
def test_an_unknown_column_is_refused_by_name(six_site: TestClient, cols: str) -> None:
    page = open_page(six_site, f"/?cols={cols}", status=422)
    (told,) = main(page).one(role="alert").all("li")
    assert told.seen.startswith(f"cols: “{cols}” cannot be read. Accepted is some of revenue, ")
    assert "mau_qq" in told.seen


def test_own_measures_are_columns_with_their_numbers(own_site: TestClient) -> None:
    page = open_page(own_site, "/?cols=patents,industry,founded&sort=name")
    rows = table(page)
    key = next(name for name in rows["Alder"] if name.startswith("Patents"))
    seen = {name: row[key].seen for name, row in rows.items()}
    assert seen == {"Alder": "40+ 1", "Birch": "1,200 1", "Cedar": "none yet 1", "Dogwood": "—"}
    assert rows["Birch"]["Industry"].seen == "pumps, hoses"
    assert rows["Alder"]["Industry"].spoken == "Industry not given"
    assert rows["Cedar"]["Founded"].seen == "1990 1"


def test_every_link_of_the_list_keeps_the_columns(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=5&size=1&cols=founded,revenue")
    of_list = [one.get("href") for one in main(page).all("a") if one.get("href").startswith("/?")]
    usual = main(page).one(id="columns").links["The usual ones"]
    assert len(of_list) > 8
    for href in of_list:
        assert query_of(href).get("cols") == (None if href == usual else ["founded,revenue"]), href
    assert usual == "/?rd_share_min=5&size=1"


@pytest.mark.parametrize(
    "query", ["", "cols=revenue,employees,revenue_per_employee,rd_share,countries", "cols="]
)
def test_the_usual_columns_are_left_out_of_the_address(six_site: TestClient, query: str) -> None:
    page = open_page(six_site, f"/?rd_share_min=5&{query}")
    links = [one.get("href") for one in page.all("a")]
    assert not [href for href in links if "cols=" in href]


def test_the_choice_offers_every_column_and_keeps_the_filter(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=40&sort=name&cols=founded,mau_qq")
    form = page.one(id="columns").one("form")
    boxes = form.all("input", name="cols")
    assert [one.get("value") for one in boxes][:10] == [
        "revenue",
        "employees",
        "revenue_per_employee",
        "rd_share",
        "rd_staff",
        "countries",
        "founded",
        "industry",
        "country",
        "tags",
    ]
    assert len(boxes) == 20
    on = [one.get("value") for one in boxes if "checked" in one.attrs]
    assert on == ["founded", "mau_qq"]
    hidden = {one.get("name"): one.get("value") for one in form.all("input", type="hidden")}
    assert hidden == {"rd_share_min": "40", "sort": "name"}
    sent = six_site.get("/", params={**hidden, "cols": on})
    assert names(open_page(six_site, str(sent.url))) == names(page)


def sorts(page: Node) -> dict[str, str]:
    """The links of the headers that sort."""
    return page.one("table").one("thead").links


def test_each_column_that_can_be_sorted_has_a_link_that_does(six_site: TestClient) -> None:
    every = "revenue,employees,revenue_per_employee,rd_share,rd_staff,countries,founded,industry"
    links = sorts(open_page(six_site, f"/?cols={every}&sort=name"))
    found = {
        label: query_of(href)["sort"] if "sort" in href else [] for label, href in links.items()
    }
    assert found == {
        "Company": ["-name"],
        "Revenue": [],
        "Employees": ["-employees"],
        "Revenue per employee": ["-revenue_per_employee"],
        "of employees": ["-rd_share_staff"],
        "of revenue": ["-rd_share_revenue"],
        "Reach": ["-countries"],
        "Founded": ["-founded"],
    }
    for label, href in links.items():
        assert len(names(open_page(six_site, href))) == 6, label


def test_the_column_sorted_by_says_so_and_turns_round(six_site: TestClient) -> None:
    page = open_page(six_site, "/?cols=founded,revenue&sort=founded")
    (head,) = [one for one in page.one("table").all("th") if one.get("aria-sort")]
    assert (head.seen, head.get("aria-sort")) == ("Founded", "ascending")
    turned = open_page(six_site, sorts(page)["Founded"])
    (head,) = [one for one in turned.one("table").all("th") if one.get("aria-sort")]
    assert (head.seen, head.get("aria-sort")) == ("Founded", "descending")
    assert names(turned) == names(page)[::-1]


T, B, M, THOUSAND = (
    Magnitude(10**power, *words)
    for power, words in (
        (12, ("T", " trillion")),
        (9, ("B", " billion")),
        (6, ("M", " million")),
        (3, ("k", " thousand")),
    )
)
UNITS = Magnitude(1, "", "")


@pytest.mark.parametrize(
    ("value", "magnitude"),
    [
        (0, UNITS),
        (9_999, UNITS),
        (10_000, THOUSAND),
        (999_999, THOUSAND),
        (10**6, M),
        (61 * 10**9, B),
        (10**12, T),
        (10**16, T),
    ],
)
def test_a_sum_has_a_magnitude_of_its_own(value: int, magnitude: Magnitude) -> None:
    assert magnitude_of(Decimal(value)) == magnitude


@pytest.mark.parametrize(
    ("dollars", "magnitude"),
    [
        ([], None),
        ([0], None),
        ([61 * 10**9], B),
        ([61 * 10**9, 55 * 10**9, 15 * 10**9, 14 * 10**9, 1_200_000_000], B),
        ([61 * 10**9, 55 * 10**9, 10**7], B),
        ([61 * 10**9, 55 * 10**9, 10**7 - 1], M),
        ([5 * 10**9, 2 * 10**6, 3 * 10**6], M),
        ([5 * 10**9, 2 * 10**6], M),
        ([0, 0, 0, 5 * 10**6], M),
        ([600, 700], UNITS),
        ([5, 600, 20_000], UNITS),
        ([5, 20_000, 30_000], UNITS),
        ([550_000, 484_000, 60_000], THOUSAND),
    ],
)
def test_a_column_of_sums_has_one_magnitude(
    dollars: list[int], magnitude: Magnitude | None
) -> None:
    assert magnitude_for([one * DOLLAR for one in dollars], Kind.MONEY) == magnitude


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.SHARE, Kind.YEAR])
def test_other_numbers_are_not_cut_short(kind: Kind) -> None:
    assert magnitude_for([10**9, 10**6], kind) is None


@pytest.mark.parametrize("query", ["cols=revenue,budget", "cols=budget,revenue&sort=name"])
def test_no_column_mixes_letters(own_site: TestClient, query: str) -> None:
    page = open_page(own_site, f"/?{query}")
    for key in ("Revenue", "Budget"):
        rows = table(page).values()
        cells = [next(cell for name, cell in row.items() if name.startswith(key)) for row in rows]
        letters = {letter for cell in cells for letter in re.findall(r"\d([TBMk])\b", cell.seen)}
        assert len(letters) == 1, (key, [cell.seen for cell in cells])


def test_a_crowd_mixes_no_letters_either(crowd_site: TestClient) -> None:
    rows = table(open_page(crowd_site, "/?size=200")).values()
    for key in ("Revenue", "Revenue per employee"):
        cells = [next(cell for name, cell in row.items() if name == key) for row in rows]
        letters = {letter for cell in cells for letter in re.findall(r"\d([TBMk])\b", cell.seen)}
        assert len(letters) == 1, key


def test_a_number_cut_short_has_every_digit_in_the_name_of_its_mark(own_site: TestClient) -> None:
    row = table(open_page(own_site, "/"))["Dogwood"]
    assert list(row["Revenue"].links) == [
        "Source of Revenue, Dogwood, mark 1: at least 8,000,000 USD, at most 2,000,000,000 USD"
    ]
    row = table(open_page(own_site, "/"))["Birch"]
    assert list(row["Revenue"].links) == ["Source of Revenue, Birch, mark 1: 1,200,000,000 USD"]


def test_a_column_of_two_bases_keeps_them_apart_by_a_sign(six_site: TestClient) -> None:
    rows = table(open_page(six_site, "/?cols=rd_share"))
    assert rows["Huawei"][SHARES].seen == "44.7% ƒ of employees"
    assert rows["ZTE Corporation"][SHARES].seen == "> 10% 1 of revenue"
