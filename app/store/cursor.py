"""A place between two lines of a list, as a word that an URL can carry."""

import base64
import binascii
import json
import unicodedata
from typing import Any

from msgspec import Struct


class Cursor(Struct, frozen=True):
    """A place between two lines: the sort values of the line it lies behind, or before."""

    sort: str
    answer: int
    key: int | str | None
    open: bool
    slug: str
    before: bool = False

    def text(self) -> str:
        """The cursor as an opaque word of an URL."""
        values = [self.sort, self.answer, self.key, self.open, self.slug, self.before]
        packed = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, sort: str) -> "Cursor | None":
        """The cursor of a word, or None if it is none of ours or of another order."""
        try:
            padded = text + "=" * (-len(text) % 4)
            values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (binascii.Error, ValueError, RecursionError):
            return None
        return cls(*values) if _sound(values) and values[0] == sort else None


def _sound(values: Any) -> bool:
    """Whether these are a cursor's values, each of its kind: the word came from outside."""
    if not isinstance(values, list) or len(values) != 6:
        return False
    sort, answer, key, opened, slug, before = values
    kind = str if str(sort).removeprefix("-") == "name" else int
    return (
        all(isinstance(text, str) and _clean(text) for text in (sort, slug))
        and all(type(flag) is bool for flag in (opened, before))
        and type(answer) is int
        and (key is None or type(key) is kind)
        and all(abs(n) < 2**63 for n in (answer, key) if isinstance(n, int))
        and (not isinstance(key, str) or _clean(key))
    )


def _clean(text: str) -> bool:
    """Whether a text can be asked of any database: without control characters and halves."""
    return not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)
