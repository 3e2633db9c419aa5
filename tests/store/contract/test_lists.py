"""Counts, the whole list, its pages both ways, and the place of a company in it."""

from collections.abc import Callable
from itertools import product

from app.profiles.filter import CompanyFilter
from tests.store.contract.adapter import Lines, PageOfLines
from tests.store.contract.conftest import Case
from tests.store.contract.filters import every_sort

OLD_CURSORS = {
    "-revenue": "WyItcmV2ZW51ZSIsMyw1MDAsZmFsc2UsImFsZGVyIixmYWxzZV0",
    "name": "WyJuYW1lIiwzLCLDqWNsYWlyIixmYWxzZSwiYWxkZXIiLGZhbHNlXQ",
    "employees": "WyJlbXBsb3llZXMiLDEsbnVsbCxmYWxzZSwiYWxkZXIiLHRydWVd",
}
"""Cursors as they were at commit 778d6df, by their orders."""


def test_the_counts_of_every_answer(case: Case) -> None:
    for criteria in case.filters:
        expected = case.reference.count_companies(criteria)
        assert case.store.count_companies(criteria) == expected, criteria


def test_every_line_in_order(case: Case) -> None:
    for criteria in case.filters:
        assert case.store.every_line(criteria) == case.reference.every_line(criteria), criteria


def test_the_first_page(case: Case) -> None:
    for criteria in case.filters:
        whole = case.reference.every_line(criteria)
        page = case.store.find_page(criteria)
        assert page.lines == whole[: criteria.size], criteria
        assert page.prev is None, criteria
        assert (page.next is None) == (len(whole) <= criteria.size), criteria


def forward(case: Case, criteria: CompanyFilter) -> list[PageOfLines]:
    """All pages of a list, from the first to the last."""
    pages = [case.store.find_page(criteria)]
    while pages[-1].next is not None:
        pages.append(case.store.find_page(criteria, pages[-1].next))
        assert pages[-1].lines, criteria
        assert pages[-1].prev is not None, criteria
    return pages


def paged(whole: Lines, size: int) -> list[Lines]:
    """A list cut into pages; an empty one has one page."""
    return [whole[at : at + size] for at in range(0, len(whole) or 1, size)]


def turned(case: Case) -> list[CompanyFilter]:
    """Filters whose lists are turned page by page: everybody in each order, and some others."""
    everybody = case.everybody.replace(unknown=True)
    whole = [
        everybody.replace(sort=sort, size=size)
        for sort, size in zip(every_sort(everybody), [17, 23, 29, 31] * 20, strict=False)
    ]
    several = [one for one in case.filters if len(case.reference.shown(one)) > one.size]
    return [*whole, *(one.replace(size=max(one.size, 7)) for one in several[::5])]


def test_pages_forward_and_back_again_are_the_whole_list(case: Case) -> None:
    for criteria in turned(case):
        expected = paged(case.reference.every_line(criteria), criteria.size)
        pages = forward(case, criteria)
        assert [page.lines for page in pages] == expected, criteria
        page = pages[-1]
        for before in reversed(pages[:-1]):
            assert page.prev is not None, criteria
            page = case.store.find_page(criteria, page.prev)
            assert page.lines == before.lines, criteria
            assert page.next is not None, criteria
        assert page.prev is None, criteria


def test_pages_of_one_line_show_each_once(case: Case) -> None:
    for sort in ("-revenue", "name"):
        criteria = case.everybody.replace(sort=sort, size=1)
        whole = case.reference.every_line(criteria)
        assert [page.lines for page in forward(case, criteria)] == paged(whole, 1)


def test_a_short_page_before_a_cursor_becomes_the_first_page(case: Case) -> None:
    for sort in every_sort(case.everybody):
        criteria = case.everybody.replace(sort=sort, size=3)
        if following := case.store.find_page(criteria.replace(size=2)).next:
            back = case.store.find_page(criteria, following).prev
            assert back is not None
            assert case.store.find_page(criteria, back) == case.store.find_page(criteria)


def test_a_cursor_of_a_line_that_is_not_listed_still_finds_its_place(case: Case) -> None:
    everybody = case.everybody.replace(unknown=True, size=5)
    for sort in every_sort(everybody):
        page = case.store.find_page(everybody.replace(sort=sort))
        if page.next is None:
            continue
        last, _ = page.lines[-1]
        behind = case.reference.every_line(everybody.replace(sort=sort))[len(page.lines) :]
        reported = [key for key in case.listed if case.reference.reported(last, key).numbered]
        for key in reported[:2]:
            without_last = everybody.replace(sort=sort, size=200, lacks=key)
            listed = case.reference.every_line(without_last)
            expected = tuple(line for line in behind if line in listed)
            assert case.store.find_page(without_last, page.next).lines == expected, without_last


NO_CURSORS = ("", "garbage", "!!!!", "é", "AAAA", "\x00", "W10", "bnVsbA", "9" * 500)


def test_a_text_that_is_no_cursor_gives_the_first_page(case: Case) -> None:
    for sort, word in product(("-revenue", "name"), NO_CURSORS):
        criteria = case.everybody.replace(sort=sort, size=3)
        assert case.store.find_page(criteria, word) == case.store.find_page(criteria), word


def test_a_cursor_of_another_order_gives_the_first_page(case: Case) -> None:
    sorts = every_sort(case.everybody)
    for sort, other in zip(sorts, [*sorts[1:], sorts[0]], strict=True):
        criteria = case.everybody.replace(sort=sort, size=3)
        if following := case.store.find_page(criteria).next:
            first = case.store.find_page(criteria.replace(sort=other))
            assert case.store.find_page(criteria.replace(sort=other), following) == first


def test_an_old_cursor_gives_the_first_page(case: Case, needs: Callable[[str], None]) -> None:
    needs("old cursors")
    for sort, word in OLD_CURSORS.items():
        criteria = case.everybody.replace(sort=sort, size=3)
        assert case.store.find_page(criteria, word) == case.store.find_page(criteria), word


def test_the_place_of_companies_in_a_list(case: Case) -> None:
    everybody = [case.everybody.replace(sort=sort) for sort in every_sort(case.everybody)]
    for at, criteria in enumerate((*everybody, *case.filters[::2])):
        listed = [slug for slug, _ in case.reference.every_line(criteria)]
        anywhere = case.slugs[at % len(case.slugs)] if case.slugs else "nobody"
        for slug in {*listed[:1], *listed[-1:], anywhere}:
            expected = case.reference.find_neighbours(criteria, slug)
            assert case.store.find_neighbours(criteria, slug) == expected, (criteria, slug)
    assert case.store.find_neighbours(case.everybody, "nobody") is None


def test_the_place_of_every_company_among_all(case: Case) -> None:
    for sort in ("name", "-revenue", "employees", "-employees"):
        criteria = case.everybody.replace(sort=sort)
        for slug in case.slugs:
            expected = case.reference.find_neighbours(criteria, slug)
            assert case.store.find_neighbours(criteria, slug) == expected, (sort, slug)
