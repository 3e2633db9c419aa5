"""Search terms: how text is folded and cut, the same for what is stored and what is asked.

A query word matches a text if it begins one of the text's terms. Scripts written without spaces
(Chinese, Japanese, Thai and its neighbours; Korean too, which joins words) give one term for every
character on (東京都 gives 東京都, 京都, 都), so that there any run of characters begins a term.
An identifier is found where it is the whole query.
"""

import re
import unicodedata
from functools import lru_cache

MAX_TERM = 100
"""Characters kept of a term; no query is longer."""

_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]"
)
"""Accents, and the points and strokes that Hebrew and Arabic may write or leave out."""
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_UNSPACED = (
    "\u0e00-\u0e4e\u0e50-\u0e59\u0e80-\u0ed9\u0edc-\u0edf"
    "\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u17e0-\u17e9"
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963" + "".join(
    f"{chr(block + 0x01)}-{chr(block + 0x03)}{chr(block + 0x3C)}-{chr(block + 0x57)}"
    f"{chr(block + 0x62)}{chr(block + 0x63)}"
    for block in range(0x0980, 0x0D80, 0x80)
)
"""Vowel signs of the scripts of India, parts of a word that count as no letters of their own."""
_RUNS = re.compile(
    rf"(?P<unspaced>[{_UNSPACED}]+)|(?:[^\W_{_UNSPACED}]|(?<=\w)[{_MARKS}]|(?<=[{_MARKS}])[{_MARKS}])+"
)
_ASCII_RUNS = re.compile("[a-z0-9]+")
"""What `_RUNS` finds in a folded text of ASCII, in a third of the time."""


def fold(text: str) -> str:
    """The text without case, width and accents, for comparing."""
    if text.isascii():
        return text.lower()  # Most texts, in a tenth of the time.
    return _folded(text)


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    """The same of any text; kept for a while, since a name is folded for several ends."""
    decomposed = unicodedata.normalize("NFKD", text)
    plain = unicodedata.normalize("NFKC", _ACCENTS.sub("", decomposed)).casefold()
    return plain.translate(_UNDECOMPOSED)


def words(query: str) -> tuple[str, ...]:
    """The folded words of a query, in order, each once."""
    return tuple(dict.fromkeys(found[0] for found in _RUNS.finditer(fold(query))))


def identifier_term(text: str) -> str:
    """The one term of an identifier: without case, blanks and signs, behind a sign.

    No word holds the sign, so that no word ever begins such a term. Blank where nothing is left.
    """
    plain = "".join(found[0] for found in _RUNS.finditer(fold(text)))
    return f"={plain}" if plain else ""


def terms(text: str) -> frozenset[str]:
    """The terms under which a text is found."""
    folded = fold(text)
    if folded.isascii():
        return frozenset(run[:MAX_TERM] for run in _ASCII_RUNS.findall(folded))
    found: set[str] = set()
    for run in _RUNS.finditer(folded):
        starts = range(len(run[0])) if run["unspaced"] else (0,)
        found.update(run[0][start : start + MAX_TERM] for start in starts)
    return frozenset(found)
