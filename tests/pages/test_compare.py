"""The comparison as a reader meets it: side by side, ranked in words, and who lacks what."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, main, names, note, open_page, query_of, serve_text, table

NINE = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "ivy"]
GROVE = CAST + "".join(
    f"  - {{slug: {slug}, name: {slug.title()}, source: gazette, employees: {number + 1}}}\n"
    for number, slug in enumerate(NINE)
)


def url(*slugs: str) -> str:
    return "/compare?" + "&".join(f"c={slug}" for slug in slugs)


def columns(client: TestClient, *slugs: str) -> list[str]:
    """The companies side by side."""
    page = open_page(client, url(*slugs))
    return [head.all("a")[0].seen for head in page.one("thead").all("th")]


def row(client: TestClient, label: str, *slugs: str) -> list[str]:
    """A row as it is seen, after what it tells beside its label."""
    for cells in table(open_page(client, url(*slugs))).values():
        first, *values = cells.values()
        if first.children[0] == label:
            return [first.seen.removeprefix(label).strip(), *(cell.seen for cell in values)]
    raise AssertionError(label)


def test_companies_stand_side_by_side_in_the_order_asked(six_site: TestClient) -> None:
    assert columns(six_site, "zte", "huawei") == ["ZTE Corporation", "Huawei"]
    assert columns(six_site, "huawei", "zte") == ["Huawei", "ZTE Corporation"]


def test_all_six_fit(six_site: TestClient) -> None:
    slugs = ("huawei", "zte", "intel", "tencent", "royole", "neusoft")
    assert len(columns(six_site, *slugs)) == 6


def test_a_company_named_twice_stands_there_once(six_site: TestClient) -> None:
    assert columns(six_site, "zte", "huawei", "zte") == ["ZTE Corporation", "Huawei"]


def test_eight_are_compared_and_nine_are_refused(tmp_path: Path) -> None:
    with serve_text(tmp_path, GROVE) as client:
        assert len(columns(client, *NINE[:8])) == 8
        assert "most that fit" in main(open_page(client, url(*NINE[:8]))).seen
        refused = main(open_page(client, url(*NINE), status=422)).seen
        assert "Accepted: 2 to 8 companies; 9 were given" in refused


def test_nine_with_one_twice_are_eight(tmp_path: Path) -> None:
    with serve_text(tmp_path, GROVE) as client:
        assert len(columns(client, *NINE[:8], NINE[0])) == 8


RANKED = [
    ("Revenue", ["2015", "$61B 1 highest", "$14B 1 23% of the highest"]),
    ("Employees", ["undated", "170,000 1 highest", "85,000 1 50% of the highest"]),
    ("R&D staff", ["undated", "76,000 1 the only one stated", "— not stated"]),
    ("R&D share of revenue", ["undated", "— not stated", "> 10% 1 the only one stated"]),
    ("Countries", ["undated", "170 1 highest", "160 1 94% of the highest"]),
    ("Founded", ["", "1987 1", "1985 1"]),
    ("Networks built", ["undated", "> 1,500 1 the only one stated", "— not stated"]),
    ("R&D centres", ["undated", "— not stated", "20 1 the only one stated"]),
]


@pytest.mark.parametrize(("label", "expected"), RANKED)
def test_a_row_tells_numbers_marks_and_places(
    six_site: TestClient, label: str, expected: list[str]
) -> None:
    assert row(six_site, label, "huawei", "zte") == expected


def test_the_two_shares_are_never_ranked_together(six_site: TestClient) -> None:
    of_employees = row(six_site, "R&D share of employees", "huawei", "tencent", "zte")
    assert of_employees[2:] == ["> 50% 1 highest", "— not stated"]
    of_revenue = row(six_site, "R&D share of revenue", "huawei", "tencent", "zte")
    assert of_revenue[1:] == ["— not stated", "— not stated", "> 10% 1 the only one stated"]


def test_none_yet_is_in_words_and_not_ranked(six_site: TestClient) -> None:
    revenue = row(six_site, "Revenue", "royole", "zte")
    assert revenue[1].startswith("none yet 1 “will commercialize 2017”")
    assert revenue[2].startswith("$14B 1")
    per_employee = row(six_site, "Revenue per employee", "royole", "zte")
    assert per_employee[1] == "none yet ƒ"


def test_every_figure_compared_carries_its_mark(six_site: TestClient) -> None:
    page = open_page(six_site, url("huawei", "royole", "tencent"))
    known = [
        cell
        for cells in table(page).values()
        for name, cell in cells.items()
        if name in ("Huawei", "Royole", "Tencent") and "—" not in cell.seen
    ]
    assert len(known) > 15
    assert all(len(cell.all("details")) == 1 for cell in known)
    assert dict(note(page, "Source of Countries, Royole"))["Counts as"] == "12 countries"
    assert dict(note(page, "Source of Countries, Huawei"))["Counts as"] == "170 countries"


def test_a_company_is_removed_by_its_own_link(six_site: TestClient) -> None:
    links = open_page(six_site, url("huawei", "zte", "intel")).links
    assert links["Remove ZTE Corporation"] == url("huawei", "intel")
    assert links["Remove Huawei"] == url("zte", "intel")


def test_a_company_leads_to_its_profile(six_site: TestClient) -> None:
    assert open_page(six_site, url("huawei", "zte")).links["Huawei"] == "/companies/huawei"


def test_another_company_can_be_added(six_site: TestClient) -> None:
    page = main(open_page(six_site, url("huawei", "zte")))
    (form,) = (one for one in page.all("form") if one.all("select"))
    kept = [one.get("value") for one in form.all("input", name="c")]
    offered = [one.get("value") for one in form.one("select", name="c").all("option")]
    assert (form.get("action"), kept) == ("/compare", ["huawei", "zte"])
    assert offered == ["", "intel", "neusoft", "royole", "tencent"]
    added = six_site.get("/compare", params={"c": [*kept, "intel"]})
    assert query_of(str(added.url)) == {"c": ["huawei", "zte", "intel"]}
    assert added.status_code == 200


def test_who_lacks_what_is_listed(six_site: TestClient) -> None:
    page = main(open_page(six_site, url("huawei", "zte", "royole")))
    (gaps,) = (one for one in page.all("section") if one.one("h2").seen == "Who lacks what")
    silent = "not stated: R&D staff, R&D share of employees, R&D share of revenue"
    assert gaps.pairs == [
        ("Huawei", "not stated: R&D share of revenue"),
        ("ZTE Corporation", "not stated: R&D staff, R&D share of employees"),
        ("Royole", f"none yet: Revenue, Revenue per employee; {silent}"),
    ]


def test_rows_that_are_equal_can_be_hidden(six_site: TestClient) -> None:
    page = main(open_page(six_site, url("huawei", "zte")))
    box = next(one for one in page.all("label") if one.seen == "Hide rows that are equal")
    assert len(box.all("input", type="checkbox")) == 1


def test_periods_that_differ_are_told(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, revenue: {{stated: $5M, period: 2014}}}}
  - {{slug: birch, name: Birch, source: gazette, revenue: {{stated: $7M, period: 2015}}}}
"""
    with serve_text(tmp_path, text) as client:
        assert row(client, "Revenue", "alder", "birch")[0] == "different periods: 2014, 2015"


