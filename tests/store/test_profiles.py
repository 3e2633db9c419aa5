"""Whole companies and sources: what went in comes out, and names that are near."""

from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from app.errors import CompanyNotFound, SourceNotFound, Suggestion
from app.profiles.company import About, Company, Dataset, Identifier, Place, Source, Statement
from app.profiles.figure import Citation, Figure, Period, State
from app.profiles.interval import MAX_BOUND, Interval
from app.profiles.measures import Catalogue, Kind, Measure
from app.store import profiles
from app.store.profiles import (
    closest_names,
    count_figures,
    current_slug,
    figures_of_source,
    get_companies,
    get_company,
    get_every_company,
    get_source,
)
from tests.readers.cast import dataset as read_cast
from tests.readers.cast import with_lines
from tests.store.cast import company, dataset
from tests.store.shelf import Shelf

GAZETTE = Source(
    "gazette",
    "The Gazette “of pumps”",
    "its editors",
    "newspaper",
    date(2016, 11, 21),
    "https://example.org/?a=1&b=2",
    (Place("Front", "the first page"), Place("Back", "the last")),
)
ALMANAC = Source("almanac", "Almanac")
FULL = Figure(
    measure="revenue",
    state=State.STATED,
    interval=Interval(1, MAX_BOUND, low_open=True, high_open=True),
    currency="EUR",
    period=Period("H1 2015", date(2015, 6, 30)),
    published=date(2016, 11, 21),
    as_stated="much <b>more</b>",
    source="gazette",
    citations=(Citation("Front", "much"), Citation("Back", "“more”")),
    derivation="made ÷ up",
    note="Unaudited.",
)
SPREAD = Company(
    slug="alder",
    name="Ålder Wörks 东",
    aliases=("AW", "阿尔德"),
    formerly=("old-alder", "older-alder"),
    industries=("valves", "pumps"),
    country="Dänemark",
    tags=("listed", "family-owned"),
    identifiers=(
        Identifier("lei", "5493001KJTIIGC8Y1R12"),
        Identifier("isin", "DK0010181676"),
        Identifier("isin", "DK0010181759"),
    ),
    statements=(
        Statement(About.PLACE, "Aarhus", source="gazette", locator="Front"),
        Statement(About.HIGHLIGHT, "First.", claim=True),
        Statement(About.ACTIVITY, "pumps"),
        Statement(About.NOTE, "Line\nbreak", source="almanac"),
    ),
    figures=(
        FULL,
        Figure("revenue", State.NONE, as_stated="soon", period=Period("2014", date(2014, 12, 31))),
        Figure("employees", State.DERIVED, Interval(0, 5, high_open=True), derivation="why"),
        Figure("employees", State.STATED, Interval.at_least(0)),
        Figure("bases", State.STATED, Interval.exactly(6), source="almanac"),
    ),
)


def opened_alone(shelf: Shelf, *companies: Company, sources: tuple[Source, ...] = ()) -> None:
    shelf.load(dataset(*companies, sources=sources))


def read_back(shelf: Shelf, *slugs: str) -> tuple[Company, ...]:
    with shelf.open() as snapshot:
        return get_companies(snapshot, slugs)


def test_a_company_comes_out_as_it_went_in(shelf: Shelf) -> None:
    opened_alone(shelf, company("birch"), SPREAD, sources=(GAZETTE, ALMANAC))
    assert read_back(shelf, "alder") == (SPREAD,)
    assert read_back(shelf, "birch") == (Company("birch", "Birch"),)


def test_every_company_of_the_data_file_comes_out_as_it_went_in(
    six: Dataset, six_shelf: Shelf
) -> None:
    slugs = [one.slug for one in six.companies]
    assert read_back(six_shelf, *slugs) == six.companies
    with six_shelf.open() as snapshot:
        version = snapshot.version
    assert (version.sources, version.catalogue) == (six.sources, six.catalogue)
    assert (version.title, version.description) == (six.title, six.description)
    assert (version.classification, version.currency) == (six.classification, six.currency)
    assert (version.digest, version.companies) == (six.digest, 6)


