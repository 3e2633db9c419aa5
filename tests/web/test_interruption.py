"""Queries end when their client leaves or after the time limit, on every engine."""

import asyncio
import logging
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi import Response
from fastapi.responses import StreamingResponse
from sqlalchemy import text

from app.store.versions import Snapshot
from app.web.dependencies import DownloadSnap, Snap
from app.web.request_limits import LimitedHttpProtocol
from tests.browser.serving import free_port, wait_for
from tests.databases import DUCKDB, POSTGRESQL, SQLITE
from tests.site import main, read, serve

ENGINES = pytest.mark.parametrize("database_kind", [SQLITE, DUCKDB, POSTGRESQL], indirect=True)
ENDLESS = {
    "sqlite": "WITH RECURSIVE n AS (SELECT 1 x UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n",
    "duckdb": "SELECT sum(a.range * b.range % 7) FROM range(10000000) a, range(10000000) b",
    "postgresql": "SELECT pg_sleep(600)",
}
"""A query for each engine that ends in no test unless it is interrupted."""
LIMIT = 600


class Queries:
    """Routes with a slow query, and how many of these were begun and ended."""

    def __init__(self) -> None:
        self.begun = self.ended = 0
        self.slow = True

    def run(self, snapshot: Snapshot) -> None:
        """The endless query, or a quick one."""
        self.begun += 1
        try:
            query = ENDLESS[snapshot.connection.dialect.name] if self.slow else "SELECT 1"
            snapshot.connection.execute(text(query)).scalar()
        finally:
            self.ended += 1

    def page(self, snapshot: Snap) -> Response:
        self.run(snapshot)
        return Response("whole", media_type="text/html")

    def download(self, snapshot: DownloadSnap) -> Response:
        def pieces() -> Iterator[bytes]:
            yield b"begun "
            self.run(snapshot)
            yield b"whole"

        return StreamingResponse(pieces(), media_type="text/html")


@contextmanager
def slow_site(folder: Path, seconds: int = LIMIT, **settings: Any) -> Iterator[tuple[Any, Queries]]:
    """The site with further routes /slow, /api/slow and /download."""
    queries = Queries()
    with serve(folder, query_seconds=seconds, **settings) as client:
        client.app.add_api_route("/slow", queries.page)
        client.app.add_api_route("/api/slow", queries.page)
        client.app.add_api_route("/download", queries.download)
        yield client, queries


class Client:
    """A request whose client can leave. `sent` is what it was sent until now."""

    def __init__(self, client: Any, path: str) -> None:
        self.sent: list[Any] = []
        self._left = threading.Event()
        self._app, self._path = client.app, path
        self._done: Future[None] = client.portal.start_task_soon(self._request)

    async def _request(self) -> None:
        scope = {
            "type": "http",
            "method": "GET",
            "path": self._path,
            "query_string": b"",
            "headers": [(b"host", b"testserver")],
            "scheme": "http",
            "server": ("testserver", 80),
            "client": ("testclient", 1),
            "state": {},
        }
        body: list[Any] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Any:
            if body:
                return body.pop()
            while not self._left.is_set():
                await asyncio.sleep(0.01)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            self.sent.append(message)

        await self._app(scope, receive, send)

    def leave(self) -> None:
        self._left.set()

    def response(self) -> tuple[int, bytes]:
        """Status and body, once the request has ended."""
        self._done.result(30)
        return self.sent[0]["status"], b"".join(one.get("body", b"") for one in self.sent[1:])


@ENGINES
def test_after_the_time_limit_the_page_says_so_and_the_next_query_works(tmp_path: Path) -> None:
    with slow_site(tmp_path, seconds=1) as (client, queries):
        page = client.get("/slow")
        assert (page.status_code, page.headers["retry-after"]) == (503, "10")
        assert "That took too long" in main(read(page.text)).seen
        assert "not found within 1 second," in main(read(page.text)).seen
        problem = client.get("/api/slow")
        assert (problem.status_code, problem.headers["retry-after"]) == (503, "10")
        assert problem.json()["title"] == "That took too long"
        assert queries.ended == queries.begun == 2
        queries.slow = False
        unhurried = client.app.state.settings.model_copy(update={"query_seconds": LIMIT})
        client.app.state.settings = unhurried
        assert client.get("/slow").text == "whole"
        assert client.get("/companies/zte").status_code == 200