def test_several_currencies_are_not_compared(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, revenue: $5M}}
  - {{slug: birch, name: Birch, source: gazette, revenue: €7M}}
"""
    with serve_text(tmp_path, text) as client:
        assert row(client, "Revenue", "alder", "birch")[1:] == [
            "$5M 1 another currency, not comparable",
            "€7M 1 another currency, not comparable",
        ]


def test_an_unknown_company_is_named_and_left_out(six_site: TestClient) -> None:
    page = open_page(six_site, url("huawei", "intle", "zte"))
    assert "“intle” is not in this data set and was left out" in main(page).seen
    assert columns(six_site, "huawei", "intle", "zte") == ["Huawei", "ZTE Corporation"]


def test_an_unknown_company_offers_the_comparison_with_the_closest_one(
    six_site: TestClient,
) -> None:
    page = main(open_page(six_site, url("huawei", "zte", "intle")))
    assert "Did you mean Intel?" in page.seen
    assert page.links["Intel"] == url("huawei", "zte", "intel")


@pytest.mark.parametrize(
    ("query", "ticked"),
    [
        ("", []),
        ("?c=", []),
        ("?c=zte", ["zte"]),
        ("?c=zte&c=zte", ["zte"]),
        ("?c=zte&c=nobody", ["zte"]),
        ("?c=nobody", []),
    ],
)
def test_one_company_or_none_gives_the_picker(
    six_site: TestClient, query: str, ticked: list[str]
) -> None:
    page = main(open_page(six_site, f"/compare{query}"))
    assert not page.all("table")
    boxes = page.all("input", type="checkbox", name="c")
    assert sorted(box.get("value") for box in boxes) == [
        "huawei",
        "intel",
        "neusoft",
        "royole",
        "tencent",
        "zte",
    ]
    assert [box.get("value") for box in boxes if "checked" in box.attrs] == ticked
    assert ("“nobody” is not in this data set" in page.seen) == ("nobody" in query)


def test_a_former_slug_and_a_name_lead_to_their_company(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, formerly: [sapling], source: gazette}}
  - {{slug: big-oak, name: Big Oak, source: gazette}}
"""
    with serve_text(tmp_path, text) as client:
        assert columns(client, "sapling", "Big%20Oak") == ["Alder", "Big Oak"]
        assert columns(client, "sapling", "big-oak", "alder") == ["Alder", "Big Oak"]


def test_the_files_offered_are_those_of_the_same_companies(six_site: TestClient) -> None:
    links = main(open_page(six_site, url("huawei", "nobody", "zte"))).links
    assert links["CSV"] == "/compare.csv?c=huawei&c=zte"
    assert links["JSON"] == "/compare.json?c=huawei&c=zte"


def test_ticking_in_the_list_leads_here(six_site: TestClient) -> None:
    listed = open_page(six_site, "/")
    ticked = [box.get("value") for box in listed.all("input", name="c")][:2]
    assert columns(six_site, *ticked) == names(listed)[:2]
