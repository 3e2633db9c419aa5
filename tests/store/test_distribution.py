"""What charts draw, held against what the list itself answers for every class and cell."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np
import pytest
from app.store.classes import place_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.profiles.answer import Range
from app.profiles.filter import RANGES, CompanyFilter
from app.profiles.interval import Interval
from app.profiles.measures import RD_SHARES
from app.profiles.results import Class, Known, Spread, ranges_of
from app.store.aggregates import count_cells, count_states, spots, spread_over
from app.store.listing import count_companies
from tests.profiles.strategies import intervals
from tests.store.cast import NONE, PERCENT, at_least, company, dataset, more_than
from tests.store.cast import Known as Stated
from tests.store.shelf import Shelf

EXACT = Interval.exactly
EDGES = (1, 3, 5, 9)
"""Classes up to 2, 3 and 4, and from 5."""

FIGURES: list[Stated] = [
    *(0, 1, 2, 3, 4, 5, 8, 9, 500),
    *(None, NONE),
    *(at_least(0), at_least(3), more_than(2), more_than(3), more_than(9)),
    *(Interval(1, 2), Interval(2, 3), Interval(3, 4), Interval(3, 5), Interval(0, 40)),
    *(Interval(2, 3, high_open=True), Interval(3, 5, high_open=True), Interval(4, 5, True, True)),
]
ZOO = dataset(
    *(
        company(
            f"c{place:02}",
            employees=known,
            countries=FIGURES[(place * 7) % len(FIGURES)],
            industries=(("pumps",), ("valves", "pumps"), (), ("hoses",))[place % 4],
            name=f"{'Alder' if place % 3 else 'Birch'} {place}",
        )
        for place, known in enumerate(FIGURES)
    ),
    company("euro", revenue=700, currency="EUR", employees=7),
    company("dollar", revenue=700, employees=3),
    company("cheap", revenue=Interval(0, 300), employees=3),
)


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Every kind of interval, behind a generation of other companies."""
    opened = Shelf(tmp_path_factory.mktemp("zoo") / "zoo.db")
    opened.load(dataset(company("stale", employees=4, countries=4), digest="before"))
    opened.load(ZOO)
    yield opened
    opened.close()


def spread(shelf: Shelf, asked: CompanyFilter, key: str, edges: Sequence[int]) -> Spread:
    with shelf.open() as snapshot:
        return spread_over(snapshot, asked, key, tuple(edges))


def narrowed(asked: CompanyFilter, key: str, wanted: Range) -> CompanyFilter:
    """The filter with a range of a measure added."""
    if key in RANGES:
        return asked.replace(**{key: wanted})
    basis = next(name for name, measure in RD_SHARES.items() if measure == key)
    return asked.replace(rd_share=wanted, rd_basis=basis)


def by_list(
    shelf: Shelf, asked: CompanyFilter, key: str, edges: Sequence[int], apart: int = 0
) -> Spread:
    """The same told by the list: asked once for every class, and for those who lack it."""
    with shelf.open() as snapshot:

        def counted(question: CompanyFilter) -> tuple[int, int]:
            found = count_companies(snapshot, question)
            return found.yes, found.maybe if question.maybe else 0

        classes = tuple(
            Class(wanted, *counted(narrowed(asked, key, wanted))) for wanted in ranges_of(edges)
        )
        if asked.lacks in ("", key):
            lacking = sum(counted(asked.replace(lacks=key)))
        else:  # The list can be asked for one gap alone: of those with it, who has no figure.
            lacking = sum(counted(asked)) - sum(counted(narrowed(asked, key, Range(0))))
    return Spread(classes, lacking, apart)


@pytest.mark.parametrize(
    ("edges", "ranges"),
    [
        ((1, 3), [Range()]),
        ((1, 3, 5), [Range(None, 2), Range(3)]),
        (EDGES, [Range(None, 2), Range(3, 4), Range(5)]),
    ],
)
def test_classes_leave_nothing_outside_and_share_no_number(
    edges: tuple[int, ...], ranges: list[Range]
) -> None:
    assert list(ranges_of(edges)) == ranges


