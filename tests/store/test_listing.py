"""The list: order, pages, cursors, counts, industries and search, on a small cast."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.profiles.answer import Range
from app.profiles.company import About, Identifier, Statement
from app.profiles.cursor import Cursor
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from app.profiles.results import Counts
from tests.store.cast import BASES, NONE, PERCENT, at_least, company, dataset, more_than
from tests.store.shelf import Shelf


def by_employees(*slugs_and_known: tuple[str, Interval | int | str | None]) -> Any:
    return dataset(*(company(slug, employees=known) for slug, known in slugs_and_known))


def test_no_figure_comes_last_in_both_directions(shelf: Shelf) -> None:
    shelf.load(by_employees(("alder", None), ("birch", 5), ("cedar", NONE), ("dogwood", 9)))
    assert shelf.slugs(CompanyFilter(sort="employees")) == ["birch", "dogwood", "alder", "cedar"]
    assert shelf.slugs(CompanyFilter(sort="-employees")) == ["dogwood", "birch", "alder", "cedar"]


def test_an_interval_sorts_by_its_low_end_an_open_one_after_a_closed_one(shelf: Shelf) -> None:
    shelf.load(
        by_employees(
            ("alder", more_than(5)),
            ("birch", 6),
            ("cedar", Interval(4, 900)),
            ("dogwood", at_least(5)),
            ("elder", 5),
        )
    )
    rising = ["cedar", "dogwood", "elder", "alder", "birch"]
    assert shelf.slugs(CompanyFilter(sort="employees")) == rising
    falling = ["birch", "alder", "dogwood", "elder", "cedar"]
    assert shelf.slugs(CompanyFilter(sort="-employees")) == falling


def test_equal_companies_stand_in_the_order_of_slugs_in_both_directions(shelf: Shelf) -> None:
    shelf.load(by_employees(("cedar", 5), ("alder", 5), ("birch", 5)))
    for sort in ("employees", "-employees", "founded", "-founded"):
        assert shelf.slugs(CompanyFilter(sort=sort)) == ["alder", "birch", "cedar"]


def test_names_sort_without_case_and_accents(shelf: Shelf) -> None:
    names = {"a1": "Zinnia", "a2": "alder", "a3": "Éider", "a4": "Birch", "a5": "東京"}
    shelf.load(dataset(*(company(slug, name=name) for slug, name in names.items())))
    assert shelf.slugs(CompanyFilter(sort="name")) == ["a2", "a4", "a3", "a1", "a5"]
    assert shelf.slugs(CompanyFilter(sort="-name")) == ["a5", "a1", "a3", "a4", "a2"]


def test_the_answer_orders_before_the_key(shelf: Shelf) -> None:
    known = ("alder", None), ("birch", at_least(900)), ("cedar", 11), ("dogwood", at_least(1))
    shelf.load(by_employees(*known))
    asked = CompanyFilter(employees=Range(10), unknown=True, sort="-employees")
    assert list(shelf.answers(asked).items()) == [
        ("birch", "yes"),
        ("cedar", "yes"),
        ("dogwood", "maybe"),
        ("alder", "unknown"),
    ]


@pytest.mark.parametrize(
    "cursor",
    [
        Cursor("-revenue", 3, 500, "alder"),
        Cursor("-revenue", 1, None, "alder", before=True),
        Cursor("-revenue", 3, 2**63 - 1, "alder"),
        Cursor("name", 3, "éclair 東京", "alder"),
        Cursor("-name", 2, "", "a-b-9"),
    ],
)
def test_a_cursor_round_trips_through_its_text(cursor: Cursor) -> None:
    text = cursor.text()
    assert Cursor.read(text, cursor.sort) == cursor
    assert text.replace("-", "").replace("_", "").isalnum()


def test_a_cursor_of_a_line_that_is_gone_still_finds_its_place(shelf: Shelf) -> None:
    shelf.load(by_employees(("alder", 5), ("cedar", 5), ("elm", more_than(5)), ("fir", 7)))
    asked = CompanyFilter(sort="employees")
    for gone, expected in (
        (Cursor("employees", 3, 10, "birch"), ["cedar", "elm", "fir"]),
        (Cursor("employees", 3, 11, "dogwood"), ["elm", "fir"]),
        (Cursor("employees", 3, 14, "zz"), []),
        (Cursor("employees", -1, None, "zz"), []),
        (Cursor("employees", 3, 11, "dogwood", before=True), ["alder", "cedar", "elm", "fir"]),
    ):
        assert [line.slug for line in shelf.page(asked, gone).lines] == expected, gone


@pytest.mark.parametrize("name", ["\u0646\u06cc\u200c\u0633", "क्\u200dष", "soft\u00adhyphen"])
def test_a_cursor_of_a_name_with_a_joiner_is_read(shelf: Shelf, name: str) -> None:
    shelf.load(dataset(company("alder", name=name), company("birch", name=name)))
    following = shelf.page(CompanyFilter(sort="name", size=1)).next
    assert following is not None
    assert Cursor.read(following.text(), "name") == following


def word_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


GOOD = ("-revenue", 3, 500, "alder", False)


def changed(place: int, value: object) -> str:
    return word_of(*GOOD[:place], value, *GOOD[place + 1 :])


def test_the_cursor_that_the_bad_ones_are_made_from_is_good() -> None:
    assert Cursor.read(word_of(*GOOD), "-revenue") is not None


@pytest.mark.parametrize(
    "word",
    [
        "",
        "garbage",
        "!!!!",
        "a",
        "é",
        "AAAA",
        "\x00",
        word_of(),
        word_of(*GOOD[:4]),
        word_of(*GOOD, 1, 1),
        base64.urlsafe_b64encode(b'{"a": 1}').decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        base64.urlsafe_b64encode(b"[" * 5000).decode(),
        base64.urlsafe_b64encode(b"9" * 5000).decode(),
        changed(0, "revenue"),
        changed(0, "name"),
        changed(0, None),
        changed(0, ["-revenue"]),
        changed(1, "3"),
        changed(1, True),
        changed(1, 2**63),
        changed(1, 3.0),
        changed(2, "500"),
        changed(2, 500.0),
        changed(2, True),
        changed(2, 2**63),
        changed(2, -(2**63)),
        changed(2, float("nan")),
        changed(2, [1]),
        changed(3, 5),
        changed(3, None),
        changed(3, "a\x00b"),
        changed(3, "\ud800"),
        changed(4, 1),
        changed(4, None),
        changed(4, "no"),
    ],
)
def test_a_text_that_is_no_cursor_of_this_order_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="no cursor"):
        Cursor.read(word, "-revenue")


def test_a_cursor_of_another_order_is_refused() -> None:
    text = Cursor("name", 3, "alder", "alder").text()
    assert Cursor.read(text, "name") is not None
    for sort in ("-name", "revenue", "-revenue"):
        with pytest.raises(ValueError, match="this order"):
            Cursor.read(text, sort)


@pytest.mark.parametrize("before", [False, True])
def test_a_cursor_of_an_earlier_program_leads_to_the_first_page(*, before: bool) -> None:
    assert Cursor.read(word_of("-revenue", 3, 500, False, "alder", before), "-revenue") is None
    with pytest.raises(ValueError, match="no cursor"):
        Cursor.read(word_of("revenue", 3, 500, False, "alder", before), "-revenue")


def test_the_counts_tell_all_and_how_many_are_shown() -> None:
    counts = Counts(yes=3, maybe=5, unknown=7, no=11, none=2)
    assert counts.total == 26
    assert counts.shown(CompanyFilter()) == 8
    assert counts.shown(CompanyFilter(maybe=False)) == 3
    assert counts.shown(CompanyFilter(unknown=True)) == 15
    assert counts.shown(CompanyFilter(unknown=True, maybe=False)) == 10


def test_none_yet_on_one_basis_with_a_figure_on_the_other_is_no_none(shelf: Shelf) -> None:
    shelf.load(
        dataset(
            company("alder", rd_share_staff=NONE, rd_share_revenue=PERCENT),
            company("birch", rd_share_staff=NONE),
            company("cedar", rd_share_staff=NONE, rd_share_revenue=NONE),
            company("dogwood"),
        )
    )
    share = CompanyFilter(rd_share=Range(0))
    assert shelf.counts(share) == {"yes": 1, "unknown": 3, "none": 2}
    assert shelf.counts(share.replace(rd_basis="staff")) == {"unknown": 4, "none": 3}
    assert shelf.counts(share.replace(rd_basis="revenue")) == {"yes": 1, "unknown": 3, "none": 1}
    staffed = share.replace(
        employees=Range(0)
    )  # Nobody's is known: alder is unknown for that alone.
    assert shelf.counts(staffed) == {"unknown": 4, "none": 2}


def test_who_lacks_a_measure_has_no_number_of_it(shelf: Shelf) -> None:
    shelf.load(
        dataset(
            company("alder", revenue=5, bases=0),
            company("birch", revenue=NONE, bases=at_least(40)),
            company("cedar", employees=5, bases=NONE),
            company("dogwood", revenue=7, employees=5, currency="EUR"),
        )
    )
    assert shelf.slugs(CompanyFilter(lacks="revenue", sort="name")) == ["birch", "cedar"]
    assert shelf.slugs(CompanyFilter(lacks=BASES.key, sort="name")) == ["cedar", "dogwood"]
    lacking = ["alder", "birch", "cedar"]
    assert shelf.slugs(CompanyFilter(lacks="revenue_per_employee", sort="name")) == lacking


FOUND = dataset(
    company(
        "alder",
        name="Ålder Works",
        aliases=("阿尔德集团", "AW"),
        identifiers=(Identifier("lei", "5493001KJTIIGC8Y1R12"), Identifier("ticker", "BRK.A")),
        statements=(
            Statement(About.ACTIVITY, "silent pumps"),
            Statement(About.HIGHLIGHT, "Strategy M-ICT."),
            Statement(About.PLACE, "visited in Aarhus"),
            Statement(About.NOTE, "Found by text."),
        ),
    ),
    company("birch", name="Birch Straßenbau", aliases=("Ørsted & Co",)),
    company("cedar", name="Cedar", industries=("pumps",)),
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("alder", ["alder"]),
        ("ÅLD", ["alder"]),
        ("works ald", ["alder"]),
        ("alder cedar", []),
        ("orks", []),
        ("aw", ["alder"]),
        ("阿尔德", ["alder"]),
        ("尔德", ["alder"]),
        ("德集", ["alder"]),
        ("阿德", []),
        ("pump", ["alder"]),
        ("silent alder", ["alder"]),
        ("m-ict", ["alder"]),
        ("ict", ["alder"]),
        ("aarhus", []),
        ("found", []),
        ("集", ["alder"]),
        ("5493001kjtiigc8y1r12", ["alder"]),
        ("5493 001K JTII GC8Y 1R12", ["alder"]),
        ("5493001kjtiigc8y1r1", []),
        ("5493001kjtiigc8y1r12 alder", []),
        ("brk.a", ["alder"]),
        ("brk", []),
        ("=", []),
        ("strassenbau", ["birch"]),
        ("straße", ["birch"]),
        ("orsted", ["birch"]),
        ("ørsted", ["birch"]),
        ("c", ["birch", "cedar"]),
        ("%", []),
        ("_", []),
        ("&", []),
        ("'; drop table company; --", []),
        ("", ["alder", "birch", "cedar"]),
    ],
)
def test_every_word_of_a_search_must_begin_a_word(
    found: Shelf, query: str, expected: list[str]
) -> None:
    assert found.slugs(CompanyFilter(q=query, sort="name")) == expected


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = Shelf(tmp_path_factory.mktemp("found") / "found.db")
    opened.load(dataset(company("cedar", aliases=("Alder",)), digest="before"))
    opened.load(FOUND)
    yield opened
    opened.close()


def test_what_a_search_does_not_find_is_a_no(found: Shelf) -> None:
    assert found.counts(CompanyFilter(q="alder")) == {"yes": 1, "no": 2}


def test_a_search_and_a_range_are_both_asked(shelf: Shelf) -> None:
    shelf.load(by_employees(("alder", 5), ("alder-two", None), ("birch", 5)))
    asked = CompanyFilter(q="alder", employees=Range(1), unknown=True)
    assert shelf.answers(asked) == {"alder": "yes", "alder-two": "unknown"}
