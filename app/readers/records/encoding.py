"""Which encoding a text file is in: by its first bytes, else by trying."""

import codecs
import io

from charset_normalizer import from_bytes

from .findings import Unreadable
from .packed import SAMPLE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; UTF-32's begins with UTF-16's and so stands before it."""
_WESTERN = "cp1252"


def choose_encoding(asked: str | None, sample: bytes) -> str:
    """The encoding asked for, or found. Raises Unreadable for an encoding nobody knows."""
    if asked is None:
        return find_encoding(sample)
    try:
        name = codecs.lookup(asked).name
        io.TextIOWrapper(io.BytesIO(), name)  # Refuses what encodes no text, as hex.
    except LookupError as error:
        right = "right would be utf-8, utf-16, cp1252, gb18030 or another that Python knows"
        raise Unreadable(f"“{asked}” is no encoding of text; {right}", 0) from error
    return "utf-8-sig" if name == "utf-8" else name


def find_encoding(sample: bytes) -> str:
    """UTF-8, UTF-16 or UTF-32 where the bytes say so, else the likeliest of the older ones.

    Raises Unreadable where none fits. Where several read the sample alike, it is cp1252, of which
    there are most; a guess is told by the form of what was opened.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if sample.count(0) * 4 > len(sample):
        hint = "name its encoding, as utf-16-le"
        raise Unreadable(f"holds NUL bytes, as UTF-16 without a mark does; {hint}", 0)
    if _is_utf8(sample):
        return "utf-8-sig"
    whole_lines = sample[: sample.rfind(b"\n") + 1] or sample
    best = from_bytes(whole_lines).best()
    if best is None:
        raise Unreadable("its encoding cannot be found out; name it, as cp1252", 0)
    return _WESTERN if _WESTERN in best.could_be_from_charset else best.encoding


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) < SAMPLE)
    except UnicodeDecodeError:
        return False
    return True
