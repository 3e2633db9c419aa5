"""The files: a row per company, a row per figure, in the order of the page."""

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.api.delimited import safe, write_csv
from tests.site import CAST, names, open_page, rows_of, serve_text

MEASURES = (
    "revenue",
    "employees",
    "revenue_per_employee",
    "rd_staff",
    "rd_share_staff",
    "rd_share_revenue",
    "countries",
    "founded",
)
PARTS = (
    "value",
    "low",
    "high",
    "low_open",
    "high_open",
    "unit",
    "currency",
    "state",
    "period",
    "as_stated",
    "source",
    "locator",
    "derivation",
)


def cells(row: dict[str, str], measure: str) -> list[str]:
    """What a row tells of a measure."""
    return [row[f"{measure}_{part}"] for part in PARTS]


def by_slug(client: TestClient, url: str = "/companies.csv") -> dict[str, dict[str, str]]:
    return {row["slug"]: row for row in rows_of(client.get(url))}


def test_the_first_line_names_every_part_of_every_built_in_measure(six_site: TestClient) -> None:
    first = six_site.get("/companies.csv").text.split("\r\n")[0]
    company = "slug,name,answer,founded,place,industries"
    agreed = ",".join([company, *(f"{m}_{part}" for m in MEASURES for part in PARTS)])
    assert first.startswith(f"{agreed},software_bases_value,")


@pytest.mark.parametrize("path", ["/companies.csv", "/figures.csv"])
def test_a_file_is_kept_under_its_name(six_site: TestClient, path: str) -> None:
    headers = six_site.get(path).headers
    assert headers["content-type"] == "text/csv; charset=utf-8"
    assert headers["content-disposition"] == f'attachment; filename="{path[1:]}"'


def test_lines_end_as_the_standard_says(six_site: TestClient) -> None:
    text = six_site.get("/companies.csv").text
    assert text.endswith("\r\n")
    assert text.count("\r\n") == text.count("\n") == 7


PER_EMPLOYEE = "Revenue_÷_Employees:_2015_revenue_($1.2B)_over_undated_employees_(20,000)"
SHARE = "R&D_staff_÷_Employees:_undated_R&D_staff_(76k)_over_undated_employees_(170K)"
FIGURES = f"""
huawei revenue
    61000000000 61000000000 61000000000 false false money USD stated 2015 $61B_USD
    collier-2016 Snapshots -
huawei employees
    170000 170000 170000 false false people - stated - 170K
    collier-2016 Snapshots;_Innovation_2_(170,000) -
tencent rd_share_staff
    - 0.5 1 true false fraction - stated - more_than_50_% collier-2016 Innovation_3 -
zte rd_share_revenue
    - 0.1 - true true fraction - stated - more_than_10_% collier-2016 Innovation_3 -
huawei rd_share_staff
    0.447058823529 0.447058823529 0.447058823529 false false fraction - derived - -
    collier-2016 - {SHARE}
neusoft revenue_per_employee
    60000 60000 60000 false false money USD derived - - collier-2016 - {PER_EMPLOYEE}
royole revenue
    - - - - - money - none 2015 will_commercialize_2017 collier-2016 Snapshots -
intel rd_staff
    - - - - - people - unknown - - - - -
"""
"""Blank cells are dashes here, and blanks within a cell are underscores."""


@pytest.mark.parametrize("figure", re.findall(r"^\S.*(?:\n .*)+", FIGURES, re.MULTILINE))
def test_a_figure_is_told_cell_by_cell(six_site: TestClient, figure: str) -> None:
    slug, measure, *expected = figure.split()
    told = cells(by_slug(six_site)[slug], measure)
    assert [cell.replace(" ", "_") or "-" for cell in told] == expected


def test_a_row_tells_who_the_company_is(six_site: TestClient) -> None:
    row = by_slug(six_site)["intel"]
    assert [row[name] for name in ("slug", "name", "answer", "founded", "place", "industries")] == [
        "intel",
        "Intel",
        "yes",
        "1968",
        "given as Santa Clara, CA; maker team visited in Beijing",
        "semiconductors and computing",
    ]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "sort=countries",
        "sort=-name",
        "rd_share_min=40&unknown=1",
        "rd_share_min=40&maybe=0",
        "q=tele",
        "industry=forestry",
    ],
)
def test_rows_stand_in_the_order_of_the_page(six_site: TestClient, query: str) -> None:
    listed = names(open_page(six_site, f"/?{query}"))
    assert [row["name"] for row in rows_of(six_site.get(f"/companies.csv?{query}"))] == listed


@pytest.mark.parametrize("path", ["/companies.csv", "/figures.csv"])
def test_all_rows_are_there_whatever_the_page_holds(six_site: TestClient, path: str) -> None:
    whole = rows_of(six_site.get(path))
    assert rows_of(six_site.get(f"{path}?size=1")) == whole
    second = six_site.get("/api/companies?size=1").json()["next"].partition("?")[2]
    assert rows_of(six_site.get(f"{path}?{second}")) == whole


def test_more_companies_than_a_page_can_hold_are_all_there(tmp_path: Path) -> None:
    text = CAST + "".join(
        f"  - {{slug: c{n:03}, name: C, source: gazette, employees: {n}}}\n" for n in range(450)
    )
    with serve_text(tmp_path, text) as client:
        slugs = [row["slug"] for row in rows_of(client.get("/companies.csv?sort=employees"))]
        assert slugs == [f"c{n:03}" for n in range(450)]
        assert len(rows_of(client.get("/figures.csv"))) == 450
        assert len(client.get("/companies.json").json()["items"]) == 450


