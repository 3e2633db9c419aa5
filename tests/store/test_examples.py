"""The examples of filters that must hold, on the six companies of the data file."""

import pytest

from app.profiles.company import Dataset
from app.profiles.filter import CompanyFilter, read_filter
from tests.store.shelf import Shelf

SIX = ("huawei", "intel", "neusoft", "royole", "tencent", "zte")


def asked(six: Dataset, query: str) -> CompanyFilter:
    """The filter of a query string; every company that is not a no is shown."""
    pairs = [pair.split("=") for pair in query.split("&")] if query else []
    typed = {name: [value] for name, value in pairs}
    return read_filter(typed, six.catalogue, six.currency).replace(unknown=True)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rd_share_min=40", ("huawei tencent", "zte", "intel neusoft royole")),
        ("rd_share_min=60", ("", "tencent zte", "intel neusoft royole")),
        ("rd_share_max=50", ("huawei", "zte", "intel neusoft royole")),
        ("rd_share_min=5&rd_share_max=20", ("", "zte", "intel neusoft royole")),
        ("rd_basis=revenue&rd_share_min=10", ("zte", "", "huawei intel neusoft royole tencent")),
        ("rd_basis=staff&rd_share_min=50", ("tencent", "", "intel neusoft royole zte")),
        ("rd_basis=staff&rd_share_max=50", ("huawei", "", "intel neusoft royole zte")),
        ("revenue_min=10B&revenue_max=20B", ("tencent zte", "", "royole")),
        ("revenue_min=&revenue_max=", (" ".join(SIX), "", "")),
        ("rd_basis=staff", (" ".join(SIX), "", "")),
        ("rd_basis=revenue", (" ".join(SIX), "", "")),
        ("", (" ".join(SIX), "", "")),
        ("countries_min=100", ("huawei intel zte", "", "neusoft tencent")),
        ("founded_max=1987", ("huawei intel zte", "", "")),
        ("employees_min=170K&employees_max=170,000", ("huawei", "", "")),
        ("revenue_min=10B&rd_share_min=40", ("huawei tencent", "zte", "intel royole")),
        ("lacks=countries", ("neusoft tencent", "", "")),
        ("lacks=revenue", ("royole", "", "")),
        ("lacks=rd_share_staff", ("intel neusoft royole zte", "", "")),
        ("lacks=cities_china", ("huawei intel royole tencent zte", "", "")),
        ("q=m-ict", ("zte", "", "")),
        ("q=wechat games", ("tencent", "", "")),
        ("industry=telecommunications", ("huawei zte", "", "")),
        ("industry=alchemy", ("", "", "")),
    ],
)
def test_a_filter_answers_as_agreed(
    six: Dataset, six_shelf: Shelf, query: str, expected: tuple[str, str, str]
) -> None:
    found = six_shelf.answers(asked(six, query))
    listed = [
        " ".join(sorted(slug for slug, answer in found.items() if answer == word))
        for word in ("yes", "maybe", "unknown")
    ]
    assert tuple(listed) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"yes": 6}),
        ("revenue_min=10B&revenue_max=20B", {"yes": 2, "unknown": 1, "no": 3, "none": 1}),
        ("rd_share_min=40", {"yes": 2, "maybe": 1, "unknown": 3}),
        ("rd_share_max=50", {"yes": 1, "maybe": 1, "unknown": 3, "no": 1}),
        ("industry=alchemy", {"no": 6}),
    ],
)
def test_the_counts_say_how_many_answer_how(
    six: Dataset, six_shelf: Shelf, query: str, expected: dict[str, int]
) -> None:
    assert six_shelf.counts(asked(six, query)) == expected
    hidden = asked(six, query).replace(unknown=False, maybe=False)
    assert six_shelf.counts(hidden) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-revenue", "huawei intel tencent zte neusoft royole"),
        ("revenue", "neusoft zte tencent intel huawei royole"),
        ("name", "huawei intel neusoft royole tencent zte"),
        ("-name", "zte tencent royole neusoft intel huawei"),
        ("founded", "intel zte huawei neusoft tencent royole"),
        ("employees", "royole neusoft tencent zte intel huawei"),
        ("-countries", "huawei zte intel royole neusoft tencent"),
        ("-rd_share_staff", "tencent huawei intel neusoft royole zte"),
        ("rd_share_revenue", "zte huawei intel neusoft royole tencent"),
        ("-revenue_per_employee", "intel tencent huawei zte neusoft royole"),
    ],
)
def test_the_list_is_sorted_with_no_figure_last(six_shelf: Shelf, sort: str, expected: str) -> None:
    assert six_shelf.slugs(CompanyFilter(sort=sort)) == expected.split()
