"""Figures over the years as a reader meets them: on a profile, and side by side."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.site import CAST, Node, main, open_page, query_of, serve_text, table

ORCHARD = (
    CAST.replace("currency: USD", "currency: EUR")
    + """\
  - slug: alder
    name: Alder
    source: gazette
    founded: 1990
    revenue:
      - {stated: €45.2bn, period: 2014}
      - {stated: €50.8bn, period: 2015/16}
      - {stated: €49bn, period: 2015/16, source: almanac}
      - {stated: more than €52bn, period: 2018/19}
    employees:
      - {stated: "1,000", period: 2014}
      - {stated: "1,200", period: 2018/19}
      - {stated: "900"}
    countries: 12
  - slug: birch
    name: Birch & Partners International
    source: gazette
    founded: 1980
    revenue:
      - {stated: €20bn, period: 2014}
      - {stated: €30bn, period: 2015/16}
      - {stated: €25bn, period: 2018/19}
    employees:
      - {stated: "300", period: 2014}
      - {stated: "400", period: 2015/16}
  - slug: cedar
    name: Cedar
    source: gazette
    revenue:
      - {none: not yet, period: 2014}
      - {stated: €2bn, period: 2015/16}
      - {stated: US$9bn, period: 2018/19}
  - slug: elm
    name: Elm
    source: gazette
    revenue:
      - {none: not yet, period: 2014}
      - {stated: €3bn, period: 2015/16}
      - {stated: €4bn, period: 2018/19}
      - {stated: €5bn, period: 2017/18}
      - {stated: €6bn, period: 2013}
      - {stated: €7bn, period: 2018/19, source: almanac}
  - slug: fir
    name: Fir
    source: gazette
    revenue: {stated: €2bn, period: 2014}
