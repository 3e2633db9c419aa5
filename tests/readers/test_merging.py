import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.profiles.company import Company, Identifier
from app.profiles.figure import Figure, State
from app.readers.entries import MAX_KEY
from app.readers.merging import merge, with_unique_slugs

ALDER = Company(
    "alder",
    "Alder",
    aliases=("Elder",),
    industries=("Timber",),
    tags=("a",),
    identifiers=(Identifier("lei", "1"),),
    figures=(Figure("employees", State.STATED, as_stated="5"),),
)


def test_one_account_is_the_company() -> None:
    assert merge([ALDER]) is ALDER


def test_the_first_name_wins_and_nothing_of_the_others_is_lost() -> None:
    other = Company(
        "alder-ab",
        "Alder AB",
        aliases=("Alder", "Elder"),
        formerly=("elder",),
        industries=("Paper", "Timber"),
        country="SE",
        tags=("b", "a"),
        identifiers=(Identifier("lei", "1"), Identifier("isin", "2")),
        figures=(
            Figure("employees", State.STATED, as_stated="5"),
            Figure("employees", State.STATED, as_stated="6"),
        ),
    )
    third = replace(other, country="NO", name="ALDER")
    assert merge([ALDER, other, third]) == Company(
        "alder",
        "Alder",
        aliases=("Elder", "Alder AB", "ALDER"),
        formerly=("elder",),
        industries=("Timber", "Paper"),
        country="SE",
        tags=("a", "b"),
        identifiers=(Identifier("lei", "1"), Identifier("isin", "2")),
        figures=(
            Figure("employees", State.STATED, as_stated="5"),
            Figure("employees", State.STATED, as_stated="6"),
        ),
    )


def slugs(*given_slugs: str) -> list[str]:
    companies = [Company(slug, slug) for slug in given_slugs]
    return [company.slug for company in with_unique_slugs(companies)]


@pytest.mark.parametrize(
    ("given_slugs", "unique"),
    [
        ([], []),
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a-2", "a-3"]),
        (["a", "a", "a-2"], ["a", "a-3", "a-2"]),
        (["a-2", "a", "a", "a-2"], ["a-2", "a", "a-3", "a-2-2"]),
        (["a" * MAX_KEY] * 2, ["a" * MAX_KEY, "a" * (MAX_KEY - 2) + "-2"]),
        (["a" * 77 + "-bc"] * 2, ["a" * 77 + "-bc", "a" * 77 + "-2"]),
    ],
)
def test_a_second_of_one_slug_gets_a_number(given_slugs: list[str], unique: list[str]) -> None:
    assert slugs(*given_slugs) == unique


def test_a_former_slug_is_taken() -> None:
    moved = Company("b", "B", formerly=("a",))
    found = with_unique_slugs([Company("a", "A"), moved])
    assert [company.slug for company in found] == ["a-2", "b"]


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "a-2-2", "b"])))
def test_slugs_are_unique_and_the_first_keeps_its_own(given_slugs: list[str]) -> None:
    unique = slugs(*given_slugs)
    assert len(set(unique)) == len(given_slugs)
    for slug in given_slugs:
        assert unique[given_slugs.index(slug)] == slug
