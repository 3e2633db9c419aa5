"""The data file itself, held against the facts of the article, typed out by value."""

from typing import NamedTuple

import pytest

from app.profiles.company import About, Dataset
from app.profiles.figure import State
from app.profiles.interval import Interval

B = 10**11
"""A billion dollars in hundredths."""
PERCENT = 10**10
"""One per cent in storage units."""


class Fact(NamedTuple):
    """One figure of the article."""

    slug: str
    measure: str
    interval: Interval
    as_stated: str
    locator: str = "Snapshots"
    period: str | None = None


def exactly(value: int) -> Interval:
    return Interval.exactly(value)


def above(value: int) -> Interval:
    return Interval(value, None, low_open=True, high_open=True)


HUAWEI_STAFF = "Snapshots; Innovation 2 (170,000)"
FACTS = [
    Fact("neusoft", "founded", exactly(1991), "1991"),
    Fact("neusoft", "revenue", exactly(12 * B // 10), "$1.2B", period="2015"),
    Fact("neusoft", "employees", exactly(20_000), "20,000"),
    Fact("neusoft", "software_bases", exactly(6), "6"),
    Fact("neusoft", "regional_centres", exactly(8), "8"),
    Fact("neusoft", "cities_china", Interval.at_least(40), "40+"),
    Fact("zte", "founded", exactly(1985), "1985"),
    Fact("zte", "revenue", exactly(14 * B), "$14 B USD", period="2015"),
    Fact("zte", "employees", exactly(85_000), "85,000"),
    Fact("zte", "rd_share_revenue", above(10 * PERCENT), "more than 10 %", "Innovation 3"),
    Fact("zte", "countries", exactly(160), "160"),
    Fact("zte", "rd_centres", exactly(20), "20", "Innovation 3"),
    Fact("zte", "smart_city_cities", above(140), "more than 140", "5G 5"),
    Fact("zte", "smart_city_countries", exactly(40), "40", "5G 5"),
    Fact("intel", "founded", exactly(1968), "1968"),
    Fact("intel", "revenue", exactly(55 * B), "$55B USD", period="2015"),
    Fact("intel", "employees", exactly(100_000), "100,000"),
    Fact("intel", "countries", exactly(120), "120"),
    Fact("tencent", "founded", exactly(1998), "1998"),
    Fact("tencent", "revenue", exactly(15 * B), "$15B USD", period="2015"),
    Fact("tencent", "employees", exactly(31_000), "31,000"),
    Fact(
        "tencent",
        "rd_share_staff",
        Interval(50 * PERCENT, 100 * PERCENT, low_open=True),
        "more than 50 %",
        "Innovation 3",
    ),
    Fact("tencent", "mau_qq", exactly(899_000_000), "899 million"),
    Fact("tencent", "mau_wechat", exactly(806_000_000), "806 million"),
    Fact("tencent", "mau_wechat", above(800_000_000), "more than 800 million users", "5G 3"),
    Fact(
        "tencent",
        "institute_investment",
        above(1_400_000_000),
        "more than $14 million",
        "Innovation 3",
        "2007",
    ),
    Fact("royole", "founded", exactly(2012), "2012"),
    Fact("royole", "employees", exactly(600), "600"),
    Fact("royole", "countries", exactly(12), "12"),
    Fact("huawei", "founded", exactly(1987), "1987"),
    Fact("huawei", "revenue", exactly(61 * B), "$61B USD", period="2015"),
    Fact("huawei", "employees", exactly(170_000), "170K", HUAWEI_STAFF),
    Fact("huawei", "rd_staff", exactly(76_000), "76k", "Snapshots; Innovation 2 (76,000)"),
    Fact("huawei", "countries", exactly(170), "170"),
    Fact("huawei", "networks_built", above(1_500), "over 1,500"),
]


def stated(dataset: Dataset) -> list[Fact]:
    return [
        Fact(
            company.slug,
            figure.measure,
            figure.interval,
            figure.as_stated or "",
            figure.locator or "",
            figure.period.label if figure.period else None,
        )
        for company in dataset.companies
        for figure in company.figures
        if figure.state is State.STATED and figure.interval
    ]


def test_the_file_states_these_figures_and_no_others(six: Dataset) -> None:
    assert sorted(stated(six), key=str) == sorted(FACTS, key=str)


def test_every_figure_rests_on_the_one_article(six: Dataset) -> None:
    (source,) = six.sources
    assert (source.id, source.author, source.url) == ("collier-2016", "Chelsea Collier", None)
    assert str(source.published) == "2016-11-21"
    assert {one.source for company in six.companies for one in company.figures} == {source.id}


def test_royole_has_no_revenue_yet(six: Dataset) -> None:
    royole = next(company for company in six.companies if company.slug == "royole")
    revenue = royole.headline("revenue")
    assert (revenue.state, revenue.as_stated) == (State.NONE, "will commercialize 2017")
    assert royole.headline("revenue_per_employee").state is State.NONE


@pytest.mark.parametrize(
    ("slug", "measure", "value"),
    [
        ("huawei", "rd_share_staff", 447_058_823_529),
        ("huawei", "revenue_per_employee", 35_882_353),
        ("intel", "revenue_per_employee", 55_000_000),
        ("tencent", "revenue_per_employee", 48_387_097),
        ("zte", "revenue_per_employee", 16_470_588),
        ("neusoft", "revenue_per_employee", 6_000_000),
    ],
)
def test_these_figures_are_worked_out(six: Dataset, slug: str, measure: str, value: int) -> None:
    company = next(company for company in six.companies if company.slug == slug)
    figure = company.headline(measure)
    assert (figure.state, figure.interval) == (State.DERIVED, exactly(value))


def test_nothing_else_is_worked_out(six: Dataset) -> None:
    derived = [f for c in six.companies for f in c.figures if f.state is State.DERIVED]
    assert len(derived) == 6


@pytest.mark.parametrize(
    ("slug", "name", "place", "industry"),
    [
        ("neusoft", "Neusoft", "visited in Shenyang", "software"),
        ("zte", "ZTE Corporation", "visited in Beijing", "telecommunications"),
        (
            "intel",
            "Intel",
            "given as Santa Clara, CA; maker team visited in Beijing",
            "semiconductors and computing",
        ),
        ("tencent", "Tencent", None, "internet"),
        ("royole", "Royole", None, "displays"),
        ("huawei", "Huawei", None, "telecommunications"),
    ],
)
def test_each_company_is_named_and_placed_as_given(
    six: Dataset, slug: str, name: str, place: str | None, industry: str
) -> None:
    company = next(company for company in six.companies if company.slug == slug)
    assert (company.name, company.place, company.industries) == (name, place, (industry,))


def test_there_are_six_companies(six: Dataset) -> None:
    slugs = {company.slug for company in six.companies}
    assert slugs == {"neusoft", "zte", "intel", "tencent", "royole", "huawei"}


def test_no_place_is_called_a_headquarters(six: Dataset) -> None:
    texts = [said.text.lower() for company in six.companies for said in company.statements]
    assert not [text for text in texts if "headquarter" in text or "based in" in text]


def test_snapshots_without_a_heading_say_so(six: Dataset) -> None:
    noted = {company.slug for company in six.companies if company.said(About.NOTE)}
    assert noted == {"tencent", "royole", "huawei"}


def test_claims_of_rank_are_marked_as_the_authors_words(six: Dataset) -> None:
    ranks = ("first", "largest", "thinnest", "top three")
    for company in six.companies:
        for said in company.statements:
            if any(rank in said.text.lower() for rank in ranks):
                assert said.about is About.HIGHLIGHT
                assert said.claim, said.text
