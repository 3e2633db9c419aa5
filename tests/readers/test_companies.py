"""One company of a data file: the forms that are read, by value."""

from datetime import date

import pytest

from app.profiles.company import About, Company, Identifier, Statement
from app.profiles.figure import Citation, Figure, Period, State
from app.profiles.interval import Interval
from tests.readers.cast import company, dataset, figure, told, with_lines

PUBLISHED = date(2016, 11, 21)


def test_a_company_may_be_no_more_than_a_slug_and_a_name() -> None:
    only = dataset("companies: [{slug: alder, name: Alder}]").companies
    assert only == (Company("alder", "Alder"),)


def test_a_plain_number_is_a_stated_figure() -> None:
    assert figure("employees", 'employees: "170K"') == Figure(
        measure="employees",
        state=State.STATED,
        interval=Interval.exactly(170_000),
        published=PUBLISHED,
        as_stated="170K",
        source="gazette",
        citations=(Citation("page 1", "170K"),),
    )


@pytest.mark.parametrize("line", ["countries: 40", "countries: {stated: 40}", "countries: [40]"])
def test_every_shorthand_says_the_same(line: str) -> None:
    assert figure("countries", line).interval == Interval.exactly(40)
    assert figure("countries", line).as_stated == "40"


def test_a_figure_may_say_everything_itself() -> None:
    line = (
        "revenue: {stated: more than €5M, period: 2015, source: almanac, "
        "locator: chapter 2, note: Unaudited.}"
    )
    assert figure("revenue", line) == Figure(
        measure="revenue",
        state=State.STATED,
        interval=Interval(500_000_000, None, low_open=True, high_open=True),
        currency="EUR",
        period=Period("2015", date(2015, 12, 31)),
        published=None,
        as_stated="more than €5M",
        source="almanac",
        citations=(Citation("chapter 2", "more than €5M"),),
        note="Unaudited.",
    )


def test_none_yet_keeps_its_words_and_has_no_number() -> None:
    found = figure("revenue", "revenue: {none: will sell in 2017, period: 2015}")
    assert (found.state, found.interval, found.currency) == (State.NONE, None, None)
    assert found.as_stated == "will sell in 2017"
    assert found.citations == (Citation("page 1", "will sell in 2017"),)
    assert found.period == Period("2015", date(2015, 12, 31))


def test_what_is_left_out_is_unknown() -> None:
    assert figure("revenue").state is State.UNKNOWN


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2015", Period("2015", date(2015, 12, 31))),
        ("2015/16", Period("2015/16", date(2016, 12, 31))),
        ("2015-16", Period("2015-16", date(2016, 12, 31))),
        ("2015–2016", Period("2015–2016", date(2016, 12, 31))),
        ("1999/00", Period("1999/00", date(2000, 12, 31))),
        ("{label: H1 2015, end: 2015-06-30}", Period("H1 2015", date(2015, 6, 30))),
    ],
)
def test_a_period_is_a_year_or_says_its_end(period: str, expected: Period) -> None:
    line = f"revenue: {{stated: $5, period: {period}}}"
    assert figure("revenue", line).period == expected


def test_the_year_that_runs_is_not_in_the_future() -> None:
    assert figure("revenue", "revenue: {stated: $5, period: 2026}").known
    assert figure("founded", "founded: 2026").known


def test_several_figures_of_a_measure_are_a_list() -> None:
    found = company(
        "revenue:",
        "  - $5",
        "  - {stated: $7, period: 2015}",
        "  - {stated: $6, period: 2014, note: Restated.}",
    ).all_of("revenue")
    assert [one.as_stated for one in found] == ["$7", "$6", "$5"]
    assert found[1].note == "Restated."


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("page 2", (Citation("page 2", "170K"),)),
        ("[page 2, page 3]", (Citation("page 2", "170K"), Citation("page 3", "170K"))),
        (
            "[page 2, {at: page 3, stated: '170,000'}]",
            (Citation("page 2", "170K"), Citation("page 3", "170,000")),
        ),
        ("{at: page 3, stated: '170,000'}", (Citation("page 3", "170,000"),)),
    ],
)
def test_a_figure_stands_in_several_places_each_with_its_form(
    locator: str, expected: tuple[Citation, ...]
) -> None:
    line = f"employees: {{stated: 170K, locator: {locator}}}"
    assert figure("employees", line).citations == expected


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ("low: 35, high: 45", Interval(35, 45)),
        ("low: 35", Interval(35, None, high_open=True)),
        ("high: 45", Interval(0, 45)),
        ("low: 40, high: 40", Interval.exactly(40)),
        ("low: 1.5K, high: '2,000'", Interval(1500, 2000)),
    ],
)
def test_explicit_bounds_read_what_is_vague(bounds: str, expected: Interval) -> None:
    found = figure("countries", f"countries: {{stated: about 40, {bounds}}}")
    assert (found.interval, found.as_stated) == (expected, "about 40")


