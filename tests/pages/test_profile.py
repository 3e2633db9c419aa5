"""A profile: every figure with its source note, and what is said of the company."""

import json
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, Node, main, names, note, open_page, serve, serve_text, table

SUBJECT = "Sourcebook: error in the profile of ZTE Corporation (zte)"
SNAPSHOTS = "Snapshots – our name for the opening list of companies"
INNOVATION = " – the section “A Commitment to Innovation”, with its paragraph"
FIVE_G = " – the section “Everyone Knows the Future is 5G”, with its paragraph"
TITLE = "Moving from 'Made in China' to 'Innovated in China'"
UNDATED = "undated, published Nov 2016"


class Stated(NamedTuple):
    """A figure of the issue: its measure's label, the form printed, and what it counts as."""

    slug: str
    label: str
    form: str
    counts: str
    locator: str = "Snapshots"
    date: str = UNDATED


STATED = [
    Stated("neusoft", "Founded", "1991", "1991"),
    Stated("neusoft", "Revenue", "$1.2B", "1,200,000,000 USD", date="2015"),
    Stated("neusoft", "Employees", "20,000", "20,000 people"),
    Stated("neusoft", "Software bases", "6", "6 bases"),
    Stated("neusoft", "Regional centres", "8", "8 centres"),
    Stated("neusoft", "Cities in China", "40+", "at least 40 cities in China, no upper end"),
    Stated("zte", "Founded", "1985", "1985"),
    Stated("zte", "Revenue", "$14 B USD", "14,000,000,000 USD", date="2015"),
    Stated("zte", "Employees", "85,000", "85,000 people"),
    Stated(
        "zte",
        "R&D share of revenue",
        "more than 10 %",
        "more than 10%, no upper end",
        "Innovation 3",
    ),
    Stated("zte", "Countries", "160", "160 countries"),
    Stated("zte", "R&D centres", "20", "20 centres", "Innovation 3"),
    Stated(
        "zte",
        "Cities with its smart-city projects",
        "more than 140",
        "more than 140 cities, no upper end",
        "5G 5",
    ),
    Stated("zte", "Countries with its smart-city projects", "40", "40 countries", "5G 5"),
    Stated("intel", "Founded", "1968", "1968"),
    Stated("intel", "Revenue", "$55B USD", "55,000,000,000 USD", date="2015"),
    Stated("intel", "Employees", "100,000", "100,000 people"),
    Stated("intel", "Countries", "120", "120 countries"),
    Stated("tencent", "Founded", "1998", "1998"),
    Stated("tencent", "Revenue", "$15B USD", "15,000,000,000 USD", date="2015"),
    Stated("tencent", "Employees", "31,000", "31,000 people"),
    Stated(
        "tencent",
        "R&D share of employees",
        "more than 50 %",
        "more than 50%, at most 100%",
        "Innovation 3",
    ),
    Stated("tencent", "Monthly active accounts of QQ", "899 million", "899,000,000 accounts"),
    Stated("tencent", "Monthly active accounts of WeChat", "806 million", "806,000,000 accounts"),
    Stated(
        "tencent",
        "Investment in its research institute",
        "more than $14 million",
        "more than 14,000,000 USD, no upper end",
        "Innovation 3",
        "2007",
    ),
    Stated("royole", "Founded", "2012", "2012"),
    Stated("royole", "Revenue", "will commercialize 2017", "none yet", date="2015"),
    Stated("royole", "Employees", "600", "600 people"),
    Stated("royole", "Countries", "12", "12 countries"),
    Stated("huawei", "Founded", "1987", "1987"),
    Stated("huawei", "Revenue", "$61B USD", "61,000,000,000 USD", date="2015"),
    Stated("huawei", "Countries", "170", "170 countries"),
    Stated("huawei", "Networks built", "over 1,500", "more than 1,500 networks, no upper end"),
]
NAMES = {
    "neusoft": "Neusoft",
    "zte": "ZTE Corporation",
    "intel": "Intel",
    "tencent": "Tencent",
    "royole": "Royole",
    "huawei": "Huawei",
}


def place(locator: str) -> str:
    """A locator as a note explains it."""
    if locator == "Snapshots":
        return SNAPSHOTS
    return locator + (INNOVATION if locator.startswith("Innovation") else FIVE_G)


