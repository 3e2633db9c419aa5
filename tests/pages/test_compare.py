"""The comparison as a reader meets it: side by side, ranked or measured, and who lacks what."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, main, names, note, open_page, query_of, serve_text, table

NINE = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "gorse", "hazel", "ivy"]
GROVE = CAST + "".join(
    f"  - {{slug: {slug}, name: {slug.title()}, source: gazette, employees: {number + 1}}}\n"
    for number, slug in enumerate(NINE)
)


def url(*slugs: str, ref: str = "") -> str:
    return "/compare?" + "&".join([f"c={s}" for s in slugs] + ([f"ref={ref}"] if ref else []))


def columns(client: TestClient, *slugs: str) -> list[str]:
    """The companies side by side."""
    page = open_page(client, url(*slugs))
    return [head.all("a")[0].seen for head in page.one("thead").all("th")]


def row(client: TestClient, label: str, *slugs: str, ref: str = "") -> list[str]:
    """A row as it is seen, after what it tells beside its label."""
    for cells in table(open_page(client, url(*slugs, ref=ref))).values():
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
    ("R&D staff", ["undated", "76,000 1 the only one known", "— not stated"]),
    ("R&D share of revenue", ["undated", "— not stated", "> 10% 1 the only one known"]),
    ("Countries", ["undated", "170 1 highest", "160 1 94% of the highest"]),
    ("Founded", ["", "1987 1", "1985 1"]),
    ("Networks built", ["undated", "> 1,500 1 the only one known", "— not stated"]),
    ("R&D centres", ["undated", "— not stated", "20 1 the only one known"]),
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
    assert of_revenue[1:] == ["— not stated", "— not stated", "> 10% 1 the only one known"]


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
    assert all(len(cell.all("details", class_="mark")) == 1 for cell in known)
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
    (form,) = (one for one in page.all("form") if one.all("select", name="c"))
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
        assert row(client, "Revenue", "alder", "birch")[0] == "different years: 2014, 2015"


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


MEASURED = [
    ("Revenue", ["2015", "$61B 1 4.4× ZTE Corporation", "$14B 1 reference"]),
    ("Employees", ["undated", "170,000 1 2× ZTE Corporation", "85,000 1 reference"]),
    ("Countries", ["undated", "170 1 1.06× ZTE Corporation", "160 1 reference"]),
    ("R&D staff", ["undated", "76,000 1 not stated for the reference", "— reference, not stated"]),
    ("R&D share of revenue", ["undated", "— not stated", "> 10% 1 reference"]),
    ("Founded", ["", "1987 1 2 years later", "1985 1 reference"]),
]


@pytest.mark.parametrize(("label", "expected"), MEASURED)
def test_against_a_reference_a_row_tells_multiples(
    six_site: TestClient, label: str, expected: list[str]
) -> None:
    assert row(six_site, label, "huawei", "zte", ref="zte") == expected


def test_a_multiple_is_read_aloud_in_full(six_site: TestClient) -> None:
    cells = table(open_page(six_site, url("huawei", "zte", ref="zte")))
    assert cells["Revenue 2015"]["Huawei"].spoken.endswith("4.4 times ZTE Corporation")
    assert cells["Founded"]["Huawei"].spoken.endswith("2 years later than ZTE Corporation")


def test_a_share_above_half_measures_against_a_number_as_a_bound(six_site: TestClient) -> None:
    told = row(six_site, "R&D share of employees", "huawei", "tencent", ref="huawei")
    assert told[1:] == ["44.7% ƒ reference", "> 50% 1 more than 1.1× Huawei"]
    told = row(six_site, "R&D share of employees", "huawei", "tencent", ref="tencent")
    assert told[1:] == ["44.7% ƒ under 0.9× Tencent", "> 50% 1 reference"]


def test_a_reference_is_taken_changed_and_dropped_by_links(six_site: TestClient) -> None:
    three = ("huawei", "zte", "intel")
    links = open_page(six_site, url(*three)).links
    assert links["Use as reference: ZTE Corporation"] == url(*three, ref="zte")
    assert "No reference" not in links
    page = open_page(six_site, url(*three, ref="zte"))
    assert page.links["No reference"] == url(*three)
    assert page.links["Use as reference: Intel"] == url(*three, ref="intel")
    assert "Use as reference: ZTE Corporation" not in page.links
    heads = {head.get("aria-label"): head.seen for head in page.one("thead").all("th")}
    assert heads["ZTE Corporation"].endswith("reference No reference")
    assert "measured against ZTE Corporation" in main(page).seen


def test_every_link_and_form_to_a_comparison_keeps_the_reference(six_site: TestClient) -> None:
    page = main(open_page(six_site, url("huawei", "zte", "intle", "royole", ref="zte")))
    assert page.links["Remove Huawei"] == url("zte", "royole", ref="zte")
    assert page.links["Remove ZTE Corporation"] == url("huawei", "royole")
    assert page.links["Intel"] == url("huawei", "zte", "royole", "intel", ref="zte")
    for form in page.all("form"):
        assert [one.get("value") for one in form.all("input", name="ref")] == ["zte"]
    leading = [link for link in page.links.values() if link.startswith("/compare?")]
    without = [link for link in leading if "ref=" not in link]
    dropping = [page.links["Remove ZTE Corporation"], page.links["No reference"]]
    assert sorted(without) == sorted(dropping)


def test_without_a_reference_no_link_or_form_has_one(six_site: TestClient) -> None:
    page = main(open_page(six_site, url("huawei", "zte")))
    with_one = [name for name, link in page.links.items() if "ref=" in link]
    assert [name.partition(":")[0] for name in with_one] == ["Use as reference"] * 2
    assert not page.all("input", name="ref")


def test_the_picker_keeps_the_reference_for_companies_to_come(six_site: TestClient) -> None:
    page = main(open_page(six_site, url("zte", ref="zte")))
    assert [one.get("value") for one in page.all("input", name="ref")] == ["zte"]
    assert not main(open_page(six_site, url("zte", ref="intel"))).all("input", name="ref")


@pytest.mark.parametrize("ref", ["nobody", "intel", "", "%20", "%00", "ZTE%20Corporation%20Ltd"])
def test_a_reference_that_is_not_compared_is_none(six_site: TestClient, ref: str) -> None:
    answer = six_site.get(f"{url('huawei', 'zte')}&ref={ref}")
    assert answer.status_code == 200
    plain = six_site.get(url("huawei", "zte")).text
    assert main_of(answer.text) == main_of(plain)


def main_of(html: str) -> str:
    return html.partition("<main")[2].partition("</main>")[0]


def test_a_reference_may_be_named_by_its_former_slug(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, formerly: [sapling], source: gazette, employees: 10}}
  - {{slug: birch, name: Birch, source: gazette, employees: 25}}
"""
    with serve_text(tmp_path, text) as client:
        told = row(client, "Employees", "birch", "sapling", ref="sapling")
        assert told[1:] == ["25 1 2.5× Alder", "10 1 reference"]
        page = open_page(client, url("birch", "sapling", ref="sapling"))
    assert page.links["Use as reference: Birch"] == url("birch", "alder", ref="birch")


