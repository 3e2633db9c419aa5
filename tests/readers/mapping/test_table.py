"""Rows into companies: identity, figures, keys, what is skipped, and what is left out."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import DataFaults
from app.profiles.company import About, Company, Identifier, Statement
from app.profiles.figure import Citation, Figure, Period, State
from app.profiles.interval import Interval
from app.readers.mapping.table import LeftOut, Mapped
from app.readers.records.record import Record
from tests.readers.mapping.cast import (
    HEAD,
    SOURCE,
    companies,
    mapped,
    row_faults,
    rows,
    table,
)

STAFF = HEAD + "figures: [{measure: employees, column: Staff, period: 2015/16}]\n"


def test_a_row_becomes_a_company_with_stated_figures() -> None:
    assert mapped(STAFF, 'Name,Country,Staff\r\nAlder,France,"1,200"\r\n') == [
        Mapped(
            2,
            (),
            Company(
                "alder",
                "Alder",
                country="France",
                figures=(
                    Figure(
                        "employees",
                        State.STATED,
                        Interval.exactly(1200),
                        period=Period("2015/16", date(2016, 12, 31)),
                        published=date(2016, 11, 21),
                        as_stated="1,200",
                        source="gazette",
                        citations=(Citation("row 2", "1,200"),),
                    ),
                ),
            ),
        )
    ]


WHO = (
    SOURCE
    + """\
company:
  name: Name
  slug: {column: Id, missing: [none]}
  identifiers: {lei: LEI, isin: {column: ISINs, split: ";"}}
  aliases: [Short, {column: Other, split: "|", missing: ["-"]}]
  country: {column: Country, missing: [n/a]}
  industries: [Sector, Branch]
  tags: {column: Tags, split: "|"}
  place: Town
