"""The first draft of a mapping: what is guessed from columns and cells, and that it can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import DataFaults
from app.profiles.interval import Interval
from app.readers.mapping.draft import draft_mapping
from app.readers.mapping.guesses import currency_in, measure_of, style_of, times_of
from app.readers.mapping.numbers import NumberStyle
from app.readers.mapping.table import MappedTable
from app.readers.records.record import Record
from tests.readers.mapping.cast import mapping, real, real_rows, rows

SHEET = """\
Rank,Company,Country,Sector,LEI,Sales 2015/16 (€ million),R&D share (%),Employees,Profit,Growth (%)
1,Alder,France,Pumps,X1,"1,234.5",5.5,"1,200",(3),1
2,Birch,Italy,Valves,X2,-,101,0,4,2
3,TOTAL,France,Oil,X3,> 10,,40+,5,n/a
TOTALS,,,,,"9,999",,,,
"""
DRAFT = """\
# A first mapping for "pumps.csv.gz", drafted from its columns and some rows.
# Read every line: what is called a guess may be wrong.
title: "pumps"
currency: EUR   # a guess: in what amounts are compared
source:
  id: pumps
  title: "pumps"   # fill in: the document that the figures rest on
  # author: …
  # published: …   # as 2016-11-21
  # url: …
locator: row {row}
numbers: {decimal: ".", parentheses: true}   # a guess
measures:   # a guess
  profit: {label: Profit, kind: money, unit: money, negative: true}
company:
  name: "Company"   # a guess
  country: "Country"   # a guess
  industries: "Sector"   # a guess
  identifiers: {lei: "LEI"}   # a guess
  # key: …   # the columns that tell which rows are one company, where several can be
skip:   # a guess: rows that are no company
  - {column: "Rank", is: "TOTALS"}
# Columns left out:
#   "Rank"
#   "Growth (%)"
figures:   # guesses: measure, unit, currency, period, missing
  - measure: revenue
    column: "Sales 2015/16 (€ million)"
    times: million
    currency: EUR
    period: {from: header}
    missing: ["-"]
  - measure: rd_share_revenue
    column: "R&D share (%)"
    percent: true
  - measure: employees
    column: "Employees"
    # Many cells are 0. If 0 means that nothing is known, add "0" to missing.
  # “(3)”; right would be an amount with its currency, as EUR 14 million, or a currency in the \
mapping:
  # - measure: profit
  #   column: "Profit"