@pytest.mark.parametrize("stated", STATED, ids=lambda one: f"{one.slug}: {one.label}")
def test_the_mark_of_a_stated_figure_opens_its_note(six_site: TestClient, stated: Stated) -> None:
    page = open_page(six_site, f"/companies/{stated.slug}")
    assert note(page, f"Source of {stated.label}, {NAMES[stated.slug]}") == [
        ("Printed", f"“{stated.form}” {place(stated.locator)}"),
        ("Source", f"{TITLE} published 21 Nov 2016"),
        ("Date", stated.date),
        ("Counts as", stated.counts),
    ]


@pytest.mark.parametrize(
    ("label", "forms", "counts"),
    [
        ("Employees", ("170K", "170,000"), "170,000 people"),
        ("R&D staff", ("76k", "76,000"), "76,000 people"),
    ],
)
def test_a_figure_printed_in_two_places_tells_both_forms(
    six_site: TestClient, label: str, forms: tuple[str, str], counts: str
) -> None:
    page = open_page(six_site, "/companies/huawei")
    assert note(page, f"Source of {label}, Huawei") == [
        ("Printed", f"“{forms[0]}” {SNAPSHOTS}"),
        ("Printed", f"“{forms[1]}” {place('Innovation 2')}"),
        ("Source", f"{TITLE} published 21 Nov 2016"),
        ("Date", UNDATED),
        ("Counts as", counts),
    ]


def test_a_second_figure_of_a_measure_stands_beside_the_first(six_site: TestClient) -> None:
    page = open_page(six_site, "/companies/tencent")
    label = "Monthly active accounts of WeChat"
    both = dict(main(page).pairs)[label]
    assert both == f"806,000,000 1 {UNDATED} also > 800,000,000 1 {UNDATED}"
    assert note(page, f"Source of {label}, figure 2, Tencent") == [
        ("Printed", f"“more than 800 million users” {place('5G 3')}"),
        ("Source", f"{TITLE} published 21 Nov 2016"),
        ("Date", UNDATED),
        ("Counts as", "more than 800,000,000 accounts, no upper end"),
        ("Note", "The source counts users here, not accounts."),
    ]


WORKED_OUT = [
    ("neusoft", "60,000 USD", "2015 revenue ($1.2B) over undated employees (20,000)"),
    ("zte", "164,705.88 USD", "2015 revenue ($14 B USD) over undated employees (85,000)"),
    ("intel", "550,000 USD", "2015 revenue ($55B USD) over undated employees (100,000)"),
    ("tencent", "483,870.97 USD", "2015 revenue ($15B USD) over undated employees (31,000)"),
    ("royole", "none yet", "2015 revenue (none yet) over undated employees (600)"),
    ("huawei", "358,823.53 USD", "2015 revenue ($61B USD) over undated employees (170K)"),
]


@pytest.mark.parametrize(("slug", "counts", "inputs"), WORKED_OUT)
def test_what_is_worked_out_names_its_inputs_and_their_periods(
    six_site: TestClient, slug: str, counts: str, inputs: str
) -> None:
    page = open_page(six_site, f"/companies/{slug}")
    assert note(page, f"How Revenue per employee, {NAMES[slug]}") == [
        ("Worked out", f"Revenue ÷ Employees: {inputs}"),
        ("Inputs from", f"{TITLE} published 21 Nov 2016"),
        ("Date", "that of its inputs"),
        ("Counts as", counts),
    ]


def test_the_share_of_huawei_is_worked_out_from_its_staff(six_site: TestClient) -> None:
    page = open_page(six_site, "/companies/huawei")
    told = dict(note(page, "How R&D share of employees, Huawei"))
    assert told["Counts as"] == "44.7058823529%"
    assert told["Worked out"] == (
        "R&D staff ÷ Employees: undated R&D staff (76k) over undated employees (170K)"
    )


def test_a_note_leads_to_its_source(six_site: TestClient) -> None:
    page = open_page(six_site, "/companies/huawei")
    for one in page.all("details"):
        if one.all("dl"):
            assert one.links == {TITLE: "/sources/collier-2016"}


def ledger(page: Node) -> dict[str, dict[str, str]]:
    """The table of figures and sources, as it is seen."""
    return {
        label: {column: cell.seen for column, cell in row.items()}
        for label, row in table(page).items()
    }


