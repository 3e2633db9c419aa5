"""What is wrong with data files: every fault with file, line, company and what would be right."""

import pytest

from app.errors import Fault
from tests.readers.cast import HEAD, TODAY, company, dataset, faults, told, with_lines


@pytest.mark.parametrize(
    ("line", "fragment"),
    [
        # Keys
        pytest.param("employes: 5", "unknown key employes; did you mean employees?", id="near"),
        pytest.param("zzz: 5", "unknown key zzz; known are slug, name", id="stranger"),
        pytest.param("name: Twice", "key name stands twice; the first is on line 6", id="twice"),
        pytest.param("<<: {name: X}", "merge key << is not accepted", id="merge key"),
        pytest.param("aliases: !!seq [x]", "tag tag:yaml.org,2002:seq", id="tag"),
        pytest.param("aliases: *x", "alias *x is not accepted", id="alias"),
        # Figures
        pytest.param(
            "employees: lots", "cannot read “lots”; right would be 170,000", id="no number"
        ),
        pytest.param("employees: about 5", "is vague: give the bounds beside it", id="vague"),
        pytest.param("employees: 1.5", "not a whole number of people", id="half"),
        pytest.param("employees: -5", "cannot read “-5”", id="negative"),
        pytest.param("employees: 50%", "this is no share", id="percent of a count"),
        pytest.param("employees: $5", "not an amount of money", id="money of a count"),
        pytest.param("employees: 1e99", "too large to be stored", id="too large"),
        pytest.param("employees:", "has no value; leave the line out", id="nothing"),
        pytest.param("employees: ''", "is empty; leave the line out", id="empty"),
        pytest.param("employees: [5, '']", "is empty", id="empty in a list"),
        pytest.param("employees: [[5]]", "must be a mapping of keys", id="list in a list"),
        pytest.param("employees: {}", "either stated or none", id="empty mapping"),
        pytest.param("employees: {stated: 5, none: x}", "either stated or none", id="both"),
        pytest.param("employees: {period: 2015}", "either stated or none", id="neither"),
        pytest.param("employees: {stated: [5]}", "must be text", id="list as number"),
        pytest.param("employees: {stated: 5, perod: 2015}", "unknown key perod", id="odd key"),
        pytest.param("revenue: 14B", "names no currency", id="no currency"),
        pytest.param("revenue: ¥14B", "write JPY or CNY", id="yen or yuan"),
        pytest.param("revenue: $14B EUR", "names two currencies", id="two currencies"),
        pytest.param("revenue: 14B XQZ", "is not a currency code", id="no currency code"),
        pytest.param("rd_share_staff: 0.5", "written in percent, as 50%", id="fraction"),
        pytest.param("rd_share_staff: 101%", "outside what R&D share", id="above the domain"),
        pytest.param("rd_share_staff: more than 100%", "0% to 100%", id="open at its end"),
        pytest.param("founded: 0", "1 to 9999", id="year zero"),
        pytest.param("founded: 2027", "the year 2027 lies in the future", id="founded next year"),
        # Periods
        pytest.param("revenue: {stated: $5, period: 2027}", "2027 lies in the future", id="future"),
        pytest.param(
            "revenue: {stated: $5, period: 2026/27}", "2026/27 lies in the future", id="next season"
        ),
        pytest.param(
            "revenue: {none: soon, period: 2030}", "2030 lies in the future", id="none in future"
        ),
        pytest.param("revenue: {stated: $5, period: FY15}", "“FY15” is no period", id="odd period"),
        pytest.param(
            "revenue: {stated: $5, period: 2013-15}", "longer than a year", id="long period"
        ),
        pytest.param(
            "revenue: {stated: $5, period: {label: x, end: soon}}", "is no date", id="odd date"
        ),
        pytest.param("revenue: {stated: $5, period: {label: x}}", "needs end", id="no end"),
        # Bounds
        pytest.param(
            "employees: {stated: about 5, low: 9, high: 4}", "lower end lies above", id="turned"
        ),
        pytest.param(
            "employees: {stated: about 5, low: 4+}", "low and high are plain numbers", id="open low"
        ),
        pytest.param(
            "revenue: {stated: about $5, low: $4, high: €6}",
            "in two currencies",
            id="bounds in two currencies",
        ),
        pytest.param(
            "rd_share_staff: {stated: about half, high: 120%}", "0% to 100%", id="bound beyond"
        ),
        # Sources and places
        pytest.param(
            "employees: {stated: 5, source: herald}",
            "the source herald is not described; described are: gazette, almanac",
            id="unknown source",
        ),
        pytest.param(
            "notes: {text: x, source: herald}", "source herald is not described", id="of a note"
        ),
        pytest.param(
            "employees: {stated: 5, locator: {at: p, stated: 6}}",
            "“6” is another figure; list it as a figure of its own",
            id="another figure at a place",
        ),
        pytest.param(
            "employees: {stated: 5, locator: {at: p, stated: many}}",
            "cannot read “many”",
            id="unreadable at a place",
        ),
        pytest.param("employees: {stated: 5, locator: {stated: 5}}", "needs at", id="no place"),
        # Texts
        pytest.param("notes: {claim: true}", "needs text", id="no text"),
        pytest.param("notes: {text: x, claim: maybe}", "must be true or false", id="odd flag"),
        pytest.param("notes: [x, '']", "is empty", id="empty note"),
        pytest.param(f"notes: {'x' * 2001}", "is too long", id="long note"),
        pytest.param('notes: "a\\u200bb"', "invisible character U+200B", id="zero width space"),
        *(
            pytest.param(f'notes: "a\\u{sign}b"', f"character U+{sign}", id=f"direction {sign}")
            for sign in ("200E", "200F", "202A", "202B", "202C", "202D", "202E")
        ),
        *(
            pytest.param(f'notes: "a\\u{sign}b"', f"character U+{sign}", id=f"isolate {sign}")
            for sign in ("2066", "2067", "2068", "2069")
        ),
        pytest.param('notes: "a\\ab"', "invisible character U+0007", id="escaped bell"),
        pytest.param("formerly: Old Alder", "cannot be a key: use a-z, 0-9", id="odd old slug"),
        pytest.param("formerly: alder", "the slug alder is taken", id="own slug as an old one"),
        pytest.param("formerly: [old, old]", "the slug old is taken", id="old slug twice"),
    ],
)
def test_a_fault_of_a_company_is_told_with_its_line(line: str, fragment: str) -> None:
    ((at, named, message),) = told(with_lines(line))
    assert (at, named) == (9, "old" if "the slug old is" in fragment else "alder")
    assert fragment in message


