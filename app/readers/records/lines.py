"""The lines of a text file, counted, with what is wrong with them."""

import io
import re
from collections.abc import Iterator
from typing import cast

from .findings import Unreadable
from .packed import Packed

MAX_LINE = 10_000_000
"""Characters of a line: what is longer is no table, and must not fill the memory."""
_CTRL_Z = "\x1a"
_ESCAPED = re.compile("[\udc80-\udcff]")
"""How Python keeps a byte that is not in the encoding (PEP 383)."""


class Lines:
    """Lines with their ends, as they stand. Raises Unreadable where no more can be read.

    `number` is the line given last, from 1. `length` counts characters and `trouble` says what is
    wrong with a line since they were last set back by `begin`.
    """

    def __init__(self, content: io.BufferedReader, encoding: str) -> None:
        self.packed = cast("Packed", content.raw)
        self.encoding = encoding
        # Line ends are left alone, so that a cell in quotes keeps its own.
        self.text = io.TextIOWrapper(content, encoding, "surrogateescape", newline="")
        self.number = 0
        self.last = ""
        self.begin()

    def begin(self) -> None:
        """Begin a row: what is told from here on belongs to it."""
        self.length = 0
        self.trouble: str | None = None

    def __iter__(self) -> Iterator[str]:
        for line in self._whole():
            self.number += 1
            self.length += len(line)
            self.last = line
            if "\0" in line:
                self.trouble = "holds a NUL character; take it out"
            if not line.isascii() and (found := _ESCAPED.search(line)):
                self.trouble = self._not_in_encoding(ord(found[0]) - 0xDC00)
            yield line

    def close(self) -> None:
        self.text.close()

    def _whole(self) -> Iterator[str]:
        """Lines as far as they go; a lone Ctrl-Z at the end is an old mark of the end."""
        while line := self._next():
            if line.rstrip("\r\n") == _CTRL_Z:
                if not (after := self._next()):
                    return
                yield line
                line = after
            yield line

    def _next(self) -> str:
        try:
            line = self.text.readline(MAX_LINE)
        except UnicodeError as error:
            raise Unreadable(f"is not {self.encoding}: {error}; name its encoding") from error
        if len(line) == MAX_LINE and not line.endswith(("\r", "\n")):
            raise Unreadable(f"a line of more than {MAX_LINE:,} characters, which is no table")
        return line

    def _not_in_encoding(self, byte: int) -> str:
        name = self.encoding.removesuffix("-sig").upper()
        return f"the byte 0x{byte:02x} is not {name}; save the file as UTF-8 or name its encoding"