def test_every_figure_stands_in_the_table_of_sources(six_site: TestClient) -> None:
    rows = {slug: ledger(open_page(six_site, f"/companies/{slug}")) for slug in NAMES}
    for one in STATED:
        row = rows[one.slug][one.label]
        assert row["As printed"] == f"“{one.form}”"
        assert row["Counts as"] == one.counts
        assert row["Date"] == one.date
        assert row["Source"] == f"{one.locator}1"


def test_the_table_tells_the_four_kinds_apart(six_site: TestClient) -> None:
    kinds = {
        label: row["Kind"]
        for label, row in ledger(open_page(six_site, "/companies/royole")).items()
    }
    assert kinds["Employees"] == "stated"
    assert kinds["Revenue"] == "stated as none yet"
    assert kinds["Revenue per employee"] == "worked out"
    assert kinds["R&D staff"] == "not stated"


def test_what_is_not_stated_is_a_dash_and_never_a_zero(six_site: TestClient) -> None:
    row = ledger(open_page(six_site, "/companies/intel"))["R&D share of revenue"]
    assert [cell for column, cell in row.items() if column not in ("Measure", "Kind")] == ["—"] * 4


def test_none_yet_is_in_words_with_what_the_source_says(six_site: TestClient) -> None:
    leading = dict(main(open_page(six_site, "/companies/royole")).pairs)
    said = "The source says: “will commercialize 2017”"
    assert leading["Revenue"] == f"none yet 1 {said} 2015"
    needs = "Needs a figure for revenue"
    assert leading["Revenue per employee"] == f"none yet ƒ {needs} worked out"


def test_the_leading_figures_tell_of_when_they_are(six_site: TestClient) -> None:
    leading = dict(main(open_page(six_site, "/companies/huawei")).pairs)
    assert leading["Revenue"].endswith("2015")
    assert leading["Employees"].endswith(UNDATED)
    assert dict(main(open_page(six_site, "/companies/tencent")).pairs)["Countries"] == (
        "— Not stated"
    )


LEADING = ("Revenue", "Employees", "Revenue per employee", "Countries")
RANKS = {
    "huawei": (
        "$61B 1 1st of 5 that state it 2015",
        f"170,000 1 1st of 6 that state it {UNDATED}",
        "$359k ƒ 3rd of 5 with a figure worked out",
        f"170 1 1st of 4 that state it {UNDATED}",
    ),
    "intel": (
        "$55B 1 2nd of 5 that state it 2015",
        f"100,000 1 2nd of 6 that state it {UNDATED}",
        "$550k ƒ 1st of 5 with a figure worked out",
        f"120 1 3rd of 4 that state it {UNDATED}",
    ),
    "tencent": (
        "$15B 1 3rd of 5 that state it 2015",
        f"31,000 1 4th of 6 that state it {UNDATED}",
        "$484k ƒ 2nd of 5 with a figure worked out",
        "— Not stated",
    ),
    "zte": (
        "$14B 1 4th of 5 that state it 2015",
        f"85,000 1 3rd of 6 that state it {UNDATED}",
        "$165k ƒ 4th of 5 with a figure worked out",
        f"160 1 2nd of 4 that state it {UNDATED}",
    ),
    "neusoft": (
        "$1.2B 1 5th of 5 that state it 2015",
        f"20,000 1 5th of 6 that state it {UNDATED}",
        "$60k ƒ 5th of 5 with a figure worked out",
        "— Not stated",
    ),
    "royole": (
        "none yet 1 The source says: “will commercialize 2017” 2015",
        f"600 1 6th of 6 that state it {UNDATED}",
        "none yet ƒ Needs a figure for revenue worked out",
        f"12 1 4th of 4 that state it {UNDATED}",
    ),
}


@pytest.mark.parametrize("slug", RANKS)
def test_the_leading_figures_tell_their_rank(six_site: TestClient, slug: str) -> None:
    leading = dict(main(open_page(six_site, f"/companies/{slug}")).pairs)
    assert tuple(leading[label] for label in LEADING) == RANKS[slug]


@pytest.mark.parametrize(
    ("slug", "strips", "dots"),
    [("huawei", 4, [5, 6, 5, 4]), ("tencent", 3, [5, 6, 5]), ("royole", 2, [6, 4])],
)
def test_a_strip_shows_every_company_that_states_it(
    six_site: TestClient, slug: str, strips: int, dots: list[int]
) -> None:
    page = main(open_page(six_site, f"/companies/{slug}"))
    drawn = [one for one in page.all("svg", aria_hidden="true") if "strip" in one.get("class")]
    assert len(drawn) == strips
    assert [len(one.all("circle")) for one in drawn] == dots
    assert [len(one.all("circle", class_="me")) for one in drawn] == [1] * strips
    hint = f"Each dot on a line is a company of this data set; the filled one is {NAMES[slug]}."
    assert f"{hint} Log scale." in page.seen


