"""The list as a reader meets it: who is listed, in which order, and what was left out."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.pages import listing
from tests.site import (
    CAST,
    chips,
    fields,
    filled,
    groups,
    main,
    names,
    open_page,
    read,
    serve,
    serve_text,
    stats,
    table,
)

SHARES = "R&D share of employees of revenue"
BY_REVENUE = ["Huawei", "Intel", "Tencent", "ZTE Corporation", "Neusoft", "Royole"]


def test_without_a_filter_all_are_listed_by_revenue_and_none_yet_comes_last(
    six_site: TestClient,
) -> None:
    page = open_page(six_site, "/")
    assert groups(page) == [("", BY_REVENUE)]
    assert page.one("h1").seen == "Companies"
    assert page.one("title").children == ["Companies · Sourcebook"]


def test_a_row_tells_its_figures_with_their_units(six_site: TestClient) -> None:
    rows = table(open_page(six_site, "/"))
    assert {column: cell.seen for column, cell in rows["Huawei"].items()} == {
        "Select to compare": "",
        "Company": "Huawei 1987",
        "Revenue": "$61B 1",
        "Employees": "170,000 1",
        "Revenue per employee": "$359k ƒ",
        SHARES: "44.7% ƒ of employees",
        "Reach": "170 1 countries",
    }


def test_a_bound_is_listed_as_a_bound_with_its_basis(six_site: TestClient) -> None:
    rows = table(open_page(six_site, "/"))
    assert rows["Tencent"][SHARES].seen == "> 50% 1 of employees"
    assert rows["ZTE Corporation"][SHARES].seen == "> 10% 1 of revenue"


def test_none_yet_is_in_words_and_the_dash_only_for_not_stated(six_site: TestClient) -> None:
    rows = table(open_page(six_site, "/"))
    assert "none yet" in rows["Royole"]["Revenue"].seen
    assert "none yet" in rows["Royole"]["Revenue per employee"].seen
    assert rows["Royole"][SHARES].seen == "—"
    assert rows["Royole"][SHARES].spoken == "R&D share not stated"
    assert rows["Tencent"]["Reach"].seen == "—"
    dashes = {name for name, row in rows.items() for cell in row.values() if "—" in cell.seen}
    assert dashes == {"Intel", "Neusoft", "Royole", "Tencent"}


def test_reach_that_is_no_count_of_countries_says_what_it_counts(six_site: TestClient) -> None:
    reach = table(open_page(six_site, "/"))["Neusoft"]["Reach"].seen
    assert reach == "— 40+ 1 cities in China"


def test_the_places_given_stand_beside_the_name_and_none_is_a_headquarters(
    six_site: TestClient,
) -> None:
    page = open_page(six_site, "/")
    assert "visited in Shenyang" in table(page)["Neusoft"]["Company"].seen
    assert "given as Santa Clara, CA" in table(page)["Intel"]["Company"].seen
    assert "headquarter" not in page.spoken.lower()


def test_every_mark_leads_to_its_note_on_the_profile(six_site: TestClient) -> None:
    rows = table(open_page(six_site, "/"))
    marks = [
        link
        for row in rows.values()
        for column, cell in row.items()
        if column != "Company"
        for link in cell.links.values()
    ]
    assert len(marks) == 6 + 6 + 6 + 3 + 5  # Revenue, employees, per employee, shares, reach.
    for mark in marks:
        profile, _, anchor = mark.partition("#")
        assert open_page(six_site, profile).all(id=anchor), mark


def test_a_row_leads_to_its_profile_and_can_be_ticked_to_compare(six_site: TestClient) -> None:
    row = table(open_page(six_site, "/"))["ZTE Corporation"]
    assert row["Company"].links["ZTE Corporation"] == "/companies/zte"
    box = row["Select to compare"].one("input", type="checkbox")
    assert (box.get("name"), box.get("value")) == ("c", "zte")
    assert row["Select to compare"].spoken == "Compare ZTE Corporation"


def test_ticked_rows_are_sent_to_the_comparison(six_site: TestClient) -> None:
    page = open_page(six_site, "/")
    (form,) = (form for form in page.all("form") if form.all("table"))
    assert (form.get("action"), form.get("method")) == ("/compare", "get")
    assert "Compare" in [button.seen for button in form.all("button")]


def test_maybes_stand_under_their_own_heading_and_say_why(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=40")
    (_, sure), (heading, unsure) = groups(page)
    assert sure == ["Huawei", "Tencent"]
    assert heading.startswith("1 company maybe")
    assert unsure == ["ZTE Corporation"]
    assert "maybe: R&D share" in table(page)["ZTE Corporation"]["Company"].seen
    assert "maybe" not in table(page)["Tencent"]["Company"].seen


def test_the_heading_tells_what_was_found(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=40")
    assert main(page).one(role="status").seen == "2 companies, 1 maybe"


def test_who_has_no_figure_is_counted_and_one_click_away(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=40")
    assert "3 do not state it" in main(page).seen
    listed = open_page(six_site, main(page).links["List them too"])
    (*_, (heading, unknown)) = groups(listed)
    assert heading == "Without a figure: 3 do not state it"
    assert unknown == ["Intel", "Neusoft", "Royole"]
    assert "unknown: R&D share" in table(listed)["Intel"]["Company"].seen


def test_none_yet_is_counted_in_its_own_words(six_site: TestClient) -> None:
    page = open_page(six_site, "/?revenue_min=10B&revenue_max=20B")
    assert groups(page) == [("", ["Tencent", "ZTE Corporation"])]
    assert "1 has none yet. List them too" in main(page).seen


def test_a_filter_that_all_answer_leaves_nobody_out(six_site: TestClient) -> None:
    page = open_page(six_site, "/?employees_min=1")
    assert "List them too" not in main(page).links


def test_hidden_maybes_are_counted_all_the_same_and_one_click_away(
    six_site: TestClient,
) -> None:
    page = open_page(six_site, "/?rd_share_min=40&maybe=0")
    assert groups(page) == [("", ["Huawei", "Tencent"])]
    assert main(page).one(role="status").seen == "2 companies, 1 maybe left out"
    assert "1 may match and is left out" in main(page).seen
    assert main(page).links["Show maybes"] == "/?rd_share_min=40"


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("revenue", ["Royole"]),
        ("rd_staff", ["Intel", "Tencent", "ZTE Corporation", "Neusoft", "Royole"]),
        ("countries", ["Tencent", "Neusoft"]),
        ("rd_share_staff", ["Intel", "ZTE Corporation", "Neusoft", "Royole"]),
        ("employees", []),
    ],
)
def test_who_lacks_a_measure_can_be_asked(
    six_site: TestClient, query: str, listed: list[str]
) -> None:
    assert names(open_page(six_site, f"/?lacks={query}")) == listed


def test_what_both_shares_may_answer_names_the_basis_that_did(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, rd_share_staff: 10%, rd_share_revenue: 30%}}
"""
    with serve_text(tmp_path, text) as client:
        page = open_page(client, "/?rd_share_min=20")
        shares = table(page)["Alder"][SHARES].seen
        assert shares == "30% 1 of revenue, which answers 10% 1 of employees"
        page = open_page(client, "/?rd_share_max=20")
        shares = table(page)["Alder"][SHARES].seen
        assert shares == "10% 1 of employees, which answers 30% 1 of revenue"