"""
)
WHO_COLUMNS = "Name,Id,LEI,ISINs,Short,Other,Country,Sector,Branch,Tags,Town\n"


def test_every_part_of_an_identity_has_its_column() -> None:
    row = "Alder &  Co,AL,5299,X1; X2,ALD,Alder & Co|Old Alder|-,France,Pumps,Valves,a| b|a|,Lyon\n"
    (found,) = companies(WHO, WHO_COLUMNS + row)
    assert found == Company(
        slug="al",
        name="Alder & Co",
        aliases=("ALD", "Old Alder"),
        industries=("Pumps", "Valves"),
        country="France",
        tags=("a", "b"),
        identifiers=(
            Identifier("lei", "5299"),
            Identifier("isin", "X1"),
            Identifier("isin", "X2"),
        ),
        statements=(Statement(About.PLACE, "Lyon", source="gazette", locator="row 2"),),
    )


def test_what_is_blank_or_missing_says_nothing() -> None:
    (found,) = companies(WHO, WHO_COLUMNS + "Alder,none, ,,,-,n/a,,,|, \n")
    assert found == Company("alder", "Alder")


def test_cells_that_are_not_there_say_nothing() -> None:
    found = table(WHO, WHO_COLUMNS).companies([Record(2, {"Name": "Alder", "Country": None})])
    assert [one.company for one in found] == [Company("alder", "Alder")]


def test_a_column_is_named_as_it_is_seen() -> None:
    text = HEAD.replace("Country", "Pays d’été")
    (found,) = companies(text, "\ufeffName,Pays d’e\u0301te\u0301\nAlder,France\n")
    assert (found.name, found.country) == ("Alder", "France")


def test_a_missing_amount_needs_no_currency_and_one_may_bring_its_own() -> None:
    text = CELLS.replace("Sales,", "Sales, missing: [n/a],")
    csv_text = "Name,Country,Sales,Cur,Year\nA,,n/a,,2015\nB,,n/a,x,y\nC,,€5,,2015\n"
    found = [[one.currency for one in company.figures] for company in companies(text, csv_text)]
    assert found == [[], [], ["EUR"]]


def test_the_country_na_is_a_country() -> None:
    (found,) = companies(HEAD, "Name,Country\nAlder,NA\n")
    assert found.country == "NA"


def test_two_of_one_name_stay_two() -> None:
    found = companies(HEAD, "Name,Country\nLG,Korea\nLG,Korea\nLG 2,Korea\nlg,Korea\n")
    assert [(one.slug, one.name) for one in found] == [
        ("lg", "LG"),
        ("lg-2", "LG"),
        ("lg-2-2", "LG 2"),
        ("lg-3", "lg"),
    ]


SKIP = HEAD + 'skip:\n  - {column: Name, is: [TOTALS, ""]}\n  - {column: Country, is: Mars}\n'


def test_rows_to_skip_are_counted_and_never_looked_into() -> None:
    text = "Name,Country\nAlder,\nTOTALS,France\n ,France\nBirch, Mars \nTotals,Italy\n"
    found = table(SKIP, text)
    named = [one.company.name for one in found.companies(rows(text)[1])]
    assert (named, found.skipped, found.faults) == (["Alder", "Totals"], 3, ())


def test_columns_that_the_mapping_leaves_out_are_listed() -> None:
    assert table(STAFF, "Rank,Name,Country,Growth,Staff\n").unused == ("Rank", "Growth")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            HEAD,
            "map.yaml:2:11: company.name: the table has no column “Name”; did you mean “Names”?",
        ),
        (
            STAFF,
            (
                "map.yaml:3:32: figures.column: the table has no column “Staff”; "
                "it has “Names”, “Sales 2014”, “Sales 2015”, “2099”"
            ),
        ),
        (SKIP, "map.yaml:4:6: skip.column: the table has no column “Name”; did you mean “Names”?"),
        (
            HEAD + 'figures: [{measure: employees, match: "Staff .*"}]\n',
            "map.yaml:3:32: figures.match: no column of the table fits “Staff .*”",
        ),
        (
            HEAD + "figures: [{measure: employees, column: Names, period: {from: header}}]\n",
            "map.yaml:3:47: figures.period: the header “Names” names no period; say which is meant",
        ),
        (
            HEAD + "figures: [{measure: employees, column: '2099', period: {from: header}}]\n",
            "the period 2099 lies in the future",
        ),
        (
            HEAD + 'figures: [{measure: employees, match: "Sal(?P<period>es) 2014"}]\n',
            "figures.match: “es” is no period; right would be a year as 2015 or 2015/16",
        ),
        (
            HEAD + "figures: [{measure: employees, column: Names, period: {column: Year}}]\n",
            "figures.period.column: the table has no column “Year”",
        ),
        (
            HEAD + "figures: [{measure: revenue, column: Names, currency: {column: Cur}}]\n",
            "figures.currency.column: the table has no column “Cur”",
        ),
    ],
)
def test_columns_that_do_not_fit_are_faults_of_the_mapping(text: str, told: str) -> None:
    with pytest.raises(DataFaults) as refused:
        table(text, "Names,Sales 2014,Sales 2015,2099\n")
    assert any(told in str(fault) for fault in refused.value.faults), str(refused.value)


@pytest.mark.parametrize(("columns", "more"), [(20, ""), (21, " and 1 more"), (57, " and 37 more")])
def test_of_many_columns_the_first_twenty_are_named(columns: int, more: str) -> None:
    with pytest.raises(DataFaults) as refused:
        table(STAFF, ",".join(["Name", "Country", *map(str, range(3, columns + 1))]))
    (fault,) = refused.value.faults
    assert fault.message.endswith(f"“18”, “19”, “20”{more}")


def test_columns_that_do_not_fit_are_told_in_the_order_of_the_mapping() -> None:
    with pytest.raises(DataFaults) as refused:
        table("skip: [{column: Closed, is: x}]\n" + STAFF, "Label,Land\n")
    assert [str(fault).partition(": the")[0] for fault in refused.value.faults] == [
        "map.yaml:1:9: skip.column",
        "map.yaml:3:11: company.name",
        "map.yaml:3:23: company.country",
        "map.yaml:4:32: figures.column",
    ]


def test_a_pattern_reads_every_column_that_fits_each_of_its_own_period() -> None:
    text = HEAD + (
        'figures: [{measure: revenue, match: "R&D (?P<period>\\\\d{4}(?:/\\\\d{2})?) .*", '
        "times: million, currency: EUR}]\n"
    )
    csv_text = "Name,Country,R&D 2014 (€million),R&D 2015/16 (€million),R&D growth\nAlder,,1,2,3\n"
    (found,) = companies(text, csv_text)
    assert [(one.period and one.period.label, one.as_stated) for one in found.figures] == [
        ("2014", "1 (€ million)"),
        ("2015/16", "2 (€ million)"),
    ]


def test_a_header_can_name_the_period() -> None:
    text = (
        HEAD + "figures: [{measure: employees, column: 'Staff, 2015–16', period: {from: header}}]\n"
    )
    (found,) = companies(text, 'Name,Country,"Staff, 2015–16"\nAlder,,5\n')
    assert found.figures[0].period == Period("2015–16", date(2016, 12, 31))


CELLS = HEAD + (
    "figures:\n"
    "  - {measure: revenue, column: Sales, currency: {column: Cur}, period: {column: Year}}\n"
)


def test_currency_and_period_can_stand_in_columns() -> None:
    csv_text = "Name,Country,Sales,Cur,Year\nA,,5,EUR,2015\nB,,6,£,2015-06-30\nC,,7,US$,\nD,,,x,y\n"
    found = [one.figures for one in companies(CELLS, csv_text)]
    assert [(one[0].currency, one[0].period and one[0].period.end) for one in found[:3]] == [
        ("EUR", date(2015, 12, 31)),
        ("GBP", date(2015, 6, 30)),
        ("USD", None),
    ]
    assert found[3] == ()


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "A,,5,,2015",
            (
                "table.csv:2:4: A, Cur: the cell is blank; "
                "right would be a currency code as USD or EUR"
            ),
        ),
        ("A,,5,¥,2015", "table.csv:2:4: A, Cur: “¥”; right would be a currency code as USD or EUR"),
        (
            "A,,5,EUR,FY15",
            (
                "table.csv:2:5: A, Year: “FY15”; "
                "right would be a year as 2015 or 2015/16, or its last day as 2015-06-30"
            ),
        ),
        (
            "A,,5,EUR,2027",
            "table.csv:2:5: A, Year: “2027”; right would be a period that ends by 2026",
        ),
        (
            "A,,5,EUR,2015-02-30",
            (
                "table.csv:2:5: A, Year: “2015-02-30”; "
                "right would be a year as 2015 or 2015/16, or its last day as 2015-06-30"
            ),
        ),
        (
            ",,5,EUR,2015",
            (
                "table.csv:2:1: Name: the cell is blank; "
                "right would be the name of a company; rows without one can be skipped"
            ),
        ),
        (
            "A\x00,,5,EUR,2015",
            (
                "table.csv:2:1: Name: the cell holds the invisible character U+0000; take it out; "
                "right would be text without invisible characters"
            ),
        ),
        (
            "A,x\u202ey,5,EUR,2015",
            (
                "A, Country: the cell holds the invisible character U+202E; take it out; "
                "right would be text without invisible characters"
            ),
        ),
        ("x" * 2001 + ",,5,EUR,2015", "right would be at most 2,000 characters"),
    ],
)
def test_a_cell_at_fault_is_told_with_row_column_and_company(row: str, told: str) -> None:
    (fault,) = row_faults(CELLS, f"Name,Country,Sales,Cur,Year\n{row}\n")
    assert told in fault


@pytest.mark.parametrize(
    ("entry", "locator"),
    [
        ("", "row 2"),
        (', locator: "{column}, line {row}"', "Staff {row}, line 2"),
        (", locator: the sheet", "the sheet"),
    ],
)
def test_a_locator_is_a_template(entry: str, locator: str) -> None:
    text = HEAD + f'figures: [{{measure: employees, column: "Staff {{row}}"{entry}}}]\n'
    (found,) = companies(text, "Name,Country,Staff {row}\nAlder,,5\n")
    assert found.figures[0].locator == locator


BAD = "Name,Country,Staff\nAlder,,5\nBirch,,many\n,,x\nČech,,7\n"


def test_a_table_with_faults_is_refused_at_its_end() -> None:
    found = table(STAFF, BAD)
    yielded: list[Mapped] = []
    with pytest.raises(DataFaults) as refused:
        yielded.extend(found.companies(rows(BAD)[1]))
    # What comes after a fault is checked and not yielded.
    assert [one.company.name for one in yielded] == ["Alder"]
    assert [fault.line for fault in refused.value.faults] == [3, 4, 4]
    assert found.left_out == []


def test_rows_at_fault_can_be_left_out_and_are_listed() -> None:
    found = table(STAFF, BAD, skip_bad_rows=True)
    assert [one.company.name for one in found.companies(rows(BAD)[1])] == ["Alder", "Čech"]
    number = (
        "right would be a number as 610,076, a bound as > 10 or 40+, "
        "or a text that the mapping lists under missing"
    )
    named = "right would be the name of a company; rows without one can be skipped"
    assert found.left_out == [
        LeftOut(3, "Birch", f"Staff: “many”; {number}"),
        LeftOut(4, None, f"Name: the cell is blank; {named}; Staff: “x”; {number}"),
    ]
    assert len(found.faults) == 3


def test_a_slug_is_not_taken_by_a_row_that_is_left_out() -> None:
    text = "Name,Country,Staff\nAlder,,x\nAlder,,5\n"
    found = table(STAFF, text, skip_bad_rows=True)
    assert [one.company.slug for one in found.companies(rows(text)[1])] == ["alder"]


def test_a_million_faults_of_one_kind_stay_a_short_report() -> None:
    found = table(STAFF, "Name,Country,Staff\n")
    bad = (Record(row, {"Name": "A", "Staff": f"x{row}"}) for row in range(2, 5000))
    with pytest.raises(DataFaults) as refused:
        list(found.companies(bad))
    assert len(refused.value.faults) == 21
    assert refused.value.faults[-1].message == "and 4,978 more like this"


KEYED = SOURCE + (
    "company: {name: Name, key: [Id], country: Country, aliases: Short, identifiers: {id: Id}}\n"
    "figures:\n"
    "  - {measure: employees, column: Staff, period: {column: Year}}\n"
)
KEYED_ROWS = """\
Name,Id,Country,Short,Staff,Year
Alder,1,,AL,5,2014
Birch,2,Italy,,9,2014
Alder Inc,1,France,AL,6,2015
Alder,1,France,Alder,5,2014
Birch,,Italy,,9,2014
Birch,,Italy,,9,2014
"""


def test_rows_of_one_key_are_one_company() -> None:
    found = mapped(KEYED, KEYED_ROWS)
    assert [(one.row, one.key, one.company.slug) for one in found] == [
        (2, ("1",), "alder"),
        (3, ("2",), "birch"),
        (6, (), "birch-2"),
        (7, (), "birch-3"),
    ]
    alder = found[0].company
    assert (alder.name, alder.country, alder.aliases) == ("Alder", "France", ("AL", "Alder Inc"))
    assert alder.identifiers == (Identifier("id", "1"),)
    assert [(one.as_stated, one.locator) for one in alder.figures] == [
        ("5", "row 2; row 5"),
        ("6", "row 4"),
    ]


def test_rows_of_one_key_that_contradict_each_other_are_a_fault() -> None:
    (told,) = row_faults(KEYED, KEYED_ROWS.replace("Alder Inc,1,France", "Alder Inc,1,Italy"))
    assert told == (
        "table.csv:5:3: Alder, Country: the country is “Italy” in row 2, of the same key; "
        "right would be the same country in all rows of a key"
    )


def test_capitals_alone_contradict_nothing() -> None:
    shouted = KEYED_ROWS.replace("Alder Inc,1,France", "Alder Inc,1,FRANCE")
    assert mapped(KEYED, shouted)[0].company.country == "FRANCE"


def test_without_a_key_companies_come_one_by_one() -> None:
    """The stream is not read ahead: each company is there before the next row is asked for."""
    asked: list[int] = []

    def read() -> Iterator[Record]:
        for row in range(2, 1000):
            asked.append(row)
            yield Record(row, {"Name": f"A{row}", "Country": "", "Staff": "5"})

    stream = table(STAFF, "Name,Country,Staff\n").companies(read())
    assert (next(stream).row, asked) == (2, [2])
    assert (next(stream).row, asked) == (3, [2, 3])


@given(
    st.lists(
        st.tuples(st.sampled_from(["Alder", "Birch", ""]), st.sampled_from(["5", "x", "> 4", ""])),
        max_size=30,
    )
)
def test_no_row_is_lost(cells: list[tuple[str, str]]) -> None:
    """Every row is a company, or is skipped, or is listed as left out."""
    text = STAFF + "skip: [{column: Name, is: Birch}]\n"
    records = [
        Record(row, {"Name": name, "Country": "", "Staff": staff})
        for row, (name, staff) in enumerate(cells, start=2)
    ]
    found = table(text, "Name,Country,Staff\n", skip_bad_rows=True)
    good = [one.row for one in found.companies(records)]
    left_out = [one.row for one in found.left_out]
    assert len(good) + len(left_out) + found.skipped == len(records)
    assert not set(good) & set(left_out)
