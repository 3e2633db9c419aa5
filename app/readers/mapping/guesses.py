"""What the columns of a table may mean, guessed from their names and a sample of their cells.

Only for a first draft that a person corrects; no table is ever read by a guess.
"""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from msgspec import Struct

from ...profiles.currency import SIGNS, codes
from ...profiles.measures import BUILT_IN, Kind
from ...profiles.notation import SCALES
from .numbers import NumberStyle

MARKS = frozenset(
    (
        *("-", "–", "—", ".", "..", "…", ":", "?", "x", "n/a", "na", "n.a.", "n.a", "none"),
        *("#n/a", "#na", "#num!", "#value!", "#ref!", "#div/0!", "null", "nan", "nil"),
    )
)
"""Texts that commonly stand for a missing number, in lower case."""
TOTALS = frozenset(("total", "totals", "sum", "all", "grand total", "overall"))
_ASIDE = re.compile(
    r"growth|cagr|change|rank|margin|profitability|per (?:employee|share)|\bint\.", re.IGNORECASE
)
_IDENTITY = {
    "name": r"(?:company|firm|organi[sz]ation|entity|issuer|legal)?[ _.]*name|company|firm|entity",
    "country": r".*\bcountry\b.*",
    "industries": r".*(?:industry|industrial|sector|branch)\b.*",
    "lei": r"lei(?: code)?",
    "isin": r"isin(?: code)?",
    "ticker": r"ticker|symbol",
    "cik": r"cik",
    "currency": r"currency(?: code)?",
    "period": r"(?:fiscal |financial )?(?:year|period)",
}
IDENTIFIERS = ("lei", "isin", "ticker", "cik")


class Candidate(Struct, frozen=True):
    """A measure that a header may mean. What is not built in must be declared."""

    key: str
    label: str
    kind: Kind
    words: str
    negative: bool = False

    @property
    def built_in(self) -> bool:
        """Whether the measure needs no declaration."""
        return any(measure.key == self.key for measure in BUILT_IN)


CANDIDATES = (
    Candidate("rd_share_revenue", "", Kind.SHARE, r"(?:r&d|research).*(?:intensity|share|% of)"),
    Candidate("rd_staff", "", Kind.COUNT, r"(?:r&d|research).*(?:staff|employees)"),
    Candidate("rd_spend", "R&D spend", Kind.MONEY, r"r&d|research and development"),
    Candidate("employees", "", Kind.COUNT, r"employees|headcount|workforce|\bstaff\b"),
    Candidate("revenue", "", Kind.MONEY, r"revenue|turnover|\bsales\b"),
    Candidate("capex", "Capital expenditure", Kind.MONEY, r"\bcapex\b|capital expenditure"),
    Candidate(
        "operating_profit", "Operating profit", Kind.MONEY, r"\bop\w*\.? ?profit|\bebit\b", True
    ),
    Candidate("profit", "Profit", Kind.MONEY, r"\bprofits?\b|net income", True),
    Candidate("market_value", "Market value", Kind.MONEY, r"market (?:cap|value)"),
    Candidate("founded", "", Kind.YEAR, r"founded|founding|established"),
    Candidate("countries", "", Kind.COUNT, r"(?:number of )?countries"),
)
"""The first whose words a header holds is meant."""


def measure_of(header: str) -> Candidate | None:
    """The measure that a header may mean; none for growth, ranks and other things worked out."""
    words = _words(header)
    if _ASIDE.search(words):
        return None
    found = (one for one in CANDIDATES if re.search(one.words, words, re.IGNORECASE))
    return next(found, None)


def column_for(part: str, columns: Iterable[str]) -> str | None:
    """The column that may hold the name, the country, … of a company; the first that fits."""
    for column in columns:
        dotted = column.rpartition(".")[2]
        for text in (_words(column), _words(dotted)):
            if re.fullmatch(_IDENTITY[part], text, re.IGNORECASE):
                return column
    return None


def _words(header: str) -> str:
    """A header as words: `LegalName` and `legal_name` are two."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", header).strip()


def times_of(header: str) -> str | None:
    """The scale word of a header: `million` of `Sales (€million)`."""
    found = re.search(
        r"(?<![a-z])(thousand|million|billion|trillion|mn|bn)s?(?![a-z])", header, re.IGNORECASE
    )
    if found is None:
        return None
    factor = SCALES[found[1].lower()]
    return next(word for word in SCALES if SCALES[word] == factor and len(word) > 2)


def currency_in(header: str) -> str | None:
    """The currency that a header names by its sign or code; `$` alone is none."""
    for sign in sorted(SIGNS, key=len, reverse=True):
        if sign in header:
            return SIGNS[sign]
    named = (code for code in re.findall(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])", header))
    return next((code for code in named if code in codes()), None)


def style_of(cells: Sequence[str]) -> NumberStyle:
    """The number style in which most cells can be read; a point is the decimal sign in doubt."""
    brackets = any(re.fullmatch(r"\([\d., ]+\)", cell) for cell in cells)
    styles = [NumberStyle(None, sign, brackets) for sign in (".", ",")]
    return max(styles, key=lambda style: sum(style.plain(cell) is not None for cell in cells))


def marks_in(cells: Iterable[str]) -> tuple[str, ...]:
    """The texts among the cells that commonly stand for missing, each once."""
    return tuple(dict.fromkeys(cell for cell in cells if cell.lower() in MARKS))


def zeros_in(cells: Iterable[str], style: NumberStyle) -> Fraction:
    """The part of the cells that are 0: many may mean that nothing is known."""
    numbers = [style.plain(cell) for cell in cells]
    return Fraction(sum(number == 0 for number in numbers), len(numbers)) if numbers else Fraction()