"""
)
BOTH = "2 sources give €49B to €50.8B; they differ by 4%"


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("orchard"), ORCHARD) as client:
        yield client


def card(client: TestClient, url: str) -> Node:
    """The card with the charts over the years."""
    return open_page(client, url).one("section", aria_labelledby="years-h")


def charts(client: TestClient, url: str) -> dict[str, Node]:
    """The charts by their titles."""
    found = card(client, url).all("figure")
    return {figure.one("h3").seen: figure for figure in found}


def marks(chart: Node) -> dict[str, str]:
    """What the marks of a chart tell, and where they lead."""
    return chart.one("svg", role="group").links


def test_a_measure_with_figures_of_two_years_has_a_chart(orchard: TestClient) -> None:
    found = charts(orchard, "/companies/alder")
    assert list(found) == ["Revenue", "Employees", "Revenue per employee"]


@pytest.mark.parametrize("slug", ["fir"])
def test_a_single_year_has_none(orchard: TestClient, slug: str) -> None:
    assert "Over the years" not in main(open_page(orchard, f"/companies/{slug}")).seen


def test_every_mark_tells_its_figure_and_leads_to_its_note(orchard: TestClient) -> None:
    page = open_page(orchard, "/companies/alder")
    found = marks(charts(orchard, "/companies/alder")["Revenue"])
    assert found == {
        "Revenue 2014: 45.2 billion euros": "#note-revenue-4",
        "Revenue 2015/16: 50.8 billion euros": "#note-revenue-2",
        "Revenue 2015/16: 49 billion euros": "#note-revenue-3",
        "Revenue 2018/19: more than 52 billion euros": "#note-revenue",
    }
    for href in found.values():
        assert len(page.all(id=href[1:])) == 1


def test_the_ends_are_named_by_what_is_seen_and_by_what_is_spoken(orchard: TestClient) -> None:
    ends = charts(orchard, "/companies/alder")["Revenue"].one("figcaption").all("a")
    assert [one.get("aria-label") for one in ends] == [
        "Revenue 2014: 45.2 billion euros, €45.2B",
        "Revenue 2018/19: more than 52 billion euros, >\u202f€52B",
    ]
    assert [one.seen for one in ends] == ["€45.2B", "> €52B"]


def test_only_points_of_years_that_follow_each_other_are_joined(orchard: TestClient) -> None:
    joins = {
        title: len(next(g for g in chart.all("g") if g.get("class") == "joins").all("line"))
        for title, chart in charts(orchard, "/companies/alder").items()
    }
    assert joins == {"Revenue": 1, "Employees": 0, "Revenue per employee": 0}


def test_the_first_and_the_last_value_stand_as_text(orchard: TestClient) -> None:
    employees = charts(orchard, "/companies/alder")["Employees"]
    assert employees.one("figcaption").spoken == "Employees 1,000 in 2014 1,200 in 2018/19"
    assert employees.seen.count("2018/19") == 2


@pytest.mark.parametrize(
    ("slug", "title", "words"),
    [
        ("alder", "Employees", "No figure of 2015/16, 2018; 1 undated figure not drawn."),
        ("birch", "Employees", "No figure of 2018, 2018/19."),
        ("elm", "Revenue", "None yet in 2014."),
    ],
)
def test_what_is_not_drawn_is_named(orchard: TestClient, slug: str, title: str, words: str) -> None:
    assert words in charts(orchard, f"/companies/{slug}")[title].seen


def test_two_currencies_are_never_on_one_scale(orchard: TestClient) -> None:
    found = card(orchard, "/companies/cedar")
    assert found.all("figure") == []
    years = table(found)
    assert {year: row["Revenue"].spoken for year, row in years.items()} == {
        "2018/19": "9 billion US dollars",
        "2015/16": "2 billion euros",
        "2014": "none yet",
    }


def test_the_table_holds_every_figure_and_a_gap_where_there_is_none(orchard: TestClient) -> None:
    years = table(card(orchard, "/companies/alder"))
    assert list(years) == ["2018/19", "2015/16", "2014"]
    assert years["2015/16"]["Revenue"].links == {
        "€50.8B": "#note-revenue-2",
        "€49B": "#note-revenue-3",
    }
    assert years["2015/16"]["Employees"].spoken == "no figure"


def test_of_many_further_figures_those_of_other_years_stand_in_the_sources(
    orchard: TestClient,
) -> None:
    page = open_page(orchard, "/companies/elm")
    assert "also €7B 2 2018/19" in dict(main(page).pairs)["Revenue"]
    assert "€5B" not in dict(main(page).pairs)["Revenue"]
    for href in marks(charts(orchard, "/companies/elm")["Revenue"]).values():
        assert len(page.all(id=href[1:])) == 1
    row = page.one(
        "tr",
        id=marks(charts(orchard, "/companies/elm")["Revenue"])["Revenue 2017/18: 5 billion euros"][
            1:
        ],
    )
    assert row.one("th").seen == "Revenue, 2017/18"


PAIR = "/compare?c=alder&c=birch"


def row(client: TestClient, url: str, label: str) -> list[str]:
    """A row as it is seen, after what it tells beside its label."""
    for cells in table(open_page(client, url)).values():
        first, *values = cells.values()
        if first.children[0] == label:
            return [first.seen.removeprefix(label).strip(), *(cell.seen for cell in values)]
    raise AssertionError(label)


def test_a_row_of_different_years_says_so_and_each_cell_names_its_own(
    orchard: TestClient,
) -> None:
    assert row(orchard, PAIR, "Employees") == [
        "different years: 2015/16, 2018/19",
        "1,200 1 2018/19 highest",
        "400 1 2015/16 33% of the highest, of different years",
    ]


def test_a_row_of_one_year_needs_no_word_in_its_cells(orchard: TestClient) -> None:
    assert row(orchard, PAIR, "Revenue") == [
        "2018/19",
        f"> €52B 1 highest 2015/16: {BOTH}.",
        "€25B 1 below the highest",
    ]


def test_a_multiple_across_years_is_marked(orchard: TestClient) -> None:
    assert row(orchard, f"{PAIR}&ref=birch", "Employees")[1:] == [
        "1,200 1 2018/19 3× the reference, of different years",
        "400 1 2015/16 reference",
    ]
    assert "of different years" not in " ".join(row(orchard, f"{PAIR}&ref=birch", "Revenue"))
    assert row(orchard, f"{PAIR}&ref=birch", "Founded")[1] == "1990 1 10 years later"


@pytest.mark.parametrize("period", ["2016", "2015/16"])
def test_the_figures_of_a_year_are_compared(orchard: TestClient, period: str) -> None:
    url = f"{PAIR}&ref=birch&period={period}"
    assert row(orchard, url, "Revenue") == [
        "2015/16",
        f"€50.8B 1 1.7× the reference {BOTH}; shown first is the first in the data.",
        "€30B 1 reference",
    ]
    assert row(orchard, url, "Employees")[1] == "— not stated"
    assert row(orchard, url, "Founded")[1] == "1990 1 10 years later"


def test_a_figure_of_a_year_is_cited_by_its_place_on_the_profile(orchard: TestClient) -> None:
    text = main(open_page(orchard, f"{PAIR}&period=2016")).spoken
    assert "/companies/alder#note-revenue-2" in text
    assert "/companies/birch#note-revenue-2" in text


def menu(page: Node) -> list[tuple[str, bool]]:
    found = page.one("select", name="period").all("option")
    return [(str(one.children[0]), "selected" in one.attrs) for one in found]


def test_the_year_is_chosen_from_those_of_the_data_set(orchard: TestClient) -> None:
    page = open_page(orchard, f"{PAIR}&period=2016")
    assert menu(page) == [
        ("latest of each figure", False),
        ("2019", False),
        ("2018", False),
        ("2016", True),
        ("2014", False),
        ("2013", False),
    ]


def test_a_year_without_figures_stays_chosen_and_nothing_is_made_up(orchard: TestClient) -> None:
    page = open_page(orchard, f"{PAIR}&period=1999")
    assert ("1999", True) in menu(page)
    assert row(orchard, f"{PAIR}&period=1999", "Revenue")[1] == "— not stated"


def test_no_year_can_be_chosen_where_all_is_of_one(tmp_path: Path) -> None:
    text = CAST + "".join(
        f"  - {{slug: {slug}, name: {slug}, source: gazette,"
        " revenue: {stated: $1M, period: 2015}}\n"
        for slug in ("oak", "yew")
    )
    with serve_text(tmp_path, text) as client:
        page = open_page(client, "/compare?c=oak&c=yew")
    assert page.all("select", name="period") == []
    assert page.all("section", aria_labelledby="years-h") == []


def test_what_is_no_year_is_refused(orchard: TestClient) -> None:
    assert "a year, as 2016" in main(open_page(orchard, f"{PAIR}&period=soon", 422)).seen


def test_every_way_on_keeps_the_year(orchard: TestClient) -> None:
    page = open_page(orchard, "/compare?c=alder&c=birch&c=elm&period=2016")
    head = page.one("thead").links
    onward = [href for href in head.values() if href.startswith("/compare")]
    assert len(onward) == 6
    assert all(query_of(href)["period"] == ["2016"] for href in onward)
    kept = [one.get("value") for one in page.all("input", name="period")]
    assert kept == ["2016"]


def test_each_company_has_a_line_of_its_own_pattern(orchard: TestClient) -> None:
    revenue = charts(orchard, "/compare?c=alder&c=birch&c=cedar")["Revenue"]
    legend = revenue.one("ul")
    assert [one.seen for one in legend.all("li")] == [
        "Alder",
        "Birch & Partners International",
        "Cedar",
    ]
    assert [one.get("class") for one in legend.all("svg")] == ["dash p0", "dash p1", "dash p2"]
    ends = [one.seen for one in revenue.all("text") if one.get("class") == "end"]
    assert ends == ["Alder", "Birch & Par…", "Cedar"]
    assert (
        "Cedar: none yet in 2014; no figure of 2018; another currency in 2018/19." in revenue.seen
    )


def test_the_marks_of_a_comparison_lead_to_the_profiles(orchard: TestClient) -> None:
    found = marks(charts(orchard, PAIR)["Employees"])
    assert found == {
        "Alder, Employees 2014: 1,000": "/companies/alder#note-employees-2",
        "Alder, Employees 2018/19: 1,200": "/companies/alder#note-employees",
        "Birch & Partners International, Employees 2014: 300": "/companies/birch#note-employees-2",
        "Birch & Partners International, Employees 2015/16: 400": "/companies/birch#note-employees",
    }


def test_the_lines_show_all_years_whatever_year_is_compared(orchard: TestClient) -> None:
    everything = marks(charts(orchard, PAIR)["Revenue"])
    assert marks(charts(orchard, f"{PAIR}&period=2016")["Revenue"]) == everything
