"""The page of charts: marks named for what they state, cells that lead to whom they count."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.pages.crowd import MANY, listed
from tests.site import CAST, Node, chips, main, open_page, query_of, serve_text

ROYOLE = "Royole: revenue none yet; 600 employees; R&D share of employees not stated"
ZTE = (
    "ZTE Corporation: revenue 14 billion US dollars; 85,000 employees; R&D more than 10% of revenue"
)
SILENT = "R&D share of employees not stated"
HUAWEI = "Huawei: revenue 61 billion US dollars; 170,000 employees; R&D 44.7% of employees"
TENCENT = "Tencent: revenue 15 billion US dollars; 31,000 employees; R&D more than 50% of employees"


def plot(page: Node) -> Node:
    """The drawing of the scatter."""
    return page.one("svg", role="group", aria_labelledby="sc-t")


def marks(page: Node) -> dict[str, Node]:
    """The marks of the scatter by the company they stand for."""
    drawn = [one for one in plot(page).all("a") if "pt" in one.get("class").split()]
    return {one.get("aria-label").split(":")[0]: one for one in drawn}


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
        f"Intel: revenue 55 billion US dollars; 100,000 employees; {SILENT}",
        TENCENT,
        ZTE,
        f"Neusoft: revenue 1.2 billion US dollars; 20,000 employees; {SILENT}",
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


def data(page: Node) -> Node:
    """The table of what the scatter draws."""
    return main(page).all("table")[0]


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


# A crowd of which nobody is drawn alone.

CELL = re.compile(r"([\d,]+) compan(?:y|ies): (.+)")
CROWDS = [
    "",
    "maybe=0",
    "industry=pumps&industry=hoses&industry=valves&unknown=1",
    "employees_min=1&revenue_max=90B&unknown=1",
    "x=founded&y=countries",
    "x=rd_share_staff&y=employees",
    "y=rd_share_revenue&rd_share_min=0&rd_basis=revenue&unknown=1",
    "x=countries&y=founded&color=rd_share_revenue",
]


def cells(page: Node, which: str) -> Iterator[tuple[int, str, str]]:
    """The cells of the fine or the coarse grid: how many, where it lies, and where it leads."""
    for one in plot(page).one("g", role="list", class_=which).all(data_tip=""):
        told = CELL.fullmatch(one.get("aria-label"))
        assert told, one.get("aria-label")
        assert one.seen == told[1]
        yield int(told[1].replace(",", "")), told[2], one.get("href")


@pytest.mark.parametrize(
    ("query", "which"), [(query, "fine") for query in CROWDS] + [("", "coarse")]
)
def test_a_cell_leads_to_as_many_rows_as_it_tells(
    crowd_site: TestClient, query: str, which: str
) -> None:
    page = open_page(crowd_site, f"/charts?{query}")
    found = list(cells(page, which))
    assert len(found) > 5
    for count, where, href in found[:: max(1, len(found) // 12)]:
        assert len(listed(crowd_site, href)) == count, (where, href)


def test_the_last_cells_hold_who_has_no_upper_end(crowd_site: TestClient) -> None:
    """Every cell at an end of the grid is followed, where the classes have no end."""
    page = open_page(crowd_site, "/charts")
    ends = [one for one in cells(page, "coarse") if re.search(r"from [^ ]+(;|$)", one[1])]
    assert ends
    for count, where, href in ends:
        assert len(listed(crowd_site, href)) == count, where


def test_the_cells_of_the_lane_lead_to_who_has_no_figure_upwards(crowd_site: TestClient) -> None:
    page = open_page(crowd_site, "/charts")
    lane = [one for one in cells(page, "fine") if "Revenue not stated or none yet" in one[1]]
    assert len(lane) > 5
    for count, where, href in lane:
        assert query_of(href)["lacks"] == ["revenue"]
        assert len(listed(crowd_site, href)) == count, where


def test_the_page_says_that_companies_are_counted_and_how_many_are_in_no_cell(
    crowd_site: TestClient,
) -> None:
    page = open_page(crowd_site, "/charts")
    said = main(page).seen
    assert f"{MANY} companies are more than can be told apart as marks" in said
    left = re.search(r"(\d+) companies of them in no cell", said)
    assert left
    assert sum(count for count, _, _ in cells(page, "fine")) == MANY - int(left[1])
    assert not marks(page)
    lacking = page.all("figure")[0].links["List them"]
    assert lacking == "/?lacks=employees"
    assert listed(crowd_site, lacking)


def test_the_table_of_a_crowd_has_a_row_for_each_cell(crowd_site: TestClient) -> None:
    page = open_page(crowd_site, "/charts")
    rows = [row.parts for row in data(page).all("tr")[1:]]
    found = [(row[0].seen, row[1].spoken, row[0].one("a").get("href")) for row in rows]
    assert found == [(where, f"{count:,}", href) for count, where, href in cells(page, "fine")]


def test_a_cell_whose_range_cannot_be_asked_is_no_link(crowd_site: TestClient) -> None:
    page = open_page(crowd_site, "/charts?x=rd_share_staff&rd_share_min=0&unknown=1")
    drawn = plot(page).one("g", role="list", class_="fine").parts
    assert drawn
    assert not any(one.all("a") for one in drawn)
    assert all(one.one(role="img").get("aria-label") for one in drawn)


def test_a_filter_that_leaves_few_draws_them_one_by_one(crowd_site: TestClient) -> None:
    page = open_page(crowd_site, "/charts?industry=pumps&lacks=countries")
    assert marks(page)
    assert "more than can be told apart" not in main(page).seen


@pytest.mark.parametrize("path", ["/charts", "/", "/charts/scatter.svg"])
def test_a_crowd_that_is_in_no_cell_is_no_fault(tmp_path: Path, path: str) -> None:
    lines = "\n".join(
        f"  - {{slug: c{n}, name: C {n}, source: gazette, revenue: over $1K}}" for n in range(301)
    )
    text = f"{CAST}{lines}\n  - {{slug: d, name: D, source: gazette, employees: 5, revenue: $9K}}\n"
    with serve_text(tmp_path, text) as client:
        for query in ("", "?lacks=employees", "?revenue_max=2K"):
            assert client.get(path + query).status_code == 200, query


# Rankings.


def rankings(page: Node) -> dict[str, Node]:
    """The rankings by what they rank."""
    figures = [one for one in main(page).all("figure") if one.all("ol")]
    return {one.one("h3").seen: one for one in figures}


def ranked(ranking: Node) -> list[tuple[str, str]]:
    """The companies of a ranking, each with its number or why there is none."""
    rows = ranking.one("ol").all("li")
    return [
        (
            row.all("a")[0].seen,
            row.all("span", class_="n")[0].seen
            if row.all("span", class_="n")
            else row.one("span", class_="none").seen,
        )
        for row in rows
    ]


def test_each_measure_ranks_the_highest_first_and_says_why_others_have_none(
    six_site: TestClient,
) -> None:
    found = rankings(open_page(six_site, "/charts"))
    assert list(found) == [
        "Revenue USD",
        "Employees people",
        "Revenue per employee USD",
        "R&D staff people",
        "R&D share of employees",
        "R&D share of revenue",
        "Countries",
    ]
    assert ranked(found["Revenue USD"]) == [
        ("Huawei", "$61B"),
        ("Intel", "$55B"),
        ("Tencent", "$15B"),
        ("ZTE Corporation", "$14B"),
        ("Neusoft", "$1.2B"),
        ("Royole", "none yet"),
    ]
    assert ranked(found["R&D share of revenue"]) == [
        ("ZTE Corporation", "> 10%"),
        ("Huawei", "not stated"),
        ("Intel", "not stated"),
        ("Neusoft", "not stated"),
        ("Royole", "not stated"),
        ("Tencent", "not stated"),
    ]


def test_a_bound_is_a_bar_that_goes_on(six_site: TestClient) -> None:
    shares = rankings(open_page(six_site, "/charts"))["R&D share of employees"]
    tencent, huawei, *_ = shares.one("ol").all("li")
    widths = {one.get("class"): one.get("width") for one in tencent.all("rect")}
    assert (widths["fill"], widths["may"]) == ("50.0%", "100.0%")
    widths = {one.get("class"): one.get("width") for one in huawei.all("rect")}
    assert (widths["fill"], "may" in widths) == ("44.71%", False)


def test_a_number_of_a_ranking_leads_to_where_it_stands(six_site: TestClient) -> None:
    ranking = rankings(open_page(six_site, "/charts"))["Revenue USD"]
    assert ranking.links["Source of Revenue, Huawei: 61 billion US dollars, $61B"] == (
        "/companies/huawei#note-revenue"
    )
    assert ranking.links["Royole"] == "/companies/royole"


@pytest.mark.parametrize(
    "query", ["", "maybe=0&employees_max=5000", "industry=pumps&industry=hoses"]
)
def test_how_many_more_state_it_and_how_many_do_not(crowd_site: TestClient, query: str) -> None:
    page = open_page(crowd_site, f"/charts?{query}")
    everybody = listed(crowd_site, f"/?{query}")
    for title in ("Employees people", "Countries", "R&D share of revenue"):
        ranking = rankings(page)[title]
        rows = ranked(ranking)
        assert len(rows) == 25
        more, missing = (
            int(found[1]) if (found := re.search(pattern, ranking.seen)) else 0
            for pattern in (r"(\d+) more state it", r"(\d+) compan(?:y has|ies have) no figure")
        )
        assert len(rows) + more + missing == len(everybody)
        links = [one.get("href") for one in ranking.all("a") if one.seen == "List them"]
        lacking = [href for href in links if "lacks=" in href]
        assert [len(listed(crowd_site, href)) for href in lacking] == [missing] * bool(missing)
        orders = [href for href in links if "sort=" in href]
        assert [listed(crowd_site, href)[:25] for href in orders] == [[name for name, _ in rows]]


def test_those_in_another_currency_are_not_among_those_who_lack_it(crowd_site: TestClient) -> None:
    ranking = rankings(open_page(crowd_site, "/charts"))["Revenue USD"]
    (missing,) = re.findall(r"([\d,]+) compan(?:y|ies) ha\w+ no figure", ranking.seen)
    (lacking,) = (one.get("href") for one in ranking.all("a") if "lacks=" in one.get("href"))
    assert len(listed(crowd_site, lacking)) == int(missing) > 25
    (foreign,) = re.findall(r"([\d,]+) companies state it in another currency", ranking.seen)
    more = re.findall(r"([\d,]+) more state it", ranking.seen)
    assert 25 + int(more[0]) + int(missing) + int(foreign) == MANY
