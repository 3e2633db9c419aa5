"""A client that asks a server for pages one after the other and takes the time of each."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import islice
from math import inf, isinf
from threading import Event, Thread
from time import perf_counter

from benchmarks.sample import Sample

UNPACKED = "identity"
WARMING = 3
"""Askings whose time is not taken: they bring what is asked for into memory."""
LIMIT = 10.0
"""Seconds for one answer, and for all answers of one kind."""
PATIENCE = 30.0
"""Seconds that even a late answer is waited for, lest the server work on it beside the next."""


class Refused(Exception):
    """An answer that is no page: its address and its status."""

    def __init__(self, path: str, status: int) -> None:
        super().__init__(f"{path} was answered with {status}")


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer, its headers as they came, and how many milliseconds it took."""

    body: bytes
    headers: tuple[tuple[str, str], ...]
    took: float


class Client:
    """One reader with a connection that is kept open. Not for several threads."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, path: str, accepted: str = UNPACKED) -> Answer:
        """The answer to a GET. Raises Refused, and TimeoutError beyond patience."""
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
        return Answer(body, tuple(response.getheaders()), took)

    def close(self) -> None:
        self.connection.close()


def take(port: int, paths: Iterable[str], most: int = 200, limit: float = LIMIT) -> Sample:
    """The times of at most so many pages, each asked for once, within the limit in seconds."""
    times, deadline = list[float](), perf_counter() + limit
    with closing(Client(port)) as client:
        for turn, path in enumerate(islice(paths, WARMING + most)):
            took = _took(client, path, limit)
            late, over = isinf(took), perf_counter() > deadline
            if late or turn >= WARMING or over:
                times.append(took)
            if late or over:
                break
    return Sample(tuple(times), limit)


def _took(client: Client, path: str, limit: float) -> float:
    """The milliseconds of one answer; infinite beyond the limit."""
    try:
        took = client.ask(path).took
    except TimeoutError:
        return inf
    return took if took <= limit * 1000 else inf


class Crowd:
    """Readers who all ask for slow pages at once, each again as soon as it is answered."""

    def __init__(self, port: int, paths: Iterable[str], readers: int) -> None:
        self.stop, self.port = Event(), port
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
                except (OSError, HTTPException, Refused):
                    self.stop.wait(0.05)  # Turned away or late: as a reader would, ask again.
        client.close()

    def __enter__(self) -> "Crowd":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(timeout=PATIENCE)