def test_more_research_staff_than_employees_is_told_where_it_stands() -> None:
    (fault,) = faults(with_lines("employees: 100", "rd_staff: 101"))
    assert (fault.line, fault.company, fault.field) == (10, "alder", "rd_staff")
    assert "101" in fault.message
    assert "100" in fault.message


def test_research_staff_without_employees_is_told() -> None:
    assert told(with_lines("employees: 0", "rd_staff: 5"))


def test_far_more_research_staff_than_employees_is_told() -> None:
    ((line, named, _),) = told(with_lines("employees: 1", "rd_staff: 10M"))
    assert (line, named) == (10, "alder")


def test_a_scale_word_in_odd_letters_is_told() -> None:
    ((line, named, message),) = told(with_lines("employees: 10 thouſand"))
    assert (line, named) == (9, "alder")
    assert "does not belong to Employees" in message


def test_another_currency_at_a_place_is_another_figure() -> None:
    ((_, _, message),) = told(with_lines("revenue: {stated: $61B, locator: {at: p, stated: €61B}}"))
    assert "is another figure" in message


@pytest.mark.parametrize(
    ("figure", "field", "fragment"),
    [
        ("{none: soon, low: 5}", "employees", "what is none yet has no low and high"),
        ("{stated: 61, low: 1, high: 2}", "employees.low", "“61” can be read as it is"),
        ("{stated: 61, high: 61}", "employees.high", "leave low and high out"),
        ("{stated: about 5, high: abc}", "employees.high", "cannot read “abc”"),
        ("{stated: about 5, low: abc}", "employees.low", "cannot read “abc”"),
        ("{stated: about 5, low: up to 4}", "employees.low", "“up to 4” is not one number"),
    ],
)
def test_bounds_stand_only_beside_what_is_vague(figure: str, field: str, fragment: str) -> None:
    (fault,) = faults(with_lines(f"employees: {figure}"))
    assert (fault.line, fault.field) == (9, field)
    assert fragment in fault.message


