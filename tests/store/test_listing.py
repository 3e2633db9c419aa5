"""The list: order, pages, cursors, counts, industries and search, on a small cast."""

import base64
import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from app.profiles.answer import Range
from app.profiles.company import About, Identifier, Statement
from app.profiles.cursor import Cursor
from app.profiles.filter import SORT_KEYS, CompanyFilter
from app.profiles.interval import Interval
from app.profiles.results import Counts
from app.store.aggregates import count_options
from app.store.listing import every_line
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


ZOO = dataset(
    company("a-none", revenue=NONE, employees=NONE, name="Éa", industries=("pumps",)),
    company("b-bare", name="beta"),
    company("c-one", name="Beta", revenue=500, employees=5, founded=1990, countries=3),
    company("d-two", name="beta ", revenue=500, employees=more_than(5), founded=1990),
    company("e-open", revenue=more_than(500), employees=5, rd_share_staff=more_than(PERCENT)),
    company("f-wide", revenue=Interval(100, 900), employees=at_least(2), countries=at_least(3)),
    company("g-big", revenue=900, employees=9, rd_share_revenue=20 * PERCENT, founded=2001),
    company("h-share", rd_share_staff=PERCENT, rd_share_revenue=more_than(20 * PERCENT)),
    company("i-share", rd_share_staff=more_than(PERCENT), countries=more_than(3), revenue=1),
    company("j-zero", revenue=0, employees=0, countries=0, rd_share_staff=0, founded=1),
    company("k-euro", revenue=700, currency="EUR", employees=7),
)


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Every kind of interval, several of them tied, behind a generation of other companies."""
    opened = Shelf(tmp_path_factory.mktemp("zoo") / "zoo.db")
    opened.load(dataset(company("stale", revenue=600, employees=6), digest="before"))
    opened.load(ZOO)
    yield opened
    opened.close()


SORTS = [sign + key for key in SORT_KEYS for sign in ("", "-")]
QUESTIONS = [
    CompanyFilter(),
    CompanyFilter(unknown=True, employees=Range(5)),
    CompanyFilter(unknown=True, maybe=False, employees=Range(5)),
    CompanyFilter(unknown=True, rd_share=Range(PERCENT), revenue=Range(None, 900)),
]


@pytest.mark.parametrize("sort", SORTS)
def test_paging_forward_and_back_shows_the_whole_list_once(zoo: Shelf, sort: str) -> None:
    for question, size in product(QUESTIONS, (1, 2, 3)):
        asked = question.replace(sort=sort, size=size)
        whole = list(zoo.page(asked.replace(size=200)).lines)
        page = zoo.page(asked)
        pages = [page.lines]
        assert page.prev is None
        while page.next is not None:
            page = zoo.page(asked, Cursor.read(page.next.text(), sort))
            pages.append(page.lines)
            assert page.lines, "a next page is never empty"
        assert [line for lines in pages for line in lines] == whole
        assert all(len(lines) == size for lines in pages[:-1])
        for expected in reversed(pages[:-1]):
            assert page.prev is not None
            page = zoo.page(asked, Cursor.read(page.prev.text(), sort))
            assert page.lines == expected
            assert page.next is not None
        assert whole
        assert len({line.slug for line in whole}) == len(whole)


@pytest.mark.parametrize("sort", SORTS)
def test_every_line_is_the_whole_list(zoo: Shelf, sort: str) -> None:
    asked = CompanyFilter(sort=sort, size=2)
    with zoo.open() as snapshot:
        lines = [line for lines in every_line(snapshot, asked) for line in lines]
    assert lines == list(zoo.page(asked.replace(size=200)).lines)
    assert len(lines) == len(ZOO.companies)


def test_a_short_page_before_a_cursor_becomes_a_full_first_page(zoo: Shelf) -> None:
    asked = CompanyFilter(sort="name", size=3)
    first = zoo.page(asked)
    second = zoo.page(asked.replace(size=1))
    assert second.next is not None
    behind_one = zoo.page(asked, second.next)
    assert behind_one.prev is not None
    assert zoo.page(asked, behind_one.prev) == first


def test_a_page_without_lines_has_no_neighbours(zoo: Shelf) -> None:
    page = zoo.page(CompanyFilter(q="nobody"))
    assert (page.lines, page.next, page.prev) == ((), None, None)


def test_a_cursor_behind_the_last_line_shows_nothing(zoo: Shelf) -> None:
    behind = Cursor("name", answer=-1, key=None, open=False, slug="zzz")
    assert zoo.page(CompanyFilter(sort="name"), behind).lines == ()


def test_a_cursor_of_a_line_that_is_gone_still_finds_its_place(zoo: Shelf) -> None:
    gone = Cursor("employees", answer=3, key=5, open=False, slug="d-never")
    found = zoo.page(CompanyFilter(sort="employees"), gone)
    assert found.lines[0].slug == "e-open"


@pytest.mark.parametrize(
    "cursor",
    [
        Cursor("-revenue", 3, 500, False, "alder"),
        Cursor("-revenue", 1, None, False, "alder", before=True),
        Cursor("-revenue", 3, 2**63 - 1, True, "alder"),
        Cursor("name", 3, "éclair 東京", False, "alder"),
        Cursor("-name", 2, "", False, "a-b-9"),
    ],
)
def test_a_cursor_round_trips_through_its_word(cursor: Cursor) -> None:
    word = cursor.text()
    assert Cursor.read(word, cursor.sort) == cursor
    assert word.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("name", ["\u0646\u06cc\u200c\u0633", "क्\u200dष", "soft\u00adhyphen"])
def test_a_cursor_of_a_name_with_a_joiner_is_read(shelf: Shelf, name: str) -> None:
    shelf.load(dataset(company("alder", name=name), company("birch", name=name)))
    following = shelf.page(CompanyFilter(sort="name", size=1)).next
    assert following is not None
    assert Cursor.read(following.text(), "name") == following


def word_of(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


GOOD = ("-revenue", 3, 500, False, "alder", False)


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
        word_of(*GOOD[:5]),
        word_of(*GOOD, 1),
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
        changed(3, 0),
        changed(3, None),
        changed(4, 5),
        changed(4, None),
        changed(4, "a\x00b"),
        changed(4, "\ud800"),
        changed(5, 1),
        changed(5, "no"),
    ],
)
def test_a_word_that_is_no_cursor_of_this_order_is_none(word: str) -> None:
    assert Cursor.read(word, "-revenue") is None


def test_a_cursor_of_another_order_is_none() -> None:
    word = Cursor("name", 3, "alder", False, "alder").text()
    assert Cursor.read(word, "name") is not None
    for sort in ("-name", "revenue", "-revenue"):
        assert Cursor.read(word, sort) is None


def test_only_yes_and_maybe_are_listed_until_more_is_asked(zoo: Shelf) -> None:
    asked = CompanyFilter(employees=Range(6), sort="employees")
    assert zoo.answers(asked) == {
        "k-euro": "yes",
        "g-big": "yes",
        "f-wide": "maybe",
        "d-two": "maybe",
    }
    assert list(zoo.answers(asked.replace(maybe=False))) == ["k-euro", "g-big"]
    assert list(zoo.answers(asked.replace(unknown=True)))[4:] == [
        "a-none",
        "b-bare",
        "h-share",
        "i-share",
    ]


def test_hiding_changes_no_count(zoo: Shelf) -> None:
    asked = CompanyFilter(employees=Range(6))
    counts = {"yes": 2, "maybe": 2, "unknown": 4, "no": 3, "none": 1}
    for unknown, maybe in product((False, True), repeat=2):
        assert zoo.counts(asked.replace(unknown=unknown, maybe=maybe)) == counts


def test_the_counts_tell_all_and_how_many_are_shown() -> None:
    counts = Counts(yes=3, maybe=5, unknown=7, no=11, none=2)
    assert counts.total == 26
    assert counts.shown(CompanyFilter()) == 8
    assert counts.shown(CompanyFilter(maybe=False)) == 3
    assert counts.shown(CompanyFilter(unknown=True)) == 15
    assert counts.shown(CompanyFilter(unknown=True, maybe=False)) == 10


def test_an_amount_in_another_currency_is_known_but_not_comparable(zoo: Shelf) -> None:
    asked = CompanyFilter(revenue=Range(600), unknown=True)
    assert zoo.answers(asked)["k-euro"] == "unknown"
    assert zoo.counts(asked)["foreign"] == 1
    assert zoo.counts(asked)["none"] == 1
    assert "k-euro" not in zoo.slugs(CompanyFilter(lacks="revenue"))


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


def test_what_a_company_lacks_is_asked_of_the_current_generation(shelf: Shelf) -> None:
    shelf.load(dataset(company("alder", revenue=5)))
    shelf.load(dataset(company("alder")))
    assert shelf.slugs(CompanyFilter(lacks="revenue")) == ["alder"]


TRADES = dataset(
    company("alder", industries=("pumps", "valves"), employees=5),
    company("birch", industries=("pumps",), employees=9),
    company("cedar", industries=("hoses",), employees=at_least(1)),
    company("dogwood", employees=5),
    company("elder", industries=("hoses",)),
)


def options(shelf: Shelf, asked: CompanyFilter) -> list[tuple[str, int]]:
    with shelf.open() as snapshot:
        found = count_options(snapshot, asked, "industry")
    return [(option.value, option.count) for option in found]


def test_industries_are_alternatives_and_no_industry_is_unknown(shelf: Shelf) -> None:
    shelf.load(TRADES)
    both = CompanyFilter(industry=("valves", "hoses"), sort="name", unknown=True)
    assert shelf.answers(both) == {
        "alder": "yes",
        "cedar": "yes",
        "elder": "yes",
        "dogwood": "unknown",
    }
    assert shelf.counts(both) == {"yes": 3, "unknown": 1, "no": 1}


def test_each_industry_counts_what_the_other_filters_show(shelf: Shelf) -> None:
    shelf.load(dataset(company("stale", industries=("pumps", "steam")), digest="before"))
    shelf.load(TRADES)
    everything = [("hoses", 2), ("pumps", 2), ("valves", 1), ("-", 1)]
    assert options(shelf, CompanyFilter()) == everything
    assert options(shelf, CompanyFilter(industry=("pumps",))) == everything
    by_size = CompanyFilter(employees=Range(6))
    assert options(shelf, by_size) == [("hoses", 1), ("pumps", 1), ("valves", 0), ("-", 0)]
    assert options(shelf, by_size.replace(maybe=False))[0] == ("hoses", 0)
    assert options(shelf, by_size.replace(unknown=True))[0] == ("hoses", 2)


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