@pytest.mark.parametrize("slug", NAMES)
def test_every_figure_of_a_profile_carries_its_mark(six_site: TestClient, slug: str) -> None:
    page = open_page(six_site, f"/companies/{slug}")
    lines = [row.seen for row in page.one("table").all("tr") if row.all("th", scope="row")]
    known = [line for line in lines if "not stated" not in line]
    marks = [one for one in page.all("details") if one.all("dl")]
    assert len(marks) == len(known) >= 5


def section(page: Node, heading: str) -> Node:
    """The part of the page under a heading."""
    (found,) = (
        one for one in page.all("section") if one.all("h2") and one.all("h2")[0].seen == heading
    )
    return found


def test_the_two_shares_are_told_by_their_basis(six_site: TestClient) -> None:
    zte = section(open_page(six_site, "/companies/zte"), "Research and development").seen
    assert "> 10% 1 of revenue" in zte
    assert "of employees" not in zte.replace("A share of employees and", "")
    tencent = section(open_page(six_site, "/companies/tencent"), "Research and development").seen
    assert "> 50% 1 of employees" in tencent


def test_research_that_no_source_gives_leads_to_companies_that_state_it(
    six_site: TestClient,
) -> None:
    research = section(open_page(six_site, "/companies/intel"), "Research and development")
    assert "Not stated" in research.seen
    listed = names(open_page(six_site, research.links["Companies that state it"]))
    assert listed == ["Huawei", "Tencent", "ZTE Corporation"]


def test_the_staff_in_research_are_a_part_of_the_employees(six_site: TestClient) -> None:
    research = section(open_page(six_site, "/companies/huawei"), "Research and development")
    assert "76,000 1 of 170,000 1 employees work in R&D, 44.7% ƒ" in research.seen
    assert research.one("svg", role="img").get("aria-label") == (
        "44.7 of every 100 employees work in R&D"
    )
    assert "2nd of 2 with a figure" in research.seen
    assert "Spending on R&D is not stated." in research.seen
    (mark,) = research.all("a", href="#note-employees")
    assert mark.spoken == "Source of Employees, Huawei 1"


def tiles(research: Node) -> dict[str, int]:
    """How many marks of the waffle are of each kind."""
    kinds = [one.get("class") for one in research.one("svg", role="img").all("rect")]
    return {kind: kinds.count(kind) for kind in ("on", "may", "off") if kind in kinds}


def test_the_marks_of_a_bound_are_sure_or_may_be(six_site: TestClient) -> None:
    research = section(open_page(six_site, "/companies/tencent"), "Research and development")
    assert research.one("svg", role="img").get("aria-label") == (
        "more than 50 of every 100 employees work in R&D"
    )
    assert tiles(research) == {"on": 50, "may": 50}
    assert "1st of 2 with a figure" in research.seen
    assert "of the pale ones it is not certain" in research.seen
    huawei = section(open_page(six_site, "/companies/huawei"), "Research and development")
    assert tiles(huawei) == {"on": 45, "off": 56}
    assert "of the pale ones" not in huawei.seen


def test_a_share_of_revenue_is_no_waffle(six_site: TestClient) -> None:
    research = section(open_page(six_site, "/companies/zte"), "Research and development")
    assert not research.all("svg", role="img")
    assert "of revenue is spent on R&D" in research.seen
    assert "the only one that states it" in research.seen
    assert "How many employees work in R&D is not stated." in research.seen


def test_what_it_does_and_its_highlights_name_their_place(six_site: TestClient) -> None:
    page = open_page(six_site, "/companies/huawei")
    assert section(page, "What it does").seen == (
        "What it does telecom solutions ICT solutions All from Snapshots1"
    )
    named, *others = (line.seen for line in section(page, "Highlights").all("li"))
    assert named.startswith("Named the world's largest provider of telecom and ICT solutions.")
    assert named.endswith("the author's words Snapshots1")
    assert others == [
        "Its networks reach over a third of the world's people. Snapshots1",
        "A smart-city platform for e-government. 5G 61",
    ]


