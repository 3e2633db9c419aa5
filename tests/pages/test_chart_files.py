"""Charts as files: pictures that stand alone, with title, source and data, and no styles."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from app.pages.chart_files import sources_in_words
from app.profiles.company import Dataset, Source
from tests.site import CAST, main, open_page, serve_text

SVG = "{http://www.w3.org/2000/svg}"
SCATTER, RANKED = "/charts/scatter.svg", "/charts/ranked/revenue.svg"
SOURCE = (
    "Source: Chelsea Collier, “Moving from 'Made in China' to 'Innovated in China'”, 21 Nov 2016."
)
HOSTILE = "<script>alert('1')</script> & \"Söhne\" ]]> 東京"
HOSTILE_CAST = f"""{CAST.replace("The Gazette", "'<b>Gazette</b> & Co'")}
  - {{slug: alder, name: '{HOSTILE.replace("'", "''")}', source: gazette, revenue: over $1B,
     employees: up to 900, rd_share_staff: '>40%'}}
  - {{slug: birch, name: Birch, source: almanac, revenue: $2B, employees: 5000}}
  - {{slug: cedar, name: Cedar, source: almanac, employees: 5000}}
"""


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("hostile"), HOSTILE_CAST) as client:
        yield client


def open_file(client: TestClient, url: str) -> ET.Element:
    """A chart as a file, read as XML."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "image/svg+xml"
    return ET.fromstring(answer.text)  # noqa: S314 - Our own answer.


def texts(drawn: ET.Element) -> str:
    """Every text that stands in a chart."""
    return " ".join(text for one in drawn.iter(f"{SVG}text") for text in one.itertext())


def titles(drawn: ET.Element) -> list[str]:
    """The names of the marks and cells; the first is that of the chart."""
    return [one.text or "" for one in drawn.iter(f"{SVG}title")]


FILES = [
    SCATTER,
    f"{SCATTER}?x=countries&y=rd_share_staff&color=rd_share_revenue",
    f"{SCATTER}?rd_share_min=40",
    RANKED,
    f"{RANKED}?rd_share_min=40",
    "/charts/ranked/rd_share_revenue.svg",
    "/charts/ranked/countries.svg?q=tele",
]


@pytest.mark.parametrize("url", FILES)
def test_a_file_leans_on_no_style_sheet_and_runs_nothing(six_site: TestClient, url: str) -> None:
    for one in open_file(six_site, url).iter():
        assert one.tag.removeprefix(SVG) not in ("style", "script", "foreignObject", "image", "use")
        names = {name.lower() for name in one.attrib}
        assert not names & {"class", "style"}
        assert not [name for name in names if name.startswith("on")]


@pytest.mark.parametrize("url", FILES)
def test_whatever_is_drawn_has_its_colour_as_an_attribute(six_site: TestClient, url: str) -> None:
    drawn = open_file(six_site, url)
    parents = {child: parent for parent in drawn.iter() for child in parent}

    def inherited(one: ET.Element, name: str) -> str | None:
        while one.get(name) is None and one in parents:
            one = parents[one]
        return one.get(name)

    for one in drawn.iter():
        if one.tag in (f"{SVG}text", f"{SVG}rect", f"{SVG}circle", f"{SVG}path"):
            assert inherited(one, "fill"), one.attrib
        if one.tag == f"{SVG}line":
            assert inherited(one, "stroke"), one.attrib


@pytest.mark.parametrize("url", FILES)
def test_a_file_names_its_source_its_generation_and_its_digest(
    six_site: TestClient, six: Dataset, url: str
) -> None:
    said = texts(open_file(six_site, url))
    assert SOURCE in said
    assert "Generation 1 of the data." in said
    assert f"digest {six.digest[:12]}" in said


@pytest.mark.parametrize(
    ("url", "title"),
    [
        (SCATTER, "Revenue against employees"),
        (f"{SCATTER}?y=countries", "Countries against employees"),
        (RANKED, "Revenue, USD"),
        ("/charts/ranked/rd_share_staff.svg", "R&D share of employees"),
    ],
)
def test_a_file_has_a_title_that_names_it(six_site: TestClient, url: str, title: str) -> None:
    drawn = open_file(six_site, url)
    named = [one for one in drawn.iter() if one.get("id") == drawn.get("aria-labelledby")]
    assert [one.text for one in named] == [title]
    assert (drawn.get("role"), titles(drawn)[0]) == ("img", title)
    assert title in texts(drawn)


def test_a_file_is_as_high_as_what_stands_in_it(six_site: TestClient) -> None:
    for url in FILES:
        drawn = open_file(six_site, url)
        height = int(drawn.get("height", ""))
        assert drawn.get("viewBox") == f"0 0 960 {height}"
        foot = [int(one.get("y", "")) for one in list(drawn)[-1]]
        assert foot == sorted(foot)
        assert foot[-1] < height


def test_the_scatter_names_its_marks_as_the_page_does(six_site: TestClient) -> None:
    drawn = open_file(six_site, SCATTER)
    page = open_page(six_site, "/charts")
    marks = [one.get("aria-label") for one in page.all("a") if "pt" in one.get("class").split()]
    assert titles(drawn)[1:] == marks
    assert "no revenue to compare" in texts(drawn)


def test_links_lead_to_the_site_with_its_whole_address(six_site: TestClient) -> None:
    for url in (f"{SCATTER}?q=tele", f"{RANKED}?q=tele"):
        links = [one.get("href", "") for one in open_file(six_site, url).iter(f"{SVG}a")]
        assert len(links) == 2
        for href in links:
            assert href.startswith("http://testserver/companies/")
            assert urlsplit(href).query == "q=tele"


