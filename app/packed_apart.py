"""Packing in a process of its own, while rows are written here."""

from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread

import msgspec

from app import processes
from app.processes import Process, ProcessEnded
from app.store.packing import Layout, Packer, Put, Resting
from app.store.rows import Row

TOGETHER = 500
"""Companies that are told of at a time."""
ROOM = 8_000_000
"""Bytes of what is packed at the end that are taken before anybody asks for them."""


class _Begun(msgspec.Struct, array_like=True):
    """What packing begins with."""

    layout: Layout
    folder: str | None


class _Made(msgspec.Struct, array_like=True):
    """Rows of a table, in the bytes of their message; or at the end what rests on each source."""

    table: str
    rows: list[Row]
    resting: Resting | None = None


_encode = msgspec.msgpack.Encoder().encode
_begun = msgspec.msgpack.Decoder(_Begun).decode
_told = msgspec.msgpack.Decoder(list[bytes]).decode
_made = msgspec.msgpack.Decoder(_Made).decode


class PackedApart:
    """Packs the companies of a generation elsewhere. See `packing.Packer`."""

    def __init__(self, layout: Layout, folder: Path | None, put: Put) -> None:
        begun = _Begun(layout, str(folder) if folder else None)
        self._process = Process("app.packed_apart", "pack", _encode(begun))
        self._put, self._told = put, list[bytes]()
        self._resting: Resting | None = None
        self._ended, self._wanted = Event(), Event()
        self._answers: SimpleQueue[bytes | ProcessEnded] = SimpleQueue()
        # What is answered is taken at once, so that neither ever waits for the other to listen; at
        # the end, when nothing more is told, no more of it than there is room for.
        self._listener = Thread(target=self._listen, name="packed apart", daemon=True)
        self._listener.start()

    def __enter__(self) -> "PackedApart":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.end()
        self._wanted.set()
        self._listener.join()
        self._process.__exit__()

    def add(self, to_pack: bytes) -> None:
        """Take the company of the next place. Raises ProcessEnded."""
        self._told.append(to_pack)
        if len(self._told) == TOGETHER:
            self._tell()

    def end(self) -> None:
        """Tell that there are no more. Raises ProcessEnded."""
        self._tell()
        self._ended.set()
        self._process.tell(_encode([]))

    def finish(self) -> Resting:
        """Wait for all that is not packed yet. Raises ProcessEnded."""
        self._wanted.set()
        while self._resting is None:
            self._write(self._answers.get())
        return self._resting

    def _tell(self) -> None:
        if self._told:
            self._process.tell(_encode(self._told))
        self._told = []
        while not self._answers.empty():
            self._write(self._answers.get())

    def _write(self, answer: bytes | ProcessEnded) -> None:
        if isinstance(answer, ProcessEnded):
            raise answer
        made = _made(answer)
        if made.rows:
            self._put(made.table, made.rows)
        self._resting = made.resting

    def _listen(self) -> None:
        taken = 0
        try:
            while True:
                answer = self._process.answer()
                self._answers.put(answer)
                taken += len(answer) if self._ended.is_set() else 0
                if taken > ROOM:
                    self._wanted.wait()
        except ProcessEnded as ended:
            self._answers.put(ended)


def pack() -> None:
    """Be a process that packs, until it is told that there is no more."""
    messages = processes.asked()
    if (first := next(messages, None)) is None:
        return
    begun = _begun(first)
    folder = Path(begun.folder) if begun.folder else None
    with Packer(begun.layout, folder, lambda name, rows: _answer(name, list(rows))) as packer:
        for message in messages:
            if not (told := _told(message)):
                _answer("", [], packer.finish())
                return
            for to_pack in told:
                packer.add(to_pack)


def _answer(name: str, rows: list[Row], resting: Resting | None = None) -> None:
    processes.answer(_encode(_Made(name, rows, resting)))