def test_title_and_description_name_the_companies_and_the_reference(six_site: TestClient) -> None:
    three = ("huawei", "zte", "intel")
    for ref, against in (("", ""), ("zte", ", measured against ZTE Corporation")):
        page = open_page(six_site, url(*three, ref=ref))
        names_ = "Huawei, ZTE Corporation and Intel"
        assert page.one("title").children == [f"Compare {names_}{against} · Sourcebook"]
        (described,) = page.all("meta", name="description")
        assert described.get("content").startswith(f"{names_} side by side{against}: revenue")


def test_a_comparison_ends_with_its_sources_and_its_citation(tmp_path: Path) -> None:
    text = f"""{CAST}
  - {{slug: alder, name: Alder, source: gazette, employees: 10}}
  - {{slug: birch, name: Birch, source: gazette, employees: 25}}
  - {{slug: cedar, name: Cedar, source: almanac, employees: 30}}
"""
    with serve_text(tmp_path, text) as client:
        page = main(open_page(client, url("alder", "birch")))
        more = main(open_page(client, url("alder", "cedar", ref="alder")))
    first = "The Gazette, 21 Nov 2016, https://gazette.example/1"
    assert [one.seen for one in page.one("ol", class_="srcs").all("li")] == [first]
    listed = more.one("ol", class_="srcs").all("li")
    assert [(one.get("value"), one.seen) for one in listed] == [
        ("1", first),
        ("2", "The Almanac, Ada"),
    ]
    (cite,) = (one for one in more.all("details", class_="cite") if "this" in one.spoken[:9])
    text = cite.one("p", class_="cite-t").seen
    assert text.startswith(
        "Comparison of Alder and Cedar, measured against Alder. In: A small cast"
    )
    assert text.endswith(" http://testserver/compare?c=alder&c=cedar&ref=alder")


def test_the_note_of_a_figure_compared_holds_its_citation(six_site: TestClient) -> None:
    page = open_page(six_site, url("huawei", "zte"))
    slip = page.one("div", id="note-huawei-employees")
    (cite,) = slip.all("details", class_="cite")
    told = cite.one("p", class_="cite-t").spoken
    assert told.startswith("Huawei, Employees: 170,000 (undated, published Nov 2016; ")
    assert told.endswith(" http://testserver/companies/huawei#note-employees")
    (button,) = cite.all("button")
    assert (button.get("type"), "hidden" in button.attrs) == ("button", True)
    assert "data-copy-text" in button.attrs


def test_a_citation_leads_to_the_very_note(six_site: TestClient) -> None:
    page = open_page(six_site, url("huawei", "zte", "royole"))
    cited = [one.spoken.split()[-1] for one in page.all("p", class_="cite-t")]
    notes = [one.removeprefix("http://testserver") for one in cited if "#" in one]
    assert len(notes) > 20
    for address in notes:
        path, _, anchor = address.partition("#")
        assert len(open_page(six_site, path).all(id=anchor)) == 1, address