"""


def test_a_draft_says_what_it_guesses() -> None:
    columns, records = rows(SHEET)
    assert draft_mapping(columns, records, "data/pumps.csv.gz").replace("data/", "") == DRAFT


def test_a_draft_maps_its_sample() -> None:
    columns, records = rows(SHEET)
    found = MappedTable(mapping(DRAFT), columns, "pumps.csv")
    alder, birch, total = (one.company for one in found.companies(records))
    assert (alder.name, alder.country, alder.industries) == ("Alder", "France", ("Pumps",))
    assert [one.as_stated for one in alder.figures] == ["1,234.5 (€ million)", "5.5 (%)", "1,200"]
    assert [one.as_stated for one in birch.figures] == ["101 (%)", "0"]
    assert total.name == "TOTAL"
    assert total.figures[1].interval == Interval(40, None, high_open=True)
    assert found.skipped == 1


def test_a_column_of_currencies_and_one_of_years_are_found() -> None:
    columns, records = rows("Name,Revenue,Currency,Year\nAlder,5,SEK,2014\nBirch,6,EUR,2015\n")
    found = MappedTable(mapping(draft_mapping(columns, records, "t.csv")), columns, "t.csv")
    figures = [one.company.figures[0] for one in found.companies(records)]
    assert [(one.currency, one.period and one.period.label) for one in figures] == [
        ("SEK", "2014"),
        ("EUR", "2015"),
    ]


def test_decimal_commas_are_found() -> None:
    columns, records = rows('Name,Turnover (EUR)\nAlder,"1.234,5"\nBirch,"7,25"\n')
    text = draft_mapping(columns, records, "t.csv")
    assert 'numbers: {decimal: ",", parentheses: false}   # a guess' in text
    found = MappedTable(mapping(text), columns, "t.csv")
    assert [one.company.figures[0].interval for one in found.companies(records)] == [
        Interval.exactly(123_450),
        Interval.exactly(725),
    ]


def test_rows_without_a_name_are_skipped() -> None:
    columns, records = rows("Name,Employees\nAlder,5\n ,6\n")
    text = draft_mapping(columns, records, "t.csv")
    assert '- {column: "Name", is: ""}' in text
    assert len(list(MappedTable(mapping(text), columns, "t.csv").companies(records))) == 1


def test_a_table_without_rows_has_a_draft() -> None:
    found = mapping(draft_mapping(["Staff", "Title"], [], "x"))
    assert found.entry.company.name.column == "Staff"


@pytest.mark.parametrize("columns", [[], [""], ["\x00"]])
def test_without_a_column_to_name_there_is_no_draft(columns: list[str]) -> None:
    with pytest.raises(DataFaults, match="no column with a name"):
        draft_mapping(columns, [], "x.csv")


CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "-",
            "n/a",
            "0",
            "1,5",
            "1.234,5",
            "1,234.5",
            "(3)",
            "5%",
            "€5",
            "> 4",
            "x",
            "1e99",
            "TOTAL",
        ]
    ),
    st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8),
)
COLUMN = st.one_of(
    st.sampled_from(
        [
            "Name",
            "Country",
            "Employees",
            "Sales (€million)",
            "R&D 2014 (k$)",
            "Year",
            "Currency",
            "Founded",
        ]
    ),
    st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8),
)


@given(st.data())
def test_every_draft_is_read_and_maps_its_sample_without_a_fault(data: st.DataObject) -> None:
    columns = data.draw(st.lists(COLUMN, min_size=1, max_size=5, unique=True))
    cells = st.lists(CELL, min_size=len(columns), max_size=len(columns))
    drawn = data.draw(st.lists(cells, max_size=6))
    records = [
        Record(row, dict(zip(columns, values, strict=True)))
        for row, values in enumerate(drawn, start=2)
    ]
    text = draft_mapping(columns, records, "made up.csv")
    found = MappedTable(mapping(text), columns, "made up.csv")
    companies = list(found.companies(records))
    assert len(companies) + found.skipped == len(records)


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Employees 2014", "employees"),
        ("net_sales", "revenue"),
        ("Sales 2015/16 (€million)", "revenue"),
        ("R&D 2015/16 (€million)", "rd_spend"),
        ("R&D intensity (%)", "rd_share_revenue"),
        ("R&D staff", "rd_staff"),
        ("Op.profits (€million)", "operating_profit"),
        ("Profits/losses 2015/16 (€million)", "profit"),
        ("Market cap (€million)", "market_value"),
        ("Founded", "founded"),
        ("Sales 1 year growth (%)", None),
        ("world rank", None),
        ("Capex int. (%)", None),
        ("Revenue per employee", None),
        ("Colour", None),
    ],
)
def test_the_measure_of_a_header(header: str, measure: str | None) -> None:
    found = measure_of(header)
    assert (found.key if found else None) == measure


@pytest.mark.parametrize(
    ("header", "times", "currency"),
    [
        ("Sales (€million)", "million", "EUR"),
        ("Sales, EUR mn", "million", "EUR"),
        ("Sales (US$ bn)", "billion", "USD"),
        ("Sales in thousands of GBP", "thousand", "GBP"),
        ("Sales ($m)", None, None),
        ("Sales", None, None),
        ("Millionaires", None, None),
        ("THE SALES", None, None),
    ],
)
def test_the_unit_of_a_header(header: str, times: str | None, currency: str | None) -> None:
    assert (times_of(header), currency_in(header)) == (times, currency)


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        (["1.5", "2"], NumberStyle()),
        ([], NumberStyle()),
        (["1,234"], NumberStyle()),
        (["1,5", "1.234"], NumberStyle(decimal=",")),
        (["(5)"], NumberStyle(parentheses=True)),
    ],
)
def test_the_style_of_cells(cells: list[str], style: NumberStyle) -> None:
    assert style_of(cells) == style


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("eu_scoreboard/SB2015_World2500.csv", 6),
        ("eu_scoreboard/SB2016_World2500.csv", 6),
        ("eu_scoreboard/SB2019_World2500.csv", 7),
        ("gleif/gleif_399k.csv.gz", 0),
    ],
)
def test_the_draft_for_a_real_table_maps_its_first_rows(name: str, figures: int) -> None:
    read = real_rows(real(name))
    columns = next(read)
    assert isinstance(columns, tuple)
    records = [record for _, record in zip(range(500), read, strict=False)]
    sample = [record for record in records if isinstance(record, Record)]
    found = mapping(draft_mapping(columns, sample, name))
    assert len(found.entry.figures) == figures
    assert len(list(MappedTable(found, columns, name).companies(sample))) == 500
