import pytest

from app.profiles.answer import Answer
from app.profiles.company import Company, Identifier
from app.profiles.facets import FACETS, facet_answer, spelled, spellings, value_words


@pytest.mark.parametrize(
    ("values", "chosen", "expected"),
    [
        (("China",), ("China",), Answer.YES),
        (("China",), ("Japan", "China"), Answer.YES),
        (("China",), ("Japan",), Answer.NO),
        (("China",), ("-",), Answer.NO),
        (("pumps", "valves"), ("valves",), Answer.YES),
        (("pumps", "valves"), ("hoses", "-"), Answer.NO),
        ((), ("China",), Answer.UNKNOWN),
        ((), ("-",), Answer.YES),
        ((), ("China", "-"), Answer.YES),
    ],
)
def test_a_choice_of_values_is_answered(
    values: tuple[str, ...], chosen: tuple[str, ...], expected: Answer
) -> None:
    assert facet_answer(values, chosen) is expected


def test_a_company_has_each_value_once_and_a_bare_dash_is_none() -> None:
    one = Company("alder", "Alder", industries=("b", "a", "b"), country="-", tags=("-", "x"))
    assert {facet.key: facet.values(one) for facet in FACETS} == {
        "industry": ("b", "a"),
        "country": (),
        "tag": ("x",),
    }
    assert [facet.values(Company("birch", "Birch")) for facet in FACETS] == [(), (), ()]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("software",), ("Software",)),
        (("OIL", "oil", "Oil"), ("OIL", "Oil")),
        (("-", "Unheard of"), ("-", "Unheard of")),
        ((), ()),
    ],
)
def test_a_choice_is_read_whatever_its_capitals_unless_they_tell_values_apart(
    chosen: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert spelled(chosen, spellings(("Oil", "OIL", "Software", "-"))) == expected


def test_what_is_not_stated_is_said_in_words() -> None:
    assert (value_words("-"), value_words("China")) == ("not stated", "China")


@pytest.mark.parametrize(
    ("scheme", "register"),
    [("lei", "LEI"), ("isin", "ISIN"), ("ticker", "Ticker"), ("trade_register", "Trade register")],
)
def test_a_register_is_called_as_people_call_it(scheme: str, register: str) -> None:
    assert Identifier(scheme, "1").register == register
