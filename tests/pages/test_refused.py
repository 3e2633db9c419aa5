"""A query that cannot be read: the field is named, the form kept, and what is accepted told."""

import pytest
from fastapi.testclient import TestClient

from tests.site import fields, filled, main, names, open_page

AMOUNT = "an amount in USD of 0 or more, as 10B, 1.5bn, 500M or 61,000,000,000"
WHOLE = "a whole number of 0 or more, as 20,000 or 170k"
PERCENT = "percent of 0 or more with at most 4 decimals, as 40 or 12.5"
FOREIGN = "an amount in USD, the currency in which revenues are compared"

BAD = [
    ("revenue_min", "abc", AMOUNT),
    ("revenue_max", "10 apples", AMOUNT),
    ("revenue_min", "-5", AMOUNT),
    ("revenue_min", "NaN", AMOUNT),
    ("revenue_min", "inf", AMOUNT),
    ("revenue_min", "Infinity", AMOUNT),
    ("revenue_min", "€10B", FOREIGN),
    ("revenue_max", "10B EUR", FOREIGN),
    ("revenue_min", "1.234", "at most 2 decimals"),
    ("revenue_min", "1e30", "a smaller number"),
    ("employees_min", "many", WHOLE),
    ("employees_max", "1.5", "a whole number"),
    ("employees_max", "$5", WHOLE),
    ("countries_min", "NaN", WHOLE),
    ("countries_max", "1,2", WHOLE),
    ("founded_min", "x", "a year, as 1987"),
    ("founded_max", "inf", "a year, as 1987"),
    ("rd_share_min", "forty", PERCENT),
    ("rd_share_max", "1.23456", "at most 4 decimals, as 12.3456"),
    ("rd_share_min", "nan", PERCENT),
    ("rd_basis", "profit", "one of staff, revenue"),
    ("lacks", "charm", "one of revenue, employees"),
    ("unknown", "yes", "0 or 1"),
    ("maybe", "2", "0 or 1"),
    ("sort", "charm", "one of name, founded, revenue"),
    ("sort", "--name", "one of name, founded, revenue"),
    ("size", "0", "a whole number from 1 to 200"),
    ("size", "201", "a whole number from 1 to 200"),
    ("size", "ten", "a whole number from 1 to 200"),
    ("size", "²", "a whole number from 1 to 200"),
    ("size", "٣", "a whole number from 1 to 200"),
    ("size", "-1", "a whole number from 1 to 200"),
    ("cursor", "nonsense", "the cursor of a page in this very order, or none"),
    ("q", "x" * 101, "at most 100 characters"),
]


@pytest.mark.parametrize(("field", "typed", "accepted"), BAD)
def test_the_field_is_named_with_what_was_given_and_what_is_accepted(
    six_site: TestClient, field: str, typed: str, accepted: str
) -> None:
    answer = six_site.get("/", params={field: typed})
    page = open_page(six_site, str(answer.url), status=422)
    (told,) = main(page).one(role="alert").all("li")
    assert told.seen.startswith(f"{field}: “{typed}” cannot be read. Accepted is {accepted}")


RANGES = [
    ("revenue", "20B", "10B"),
    ("employees", "2k", "100"),
    ("countries", "9", "8"),
    ("founded", "1999", "1998"),
    ("rd_share", "50", "49.9999"),
]


@pytest.mark.parametrize(("field", "low", "high"), RANGES)
def test_a_lower_bound_above_the_upper_one_is_refused(
    six_site: TestClient, field: str, low: str, high: str
) -> None:
    page = open_page(six_site, f"/?{field}_min={low}&{field}_max={high}", status=422)
    (told,) = main(page).one(role="alert").all("li")
    assert told.seen == (
        f"{field}_max: “{high}” cannot be read. "
        f"Accepted is at least the lower bound, which is {low}."
    )
    assert fields(page)[f"{field}_min"] == [low]
    assert fields(page)[f"{field}_max"] == [high]


@pytest.mark.parametrize(("field", "low", "high"), RANGES)
def test_two_equal_bounds_are_a_range(
    six_site: TestClient, field: str, low: str, high: str
) -> None:
    assert high != low
    assert six_site.get(f"/?{field}_min={low}&{field}_max={low}").status_code == 200