@pytest.mark.parametrize(
    ("slug", "claims"), [("neusoft", 1), ("zte", 1), ("intel", 0), ("tencent", 2), ("huawei", 1)]
)
def test_claims_of_rank_are_marked_as_the_words_of_the_author(
    six_site: TestClient, slug: str, claims: int
) -> None:
    highlights = section(open_page(six_site, f"/companies/{slug}"), "Highlights")
    assert highlights.seen.count("the author's words") == claims


@pytest.mark.parametrize("slug", ["tencent", "royole", "huawei"])
def test_a_company_without_a_heading_in_the_source_is_noted_as_such(
    six_site: TestClient, slug: str
) -> None:
    assert "bears no heading in the source" in main(open_page(six_site, f"/companies/{slug}")).seen


@pytest.mark.parametrize(
    ("slug", "places"),
    [
        ("intel", "given as Santa Clara, CA · maker team visited in Beijing"),
        ("neusoft", "visited in Shenyang"),
        ("zte", "visited in Beijing"),
    ],
)
def test_a_place_is_told_in_the_terms_of_the_source(
    six_site: TestClient, slug: str, places: str
) -> None:
    page = main(open_page(six_site, f"/companies/{slug}"))
    assert places in page.seen
    assert "headquarter" not in page.spoken.lower()


def test_the_industry_is_marked_as_our_classification(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/companies/zte"))
    assert "telecommunications (our classification, not the source's)" in page.seen


def test_the_sources_are_listed_at_the_end(six_site: TestClient) -> None:
    (line,) = (
        main(open_page(six_site, "/companies/huawei"))
        .one("section", id="sources")
        .one("ol")
        .all("li")
    )
    assert line.seen == f"{TITLE}, Chelsea Collier, 2016-11-21"


def test_a_profile_leads_to_the_comparison_and_to_its_json(six_site: TestClient) -> None:
    links = main(open_page(six_site, "/companies/zte")).links
    assert links["Add to compare"] == "/compare?c=zte"
    assert links["JSON"] == "/companies/zte.json"


@pytest.mark.parametrize(
    ("slug", "closest"),
    [("huawai", "Huawei"), ("zte-corp", "ZTE Corporation"), ("tencnet", "Tencent")],
)
def test_an_unknown_company_offers_the_closest_names(
    six_site: TestClient, slug: str, closest: str
) -> None:
    page = main(open_page(six_site, f"/companies/{slug}", status=404))
    assert page.one("h1").seen == "No such company"
    assert f"No company is filed under “{slug}”" in page.seen
    found = page.links[closest]
    assert open_page(six_site, found).one("h1").seen == closest


def test_a_name_like_none_offers_no_name(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/companies/qqqqqqqq", status=404))
    assert "Did you mean" not in page.seen
    assert page.links["All companies"] == "/"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/companies/sapling?q=a%26b&sort=name", "/companies/alder?q=a%26b&sort=name"),
        ("/companies/sapling", "/companies/alder"),
        ("/companies/sapling.json", "/companies/alder.json"),
        ("/api/companies/sapling", "/api/companies/alder"),
    ],
)
def test_a_former_address_leads_to_the_present_one(tmp_path: Path, old: str, new: str) -> None:
    text = f"{CAST}\n  - {{slug: alder, name: Alder, formerly: [sapling], source: gazette}}\n"
    with serve_text(tmp_path, text) as client:
        moved = client.get(old)
        assert (moved.status_code, moved.headers["location"]) == (308, new)
        assert client.get(new).status_code == 200


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("desk@example.org", f"mailto:desk@example.org?subject={quote(SUBJECT)}"),
        ("https://example.org/report", "https://example.org/report"),
        ("http://example.org/report?a=1&b=2", "http://example.org/report?a=1&b=2"),
    ],
)
def test_an_error_can_be_reported_where_an_address_is_set(
    tmp_path: Path, address: str, href: str
) -> None:
    with serve(tmp_path, report_address=address) as client:
        links = main(open_page(client, "/companies/zte")).links
        assert links["Report an error in this profile"] == href


def test_without_an_address_nothing_is_offered_to_report_to(six_site: TestClient) -> None:
    assert "Report an error" not in main(open_page(six_site, "/companies/zte")).spoken


