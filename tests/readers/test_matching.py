"""One company in several files: what is matched, what is left apart, and what is to be reviewed."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.profiles.company import Company, Identifier
from app.readers.countries import country_key
from app.readers.matching import Matched, Part, Reason, match
from app.readers.records.opening import open_records
from app.settings import ROOT

Told: TypeAlias = tuple[int, str] | tuple[int, str, str] | tuple[int, str, str | None, str]
"""A part in short: file, name, country, identifiers as `lei:1 isin:2`."""


def part(row: int, told: Told) -> Part:
    """The part of a row; its tag tells its row, so that it is found again."""
    file, name, country, identifiers = (*told, None, "")[:2] + (*told[2:], None, "")[:2]
    return Part(file, row, company(name, country, identifiers, tags=(str(row),)))


def company(
    name: str, country: str | None = None, told: str | None = "", tags: tuple[str, ...] = ()
) -> Company:
    identifiers = tuple(Identifier(*one.split(":")) for one in (told or "").split())
    slug = name.lower().replace(" ", "-") or "x"
    return Company(slug, name, country=country, identifiers=identifiers, tags=tags)


def matched(*told: Told, aliases: Mapping[str, str] | None = None) -> Matched:
    return match([part(row, one) for row, one in enumerate(told, 1)], aliases or {})


def groups(result: Matched) -> list[str]:
    """The rows of each company: `1+3` is one of two rows."""
    return ["+".join(company.tags) for company in result.companies]


def reviewed(result: Matched) -> list[tuple[Reason, str]]:
    return [
        (review.reason, "+".join(str(seen.row) for seen in review.parts))
        for review in result.review
    ]


@pytest.mark.parametrize(
    ("told", "expected", "review"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([(1, "Alder"), (2, "Birch")], ["1", "2"], [], id="two names"),
        # Identifiers
        pytest.param(
            [(1, "Alder", "SE", "lei:1"), (2, "Elder", "NO", "lei:1")], ["1+2"], [], id="same"
        ),
        pytest.param(
            [(1, "Alder", None, "lei:1"), (2, "Alder", None, "isin:1")],
            ["1+2"],
            [(Reason.NAME, "1+2")],
            id="of different registers",
        ),
        pytest.param(
            [(1, "Alder", None, "lei:1"), (2, "Alder", None, "lei:2")],
            ["1", "2"],
            [(Reason.IDENTIFIER, "1+2")],
            id="that contradict",
        ),
        pytest.param(
            [(1, "Alder", None, "isin:1 isin:2"), (2, "Alder", None, "isin:2 isin:3")],
            ["1+2"],
            [],
            id="of which one is the same",
        ),
        pytest.param(
            [(1, "A", None, "lei:1"), (2, "B", None, "isin:2"), (3, "C", None, "lei:1 isin:2")],
            ["1+2+3"],
            [],
            id="a third file joins two",
        ),
        pytest.param(
            [(1, "A", None, "lei:1"), (1, "B", None, "isin:2"), (2, "C", None, "lei:1 isin:2")],
            ["1+3", "2"],
            [(Reason.SHARED, "2+3")],
            id="a part would join two of one file",
        ),
        pytest.param(
            [(1, "A", None, "lei:1"), (2, "B", None, "lei:1"), (2, "C", None, "lei:1")],
            ["1", "2", "3"],
            [(Reason.SHARED, "1+2+3")],
            id="one twice in a file",
        ),
        pytest.param(
            [(1, "A", None, "lei:1"), (1, "B", None, "lei:1")], ["1", "2"], [], id="in one file"
        ),
        # Names
        pytest.param(
            [(1, "Alder"), (2, " ÅLDER ")], ["1+2"], [(Reason.NAME, "1+2")], id="case and accents"
        ),
        pytest.param(
            [(1, "Alder Inc."), (2, "Alder")], ["1+2"], [(Reason.NAME, "1+2")], id="legal form"
        ),
        pytest.param(
            [(1, "Alder AG"), (2, "Alder Ltd")],
            ["1", "2"],
            [(Reason.FORM, "1+2")],
            id="other legal form",
        ),
        pytest.param(
            [(1, "Alder Co., Ltd."), (2, "Alder Limited")],
            ["1+2"],
            [(Reason.NAME, "1+2")],
            id="a legal form in full and in part",
        ),
        pytest.param([(1, "Alder Group"), (2, "Alder")], ["1", "2"], [], id="a group is another"),
        pytest.param([(1, "Alder"), (1, "Alder")], ["1", "2"], [], id="two of one file"),
        pytest.param(
            [(1, "Alder"), (1, "Alder"), (2, "Alder")],
            ["1", "2", "3"],
            [(Reason.TWICE, "1+2+3")],
            id="two on one side",
        ),
        pytest.param(
            [(1, "Alder"), (2, "Alder"), (3, "Alder"), (3, "Alder")],
            ["1", "2", "3", "4"],
            [(Reason.TWICE, "1+2+3+4")],
            id="two in the last file",
        ),
        pytest.param(
            [(1, "Alder AG"), (1, "Alder Ltd"), (2, "Alder AG")],
            ["1+3", "2"],
            [(Reason.NAME, "1+3")],
            id="the legal form tells them apart",
        ),
        pytest.param(
            [(1, "Alder AG"), (1, "Alder Ltd"), (2, "Alder")],
            ["1", "2", "3"],
            [(Reason.TWICE, "1+2+3")],
            id="no legal form tells them apart",
        ),
        pytest.param(
            [(1, "Alder", None, "lei:1"), (1, "Alder"), (2, "Alder", None, "lei:1"), (3, "Alder")],
            ["1+3", "2", "4"],
            [(Reason.TWICE, "1+2+3+4")],
            id="an identifier tells one of them",
        ),
        pytest.param([(1, "!"), (2, "?")], ["1", "2"], [], id="names without a word"),
        # Countries
        pytest.param(
            [(1, "Alder", "SE"), (2, "Alder")], ["1+2"], [(Reason.NAME, "1+2")], id="one country"
        ),
        pytest.param(
            [(1, "Alder", "Netherlands"), (2, "Alder", "The Netherlands"), (3, "Alder", "NL")],
            ["1+2+3"],
            [(Reason.NAME, "1+2+3")],
            id="one country in three spellings",
        ),
        pytest.param(
            [(1, "Alder", "SE"), (2, "Alder", "NO")],
            ["1", "2"],
            [(Reason.COUNTRY, "1+2")],
            id="two countries",
        ),
        pytest.param(
            [(1, "Alder", "SE"), (2, "Alder"), (3, "Alder", "NO"), (4, "Alder", "NO")],
            ["1", "2", "3+4"],
            [(Reason.COUNTRY, "1+2+3+4"), (Reason.NAME, "3+4")],
            id="who has no country may be of either",
        ),
    ],
)
def test_who_is_matched(
    told: list[Told], expected: list[str], review: list[tuple[Reason, str]]
) -> None:
    result = matched(*told)
    assert groups(result) == expected
    assert reviewed(result) == review


def test_an_alias_counts_as_the_name_it_stands_for() -> None:
    told: list[Told] = [(1, "Hon Hai Precision"), (2, "FOXCONN Inc")]
    assert groups(matched(*told)) == ["1", "2"]
    result = matched(*told, aliases={"Foxconn, Incorporated": "Hon Hai Precision"})
    assert groups(result) == ["1+2"]
    assert reviewed(result) == [(Reason.NAME, "1+2")]


def test_an_alias_may_make_two_of_one_file_alike() -> None:
    told: list[Told] = [(1, "Alder"), (1, "Elder"), (2, "Alder")]
    assert groups(matched(*told, aliases={"Elder": "Alder"})) == ["1", "2", "3"]


def test_parts_come_in_the_order_of_files_and_the_review_names_them() -> None:
    parts = [part(7, (2, "ALDER")), part(5, (1, "Alder"))]
    result = match(parts, {})
    assert groups(result) == ["5+7"]
    (review,) = result.review
    assert review.matched
    assert [(seen.file, seen.row, seen.name) for seen in review.parts] == [
        (1, 5, "Alder"),
        (2, 7, "ALDER"),
    ]


def test_companies_of_one_name_keep_slugs_of_their_own() -> None:
    result = matched((1, "LG"), (1, "LG"), (2, "LG"))
    assert [company.slug for company in result.companies] == ["lg", "lg-2", "lg-3"]


PARTS = st.builds(
    lambda file, name, country, identifiers: (file, name, country, identifiers),
    st.integers(1, 3),
    st.sampled_from(["Alder", "Alder AG", "alder ltd", "Birch", "Birch Group"]),
    st.sampled_from([None, "SE", "Sweden", "NO"]),
    st.sampled_from(["", "", "lei:1", "lei:2", "isin:1", "lei:1 isin:2"]),
)


@given(st.lists(PARTS, max_size=10))
def test_nothing_is_lost_nor_twice_and_no_file_is_matched_with_itself(told: list[Told]) -> None:
    result = matched(*told)
    rows = Counter(row for company in result.companies for row in company.tags)
    assert rows == Counter(str(row) for row in range(1, len(told) + 1))
    for company in result.companies:
        files = [told[int(row) - 1][0] for row in company.tags]
        assert files == sorted(set(files))
    slugs = [company.slug for company in result.companies]
    assert len(set(slugs)) == len(slugs)


@given(st.lists(PARTS.filter(lambda told: not told[3]), max_size=10))
def test_who_is_matched_by_name_is_listed_and_has_one_country(told: list[Told]) -> None:
    result = matched(*told)
    listed = [rows for reason, rows in reviewed(result) if reason is Reason.NAME]
    for group in groups(result):
        rows = group.split("+")
        assert len(rows) == 1 or any(set(rows) <= set(one.split("+")) for one in listed)
        countries = {country_key(part(0, told[int(row) - 1]).company.country) for row in rows}
        assert len(countries - {None}) <= 1


@given(st.lists(PARTS, max_size=10))
def test_the_order_in_which_files_are_given_does_not_matter(told: list[Told]) -> None:
    parts = [part(row, one) for row, one in enumerate(told, 1)]
    turned = sorted(parts, key=lambda one: one.file, reverse=True)
    assert match(parts, {}) == match(turned, {})


BOARD = ROOT.parent / "shared" / "data" / "eu_scoreboard"


@pytest.mark.skipif(not BOARD.exists(), reason="the Scoreboard's files are not here")
def test_two_editions_of_a_real_list() -> None:
    parts: list[Part] = []
    for file, edition in enumerate(("SB2015", "SB2016"), 1):
        with open_records(BOARD / f"{edition}_World2500.csv") as records:
            for record in records:
                name, country = (record.values["Name"] or "").strip(), record.values["Country"]
                if country:  # The row of totals has none.
                    parts.append(Part(file, record.row, company(name, country)))
    result = match(parts, {})
    names = Counter(one.name for one in result.companies)
    assert (names["VOLKSWAGEN"], names["LG"], names["AKER SOLUTIONS"]) == (1, 3, 3)
    twice = [one.parts[0].name for one in result.review if one.reason is Reason.TWICE]
    assert twice == ["LG", "YAMAHA", "AKER SOLUTIONS"]
    by_name = sum(one.matched for one in result.review)
    assert len(result.companies) == 5000 - by_name
