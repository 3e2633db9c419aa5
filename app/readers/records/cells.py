"""JSON's values as the texts of cells."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from .findings import MAX_CELL

JOINT = "; "
_NEVER_TEXT = re.compile("[\0\ud800-\udfff]")
_MAX_EXPONENT = 400


class NoCell(Exception):
    """What cannot stand in a cell: why, in words for a person."""


class Object(dict[str, Any]):
    """A JSON object that remembers a key which stands twice."""

    twice: str | None = None

    def __setitem__(self, key: str, value: Any) -> None:
        if key in self:
            self.twice = key
        super().__setitem__(key, value)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, Any]]) -> "Object":
        """The object that pairs make."""
        made = cls()
        for key, value in pairs:
            made[key] = value
        return made


def cell(value: Any) -> str | None:
    """The text of a JSON value; the scalars of a list joined by `; `, its nulls left out.

    A number is written as it stands, one with an exponent in full. Raises NoCell with what is
    wrong: an object, a list in a list, too many characters, what is no text.
    """
    if value is None:
        return None
    if isinstance(value, list):
        value = JOINT.join(_scalar(part) for part in value if part is not None)
    text = _scalar(value)
    if len(text) > MAX_CELL:
        raise NoCell(f"{len(text):,} characters in a cell; at most {MAX_CELL:,} are read")
    if found := _NEVER_TEXT.search(text):
        raise NoCell(f"holds U+{ord(found[0]):04X}, which is no text; take it out")
    return text


def _scalar(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        raise NoCell("an object in a cell; right would be text, a number or a list of them")
    if isinstance(value, list):
        raise NoCell("a list within a list; right would be a list of texts or numbers")
    return plain(value) if isinstance(value, Decimal) else str(value)


def plain(number: Decimal) -> str:
    """The number without an exponent, unless that would fill pages."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and abs(exponent) <= _MAX_EXPONENT:
        return format(number, "f")
    return str(number)
