"""A page is rendered once for all who wait for it, and nobody waits in vain."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from app.web.page_cache import POLL, PageCache, PageCacheMiddleware
from tests.web.conftest import Site

CROWD = 20
Part = Callable[[Scope, Send], Awaitable[None]]


class Client:
    """One request of a client that may leave, and what it was sent."""

    def __init__(self, middleware: PageCacheMiddleware, path: str) -> None:
        self.left = asyncio.Event()
        self.task = asyncio.create_task(self._request(middleware, path))

    async def _request(self, middleware: PageCacheMiddleware, path: str) -> bytes:
        scope: dict[str, Any] = {"type": "http", "method": "GET", "path": path, "scheme": "http"}
        scope |= {"query_string": b"", "headers": [(b"host", b"x")], "state": {}}
        sent: list[Message] = []
        body: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            if body:
                return body.pop()
            await self.left.wait()
            return {"type": "http.disconnect"}

        await middleware(scope, receive, send)
        status = sent[0]["status"] if sent else 0
        return b"%d " % status + b"".join(message.get("body", b"") for message in sent[1:])


class Stage:
    """A page cache in front of an application that renders one part after another.

    Each waits until `go` is set or, where that is longer, until its client has left.
    """

    def __init__(self, *parts: Part, limit: int = 100_000) -> None:
        self.parts = parts
        self.begun = 0
        self.known = 1
        cache = PageCache(limit)
        self.middleware = PageCacheMiddleware(
            self._render, lambda: self.known, cache, by_host=False
        )
        self.go = asyncio.Event()
        self.disconnects = 0

    async def _render(self, scope: Scope, receive: Receive, send: Send) -> None:
        part = self.parts[min(self.begun, len(self.parts) - 1)]
        self.begun += 1
        watch = asyncio.create_task(self._watch(receive))
        await self.go.wait()
        watch.cancel()
        await part(scope, send)

    async def _watch(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self.disconnects += 1

    def client(self, path: str = "/page") -> Client:
        return Client(self.middleware, path)

    def ask(self, path: str = "/page") -> "asyncio.Task[bytes]":
        return self.client(path).task

    async def clients(self, count: int = CROWD) -> list[Client]:
        """Requests for one page, all of which have come as far as they get alone."""
        found = [self.client() for _ in range(count)]
        await settle()
        return found

    async def crowd(self, count: int = CROWD) -> "list[asyncio.Task[bytes]]":
        """The tasks of such requests."""
        return [client.task for client in await self.clients(count)]


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def answering(body: bytes, status: int = 200, *headers: tuple[bytes, bytes]) -> Part:
    async def part(_scope: Scope, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [*headers]})
        await send({"type": "http.response.body", "body": body[:2], "more_body": True})
        await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": body[2:]})

    return part


async def raising(_scope: Scope, _send: Send) -> None:
    raise RuntimeError("a fault of the page")


async def breaking_off(_scope: Scope, send: Send) -> None:
    """A stream whose client has left: it ends early."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"half", "more_body": True})


def of_version(number: int) -> Part:
    async def part(scope: Scope, send: Send) -> None:
        scope["state"]["version"] = number
        await answering(b"of %d" % number)(scope, send)

    return part


def run(play: Callable[[], Awaitable[None]]) -> None:
    async def within() -> None:
        async with asyncio.timeout(5):
            await play()

    asyncio.run(within())


PAGE = answering(b"a page")
NO_STORE = (b"cache-control", b"no-store")


def test_a_crowd_waits_for_one_rendering() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        crowd = await stage.crowd()
        stage.go.set()
        assert await asyncio.gather(*crowd) == [b"200 a page"] * CROWD
        assert await stage.ask() == b"200 a page"
        assert stage.begun == 1
        assert not stage.middleware.pending

    run(play)


def test_other_pages_are_not_waited_for() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        first, second = stage.ask("/one"), stage.ask("/two")
        stage.go.set()
        await asyncio.gather(first, second)
        assert stage.begun == 2

    run(play)


def test_after_an_error_all_others_render_at_once() -> None:
    async def play() -> None:
        stage = Stage(raising, PAGE)
        first, *others = await stage.crowd()
        assert stage.begun == 1
        stage.go.set()
        assert await asyncio.gather(*others) == [b"200 a page"] * (CROWD - 1)
        assert isinstance(first.exception(), RuntimeError)
        assert stage.begun == CROWD
        assert not stage.middleware.pending

    run(play)


@pytest.mark.parametrize(
    "part",
    [
        answering(b"no page", 404),
        answering(b"a fault", 500),
        answering(b"for you", 200, (b"set-cookie", b"a=b")),
        answering(b"x" * 30_000),
    ],
)
def test_nobody_waits_for_the_end_of_what_cannot_be_cached(part: Part) -> None:
    async def play() -> None:
        stage = Stage(part)
        crowd = await stage.crowd()
        stage.go.set()
        answers = await asyncio.gather(*crowd)
        assert len(set(answers)) == 1
        assert stage.begun == CROWD
        assert len(stage.middleware.cache) == 0
        assert not stage.middleware.pending

    run(play)


MEBIBYTE = 1_048_576


