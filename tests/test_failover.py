"""One machine dies, another freezes: the real server goes on answering, and loads again."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.browser.serving import Server, run, serving, wait_for
from tests.lengths import LONG
from tests.postgres import ABSENT, INSTALLED, Pair, Postgres
from tests.test_loading import versions_named, write_anew, written

pytestmark = pytest.mark.skipif(not INSTALLED, reason=ABSENT)
PATHS = ("/", "/api/companies", "/companies/zte", "/charts", "/readyz")
READERS = 4
STANDBY_FIRST = "target_session_attrs=prefer-standby"
ANY = "load_balance_hosts=random"


@dataclass(slots=True)
class Readers:
    """Readers who ask without pause over connections that they keep."""

    port: int
    answers: list[tuple[str, int, float]] = field(default_factory=list)
    numbers: list[list[int]] = field(default_factory=list)

    def failed(self) -> list[tuple[str, int]]:
        return [(path, status) for path, status, _ in self.answers if status != 200]

    def longest(self) -> float:
        """The longest that anybody waited, in seconds."""
        return max(waited for _, _, waited in self.answers)

    def _get(self, connection: HTTPConnection, path: str) -> tuple[int, str]:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()

    def ask(self, done: Event) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        seen: list[int] = []
        self.numbers.append(seen)
        turn = 0
        while not done.is_set():
            path, turn = PATHS[turn % len(PATHS)], turn + 1
            begun = time.monotonic()
            try:
                status, text = self._get(connection, path)
            except RemoteDisconnected:  # A kept connection may end between two requests.
                connection.close()
                status, text = self._get(connection, path)
            self.answers.append((path, status, time.monotonic() - begun))
            seen += [int(one.removeprefix("Version")) for one in versions_named(text)]
        connection.close()


@contextmanager
def reading(server: Server) -> Iterator[Readers]:
    """Readers of a server, until the block ends."""
    readers, done = Readers(server.port), Event()
    threads = [Thread(target=readers.ask, args=(done,)) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        done.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def cluster() -> Iterator[Pair]:
    primary = Postgres().make().start()
    standby = primary.clone().start()
    yield Pair(primary, standby)
    standby.stop()
    primary.stop()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "companies.yaml"
    path.write_text(written(1), encoding="utf-8")
    return path


def shows(server: Server, number: int) -> bool:
    return versions_named(server.get("/companies/zte")[1]) == {f"Version{number}"}


@pytest.mark.parametrize("readers_prefer", [STANDBY_FIRST, *([ANY] if LONG else [])])
def test_when_the_primary_dies_no_reader_notices_and_its_successor_is_loaded(
    cluster: Pair,
    file: Path,
    tmp_path: Path,
    readers_prefer: str,
) -> None:
    url = cluster.url(readers_prefer)
    with serving(tmp_path, "--data", file, "--database", url) as server, reading(server) as readers:
        wait_for(partial(shows, server, 1), "the first version is served", 60)
        write_anew(file, written(2))
        wait_for(partial(shows, server, 2), "the second version is served", 60)
        cluster.primary.await_standby()
        cluster.primary.kill()
        time.sleep(1)
        write_anew(file, written(3))  # It cannot be loaded now, and is not forgotten.
        time.sleep(1)
        cluster.standby.promote()
        promoted = time.monotonic()
        wait_for(partial(shows, server, 3), "the third version is served", 90)
        loaded = time.monotonic() - promoted
    print(  # noqa: T201 - for who reads the log of the tests
        f"{len(readers.answers)} requests, {len(readers.failed())} failed; the longest took "
        f"{readers.longest():.2f} s; loaded {loaded:.1f} s after the promotion"
    )
    assert readers.failed() == []
    assert all(seen == sorted(seen) for seen in readers.numbers)


def test_a_server_starts_and_serves_without_the_primary_and_says_that_it_cannot_load(
    cluster: Pair, file: Path, tmp_path: Path
) -> None:
    url = cluster.url(STANDBY_FIRST)
    assert run("load", file, "--database", url, folder=tmp_path).returncode == 0
    cluster.primary.await_standby()
    cluster.primary.kill()
    with serving(tmp_path, "--data", file, "--database", url) as server:
        assert shows(server, 1)
        assert "what it holds is served" in server.said()
    refused = run("load", file, "--database", url, folder=tmp_path)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr


def test_a_host_that_freezes_is_left_and_no_request_fails(
    cluster: Pair, file: Path, tmp_path: Path
) -> None:
    url = cluster.url(STANDBY_FIRST)
    with serving(tmp_path, "--data", file, "--database", url) as server, reading(server) as readers:
        wait_for(lambda: len(readers.answers) > 30, "there are readers", 60)
        cluster.standby.freeze()
        frozen = len(readers.answers)
        time.sleep(2)
        wait_for(lambda: len(readers.answers) > frozen + 60, "the readers go on", 90)
        cluster.standby.thaw()
    assert readers.failed() == []
    print(f"the longest took {readers.longest():.1f} s")  # noqa: T201
