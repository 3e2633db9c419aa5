"""Slugs of companies that have none: made from the name, the same at every reading."""

import hashlib
import re

from app.profiles.search import fold
from app.readers.entries import MAX_KEY

_RUNS = re.compile("[a-z0-9]+")
_APOSTROPHES = str.maketrans("", "", "'’`")
_ROOM = 8
"""Characters kept free for what tells two of one name apart, as `-2`."""


def slug_of(name: str) -> str:
    """The slug of a name: `Nestlé S.A.` is `nestle-s-a`. At most 72 characters.

    Letters lose their case and accents (NFKD), all else is a hyphen. A name with letters or
    digits that ASCII has not, as `Газпром` or `腾讯 Music`, is told by what is left of it, or by
    `company`, and eight hexadecimal digits of the SHA-256 of the whole folded name: no other
    name shares them, and they never change.
    """
    folded = fold(name)
    quoted = not folded.isascii() or "'" in folded or "`" in folded
    slug = "-".join(_RUNS.findall(folded.translate(_APOSTROPHES) if quoted else folded))
    if not slug or not _in_ascii(folded):
        mark = hashlib.sha256(" ".join(folded.split()).encode()).hexdigest()[:8]
        return f"{_cut(slug or 'company', MAX_KEY - _ROOM - 9)}-{mark}"
    return _cut(slug, MAX_KEY - _ROOM)


def _in_ascii(folded: str) -> bool:
    """Whether all letters and digits are ASCII; other signs do not count."""
    return folded.isascii() or not any(sign.isalnum() and sign > "\x7f" for sign in folded)


def _cut(slug: str, length: int) -> str:
    """A slug of at most so many characters, at a hyphen where there is one."""
    if len(slug) <= length:
        return slug
    head, _, tail = slug[: length + 1].rpartition("-")
    return (head or tail[:length]).rstrip("-")


class Slugs:
    """Slugs given out so far: the second of one slug is `-2`, the third `-3`, past those taken.

    All are remembered by a mark of 60 bits, some 60 bytes each in memory: the one thing that grows
    with the table. Among a million there is one chance in two million that two slugs have the
    same; the later is then numbered without need, at every reading alike.
    """

    def __init__(self) -> None:
        self._taken: set[int] = set()
        self._next: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """The slug wanted, or the first of its numbered ones that is free."""
        slug, mark = wanted, _mark(wanted)
        if mark in self._taken:
            number = self._next.get(wanted, 2)
            while (mark := _mark(slug := f"{wanted}-{number}")) in self._taken:
                number += 1
            self._next[wanted] = number + 1
        self._taken.add(mark)
        return slug


def _mark(slug: str) -> int:
    """Bits that no other slug is likely to have, as many as Python keeps in the fewest bytes."""
    return int.from_bytes(hashlib.blake2b(slug.encode(), digest_size=8).digest(), "big") >> 4