def test_both_bounds_are_told_if_both_are_wrong() -> None:
    found = faults(with_lines("employees: {stated: about 5, low: x, high: y}"))
    assert [fault.field for fault in found] == ["employees.low", "employees.high"]


@pytest.mark.parametrize(
    ("line", "fragment"),
    [
        ("rd_share_staff: {stated: more than 120%, low: 50%}", "0% to 100%"),
        ("revenue: {stated: $14B EUR, low: $1}", "names two currencies"),
        ("founded: {stated: 2999, low: 1990}", "lies in the future"),
    ],
)
def test_bounds_do_not_excuse_what_was_read_and_is_wrong(line: str, fragment: str) -> None:
    ((_, _, message),) = told(with_lines(line))
    assert fragment in message


def test_a_figure_without_any_source_is_told() -> None:
    text = "companies:\n  - slug: alder\n    name: Alder\n    founded: 1987\n    notes: [x]\n"
    assert told(text) == [
        (4, "alder", "rests on no source; name one here or for the company"),
        (5, "alder", "rests on no source; name one here or for the company"),
    ]


def test_an_unknown_source_of_a_company_is_told_once() -> None:
    text = (
        "companies:\n  - slug: alder\n    name: Alder\n    source: herald\n"
        "    founded: 1987\n    employees: 5\n    notes: [x]\n"
    )
    assert told(text) == [(4, "alder", "the source herald is not described; described are: none")]


def test_a_fault_deep_in_a_company_names_its_own_line_and_field() -> None:
    (fault,) = faults(with_lines("revenue:", "  - $5", "  - stated: $6", "    period: soon"))
    assert (fault.line, fault.field) == (12, "revenue.period")
    assert str(fault).startswith("one.yaml:12:")
    assert "alder, revenue.period: “soon” is no period" in str(fault)


@pytest.mark.parametrize(
    ("line", "fragment"),
    [
        ("- {name: Birch}", "needs slug"),
        ("- {slug: birch}", "needs name"),
        ("- {slug: Birch, name: Birch}", "“Birch” cannot be a key"),
        ("- {slug: a--b, name: Birch}", "single hyphens"),
        ("- {slug: -a, name: Birch}", "cannot be a key"),
        ("- {slug: a_b, name: Birch}", "cannot be a key"),
        (f"- {{slug: {'a' * 81}, name: Birch}}", "at most 80"),
        ("- {slug: birch, name: ''}", "is empty"),
        ("- {slug: birch, name: [Birch]}", "must be text"),
        ("- {slug: birch, name: ~}", "has no value"),
        ("- {slug: alder, name: Birch}", "the slug alder is taken by the company at one.yaml:5"),
        ("- {slug: birch, name: Birch, formerly: alder}", "the slug alder is taken"),
    ],
)
def test_a_company_needs_a_slug_of_its_own_and_a_name(line: str, fragment: str) -> None:
    ((at, _, message),) = told(f"{HEAD}  {line}\n")
    assert at == 9
    assert fragment in message


def test_a_slug_of_eighty_characters_is_accepted() -> None:
    assert not [one for one in told(f"{HEAD}  - {{slug: {'a' * 80}}}") if "cannot" in one[2]]


