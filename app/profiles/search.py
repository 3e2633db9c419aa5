"""Search terms: how text is folded and cut, the same for what is stored and what is asked.

A query word matches a text if it begins one of the text's terms. Scripts written without spaces
give one term for every character on (東京都 gives 東京都, 京都, 都), so that there any run of
characters begins a term.
"""

import re
import unicodedata

MAX_TERM = 100
"""Characters kept of a term; no query is longer."""

_ACCENTS = re.compile("[\u0300-\u036f]")
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_CJK = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3100-\u318f\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_RUNS = re.compile(rf"(?P<cjk>[{_CJK}]+)|[^\W_{_CJK}]+")


def fold(text: str) -> str:
    """The text without case, width and accents, for comparing."""
    if text.isascii():
        return text.lower()  # Most texts, in a tenth of the time.
    decomposed = unicodedata.normalize("NFKD", text)
    plain = unicodedata.normalize("NFKC", _ACCENTS.sub("", decomposed)).casefold()
    return plain.translate(_UNDECOMPOSED)


def words(query: str) -> tuple[str, ...]:
    """The folded words of a query, in order, each once."""
    return tuple(dict.fromkeys(found[0] for found in _RUNS.finditer(fold(query))))


def terms(text: str) -> frozenset[str]:
    """The terms under which a text is found."""
    found: set[str] = set()
    for run in _RUNS.finditer(fold(text)):
        starts = range(len(run[0])) if run["cjk"] else (0,)
        found.update(run[0][start : start + MAX_TERM] for start in starts)
    return frozenset(found)
