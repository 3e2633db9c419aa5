"""The mapping file: what it holds, and what is wrong with it, at line and column."""

from datetime import date
from fractions import Fraction

import pytest

from app.errors import DataFaults
from app.profiles.company import Place, Source
from app.profiles.interval import EVERYTHING
from app.profiles.measures import Kind, Measure
from app.readers.dataset import DataFile
from app.readers.mapping.entries import FileEntry
from app.readers.mapping.mapping import read_mapping
from tests.readers.mapping.cast import HEAD, SOURCE, TODAY, mapping, mapping_faults

FULL = """\
title: Makers of pumps
description: All of them.
classification: our own
currency: EUR
file: {format: csv, delimiter: "\\t", encoding: utf-16, header: 3, sheet: Data, under: data.rows}
source:
  id: gazette
  title: The Gazette
  author: its editors
  kind: newspaper
  published: 2016-11-21
  url: https://example.org/gazette
  locators: {row: the line of the file}
measures:
  profit: {label: Profit, kind: money, unit: money, negative: true, help: Or loss., words: [gain]}
company: {name: Name}
"""


def test_a_mapping_holds_what_it_says() -> None:
    found = mapping(FULL)
    entry = found.entry
    assert (entry.title, entry.description, entry.classification, found.currency) == (
        "Makers of pumps",
        "All of them.",
        "our own",
        "EUR",
    )
    assert found.file == FileEntry(
        format="csv", delimiter="\t", encoding="utf-16", header=3, sheet="Data", under="data.rows"
    )
    assert found.source == Source(
        "gazette",
        "The Gazette",
        "its editors",
        "newspaper",
        date(2016, 11, 21),
        "https://example.org/gazette",
        (Place("row", "the line of the file"),),
    )
    assert found.own == (
        Measure("profit", "Profit", Kind.MONEY, "money", "Or loss.", EVERYTHING, ("money", "gain")),
    )
    assert found.catalogue["profit"] is found.own[0]


def test_little_is_needed() -> None:
    found = mapping(HEAD)
    assert (found.currency, found.own, found.file) == ("USD", (), FileEntry())
    assert (found.entry.locator, found.entry.figures) == ("row {row}", ())


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("1e6", Fraction(10**6)),
        ("1000", Fraction(1000)),
        ("0.5", Fraction(1, 2)),
        ("thousand", Fraction(1000)),
        ("Million", Fraction(10**6)),
        ("bn", Fraction(10**9)),
    ],
)
def test_a_factor_is_exact(text: str, factor: Fraction) -> None:
    figure = f"{{measure: employees, column: Staff, times: {text}}}"
    assert mapping(f"{HEAD}figures: [{figure}]\n").entry.figures[0].times == factor


