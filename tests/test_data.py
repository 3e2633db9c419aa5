"""The data file itself, held against the facts of the article, typed out by value."""

import re
from datetime import date
from typing import NamedTuple

import pytest

from app.profiles.company import About, Company, Dataset
from app.profiles.figure import State
from app.profiles.interval import Interval
from app.profiles.measures import Kind
from tests.conftest import DATA_FILE

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


def one(six: Dataset, slug: str) -> Company:
    return next(company for company in six.companies if company.slug == slug)


def test_the_article_is_described_with_the_names_of_its_places(six: Dataset) -> None:
    (source,) = six.sources
    assert source.title == "Moving from 'Made in China' to 'Innovated in China'"
    assert source.kind == "article"
    assert [place.name for place in source.places] == ["Snapshots", "Innovation", "5G"]


def test_every_locator_uses_one_of_those_names(six: Dataset) -> None:
    names = {place.name for place in six.sources[0].places}
    for company in six.companies:
        places = [cited.locator for figure in company.figures for cited in figure.citations]
        places += [said.locator or "" for said in company.statements]
        assert {re.sub(r" \d+$", "", place) for place in places} <= names


def test_only_revenue_and_the_institute_are_dated(six: Dataset) -> None:
    dated = {
        (figure.measure, figure.period.end)
        for company in six.companies
        for figure in company.figures
        if figure.period
    }
    assert dated == {
        ("revenue", date(2015, 12, 31)),
        ("institute_investment", date(2007, 12, 31)),
    }
    assert {figure.published for company in six.companies for figure in company.figures} == {
        date(2016, 11, 21)
    }


def test_money_is_in_dollars_and_nothing_else_has_a_currency(six: Dataset) -> None:
    assert six.currency == "USD"
    for company in six.companies:
        for figure in company.figures:
            is_money = six.catalogue[figure.measure].kind is Kind.MONEY
            assert figure.currency == ("USD" if is_money and figure.known else None)


@pytest.mark.parametrize(
    ("measure", "slugs"),
    [
        ("founded", ""),
        ("revenue", ""),
        ("employees", ""),
        ("countries", "neusoft tencent"),
        ("rd_staff", "neusoft zte intel tencent royole"),
        ("rd_share_staff", "neusoft zte intel royole"),
        ("rd_share_revenue", "neusoft intel tencent royole huawei"),
    ],
)
def test_what_the_article_does_not_state_is_unknown(six: Dataset, measure: str, slugs: str) -> None:
    unknown = [
        company.slug
        for company in six.companies
        if company.headline(measure).state is State.UNKNOWN
    ]
    assert unknown == slugs.split()


@pytest.mark.parametrize(
    ("slug", "claim", "words"),
    [
        ("neusoft", True, "first software company publicly traded"),
        ("zte", True, "top three PCT patent since 2010"),
        ("zte", False, "R&D centres Asia Europe North America"),
        ("zte", False, "M-ICT"),
        ("intel", False, "PC business personal connected"),
        ("tencent", True, "first internet research institute 2007 Beijing Shanghai Shenzhen"),
        ("royole", True, "2014 thinnest full-colour flexible displays"),
        ("royole", True, "2015 first foldable virtual mobile theatre"),
        ("royole", False, "CES 2016 best-of award"),
        ("huawei", False, "networks third of the world's people"),
        ("huawei", False, "smart-city platform e-government"),
    ],
)
def test_each_highlight_is_told(six: Dataset, slug: str, claim: bool, words: str) -> None:
    (told,) = [
        said
        for said in one(six, slug).said(About.HIGHLIGHT)
        if all(word.casefold() in said.text.casefold() for word in words.split())
    ]
    assert told.claim is claim


def test_each_company_says_what_it_does_and_the_file_whose_view_the_industries_are(
    six: Dataset,
) -> None:
    assert all(company.said(About.ACTIVITY) for company in six.companies)
    assert "our classification" in six.classification


@pytest.mark.parametrize("slug", ["tencent", "royole", "huawei"])
def test_the_note_on_a_snapshot_says_how_it_was_identified(six: Dataset, slug: str) -> None:
    (note,) = one(six, slug).said(About.NOTE)
    assert "no heading in the source" in note.text
    assert "identified by its text" in note.text


def test_the_users_of_wechat_stand_behind_its_accounts(six: Dataset) -> None:
    first, second = one(six, "tencent").all_of("mau_wechat")
    assert first.interval == exactly(806_000_000)
    assert second.note == "The source counts users here, not accounts."


def test_the_cities_of_neusoft_are_no_countries(six: Dataset) -> None:
    assert six.catalogue["cities_china"].beside == "countries"


def test_no_word_of_the_file_speaks_of_a_headquarters() -> None:
    text = DATA_FILE.read_text(encoding="utf-8")
    assert not re.search(r"headquarter|head office|based in|\bHQ\b", text, re.IGNORECASE)
