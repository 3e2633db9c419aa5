"""A figure on a page: the number, the note behind its mark, and the bar beside it."""

from datetime import date

import pytest
from msgspec.structs import replace

from app.pages.cells import (
    Cell,
    Note,
    Printing,
    make_cell,
    make_note,
    note_anchor,
    note_url,
)
from app.pages.citing import cite_figure
from app.profiles.company import Place, Source
from app.profiles.figure import Citation, Figure, Period, State, unknown
from app.profiles.interval import Interval
from app.profiles.measures import Catalogue, Measure
from app.profiles.version import Version

EXACT = Interval.exactly
GAZETTE = Source(
    "gazette",
    "The Gazette",
    published=date(2016, 11, 21),
    places=(Place("Page", "a page"), Place("Page two", "the second page")),
)
VERSION = Version(
    number=1,
    digest="d1",
    loaded_at="2026-07-01T12:00:00+00:00",
    title="Cast",
    description="",
    classification="",
    currency="USD",
    companies=1,
    figures=1,
    sources=(Source("almanac", "The Almanac"), GAZETTE),
    catalogue=Catalogue(),
)
STAFF = Figure(
    "employees",
    State.STATED,
    EXACT(170_000),
    period=Period("2015", date(2015, 12, 31)),
    published=GAZETTE.published,
    as_stated="170K",
    source="gazette",
    citations=(Citation("Page 3", "170K"), Citation("Page two", "170,000")),
    note="Counted in May.",
)
WORKED_OUT = Figure(
    "revenue_per_employee",
    State.DERIVED,
    EXACT(100),
    "USD",
    source="gazette",
    derivation="Revenue ÷ Employees",
)
NONE_YET = Figure("revenue", State.NONE, as_stated="next year", source="gazette")


def measure(figure: Figure) -> Measure:
    return VERSION.catalogue[figure.measure]


def cell(figure: Figure) -> Cell:
    return make_cell(figure, measure(figure), "Alder", VERSION, "here")


def note(figure: Figure) -> Note:
    return make_note(figure, measure(figure), "Alder", VERSION, "here")


def test_a_stated_figure_shows_its_number_and_opens_a_note() -> None:
    made = cell(STAFF)
    assert (made.known, made.written.seen, made.why) == (True, "170,000", None)
    assert made.note == note(STAFF)
    assert note(STAFF).anchor == "here"


def test_a_figure_not_stated_is_a_dash_to_the_eye_and_words_to_the_ear() -> None:
    made = cell(unknown("revenue"))
    assert (made.written.seen, made.written.spoken) == ("—", "Revenue not stated")
    assert (made.known, made.note, made.why) == (False, None, "not stated")


def test_none_yet_is_told_in_words_and_keeps_its_source() -> None:
    made = cell(NONE_YET)
    assert (made.written.seen, made.written.spoken) == ("none yet", "none yet")
    assert (made.known, made.why, made.note) == (False, "next year", note(NONE_YET))
    assert note(NONE_YET).kind == "stated as none yet"
    assert note(NONE_YET).exactly == "none yet"


def test_a_note_tells_every_form_printed_and_where() -> None:
    assert note(STAFF).printings == (
        Printing("170K", "Page 3", "a page"),
        Printing("170,000", "Page two", "the second page"),
    )


@pytest.mark.parametrize(
    ("locator", "meaning"),
    [("Page", "a page"), ("Page 3", "a page"), ("Pages 3", None), ("Annex", None)],
)
def test_a_locator_is_explained_by_the_name_it_begins_with(
    locator: str, meaning: str | None
) -> None:
    (printing,) = note(replace(STAFF, citations=(Citation(locator, "170K"),))).printings
    assert printing.meaning == meaning


def test_a_note_tells_source_date_period_and_what_counts() -> None:
    made = note(STAFF)
    assert (made.source, made.source_href) == ("The Gazette", "/sources/gazette")
    assert (made.published, made.period) == ("21 Nov 2016", "2015")
    assert (made.kind, made.exactly) == ("stated", "170,000 people")
    assert (made.printed, made.remark) == ("170K", "Counted in May.")


def test_a_mark_is_the_number_of_its_source_in_the_data_set() -> None:
    assert note(STAFF).mark == "2"
    assert note(replace(STAFF, source="almanac")).mark == "1"


def test_a_mark_of_no_source_is_a_question_mark() -> None:
    made = note(replace(STAFF, source=None))
    assert (made.mark, made.source, made.source_href) == ("?", None, None)


def test_a_figure_worked_out_is_marked_so_and_tells_how() -> None:
    made = note(WORKED_OUT)
    assert (made.mark, made.kind) == ("ƒ", "worked out")
    assert made.derivation == "Revenue ÷ Employees"
    assert made.label == "How Revenue per employee, Alder"


def test_a_figure_worked_out_over_several_periods_names_those_of_its_inputs() -> None:
    assert note(WORKED_OUT).period == "that of its inputs"
    dated = replace(WORKED_OUT, period=Period("2015", date(2015, 12, 31)))
    assert note(dated).period == "2015"


def test_none_yet_worked_out_is_worked_out() -> None:
    assert note(replace(WORKED_OUT, state=State.NONE, interval=None)).kind == "worked out"


def test_an_undated_figure_tells_when_its_source_came_out() -> None:
    assert note(replace(STAFF, period=None)).period == "undated, published Nov 2016"


def test_a_note_has_a_citation_where_the_address_of_its_figure_is_given() -> None:
    url = "https://site.example/companies/alder#here"
    assert note(STAFF).citation is None
    made = make_note(STAFF, measure(STAFF), "Alder", VERSION, "here", url=url)
    assert made.citation == cite_figure("Alder", measure(STAFF), STAFF, VERSION, url)
    in_cell = make_cell(STAFF, measure(STAFF), "Alder", VERSION, "here", url=url).note
    assert in_cell == made


def test_the_first_figure_of_a_measure_has_the_plain_anchor() -> None:
    assert note_anchor("revenue") == "note-revenue"
    assert note_anchor("revenue", 1) == "note-revenue-2"
    assert note_url("alder", "revenue") == "/companies/alder#note-revenue"