@pytest.mark.parametrize(
    ("size", "limit", "cached"),
    [
        (MEBIBYTE, 8 * MEBIBYTE, 1),
        (MEBIBYTE + 1, 8 * MEBIBYTE, 0),
        (MEBIBYTE // 2, 2 * MEBIBYTE, 1),
        (MEBIBYTE // 2 + 1, 2 * MEBIBYTE, 0),
    ],
)
def test_a_body_of_more_than_a_mebibyte_or_a_quarter_of_the_cache_is_not_cached(
    size: int, limit: int, cached: int
) -> None:
    async def play() -> None:
        stage = Stage(answering(b"x" * size), limit=limit)
        stage.go.set()
        assert await stage.ask() == b"200 " + b"x" * size
        assert len(stage.middleware.cache) == cached

    run(play)


def test_after_a_cancelled_rendering_the_next_client_renders() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        first, *others = await stage.crowd()
        first.cancel()
        for _ in range(10):
            await asyncio.sleep(0)
        assert stage.begun == 2
        stage.go.set()
        assert await asyncio.gather(*others) == [b"200 a page"] * (CROWD - 1)
        assert stage.begun == 2

    run(play)


def test_a_waiting_request_may_be_cancelled() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        crowd = await stage.crowd()
        crowd[1].cancel()
        stage.go.set()
        assert await asyncio.gather(*crowd[:1], *crowd[2:]) == [b"200 a page"] * (CROWD - 1)
        assert stage.begun == 1

    run(play)


def test_after_a_rendering_that_breaks_off_another_is_made() -> None:
    async def play() -> None:
        stage = Stage(breaking_off, PAGE)
        first, *others = await stage.crowd()
        stage.go.set()
        assert await asyncio.gather(*others) == [b"200 a page"] * (CROWD - 1)
        assert await first == b"0 "
        assert stage.begun == 2

    run(play)


def test_a_refusal_for_now_goes_to_all_who_wait_and_is_not_cached() -> None:
    async def play() -> None:
        stage = Stage(answering(b"too slow", 503), PAGE)
        crowd = await stage.crowd()
        stage.go.set()
        assert await asyncio.gather(*crowd) == [b"503 too slow"] * CROWD
        assert stage.begun == 1
        assert len(stage.middleware.cache) == 0
        assert await stage.ask() == b"200 a page"

    run(play)


def test_a_page_is_finished_for_others_when_the_first_client_leaves() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        first, second, third = await stage.clients(3)
        first.left.set()
        second.left.set()
        await asyncio.sleep(3 * POLL)
        assert stage.disconnects == 0
        stage.go.set()
        assert await third.task == b"200 a page"
        assert stage.begun == 1

    run(play)


def test_the_application_sees_a_disconnect_once_all_have_left() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        clients = await stage.clients(3)
        for client in clients:
            assert stage.disconnects == 0
            client.left.set()
        while not stage.disconnects:  # Until the time limit of `run`.
            await asyncio.sleep(POLL)
        stage.go.set()
        await asyncio.gather(*(client.task for client in clients))

    run(play)


def test_a_disconnect_counts_when_nobody_else_gets_the_response() -> None:
    async def begun_alone(_scope: Scope, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [NO_STORE]})
        await settle()

    async def play() -> None:
        stage = Stage(begun_alone, PAGE)
        recorders = stage.middleware.pending
        first, second = await stage.clients(2)
        (recorder,) = recorders.values()
        await recorder.record({"type": "http.response.start", "status": 200, "headers": [NO_STORE]})
        first.left.set()
        await asyncio.sleep(2 * POLL)
        assert stage.disconnects == 1
        stage.go.set()
        assert (await second.task).startswith(b"200")

    run(play)


def test_a_page_of_a_newer_version_is_cached_as_that() -> None:
    async def play() -> None:
        stage = Stage(of_version(2), of_version(3))
        stage.go.set()
        assert await stage.ask() == b"200 of 2"
        assert stage.middleware.cache.version == 2
        assert await stage.ask() == b"200 of 2"
        stage.known = 3
        assert await stage.ask() == b"200 of 3"

    run(play)


def test_a_page_of_an_older_version_is_sent_but_not_cached() -> None:
    async def play() -> None:
        stage = Stage(of_version(1), of_version(2))
        stage.known = 2
        stage.go.set()
        assert [await stage.ask() for _ in range(3)] == [b"200 of 1", b"200 of 2", b"200 of 2"]

    run(play)


def test_a_request_after_a_load_does_not_wait_for_a_page_from_before() -> None:
    async def play() -> None:
        stage = Stage(of_version(1), of_version(2))
        early = await stage.crowd(3)
        stage.known = 2
        late = await stage.crowd(3)
        assert stage.begun == 2
        stage.go.set()
        assert await asyncio.gather(*early) == [b"200 of 1"] * 3
        assert await asyncio.gather(*late) == [b"200 of 2"] * 3
        assert await stage.ask() == b"200 of 2"

    run(play)


def test_the_real_list_is_rendered_once_for_many(site: Site) -> None:
    with ThreadPoolExecutor(CROWD) as crowd:
        answers = [*crowd.map(site.get, ["/?sort=name"] * CROWD)]
    assert site.rendered == ["/"]
    assert len({answer.text for answer in answers}) == 1
