"""What several sources say of one measure, as the pages tell it."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.pages.accounts import gap_words
from app.profiles.agreement import compare
from app.profiles.figure import Figure, State
from app.profiles.measures import Catalogue
from app.profiles.notation import read_notation
from tests.site import main, open_page, serve_text

CATALOGUE = Catalogue()
DATA = """\
title: Two books
prefer: [book]
sources:
  gazette: {title: The Gazette, published: 2016-11-21}
  book: {title: The Book}
  ledger: {title: The Ledger}
measures:
  rd_spend: {label: R&D spend, kind: money, unit: money}
  sites: {label: Sites, unit: sites}
  visits: {label: Visits, unit: visits}
companies:
  - slug: alder
    name: Alder
    source: gazette
    employees: ["100,000", {stated: "107,300", period: 2015/16, source: book}]
    rd_share_revenue: ["more than 10 %", {stated: 13.8 %, period: 2015, source: book}]
    revenue: [{stated: $61B, period: 2015}, {stated: $60.8B, period: 2015, source: book}]
    countries: [160, {stated: 160, source: book}]
    sites: [10-20, {stated: 15-30, source: book}]
    visits: [{stated: "90", period: 2014}, {stated: "93", period: 2014, source: ledger},
      {stated: "100", period: 2015}]
  - slug: birch
    name: Birch
    source: gazette
    revenue: {stated: $100M, period: 2015}
    rd_spend: {stated: $15M, period: 2015}
    rd_share_revenue: {stated: 13.8 %, period: 2015}
    employees: [{stated: "5", period: 2014}, {stated: "6", period: 2015}]
    sites: ["8", "9"]
  - slug: cedar
    name: Cedar
    source: gazette
    revenue: {stated: $100M, period: 2015}
    rd_spend: {stated: $14M, period: 2015}
    rd_share_revenue: {stated: 14 %, period: 2015}
    employees: "8"
"""
PREFERRED = "shown first is that of the preferred source."
DATED = "the dated one is shown first."
ALDER = [
    f"2 sources give $60.8B to $61B; the same but for rounding; {PREFERRED}",
    f"2 sources give 100,000 to 107,300, one of them undated; they differ by 7%; {DATED}",
    f"2 sources give 160; {PREFERRED}",
    "13.8% of 2015 (source 2) lies inside the undated > 10% (source 1): both can be true.",
    f"2 sources give 10 to 30; they overlap, so both can be true; {PREFERRED}",
    "2014: 2 sources give 90 to 93; they differ by 3%.",
]
SHARES = "13.8% of 2015 (source 1) and 15% of 2015 (worked out) differ by 1.2 points"
BIRCH = [f"{SHARES}, more than rounding explains."]


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("books"), DATA) as client:
        yield client


def sentences(client: TestClient, address: str, *, spoken: bool = False) -> list[str]:
    """What a page tells of sources that agree or do not, in its order."""
    told = [
        one.spoken if spoken else one.seen
        for one in main(open_page(client, address)).all(class_="also")
    ]
    plain = [re.sub(r"\s", " ", one) for one in told]
    return [one for one in plain if not one.startswith("also")]


def test_a_profile_tells_how_the_sources_of_a_figure_agree(books: TestClient) -> None:
    assert sorted(sentences(books, "/companies/alder")) == sorted(ALDER)


def test_a_profile_tells_where_stated_and_worked_out_differ_beyond_rounding(
    books: TestClient,
) -> None:
    assert sentences(books, "/companies/birch") == BIRCH
    assert sentences(books, "/companies/cedar") == []


def test_a_screen_reader_hears_words_where_the_eye_sees_signs(books: TestClient) -> None:
    spoken = sentences(books, "/companies/alder", spoken=True)
    assert (
        "13.8% of 2015 (source 2) lies inside the undated more than 10% (source 1): "
        "both can be true." in spoken
    )
    assert any("60.8 billion US dollars to 61 billion US dollars" in one for one in spoken)


def test_a_comparison_tells_the_same_and_lists_the_sources_it_names(books: TestClient) -> None:
    address = "/compare?c=alder&c=birch"
    assert sorted(sentences(books, address)) == sorted(ALDER + BIRCH)
    page = open_page(books, address)
    assert [one.get("value") for one in page.one(class_="srcs").all("li")] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("slug", "measure", "chosen"),
    [
        ("alder", "employees", "of 2 figures: it is dated, the next is not"),
        ("alder", "countries", "of 2 figures: its source comes first in the order of sources"),
        ("alder", "visits", "of 3 figures: it is of the latest period"),
        ("birch", "rd_share_revenue", "of 2 figures: it is stated, the next is worked out"),
        ("birch", "employees", "of 2 figures: it is of the latest period"),
        ("birch", "sites", None),
        ("cedar", "employees", None),
    ],
)
def test_a_note_tells_why_its_figure_is_shown_first(
    books: TestClient, slug: str, measure: str, chosen: str | None
) -> None:
    slip = open_page(books, f"/companies/{slug}").one(id=f"note-{measure}")
    assert dict(slip.pairs).get("Shown first") == chosen


def test_the_json_of_a_company_tells_why_a_figure_is_first(books: TestClient) -> None:
    figures = books.get("/api/companies/alder").json()["figures"]
    told = {key: one["reason"] for key, one in figures.items() if one["others"]}
    assert told == {
        "revenue": "preferred",
        "employees": "dated",
        "rd_share_revenue": "dated",
        "countries": "preferred",
        "sites": "preferred",
        "visits": "latest",
    }


def test_where_there_is_one_source_nothing_is_told_of_several(six_site: TestClient) -> None:
    for slug in ("huawei", "zte", "intel", "tencent", "royole", "neusoft"):
        page = open_page(six_site, f"/companies/{slug}")
        assert "Shown first" not in page.spoken
        assert sentences(six_site, f"/companies/{slug}") == []


@pytest.mark.parametrize(
    ("key", "one", "other", "words"),
    [
        ("employees", "107,300", "100,000", " by 7%"),
        ("employees", "100,400", "100,000", " by 0.4%"),
        ("employees", "123", "100", " by 23%"),
        ("employees", "450", "100", " by a factor of 4.5"),
        ("employees", "5", "0", " by 5"),
        ("employees", "more than 196", "100", " by at least 96%"),
        ("employees", "more than 20", "20", ""),
        ("rd_share_revenue", "13.8 %", "12 %", " by 1.8 points"),
        ("rd_share_revenue", "13 %", "12.0 %", " by 1 point"),
        ("founded", "1987", "1985", " by 2 years"),
        ("revenue", "$61B", "$55B", " by 11%"),
    ],
)
def test_a_difference_is_told_as_people_say_it(key: str, one: str, other: str, words: str) -> None:
    measure = CATALOGUE[key]

    def printed(text: str) -> Figure:
        reading = read_notation(text, measure)
        return Figure(key, State.STATED, reading.interval, reading.currency, as_stated=text)

    assert gap_words(compare(printed(one), printed(other)), measure, "USD") == words