def test_something_else_than_a_company_is_told() -> None:
    found = told(f"{HEAD}  - just text\n")
    assert [(line, message) for line, _, message in found] == [(9, "needs slug"), (9, "needs name")]


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("gazette: {}", "needs title"),
        ("gazette: The Gazette", "must be a mapping of keys"),
        ("gazette: ~", "has no value"),
        ("gazette: {title: G, autor: x}", "unknown key autor; did you mean author?"),
        ("Gazette: {title: G}", "“Gazette” cannot be a key"),
        ("gazette: {title: G, published: 21 Nov 2016}", "write it as 2016-11-21"),
        ("gazette: {title: G, published: 2026-07-02}", "2026-07-02, which is in the future"),
        ("gazette: {title: G, url: 'javascript:alert(1)'}", "begins with http:// or https://"),
        ("gazette: {title: G, url: 'ftp://example.org'}", "is no address"),
        ("gazette: {title: G, url: '//example.org'}", "is no address"),
        ("gazette: {title: G, url: 'https://exa mple.org'}", "is no address"),
        ("gazette: {title: G, url: 'data:text/html,x'}", "is no address"),
        ("gazette: {title: G, locators: [Front]}", "must be a mapping"),
        ("gazette: {title: G, locators: {Front: ''}}", "is empty"),
    ],
)
def test_a_fault_of_a_source_is_told_with_its_line(text: str, fragment: str) -> None:
    ((line, named, message),) = told(f"sources:\n  {text}\n")
    assert (line, named) == (2, None)
    assert fragment in message


@pytest.mark.parametrize("published", ["0", "86400", "2016", "20161121"])
def test_a_number_is_no_date(published: str) -> None:
    text = f"sources: {{gazette: {{title: G, published: {published}}}}}"
    ((_, _, message),) = told(text)
    assert "is no date; write it as 2016-11-21" in message


def test_a_faulty_source_is_not_told_once_more_by_its_figures() -> None:
    text = "sources: {gazette: {}}\ncompanies:\n- {slug: a, name: A, source: gazette, founded: 1}"
    assert told(text) == [(1, None, "needs title")]


def test_a_publication_of_today_is_not_in_the_future() -> None:
    text = HEAD.replace("2016-11-21", TODAY.isoformat())
    assert dataset(text).sources[0].published == TODAY


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("pump_sites: {unit: sites}", "needs label"),
        ("pump_sites: {label: Sites}", "needs unit"),
        ("pump_sites: {label: S, unit: s, kind: colour}", "“colour” must be one of 'count'"),
        ("pump_sites: {label: S, unit: s, hlep: x}", "did you mean help?"),
        ("pump_sites: 5", "must be a mapping of keys"),
        ("Pump-Sites: {label: S, unit: s}", "cannot name a measure"),
        ("5g: {label: S, unit: s}", "a letter first"),
        ("revenue: {label: S, unit: s}", "the name revenue is taken"),
        ("slug: {label: S, unit: s}", "the name slug is taken"),
        ("notes: {label: S, unit: s}", "the name notes is taken"),
    ],
)
def test_a_fault_of_a_measure_is_told_with_its_line(text: str, fragment: str) -> None:
    ((line, named, message),) = told(f"measures:\n  {text}\n")
    assert (line, named) == (2, None)
    assert fragment in message


def test_a_faulty_measure_is_not_told_once_more_by_its_figures() -> None:
    text = with_lines("pump_sites: 5") + "measures: {pump_sites: {label: Pump sites}}\n"
    assert [message for _, _, message in told(text)] == ["needs unit"]


@pytest.mark.parametrize(
    ("text", "line", "fragment"),
    [
        ("", 1, "the file is empty; right would be the keys sources, measures, rates, companies"),
        ("# nothing", 1, "the file is empty"),
        ("[a, b]", 1, "the file is no mapping"),
        ("just text", 1, "the file is no mapping"),
        ("x: 1\ncompanies: []\n", 1, "unknown key x"),
        ("company: []\n", 1, "unknown key company; did you mean companies?"),
        ("title: x\ncompanies: {a: b}\n", 2, "companies must be a list"),
        ("title: x\nsources: [a]\n", 2, "sources must be a mapping"),
        ("title: x\nmeasures: a\n", 2, "measures must be a mapping"),
        ("title: ''\n", 1, "is empty"),
        ("title: [x]\n", 1, "must be text"),
        ("currency: usd\n", 1, "“usd” is not a currency code; write one as USD or EUR"),
        ("currency: XQZ\n", 1, "“XQZ” is not a currency code"),
    ],
)
def test_a_fault_of_a_file_is_told_with_its_line(text: str, line: int, fragment: str) -> None:
    ((at, named, message),) = told(text)
    assert (at, named) == (line, None)
    assert fragment in message


