"""The exports: in every format the rows of the page in its order, and the same cells."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from fastapi.testclient import TestClient

from app.api import exports
from app.api.exports import EXPORTS, Export, gathered, through_file
from app.profiles.filter import SORT_KEYS
from tests.api import opened
from tests.api.opened import COMPANIES, EVERY, FIGURES, in_json, sheet
from tests.made_up import made_up
from tests.site import CAST, open_page, serve_text

FILTERS = (
    "",
    "rd_share_min=10",
    "rd_share_min=10&maybe=0",
    "rd_share_min=10&unknown=1",
    "revenue_min=100M&revenue_max=1B&unknown=1&size=7",
    "lacks=revenue",
    "q=data",
    "q=nobody",
    *(f"sort={sign}{key}" for key in SORT_KEYS for sign in ("", "-")),
)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("crowd"), made_up(60, seed=4)) as client:
        yield client


def listed(client: TestClient, query: str) -> tuple[int, list[str]]:
    """How many companies the page says the list has, and their slugs, page after page."""
    url: str | None = f"/?{query}"
    slugs: list[str] = []
    while url:
        page = open_page(client, url)
        said = page.one("span", id="found").seen
        slugs += [box.get("value") for box in page.all("input", type="checkbox", name="c")]
        url = next((one.get("href") for one in page.all("a", rel="next")), None)
    parts = [part for part in said.split(", ") if "left out" not in part]
    return sum(int(re.sub(r"\D.*", "", part.replace(",", ""))) for part in parts), slugs


@pytest.mark.parametrize("query", FILTERS)
def test_every_format_has_the_rows_of_the_page_in_its_order(crowd: TestClient, query: str) -> None:
    count, slugs = listed(crowd, query)
    assert len(slugs) == count
    assert (count == 0) == (query == "q=nobody")
    whole = {name: crowd.get(f"/{name}?{query}").content for name in COMPANIES}
    rows = {name: read(whole[name]) for name, read in COMPANIES.items()}
    for name in COMPANIES:
        assert [row["slug"] for row in rows[name]] == slugs, name
        assert rows[name] == rows["companies.csv"], name
    assert list(in_json(crowd.get(f"/companies.json?{query}").content)) == slugs


def test_more_companies_than_are_read_at_once_are_all_there(tmp_path: Path) -> None:
    lines = (
        f"  - {{slug: c{n:03}, name: C, source: gazette, employees: {n}}}\n" for n in range(410)
    )
    with serve_text(tmp_path, CAST + "".join(lines)) as client:
        for name, read in EVERY.items():
            slugs = [row["slug"] for row in read(client.get(f"/{name}?sort=employees").content)]
            assert slugs == [f"c{n:03}" for n in range(410)], name


@pytest.mark.parametrize("query", FILTERS[:8])
def test_every_format_has_the_same_figures(crowd: TestClient, query: str) -> None:
    rows = {name: read(crowd.get(f"/{name}?{query}").content) for name, read in FIGURES.items()}
    rows["companies.xlsx"] = sheet(crowd.get(f"/companies.xlsx?{query}").content, "Figures")
    _, slugs = listed(crowd, query)
    of = rows["figures.csv"]
    places = [slugs.index(row["slug"]) for row in of]
    assert places == sorted(places)
    for name, found in rows.items():
        assert found == of, name


def test_the_crowd_holds_all_that_may_be_said_of_a_figure(crowd: TestClient) -> None:
    rows = opened.from_csv(crowd.get("/figures.csv").content)
    assert {row["state"] for row in rows} == {"stated", "derived", "none"}
    assert {row["currency"] for row in rows} == {"USD", "EUR", ""}
    assert {"", "0"} <= {row["low"] for row in rows}
    assert {row["high_open"] for row in rows} == {"true", "false", ""}
    answers = opened.from_csv(crowd.get("/companies.csv?rd_share_min=10&unknown=1").content)
    assert {row["answer"] for row in answers} == {"yes", "maybe", "unknown"}


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_is_kept_under_its_name(six_site: TestClient, export: Export) -> None:
    answer = six_site.get(f"/{export.name}")
    assert answer.headers["content-type"] == export.format.media
    assert answer.headers["content-disposition"] == f'attachment; filename="{export.name}"'
    assert re.fullmatch(r"[a-z]+\.[a-z]+", export.name)


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_the_same_data_make_the_same_file(six_site: TestClient, export: Export) -> None:
    first, second = (six_site.get(f"/{export.name}").content for _ in range(2))
    assert first == second


def test_the_json_is_that_of_the_api(six_site: TestClient) -> None:
    query = "rd_share_min=40&unknown=1"
    whole = six_site.get(f"/companies.json?{query}")
    assert whole.json() == six_site.get(f"/api/companies?{query}").json()
    assert len(whole.text.splitlines()) == 2 + len(whole.json()["items"])
    none = six_site.get("/companies.json?q=nobody").json()
    assert (none["items"], none["no"], none["next"]) == ([], 6, None)


AMOUNTS = {
    "greatest": "46,116,860,184,273,879.02",
    "beyond": "90,071,992,547,409.93",
    "cents": "1,234,567,890,123.45",
    "plain": "61,000,000,000",
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    lines = (
        f'  - {{slug: {slug}, name: A, source: gazette, revenue: "${amount}"}}\n'
        for slug, amount in AMOUNTS.items()
    )
    with serve_text(tmp_path_factory.mktemp("rich"), CAST + "".join(lines)) as client:
        yield client


@pytest.mark.parametrize("name", COMPANIES)
def test_an_amount_keeps_every_digit_in_every_format(rich: TestClient, name: str) -> None:
    rows = {row["slug"]: row for row in COMPANIES[name](rich.get(f"/{name}").content)}
    for slug, amount in AMOUNTS.items():
        for part in ("value", "low", "high"):
            assert rows[slug][f"revenue_{part}"] == amount.replace(",", ""), slug


@pytest.mark.parametrize(
    "url", ["/companies.json", "/api/companies", "/api/companies/{}", "/companies/{}.json"]
)
@pytest.mark.parametrize("slug", AMOUNTS)
def test_json_keeps_every_digit_as_a_number(rich: TestClient, url: str, slug: str) -> None:
    assert f'"low":{AMOUNTS[slug].replace(",", "")},' in rich.get(url.format(slug)).text


def test_a_comparison_and_the_page_of_the_api_keep_every_digit(rich: TestClient) -> None:
    asked = "/compare.json?c=greatest&c=beyond"
    for url in (asked, f"/api{asked.replace('.json', '')}"):
        assert '"high":46116860184273879.02,' in rich.get(url).text
    assert "90071992547409.93" in rich.get("/api").text


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "<script>alert(1)</script>",
    "<r><t>markup</t></r>",
    "<r>&</r>",
    "first\nsecond",
    "a 😀 smile",
    "right to left: שלום",
    "https://example.org/?a=1",
    "internal:Sheet1!A1",
    "0012",
    'Alder "the tree", Ltd; it\'s',
    " led by a blank",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    quoted = (json.dumps(name, ensure_ascii=False) for name in HOSTILE)
    lines = (
        f"  - {{slug: c{n:02}, name: {name}, source: gazette, employees: 5}}\n"
        for n, name in enumerate(quoted)
    )
    with serve_text(tmp_path_factory.mktemp("hostile"), CAST + "".join(lines)) as client:
        yield client


def kept(client: TestClient) -> list[str]:
    """The names as they were read, which may be tidied."""
    items = client.get("/api/companies?size=200").json()["items"]
    return [item["name"] for item in sorted(items, key=lambda item: item["slug"])]


@pytest.mark.parametrize("name", EVERY)
def test_a_hostile_name_comes_through_unharmed(hostile: TestClient, name: str) -> None:
    names = kept(hostile)
    assert {"=cmd|' /C calc'!A0", "<r><t>markup</t></r>", "+1"} <= set(names)
    rows = EVERY[name](hostile.get(f"/{name}").content)
    found = [row["name"] for row in sorted(rows, key=lambda row: row["slug"])]
    guarded = [f"'{one}" if one[0] in "=+-@" else one for one in names]
    assert found == (guarded if name.endswith(".csv") else names)


def test_no_sheet_holds_a_formula_or_a_link(hostile: TestClient) -> None:
    with ZipFile(io.BytesIO(hostile.get("/companies.xlsx").content)) as parts:
        sheets = [one for one in parts.namelist() if one.startswith("xl/worksheets/")]
        assert len(sheets) == 3
        for one in sheets:
            text = parts.read(one).decode()
            assert "<f>" not in text
            assert "<hyperlink" not in text
        assert not [one for one in parts.namelist() if "externalLink" in one or "vba" in one]


SOURCES = """\
title: Sources
sources:
  gazette: {title: The Gazette, author: Ada, published: 2016-11-21, url: "https://g.example/1"}
  almanac: {title: The Almanac, published: 1895-02-03}
  idle: {title: Nobody rests on this}
