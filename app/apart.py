"""Reading a large table in several processes: one reads its records, others find out what they say.

A process that reads lives on its input: it ends when that ends, however its parent did.
"""

import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO

import msgspec

from app.errors import AppError
from app.profiles.company import Company
from app.readers.batches import Batch, BatchReader, Said, Task
from app.store.laying import Layer, lay_anew

MOST = 2
"""Processes that read: with one that writes down what they say no more are kept busy."""
AHEAD = 2
"""Batches that wait for each."""
_HEAD = 8
"""Bytes that tell the length of what follows."""

_encode = msgspec.msgpack.Encoder().encode
_task = msgspec.msgpack.Decoder(Task).decode
_batch = msgspec.msgpack.Decoder(Batch).decode
_said = msgspec.msgpack.Decoder(list[Said]).decode


class ReadingEnded(AppError):
    """A process that reads ended before it had said all."""

    title = "The data could not be read"

    def __init__(self, status: int) -> None:
        super().__init__(
            f"a process that read a part of the table ended too soon (status {status})"
        )


class Apart:
    """Processes that read. See `batches.Elsewhere`."""

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def read(self, task: Task, batches: Iterable[Batch]) -> Iterator[list[Said]]:
        """What the rows of each batch say, batch after batch. Raises ReadingEnded."""
        with ExitStack() as stack:
            idle: SimpleQueue[_Process] = SimpleQueue()
            for _ in range(self.processes):
                idle.put(stack.enter_context(_Process(_encode(task))))
            threads = stack.enter_context(ThreadPoolExecutor(self.processes, "reading apart"))
            waiting: deque[Future[bytes]] = deque()
            for batch in batches:
                waiting.append(threads.submit(_ask, idle, _encode(batch)))
                if len(waiting) > self.processes * AHEAD:
                    yield _said(waiting.popleft().result())
            while waiting:
                yield _said(waiting.popleft().result())

    def pack_anew(self, content: bytes, filed: Company) -> bytes:
        """A packed company with slug and facets of another."""
        return lay_anew(content, filed)


def readers() -> Apart | None:
    """As many processes as this machine can keep busy; None where that is one."""
    processes = min(len(os.sched_getaffinity(0)), MOST)
    return Apart(processes) if processes > 1 else None


def _ask(idle: "SimpleQueue[_Process]", asked: bytes) -> bytes:
    process = idle.get()
    try:
        return process.ask(asked)
    finally:
        idle.put(process)


class _Process:
    """A process that reads, from here."""

    def __init__(self, task: bytes) -> None:
        code = "from app.apart import answer; answer()"
        root = str(Path(__file__).parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - it is this program itself
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        _put(self._to, task)

    def __enter__(self) -> "_Process":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        with suppress(BrokenPipeError):  # What it was not told yet.
            self._to.close()
        self._from.close()

    def ask(self, asked: bytes) -> bytes:
        """What it answers. Raises ReadingEnded."""
        try:
            _put(self._to, asked)
        except BrokenPipeError:
            found = None
        else:
            found = _take(self._from)
        if found is None:
            raise ReadingEnded(self._process.wait())
        return found


def answer() -> None:
    """Be a process that reads, until there is no more to read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Its parent is told, and ends it.
    source, target = sys.stdin.buffer, sys.stdout.buffer
    if (first := _take(source)) is None:
        return
    reader = BatchReader(_task(first), lambda head: Layer(head).lay_up)
    while (asked := _take(source)) is not None:
        _put(target, _encode(reader.read(_batch(asked))))


def _put(target: IO[bytes], content: bytes) -> None:
    target.write(len(content).to_bytes(_HEAD, "big"))
    target.write(content)
    target.flush()


def _take(source: IO[bytes]) -> bytes | None:
    """The next message; None where it, or any, has ended."""
    length = int.from_bytes(source.read(_HEAD), "big")
    content = source.read(length)
    return content if length and len(content) == length else None
