"""Currency signs and ISO 4217 codes: which sign means which currency."""

from functools import lru_cache

from babel.numbers import get_currency_symbol, list_currencies

DOLLAR = "$"
SIGNS = {
    "US$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "A$": "AUD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "NT$": "TWD",
    "S$": "SGD",
    "R$": "BRL",
    "CN¥": "CNY",
    "JP¥": "JPY",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "₽": "RUB",
    "₺": "TRY",
    "₪": "ILS",
}
"""Signs that stand for one currency. `$` alone is the data set's; `¥` alone is two currencies."""

AMBIGUOUS = "¥"


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """Every ISO 4217 code, in capitals."""
    return frozenset(list_currencies("en"))


def currency_of(mark: str, dollar: str) -> str | None:
    """The ISO code of a sign or code, or None. `$` alone is `dollar`; `¥` alone is none."""
    if mark == DOLLAR:
        return dollar
    return SIGNS.get(mark.upper(), mark.upper() if mark.upper() in codes() else None)


def sign_agrees(sign: str, code: str, dollar: str) -> bool:
    """Whether a sign and a code printed together can mean one currency: `$14 CAD` can."""
    bare = sign[-1]
    return currency_of(sign, dollar) == code or (
        sign in (DOLLAR, AMBIGUOUS) and get_currency_symbol(code, "en").endswith(bare)
    )