def test_totals_and_medians_tell_how_many_state_them(six_site: TestClient) -> None:
    above = stats(open_page(six_site, "/"))
    assert above["Companies found"] == "6"
    assert above["Revenue, total"] == "$146B median $15B · 5 of 6 state it"
    assert above["Employees, total"] == "406,600 median 58,000 · 6 of 6 state it"


def test_totals_are_those_of_the_rows_found(six_site: TestClient) -> None:
    above = stats(open_page(six_site, "/?rd_share_min=40"))
    assert above["Companies found"] == "3"
    assert above["Revenue, total"] == "$90B median $15B · 3 of 3 state it"
    above = stats(open_page(six_site, "/?rd_share_min=40&maybe=0"))
    assert above["Revenue, total"] == "$76B median $38B · 2 of 2 state it"


def test_a_total_that_nobody_states_is_a_dash(six_site: TestClient) -> None:
    above = stats(open_page(six_site, "/?q=royole"))
    assert above["Revenue, total"] == "— 0 of 1 state it"


def test_the_total_of_bounds_is_a_bound(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, employees: 100}}
  - {{slug: birch, name: Birch, source: gazette, employees: more than 40}}
"""
    with serve_text(tmp_path, text) as client:
        total = stats(open_page(client, "/"))["Employees, total"]
        assert total == "> 140 median > 70 · 2 of 2 state it"


def test_a_total_leaves_other_currencies_out_and_says_so(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, revenue: $100M}}
  - {{slug: birch, name: Birch, source: gazette, revenue: €900M}}
"""
    with serve_text(tmp_path, text) as client:
        total = stats(open_page(client, "/"))["Revenue, total"]
        assert total == "$100M median $100M · 1 of 2 states it"
        page = open_page(client, "/?revenue_min=1M")
        assert names(page) == ["Alder"]
        assert "1 in another currency" in main(page).seen
        page = open_page(client, "/?revenue_min=1M&unknown=1")
        assert "unknown: Revenue" in table(page)["Birch"]["Company"].seen


