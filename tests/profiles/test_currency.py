import pytest

from app.profiles.currency import SIGNS, codes, currency_of, sign_agrees


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("$", "NZD"),
        ("US$", "USD"),
        ("us$", "USD"),
        ("€", "EUR"),
        ("usd", "USD"),
        ("CNY", "CNY"),
        ("¥", None),
        ("xqz", None),
        ("", None),
    ],
)
def test_a_mark_means_one_currency_or_none(mark: str, expected: str | None) -> None:
    assert currency_of(mark, dollar="NZD") == expected


@pytest.mark.parametrize(
    ("sign", "code", "expected"),
    [
        ("$", "USD", True),
        ("$", "CAD", True),
        ("$", "HKD", True),
        ("$", "EUR", False),
        ("$", "CNY", False),
        ("US$", "USD", True),
        ("US$", "CAD", False),
        ("€", "EUR", True),
        ("€", "USD", False),
        ("¥", "JPY", True),
        ("¥", "CNY", True),
        ("¥", "USD", False),
        ("CN¥", "JPY", False),
    ],
)
def test_a_sign_and_a_code_agree_if_they_can_mean_one_currency(
    sign: str, code: str, expected: bool
) -> None:
    assert sign_agrees(sign, code, dollar="USD") is expected


def test_every_sign_stands_for_a_code_that_exists() -> None:
    assert set(SIGNS.values()) <= codes()
    assert {"USD", "EUR", "CNY", "JPY", "CHF"} <= codes()
