"""Real tables beside the six profiles: companies are matched, and pages tell how sources agree."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.settings import ROOT
from tests.site import DATA, main, open_page, serve

SCOREBOARD = ROOT.parent / "shared" / "data" / "eu_scoreboard"
EDITIONS = (2015, 2016, 2019)
SITE = """\
title: Three editions beside six profiles
currency: EUR
aliases: {ZTE: ZTE Corporation, HUAWEI INVESTEMENT & HOLDING CO: Huawei}
tables:
"""
pytestmark = pytest.mark.skipif(
    not SCOREBOARD.is_dir(), reason="the Scoreboard's files are not here"
)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder = tmp_path_factory.mktemp("editions")
    tables = "".join(
        f"  - file: {SCOREBOARD}/SB{year}_World2500.csv\n"
        f"    mapping: {ROOT}/examples/scoreboard-{year}.yaml\n"
        for year in EDITIONS
    )
    site = folder / "site.yaml"
    site.write_text(SITE + tables, encoding="utf-8")
    with serve(folder, DATA, site) as client:
        yield client


def agreement(client: TestClient, address: str) -> list[str]:
    """What a page tells of sources that agree or do not."""
    told = [one.seen for one in main(open_page(client, address)).all(class_="also")]
    plain = [re.sub(r"\s", " ", one) for one in told]
    return [one for one in plain if not one.startswith("also")]


def stated(client: TestClient, slug: str, key: str) -> list[tuple[str | None, str, str]]:
    """The stated figures of a measure: period, form and source, the headline first."""
    first: dict[str, Any] = client.get(f"/api/companies/{slug}").json()["figures"][key]
    every = [first, *first["others"]]
    return [(one["period"], one["as_stated"], one["source"]) for one in every if one["as_stated"]]


STAFF = "2015/16: 2 sources give 100,000 to 107,300, one of them undated; they differ by 7%."
SHARE = "13.8% of 2015/16 (source 3) lies inside the undated > 10% (source 1): both can be true."


@pytest.mark.parametrize(
    "address", ["/companies/{}", "/compare?c={}&c=royole"], ids=["profile", "comparison"]
)
@pytest.mark.parametrize(("slug", "words"), [("intel", STAFF), ("zte", SHARE)])
def test_a_page_tells_whether_both_sources_can_be_right(
    editions: TestClient, slug: str, words: str, address: str
) -> None:
    assert words in agreement(editions, address.format(slug))


def test_every_figure_that_was_held_against_another_is_there(editions: TestClient) -> None:
    assert stated(editions, "intel", "employees") == [
        ("2018/19", "107400.0", "scoreboard-2019"),
        ("2015/16", "107300", "scoreboard-2016"),
        ("2014", "106,700", "scoreboard-2015"),
        (None, "100,000", "collier-2016"),
    ]
    assert stated(editions, "zte", "rd_share_revenue") == [
        ("2018/19", "13.4 (%)", "scoreboard-2019"),
        ("2015/16", "13.8 (%)", "scoreboard-2016"),
        ("2014", "12.6 (%)", "scoreboard-2015"),
        (None, "more than 10 %", "collier-2016"),
    ]


@pytest.mark.parametrize(
    ("slug", "name"),
    [("huawei", "Huawei"), ("tencent", "Tencent"), ("zte", "ZTE Corporation"), ("intel", "Intel")],
)
def test_a_company_of_every_edition_and_of_the_profiles_is_one(
    editions: TestClient, slug: str, name: str
) -> None:
    sources = [source for _, _, source in stated(editions, slug, "revenue")]
    assert sorted(sources) == ["collier-2016", *(f"scoreboard-{year}" for year in EDITIONS)]
    found = editions.get("/api/companies", params={"q": slug}).json()
    alike = [one for one in found["items"] if f"{one['slug']}-".startswith(f"{slug}-")]
    assert [one["name"] for one in alike] == [name]