SEVERAL = f"""{CAST}
  - slug: alder
    name: Alder
    source: gazette
    locator: page 1
    revenue: [{{stated: $5M, period: 2014}}, {{stated: $7M, period: 2015, source: almanac}}]
    employees: ["100", {{stated: 90-110, period: 2015}}]
    revenue_per_employee: {{stated: up to $99k}}
"""


def test_a_later_period_comes_first_and_all_stay_visible(tmp_path: Path) -> None:
    with serve_text(tmp_path, SEVERAL) as client:
        leading = dict(main(open_page(client, "/companies/alder")).pairs)
        assert leading["Revenue"] == "$7M 2 the only one that states it 2015 also $5M 1 2014"
        alone = "the only one that states it"
        assert leading["Employees"] == f"90–110 1 {alone} 2015 also 100 1 {UNDATED}"


def test_every_figure_of_a_measure_has_a_label_of_its_own(tmp_path: Path) -> None:
    twice = SEVERAL.replace("{stated: $5M, period: 2014}", "{stated: $5M, period: 2014}, $4M, $3M")
    with serve_text(tmp_path, twice) as client:
        page = open_page(client, "/companies/alder")
    labels = [one.all("summary")[0].spoken for one in page.all("details", name="mark")]
    assert [label for label in labels if "Revenue," in label] == [
        "Source of Revenue, Alder",
        "Source of Revenue, 2014, Alder",
        "Source of Revenue, figure 3, Alder",
        "Source of Revenue, figure 4, Alder",
    ]
    assert len(labels) == len(set(labels))
    assert {"Revenue", "Revenue, 2014", "Revenue, figure 3", "Employees, figure 2"} <= set(
        table(page.one("section", id="sources"))
    )


def test_a_stated_figure_beats_one_worked_out(tmp_path: Path) -> None:
    with serve_text(tmp_path, SEVERAL) as client:
        page = open_page(client, "/companies/alder")
        leading = dict(main(page).pairs)
        assert leading["Revenue per employee"].startswith("≤ $99k 1")
        assert "also $63.63k–$77.78k ƒ" in leading["Revenue per employee"]


def test_the_parts_of_a_profile_stand_in_their_order(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/companies/huawei"))
    assert [one.seen for one in page.all("h1", "h2")] == [
        "Huawei",
        "Research and development",
        "Where it stands",
        "Revenue USD",
        "Employees people",
        "What it does",
        "Highlights",
        "Other figures",
        "Nearest in size by revenue and employees",
        "Figures and sources",
    ]


def linked_data(page: Node) -> Any:
    """The one block of linked data, as machines read it."""
    (text,) = page.one("script", type="application/ld+json").children
    assert isinstance(text, str)
    assert not set("<>&\u2028\u2029") & set(text)
    return json.loads(text)


def test_machines_are_told_who_the_company_is(tmp_path: Path) -> None:
    with serve(tmp_path, public_url="https://atlas.example/data") as client:
        page = open_page(client, "/companies/zte?q=telecom")
    address = "https://atlas.example/data/companies/zte"
    assert linked_data(page) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "ZTE Corporation",
        "alternateName": ["ZTE"],
        "foundingDate": "1985",
        "numberOfEmployees": {"@type": "QuantitativeValue", "value": 85_000},
        "url": address,
        "identifier": "zte",
    }
    assert page.one("link", rel="canonical").get("href") == address


HOSTILE = "</script><script>alert(1)</script><!-- & ' \""


def test_a_hostile_name_stays_data(tmp_path: Path) -> None:
    name = json.dumps(HOSTILE)
    text = f"{CAST}\n  - {{slug: alder, name: {name}, source: gazette, employees: 9}}\n"
    text += "  - {slug: birch, name: Birch, source: gazette, employees: 10}\n"
    with serve_text(tmp_path, text) as client:
        page = open_page(client, "/companies/alder")
        assert linked_data(page)["name"] == HOSTILE
        assert len(page.all("script")) == 2
        assert page.one("h1").seen == " ".join(HOSTILE.split())
        beside = main(open_page(client, "/companies/birch"))
        assert not beside.all("script")
        assert "alert(1)" in beside.one("nav", aria_label="In the list").seen


def test_the_description_tells_the_main_figures(six_site: TestClient) -> None:
    page = open_page(six_site, "/companies/huawei")
    told = page.one("meta", name="description").get("content")
    assert told.startswith("Huawei: revenue $61B (2015), 170,000 employees, 44.7% of employees")
