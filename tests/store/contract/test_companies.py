"""Whole companies, names, sources and remarks, by their keys."""

import pytest

from app.errors import CompanyMoved, CompanyNotFound, SourceNotFound
from tests.store.contract.conftest import Case

STRANGERS = ("nobody", "", "東京", "ab-", "A-1", "old-shared", "'; --")
TYPED = (
    "",
    "aldr",
    "ALDER",
    "birhc works",
    "東京",
    "zinia",
    "a 1",
    "!!!",
    "orsted energie",
    "acmee",
)


def former_slugs(case: Case) -> list[str]:
    """Every slug that some company had before."""
    return sorted({old for one in case.dataset.companies for old in one.formerly})


def test_every_company_comes_out_as_it_went_in(case: Case) -> None:
    for slug in case.slugs:
        assert case.store.get_company(slug) == case.reference.get_company(slug), slug


def test_companies_come_in_the_order_asked_without_strangers(case: Case) -> None:
    for start in range(0, len(case.slugs), 9):
        some = case.slugs[start : start + 9][::-1]
        asked = (*some[:4], "nobody", *some[4:], "", some[0])
        expected = case.reference.get_companies(asked)
        assert case.store.get_companies(asked) == expected, asked
        assert case.store.get_every_company(some) == case.reference.get_companies(some), some
    assert case.store.get_companies(()) == ()


def test_a_company_that_nobody_is_is_refused_with_the_closest_names(case: Case) -> None:
    for slug in STRANGERS:
        if slug in former_slugs(case):
            continue
        closest = case.reference.closest_names(slug.replace("-", " "))
        with pytest.raises(CompanyNotFound) as refused:
            case.store.get_company(slug)
        assert [(one.slug, one.name) for one in refused.value.closest] == list(closest), slug
        with pytest.raises(CompanyNotFound) as refused:
            case.store.get_every_company((*case.slugs[:2], slug, "neither"))
        assert refused.value.slug == slug


def test_a_former_slug_leads_to_the_present_one(case: Case) -> None:
    for old in (*former_slugs(case), *case.slugs[:5], *STRANGERS):
        assert case.store.current_slug(old) == case.reference.current_slug(old), old
    for old in former_slugs(case):
        if old in case.reference.companies:
            assert case.store.get_company(old).slug == old
            continue
        with pytest.raises(CompanyMoved) as moved:
            case.store.get_company(old)
        assert moved.value.present == case.reference.current_slug(old)


def test_the_companies_of_a_page_with_their_answers(case: Case) -> None:
    for criteria in case.filters[::9]:
        lines = case.reference.every_line(criteria)[:12]
        expected = case.reference.answered_companies(lines, criteria.period)
        assert case.store.answered_companies(lines, criteria.period) == expected, criteria


def test_slugs_that_a_company_has_now(case: Case) -> None:
    slugs = [*case.slugs[::2], *former_slugs(case), *STRANGERS]
    assert case.store.known_slugs(slugs) == case.reference.known_slugs(slugs)
    assert case.store.known_slugs([]) == frozenset()


def test_names_in_the_order_of_slugs(case: Case) -> None:
    for limit, after in ((1000, ""), (7, ""), (7, "ab"), (3, "a-9"), (1000, "birch"), (5, "zz")):
        expected = case.reference.name_companies(limit, after)
        assert case.store.name_companies(limit, after) == expected, (limit, after)


def test_the_closest_names(case: Case) -> None:
    for text in (*TYPED, *(slug.replace("-", " ") for slug in case.slugs[::8])):
        assert case.store.closest_names(text) == case.reference.closest_names(text), text


def test_sources_and_the_figures_that_rest_on_them(case: Case) -> None:
    assert case.store.count_figures() == case.reference.count_figures()
    afters = ("", "a", "birch", *case.slugs[::20], *case.slugs[-1:])
    for source in case.dataset.sources:
        assert case.store.get_source(source.id) == source
        for after in afters:
            for companies in (1, 5, 1000):
                expected = case.reference.figures_of_source(source.id, after, companies)
                found = case.store.figures_of_source(source.id, after, companies)
                assert found == expected, (source.id, after, companies)
    assert case.store.figures_of_source("herald", "", 5) == ()
    with pytest.raises(SourceNotFound):
        case.store.get_source("herald")


def test_remarks_in_their_order(case: Case) -> None:
    assert case.store.read_remarks() == case.reference.read_remarks()