def test_links_bear_the_public_address(tmp_path: Path) -> None:
    with serve_text(tmp_path, HOSTILE_CAST, public_url="https://book.example") as client:
        for url in (SCATTER, RANKED):
            drawn = open_file(client, url)
            links = [one.get("href", "") for one in drawn.iter(f"{SVG}a")]
            assert links
            assert all(href.startswith("https://book.example/companies/") for href in links)
            assert "https://book.example/charts" in texts(drawn)


def test_the_ranking_has_each_number_or_says_why_there_is_none(six_site: TestClient) -> None:
    said = texts(open_file(six_site, RANKED))
    for name, number in (("Huawei", "$61B"), ("Neusoft", "$1.2B"), ("Royole", "none yet")):
        assert name in said
        assert number in said


def test_a_bound_is_a_paler_bar_that_goes_on(six_site: TestClient) -> None:
    drawn = open_file(six_site, "/charts/ranked/rd_share_staff.svg")
    pale = [one for one in drawn.iter(f"{SVG}rect") if one.get("fill-opacity")]
    assert [one.get("width") for one in pale] == ["100.0%"]


def test_the_filter_is_in_the_file(six_site: TestClient) -> None:
    for url in (f"{SCATTER}?rd_share_min=40", f"{RANKED}?rd_share_min=40"):
        said = texts(open_file(six_site, url))
        assert "R&D share from 40%" in said
        assert "/charts?rd_share_min=40" in said
        assert "Tencent" in said
        assert "Neusoft" not in said


def test_hostile_names_are_text_and_nothing_else(hostile_site: TestClient) -> None:
    for url in (SCATTER, RANKED, f"{RANKED}?q=%3Cscript%3E%26"):
        drawn = open_file(hostile_site, url)
        said = texts(drawn)
        assert HOSTILE in said
        assert "<b>Gazette</b> & Co" in said
    (alder,) = [one for one in titles(open_file(hostile_site, SCATTER)) if HOSTILE in one]
    assert alder == (
        f"{HOSTILE}: revenue more than 1 billion US dollars; up to 900 employees; "
        "R&D more than 40% of employees"
    )


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\U0001f600", "]]>", "&#0;"])
def test_a_search_that_no_xml_may_hold_is_still_a_picture(
    hostile_site: TestClient, sign: str
) -> None:
    for path in (SCATTER, RANKED):
        answer = hostile_site.get(path, params={"q": f"birch {sign}"})
        assert answer.status_code in (200, 422), answer.text[:300]
        if answer.status_code == 200:
            ET.fromstring(answer.text)  # noqa: S314 - Our own answer.


def test_an_upper_bound_points_back_from_its_edge(hostile_site: TestClient) -> None:
    drawn = open_file(hostile_site, f"{SCATTER}?y=rd_share_staff")
    shapes = [one.get("d") for one in drawn.iter(f"{SVG}path")]
    assert "M4-8.5-10 0 4 8.5Z" in shapes


@pytest.mark.parametrize("measure", ["charm", "founded", "Revenue", "revenue.svg"])
def test_a_measure_that_is_not_ranked_has_no_file(six_site: TestClient, measure: str) -> None:
    page = open_page(six_site, f"/charts/ranked/{measure}.svg", status=404)
    assert "No such page" in main(page).seen


@pytest.mark.parametrize("url", [f"{SCATTER}?q=nobody", f"{RANKED}?q=nobody", f"{RANKED}?q=royole"])
def test_where_there_is_nothing_to_draw_it_says_so(six_site: TestClient, url: str) -> None:
    page = open_page(six_site, url, status=422)
    assert "chart: “nothing to draw”" in main(page).seen


@pytest.mark.parametrize(
    ("url", "field"),
    [
        (f"{SCATTER}?x=charm", "x"),
        (f"{RANKED}?sort=charm", "sort"),
        (f"{RANKED}?cols=charm", "cols"),
    ],
)
def test_what_cannot_be_read_is_named(six_site: TestClient, url: str, field: str) -> None:
    assert f"{field}: “charm”" in main(open_page(six_site, url, status=422)).seen


@pytest.mark.parametrize("url", [SCATTER, RANKED])
def test_a_picture_may_stand_on_other_sites_and_a_page_may_not(
    six_site: TestClient, url: str
) -> None:
    name = "cross-origin-resource-policy"
    assert six_site.get(url).headers[name] == "cross-origin"
    assert six_site.get("/charts").headers[name] == "same-origin"
    assert "default-src 'none'" in six_site.get(url).headers["content-security-policy"]


def test_a_crowd_is_drawn_as_cells_that_say_how_many(crowd_site: TestClient) -> None:
    drawn = open_file(crowd_site, SCATTER)
    page = open_page(crowd_site, "/charts")
    fine = page.one("g", role="list", class_="fine").all(data_tip="")
    assert titles(drawn)[1:] == [one.get("aria-label") for one in fine]
    assert "more than can be told apart as marks" in texts(drawn)


def test_a_crowd_is_ranked_as_far_as_there_is_room_and_the_rest_is_counted(
    crowd_site: TestClient,
) -> None:
    drawn = open_file(crowd_site, RANKED)
    assert len(list(drawn.iter(f"{SVG}a"))) == 25
    assert "more state it." in texts(drawn)


def source(number: int) -> Source:
    return Source(id=f"s{number}", title=f"Title {number}", author=f"Author {number}")


@pytest.mark.parametrize(
    ("many", "words"),
    [
        (0, "No source is named."),
        (1, "Source: Author 1, “Title 1”."),
        (2, "Sources: Author 1, “Title 1”; Author 2, “Title 2”."),
        (4, "4 sources, listed on the site."),
    ],
)
def test_few_sources_are_named_and_many_counted(many: int, words: str) -> None:
    assert sources_in_words([source(number) for number in range(1, many + 1)]) == words