def test_empty_sections_are_no_fault() -> None:
    assert company().slug == "alder"


TEN = """\
titel: Pump makers
sources:
  gazette: {title: The Gazette, url: 'javascript:alert(1)'}
companies:
  - slug: alder
    name: Alder
    source: gazette
    founded: 2999
    revenue: {stated: 14B, period: 2015}
    employees: 100
    rd_staff: {stated: 10, source: herald}
    rd_share_revenue: about 10%
    countries: {stated: 5, period: 2031}
  - slug: alder
    name: Birch
    source: gazette
    employes: 7
    rd_share_staff: 120%
"""


def test_ten_faults_give_one_report_of_ten_lines() -> None:
    found = faults(TEN)
    report = "\n".join(map(str, found))
    assert len(report.splitlines()) == len(found) == 10
    assert [(fault.line, fault.company, fault.field) for fault in found] == [
        (1, None, "titel"),
        (3, None, "sources.gazette.url"),
        (8, "alder", "founded"),
        (9, "alder", "revenue.stated"),
        (11, "alder", "rd_staff.source"),
        (12, "alder", "rd_share_revenue"),
        (13, "alder", "countries.period"),
        (14, "alder", "slug"),
        (17, "alder", "employes"),
        (18, "alder", "rd_share_staff"),
    ]


def test_the_faults_of_all_files_come_in_one_report_in_the_order_of_lines() -> None:
    one = "companies:\n  - {slug: alder, name: ''}\n  - {slug: birch}\n"
    two = "companies:\n  - {slug: alder, name: Alder}\ncurrency: dollars\n"
    assert [(fault.file, fault.line) for fault in faults(one, two)] == [
        ("one.yaml", 2),
        ("one.yaml", 3),
        ("two.yaml", 2),
        ("two.yaml", 3),
    ]


def test_two_files_cannot_describe_one_source_measure_or_company() -> None:
    text = (
        "sources: {gazette: {title: G}}\n"
        "measures: {pump_sites: {label: S, unit: s}}\n"
        "companies: [{slug: alder, name: Alder}]\n"
    )
    assert [(fault.file, fault.line, fault.message) for fault in faults(text, text)] == [
        ("two.yaml", 1, "the source gazette is described in two files"),
        ("two.yaml", 2, "the name pump_sites is taken"),
        ("two.yaml", 3, "the slug alder is taken by the company at one.yaml:3"),
    ]


def test_a_syntax_error_ends_the_report_of_its_file_only() -> None:
    broken = "companies:\n  - {slug: alder\n  - x: [\n"
    other = "companies:\n  - {slug: birch}\n"
    found = faults(broken, other)
    assert [(fault.file, fault.line) for fault in found] == [("one.yaml", 3), ("two.yaml", 2)]
    assert "this is not YAML" in found[0].message


def test_nothing_of_a_faulty_data_set_is_given_out() -> None:
    assert faults(with_lines("employees: 5") + "  - {slug: birch}\n")


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault("a.yaml", 3, 5, "alder", "revenue", "odd"), "a.yaml:3:5: alder, revenue: odd"),
        (Fault("a.yaml", 3, 5, "alder", None, "odd"), "a.yaml:3:5: alder: odd"),
        (Fault("a.yaml", 3, 5, None, "title", "odd"), "a.yaml:3:5: title: odd"),
        (Fault("a.yaml", 0, 0, None, None, "gone"), "a.yaml: gone"),
    ],
)
def test_a_fault_is_one_line_for_a_person(fault: Fault, expected: str) -> None:
    assert str(fault) == expected