QUESTIONS = [
    CompanyFilter(),
    CompanyFilter(maybe=False),
    CompanyFilter(countries=Range(3)),
    CompanyFilter(countries=Range(3), maybe=False),
    CompanyFilter(countries=Range(2, 4)),
    CompanyFilter(industry=("pumps",)),
    CompanyFilter(industry=("hoses", "valves"), countries=Range(None, 4)),
    CompanyFilter(q="alder"),
    CompanyFilter(q="nobody"),
    CompanyFilter(lacks="countries"),
    CompanyFilter(lacks="revenue", q="birch", maybe=False),
    CompanyFilter(revenue=Range(1)),
]


@pytest.mark.parametrize("asked", QUESTIONS)
@pytest.mark.parametrize("edges", [EDGES, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000), (2, 4, 9)])
def test_a_class_counts_what_the_list_answers_with_its_range(
    zoo: Shelf, asked: CompanyFilter, edges: tuple[int, ...]
) -> None:
    assert spread(zoo, asked, "employees", edges) == by_list(zoo, asked, "employees", edges)


@pytest.mark.parametrize(
    ("known", "counts", "lacking"),
    [
        (2, [(1, 0), (0, 0), (0, 0)], 0),
        (3, [(0, 0), (1, 0), (0, 0)], 0),
        (0, [(1, 0), (0, 0), (0, 0)], 0),
        (10**6, [(0, 0), (0, 0), (1, 0)], 0),
        (Interval(1, 2), [(1, 0), (0, 0), (0, 0)], 0),
        (Interval(2, 3), [(0, 1), (0, 1), (0, 0)], 0),
        (Interval(3, 4), [(0, 0), (1, 0), (0, 0)], 0),
        (Interval(3, 5, high_open=True), [(0, 0), (0, 1), (0, 0)], 0),
        (Interval(2, 4, True, True), [(0, 0), (0, 1), (0, 0)], 0),
        (at_least(5), [(0, 0), (0, 0), (1, 0)], 0),
        (more_than(4), [(0, 0), (0, 0), (0, 1)], 0),
        (more_than(2), [(0, 0), (0, 1), (0, 1)], 0),
        (at_least(0), [(0, 1), (0, 1), (0, 1)], 0),
        (None, [(0, 0), (0, 0), (0, 0)], 1),
        (NONE, [(0, 0), (0, 0), (0, 0)], 1),
    ],
)
def test_a_figure_is_sure_in_a_class_that_holds_it_and_maybe_where_it_reaches_on(
    shelf: Shelf, known: Stated, counts: list[tuple[int, int]], lacking: int
) -> None:
    shelf.load(dataset(company("alder", employees=known)))
    found = spread(shelf, CompanyFilter(), "employees", EDGES)
    assert [(one.sure, one.maybe) for one in found.classes] == counts
    assert (found.lacking, found.other_currency) == (lacking, 0)
    hidden = spread(shelf, CompanyFilter(maybe=False), "employees", EDGES)
    assert [(one.sure, one.maybe) for one in hidden.classes] == [(sure, 0) for sure, _ in counts]


def test_an_amount_in_another_currency_is_in_no_class_and_not_lacking(zoo: Shelf) -> None:
    found = spread(zoo, CompanyFilter(employees=Range(3, 7)), "revenue", (1, 500, 1000))
    assert [(one.sure, one.maybe) for one in found.classes] == [(1, 0), (1, 0)]
    assert found.other_currency == 1
    asked = CompanyFilter(employees=Range(3, 7))
    assert found == by_list(zoo, asked, "revenue", (1, 500, 1000), apart=1)


