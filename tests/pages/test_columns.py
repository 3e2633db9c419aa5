"""The columns of the list: chosen in the address, sorted by links, each in one unit."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.pages.formatting import MAGNITUDES, UNITS, Magnitude, magnitude_for
from app.profiles.measures import Kind
from tests.site import CAST, main, open_page, query_of, serve_text, table

T, B, M, K = MAGNITUDES
MONEY = Kind.MONEY.scale


def heads(client: TestClient, url: str) -> list[str]:
    """The columns of a list behind the tick-boxes and the names."""
    return list(table(open_page(client, url))["Huawei"])[2:]


def test_the_usual_columns_need_no_word_in_the_address(six_site: TestClient) -> None:
    usual = heads(six_site, "/")
    assert len(usual) == 5
    asked = "/?cols=revenue,employees,revenue_per_employee,rd_share,countries"
    assert heads(six_site, asked) == usual
    page = open_page(six_site, asked)
    assert not any("cols=" in one.get("href") for one in main(page).all("a"))


@pytest.mark.parametrize(
    ("cols", "names"),
    [
        ("founded,revenue", ["Founded", "Revenue"]),
        ("revenue&cols=founded", ["Revenue", "Founded"]),
        ("industry", ["Industry"]),
        ("rd_staff", ["R&D staff"]),
        ("networks_built", ["Networks built"]),
    ],
)
def test_the_columns_asked_for_are_shown_in_their_order(
    six_site: TestClient, cols: str, names: list[str]
) -> None:
    shown = heads(six_site, f"/?cols={cols}")
    assert [head.split(" What ")[0] for head in shown] == names


def test_a_column_of_ones_own_measure_shows_the_figure_and_leads_to_its_note(
    six_site: TestClient,
) -> None:
    rows = table(open_page(six_site, "/?cols=networks_built"))
    (cell,) = list(rows["Huawei"].values())[2:]
    assert cell.seen == "> 1,500 1"
    assert cell.one("a").get("href") == "/companies/huawei#note-networks_built"
    (silent,) = list(rows["Intel"].values())[2:]
    assert silent.spoken == "Networks built not stated"


def test_a_column_that_is_none_is_refused_by_name(six_site: TestClient) -> None:
    page = open_page(six_site, "/?cols=revenue,profit", 422)
    assert "cols: “revenue,profit” cannot be read" in main(page).seen


def test_links_keep_the_columns_and_files_hold_them_all(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/?cols=founded,industry&revenue_min=1B&size=2"))
    for name, href in page.links.items():
        if href.startswith("/?") and name != "The usual ones":
            assert query_of(href)["cols"] == ["founded,industry"], name
        if href.startswith(("/companies.", "/figures.")):
            assert "cols" not in query_of(href)
    assert "cols" not in query_of(page.links["The usual ones"])


def test_the_form_of_columns_keeps_the_filter(six_site: TestClient) -> None:
    page = open_page(six_site, "/?cols=founded&revenue_min=1B&sort=name")
    (form,) = [one for one in page.all("form") if one.all("input", name="cols", type="checkbox")]
    kept = {one.get("name"): one.get("value") for one in form.all("input", type="hidden")}
    assert kept == {"revenue_min": "1B", "sort": "name"}
    ticked = [one.get("value") for one in form.all("input", name="cols") if "checked" in one.attrs]
    assert ticked == ["founded"]


@pytest.mark.parametrize(
    ("sums", "unit"),
    [
        pytest.param([61 * 10**9, 55 * 10**9, 12 * 10**8], B, id="billions"),
        pytest.param([550_000, 60_000], K, id="thousands"),
        pytest.param([5_000, 800], UNITS, id="whole"),
        pytest.param([240 * 10**9, 10**9, 5 * 10**6], M, id="the least would need many digits"),
        pytest.param([2 * 10**12, 10**12], T, id="trillions"),
        pytest.param([0, 3 * 10**6], M, id="nothing has no magnitude"),
        pytest.param([], None, id="nobody"),
    ],
)
def test_a_column_of_sums_has_one_magnitude(sums: list[int], unit: Magnitude | None) -> None:
    assert magnitude_for([one * MONEY for one in sums], Kind.MONEY) == unit


def test_what_is_counted_is_not_cut_short() -> None:
    assert magnitude_for([170_000], Kind.COUNT) is None


def test_no_column_mixes_its_letters(tmp_path: Path) -> None:
    companies = "".join(
        f"  - {{slug: c{n}, name: C{n}, source: gazette, revenue: {sum_}}}\n"
        for n, sum_ in enumerate(("$3T", "$40B", "$7B", "$900M"))
    )
    with serve_text(tmp_path, CAST + companies) as client:
        rows = table(open_page(client, "/?cols=revenue"))
    seen = [list(cells.values())[2].seen.split()[0] for cells in rows.values()]
    assert seen == ["$3,000B", "$40B", "$7B", "$0.9B"]


def test_the_mark_tells_the_number_exactly(six_site: TestClient) -> None:
    cell = table(open_page(six_site, "/?cols=revenue"))["Neusoft"]
    (mark,) = list(cell.values())[2].all("a")
    assert mark.get("aria-label").endswith("1,200,000,000 USD")
    assert "data-tip" in mark.attrs
