"""The page of charts: each company a mark, named for what it states."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.pages.crowd import listed
from tests.pages.drawn import data, marks, plot
from tests.site import CAST, Node, chips, main, open_page, query_of, serve_text

ROYOLE = "Royole: revenue none yet; 600 employees; R&D share of employees not stated"
ZTE = (
    "ZTE Corporation: revenue 14 billion US dollars; 85,000 employees; R&D more than 10% of revenue"
)
INTEL = "Intel: revenue 55 billion US dollars; 100,000 employees; R&D share of employees not stated"
NEUSOFT = (
    "Neusoft: revenue 1.2 billion US dollars; 20,000 employees; R&D share of employees not stated"
)
HUAWEI = "Huawei: revenue 61 billion US dollars; 170,000 employees; R&D 44.7% of employees"
TENCENT = "Tencent: revenue 15 billion US dollars; 31,000 employees; R&D more than 50% of employees"


def shade(mark: Node) -> str:
    """How a mark tells the R&D share: q0 to q4, h0 to h4, other, none."""
    return mark.get("class").split()[1]


def path_of(mark: Node) -> str:
    """The outline of a mark, or that it is a circle."""
    shapes = [one for one in mark.all("path", "circle") if one.get("class") == "m"]
    assert len(shapes) == 1
    return shapes[0].get("d") or "circle"


DIAMOND = "M0-9.5 9.5 0 0 9.5-9.5 0Z"


def test_each_company_is_a_link_named_for_what_it_states(six_site: TestClient) -> None:
    found = marks(open_page(six_site, "/charts"))
    assert [one.get("aria-label") for one in found.values()] == [
        HUAWEI,
        INTEL,
        TENCENT,
        ZTE,
        NEUSOFT,
        ROYOLE,
    ]
    assert found["Huawei"].get("href") == "/companies/huawei"


@pytest.mark.parametrize(
    ("query", "shades"),
    [
        (
            "",
            {"Huawei": "q3", "Tencent": "h4", "ZTE Corporation": "other", "Intel": "none"},
        ),
        (
            "color=rd_share_revenue",
            {"Huawei": "other", "Tencent": "other", "ZTE Corporation": "h1", "Intel": "none"},
        ),
    ],
)
def test_a_share_is_a_colour_a_bound_a_hatch_and_the_other_basis_a_hollow_diamond(
    six_site: TestClient, query: str, shades: dict[str, str]
) -> None:
    found = marks(open_page(six_site, f"/charts?{query}"))
    assert {name: shade(found[name]) for name in shades} == shades
    for name, shown in shades.items():
        assert (path_of(found[name]) == DIAMOND) == (shown == "other"), name
        fill = "".join(one.get("fill") for one in found[name].all("path", "circle"))
        assert fill == (f"url(#sc-{shown})" if shown[0] == "h" else ""), name


def test_the_other_basis_is_named_in_the_mark_and_never_called_the_one_in_colour(
    six_site: TestClient,
) -> None:
    found = marks(open_page(six_site, "/charts?color=rd_share_revenue"))
    assert found["ZTE Corporation"].get("aria-label") == ZTE
    assert found["Huawei"].get("aria-label") == HUAWEI
    assert found["Intel"].get("aria-label").endswith("R&D share of revenue not stated")


def test_who_has_no_revenue_stands_in_the_lane(six_site: TestClient) -> None:
    page = open_page(six_site, "/charts")
    lane = plot(page).one("g", class_="lane")
    assert lane.seen == "no revenue to compare"
    floor = float(lane.one("rect").get("y").rstrip("%"))
    heights = {
        name: float(one.all("svg")[0].get("y").rstrip("%")) for name, one in marks(page).items()
    }
    assert [name for name, y in heights.items() if y > floor] == ["Royole"]


def test_without_the_lane_it_is_not_drawn(six_site: TestClient) -> None:
    page = open_page(six_site, "/charts?revenue_min=1")
    assert not plot(page).all("g", class_="lane")
    assert "Royole" not in marks(page)


def test_the_same_data_stand_in_a_table_whose_numbers_lead_to_their_notes(
    six_site: TestClient,
) -> None:
    rows = [
        [cell.spoken for cell in row.parts]
        for row in data(open_page(six_site, "/charts")).all("tr")
    ]
    assert rows == [
        ["Company", "Revenue", "Employees", "R&D share of employees", "R&D share of revenue"],
        ["Huawei", "61 billion US dollars", "170,000", "44.7%", "not stated"],
        ["Intel", "55 billion US dollars", "100,000", "not stated", "not stated"],
        ["Neusoft", "1.2 billion US dollars", "20,000", "not stated", "not stated"],
        ["Royole", "none yet", "600", "not stated", "not stated"],
        ["Tencent", "15 billion US dollars", "31,000", "more than 50%", "not stated"],
        ["ZTE Corporation", "14 billion US dollars", "85,000", "not stated", "more than 10%"],
    ]


def test_every_link_to_a_note_finds_it(six_site: TestClient) -> None:
    links = {one.get("href") for one in main(open_page(six_site, "/charts")).all("a")}
    notes = sorted(href for href in links if "#" in href)
    assert len(notes) > 20
    for href in notes:
        profile, _, anchor = href.partition("#")
        assert open_page(six_site, profile).all(id=anchor), href


@pytest.mark.parametrize(
    ("query", "title", "label"),
    [
        ("y=countries", "Countries against employees", "Huawei: 170 countries; 170,000 employees"),
        (
            "x=founded",
            "Revenue against founded",
            "Huawei: revenue 61 billion US dollars; founded 1987",
        ),
        (
            "x=rd_share_staff",
            "Revenue against R&D share of employees",
            "Huawei: revenue 61 billion US dollars; R&D 44.7% of employees",
        ),
        (
            "x=revenue&y=employees",
            "Employees against revenue",
            "Huawei: 170,000 employees; revenue",
        ),
        ("x=&y=&color=", "Revenue against employees", HUAWEI),
    ],
)
def test_two_measures_are_chosen(six_site: TestClient, query: str, title: str, label: str) -> None:
    page = open_page(six_site, f"/charts?{query}")
    assert page.one(id="sc-t").seen == title
    assert marks(page)["Huawei"].get("aria-label").startswith(label)


def test_whoever_states_nothing_across_is_named_below_the_plot(six_site: TestClient) -> None:
    page = open_page(six_site, "/charts?x=countries")
    assert set(marks(page)) == {"Huawei", "Intel", "Royole", "ZTE Corporation"}
    assert "Not drawn, without a figure for Countries: Neusoft, Tencent." in main(page).seen
    assert listed(six_site, main(page).links["List them"]) == ["Tencent", "Neusoft"]


BASES = "another measure than x; the two R&D shares are never set against each other"


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("x=revenue&y=revenue", f"y: “revenue” cannot be taken. Accepted: {BASES}."),
        ("x=revenue", f"y: “revenue” cannot be taken. Accepted: {BASES}."),
        (
            "x=rd_share_staff&y=rd_share_revenue",
            f"y: “rd_share_revenue” cannot be taken. Accepted: {BASES}.",
        ),
        ("x=rd_staff", "x: “rd_staff” cannot be taken. Accepted: one of revenue, employees"),
        ("y=charm", "y: “charm” cannot be taken. Accepted: one of revenue, employees"),
        (
            "color=revenue",
            "color: “revenue” cannot be taken. Accepted: one of rd_share_staff, rd_share_revenue.",
        ),
        ("revenue_min=lots", "revenue_min: “lots” cannot be taken. Accepted: an amount"),
    ],
)
def test_what_cannot_be_drawn_is_refused_by_name(
    six_site: TestClient, query: str, told: str
) -> None:
    for path in ("/charts", "/charts/scatter.svg"):
        page = open_page(six_site, f"{path}?{query}", status=422)
        assert told in main(page).seen


def test_every_bad_choice_is_told_at_once(six_site: TestClient) -> None:
    page = open_page(six_site, "/charts?x=a&y=b&color=c", status=422)
    assert [one for one in ("x: “a”", "y: “b”", "color: “c”") if one in main(page).seen] == [
        "x: “a”",
        "y: “b”",
        "color: “c”",
    ]


QUERY = "rd_share_min=5&rd_basis=staff&q=e&sort=name"


def test_the_form_keeps_the_filter_and_shows_the_choice(six_site: TestClient) -> None:
    page = open_page(six_site, f"/charts?{QUERY}&x=countries&color=rd_share_revenue")
    form = page.one("form", aria_label="What is drawn")
    kept = {one.get("name"): one.get("value") for one in form.all("input")}
    assert kept == {"q": "e", "rd_share_min": "5", "rd_basis": "staff", "sort": "name"}
    chosen = {
        menu.get("name"): [o.get("value") for o in menu.all("option") if "selected" in o.attrs]
        for menu in form.all("select")
    }
    assert chosen == {"y": ["revenue"], "x": ["countries"], "color": ["rd_share_revenue"]}


def test_every_link_to_a_company_a_list_or_a_file_keeps_the_filter(six_site: TestClient) -> None:
    page = open_page(six_site, f"/charts?{QUERY}&x=countries&y=employees")
    links = [one.get("href") for one in main(page).all("a") if "#" not in one.get("href")]
    kept = {"q": ["e"], "rd_share_min": ["5"], "rd_basis": ["staff"]}
    followed = [href for href in links if not href.startswith("/charts?") and href != "/charts"]
    assert len(followed) > 10
    for href in followed:
        asked = query_of(href)
        assert {name: asked.get(name) for name in kept} == kept, href
    assert main(page).links["SVG"].startswith("/charts/")
    files = [href for href in links if href.startswith("/charts/scatter.svg")]
    assert files == [
        "/charts/scatter.svg?x=countries&y=employees&q=e&rd_share_min=5&rd_basis=staff"
    ]


def test_a_chip_removes_one_filter_and_keeps_the_choice(six_site: TestClient) -> None:
    page = open_page(six_site, "/charts?rd_share_min=5&q=e&x=countries")
    assert chips(page) == {
        "Search “e”": "/charts?x=countries&rd_share_min=5",
        "R&D share from 5%": "/charts?x=countries&q=e",
        "Clear all": "/charts?x=countries",
    }
    assert chips(open_page(six_site, "/charts")) == {}


def test_the_page_says_whom_it_draws(six_site: TestClient) -> None:
    page = open_page(six_site, "/charts?rd_share_min=40")
    assert "2 companies, 1 maybe" in main(page).seen
    assert main(page).links["Show them as a list"] == "/?rd_share_min=40"
    assert set(marks(page)) == {"Huawei", "Tencent", "ZTE Corporation"}
    assert page.one("link", rel="canonical").get("href").endswith("/charts?rd_share_min=40")


@pytest.mark.parametrize("query", ["q=nobody", "industry=displays&rd_share_min=40"])
def test_nobody_found_is_said_and_draws_nothing(six_site: TestClient, query: str) -> None:
    page = open_page(six_site, f"/charts?{query}")
    assert "Nothing can be drawn: 0 companies found" in main(page).seen
    assert not page.all("svg", role="group")
    assert not page.all("table")


def test_what_nobody_states_is_not_drawn(tmp_path: Path) -> None:
    text = f"{CAST}\n  - {{slug: alder, name: Alder, source: gazette, employees: 7}}\n"
    with serve_text(tmp_path, text) as client:
        page = open_page(client, "/charts")
        assert "Nothing can be drawn: 1 company found" in main(page).seen
        assert [one.seen for one in page.all("h3")] == ["Employees people"]
