"""Facets on the page of the list: boxes with counts, chips, columns; the head of a profile."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from app.pages.choices import FacetField, facet_field
from app.profiles.facets import FACETS
from app.profiles.results import Option
from tests.site import CAST, Node, main, names, open_page, serve_text

COUNTRY = FACETS[1]
LANDS = [f"Land {letter}" for letter in "ABCDEFGHIJKLM"]


def field(counts: dict[str, int], chosen: tuple[str, ...] = ()) -> FacetField | None:
    options = [Option(value, count) for value, count in counts.items()]
    frequent = sorted(counts, key=lambda value: -counts[value])
    return facet_field(COUNTRY, options, frequent, chosen)


def opened(found: FacetField | None) -> list[str]:
    assert found
    return [one.value for one in found.open]


def behind(found: FacetField | None) -> list[str]:
    assert found
    return [one.value for one in found.more]


def test_a_facet_that_nobody_has_is_not_shown() -> None:
    assert field({}) is None
    assert field({"-": 5}) is None


def test_up_to_twelve_values_stand_open_by_name() -> None:
    counts = {land: n for n, land in enumerate(LANDS[:12])} | {"-": 3}
    assert (opened(field(counts)), behind(field(counts))) == ([*LANDS[:12], "-"], [])


def test_of_more_the_frequent_eight_and_the_chosen_stand_open() -> None:
    counts = {land: n for n, land in enumerate(LANDS)} | {"-": 3}
    found = field(counts, chosen=("Land B",))
    assert opened(found) == [*LANDS[:4:-1], "Land B", "-"]
    assert behind(found) == ["Land A", "Land C", "Land D", "Land E"]


def test_a_box_keeps_its_place_when_it_is_chosen() -> None:
    counts = {land: n for n, land in enumerate(LANDS)}
    for chosen in ((), ("Land B",)):
        found = field(counts, chosen)
        assert found
        places = {one.value: one.place for one in (*found.open, *found.more)}
        assert places == {land: n for n, land in enumerate(LANDS, 1)}


def test_a_chosen_value_that_nobody_has_is_shown_with_zero() -> None:
    found = field({"China": 2}, chosen=("Alchemy",))
    assert found
    assert [(one.value, one.chosen, one.count) for one in found.open] == [
        ("China", False, 2),
        ("Alchemy", True, 0),
    ]


def test_a_count_is_printed_with_separators() -> None:
    found = field({"China": 1148, "Japan": 41})
    assert found
    assert [one.counted for one in found.open] == ["1,148", "41"]


def test_the_rarest_of_very_many_values_are_counted_and_not_offered() -> None:
    found = field({f"{n:04}": 5000 - n for n in range(400)})
    assert found
    assert (len(found.open), len(found.more), found.beyond) == (8, 292, 100)


FILED = f"""{CAST}
  - {{slug: alder, name: Nestlé, source: gazette, country: China, tags: [listed, family],
     employees: 5, identifiers: {{lei: 5493001KJTIIGC8Y1R12, isin: [DK1, DK2]}}}}
  - {{slug: birch, name: Birch, source: gazette, country: Österreich, tags: Listed, employees: 9,
     aliases: [华为]}}
  - {{slug: cedar, name: Cedar, source: gazette, employees: 9}}
