"""One sign for a country, however a source writes it: for comparing, never for showing."""

import re
from functools import lru_cache

from babel import Locale

from ..profiles.search import fold

_ALSO = {
    "uk": "GB",
    "usa": "US",
    "great britain": "GB",
    "united states of america": "US",
    "czech republic": "CZ",
    "turkey": "TR",
    "hong kong": "HK",
    "macau": "MO",
    "macedonia": "MK",
    "ivory coast": "CI",
    "republic of korea": "KR",
    "korea": "KR",
    "russian federation": "RU",
    "viet nam": "VN",
}
"""Names that tables use and the list of Unicode (CLDR, in English) does not."""


@lru_cache(maxsize=10_000)
def country_key(text: str | None) -> str | None:
    """The ISO 3166 code of a country's English name or code; other text folded; None for none."""
    name = re.sub(r"[\W_]+", " ", fold(text or "")).strip().removeprefix("the ")
    return _names().get(name, name) or None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    territories = {
        code: name
        for code, name in Locale("en").territories.items()
        if re.fullmatch("[A-Z]{2}", code)
    }
    named = {re.sub(r"[\W_]+", " ", fold(name)): code for code, name in territories.items()}
    return named | {code.lower(): code for code in territories} | _ALSO
