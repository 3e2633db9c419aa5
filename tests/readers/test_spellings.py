"""Values that differ in capitals alone: one value, and a remark that says what was joined."""

from hypothesis import given
from hypothesis import strategies as st

from app.profiles.company import Company
from app.profiles.facets import FACETS
from app.readers.spellings import Spellings

ALDER = Company("alder", "Alder", industries=("Software", "Oil & Gas"), country="Germany")
BIRCH = Company("birch", "Birch", industries=("software",), country="GERMANY", tags=("Listed",))
CEDAR = Company("cedar", "Cedar", industries=("SOFTWARE", "software", "Paper"), tags=("listed",))


def unified(*companies: Company) -> tuple[list[Company], list[str]]:
    spellings = Spellings()
    found = [spellings.unify(one) for one in companies]
    return found, [one.text for one in spellings.remarks()]


def test_the_first_spelling_is_that_of_all() -> None:
    (alder, birch, cedar), _ = unified(ALDER, BIRCH, CEDAR)
    assert alder is ALDER
    assert (birch.industries, birch.country, birch.tags) == (("Software",), "Germany", ("Listed",))
    assert (cedar.industries, cedar.country, cedar.tags) == (
        ("Software", "Paper"),
        None,
        ("Listed",),
    )


def test_what_was_joined_is_told_with_the_companies_that_wrote_it() -> None:
    assert unified(ALDER, BIRCH, CEDAR)[1] == [
        "Industry “Software”, also written “software” (2), “SOFTWARE” (1)",
        "Country “Germany”, also written “GERMANY” (1)",
        "Tag “Listed”, also written “listed” (1)",
    ]


def test_a_facet_does_not_lend_its_spelling_to_another() -> None:
    oak = Company("oak", "Oak", industries=("china",), tags=("CHINA",), country="China")
    assert unified(oak) == ([oak], [])


def test_accents_and_signs_still_tell_values_apart() -> None:
    apart = [Company(f"a-{n}", "A", tags=(tag,)) for n, tag in enumerate(("Café", "Cafe", "Ca-fe"))]
    assert unified(*apart) == (apart, [])


CASES = st.lists(st.text("aAäÄßsS-", min_size=1, max_size=3), max_size=4).map(tuple)


@given(st.lists(st.tuples(CASES, CASES)))
def test_no_two_values_of_a_facet_differ_in_capitals_alone(
    filed: list[tuple[tuple[str, ...], tuple[str, ...]]],
) -> None:
    given = [Company("a", "A", industries=one, tags=two) for one, two in filed]
    found, _ = unified(*given)
    for facet in FACETS:
        values = {value for company in found for value in facet.values(company)}
        assert len({value.casefold() for value in values}) == len(values)
    for before, after in zip(given, found, strict=True):
        assert {one.casefold() for one in before.tags} == {one.casefold() for one in after.tags}
    assert unified(*found) == (found, [])
