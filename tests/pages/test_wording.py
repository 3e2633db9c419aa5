"""A filter in words: chips that remove what they name, titles, and what was left out."""

import pytest

from app.links import list_url
from app.pages.wording import chips, found_words, missing_words, range_words, title
from app.profiles.answer import Range
from app.profiles.filter import CompanyFilter
from app.profiles.measures import Catalogue
from app.profiles.results import Counts
from app.profiles.version import Version
from tests.store.cast import CATALOGUE, PERCENT

VERSION = Version(1, "d1", "", "Cast", "", "", "USD", 6, 40, (), CATALOGUE)
B = 10**9 * 100
NOTHING = CompanyFilter()
EVERYTHING = CompanyFilter(
    q="smart city",
    revenue=Range(10 * B, 20 * B),
    employees=Range(low=1000),
    rd_share=Range(high=50 * PERCENT),
    countries=Range(5, 5),
    founded=Range(1990, 1999),
    industry=("internet", "displays"),
    rd_basis="staff",
    lacks="bases",
    unknown=True,
    maybe=False,
    sort="name",
    size=10,
)


def said(asked: CompanyFilter) -> list[str]:
    return [f"{chip.label} {chip.value}" for chip in chips(asked, VERSION)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (CompanyFilter(q="smart"), "Search “smart”"),
        (CompanyFilter(revenue=Range(10 * B, 20 * B)), "Revenue from $10B to $20B"),
        (CompanyFilter(revenue=Range(low=123_456_789_00)), "Revenue from $123.456789M"),
        (CompanyFilter(employees=Range(high=170_001)), "Employees up to 170,001"),
        (CompanyFilter(countries=Range(5, 5)), "Countries exactly 5"),
        (CompanyFilter(founded=Range(1990, 1999)), "Founded from 1990 to 1999"),
        (CompanyFilter(rd_share=Range(low=40 * PERCENT)), "R&D share from 40%"),
        (CompanyFilter(rd_share=Range(low=0)), "R&D share from 0%"),
        (CompanyFilter(industry=("internet",)), "Industry internet"),
        (CompanyFilter(country=("China",)), "Country China"),
        (CompanyFilter(country=("-",)), "Country not stated"),
        (CompanyFilter(tag=("listed",)), "Tag listed"),
        (CompanyFilter(lacks="bases"), "Lacks Bases"),
        (CompanyFilter(lacks="rd_staff"), "Lacks R&D staff"),
        (CompanyFilter(unknown=True), "Without a figure listed too"),
        (CompanyFilter(maybe=False), "Maybe left out"),
    ],
)
def test_a_filter_is_one_chip_in_words(asked: CompanyFilter, expected: str) -> None:
    assert said(asked) == [expected]


@pytest.mark.parametrize(
    ("basis", "expected"), [("staff", "of employees"), ("revenue", "of revenue")]
)
def test_a_chip_on_r_and_d_share_names_the_basis_chosen(basis: str, expected: str) -> None:
    asked = CompanyFilter(rd_share=Range(low=40 * PERCENT), rd_basis=basis)
    assert said(asked) == [f"R&D share {expected} from 40%"]


def test_a_basis_alone_an_order_and_a_page_size_are_no_filters() -> None:
    assert chips(CompanyFilter(rd_basis="staff", sort="name", size=5), VERSION) == ()


def test_chips_stand_in_the_order_of_the_form() -> None:
    assert [chip.label for chip in chips(EVERYTHING, VERSION)] == [
        "Search",
        "Revenue",
        "Employees",
        "R&D share of employees",
        "Countries",
        "Founded",
        "Industry",
        "Industry",
        "Lacks",
        "Without a figure",
        "Maybe",
    ]


REMOVALS: tuple[dict[str, object], ...] = (
    {"q": ""},
    {"revenue": Range()},
    {"employees": Range()},
    {"rd_share": Range(), "rd_basis": ""},
    {"countries": Range()},
    {"founded": Range()},
    {"industry": ("displays",)},
    {"industry": ("internet",)},
    {"lacks": ""},
    {"unknown": False},
    {"maybe": True},
)


def test_each_chip_removes_its_own_filter_and_no_other() -> None:
    made = chips(EVERYTHING, VERSION)
    assert [chip.without for chip in made] == [EVERYTHING.replace(**one) for one in REMOVALS]


def test_a_chip_leads_to_the_list_without_its_filter() -> None:
    made = chips(EVERYTHING, VERSION)
    assert [chip.href for chip in made] == [list_url(EVERYTHING.replace(**one)) for one in REMOVALS]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Range(low=1), "from 1"),
        (Range(high=12), "up to 12"),
        (Range(0, 12), "from 0 to 12"),
        (Range(12, 12), "exactly 12"),
    ],
)
def test_a_range_is_told_by_its_ends(wanted: Range, words: str) -> None:
    assert range_words(wanted, Catalogue()["countries"], "USD") == words


def test_a_page_is_titled_by_its_filters() -> None:
    asked = CompanyFilter(q="smart", founded=Range(low=1990))
    assert title(NOTHING, VERSION) == "Companies"
    assert title(asked, VERSION) == "Companies: Search “smart”, Founded from 1990"


@pytest.mark.parametrize(
    ("counts", "asked", "words"),
    [
        (Counts(yes=1), NOTHING, "1 company"),
        (Counts(yes=2, no=4), NOTHING, "2 companies"),
        (Counts(yes=2, maybe=1), NOTHING, "2 companies, 1 maybe"),
        (Counts(yes=2, maybe=1), NOTHING.replace(maybe=False), "2 companies, 1 maybe left out"),
        (Counts(yes=2, unknown=3), NOTHING, "2 companies"),
        (
            Counts(yes=2, unknown=3),
            NOTHING.replace(unknown=True),
            "2 companies, 3 without a figure",
        ),
        (Counts(yes=2500, maybe=1200), NOTHING, "2,500 companies, 1,200 maybe"),
    ],
)
def test_what_was_found_is_told_in_words(counts: Counts, asked: CompanyFilter, words: str) -> None:
    assert found_words(counts, asked) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Counts(unknown=3), "3 do not state it"),
        (Counts(unknown=1), "1 does not state it"),
        (Counts(unknown=1, none=1), "1 has none yet"),
        (Counts(unknown=2, none=2), "2 have none yet"),
        (Counts(unknown=1, foreign=1), "1 in another currency"),
        (
            Counts(unknown=6, none=1, foreign=2),
            "1 has none yet, 3 do not state it, 2 in another currency",
        ),
        (Counts(unknown=1500), "1,500 do not state it"),
    ],
)
def test_what_has_no_figure_is_told_apart(counts: Counts, words: str) -> None:
    assert missing_words(counts, CompanyFilter()) == words


@pytest.mark.parametrize(
    ("unknown", "words"),
    [(1, "1 has no such figure of 2016"), (2, "2 have no such figure of 2016")],
)
def test_of_a_year_it_is_said_that_there_is_none_of_it(unknown: int, words: str) -> None:
    assert missing_words(Counts(unknown=unknown), CompanyFilter(period=2016)) == words