companies:
  - slug: alder
    name: Alder
    source: gazette
    employees: 5
    countries: [3, {stated: 2, period: 2014}]
  - {slug: birch, name: Birch, source: almanac, employees: 600, founded: 1880}
  - {slug: cedar, name: Cedar}
"""


@pytest.mark.parametrize(
    ("query", "figures"),
    [("", ["3", "2", "0"]), ("employees_min=100", ["0", "2", "0"]), ("q=nobody", ["0"] * 3)],
)
def test_every_source_is_told_with_what_rests_on_it(
    tmp_path: Path, query: str, figures: list[str]
) -> None:
    with serve_text(tmp_path, SOURCES) as client:
        content = client.get(f"/companies.xlsx?{query}").content
    rows = sheet(content, "Sources")
    assert [row.pop("figures") for row in rows] == figures
    resting = [row["source"] for row in sheet(content, "Figures")]
    assert [str(resting.count(row["source"])) for row in rows] == figures
    assert [list(row.values()) for row in rows] == [
        ["1", "gazette", "The Gazette", "Ada", "2016-11-21", "https://g.example/1"],
        ["2", "almanac", "The Almanac", "", "1895-02-03", ""],
        ["3", "idle", "Nobody rests on this", "", "", ""],
    ]


PARQUET = [export for export in EXPORTS if export.format.ending == "parquet"]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation without pyarrow."""
    monkeypatch.setattr(exports, "installed", lambda _library: False)


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("export", PARQUET, ids=lambda export: export.name)
def test_without_pyarrow_parquet_is_refused_in_words(six_site: TestClient, export: Export) -> None:
    answer = six_site.get(f"/{export.name}")
    assert (answer.status_code, answer.headers["content-type"]) == (501, "application/problem+json")
    told: dict[str, Any] = answer.json()
    assert told["detail"] == (
        f"{export.name} needs pyarrow, which is not installed here; "
        "pip install sourcebook[parquet] brings it."
    )


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("url", ["/", "/api"])
def test_without_pyarrow_no_page_offers_parquet(six_site: TestClient, url: str) -> None:
    links = open_page(six_site, url).links
    assert not [href for href in links.values() if "parquet" in href]
    assert "/figures.jsonl" in links.values()


@pytest.mark.parametrize("url", ["/", "/api"])
def test_pages_offer_every_export(six_site: TestClient, url: str) -> None:
    links = open_page(six_site, url).links
    assert {f"/{export.name}" for export in EXPORTS} <= set(links.values())


def test_lines_are_gathered_into_few_pieces_that_are_whole_lines() -> None:
    lines = [f"{n}\n".encode() * 100 for n in range(2000)]
    pieces = list(gathered(lines))
    assert b"".join(pieces) == b"".join(lines)
    assert 1 < len(pieces) < 30
    assert all(piece.endswith(b"\n") for piece in pieces)


def test_a_file_that_cannot_be_finished_is_closed() -> None:
    files = []

    def write(file: Any) -> None:
        files.append(file)
        raise RuntimeError("full")

    with pytest.raises(RuntimeError, match="full"):
        through_file(write)
    assert files[0].closed


def test_a_file_is_closed_once_it_is_read() -> None:
    files = []

    def write(file: Any) -> None:
        files.append(file)
        file.write(b"abc")

    pieces = through_file(write)
    assert not files[0].closed
    assert list(pieces) == [b"abc"]
    assert files[0].closed