def test_the_two_shares_are_spread_each_on_its_own_basis(shelf: Shelf) -> None:
    edges = [percent * PERCENT for percent in (0, 10, 50, 100)]
    shelf.load(
        dataset(
            company("alder", rd_share_staff=5 * PERCENT),
            company("birch", rd_share_revenue=9 * PERCENT),
            company("cedar", rd_share_staff=more_than(20 * PERCENT), rd_share_revenue=PERCENT),
        )
    )
    for key, counts in (
        ("rd_share_staff", [(1, 0), (0, 1), (0, 1)]),
        ("rd_share_revenue", [(2, 0), (0, 0), (0, 0)]),
    ):
        found = spread(shelf, CompanyFilter(), key, edges)
        assert [(one.sure, one.maybe) for one in found.classes] == counts
        assert found.lacking == 1
        assert found == by_list(shelf, CompanyFilter(), key, edges)


STATED = st.none() | st.just(NONE) | intervals() | st.integers(0, 12)
TRADES = st.lists(st.sampled_from(["pumps", "hoses"]), max_size=1)
COMPANIES = st.lists(st.tuples(STATED, STATED, TRADES), min_size=1, max_size=8)
INNER = st.lists(st.integers(1, 12), min_size=1, max_size=5, unique=True).map(sorted)
ASKED = st.builds(
    CompanyFilter,
    countries=st.sampled_from([Range(), Range(4), Range(None, 6), Range(3, 8)]),
    industry=st.sampled_from([(), ("pumps",)]),
    lacks=st.sampled_from(["", "countries", "revenue"]),
    maybe=st.booleans(),
)


def fill(shelf: Shelf, known: Sequence[tuple[Stated, Stated, Sequence[str]]]) -> None:
    companies = [
        company(f"c{n:02}", employees=staff, countries=lands, industries=trades)
        for n, (staff, lands, trades) in enumerate(known)
    ]
    shelf.load(dataset(*companies))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COMPANIES, INNER, ASKED)
def test_classes_of_any_companies_count_as_the_list_does(
    shelf: Shelf,
    known: list[tuple[Stated, Stated, list[str]]],
    inner: list[int],
    asked: CompanyFilter,
) -> None:
    fill(shelf, known)
    edges = (0, *inner, 99)
    assert spread(shelf, asked, "employees", edges) == by_list(shelf, asked, "employees", edges)


def cells_by_list(
    shelf: Shelf, asked: CompanyFilter, across: Sequence[int], up: Sequence[int]
) -> dict[tuple[int, int], int]:
    """The cells told by the list, which is asked for each with both ranges."""
    found = {}
    with shelf.open() as snapshot:
        for (x, wide), (y, high) in product(enumerate(ranges_of(across)), enumerate(ranges_of(up))):
            cell = asked.replace(employees=wide, countries=high, maybe=False)
            if count := count_companies(snapshot, cell).yes:
                found[x, y] = count
    return found


@pytest.mark.parametrize(
    "asked", [one for one in QUESTIONS if not one.countries and one.lacks != "countries"]
)
def test_a_cell_counts_what_the_list_answers_yes_with_both_ranges(
    zoo: Shelf, asked: CompanyFilter
) -> None:
    up = (1, 4, 9)
    with zoo.open() as snapshot:
        found = count_cells(snapshot, asked, ("employees", EDGES), ("countries", up))
    assert found == cells_by_list(zoo, asked, EDGES, up)


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(COMPANIES, INNER, INNER, st.sampled_from([(), ("pumps",)]))
def test_cells_of_any_companies_count_as_the_list_does(
    shelf: Shelf,
    known: list[tuple[Stated, Stated, list[str]]],
    across: list[int],
    up: list[int],
    industry: tuple[str, ...],
) -> None:
    fill(shelf, known)
    asked = CompanyFilter(industry=industry)
    x, y = (0, *across, 99), (0, *up, 99)
    with shelf.open() as snapshot:
        found = count_cells(snapshot, asked, ("employees", x), ("countries", y))
    assert found == cells_by_list(shelf, asked, x, y)


def test_cells_in_one_row_count_what_the_list_answers_without_a_second_range(zoo: Shelf) -> None:
    lacking = CompanyFilter(lacks="countries")
    with zoo.open() as snapshot:
        found = count_cells(snapshot, lacking, ("employees", EDGES), None)
        expected = {
            (place, 0): count
            for place, wanted in enumerate(ranges_of(EDGES))
            if (count := count_companies(snapshot, lacking.replace(employees=wanted)).yes)
        }
    assert found == expected
    assert sum(found.values()) > 2


