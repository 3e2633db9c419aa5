"""The examples of the issue, which must hold in HTML, JSON and CSV alike."""

from collections.abc import Callable
from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient

from tests.site import groups, main, open_page, rows_of

ALL = ("huawei", "intel", "tencent", "zte", "neusoft", "royole")


class Example(NamedTuple):
    """A query, and who answers how, each in the order of the list."""

    query: str
    yes: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: str = ""


SILENT = ("intel", "neusoft", "royole")
THREE = "3 do not state it"
EXAMPLES = [
    Example("rd_share_min=40", ("huawei", "tencent"), ("zte",), SILENT, THREE),
    Example("rd_share_min=60", (), ("tencent", "zte"), SILENT, THREE),
    Example("rd_share_max=50", ("huawei",), ("zte",), SILENT, THREE),
    Example("rd_share_min=5&rd_share_max=20", (), ("zte",), SILENT, THREE),
    Example(
        "rd_basis=revenue&rd_share_min=10",
        ("zte",),
        (),
        ("huawei", "intel", "tencent", "neusoft", "royole"),
        "5 do not state it",
    ),
    Example(
        "revenue_min=10B&revenue_max=20B", ("tencent", "zte"), (), ("royole",), "1 has none yet"
    ),
    Example("revenue_min=&revenue_max=", ALL),
    Example("rd_share_min=", ALL),
    Example("rd_basis=staff", ALL),
    Example("rd_basis=revenue", ALL),
]
Answers = dict[str, list[str]]


def on_the_page(client: TestClient, query: str) -> Answers:
    slugs = {link: link for link in ALL}
    found: Answers = {"yes": [], "maybe": [], "unknown": []}
    page = open_page(client, f"/?{query}")
    if not page.all("table"):
        return found
    links = page.one("table").links
    for heading, listed in groups(page):
        answer = "unknown" if heading.startswith("Without a figure") else "maybe"
        found[answer if heading else "yes"] = [
            slugs[links[name].removeprefix("/companies/").partition("?")[0]] for name in listed
        ]
    return found


def by(rows: list[dict[str, str]]) -> Answers:
    found: Answers = {"yes": [], "maybe": [], "unknown": []}
    for row in rows:
        found[row["answer"]].append(row["slug"])
    return found


def in_json(client: TestClient, query: str) -> Answers:
    return by(client.get(f"/api/companies?{query}").json()["items"])


def in_the_json_file(client: TestClient, query: str) -> Answers:
    return by(client.get(f"/companies.json?{query}").json()["items"])


def in_csv(client: TestClient, query: str) -> Answers:
    return by(rows_of(client.get(f"/companies.csv?{query}")))


Door = Callable[[TestClient, str], Answers]
DOORS = [on_the_page, in_json, in_the_json_file, in_csv]
every_door = pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.query)


@every_door
@every_example
def test_everyone_answers_as_the_issue_says(
    six_site: TestClient, example: Example, door: Door
) -> None:
    assert door(six_site, f"{example.query}&unknown=1") == {
        "yes": list(example.yes),
        "maybe": list(example.maybe),
        "unknown": list(example.unknown),
    }


@every_door
@every_example
def test_who_has_no_figure_is_left_out_unless_asked_for(
    six_site: TestClient, example: Example, door: Door
) -> None:
    assert door(six_site, example.query) == {
        "yes": list(example.yes),
        "maybe": list(example.maybe),
        "unknown": [],
    }


@every_door
@every_example
def test_maybes_can_be_left_out(six_site: TestClient, example: Example, door: Door) -> None:
    assert door(six_site, f"{example.query}&maybe=0") == {
        "yes": list(example.yes),
        "maybe": [],
        "unknown": [],
    }


@every_example
def test_the_page_tells_who_has_no_figure_in_words(six_site: TestClient, example: Example) -> None:
    seen = main(open_page(six_site, f"/?{example.query}")).seen
    assert example.missing in seen
    assert ("not state it" in seen or "none yet." in seen) is bool(example.missing)


@every_example
@pytest.mark.parametrize("shown", ["", "&maybe=0", "&unknown=1", "&size=1"])
def test_the_counts_are_those_of_all_whatever_is_shown(
    six_site: TestClient, example: Example, shown: str
) -> None:
    for door in ("/api/companies", "/companies.json"):
        answer = six_site.get(f"{door}?{example.query}{shown}").json()
        named = len(example.yes), len(example.maybe), len(example.unknown)
        assert (answer["yes"], answer["maybe"], answer["unknown"]) == named
        assert answer["no"] == len(ALL) - sum(named)
        assert answer["total"] == len(ALL)
        assert answer["none"] == (1 if "none yet" in example.missing else 0)


def test_tencent_is_no_less_than_its_bound(six_site: TestClient) -> None:
    answer = six_site.get("/api/companies?rd_share_max=50&unknown=1").json()
    assert answer["no"] == 1
    assert "tencent" not in {item["slug"] for item in answer["items"]}


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        (
            "rd_share_min=40",
            {"Huawei": "44.7% ƒ of employees", "ZTE Corporation": "> 10% 1 of revenue"},
        ),
        ("rd_share_max=50&unknown=1", {"Intel": "—"}),
    ],
)
def test_the_row_names_the_basis_that_answered(
    six_site: TestClient, query: str, shown: dict[str, str]
) -> None:
    page = open_page(six_site, f"/?{query}")
    for name, share in shown.items():
        row = next(
            row
            for row in page.one("table").all("tr")
            if row.all("bdi") and row.one("bdi").seen == name
        )
        assert share in [cell.seen for cell in row.all("td")]