@ENGINES
def test_when_the_client_leaves_its_query_ends(tmp_path: Path) -> None:
    with slow_site(tmp_path) as (client, queries):
        leaving = Client(client, "/slow")
        wait_for(lambda: queries.begun, "the query begins")
        leaving.leave()
        assert leaving.response() == (499, b"")
        assert queries.ended == 1
        slots = client.app.state.slots
        assert slots.pages.borrowed_tokens == 0
        queries.slow = False
        assert client.get("/slow").text == "whole"


@ENGINES
def test_when_the_client_leaves_its_download_ends(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with slow_site(tmp_path) as (client, queries), caplog.at_level(logging.INFO):
        leaving = Client(client, "/download")
        wait_for(lambda: queries.begun, "the query begins")
        leaving.leave()
        assert leaving.response() == (200, b"begun ")
        assert queries.ended == 1
        assert client.app.state.slots.downloads.borrowed_tokens == 0
        assert not [one for one in caplog.records if one.levelno >= logging.ERROR]


def test_a_download_has_no_time_limit(tmp_path: Path) -> None:
    with slow_site(tmp_path, seconds=1) as (client, queries):
        staying = Client(client, "/download")
        wait_for(lambda: queries.begun, "the query begins")
        threading.Event().wait(1.3)
        assert queries.ended == 0
        staying.leave()
        assert staying.response() == (200, b"begun ")


def test_a_page_that_others_wait_for_is_finished(tmp_path: Path) -> None:
    with slow_site(tmp_path, seconds=2, page_memory=1_000_000) as (client, queries):
        first = Client(client, "/slow")
        wait_for(lambda: queries.begun, "the query begins")
        second = Client(client, "/slow")
        (recorder,) = client.app.page_cache.pending.values()
        wait_for(lambda: recorder._waiting, "the second waits")
        first.leave()
        # What ends the query is the time limit; it would have said 499 to the second otherwise.
        assert second.response()[0] == 503
        assert first.response()[0] == 503
        assert queries.begun == queries.ended == 1


def test_a_page_that_nobody_waits_for_any_more_is_interrupted(tmp_path: Path) -> None:
    with slow_site(tmp_path, page_memory=1_000_000) as (client, queries):
        first = Client(client, "/slow")
        wait_for(lambda: queries.begun, "the query begins")
        others = [Client(client, "/slow") for _ in range(3)]
        (recorder,) = client.app.page_cache.pending.values()
        wait_for(lambda: len(recorder._waiting) == 3, "the others wait")
        for one in (others[0], first, *others[1:]):
            assert queries.ended == 0
            one.leave()
        assert first.response() == (499, b"")
        assert [one.response() for one in others] == [(499, b"")] * 3
        assert client.app.state.slots.pages.borrowed_tokens == 0


@contextmanager
def listening(app: Any) -> Iterator[int]:
    """The application, started already, on a port of its own."""
    port = free_port()
    config = uvicorn.Config(
        app, port=port, http=LimitedHttpProtocol, lifespan="off", log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_for(lambda: server.started, "the server starts")
        yield port
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.mark.parametrize("page_memory", [0, 1_000_000])
@pytest.mark.parametrize("path", ["/slow", "/download"])
def test_a_closed_connection_ends_the_query(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, path: str, page_memory: int
) -> None:
    with (
        slow_site(tmp_path, page_memory=page_memory) as (client, queries),
        listening(client.app) as port,
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            wait_for(lambda: queries.begun, "the query begins")
        wait_for(lambda: queries.ended, "the query ends")
        slots = client.app.state.slots
        wait_for(lambda: not slots.pages.borrowed_tokens, "the slot is free")
        wait_for(lambda: not slots.downloads.borrowed_tokens, "the slot is free")
    assert not [one for one in caplog.records if one.levelno >= logging.ERROR]
