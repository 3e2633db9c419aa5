"""Names of companies made alike, so that two spellings of one name can be found equal.

Written alike are case, accents, signs between words, `&` and `and`, and the spellings of one legal
form (`Incorporated`, `Inc.`). A legal form at the end says how a company is set up and is often
left out: it may be missing on one side, but two that differ are told apart. GROUP and HOLDING are
no legal forms: they tell a parent from its daughter, and are kept.
"""

import re
from collections.abc import Mapping

from msgspec import Struct

from ..profiles.search import fold

_FORMS = (
    ("inc", "incorporated"),
    ("corp", "corporation"),
    ("ltd", "limited"),
    ("plc", "public limited company"),
    ("co", "company"),
    ("llc", "l l c"),
    ("llp",),
    ("lp",),
    ("gmbh",),
    ("mbh",),
    ("ag", "aktiengesellschaft"),
    ("kg",),
    ("kgaa",),
    ("ohg",),
    ("se", "societas europaea"),
    ("sa", "s a", "societe anonyme"),
    ("sas",),
    ("sarl",),
    ("spa", "s p a"),
    ("srl",),
    ("nv", "n v"),
    ("bv", "b v"),
    ("ab", "aktiebolag"),
    ("asa",),
    ("as", "a s", "aktieselskab"),
    ("oy", "osakeyhtio"),
    ("oyj",),
    ("kk", "kabushiki kaisha"),
    ("pty",),
    ("sab", "sab de cv"),
    ("sacv", "sa de cv"),
)
"""Legal forms, each with its other spellings."""
_SPELT = {tuple(spelt.split()): spellings[0] for spellings in _FORMS for spelt in spellings}
_LAST_WORDS = frozenset(words[-1] for words in _SPELT)
_LONGEST = max(map(len, _SPELT))
_DOTS = re.compile(r"[.'’`]")
_WORDS = re.compile(r"[^\W_]+")


class NameKey(Struct, frozen=True):
    """A name for comparing: its words without the legal form, and the legal form, `` for none."""

    words: str
    form: str = ""

    @property
    def whole(self) -> str:
        """The words with the legal form."""
        return f"{self.words} {self.form}".rstrip()


def name_key(name: str) -> NameKey:
    """The name for comparing. What is nothing but a legal form is a name: `SAS`, `The Company`."""
    words = _WORDS.findall(_DOTS.sub("", fold(name)).replace("&", " and "))
    words = words[1:] if words[:1] == ["the"] and len(words) > 1 else words
    forms: list[str] = []
    while found := _form_at_end(words):
        length, form = found
        words = words[:-length]
        forms.insert(0, form)
    while words[-1:] == ["and"] and len(words) > 1 and forms:
        words.pop()  # What `& Co` leaves behind.
    return NameKey(" ".join(words), " ".join(forms))


def _form_at_end(words: list[str]) -> tuple[int, str] | None:
    """How many words at the end are a legal form, and which; never all of them."""
    end = len(words) - 1 if words[-1:] == ["and"] else len(words)
    if end < 2 or words[end - 1] not in _LAST_WORDS:
        return None
    for length in range(min(_LONGEST, end - 1), 0, -1):
        if form := _SPELT.get(tuple(words[end - length : end])):
            return length + len(words) - end, form
    return None


class NameTable:
    """The names that a table of aliases gives, else the name itself."""

    def __init__(self, aliases: Mapping[str, str]) -> None:
        self._names = {name_key(alias).whole: name_key(name) for alias, name in aliases.items()}

    def key(self, name: str) -> NameKey:
        """The name for comparing; an alias counts as the name it stands for."""
        key = name_key(name)
        return self._names.get(key.whole, key)