def test_what_files_say_comes_out_of_the_store(shelf: Shelf) -> None:
    text = with_lines(
        "revenue: [{stated: more than €5M, period: 2015/16}, {none: soon, period: 2014}]",
        "employees: {stated: about 5, low: 4, high: 6, locator: [p, q]}",
        "highlights: {text: First., claim: true, source: almanac}",
    )
    given = read_cast(text)
    shelf.load(given)
    assert read_back(shelf, "alder") == given.companies


def test_companies_come_in_the_order_asked_and_strangers_are_left_out(shelf: Shelf) -> None:
    opened_alone(shelf, company("alder"), company("birch"), company("cedar"))
    found = read_back(shelf, "cedar", "nobody", "alder")
    assert [one.slug for one in found] == ["cedar", "alder"]
    assert read_back(shelf) == ()


def test_sources_and_measures_keep_their_order(shelf: Shelf) -> None:
    own = tuple(
        Measure(key, key.title(), kind, key, "Help.", words=("one", "two"))
        for key, kind in (("zeta", Kind.SHARE), ("acre", Kind.COUNT), ("mint", Kind.MONEY))
    )
    given = Dataset(
        "Cast",
        (GAZETTE, ALMANAC),
        "About.",
        "ours",
        "EUR",
        Catalogue(own),
        companies=(company("alder"),),
    )
    shelf.load(replace(given, prefer=("almanac", "gazette")))
    with shelf.open() as snapshot:
        assert snapshot.version.prefer == ("almanac", "gazette")
        assert snapshot.version.sources == (GAZETTE, ALMANAC)
        assert snapshot.version.catalogue == Catalogue(own)
        assert snapshot.version.currency == "EUR"


def test_sources_are_numbered_from_one(shelf: Shelf) -> None:
    opened_alone(shelf, sources=(GAZETTE, ALMANAC))
    with shelf.open() as snapshot:
        version = snapshot.version
        assert get_source(snapshot, "almanac") == ALMANAC
        with pytest.raises(SourceNotFound) as refused:
            get_source(snapshot, "herald")
    assert (refused.value.source_id, refused.value.status) == ("herald", 404)
    assert [version.source_number(one) for one in ("gazette", "almanac", "herald", None)] == [1, 2] + [
        None
    ] * 2
    assert version.source(None) is None


def test_an_older_slug_leads_to_the_current_one(shelf: Shelf) -> None:
    opened_alone(shelf, company("alder", formerly=("old-alder", "elder")), company("birch"))
    with shelf.open() as snapshot:
        assert current_slug(snapshot, "old-alder") == "alder"
        assert current_slug(snapshot, "elder") == "alder"
        assert current_slug(snapshot, "alder") is None
        assert current_slug(snapshot, "nobody") is None
    shelf.load(dataset(company("alder"), digest="later"))
    with shelf.open() as snapshot:
        assert current_slug(snapshot, "old-alder") is None


TREES = ("alder", "birch", "cedar", "dogwood", "elder", "hazel")


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    opened = Shelf(tmp_path_factory.mktemp("trees") / "trees.db")
    odd = company("oe", name="Ørsted Énergie")
    opened.load(dataset(*(company(slug) for slug in TREES), odd))
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hazle", "hazel"),
        ("HAZEL", "hazel"),
        ("dog wood", "dogwood"),
        ("ceder", "cedar"),
        ("orsted", "oe"),
        ("ørsted energie", "oe"),
        ("aldr", "alder"),
    ],
)
def test_the_closest_names_are_offered_best_first(trees: Shelf, text: str, first: str) -> None:
    with trees.open() as snapshot:
        found = closest_names(snapshot, text)
    assert found[0].slug == first
    assert len(found) <= 3


@pytest.mark.parametrize("text", ["", "zzzzzz", "!!!", "東京"])
def test_nothing_is_offered_where_nothing_is_near(trees: Shelf, text: str) -> None:
    with trees.open() as snapshot:
        assert closest_names(snapshot, text) == ()


