"""The sources, and every figure that rests on one."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, Node, main, open_page, serve_text

TITLE = "Moving from 'Made in China' to 'Innovated in China'"


def test_a_source_is_listed_with_author_date_and_reach(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/sources"))
    (entry,) = page.all("li")
    assert "article by Chelsea Collier, published 21 Nov 2016" in entry.seen
    assert "43 figures of 6 companies" in entry.seen
    assert "no address known" in entry.seen
    assert page.links == {TITLE: "/sources/collier-2016"}


def groups(page: Node) -> dict[str, list[list[str]]]:
    """The figures that rest on a source by their company, each as its cells are seen."""
    found: dict[str, list[list[str]]] = {}
    name = ""
    for row in page.one("table").all("tr"):
        if heading := row.all("th", scope="rowgroup"):
            name = heading[0].seen
        elif row.all("th", scope="row"):
            found.setdefault(name, []).append([cell.seen for cell in row.parts])
    return found


def test_every_figure_that_rests_on_a_source_is_listed(six_site: TestClient) -> None:
    page = open_page(six_site, "/sources/collier-2016")
    found = groups(page)
    assert {name: len(lines) for name, lines in found.items()} == {
        "Huawei": 8,
        "Intel": 5,
        "Neusoft": 7,
        "Royole": 5,
        "Tencent": 9,
        "ZTE Corporation": 9,
    }
    assert sum(map(len, found.values())) == 43


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("Huawei", ["Revenue", "$61B", "“$61B USD”", "2015", "Snapshots"]),
        (
            "Huawei",
            [
                "Employees",
                "170,000",
                "“170K”, “170,000”",
                "undated, published Nov 2016",
                "Snapshots, Innovation 2",
            ],
        ),
        ("Royole", ["Revenue", "none yet", "“will commercialize 2017”", "2015", "Snapshots"]),
        (
            "Tencent",
            [
                "R&D share of employees",
                "> 50%",
                "“more than 50 %”",
                "undated, published Nov 2016",
                "Innovation 3",
            ],
        ),
        (
            "Huawei",
            [
                "R&D share of employees",
                "44.7%",
                "worked out",
                "that of its inputs",
                "R&D staff ÷ Employees: undated R&D staff (76k) over undated employees (170K)",
            ],
        ),
    ],
)
def test_a_figure_tells_form_date_and_place(
    six_site: TestClient, name: str, line: list[str]
) -> None:
    assert line in groups(open_page(six_site, "/sources/collier-2016"))[name]


def test_the_names_of_places_are_explained(six_site: TestClient) -> None:
    assert main(open_page(six_site, "/sources/collier-2016")).pairs == [
        ("Snapshots", "our name for the opening list of companies"),
        ("Innovation", "the section “A Commitment to Innovation”, with its paragraph"),
        ("5G", "the section “Everyone Knows the Future is 5G”, with its paragraph"),
    ]


def test_a_company_of_a_source_leads_to_its_profile(six_site: TestClient) -> None:
    links = main(open_page(six_site, "/sources/collier-2016")).links
    assert links["ZTE Corporation"] == "/companies/zte"


def test_an_unknown_source_is_not_found(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/sources/gazette", status=404))
    assert page.one("h1").seen == "No such source"
    assert "No source is filed under “gazette”" in page.seen


def test_a_source_with_an_address_leads_there(tmp_path: Path) -> None:
    text = f"{CAST}  - {{slug: alder, name: Alder, source: gazette, employees: 5}}\n"
    with serve_text(tmp_path, text) as client:
        for address in ("/sources", "/sources/gazette", "/companies/alder"):
            links = main(open_page(client, address)).links
            assert links["https://gazette.example/1"] == "https://gazette.example/1"


def test_a_source_that_nothing_rests_on_says_so(tmp_path: Path) -> None:
    text = f"{CAST}  - {{slug: alder, name: Alder, source: gazette, employees: 5}}\n"
    with serve_text(tmp_path, text) as client:
        assert "0 figures of 0 companies" in main(open_page(client, "/sources/almanac")).seen
        assert "1 figure of 1 company" in main(open_page(client, "/sources/gazette")).seen


def test_many_companies_of_a_source_are_paged(tmp_path: Path) -> None:
    text = CAST + "".join(
        f"  - {{slug: c{n:03}, name: Company {n}, source: gazette, employees: {n}}}\n"
        for n in range(120)
    )
    with serve_text(tmp_path, text) as client:
        url, seen = "/sources/gazette", []
        while url:
            page = open_page(client, url)
            seen.append(list(groups(page)))
            url = main(page).links.get("Next page", "")
        assert [len(names) for names in seen] == [50, 50, 20]
        assert [name for names in seen for name in names] == [f"Company {n}" for n in range(120)]
        assert main(page).links["First page"] == "/sources/gazette"
