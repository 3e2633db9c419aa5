"""Postings: texts, each with the places of the companies that have it, in the order of texts."""

from array import array
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from .spool import Spool

_OF_TEXT, _OF_PLACE = 200, 4
"""Bytes that a text takes beside itself, and each of its places."""


class Postings:
    """Takes texts in any order, places in rising order; gives back each text once, in order.

    Some `room` bytes of memory are filled; what is more lies in a spool.
    """

    def __init__(self, folder: Path | None, room: int) -> None:
        self._room = self._free = room
        self._places: dict[str, array[int]] = {}
        self._spool = Spool(folder, room // 2)

    def add_all(self, texts: Sequence[str], place: int) -> None:
        """The company at a place has some texts, each once."""
        held = self._places
        for text in texts:
            if (places := held.get(text)) is None:
                held[text] = array("I", (place,))
                self._free -= _OF_TEXT + len(text)
            else:
                places.append(place)
        self._free -= _OF_PLACE * len(texts)
        if self._free < 0:
            self._put_by()

    def __iter__(self) -> Iterator[tuple[str, "array[int]"]]:
        self._put_by()
        for text, same in groupby(self._spool, key=itemgetter(0)):
            places = array("I")
            for _, _, packed in same:
                places.frombytes(packed)
            yield text, places

    def close(self) -> None:
        """Give the room back."""
        self._places = {}
        self._spool.close()

    def _put_by(self) -> None:
        for text, places in self._places.items():
            self._spool.add(text, places[0], places.tobytes())
        self._places, self._free = {}, self._room
