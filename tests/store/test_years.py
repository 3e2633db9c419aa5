"""Years: who has a figure of one is told of everybody, in whatever block the year is first met."""

from datetime import date

import pytest

from app.profiles.answer import Range
from app.profiles.company import Company
from app.profiles.figure import Figure, Period, State
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from tests.store.cast import dataset
from tests.store.conftest import CHUNK
from tests.store.shelf import Shelf

SLUGS = [f"c{place}" for place in range(3 * CHUNK)]


def dated(slug: str, *years: int) -> Company:
    """A company that has as many employees as the year of each figure says."""
    figures = (
        Figure(
            "employees",
            State.STATED,
            Interval.exactly(year),
            period=Period(str(year), date(year, 12, 31)),
        )
        for year in years
    )
    return Company(slug, slug.title(), figures=tuple(figures))


@pytest.mark.parametrize("stating", [[0], [CHUNK], [2 * CHUNK + 1], [0, 2 * CHUNK]])
def test_a_year_of_a_few_companies_is_unknown_of_all_others(
    shelf: Shelf, stating: list[int]
) -> None:
    companies = (
        dated(slug, 2015, *([2014] if place in stating else [])) for place, slug in enumerate(SLUGS)
    )
    shelf.load(dataset(*companies))
    asked = CompanyFilter(employees=Range(1), period=2014)
    assert shelf.slugs(asked) == [SLUGS[place] for place in stating]
    assert shelf.counts(asked) == {"yes": len(stating), "unknown": len(SLUGS) - len(stating)}
    everybody = shelf.slugs(asked.replace(unknown=True))
    assert sorted(everybody) == SLUGS