def test_every_bad_field_is_told_at_once(six_site: TestClient) -> None:
    page = open_page(six_site, "/?revenue_min=a&employees_max=b&sort=c&size=d", status=422)
    told = [line.one("b").seen for line in main(page).one(role="alert").all("li")]
    assert told == ["revenue_min", "employees_max", "sort", "size"]


def test_the_form_stands_as_it_was_typed(six_site: TestClient) -> None:
    query = (
        "/?revenue_min=1,000M&revenue_max=lots&employees_min=2e3&rd_basis=staff&rd_share_min=+7"
        "&industry=displays&lacks=rd_staff&unknown=1&maybe=0&q=smart&sort=name&size=2"
    )
    assert filled(open_page(six_site, query, status=422)) == {
        "revenue_min": ["1,000M"],
        "revenue_max": ["lots"],
        "employees_min": ["2e3"],
        "rd_basis": ["staff"],
        "rd_share_min": [" 7"],
        "industry": ["displays"],
        "lacks": ["rd_staff"],
        "unknown": ["1"],
        "maybe": ["0"],
        "q": ["smart"],
        "sort": ["name"],
        "size": ["2"],
    }


def test_the_search_box_stands_as_it_was_typed(six_site: TestClient) -> None:
    page = open_page(six_site, f"/?q={'x' * 101}", status=422)
    assert page.one("form", role="search").one("input").get("value") == "x" * 101


def test_a_bad_field_is_marked_for_those_who_do_not_see_it(six_site: TestClient) -> None:
    page = open_page(six_site, "/?rd_share_min=forty&rd_share_max=50", status=422)
    bad = page.one("input", name="rd_share_min")
    assert bad.get("aria-invalid") == "true"
    assert page.one(id=bad.get("aria-describedby")).seen == f"Accepted: {PERCENT}"
    assert not page.one("input", name="rd_share_max").get("aria-invalid")


def test_the_form_lies_open(six_site: TestClient) -> None:
    page = open_page(six_site, "/?revenue_min=abc", status=422)
    (panel,) = (one for one in page.all("details") if one.all("form"))
    assert "open" in panel.attrs


def test_nothing_was_filtered_and_the_page_says_so(six_site: TestClient) -> None:
    page = open_page(six_site, "/?revenue_min=abc&rd_share_min=40", status=422)
    assert not page.all("table")
    assert "Nothing was filtered" in main(page).seen


ACCEPTED = [
    "revenue_min=10B",
    "revenue_min=1.5bn",
    "revenue_min=500M",
    "revenue_min=61,000,000,000",
    "revenue_min=%242e9",
    "revenue_min=2%20billion",
    "revenue_min=USD%2010B",
    "employees_min=20k",
    "rd_share_min=12.3456",
    "rd_share_min=40%25",
    "founded_min=1987",
    "size=200",
    "unknown=0&maybe=1",
    "sort=-rd_share_revenue",
    f"q={'x' * 100}",
]


@pytest.mark.parametrize("query", ACCEPTED)
def test_what_is_accepted_is_not_refused(six_site: TestClient, query: str) -> None:
    assert six_site.get(f"/?{query}").status_code == 200


BLANK = ["", "revenue_min=", "revenue_min=&revenue_max=%20", "rd_basis=", "q=%20", "sort=&size="]


@pytest.mark.parametrize("query", [*BLANK, "rd_basis=staff", "colour=red&page=7"])
def test_a_blank_field_a_basis_alone_and_an_unknown_one_filter_nothing(
    six_site: TestClient, query: str
) -> None:
    assert len(names(open_page(six_site, f"/?{query}"))) == 6


def test_a_cursor_of_another_order_is_refused(six_site: TestClient) -> None:
    onward = main(open_page(six_site, "/?size=2")).links["Next page"]
    open_page(six_site, f"{onward}&sort=name", status=422)


def test_a_page_does_not_grow_with_the_square_of_its_facets(six_site: TestClient) -> None:
    query = "&".join(f"country={n}" for n in range(1600))
    answer = six_site.get(f"/?{query}")
    assert answer.status_code == 422
    assert len(answer.text) < 100 * len(query)
    refusal = main(open_page(six_site, f"/?{query}", 422)).seen
    assert "Accepted is at most 50 values; 1600 were given" in refusal
    assert six_site.get(f"/charts?{query}").status_code == 422
