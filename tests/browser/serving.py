"""The real program in processes of its own: its commands, and servers that end with their test."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import count, islice
from pathlib import Path
from typing import Any, TypeVar

from app.settings import ROOT
from tests.databases import database_url

T = TypeVar("T")
SOURCEBOOK = (sys.executable, str(Path(sys.executable).with_name("sourcebook")))
"""The installed command, with the interpreter that runs the tests."""
_TURNS = count(os.getpid() * 97)


def environment(**settings: object) -> dict[str, str]:
    """What a process is told: this tree, and these settings only."""
    told = {name: value for name, value in os.environ.items() if not name.startswith("SOURCEBOOK_")}
    mine = {f"SOURCEBOOK_{name.upper()}": str(value) for name, value in settings.items()}
    return told | {"PYTHONPATH": str(ROOT), "COLUMNS": "200"} | mine


def start(
    *arguments: object, folder: Path, output: Any = subprocess.PIPE, **settings: object
) -> subprocess.Popen[str]:
    """Start a command of the program, in a folder of the test's own."""
    return subprocess.Popen(  # noqa: S603 - the program under test
        [*SOURCEBOOK, *map(str, arguments)],
        cwd=folder,
        env=environment(**settings),
        stdout=output,
        stderr=subprocess.STDOUT if output is not subprocess.PIPE else subprocess.PIPE,
        text=True,
    )


def run(*arguments: object, folder: Path, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a command of the program to its end."""
    return subprocess.run(  # noqa: S603 - the program under test
        [*SOURCEBOOK, *map(str, arguments)],
        cwd=folder,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def wait_for(condition: Callable[[], T], what: str, seconds: float = 60, pause: float = 0.02) -> T:
    """Ask again and again until the answer is true, and return it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(pause)
    raise AssertionError(f"not within {seconds} seconds: {what}")


@dataclass(frozen=True, slots=True)
class Server:
    """A server of the test's own."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode(errors="replace")
        finally:
            connection.close()

    def answers(self) -> bool:
        """Whether it listens, loaded or not."""
        assert self.process.poll() is None, self.said()
        try:
            return self.get("/healthz")[0] == 200
        except (OSError, HTTPException):
            return False

    def ready(self) -> bool:
        return self.answers() and self.get("/readyz")[0] == 200

    def said(self) -> str:
        """What it wrote to its log."""
        return self.log.read_text(encoding="utf-8")


def free_port() -> int:
    """A port of this machine that nobody uses and the kernel lends to no connection.

    Tests that run at once look from different places on, so that two do not find the same.
    """
    lowest, ports = 10_000, 20_000
    for port in islice(_TURNS, ports):
        with socket.socket() as listening, suppress(OSError):
            listening.bind(("127.0.0.1", lowest + port % ports))
            return lowest + port % ports
    raise OSError("no port is free")


@contextmanager
def serving(
    folder: Path, *arguments: object, wait: bool = True, **settings: object
) -> Iterator[Server]:
    """`sourcebook serve` on a free port, with its database in the folder, until the block ends."""
    port, log = free_port(), folder / "server.log"
    with log.open("a", encoding="utf-8") as output:
        process = start(
            "serve",
            *("--port", port, "--database", database_url(folder, "served")),
            *arguments,
            folder=folder,
            output=output,
            **settings,
        )
        server = Server(process, port, log)
        try:
            wait_for(server.ready if wait else server.answers, f"the server starts\n{log}", 90)
            yield server
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)
    assert process.returncode in (0, -signal.SIGTERM), server.said()


@contextmanager
def serving_text(folder: Path, text: str) -> Iterator[Server]:
    """The same with one data file of this text."""
    data = folder / "data.yaml"
    data.write_text(text, encoding="utf-8")
    with serving(folder, "--data", data) as server:
        yield server
