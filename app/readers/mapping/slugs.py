"""Slugs of companies that have none: made from the name, the same at every reading."""

import hashlib
import re

from ...profiles.search import fold
from ..entries import MAX_KEY

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

    All are remembered, some ten bytes each: the one thing that grows with the table.
    """

    def __init__(self) -> None:
        self._taken = _Marks()
        self._next: dict[str, int] = {}

    def claim(self, wanted: str) -> str:
        """The slug wanted, or the first of its numbered ones that is free."""
        if self._taken.add(wanted):
            return wanted
        number = self._next.get(wanted, 2)
        while not self._taken.add(slug := f"{wanted}-{number}"):
            number += 1
        self._next[wanted] = number + 1
        return slug


class _Marks:
    """Texts, each remembered by 78 bits of its digest: that of a billion any two share them has a
    chance of one in half a million.
    """

    HEAPS, MARK = 1 << 14, 8

    def __init__(self) -> None:
        self._heaps = [bytearray() for _ in range(self.HEAPS)]

    def add(self, text: str) -> bool:
        """Remember a text; False where it was there before."""
        digest = hashlib.blake2b(text.encode(), digest_size=2 + self.MARK).digest()
        heap = self._heaps[int.from_bytes(digest[:2], "big") % self.HEAPS]
        mark = digest[2:]
        found = heap.find(mark)
        while found > 0 and found % self.MARK:  # It may stand across two others.
            found = heap.find(mark, found + 1)
        if found < 0:
            heap += mark
        return found < 0
