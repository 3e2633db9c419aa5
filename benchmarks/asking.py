"""A client that requests pages one after the other, measures each, and refuses incomplete ones."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import islice
from math import inf, isinf
from threading import Event, Thread
from time import perf_counter
from typing import TypeVar

from benchmarks.sample import Sample

Key = TypeVar("Key")
UNPACKED = "identity"
WARMING = 3
"""Requests that are not measured: they bring into memory what the next ones need."""
LIMIT = 10.0
"""Seconds for one answer, and for all answers of one kind."""
PATIENCE = 30.0
"""Seconds until a late answer is given up, so that the server does not work on two at once."""
MISSING = re.compile(rb"were left out, since|took longer than|took too long|not shown in time")
"""What a page says that lacks a part for want of time."""


class Refused(Exception):
    """An answer that is no page: its address and its status."""

    def __init__(self, path: str, status: int) -> None:
        super().__init__(f"{path} was answered with {status}")


class Incomplete(Exception):
    """A page that says that a part of it was left out: its time is not that of the whole page."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} says that something was left out")


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer, its headers as they came, and how many milliseconds it took."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    took: float

    @property
    def is_incomplete(self) -> bool:
        """Whether it says that it lacks something: in words, or by forbidding every cache."""
        cached = (value for name, value in self.headers if name.lower() == "cache-control")
        return any("no-store" in value for value in cached) or bool(MISSING.search(self.body))


class Client:
    """One reader with a connection that is kept open. Not for several threads."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, path: str, accepted: str = UNPACKED) -> Answer:
        """The answer to a GET. Raises Refused, Incomplete, and TimeoutError beyond patience.

        Text is searched for what was left out as it was sent, so ask for it unpacked to have that
        found out.
        """
        began = perf_counter()
        try:
            self.connection.request("GET", path, headers={"Accept-Encoding": accepted})
            response = self.connection.getresponse()
            body = response.read()
        except (OSError, HTTPException):
            self.connection.close()
            raise
        took = (perf_counter() - began) * 1000
        if response.status != 200:
            raise Refused(path, response.status)
        answer = Answer(body, tuple(response.getheaders()), took)
        if answer.is_incomplete:
            raise Incomplete(path)
        return answer

    def close(self) -> None:
        self.connection.close()


@dataclass(frozen=True, slots=True)
class Requests:
    """What to request of one server: its port, and addresses."""

    port: int
    paths: Iterable[str]


@dataclass(slots=True)
class _Series:
    """The requests of one server and what they took so far."""

    client: Client
    paths: Iterator[str]
    limit: float
    times: list[float] = field(default_factory=list)
    spent: float = 0.0
    requested: int = 0
    ended: bool = False

    def step(self) -> None:
        """Request the next page, unless there is none or the time for all is over."""
        path = None if self.ended else next(self.paths, None)
        if path is None:
            self.ended = True
            return
        began = perf_counter()
        took = _took(self.client, path, self.limit)
        self.spent += perf_counter() - began
        self.ended = isinf(took) or self.spent > self.limit
        if self.ended or self.requested >= WARMING:
            self.times.append(took)
        self.requested += 1


def take(port: int, paths: Iterable[str], most: int = 200, limit: float = LIMIT) -> Sample:
    """The times of at most so many pages, each requested once, within the limit in seconds."""
    return take_turns({port: Requests(port, paths)}, most, limit)[port]


def take_turns(
    requests: Mapping[Key, Requests], most: int = 200, limit: float = LIMIT
) -> Mapping[Key, Sample]:
    """The times of several servers' pages: one page of each in turn, then the next page of each.

    Each server has the limit in seconds for its own pages.
    """
    with ExitStack() as opened:
        series = dict[Key, _Series]()
        for key, one in requests.items():
            client = Client(one.port)
            opened.callback(client.close)
            series[key] = _Series(client, islice(one.paths, WARMING + most), limit)
        while not all(some.ended for some in series.values()):
            for some in series.values():
                some.step()
    return {key: Sample(tuple(some.times), limit) for key, some in series.items()}


def _took(client: Client, path: str, limit: float) -> float:
    """The milliseconds of one answer; infinite beyond the limit."""
    try:
        took = client.ask(path).took
    except TimeoutError:
        return inf
    return took if took <= limit * 1000 else inf


class Crowd:
    """Readers who all request slow pages at once, each again as soon as it is answered.

    Raises Incomplete at the end where one of them was sent a page with something left out.
    """

    def __init__(self, port: int, paths: Iterable[str], readers: int) -> None:
        self.stop, self.port = Event(), port
        self.incomplete = list[Incomplete]()
        every = list(paths)
        self.threads = [
            Thread(target=self._read, args=(every[n::readers],), daemon=True)
            for n in range(readers)
        ]

    def _read(self, paths: list[str]) -> None:
        client = Client(self.port)
        while not self.stop.is_set():
            for path in paths:
                if self.stop.is_set():
                    break
                try:
                    client.ask(path)
                except Incomplete as error:
                    self.incomplete.append(error)
                except (OSError, HTTPException, Refused):
                    self.stop.wait(0.05)  # Turned away or late: ask again, as a reader would.
        client.close()

    def __enter__(self) -> "Crowd":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=PATIENCE)
        if self.incomplete:
            raise self.incomplete[0]
