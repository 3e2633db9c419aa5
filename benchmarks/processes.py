"""Programs in processes of their own, always ended here: their time, their memory, their port."""

import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from time import perf_counter, sleep

from app.settings import ROOT
from benchmarks.asking import Client, Incomplete, Refused
from tests.browser.serving import environment, free_port

ENVIRONMENT = Path(__file__).parent / ".tools" / "rivals" / "bin"
"""Where the programs of others are, each release pinned by rivals/requirements.txt."""
STARTING = 60.0
"""Seconds within which a server must answer."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ran: its seconds, the most memory it held in bytes, and whether it ended."""

    seconds: float
    memory: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Running:
    """A server, and the seconds from its start to its first page."""

    port: int
    pid: int
    seconds: float


class Failed(Exception):
    """A program that ended with a fault, or a server that never answered; in its words."""


def run(command: Sequence[object], log: Path, limit: float, root: Path = ROOT) -> Finished:
    """Run a program of a checkout to its end or to the limit in seconds. Raises Failed."""
    began, held = perf_counter(), 0
    process = _start(command, log, {}, root)
    try:
        while process.poll() is None and perf_counter() - began < limit:
            held = max(held, held_together(process.pid))
            sleep(0.02)
        seconds, ended = perf_counter() - began, process.poll() is not None
    finally:
        _end(process)
    if ended and process.returncode:
        raise Failed(log.read_text(encoding="utf-8")[-2000:])
    return Finished(seconds, held, ended)


@contextmanager
def serving(
    command: Sequence[object],
    first: str,
    log: Path,
    settings: Mapping[str, object] | None = None,
    root: Path = ROOT,
) -> Iterator[Running]:
    """A server of the checkout at `root` until the block ends; `{port}` in the command is replaced.

    Raises Failed where it does not answer.
    """
    port, began = free_port(), perf_counter()
    process = _start([str(part).format(port=port) for part in command], log, settings or {}, root)
    try:
        while not _answers(port, first):
            if process.poll() is not None or perf_counter() - began > STARTING:
                raise Failed(log.read_text(encoding="utf-8")[-2000:])
            sleep(0.005)
        yield Running(port, process.pid, perf_counter() - began)
    finally:
        _end(process)


def python(*arguments: object) -> Sequence[object]:
    """The interpreter that runs this."""
    return (sys.executable, *arguments)


def held_together(pid: int) -> int:
    """The resident bytes of a process and its descendants, shared pages counted for each; 0 when it
    is gone.
    """
    return sum(_sum(Path(f"/proc/{one}/status"), ("VmRSS",)) for one in _family(pid))


def held_alone(pid: int) -> int:
    """The bytes that no other process shares, of the heaviest of a process and its descendants."""
    private = ("Private_Clean", "Private_Dirty")
    return max(_sum(Path(f"/proc/{one}/smaps_rollup"), private) for one in _family(pid))


def _family(pid: int) -> Iterator[int]:
    """A process, and the running processes that it and its descendants have started."""
    yield pid
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, file.read_text(encoding="ascii").split()):
                yield from _family(child)


def _sum(file: Path, names: Sequence[str]) -> int:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    pairs = (line.split(":") for line in lines if ":" in line)
    return sum(int(value[0].split()[0]) * 1024 for name, *value in pairs if name in names)


def _start(
    command: Sequence[object], log: Path, settings: Mapping[str, object], root: Path
) -> subprocess.Popen[bytes]:
    variables = environment(**settings) | {"PYTHONPATH": str(root)}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # The first start compiles for the next ones.
    with log.open("ab") as output:
        return subprocess.Popen(
            [*map(str, command)],
            cwd=log.parent,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(port: int, path: str) -> bool:
    client = Client(port)
    try:
        client.ask(path)
    except (OSError, HTTPException, Refused, Incomplete):
        return False
    finally:
        client.close()
    return True