SORTED = [
    ("", "Revenue", "descending", "/?sort=revenue"),
    ("sort=revenue", "Revenue", "ascending", "/"),
    ("sort=-employees", "Employees", "descending", "/?sort=employees"),
    ("sort=employees", "Employees", "ascending", "/?sort=-employees"),
    ("sort=name", "Company", "ascending", "/?sort=-name"),
    ("sort=-rd_share_revenue", "of revenue", "descending", "/?sort=rd_share_revenue"),
]


@pytest.mark.parametrize(("query", "column", "order", "turned"), SORTED)
def test_the_header_of_the_column_sorted_by_says_so_and_turns_the_order(
    six_site: TestClient, query: str, column: str, order: str, turned: str
) -> None:
    heads = open_page(six_site, f"/?{query}").one("thead").all("th")
    (head,) = (head for head in heads if head.get("aria-sort"))
    assert head.get("aria-sort") == order
    assert head.links[column] == turned


def test_a_header_keeps_the_filter_and_starts_with_the_highest(six_site: TestClient) -> None:
    head = open_page(six_site, "/?rd_share_min=40&maybe=0").one("thead")
    assert head.links["Employees"] == "/?rd_share_min=40&maybe=0&sort=-employees"
    assert head.links["Company"] == "/?rd_share_min=40&maybe=0&sort=name"


ORDERS = [
    ("name", ["Huawei", "Intel", "Neusoft", "Royole", "Tencent", "ZTE Corporation"]),
    ("-name", ["ZTE Corporation", "Tencent", "Royole", "Neusoft", "Intel", "Huawei"]),
    ("founded", ["Intel", "ZTE Corporation", "Huawei", "Neusoft", "Tencent", "Royole"]),
    ("revenue", ["Neusoft", "ZTE Corporation", "Tencent", "Intel", "Huawei", "Royole"]),
    ("-employees", ["Huawei", "Intel", "ZTE Corporation", "Tencent", "Neusoft", "Royole"]),
    ("countries", ["Royole", "Intel", "ZTE Corporation", "Huawei", "Neusoft", "Tencent"]),
    ("-countries", ["Huawei", "ZTE Corporation", "Intel", "Royole", "Neusoft", "Tencent"]),
    (
        "revenue_per_employee",
        ["Neusoft", "ZTE Corporation", "Huawei", "Tencent", "Intel", "Royole"],
    ),
    ("-rd_share_staff", ["Tencent", "Huawei", "Intel", "Neusoft", "Royole", "ZTE Corporation"]),
    ("rd_share_staff", ["Huawei", "Tencent", "Intel", "Neusoft", "Royole", "ZTE Corporation"]),
    ("rd_share_revenue", ["ZTE Corporation", "Huawei", "Intel", "Neusoft", "Royole", "Tencent"]),
]