def figures(client: TestClient, query: str = "") -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows_of(client.get(f"/figures.csv?{query}")):
        found.setdefault(f"{row['slug']} {row['measure']}", []).append(row)
    return found


def test_every_figure_has_a_row_others_and_none_yet_included(six_site: TestClient) -> None:
    found = figures(six_site)
    assert sum(map(len, found.values())) == 43
    first, second = found["tencent mau_wechat"]
    assert (first["headline"], first["value"]) == ("true", "806000000")
    assert (second["headline"], second["low"], second["low_open"]) == (
        "false",
        "800000000",
        "true",
    )
    assert second["note"] == "The source counts users here, not accounts."
    (none_yet,) = found["royole revenue"]
    assert (none_yet["state"], none_yet["as_stated"]) == ("none", "will commercialize 2017")
    assert none_yet["published"] == "2016-11-21"
    assert "intel rd_staff" not in found


def test_figures_are_those_of_the_companies_listed(six_site: TestClient) -> None:
    found = figures(six_site, "rd_share_min=40")
    assert {key.split()[0] for key in found} == {"huawei", "tencent", "zte"}


def test_the_first_figure_of_each_measure_is_its_headline(six_site: TestClient) -> None:
    for rows in figures(six_site).values():
        assert [row["headline"] for row in rows] == ["true"] + ["false"] * (len(rows) - 1)


def test_figures_tell_the_same_as_the_companies(six_site: TestClient) -> None:
    companies = by_slug(six_site)
    for key, (headline, *_) in figures(six_site).items():
        slug, measure = key.split()
        if measure in MEASURES:
            assert [headline[part] for part in PARTS] == cells(companies[slug], measure)


def test_a_comparison_is_a_file_in_the_order_asked(six_site: TestClient) -> None:
    answer = six_site.get("/compare.csv?c=zte&c=huawei&c=zte")
    rows = rows_of(answer)
    assert [row["slug"] for row in rows] == ["zte", "huawei"]
    assert [row["answer"] for row in rows] == ["", ""]
    listed = by_slug(six_site)
    assert [{**row, "answer": "yes"} for row in rows] == [listed["zte"], listed["huawei"]]
    assert answer.headers["content-disposition"] == 'attachment; filename="compare.csv"'


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("a=1", "a=1"),
        ("1-2", "1-2"),
        (" =1", " =1"),
        ("", ""),
        (None, None),
    ],
)
def test_a_text_that_a_spreadsheet_would_run_is_neutralised(
    text: str | None, cell: str | None
) -> None:
    assert safe(text) == cell


def test_numbers_are_never_touched() -> None:
    row: list[Any] = [-5, -0.5, 10**12, True, None]
    assert list(write_csv(["a"], [row])) == ["a\r\n", "-5,-0.5,1000000000000,true,\r\n"]


def test_the_greatest_amount_has_every_digit(tmp_path: Path) -> None:
    amount = "46,116,860,184,273,879.02"
    text = f'{CAST}  - {{slug: alder, name: Alder, source: gazette, revenue: "${amount}"}}\n'
    with serve_text(tmp_path, text) as client:
        (row,) = rows_of(client.get("/companies.csv"))
    assert row["revenue_value"] == amount.replace(",", "")


@given(st.text(max_size=20))
def test_no_text_begins_so_that_a_spreadsheet_runs_it(text: str) -> None:
    made = safe(text)
    assert made in (text, f"'{text}")
    assert not (made or "").startswith(("=", "+", "-", "@", "\t", "\r"))


RUNS = f"""{CAST}
  - slug: alder
    name: "=HYPERLINK(1)"
    industries: ["@sum", "+x"]
    source: gazette
    locator: "\\t=1+1"
    place: "-2+3"
    employees: {{stated: "about 10", low: 5, high: 15, note: "\\r=cmd"}}
    revenue: {{none: "=next year"}}
"""


def test_every_text_of_a_data_set_is_neutralised_in_every_file(tmp_path: Path) -> None:
    with serve_text(tmp_path, RUNS) as client:
        (row,) = rows_of(client.get("/companies.csv"))
        figure = figures(client)["alder employees"][0]
        files = [client.get(path) for path in ("/companies.csv", "/figures.csv")]
    assert row["name"] == "'=HYPERLINK(1)"
    assert row["place"] == "'-2+3"
    assert row["industries"] == "'@sum; +x"
    assert row["revenue_as_stated"] == "'=next year"
    assert (row["employees_low"], row["employees_high"]) == ("5", "15")
    assert (row["slug"], row["employees_source"]) == ("alder", "gazette")
    assert figure["note"].startswith("'") or figure["note"] == "=cmd"
    for answer in files:
        for line in rows_of(answer):
            for cell in line.values():
                assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


QUOTED = f"""{CAST}
  - slug: alder
    name: 'Alder "the tree", Ltd; it''s'
    place: "first line\\nsecond line"
    source: gazette
    aliases: [京东, Äpfel]
    industries: [Straßenbau]
"""


def test_quotes_commas_line_ends_and_other_scripts_come_back_as_they_were(
    tmp_path: Path,
) -> None:
    with serve_text(tmp_path, QUOTED) as client:
        (row,) = rows_of(client.get("/companies.csv"))
        place = client.get("/api/companies/alder").json()["place"]
    assert row["name"] == 'Alder "the tree", Ltd; it\'s'
    assert row["industries"] == "Straßenbau"
    assert row["place"] == place
    assert "second line" in place
