"""The stock of a load in a process of its own: it lays in order and packs while rows are written
here.
"""

from collections.abc import Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Semaphore, Thread

import msgspec

from . import processes
from .processes import Process, ProcessEnded
from .store.laying import Flat
from .store.packing import Layout, Put, Resting
from .store.rows import Row
from .store.stock import Stock, Write

TOGETHER = 500
"""Companies that are told of at a time."""
AHEAD = 4
"""Answers that are taken before anybody asks for them."""


class _Begun(msgspec.Struct, array_like=True):
    """What a stock begins with."""

    layout: Layout
    folder: str | None


class _Part(msgspec.Struct, array_like=True):
    """A part of what is given: companies, or rows of a table; at the end what rests on each
    source.
    """

    companies: int = 0
    flat: Sequence[Flat] = ()
    table: str = ""
    rows: Sequence[Row] = ()
    resting: Resting | None = None


_encode = msgspec.msgpack.Encoder().encode
_begun = msgspec.msgpack.Decoder(_Begun).decode
_items = msgspec.msgpack.Decoder(list[tuple[str, bytes]]).decode
_part = msgspec.msgpack.Decoder(_Part).decode


class StockApart:
    """Companies laid up elsewhere. See `stock.Stock`."""

    def __init__(self, layout: Layout, folder: Path | None) -> None:
        begun = _Begun(layout, str(folder) if folder else None)
        self._process = Process(__name__, "keep", _encode(begun))
        self._items: list[tuple[str, bytes]] = []
        self._answers: SimpleQueue[bytes | ProcessEnded] = SimpleQueue()
        # What is given is taken while what came before is written, as far ahead as there is room.
        self._room, self._open = Semaphore(AHEAD), True
        self._listener = Thread(target=self._listen, name="stock apart", daemon=True)
        self._listener.start()

    def __enter__(self) -> "StockApart":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.end()
        self._open = False
        self._room.release()
        self._listener.join()
        self._process.__exit__()

    def add(self, slug: str, laid_up: bytes) -> None:
        """Take a company, the slugs of all being different. Raises ProcessEnded."""
        self._items.append((slug, laid_up))
        if len(self._items) == TOGETHER:
            self._tell()

    def give(self, write: Write, put: Put) -> Resting:
        """Give all back, and what is packed of them. Raises ProcessEnded."""
        if self._items:
            self._tell()
        self._tell()
        while True:
            answer = self._answers.get()
            self._room.release()
            if isinstance(answer, ProcessEnded):
                raise answer
            part = _part(answer)
            if part.companies:
                write(part.companies, part.flat)
            if part.rows:
                put(part.table, part.rows)
            if part.resting is not None:
                return part.resting

    def _tell(self) -> None:
        """Tell of some companies; of none, that there are no more."""
        self._process.tell(_encode(self._items))
        self._items = []

    def _listen(self) -> None:
        try:
            while self._open:
                self._room.acquire()
                self._answers.put(self._process.answer())
        except ProcessEnded as ended:
            self._answers.put(ended)


def keep() -> None:
    """Be a process that keeps a stock, until it is told that there is no more."""
    messages = processes.asked()
    if (first := next(messages, None)) is None:
        return
    begun = _begun(first)
    with Stock(begun.layout, Path(begun.folder) if begun.folder else None) as stock:
        for message in messages:
            if not (items := _items(message)):
                _answer(_Part(resting=stock.give(_companies, _packed)))
                return
            for slug, laid_up in items:
                stock.add(slug, laid_up)


def _companies(companies: int, flat: Sequence[Flat]) -> None:
    _answer(_Part(companies, flat))


def _packed(table: str, rows: Sequence[Row]) -> None:
    _answer(_Part(table=table, rows=rows))


def _answer(part: _Part) -> None:
    processes.answer(_encode(part))