@pytest.mark.parametrize(("sort", "order"), ORDERS)
def test_no_figure_comes_last_in_both_directions(
    six_site: TestClient, sort: str, order: list[str]
) -> None:
    assert names(open_page(six_site, f"/?sort={sort}")) == order


def test_the_answer_comes_before_the_key(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=40&unknown=1&sort=name")
    assert [listed for _, listed in groups(page)] == [
        ["Huawei", "Tencent"],
        ["ZTE Corporation"],
        ["Intel", "Neusoft", "Royole"],
    ]


def walk(client: TestClient, url: str, link: str) -> tuple[list[list[str]], str]:
    """The pages from an address on, by one of the links between them, and the last address."""
    pages = []
    while True:
        page = open_page(client, url)
        pages.append(names(page))
        if link not in main(page).links:
            return pages, url
        url = main(page).links[link]


@pytest.mark.parametrize(
    "query", ["size=2", "size=2&sort=countries", "size=2&rd_share_min=40&unknown=1&sort=-name"]
)
def test_pages_lead_forward_and_back_over_the_same_companies(
    six_site: TestClient, query: str
) -> None:
    whole = names(open_page(six_site, f"/?{query}".replace("size=2", "size=200")))
    forward, last = walk(six_site, f"/?{query}", "Next page")
    assert forward == [whole[0:2], whole[2:4], whole[4:6]]
    backward, _ = walk(six_site, last, "Previous page")
    assert backward == forward[::-1]


def test_a_page_of_all_has_no_neighbours(six_site: TestClient) -> None:
    links = main(open_page(six_site, "/?size=6")).links
    assert not {"Next page", "Previous page"} & set(links)


def test_a_heading_on_a_later_page_counts_all_of_its_answer(six_site: TestClient) -> None:
    _, last = walk(six_site, "/?rd_share_min=40&unknown=1&size=2", "Next page")
    ((heading, listed),) = groups(open_page(six_site, last))
    assert heading == "Without a figure: 3 do not state it"
    assert listed == ["Neusoft", "Royole"]


EVERY_FILTER = (
    "/?q=s&revenue_min=1M&industry=displays&industry=internet&employees_max=100%2C000"
    "&rd_share_min=40&rd_basis=staff&founded_min=1990&countries_min=1&unknown=1&maybe=0"
)


def test_every_active_filter_is_a_chip_that_removes_it_alone(six_site: TestClient) -> None:
    page = open_page(six_site, EVERY_FILTER)
    shown = [text for text in chips(page) if text != "Clear all"]
    assert shown == [
        "Search “s”",
        "Revenue from $1M",
        "Employees up to 100,000",
        "R&D share of employees from 40%",
        "Countries from 1",
        "Founded from 1990",
        "Industry displays",
        "Industry internet",
        "Without a figure listed too",
        "Maybe left out",
    ]
    for text in shown:
        left = open_page(six_site, chips(page)[text])
        lists = left.all("ul", aria_label="Active filters")
        if lists:  # The page without hits words its chips by what they would bring back.
            assert [one for one in chips(left) if one != "Clear all"] == [
                one for one in shown if one != text
            ]


def test_all_filters_are_cleared_at_once(six_site: TestClient) -> None:
    assert chips(open_page(six_site, "/?rd_share_min=40"))["Clear all"] == "/"
    assert chips(open_page(six_site, "/")) == {}


def test_the_form_keeps_the_filter_the_order_and_the_size(six_site: TestClient) -> None:
    query = "/?rd_share_min=12.50&rd_basis=staff&revenue_min=1000M&unknown=1&sort=name&size=2"
    assert filled(open_page(six_site, query)) == {
        "rd_share_min": ["12.5"],
        "rd_basis": ["staff"],
        "revenue_min": ["1B"],
        "unknown": ["1"],
        "sort": ["name"],
        "size": ["2"],
    }


def test_the_form_keeps_search_industries_lacks_and_hidden_maybes(six_site: TestClient) -> None:
    query = "/?q=%C2%ABi%C2%BB&industry=internet&industry=displays&lacks=rd_centres&maybe=0"
    assert filled(open_page(six_site, query)) == {
        "q": ["«i»"],
        "industry": ["displays", "internet"],
        "lacks": ["rd_centres"],
        "maybe": ["0"],
    }


def test_an_untouched_form_holds_nothing(six_site: TestClient) -> None:
    assert filled(open_page(six_site, "/")) == {}


def test_a_search_goes_on_with_the_filter_of_the_page(six_site: TestClient) -> None:
    address = "/?q=z&industry=Software&revenue_min=1B&unknown=1&cols=founded&c=zte"
    fields = open_page(six_site, address).one("form", role="search").all("input", type="hidden")
    assert [(one.get("name"), one.get("value")) for one in fields] == [
        ("industry", "software"),
        ("revenue_min", "1B"),
        ("unknown", "1"),
        ("cols", "founded"),
        ("c", "zte"),
    ]


def test_the_search_box_shows_what_was_searched(six_site: TestClient) -> None:
    page = open_page(six_site, "/?q=tele")
    box = page.one("form", role="search").one("input", name="q")
    assert box.get("value") == "tele"
    assert names(page) == ["Huawei", "ZTE Corporation"]


def test_a_form_sent_as_it_stands_asks_the_same(six_site: TestClient) -> None:
    first = open_page(six_site, "/?rd_share_min=40&unknown=1&sort=name")
    sent = read(six_site.get("/", params=fields(first)).text)
    assert (chips(sent), groups(sent)) == (chips(first), groups(first))
    assert len(groups(sent)) == 3


FACETS = [
    "/",
    "/?rd_share_min=40",
    "/?rd_share_min=40&unknown=1",
    "/?rd_share_min=40&industry=internet&industry=displays",
    "/?q=tele",
    "/?maybe=0&rd_share_min=60",
]


@pytest.mark.parametrize("url", FACETS)
def test_an_industry_counts_the_rows_that_ticking_it_alone_would_list(
    six_site: TestClient, url: str
) -> None:
    page = open_page(six_site, url)
    boxes = page.one("form", aria_label="Filter companies").all("label")
    counted = {
        box.all("input")[0].get("value"): int(box.seen.split()[-1])
        for box in boxes
        if box.all("input", name="industry")
    }
    assert set(counted) == {
        "displays",
        "internet",
        "semiconductors and computing",
        "software",
        "telecommunications",
    }
    for industry, count in counted.items():
        ticked = six_site.get(url, params={**filled(page), "industry": industry})
        listed = names(open_page(six_site, str(ticked.url)))
        assert len(listed) == count, industry


def test_several_industries_are_any_of_them(six_site: TestClient) -> None:
    page = open_page(six_site, "/?industry=internet&industry=telecommunications")
    assert names(page) == ["Huawei", "Tencent", "ZTE Corporation"]


def test_the_industries_are_marked_as_our_classification(six_site: TestClient) -> None:
    form = open_page(six_site, "/").one("form", aria_label="Filter companies")
    assert "our classification, not the source's" in form.seen


def test_the_page_says_that_both_ends_of_a_range_are_included(six_site: TestClient) -> None:
    form = open_page(six_site, "/").one("form", aria_label="Filter companies")
    assert "Both ends of a range are included" in form.seen
    assert "Tencent" in names(open_page(six_site, "/?revenue_min=15B&revenue_max=15B"))


def test_the_files_offered_are_those_of_the_same_query(six_site: TestClient) -> None:
    links = main(open_page(six_site, "/?rd_share_min=40&size=2")).links
    assert links["CSV"] == "/companies.csv?rd_share_min=40&size=2"
    assert links["JSON"] == "/companies.json?rd_share_min=40&size=2"
    assert links["Excel"] == "/companies.xlsx?rd_share_min=40&size=2"
    assert links["one CSV"] == "/figures.csv?rd_share_min=40&size=2"
    for name in ("companies.jsonl", "companies.parquet", "figures.jsonl", "figures.parquet"):
        assert links[name] == f"/{name}?rd_share_min=40&size=2"


SEARCHES = [
    ("huawei", ["Huawei"]),
    ("HUAWEI", ["Huawei"]),
    ("qq", ["Tencent"]),
    ("zte", ["ZTE Corporation"]),
    ("smart city", ["Huawei"]),
    ("city smart", ["Huawei"]),
    ("tele equip", ["ZTE Corporation"]),
    ("uawei", []),
]


@pytest.mark.parametrize(("words", "found"), SEARCHES)
def test_every_word_must_begin_a_word_of_what_is_said(
    six_site: TestClient, words: str, found: list[str]
) -> None:
    assert names(open_page(six_site, f"/?q={words}")) == found


def test_several_values_for_one_field_take_the_last(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=90&rd_share_min=40&maybe=0")
    assert names(page) == ["Huawei", "Tencent"]


MORE = "More charts of these companies"


@pytest.mark.parametrize(
    ("query", "most", "link"),
    [
        ("", 2, MORE),
        ("?sort=name", 2, MORE),
        ("?founded_min=1980", 5, MORE),
        ("?founded_min=1980", 4, "The scatter and more charts of these 5 companies"),
    ],
)
def test_the_scatter_of_many_found_is_a_page_of_its_own(
    six_site: TestClient, monkeypatch: pytest.MonkeyPatch, query: str, most: int, link: str
) -> None:
    monkeypatch.setattr(listing, "MOST_DRAWN", most)
    charts = open_page(six_site, f"/{query}").one("div", id="charts")
    assert bool(charts.all("h3", id="sc-t")) is (link == MORE)
    assert open_page(six_site, charts.links[link]).all("svg")
    assert LEFT_OUT not in charts.seen


LEFT_OUT = "were left out, since this page took longer than"


@pytest.mark.parametrize("url", ["/", "/?founded_min=1980", "/?sort=name&unknown=1"])
def test_what_there_is_no_time_to_draw_is_left_out_and_told(
    six_site: TestClient, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    whole = open_page(six_site, url)
    assert len(whole.one("div", id="charts").all("figure")) == 3
    assert whole.all("svg", class_="hist")
    monkeypatch.setattr(listing, "PATIENCE", -1)
    page = open_page(six_site, url)
    charts = page.one("div", id="charts")
    assert f"{LEFT_OUT} -1 seconds" in charts.seen
    assert not charts.all("figure")
    assert not page.all("svg", class_="hist")
    assert names(page) == names(whole)
    counted = f"The scatter and more charts of these {len(names(page))} companies"
    assert open_page(six_site, charts.links[counted]).all("svg")


def test_a_list_without_all_its_charts_is_drawn_anew_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(tmp_path, page_memory=4_000_000) as client:
        with monkeypatch.context() as hurried:
            hurried.setattr(listing, "PATIENCE", -1)
            hasty = client.get("/")
        assert hasty.headers["cache-control"] == "no-store"
        assert LEFT_OUT in hasty.text
        later = client.get("/")
        assert LEFT_OUT not in later.text
        assert later.headers["cache-control"] != "no-store"
