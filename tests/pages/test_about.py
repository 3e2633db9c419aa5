"""What the figures mean, and the rules by which they are read."""

import re

import pytest
from fastapi.testclient import TestClient

from app.profiles.company import Dataset
from tests.site import main, open_page

RULES = [
    "A figure counts at its printed value",
    "no allowance for rounding",
    "Both ends of a range are included",
    "no beats unknown, unknown beats maybe, and maybe beats yes",
    "Hiding an answer never changes a count",
    "It is not zero, it is not guessed, and it sorts last in both directions",
    "never ranked, added or put on one scale together",
    "The source says that there is no such figure yet",
    "A stated figure comes first, and a dated one before an undated one",
]


@pytest.mark.parametrize("rule", RULES)
def test_the_rules_are_told_in_plain_words(six_site: TestClient, rule: str) -> None:
    assert rule in main(open_page(six_site, "/about")).seen


def test_every_measure_is_told_with_its_meaning(six_site: TestClient, six: Dataset) -> None:
    told = dict(main(open_page(six_site, "/about")).pairs)
    for measure in six.catalogue:
        assert told[measure.label].startswith(" ".join(measure.help.split()))


def test_a_measure_tells_what_it_can_be_and_how_it_is_worked_out(six_site: TestClient) -> None:
    told = dict(main(open_page(six_site, "/about")).pairs)
    assert told["R&D share of employees"].endswith(
        "Worked out as R&D staff ÷ Employees. It can be 0% to 100%."
    )
    assert told["R&D share of revenue"].endswith("It can be 0% or more.")
    assert "Worked out as Revenue ÷ Employees." in told["Revenue per employee"]
    assert "Worked out" not in told["Countries"]


def test_the_data_are_named_with_their_digest(six_site: TestClient) -> None:
    page = main(open_page(six_site, "/about")).seen
    assert "6 companies, 43 figures" in page
    assert re.search(r"SHA-256 of its files is [0-9a-f]{64}\b", page)
    assert "as generation 1" in page


def test_all_data_can_be_taken_along(six_site: TestClient) -> None:
    links = main(open_page(six_site, "/about")).links
    assert {"/companies.csv", "/figures.csv", "/companies.json", "/api"} <= set(links.values())
