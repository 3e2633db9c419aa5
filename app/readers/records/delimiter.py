"""Which sign stands between the cells of a delimited file."""

import csv
from collections.abc import Sequence

from .findings import Unreadable

_USUAL = (",", ";", "\t", "|")
_NAMES = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|"}
LOOKED_AT = 50
"""Rows by which a delimiter is judged."""


def named_delimiter(asked: str) -> str:
    """The sign asked for, itself or by name as `tab`. Raises Unreadable for no single sign."""
    sign = _NAMES.get(asked, asked)
    if len(sign) != 1 or sign in '"\r\n\0\ufeff':
        raise Unreadable(f"“{asked}” is no delimiter; right would be one sign as ; or tab", 0)
    return sign


def find_delimiter(lines: Sequence[str]) -> str:
    """The usual sign that cuts the most rows into as many cells as the first; else the comma.

    csv.Sniffer counts signs in the whole text, in quotes too; so the signs are tried, and csv
    reads the rows. Of two that fit as many rows the one that gives more columns is taken.
    """
    return max(_USUAL, key=lambda sign: _fit(lines, sign))


def _fit(lines: Sequence[str], sign: str) -> tuple[float, int]:
    widths: list[int] = []
    try:
        for row in csv.reader(lines, delimiter=sign):
            if row:
                widths.append(len(row))
            if len(widths) == LOOKED_AT:
                break
    except csv.Error:
        pass  # The lines may end within quotes; the rows before that are judged.
    if not widths or widths[0] < 2:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]
