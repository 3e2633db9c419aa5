from app.profiles.company import About, Company, Statement
from app.profiles.figure import Citation, Figure, State, unknown
from app.profiles.interval import Interval

FIRST = Figure("employees", State.STATED, Interval.exactly(5))
SECOND = Figure("employees", State.STATED, Interval.exactly(6))
ALDER = Company(
    slug="alder",
    name="Alder",
    aliases=("Alder Works", "阿尔德"),
    statements=(
        Statement(About.PLACE, "visited in Aarhus"),
        Statement(About.PLACE, "maker team in Bergen"),
        Statement(About.ACTIVITY, "pumps"),
        Statement(About.HIGHLIGHT, "First with a silent pump.", claim=True),
        Statement(About.NOTE, "Its entry bears no heading."),
    ),
    figures=(FIRST, SECOND),
)


def test_the_first_figure_of_a_measure_speaks_for_it() -> None:
    assert ALDER.headline("employees") is FIRST
    assert ALDER.all_of("employees") == (FIRST, SECOND)


def test_a_measure_without_figures_is_unknown_never_zero() -> None:
    assert ALDER.headline("revenue") == unknown("revenue")
    assert ALDER.all_of("revenue") == (unknown("revenue"),)
    assert unknown("revenue").state is State.UNKNOWN
    assert not unknown("revenue").known
    assert FIRST.known


def test_none_yet_is_not_known() -> None:
    assert not Figure("revenue", State.NONE, as_stated="soon").known


def test_places_are_given_in_the_order_of_the_file() -> None:
    assert ALDER.place == "visited in Aarhus; maker team in Bergen"
    assert Company("birch", "Birch").place is None


def test_statements_are_found_by_what_they_are_about() -> None:
    assert [one.text for one in ALDER.said(About.NOTE)] == ["Its entry bears no heading."]


def test_a_search_looks_into_names_activities_and_highlights_only() -> None:
    assert list(ALDER.searched) == [
        "Alder",
        "Alder Works",
        "阿尔德",
        "pumps",
        "First with a silent pump.",
    ]


def cited(*citations: Citation) -> Figure:
    return Figure("employees", State.STATED, as_stated="170K", citations=citations)


def test_a_locator_names_the_form_printed_there_where_it_differs() -> None:
    snapshots, section = Citation("Snapshots", "170K"), Citation("Innovation 2", "170,000")
    assert cited(snapshots).locator == "Snapshots"
    assert cited(snapshots, section).locator == "Snapshots; Innovation 2 (170,000)"


def test_a_figure_may_stand_nowhere_in_particular() -> None:
    assert cited().locator is None
