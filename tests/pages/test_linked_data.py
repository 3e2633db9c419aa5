"""What machines are told of a company: never more than is known."""

from typing import Any

import pytest

from app.pages.linked_data import describe, organization
from app.profiles.company import Dataset
from app.profiles.interval import Interval
from tests.store.cast import CATALOGUE, NONE, PERCENT, at_least, company, more_than

ADDRESS = "https://example.org/companies/alder"


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({}, {}),
        ({"founded": 1987}, {"foundingDate": "1987"}),
        ({"founded": 750}, {"foundingDate": "0750"}),
        ({"founded": Interval(1987, 1989)}, {}),
        ({"employees": NONE, "revenue": 5}, {}),
        ({"employees": 0}, {"numberOfEmployees": {"value": 0}}),
        ({"employees": 170_000}, {"numberOfEmployees": {"value": 170_000}}),
        ({"employees": at_least(40)}, {"numberOfEmployees": {"minValue": 40}}),
        ({"employees": more_than(40)}, {"numberOfEmployees": {"minValue": 40}}),
        ({"employees": Interval(5, 9)}, {"numberOfEmployees": {"minValue": 5, "maxValue": 9}}),
    ],
)
def test_only_what_is_known_is_told(known: dict[str, Any], told: dict[str, Any]) -> None:
    if people := told.get("numberOfEmployees"):
        people["@type"] = "QuantitativeValue"
    assert organization(company("alder", **known), ADDRESS) == told | {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "Alder",
        "identifier": "alder",
        "url": ADDRESS,
    }


def test_other_names_are_told() -> None:
    named = company("alder", aliases=("AW", "阿尔德"))
    assert organization(named, ADDRESS)["alternateName"] == ["AW", "阿尔德"]


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        (
            "huawei",
            (
                "Huawei: revenue $61B (2015), 170,000 employees, 44.7% of employees in R&D, "
                "active in 170 countries, founded 1987; every figure with its source."
            ),
        ),
        (
            "tencent",
            (
                "Tencent: revenue $15B (2015), 31,000 employees, "
                "more than 50% of employees in R&D, founded 1998; every figure with its source."
            ),
        ),
        (
            "zte",
            (
                "ZTE Corporation: revenue $14B (2015), 85,000 employees, "
                "more than 10% of revenue spent on R&D, active in 160 countries, founded 1985; "
                "every figure with its source."
            ),
        ),
        (
            "royole",
            (
                "Royole: 600 employees, active in 12 countries, founded 2012; "
                "every figure with its source."
            ),
        ),
    ],
)
def test_the_description_holds_the_main_figures(six: Dataset, slug: str, words: str) -> None:
    (found,) = (one for one in six.companies if one.slug == slug)
    assert describe(found, six.catalogue) == words


def test_a_description_of_bounds_is_in_words_and_of_nothing_says_so() -> None:
    bounds = company("alder", employees=at_least(40), rd_share_staff=more_than(PERCENT))
    assert describe(bounds, CATALOGUE) == (
        "Alder: 40 or more employees, more than 1% of employees in R&D; "
        "every figure with its source."
    )
    nothing = "Birch: no main figure is stated; every figure with its source."
    assert describe(company("birch"), CATALOGUE) == nothing
