"""A place between two lines of a list, as an opaque text that a URL can carry."""

import base64
import binascii
import json
import unicodedata
from typing import Any

from msgspec import Struct

_OLD_FORM = 6
"""Values in a cursor of an earlier version of the program."""


class Cursor(Struct, frozen=True):
    """The sort values of the line that the cursor lies behind, or before.

    `key` is the lower bound in half steps, a folded name, or None where there is no figure.
    """

    sort: str
    answer: int
    key: int | str | None
    slug: str
    before: bool = False

    def text(self) -> str:
        """The cursor as a text for a URL."""
        values = [self.sort, self.answer, self.key, self.slug, self.before]
        packed = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str, sort: str) -> "Cursor | None":
        """The cursor of a text; None for one that an earlier version of the program wrote, which
        leads to the first page. Raises ValueError if it is no cursor, or of another order.
        """
        padded = text + "=" * (-len(text) % 4)
        try:
            values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (binascii.Error, ValueError, RecursionError):
            raise ValueError("no cursor") from None
        if isinstance(values, list) and len(values) == _OLD_FORM and values[0] == sort:
            return None
        if not _is_sound(values) or values[0] != sort:
            raise ValueError("no cursor of this order")
        return cls(*values)


def _is_sound(values: Any) -> bool:
    """Whether these are a cursor's values, each of its type: the text came from outside."""
    if not isinstance(values, list) or len(values) != len(Cursor.__struct_fields__):
        return False
    sort, answer, key, slug, before = values
    kind = str if str(sort).removeprefix("-") == "name" else int
    return (
        all(isinstance(text, str) and _is_clean(text) for text in (sort, slug))
        and type(before) is bool
        and type(answer) is int
        and (key is None or type(key) is kind)
        and all(abs(number) < 2**63 for number in (answer, key) if isinstance(number, int))
        and (not isinstance(key, str) or _is_clean(key))
    )


def _is_clean(text: str) -> bool:
    """Whether any database can compare with a text: no control characters and no surrogates."""
    return not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)