@pytest.mark.parametrize(
    ("edges", "places"), [(EDGES, [0, 0, 1, 1, 2, 2]), ((1, 4, 9), [0, 0, 0, 1, 1, 1])]
)
def test_a_bound_lies_in_one_class(edges: tuple[int, ...], places: list[int]) -> None:
    assert place_of(np.array([0, 2, 3, 4, 5, 100]), edges).tolist() == places


def slugs(shelf: Shelf, asked: CompanyFilter, limit: int = 99, by: str | None = None) -> list[str]:
    with shelf.open() as snapshot:
        return [one.slug for one in spots(snapshot, asked, ("employees",), limit=limit, by=by)]


TIED = dataset(
    company("birch", employees=5),
    company("alder", employees=5),
    company("cedar", employees=more_than(5)),
    company("dogwood", employees=at_least(5)),
    company("elder", employees=Interval(3, 900)),
    company("fir", employees=NONE),
    company("gorse", countries=4),
    company("hazel", employees=9, countries=4),
)


def test_spots_come_in_the_order_of_slugs_and_no_more_than_wanted(shelf: Shelf) -> None:
    shelf.load(TIED)
    every = ["alder", "birch", "cedar", "dogwood", "elder", "fir", "gorse", "hazel"]
    assert slugs(shelf, CompanyFilter()) == every
    assert slugs(shelf, CompanyFilter(), limit=3) == every[:3]
    assert slugs(shelf, CompanyFilter(countries=Range(1))) == ["gorse", "hazel"]


def test_the_highest_come_first_and_those_without_a_figure_not_at_all(shelf: Shelf) -> None:
    shelf.load(TIED)
    order = ["hazel", "cedar", "alder", "birch", "dogwood", "elder"]
    assert slugs(shelf, CompanyFilter(), by="employees") == order
    assert slugs(shelf, CompanyFilter(), limit=2, by="employees") == order[:2]


def test_spots_are_those_that_the_list_shows(zoo: Shelf) -> None:
    for asked in (*QUESTIONS, CompanyFilter(employees=Range(3), unknown=True)):
        assert slugs(zoo, asked) == sorted(zoo.slugs(asked))


def test_a_spot_tells_what_is_known_and_why_something_is_not(shelf: Shelf) -> None:
    shelf.load(
        dataset(
            company("alder", employees=more_than(3), revenue=7, currency="EUR"),
            company("birch", name="Birch & Co", employees=NONE, revenue=5),
        )
    )
    with shelf.open() as snapshot:
        alder, birch = spots(
            snapshot, CompanyFilter(), ("employees", "revenue", "countries", "employees"), limit=9
        )
    assert (alder.slug, alder.name, birch.name) == ("alder", "Alder", "Birch & Co")
    assert alder.known == {
        "employees": Known(more_than(3)),
        "revenue": Known(None, foreign=True),
        "countries": Known(None),
    }
    assert birch.known == {
        "employees": Known(None, none_yet=True),
        "revenue": Known(EXACT(5)),
        "countries": Known(None),
    }


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        (CompanyFilter(), {"stated": 6, "none": 1, "unknown": 1}),
        (CompanyFilter(countries=Range(1)), {"stated": 1, "unknown": 1}),
        (CompanyFilter(employees=Range(6)), {"stated": 4}),
        (CompanyFilter(employees=Range(6), maybe=False), {"stated": 1}),
        (CompanyFilter(employees=Range(6), unknown=True), {"stated": 4, "none": 1, "unknown": 1}),
        (CompanyFilter(q="nobody"), {}),
    ],
)
def test_the_list_is_counted_by_the_state_of_a_figure(
    shelf: Shelf, asked: CompanyFilter, counts: dict[str, int]
) -> None:
    shelf.load(TIED)
    with shelf.open() as snapshot:
        assert count_states(snapshot, asked, "employees") == counts
