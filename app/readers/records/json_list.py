"""A JSON file that holds a list of objects, read item by item."""

import io
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, cast

import ijson
from msgspec.structs import replace

from .cells import Object
from .encoding import choose_encoding
from .findings import Findings, Unreadable
from .form import Form
from .packed import Packed, open_bytes, read_sample

MAX_DIGITS = 4_000
"""Digits in a row: of more Python makes no number, and ijson then ends the whole process."""
_LONG = re.compile(rb"[0-9]{%d}" % MAX_DIGITS)
_EVENTS = 100_000
"""Events of a file that are looked at for lists, where none stands where it should."""


class JsonList:
    """The items of the list. `row` counts them from 1."""

    def __init__(self, path: Path, form: Form, findings: Findings) -> None:
        sample = read_sample(path)
        encoding = choose_encoding(form.encoding, sample)
        self.path, self.findings, self.row = path, findings, 0
        self.form = replace(form, encoding=encoding)
        if form.under is None and not sample.decode(encoding, "ignore").lstrip().startswith("["):
            raise Unreadable(f"holds no list at its top; {self._hint()}", 0)
        self.content = _Utf8(path, encoding)

    @property
    def share(self) -> float | None:
        return self.content.packed.share

    def close(self) -> None:
        self.content.close()

    def __iter__(self) -> Iterator[tuple[int, Any]]:
        prefix = "item" if self.form.under is None else f"{self.form.under}.item"
        try:
            for item in ijson.items(self.content, prefix, map_type=Object):
                self.row += 1
                yield self.row, item
        except (ijson.JSONError, ArithmeticError, ValueError) as error:
            raise Unreadable(f"this is not JSON: {_first_line(error)}") from error
        if not self.row and self.form.under is not None:
            raise Unreadable(f"no list with an item stands under {self.form.under}; {self._hint()}")

    def _hint(self) -> str:
        """Where a list of objects stands in the file."""
        found: dict[str, None] = {}
        with _Utf8(self.path, self.form.encoding or "utf-8-sig") as content:
            try:
                for prefix, event, _ in islice(ijson.parse(content), _EVENTS):
                    if event == "start_map" and prefix.endswith(".item"):
                        found[prefix.removesuffix(".item")] = None
            except (ijson.JSONError, ArithmeticError, ValueError) as error:
                return f"and this is not JSON: {_first_line(error)}"
        keys = [key for key in found if ".item." not in f".{key}."][:5]
        return f"right would be under: {' or '.join(keys)}" if keys else "a list of objects is read"


class _Utf8:
    """The bytes of a file as UTF-8, as ijson takes them."""

    def __init__(self, path: Path, encoding: str) -> None:
        content = open_bytes(path)
        self.packed = cast("Packed", content.raw)
        self.text = io.TextIOWrapper(content, encoding, newline="")
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        try:
            chunk = self.text.read(size).encode()
        except UnicodeError as error:
            hint = "save the file as UTF-8 or name its encoding"
            raise Unreadable(f"is not {self.text.encoding}: {error}; {hint}") from error
        self.tail = self._without_long_numbers(self.tail + chunk)
        return chunk

    def _without_long_numbers(self, window: bytes) -> bytes:
        """The end of what was read so far. Raises Unreadable for too many digits in a row."""
        # A run that long covers one of the places; only there it is worth a search.
        for place in range(0, len(window), MAX_DIGITS // 2):
            around = slice(max(0, place - MAX_DIGITS), place + MAX_DIGITS)
            if window[place : place + 1].isdigit() and _LONG.search(window[around]):
                raise Unreadable(f"a number of more than {MAX_DIGITS:,} digits")
        return window[-MAX_DIGITS:]

    def close(self) -> None:
        self.text.close()

    def __enter__(self) -> "_Utf8":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _first_line(error: Exception) -> str:
    """What ijson says, without its drawing of the place; it gives bytes as text now and then."""
    if isinstance(error, ArithmeticError):
        return "a number that is too large"
    return str(error).removeprefix("b'").split("\n")[0].split("\\n")[0].strip()
