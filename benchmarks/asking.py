"""A client that asks a server for pages one after the other and takes the time of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import islice
from math import inf
from threading import Event, Thread
from time import perf_counter

from benchmarks.sample import Sample

UNPACKED = "identity"
WARMING = 3
"""Askings whose time is not taken: they bring what is asked for into memory."""
LIMIT = 10.0
"""Seconds for one answer, and for all answers of one kind."""


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

    def __init__(self, port: int, limit: float = LIMIT) -> None:
        self.limit = limit
        self.connection = HTTPConnection("127.0.0.1", port, timeout=limit)

    def ask(self, path: str, accepted: str = UNPACKED) -> Answer:
        """The answer to a GET. Raises Refused, and TimeoutError after the limit."""
        began = perf_counter()
        try:
            self._send(path, accepted)
            response = self.connection.getresponse()
            body = response.read()
        except (OSError, HTTPException):
            self.connection.close()
            raise
        took = (perf_counter() - began) * 1000
        if response.status != 200:
            raise Refused(path, response.status)
        return Answer(body, tuple(response.getheaders()), took)

    def _send(self, path: str, accepted: str) -> None:
        self.connection.request("GET", path, headers={"Accept-Encoding": accepted})

    def close(self) -> None:
        self.connection.close()


def take(port: int, paths: Iterable[str], most: int = 200, limit: float = LIMIT) -> Sample:
    """The times of at most so many pages, each asked for once, within the limit in seconds."""
    client, times, given = Client(port, limit), list[float](), iter(paths)
    deadline = perf_counter() + limit
    try:
        for path in islice(given, WARMING):
            client.ask(path)
            if perf_counter() > deadline - limit / 2:
                break
        for path in islice(given, most):
            if times and perf_counter() > deadline:
                break
            times.append(client.ask(path).took)
    except TimeoutError:
        times.append(inf)
    finally:
        client.close()
    return Sample(tuple(times), limit)


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
            thread.join(timeout=LIMIT)