"""


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("filed"), FILED) as client:
        yield client


def boxes(page: Node, key: str) -> dict[str, str]:
    """What the boxes of a facet say, by their values."""
    form = page.one("form", aria_label="Filter companies")
    labels = [one for one in form.all("label") if one.all("input", name=key)]
    return {str(one.all("input")[0].get("value")): one.seen for one in labels}


def test_each_facet_that_occurs_has_boxes_with_counts(filed: TestClient) -> None:
    page = open_page(filed, "/?employees_min=6")
    assert boxes(page, "country") == {
        "China": "China 0",
        "Österreich": "Österreich 1",
        "-": "not stated 1",
    }
    assert boxes(page, "tag") == {"family": "family 0", "listed": "listed 1", "-": "not stated 1"}
    assert boxes(page, "industry") == {}
    assert "A company may count in several" in page.one("fieldset", id="facet-tag").seen
    assert "several" not in page.one("fieldset", id="facet-country").seen


def test_another_spelling_ticks_the_box_that_stands_for_it(filed: TestClient) -> None:
    facet = open_page(filed, "/?tag=LISTED").one("fieldset", id="facet-tag")
    ticked = [one.get("value") for one in facet.all("input") if "checked" in one.attrs]
    assert ticked == ["listed"]


def test_the_spellings_that_were_joined_are_told(filed: TestClient) -> None:
    told = open_page(filed, "/about").one("details", class_="remarks")
    assert told.one("summary").seen == "Written in several ways: 1"
    assert [one.seen for one in told.all("li")] == ["Tag “listed”, also written “Listed” (1)"]


def test_many_values_fold_behind_the_frequent_ones(tmp_path: Path) -> None:
    lines = [
        f"  - {{slug: c{n}, name: C {n}, source: gazette, country: {land}}}"
        for n, land in enumerate([*LANDS, *LANDS[5:]])
    ]
    with serve_text(tmp_path, CAST + "\n".join(lines)) as client:
        facet = open_page(client, "/?country=Land%20A").one("fieldset", id="facet-country")
        ids = [one.get("id") for one in facet.all("span", class_="cnt")]
    assert "4 more" in facet.seen
    assert [one.seen for one in facet.all("label")][:2] == ["Land F 2", "Land G 2"]
    folded = facet.one("details").all("input")
    assert [one.get("value") for one in folded] == ["Land B", "Land C", "Land D", "Land E"]
    assert sorted(map(str, ids)) == sorted(f"n-country-{n}" for n in range(1, 14))


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("country=China", ["Nestlé"]),
        ("country=-", ["Cedar"]),
        ("country=China&country=-", ["Cedar", "Nestlé"]),
        ("country=China&unknown=1", ["Nestlé", "Cedar"]),
        ("tag=listed", ["Birch", "Nestlé"]),
        ("tag=LISTED&country=" + quote("österreich"), ["Birch"]),
        ("tag=listed&country=" + quote("Österreich"), ["Birch"]),
        ("q=nestle", ["Nestlé"]),
        ("q=" + quote("华为"), ["Birch"]),
        ("q=" + quote("为"), ["Birch"]),
        ("q=5493001kjtiigc8y1r12", ["Nestlé"]),
        ("q=5493", []),
    ],
)
def test_a_query_lists_these(filed: TestClient, query: str, listed: list[str]) -> None:
    assert names(open_page(filed, f"/?{query}&sort=name")) == listed


def test_who_states_no_country_is_unknown_and_says_why(filed: TestClient) -> None:
    page = main(open_page(filed, "/?country=China&unknown=1"))
    assert "1 company, 1 not stating it" in page.seen
    assert "unknown: Country" in page.seen
    assert "Not stating it: 1 does not state it" in page.seen
    assert page.one(id="chosen-filters").seen.startswith("Country China")


def test_what_is_not_stated_is_a_chip_in_words(filed: TestClient) -> None:
    page = main(open_page(filed, "/?country=-"))
    assert page.one(id="chosen-filters").seen.startswith("Country not stated")


def test_country_and_tags_are_columns(filed: TestClient) -> None:
    page = open_page(filed, "/?cols=country,tags&sort=name")
    rows = [row.seen for row in main(page).one("tbody").all("tr")]
    assert ["China" in row and "listed, family" in row for row in rows] == [False, False, True]
    assert "Country not given" in main(page).spoken


def test_a_profile_tells_country_tags_and_identifiers(filed: TestClient) -> None:
    head = main(open_page(filed, "/companies/alder")).seen
    assert "Country: China" in head
    assert "Tags: listed, family" in head
    assert "LEI 5493001KJTIIGC8Y1R12 · ISIN DK1 · ISIN DK2" in head
    other = main(open_page(filed, "/companies/cedar")).seen
    assert "Country:" not in other
    assert "Tags:" not in other


def test_an_item_and_a_line_tell_them_too(filed: TestClient) -> None:
    item = filed.get("/api/companies/alder").json()
    assert (item["country"], item["tags"]) == ("China", ["listed", "family"])
    assert item["identifiers"][:2] == [
        {"scheme": "lei", "value": "5493001KJTIIGC8Y1R12"},
        {"scheme": "isin", "value": "DK1"},
    ]
    line = filed.get("/companies.csv?country=China").text.split("\r\n")[1]
    assert line.endswith(",China,listed; family,lei:5493001KJTIIGC8Y1R12; isin:DK1; isin:DK2")
