"""Citations as they are pasted: of figures, of pages, and the list of sources."""

from datetime import date

import pytest
from msgspec.structs import replace

from app.pages.citing import CitedSource, cite_figure, cite_page, cited_sources, listed
from app.profiles.company import Dataset, Source
from app.profiles.figure import Citation, Figure, Period, State, unknown
from app.profiles.interval import Interval
from app.profiles.version import Version
from tests.store.cast import CATALOGUE, PERCENT, Known, at_least, figure, more_than

ARTICLE = "Chelsea Collier, “Moving from 'Made in China' to 'Innovated in China'”, 21 Nov 2016"
WITHIN = (
    "In: Chinese and American technology companies, Sourcebook, "
    "data of 24 Nov 2026, digest 3fa9c2d41e07, "
)
AT = "http://127.0.0.1:8000/companies"


def version_of(data: Dataset) -> Version:
    """The version that a load of the data set makes, with a fixed day and digest."""
    return Version(
        number=1,
        digest="3fa9c2d41e07" + "b" * 52,
        loaded_at="2026-11-24T09:30:00+00:00",
        title=data.title,
        description=data.description,
        classification=data.classification,
        currency=data.currency,
        companies=len(data.companies),
        figures=0,
        sources=data.sources,
        catalogue=data.catalogue,
    )


SIX = [
    (
        "huawei",
        "employees",
        (
            "Huawei, Employees: 170,000 (undated, published Nov 2016; printed “170K”). "
            f"{ARTICLE}, Snapshots; Innovation 2. {WITHIN}{AT}/huawei#note-employees"
        ),
    ),
    (
        "huawei",
        "revenue",
        (
            "Huawei, Revenue: 61 billion US dollars (2015; printed “$61B USD”). "
            f"{ARTICLE}, Snapshots. {WITHIN}{AT}/huawei#note-revenue"
        ),
    ),
    (
        "huawei",
        "revenue_per_employee",
        (
            "Huawei, Revenue per employee: 359 thousand US dollars (worked out). "
            "Revenue ÷ Employees: 2015 revenue ($61B USD) over undated employees (170K). "
            f"Inputs from {ARTICLE}. {WITHIN}{AT}/huawei#note-revenue_per_employee"
        ),
    ),
    (
        "huawei",
        "rd_share_staff",
        (
            "Huawei, R&D share of employees: 44.7% (worked out). "
            "R&D staff ÷ Employees: undated R&D staff (76k) over undated employees (170K). "
            f"Inputs from {ARTICLE}. {WITHIN}{AT}/huawei#note-rd_share_staff"
        ),
    ),
    (
        "huawei",
        "rd_share_revenue",
        (
            "Huawei, R&D share of revenue: not stated. "
            + WITHIN
            + AT
            + "/huawei#note-rd_share_revenue"
        ),
    ),
    (
        "zte",
        "rd_share_revenue",
        (
            "ZTE Corporation, R&D share of revenue: more than 10% "
            "(undated, published Nov 2016; printed “more than 10 %”). "
            f"{ARTICLE}, Innovation 3. {WITHIN}{AT}/zte#note-rd_share_revenue"
        ),
    ),
    (
        "tencent",
        "rd_share_staff",
        (
            "Tencent, R&D share of employees: more than 50% "
            "(undated, published Nov 2016; printed “more than 50 %”). "
            f"{ARTICLE}, Innovation 3. {WITHIN}{AT}/tencent#note-rd_share_staff"
        ),
    ),
    (
        "tencent",
        "institute_investment",
        (
            "Tencent, Investment in its research institute: more than 14 million US dollars "
            "(2007; printed “more than $14 million”). "
            f"{ARTICLE}, Innovation 3. {WITHIN}{AT}/tencent#note-institute_investment"
        ),
    ),
    (
        "neusoft",
        "cities_china",
        (
            "Neusoft, Cities in China: 40 or more (undated, published Nov 2016; printed “40+”). "
            f"{ARTICLE}, Snapshots. {WITHIN}{AT}/neusoft#note-cities_china"
        ),
    ),
    (
        "royole",
        "revenue",
        (
            "Royole, Revenue: none yet (2015; printed “will commercialize 2017”). "
            f"{ARTICLE}, Snapshots. {WITHIN}{AT}/royole#note-revenue"
        ),
    ),
    (
        "royole",
        "revenue_per_employee",
        (
            "Royole, Revenue per employee: none yet (worked out). "
            "Revenue ÷ Employees: 2015 revenue (none yet) over undated employees (600). "
            f"Inputs from {ARTICLE}. {WITHIN}{AT}/royole#note-revenue_per_employee"
        ),
    ),
    (
        "intel",
        "founded",
        (
            "Intel, Founded: 1968 (undated, published Nov 2016; printed “1968”). "
            f"{ARTICLE}, Snapshots. {WITHIN}{AT}/intel#note-founded"
        ),
    ),
]


