"""The addresses of this site, spelled in one place."""

import pytest

from app.links import (
    company_url,
    compare_url,
    list_url,
    narrowed_urls,
    profile_url,
    source_url,
    with_query,
)
from app.profiles.answer import Range
from app.profiles.cursor import Cursor
from app.profiles.filter import CompanyFilter
from app.profiles.measures import Kind

TELECOM = CompanyFilter(q="R&D centres", industry=("internet", "web & mail"))


def test_a_list_without_filters_is_the_bare_address() -> None:
    assert list_url(CompanyFilter()) == "/"
    assert list_url(CompanyFilter(), path="/companies.csv") == "/companies.csv"


def test_a_list_names_only_what_differs_from_the_default() -> None:
    asked = CompanyFilter(revenue=Range(low=10**12), maybe=False, sort="name", size=2)
    assert list_url(asked) == "/?revenue_min=10B&maybe=0&sort=name&size=2"


def test_what_was_typed_is_escaped() -> None:
    expected = "/?q=R%26D%20centres&industry=internet&industry=web%20%26%20mail"
    assert list_url(TELECOM) == expected


def test_a_cursor_stands_last() -> None:
    cursor = Cursor("-revenue", 3, 10, "alder")
    assert list_url(TELECOM, cursor) == f"{list_url(TELECOM)}&cursor={cursor.text()}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (company_url("alder"), "/companies/alder"),
        (company_url("a b&c"), "/companies/a%20b%26c"),
        (source_url("gazette-2016"), "/sources/gazette-2016"),
        (compare_url(["zte", "alder"]), "/compare?c=zte&c=alder"),
        (compare_url([]), "/compare"),
        (compare_url(["zte", "alder"], ref="zte"), "/compare?c=zte&c=alder&ref=zte"),
        (compare_url(["zte", "alder"], ref="birch"), "/compare?c=zte&c=alder"),
        (compare_url(iter(["zte", "alder"]), ref="alder"), "/compare?c=zte&c=alder&ref=alder"),
        (compare_url([], ref="zte"), "/compare"),
        (compare_url(["a&c=b"], "/compare.csv"), "/compare.csv?c=a%26c%3Db"),
        (with_query("/x", [("after", "é")]), "/x?after=%C3%A9"),
    ],
)
def test_an_address_is_spelled(url: str, expected: str) -> None:
    assert url == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (CompanyFilter(), "/companies/a%20b"),
        (
            CompanyFilter(revenue=Range(low=10**11), sort="-employees"),
            "/companies/a%20b?revenue_min=1B&sort=-employees",
        ),
        (CompanyFilter(columns=("founded",), chosen=("zte",)), "/companies/a%20b"),
        (TELECOM, "/companies/a%20b?" + list_url(TELECOM).partition("?")[2]),
    ],
)
def test_a_profile_carries_the_question_of_its_list_and_not_how_it_is_shown(
    asked: CompanyFilter, expected: str
) -> None:
    assert profile_url("a b", asked) == expected


@pytest.mark.parametrize("wanted", [Range(low=100), Range(0, 199), Range(high=10**12 - 1)])
@pytest.mark.parametrize("field", ["revenue", "employees", "patents"])
def test_a_list_is_narrowed_as_a_filter_with_that_range_would_be(field: str, wanted: Range) -> None:
    kinds = (("patents", Kind.COUNT),)
    asked = CompanyFilter(q="a&b", employees=Range(7, 9), lacks="founded", kinds=kinds)
    assert narrowed_urls(asked, field)(wanted) == list_url(asked.replace(**{field: wanted}))


@pytest.mark.parametrize(
    ("kind", "typed"), [(Kind.COUNT, "1K"), (Kind.MONEY, "10"), (Kind.YEAR, "1000")]
)
def test_a_profile_carries_a_bound_in_the_unit_of_its_measure(kind: Kind, typed: str) -> None:
    asked = CompanyFilter(own=(("budget", Range(low=1000)),), kinds=(("budget", kind),))
    assert profile_url("alder", asked) == f"/companies/alder?budget_min={typed}"
