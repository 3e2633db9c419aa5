"""Several processes that serve: one truth for all, and none left behind."""

import os
import re
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.web.serving import CONNECTIONS
from tests.browser.serving import Server, free_port, serving, start, wait_for
from tests.conftest import DATA_FILE

SHIPPED = DATA_FILE.read_text(encoding="utf-8")
CHANGED = SHIPPED.replace("name: Huawei", "name: Huawei Two")
WORKERS = 2


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data file that the server follows."""
    path = tmp_path_factory.mktemp("workers") / "companies.yaml"
    path.write_text(SHIPPED, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def server(file: Path) -> Iterator[Server]:
    """A server of two workers that follows a data file; the last test ends it."""
    with serving(file.parent, "--workers", WORKERS, "--data", file) as started:
        wait_for(lambda: len(workers(started)) == WORKERS, "all workers start", 90)
        yield started


def workers(server: Server) -> list[int]:
    """The processes that have started to serve, by what they logged, and still run."""
    told = re.findall(r"Started server process \[(\d+)\]", server.said())
    return [int(one) for one in told if runs(int(one))]


def runs(process: int) -> bool:
    """Whether a process runs; one that ended and waits to be buried does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return False
    return state[0] != "Z"


def names(server: Server) -> set[str]:
    """The name of a company as many connections in a row are told it."""
    pages = [server.get("/companies/huawei")[1] for _ in range(8)]
    return {re.sub(r"<.*?>", "", page.partition("<h1")[2].partition("</h1>")[0]) for page in pages}


def test_one_process_loads_and_all_serve_it(server: Server, file: Path) -> None:
    assert server.process.pid not in workers(server)
    assert "Huawei Two" not in str(names(server))
    file.write_text(CHANGED, encoding="utf-8")
    wait_for(lambda: "Version 2 is served now" in server.said(), "the change is loaded", 20)
    wait_for(lambda: all("Huawei Two" in one for one in names(server)), "all serve it", 5)
    assert server.said().count("is served now") == 2


@pytest.mark.parametrize("logged", [True, False])
def test_requests_are_logged_where_that_is_asked_for(logged: bool, tmp_path: Path) -> None:
    with serving(tmp_path, access_log=logged) as server:
        server.get("/about")
    assert ("GET /about" in server.said()) == logged


def test_connections_beyond_the_bound_are_told_503_until_others_go(tmp_path: Path) -> None:
    with serving(tmp_path) as server, ExitStack() as idle:
        for _ in range(CONNECTIONS - 2):
            idle.enter_context(socket.create_connection(("127.0.0.1", server.port), 10))
        assert server.get("/healthz")[0] == 200
        with socket.create_connection(("127.0.0.1", server.port), 10):
            wait_for(lambda: server.get("/healthz")[0] == 503, "the bound is reached")
        idle.close()
        wait_for(lambda: server.get("/healthz")[0] == 200, "they are gone")


def test_a_worker_that_is_killed_is_replaced(server: Server) -> None:
    first, other = workers(server)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: len({*workers(server)} - {first, other}) == 1, "another starts", 60)
    assert server.get("/about")[0] == 200


def test_workers_are_replaced_one_by_one_without_a_failed_request(server: Server) -> None:
    before, failed = set(workers(server)), list[int]()
    server.process.send_signal(signal.SIGHUP)

    def replaced() -> bool:
        failed.extend(status for status, _ in [server.get("/about")] if status != 200)
        now = set(workers(server))
        return len(now) == WORKERS and not now & before

    wait_for(replaced, "all workers are others", 60)
    assert failed == []


def test_workers_do_not_outlive_a_parent_that_is_killed(tmp_path: Path) -> None:
    log, port = tmp_path / "server.log", free_port()
    with log.open("w", encoding="utf-8") as output:
        arguments = ("serve", "--workers", WORKERS, "--port", port)
        server = Server(start(*arguments, folder=tmp_path, output=output), port, log)
    wait_for(lambda: len(workers(server)) == WORKERS, "all workers start", 90)
    orphans = workers(server)
    server.process.kill()
    server.process.wait(timeout=20)
    wait_for(lambda: not [one for one in orphans if runs(one)], "they end")


def test_told_to_stop_all_processes_end(server: Server) -> None:
    serving_ones = workers(server)
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(timeout=20)
    assert not [one for one in serving_ones if runs(one)]