def test_explicit_bounds_of_money_name_its_currency() -> None:
    found = figure("revenue", "revenue: {stated: some €5M, low: €4M, high: 6M EUR}")
    assert (found.interval, found.currency) == (Interval(400_000_000, 600_000_000), "EUR")


def test_a_share_of_employees_is_worked_out_and_names_its_inputs() -> None:
    share = figure("rd_share_staff", "employees: 170K", "rd_staff: 76k")
    assert share.state is State.DERIVED
    assert share.interval == Interval.exactly(447_058_823_529)
    assert share.derivation == (
        "R&D staff ÷ Employees: undated R&D staff (76k) over undated employees (170K)"
    )


def test_statements_come_in_every_form() -> None:
    found = company(
        "place: visited in Aarhus",
        "activities: [pumps, {text: valves, source: almanac, locator: page 9}]",
        "highlights: {text: First of all., claim: true}",
        "notes: [A note., Another.]",
    )
    assert found.statements == (
        Statement(About.PLACE, "visited in Aarhus", False, "gazette", "page 1"),
        Statement(About.ACTIVITY, "pumps", False, "gazette", "page 1"),
        Statement(About.ACTIVITY, "valves", False, "almanac", "page 9"),
        Statement(About.HIGHLIGHT, "First of all.", True, "gazette", "page 1"),
        Statement(About.NOTE, "A note.", False, "gazette", "page 1"),
        Statement(About.NOTE, "Another.", False, "gazette", "page 1"),
    )


def test_names_and_industries_may_be_one_or_several() -> None:
    found = company("aliases: [Alder Works, 阿尔德]", "formerly: old-alder", "industries: pumps")
    assert found.aliases == ("Alder Works", "阿尔德")
    assert found.formerly == ("old-alder",)
    assert found.industries == ("pumps",)


def test_a_company_has_a_country_tags_and_identifiers() -> None:
    found = company(
        "country: ' Côte  d’Ivoire'",
        "tags: [listed, 国有]",
        "identifiers: {lei: 5493001KJTIIGC8Y1R12, isin: [DK0010181676, DK0010181759]}",
    )
    assert (found.country, found.tags) == ("Côte d’Ivoire", ("listed", "国有"))
    assert found.identifiers == (
        Identifier("lei", "5493001KJTIIGC8Y1R12"),
        Identifier("isin", "DK0010181676"),
        Identifier("isin", "DK0010181759"),
    )


def test_a_company_that_tells_none_of_these_has_none() -> None:
    found = company()
    assert (found.country, found.tags, found.identifiers) == (None, (), ())


NO_VALUE = "“-” stands for what is not stated; leave it out"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("country: '-'", NO_VALUE),
        ("tags: [listed, '-']", NO_VALUE),
        ("industries: '-'", NO_VALUE),
        ("country: [China, Japan]", "must be text"),
        ("identifiers: [X]", "must be a mapping"),
        (
            "identifiers: {LEI: X}",
            "“LEI” cannot name a register; write it as lei, isin or ticker",
        ),
        ("identifiers: {lei: ''}", "“” is empty; leave the line out where nothing is known"),
    ],
)
def test_what_a_company_cannot_be_filed_under_is_a_fault(line: str, message: str) -> None:
    assert told(with_lines(line)) == [(9, "alder", message)]


def test_text_is_never_markup_and_has_single_spaces() -> None:
    found = company("highlights: '<b>bold</b>   {{ 1 }} &amp;'")
    assert found.statements[0].text == "<b>bold</b> {{ 1 }} &amp;"


def test_text_is_composed() -> None:
    assert company("aliases: 'Cafe\u0301'").aliases == ("Café",)


def test_a_norwegian_is_no_boolean() -> None:
    assert company("aliases: [NO, on]").aliases == ("NO", "on")


def test_a_bare_dollar_is_the_currency_of_the_data_set() -> None:
    text = "currency: CAD\n" + with_lines("revenue: $5")
    found = dataset(text)
    assert found.currency == "CAD"
    assert found.companies[0].headline("revenue").currency == "CAD"
