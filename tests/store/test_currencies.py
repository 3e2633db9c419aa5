"""Lists in a currency that a reader chooses: answers, order, years, and what has no rate."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from app.errors import InvalidQuery
from app.profiles.answer import Range
from app.profiles.company import Company, Dataset, Source
from app.profiles.figure import Figure, Period, Rate, State
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from app.profiles.rates import Rates
from app.store.profiles import get_company
from tests.store.cast import company, dataset
from tests.store.shelf import Shelf

Y2014, Y2015 = (Period(str(year), date(year, 12, 31)) for year in (2014, 2015))
EURO = Rate("EUR", "USD", Decimal("1.25"), Y2015, True, "bank", "page 3")


def earning(slug: str, *amounts: tuple[int, str, Period | None]) -> Company:
    """A company with some revenues in whole units, the headline first."""
    stated = tuple(
        Figure("revenue", State.STATED, Interval.exactly(low * 100), currency, period)
        for low, currency, period in amounts
    )
    return replace(company(slug), figures=stated)


GIVEN: Dataset = replace(
    dataset(
        earning("alder", (100, "USD", Y2015)),
        earning("birch", (90, "EUR", Y2015)),
        earning("cedar", (80, "EUR", Y2014)),
        earning("dogwood", (70, "EUR", None)),
        earning("elm", (60, "USD", Y2014), (50, "USD", Y2015)),
        sources=[Source("bank", "A bank")],
    ),
    rates=Rates((EURO,), ("USD", "EUR")),
)
FROM_95 = Range(low=95 * 100)


@pytest.fixture
def loaded(shelf: Shelf) -> Shelf:
    shelf.load(GIVEN)
    return shelf


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(
            CompanyFilter(revenue=FROM_95),
            {"yes": 1, "unknown": 3, "no": 1, "foreign": 3},
            id="as stated: euros are unknown among dollars",
        ),
        pytest.param(
            CompanyFilter(revenue=FROM_95, currency="USD"),
            {"yes": 2, "unknown": 2, "no": 1, "foreign": 2},
            id="in dollars: 90 euros of 2015 are 112.5",
        ),
        pytest.param(
            CompanyFilter(revenue=FROM_95, currency="EUR"),
            {"unknown": 1, "no": 4, "foreign": 1},
            id="in euros: dollars of 2014 have no rate",
        ),
        pytest.param(
            CompanyFilter(revenue=FROM_95, currency="USD", period=2014),
            {"unknown": 4, "no": 1, "foreign": 1},
            id="of a year",
        ),
    ],
)
def test_a_filter_answers_in_the_currency_that_was_chosen(
    loaded: Shelf, asked: CompanyFilter, expected: dict[str, int]
) -> None:
    assert loaded.counts(asked) == expected


@pytest.mark.parametrize(
    ("currency", "expected"),
    [
        ("", ["alder", "elm", "birch", "cedar", "dogwood"]),
        ("USD", ["birch", "alder", "elm", "cedar", "dogwood"]),
        ("EUR", ["birch", "alder"]),
    ],
)
def test_the_order_is_that_of_the_chosen_currency_and_what_has_no_rate_comes_last(
    loaded: Shelf, currency: str, expected: list[str]
) -> None:
    assert loaded.slugs(CompanyFilter(currency=currency))[: len(expected)] == expected


def test_figures_are_read_in_the_chosen_currency_with_how_they_came_there(loaded: Shelf) -> None:
    with loaded.open("EUR") as snapshot:
        figure = get_company(snapshot, "alder").headline("revenue")
        cedar = get_company(snapshot, "cedar").headline("revenue")
    assert (figure.interval, figure.currency) == (Interval.exactly(80 * 100), "EUR")
    assert figure.conversion is not None
    assert figure.conversion.rates == (EURO,)
    assert cedar.conversion is None


def test_as_stated_nothing_is_converted(loaded: Shelf) -> None:
    with loaded.open("as-stated") as snapshot:
        figure = get_company(snapshot, "birch").headline("revenue")
    assert (figure.interval, figure.currency, figure.conversion) == (
        Interval.exactly(90 * 100),
        "EUR",
        None,
    )


def test_the_version_tells_its_currencies_and_axes_are_those_of_the_chosen_one(
    loaded: Shelf,
) -> None:
    tops = {}
    for currency in ("", "USD", "EUR"):
        with loaded.open(currency) as snapshot:
            tops[currency] = snapshot.version.extents["revenue"].greatest
            assert snapshot.version.rates == GIVEN.rates
            assert snapshot.version.years == (2015, 2014)
    assert tops == {"": 100 * 100, "USD": 11_250, "EUR": 90 * 100}


@pytest.mark.parametrize(
    ("given", "accepted"),
    [("GBP", "one of as-stated, USD, EUR"), ("dollars", "one of as-stated, USD, EUR")],
)
def test_a_currency_that_is_not_offered_is_refused(
    loaded: Shelf, given: str, accepted: str
) -> None:
    with pytest.raises(InvalidQuery) as refused, loaded.open(given):
        pass
    (problem,) = refused.value.problems
    assert (problem.field, problem.given, problem.accepted) == ("currency", given, accepted)


def test_where_the_data_bring_no_rates_every_currency_is_refused_with_the_reason(
    shelf: Shelf,
) -> None:
    shelf.load(dataset(company("alder")))
    with pytest.raises(InvalidQuery) as refused, shelf.open("USD"):
        pass
    expected = "one of as-stated, for the data bring no exchange rates"
    assert refused.value.problems[0].accepted == expected