@pytest.mark.parametrize(
    ("text", "expected"), [("hazle", "hazel"), ("CEDRA", "cedar"), ("zz", None), ("", None)]
)
def test_a_large_data_set_is_narrowed_by_first_letters(
    trees: Shelf, monkeypatch: pytest.MonkeyPatch, text: str, expected: str | None
) -> None:
    monkeypatch.setattr(profiles, "CANDIDATES", 3)
    with trees.open() as snapshot:
        found = closest_names(snapshot, text)
    assert [one.slug for one in found] == ([expected] if expected else [])


def test_a_company_nobody_has_is_named_with_the_closest(trees: Shelf) -> None:
    with trees.open() as snapshot:
        assert get_company(snapshot, "hazel").name == "Hazel"
        with pytest.raises(CompanyNotFound) as refused:
            get_company(snapshot, "hazzel")
    assert refused.value.slug == "hazzel"
    assert refused.value.closest[0] == Suggestion("hazel", "Hazel")
    assert refused.value.status == 404


@pytest.mark.parametrize("length", [81, 100, 60_000])
def test_a_slug_that_nobody_can_have_is_refused_without_a_look_at_the_names(
    trees: Shelf, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    slug = ("hazel-" * length)[:length]
    monkeypatch.setattr(profiles, "closest_names", lambda *_: pytest.fail("names are compared"))
    with trees.open() as snapshot:
        for ask in (get_company, lambda one, slug: get_every_company(one, ["hazel", slug])):
            with pytest.raises(CompanyNotFound) as refused:
                ask(snapshot, slug)
            assert (refused.value.slug, refused.value.closest) == (slug, ())


def test_only_the_beginning_of_a_long_text_is_compared(
    trees: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def likeness(text: str, _: Suggestion) -> tuple[float, float]:
        compared.append(text)
        return 0.0, 0.0

    monkeypatch.setattr(profiles, "_likeness", likeness)
    with trees.open() as snapshot:
        assert closest_names(snapshot, "hazel " * 10_000) == ()
    assert {len(text) for text in compared} == {100}


def resting(slug: str, *sources: str | None) -> Company:
    """A company with one figure for every source."""
    figures = tuple(
        Figure("employees", State.STATED, Interval.exactly(n), source=source)
        for n, source in enumerate(sources)
    )
    return Company(slug, slug.title(), figures=figures)


@pytest.fixture
def rested(shelf: Shelf) -> Shelf:
    shelf.load(dataset(resting("alder", *["gazette"] * 9), sources=(GAZETTE,)))
    shelf.load(
        dataset(
            resting("alder", "gazette", "almanac", "gazette"),
            resting("birch", None),
            resting("cedar", "gazette"),
            resting("dogwood", "almanac"),
            sources=(GAZETTE, ALMANAC),
        )
    )
    return shelf


def test_each_source_counts_its_figures_and_companies(rested: Shelf) -> None:
    with rested.open() as snapshot:
        assert count_figures(snapshot) == {"gazette": (3, 2), "almanac": (2, 2)}


def test_a_source_gives_every_figure_that_rests_on_it_company_by_company(rested: Shelf) -> None:
    with rested.open() as snapshot:
        whole = figures_of_source(snapshot, "gazette", "", 50)
        first = figures_of_source(snapshot, "gazette", "", 1)
        rest = figures_of_source(snapshot, "gazette", "alder", 50)
        assert figures_of_source(snapshot, "gazette", "cedar", 50) == ()
        assert figures_of_source(snapshot, "herald", "", 50) == ()
    told = [(one.slug, one.name, one.figure.interval) for one in whole]
    assert told == [
        ("alder", "Alder", Interval.exactly(0)),
        ("alder", "Alder", Interval.exactly(2)),
        ("cedar", "Cedar", Interval.exactly(0)),
    ]
    assert first + rest == whole
    assert all(one.figure.source == "gazette" for one in whole)


def test_every_figure_of_the_data_file_rests_on_its_one_source(
    six: Dataset, six_shelf: Shelf
) -> None:
    with six_shelf.open() as snapshot:
        found = figures_of_source(snapshot, "collier-2016", "", 50)
        counts = count_figures(snapshot)
    expected = sorted((one.slug, figure.measure) for one in six.companies for figure in one.figures)
    assert sorted((one.slug, one.figure.measure) for one in found) == expected
    assert counts == {"collier-2016": (len(expected), 6)}