def figures(*entries: str) -> str:
    """A mapping whose figures begin in line 4."""
    return HEAD + "figures:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Keys, at every depth
        (HEAD + "figure: []", "3:1: unknown key figure; did you mean figures?"),
        (
            SOURCE + "company: {name: Name, contry: X}",
            "2:23: unknown key contry; did you mean country?",
        ),
        (figures("measure: employees, colum: X"), "4:26: unknown key colum; did you mean column?"),
        (
            figures("measure: employees, column: X, numbers: {decmal: ','}"),
            "4:47: unknown key decmal; did you mean decimal?",
        ),
        (
            figures("measure: employees, column: X, period: {form: header}"),
            "4:46: unknown key form; did you mean from?",
        ),
        (HEAD + "skip: [{column: X, iss: Y}]", "3:20: unknown key iss; did you mean is?"),
        (HEAD + "file: {delimeter: x}", "3:8: unknown key delimeter; did you mean delimiter?"),
        (HEAD.replace("title", "titel"), "1:23: unknown key titel; did you mean title?"),
        (
            HEAD + "measures: {a: {label: A, unit: u, negativ: true}}",
            "3:35: unknown key negativ; did you mean negative?",
        ),
        (HEAD + "company: {}", "3:1: the key company stands twice; the first is on line 2"),
        # What must be there
        (SOURCE, "1:1: needs company"),
        ("company: {name: Name}", "1:1: needs source"),
        (SOURCE + "company: {country: X}", "2:1: needs name"),
        ("", "1:1: needs source"),
        ("[]", "1:1: must be a mapping of keys"),
        (HEAD + "skip: X", "3:1: “X” must be a list"),
        (HEAD + "skip: [{column: X}]", "3:8: needs is"),
        (figures("column: X"), "4:5: needs measure"),
        (figures("measure: employees"), "4:5: a figure has either column or match"),
        (
            figures("measure: employees, column: X, match: Y"),
            "4:5: a figure has either column or match",
        ),
        # Measures
        (
            figures("measure: employes, column: X"),
            "4:6: unknown measure employes; did you mean employees?",
        ),
        (HEAD + "measures: {revenue: {label: R, unit: u}}", "3:12: the name revenue is taken"),
        (HEAD + "measures: {slug: {label: R, unit: u}}", "3:12: the name slug is taken"),
        (
            HEAD + "measures: {a: {label: A, unit: u, kind: money, beside: x}}",
            "must be one of revenue",
        ),
        (
            HEAD + "measures: {a: {label: A, unit: u, kind: year, negative: true}}",
            "a year cannot lie below zero",
        ),
        (HEAD + "measures: {A: {label: A, unit: u}}", "“A” cannot name a measure"),
        (
            HEAD + "measures: {a: {label: A, unit: u, kind: cash}}",
            "3:35: “cash” must be one of 'count', 'money'",
        ),
        # Units
        (
            figures("measure: employees, column: X, percent: true"),
            "4:37: only a share is counted in percent",
        ),
        (
            figures("measure: employees, column: X, currency: EUR"),
            "4:37: only an amount of money has a currency",
        ),
        (figures("measure: founded, column: X, times: 1e3"), "4:35: a year is not multiplied"),
        (
            figures("measure: rd_share_staff, column: X, percent: true, times: 1"),
            "percent says already what one unit is",
        ),
        (figures("measure: revenue, column: X, currency: XQZ"), "“XQZ” is not a currency code"),
        (
            figures("measure: revenue, column: X, currency: {code: EUR, column: Y}"),
            "a currency is a code as EUR, or {column: …}",
        ),
        (
            figures("measure: revenue, column: X, times: many"),
            "“many” is no factor; write one as 1e6",
        ),
        (figures("measure: revenue, column: X, times: 0"), "“0” is no factor"),
        (figures("measure: revenue, column: X, times: -1"), "“-1” is no factor"),
        (figures("measure: revenue, column: X, times: 1e999"), "“1e999” is no factor"),
        (figures("measure: revenue, column: X, percent: maybe"), "“maybe” must be true or false"),
        (
            figures("measure: revenue, column: X, numbers: {decimal: ';'}"),
            "“;” must be one of '.' or ','",
        ),
        (
            figures("measure: revenue, column: X, numbers: {decimal: ',', thousands: ','}"),
            "“,” cannot both group thousands and begin decimals",
        ),
        # Periods and patterns
        (figures("measure: revenue, column: X, period: FY15"), "“FY15” is no period"),
        (figures("measure: revenue, column: X, period: {label: a}"), "a period is a year as 2015"),
        (
            figures("measure: revenue, column: X, period: {label: a, column: b, end: 2015-01-01}"),
            "a period is a year as 2015",
        ),
        (
            figures("measure: revenue, column: X, period: {from: footer}"),
            "“footer” must be one of 'header'",
        ),
        (figures("measure: revenue, match: '(a'"), "4:24: “(a” is no pattern: missing ): (a"),
        (
            figures("measure: revenue, match: '(?P<year>a)'"),
            "the group year means nothing; a pattern may name period",
        ),
        (figures("measure: revenue, match: '(a)\\1'"), "is no pattern: invalid escape sequence"),
        (
            figures("measure: revenue, match: '(?P<period>a)', period: 2015"),
            "the pattern holds the period; leave one of them out",
        ),
        (figures(f"measure: revenue, match: {'a' * 201}"), "is too long"),
        # Places and files
        (
            HEAD + "locator: 'page {page}'",
            "{page} is nothing a locator can name; it can name {row} and {column}",
        ),
        (HEAD + "file: {format: ods}", "“ods” must be one of 'csv', 'tsv'"),
        (HEAD + "file: {header: 0}", "3:8:"),
        (HEAD + "file: {delimiter: ab}", "“ab” is too long"),
        (
            HEAD.replace("2016-11-21", "2027-11-21"),
            "1:43: published on 2027-11-21, which is in the future",
        ),
        (HEAD.replace("gazette", "The Gazette"), "“The Gazette” cannot be a key"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_told_with_its_place(text: str, told: str) -> None:
    assert any(told in fault for fault in mapping_faults(text)), mapping_faults(text)


def test_all_faults_are_told_at_once_in_the_order_of_lines() -> None:
    text = figures("measure: employes, column: X", "measure: founded, column: X, times: 2")
    assert [fault.partition(":")[0] for fault in mapping_faults(text)] == ["4", "5"]


def test_broken_yaml_is_one_fault() -> None:
    with pytest.raises(DataFaults, match="this is not YAML"):
        read_mapping(DataFile("map.yaml", b"source: {"), TODAY)
