"""The charts as files: they stand alone, say where they come from, and may stand anywhere."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from app.pages.rankings import RANKED
from tests.site import serve_text

FILES = ["/charts/scatter.svg", *(f"/charts/ranked/{key}.svg" for key in RANKED)]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = """\
title: "<script>alert(1)</script>"
sources:
  s: {title: "<b>&</b>"}
companies:
  - {slug: one, name: "A & <i>B</i>", source: s, revenue: $5B, employees: 10}
  - {slug: two, name: "\\"quoted\\"", source: s, revenue: over $2B, employees: 20+}
"""


def drawing(client: TestClient, url: str) -> ET.Element:
    answer = client.get(url)
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"] == "image/svg+xml"
    return ET.fromstring(answer.text)  # noqa: S314 - our own answer


def texts(root: ET.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("url", FILES)
def test_a_file_leans_on_nothing_and_may_be_embedded(six_site: TestClient, url: str) -> None:
    root = drawing(six_site, url)
    assert root.tag == f"{SVG}svg"
    assert root.find(f"{SVG}title") is not None
    for one in root.iter():
        assert one.tag not in (f"{SVG}style", f"{SVG}script", f"{SVG}image")
        assert not {"class", "style"} & set(one.attrib)
    fills = {one.get("fill", "") for one in root.iter()}
    assert len([fill for fill in fills if fill.startswith("#")]) > 3
    assert six_site.get(url).headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("url", FILES)
def test_a_file_says_where_it_comes_from(six_site: TestClient, url: str) -> None:
    said = " ".join(texts(drawing(six_site, url)))
    assert "Chelsea Collier, “Moving from 'Made in China' to 'Innovated in China'”" in said
    assert "Generation 1 of the data" in said
    assert "digest " in said
    assert "http://testserver/charts" in said


def test_a_file_draws_the_companies_of_its_filter(six_site: TestClient) -> None:
    root = drawing(six_site, "/charts/scatter.svg?revenue_min=50B")
    names = [one.text for one in root.iter(f"{SVG}title")][1:]
    assert [str(name).split(":")[0] for name in names] == ["Huawei", "Intel"]
    assert any("Companies: Revenue from $50B" in text for text in texts(root))
    ranked = texts(drawing(six_site, "/charts/ranked/employees.svg?revenue_min=50B"))
    assert "170,000" in ranked
    assert "85,000" not in ranked


def test_who_has_no_figure_is_in_the_file_in_words(six_site: TestClient) -> None:
    assert "none yet" in texts(drawing(six_site, "/charts/ranked/revenue.svg"))
    assert texts(drawing(six_site, "/charts/ranked/rd_staff.svg")).count("not stated") == 5


def test_a_bound_is_a_bar_that_goes_on(six_site: TestClient) -> None:
    root = drawing(six_site, "/charts/ranked/rd_share_staff.svg")
    faint = [one for one in root.iter(f"{SVG}rect") if one.get("fill-opacity")]
    assert [one.get("width") for one in faint] == ["100.0%"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    with serve_text(folder, HOSTILE) as client:
        yield client


@pytest.mark.parametrize("url", ["/charts/scatter.svg", "/charts/ranked/revenue.svg"])
def test_what_stands_in_the_data_stays_text(hostile: TestClient, url: str) -> None:
    root = drawing(hostile, url)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
        *("svg", "title", "rect", "text", "g", "line", "a", "circle", "path", "defs", "pattern")
    }
    assert "A & <i>B</i>" in texts(root)


def test_a_measure_that_is_not_ranked_has_no_file(six_site: TestClient) -> None:
    for measure in ("founded", "nothing", "mau_qq"):
        assert six_site.get(f"/charts/ranked/{measure}.svg").status_code == 404


def test_where_nothing_can_be_drawn_it_is_said(six_site: TestClient) -> None:
    answer = six_site.get("/charts/scatter.svg?q=zzz")
    assert answer.status_code == 422
    assert "nothing to draw" in answer.text
