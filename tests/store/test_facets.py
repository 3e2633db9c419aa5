"""Facets in SQL: the answers of the pure logic, and counts that add up."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest

from app.profiles.answer import Answer, Range, all_of, answer
from app.profiles.company import Company
from app.profiles.facets import FACETS, Facet, facet_answer
from app.profiles.filter import CompanyFilter
from app.store.aggregates import count_options, frequent_values
from app.store.listing import count_companies
from tests.store.cast import Known, at_least, company, dataset
from tests.store.shelf import Shelf

COUNTRIES = (None, "China", "Østerreich", "france")
TAGS = ((), ("listed",), ("family", "listed"), ("state",))
STAFF: tuple[Known, ...] = (None, 5, 9, at_least(1))
COMPANIES = tuple(
    company(
        f"c{n:02}", country=country, tags=tags, employees=staff, industries=("pumps",) * (n % 2)
    )
    for n, (country, tags, staff) in enumerate(product(COUNTRIES, TAGS, STAFF))
)
SHOWN = [
    CompanyFilter(),
    CompanyFilter(employees=Range(6)),
    CompanyFilter(employees=Range(6), maybe=False),
    CompanyFilter(employees=Range(6), unknown=True),
    CompanyFilter(q="c1"),
    CompanyFilter(q="nobody"),
    CompanyFilter(period=1999),
]
CHOICES = [
    CompanyFilter(country=("China",)),
    CompanyFilter(country=("-",)),
    CompanyFilter(country=("france", "-")),
    CompanyFilter(country=("alchemy",)),
    CompanyFilter(tag=("listed", "state")),
    CompanyFilter(tag=("-",), country=("China", "france")),
    CompanyFilter(tag=("family",), country=("-",), industry=("pumps",)),
]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """Every mix of a country, tags and a figure, behind a generation with other values."""
    opened = Shelf(tmp_path_factory.mktemp("facets") / "facets.db")
    opened.load(dataset(company("c00", country="Atlantis", tags=("old",)), digest="before"))
    opened.load(dataset(*COMPANIES))
    yield opened
    opened.close()


def by_hand(one: Company, asked: CompanyFilter) -> Answer:
    ranges = [answer(one.headline("employees").interval, asked.employees)] * bool(asked.employees)
    chosen = [facet_answer(facet.values(one), values) for facet, values in asked.facets]
    return all_of([*ranges, *chosen])


@pytest.mark.parametrize("asked", CHOICES)
def test_sql_answers_as_the_pure_logic(crowd: Shelf, asked: CompanyFilter) -> None:
    for staff in (Range(), Range(6)):
        whole = asked.replace(employees=staff, unknown=True, size=200)
        found = {line.slug: line.answer for line in crowd.page(whole).lines}
        expected = {one.slug: by_hand(one, whole) for one in COMPANIES}
        assert found == {slug: is_ for slug, is_ in expected.items() if is_ is not Answer.NO}
        assert crowd.counts(whole).get("no", 0) == list(expected.values()).count(Answer.NO)


def shown(asked: CompanyFilter) -> set[Answer]:
    """The answers that the list shows."""
    wanted = {Answer.MAYBE: asked.maybe, Answer.UNKNOWN: asked.unknown}
    return {Answer.YES, *(answer for answer, listed in wanted.items() if listed)}


def counted(shelf: Shelf, asked: CompanyFilter, key: str) -> dict[str, int]:
    with shelf.open() as snapshot:
        return {one.value: one.count for one in count_options(snapshot, asked, key)}


@pytest.mark.parametrize("asked", [*SHOWN, *CHOICES])
def test_the_counts_of_countries_add_up_to_the_list_without_them(
    crowd: Shelf, asked: CompanyFilter
) -> None:
    without = asked.replace(country=())
    with crowd.open() as snapshot:
        shown = count_companies(snapshot, without).shown(without)
    assert sum(counted(crowd, asked, "country").values()) == shown


@pytest.mark.parametrize("asked", [*SHOWN[:4], *CHOICES])
@pytest.mark.parametrize("facet", FACETS, ids=lambda facet: facet.key)
def test_a_count_is_of_the_companies_listed_that_have_the_value(
    crowd: Shelf, asked: CompanyFilter, facet: Facet
) -> None:
    others = asked.replace(**{facet.key: ()})
    listed = [one for one in COMPANIES if by_hand(one, others) in shown(others)]
    for value, count in counted(crowd, asked, facet.key).items():
        answers = [facet_answer(facet.values(one), (value,)) for one in listed]
        assert count == answers.count(Answer.YES), value


def test_values_stand_by_name_without_accents_and_not_stated_last(crowd: Shelf) -> None:
    assert list(counted(crowd, CompanyFilter(), "country")) == [
        *("China", "france", "Østerreich", "-"),
    ]


def test_a_value_that_nobody_found_has_counts_zero(crowd: Shelf) -> None:
    found = counted(crowd, CompanyFilter(q="nobody"), "tag")
    assert found == {"family": 0, "listed": 0, "state": 0, "-": 0}


def test_not_stated_is_no_option_where_everybody_states_it(shelf: Shelf) -> None:
    shelf.load(dataset(company("alder", country="China"), company("birch", country="France")))
    assert counted(shelf, CompanyFilter(), "country") == {"China": 1, "France": 1}
    assert counted(shelf, CompanyFilter(), "tag") == {}


def test_the_most_frequent_value_comes_first_of_equal_ones_by_name(shelf: Shelf) -> None:
    tags = [("b",), ("c", "b"), ("c",), ("a",), ()]
    shelf.load(dataset(*(company(f"c{n}", tags=some) for n, some in enumerate(tags))))
    with shelf.open() as snapshot:
        assert frequent_values(snapshot, "tag") == ("b", "c", "a", "-")


def test_a_choice_of_several_lists_whoever_one_of_them_lists(crowd: Shelf) -> None:
    for one, two in combinations(("China", "france", "-"), 2):
        alone = [set(crowd.slugs(CompanyFilter(country=(v,), size=200))) for v in (one, two)]
        both = set(crowd.slugs(CompanyFilter(country=(one, two), size=200)))
        assert both == alone[0] | alone[1]
        assert not alone[0] & alone[1]