@pytest.mark.parametrize(("slug", "key", "citation"), SIX)
def test_a_figure_of_the_six_is_cited(six: Dataset, slug: str, key: str, citation: str) -> None:
    (company,) = (one for one in six.companies if one.slug == slug)
    url = f"{AT}/{slug}#note-{key}"
    version = version_of(six)
    measure = six.catalogue[key]
    assert cite_figure(company.name, measure, company.headline(key), version, url) == citation


def test_every_figure_of_the_six_can_be_cited(six: Dataset) -> None:
    version = version_of(six)
    for company in six.companies:
        for one in company.figures:
            text = cite_figure(company.name, six.catalogue[one.measure], one, version, "u")
            assert text.startswith(f"{company.name}, {six.catalogue[one.measure].label}: ")
            assert ARTICLE in text
            assert all(cited.locator in text for cited in one.citations)
            assert text.endswith(f"{WITHIN}u")


CAST = Version(
    number=1,
    digest="d1",
    loaded_at="2026-07-01T12:00:00+00:00",
    title="Cast",
    description="",
    classification="",
    currency="USD",
    companies=1,
    figures=1,
    sources=(
        Source("almanac", "The Almanac"),
        Source(
            "gazette", "The Gazette", "Ada", published=date(2016, 3, 1), url="https://g.example"
        ),
    ),
    catalogue=CATALOGUE,
)
END = "In: Cast, Sourcebook, data of 1 Jul 2026, digest d1, u"


def cited(one: Figure) -> str:
    """The citation of a figure, up to what it stands in."""
    text = cite_figure("Alder", CATALOGUE[one.measure], one, CAST, "u")
    assert text.endswith(END)
    return text.removesuffix(END).strip()


@pytest.mark.parametrize(
    ("measure", "known", "value"),
    [
        ("revenue", 123_456_789_012, "1.23456789012 billion US dollars"),
        ("revenue", more_than(123_456_700), "more than 1.234567 million US dollars"),
        ("employees", Interval(10_000, 20_000), "10,000 to 20,000"),
        ("employees", Interval(0, 12), "up to 12"),
        ("employees", Interval(0, 12, high_open=True), "less than 12"),
        ("bases", at_least(40), "40 or more"),
        ("rd_share_staff", 447 * PERCENT // 10, "44.7%"),
    ],
)
def test_what_is_stated_is_cited_with_every_digit_and_a_bound_in_words(
    measure: str, known: Known, value: str
) -> None:
    assert known is not None
    one = replace(figure(measure, known), as_stated=None)
    assert cited(one) == f"Alder, {CATALOGUE[measure].label}: {value} (undated)."


def test_an_amount_names_its_currency() -> None:
    one = replace(figure("revenue", 700, "EUR"), as_stated=None)
    assert cited(one) == "Alder, Revenue: 7 euros (undated)."


def test_a_source_is_cited_by_what_is_known_of_it() -> None:
    one = Figure("employees", State.STATED, Interval.exactly(7), as_stated="seven")
    words = "Alder, Employees: 7 (undated; printed “seven”)."
    assert cited(one) == words
    assert cited(replace(one, source="almanac")) == f"{words} “The Almanac”."
    in_two = replace(one, citations=(Citation("p. 1", "seven"), Citation("p. 9", "7")))
    assert cited(replace(in_two, source="gazette")) == (
        f"{words} Ada, “The Gazette”, 1 Mar 2016, https://g.example, p. 1; p. 9."
    )


def test_what_is_worked_out_of_one_period_tells_it() -> None:
    one = Figure(
        "revenue_per_employee",
        State.DERIVED,
        more_than(12_345_678),
        "USD",
        Period("2015", date(2015, 12, 31)),
        derivation="this over that",
    )
    assert cited(one) == (
        "Alder, Revenue per employee: more than 123.4 thousand US dollars (2015; worked out). "
        "this over that."
    )


def test_what_is_not_stated_is_cited_as_that() -> None:
    assert cited(unknown("revenue")) == "Alder, Revenue: not stated."


def test_a_page_is_cited_by_its_title() -> None:
    title = "Comparison of Huawei, ZTE Corporation and Intel"
    assert cite_page(title, CAST, "u") == f"{title}. {END}"


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
    ],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], words: str) -> None:
    assert listed(names) == words


def test_sources_are_listed_once_by_their_numbers() -> None:
    ones = [replace(figure("employees", 7), source=s) for s in ("gazette", None, "gazette")]
    assert cited_sources(ones, CAST) == (
        CitedSource(2, "The Gazette", "/sources/gazette", "Ada", "1 Mar 2016", "https://g.example"),
    )
    both = [*ones, replace(ones[0], source="almanac")]
    assert [one.number for one in cited_sources(both, CAST)] == [1, 2]
    assert cited_sources([], CAST) == ()
