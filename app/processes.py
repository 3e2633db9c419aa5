"""Processes of this program that do a part of its work, and the messages between them.

Such a process lives on its input: it ends when that ends, however its parent did.
"""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from .errors import AppError

_HEAD = 8
"""Bytes that tell the length of what follows."""


class ProcessEnded(AppError):
    """A process ended before it had done its part."""

    title = "The data could not be loaded"

    def __init__(self, status: int) -> None:
        super().__init__(f"a process that did a part of the work ended too soon (status {status})")


class Process:
    """A process that runs a function of a module of ours, from here."""

    def __init__(self, module: str, function: str, first: bytes) -> None:
        root = str(Path(__file__).parent.parent)
        path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(  # noqa: S603 - it is this program itself
            # Without the folder it is started in, which may hold an `app` of its own.
            [sys.executable, "-P", "-c", f"from {module} import {function}; {function}()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._to, self._from = self._process.stdin, self._process.stdout
        self.tell(first)

    def __enter__(self) -> "Process":
        return self

    def end(self) -> None:
        """End it, wherever it is."""
        self._process.kill()
        self._process.wait()

    def __exit__(self, *_: object) -> None:
        self.end()
        with suppress(BrokenPipeError):  # What it was not told yet.
            self._to.close()
        self._from.close()

    def tell(self, message: bytes) -> None:
        """Tell it something. Raises ProcessEnded."""
        try:
            put(self._to, message)
        except BrokenPipeError:
            raise ProcessEnded(self._process.wait()) from None

    def answer(self) -> bytes:
        """What it answers next. Raises ProcessEnded."""
        found = take(self._from)
        if found is None:
            raise ProcessEnded(self._process.wait())
        return found


def asked() -> Iterator[bytes]:
    """What this process is told by its parent, one message after another."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Its parent is told, and ends it.
    gc.freeze()
    gc.set_threshold(20_000)
    while (message := take(sys.stdin.buffer)) is not None:
        yield message


def answer(message: bytes) -> None:
    """Answer the parent of this process; where it listens no more, that ends this process."""
    try:
        put(sys.stdout.buffer, message)
    except BrokenPipeError:
        os._exit(1)  # Without a word: there is nobody to be told.


def put(target: IO[bytes], message: bytes) -> None:
    """Write a message."""
    target.write(len(message).to_bytes(_HEAD, "big"))
    target.write(message)
    target.flush()


def take(source: IO[bytes]) -> bytes | None:
    """Read a message; None where it, or all, has ended."""
    head = source.read(_HEAD)
    length = int.from_bytes(head, "big")
    message = source.read(length)
    return message if len(head) == _HEAD and len(message) == length else None
