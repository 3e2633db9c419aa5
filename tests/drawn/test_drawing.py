"""One drawing at a time, and nobody left waiting for one that fails, is cancelled or goes on."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from app.drawn.current import Current
from app.drawn.memory import PageMemory
from app.drawn.once import DrawnOnce
from starlette.types import Message, Receive, Scope, Send

from tests.drawn.conftest import Site

CROWD = 20
Answer = Callable[[Scope, Send], Awaitable[None]]


class Stage:
    """An application whose n-th drawing is told what to do, behind what draws once."""

    def __init__(self, *parts: Answer, most: int = 100_000) -> None:
        self.parts = parts
        self.begun = 0
        self.current = Current(lambda: 1)
        self.current.known = 1
        self.once = DrawnOnce(self._draw, self.current, PageMemory(most), by_host=False)
        self.go = asyncio.Event()

    async def _draw(self, scope: Scope, _receive: Receive, send: Send) -> None:
        part = self.parts[min(self.begun, len(self.parts) - 1)]
        self.begun += 1
        await self.go.wait()
        await part(scope, send)

    def ask(self, url: str = "/page") -> "asyncio.Task[bytes]":
        return asyncio.create_task(self._ask(url))

    async def _ask(self, url: str) -> bytes:
        scope: dict[str, Any] = {"type": "http", "method": "GET", "path": url, "scheme": "http"}
        scope |= {"query_string": b"", "headers": [(b"host", b"x")], "state": {}}
        told: list[Message] = []

        async def send(message: Message) -> None:
            told.append(message)

        async def receive() -> Message:
            return {"type": "http.disconnect"}

        await self.once(scope, receive, send)
        status = told[0]["status"] if told else 0
        return b"%d " % status + b"".join(message.get("body", b"") for message in told[1:])

    async def crowd(self, count: int = CROWD) -> "list[asyncio.Task[bytes]]":
        """Requests for one page, all of which have come as far as they get alone."""
        tasks = [self.ask() for _ in range(count)]
        for _ in range(10):
            await asyncio.sleep(0)
        return tasks


def answering(body: bytes, status: int = 200, *headers: tuple[bytes, bytes]) -> Answer:
    async def part(_scope: Scope, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": [*headers]})
        await send({"type": "http.response.body", "body": body[:2], "more_body": True})
        await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": body[2:]})

    return part


async def raising(_scope: Scope, _send: Send) -> None:
    raise RuntimeError("a fault of the page")


async def breaking_off(_scope: Scope, send: Send) -> None:
    """What a stream does whose reader has gone: it ends before its end."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"half", "more_body": True})


def of_generation(number: int) -> Answer:
    async def part(scope: Scope, send: Send) -> None:
        scope["state"]["generation"] = number
        await answering(b"of %d" % number)(scope, send)

    return part


def run(play: Callable[[], Awaitable[None]]) -> None:
    async def within() -> None:
        async with asyncio.timeout(5):
            await play()

    asyncio.run(within())


PAGE = answering(b"a page")


def test_a_crowd_waits_for_one_drawing() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        crowd = await stage.crowd()
        stage.go.set()
        assert await asyncio.gather(*crowd) == [b"200 a page"] * CROWD
        assert await stage.ask() == b"200 a page"
        assert stage.begun == 1
        assert not stage.once.drawings

    run(play)


def test_other_pages_are_not_waited_for() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        first, second = stage.ask("/one"), stage.ask("/two")
        stage.go.set()
        await asyncio.gather(first, second)
        assert stage.begun == 2

    run(play)


def test_after_a_drawing_that_raises_all_others_draw_at_once() -> None:
    async def play() -> None:
        stage = Stage(raising, PAGE)
        first, *others = await stage.crowd()
        assert stage.begun == 1
        stage.go.set()
        assert await asyncio.gather(*others) == [b"200 a page"] * (CROWD - 1)
        assert isinstance(first.exception(), RuntimeError)
        assert stage.begun == CROWD
        assert not stage.once.drawings

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
def test_what_cannot_be_kept_makes_nobody_wait_for_its_end(part: Answer) -> None:
    async def play() -> None:
        stage = Stage(part)
        crowd = await stage.crowd()
        stage.go.set()
        answers = await asyncio.gather(*crowd)
        assert len(set(answers)) == 1
        assert stage.begun == CROWD
        assert len(stage.once.memory) == 0
        assert not stage.once.drawings

    run(play)


def test_after_a_cancelled_drawing_the_next_one_draws() -> None:
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


def test_one_who_waits_may_leave_without_harm() -> None:
    async def play() -> None:
        stage = Stage(PAGE)
        crowd = await stage.crowd()
        crowd[1].cancel()
        stage.go.set()
        assert await asyncio.gather(*crowd[:1], *crowd[2:]) == [b"200 a page"] * (CROWD - 1)
        assert stage.begun == 1

    run(play)


def test_a_drawing_that_breaks_off_is_no_answer_and_another_is_drawn() -> None:
    async def play() -> None:
        stage = Stage(breaking_off, PAGE)
        first, *others = await stage.crowd()
        stage.go.set()
        assert await asyncio.gather(*others) == [b"200 a page"] * (CROWD - 1)
        assert await first == b"0 "
        assert stage.begun == 2

    run(play)


def test_a_page_of_a_newer_generation_is_kept_as_that() -> None:
    async def play() -> None:
        stage = Stage(of_generation(2), of_generation(3))
        stage.go.set()
        assert await stage.ask() == b"200 of 2"
        assert stage.once.memory.generation == 2
        assert await stage.ask() == b"200 of 2"
        stage.current.known = 3
        assert await stage.ask() == b"200 of 3"

    run(play)


def test_a_page_of_an_older_generation_is_answered_but_not_kept() -> None:
    async def play() -> None:
        stage = Stage(of_generation(1), of_generation(2))
        stage.current.known = 2
        stage.go.set()
        assert [await stage.ask() for _ in range(3)] == [b"200 of 1", b"200 of 2", b"200 of 2"]

    run(play)


def test_who_asks_after_a_load_does_not_wait_for_a_drawing_from_before() -> None:
    async def play() -> None:
        stage = Stage(of_generation(1), of_generation(2))
        early = await stage.crowd(3)
        stage.current.known = 2
        late = await stage.crowd(3)
        assert stage.begun == 2
        stage.go.set()
        assert await asyncio.gather(*early) == [b"200 of 1"] * 3
        assert await asyncio.gather(*late) == [b"200 of 2"] * 3
        assert await stage.ask() == b"200 of 2"

    run(play)


def test_the_real_list_is_drawn_once_for_many(site: Site) -> None:
    with ThreadPoolExecutor(CROWD) as crowd:
        answers = [*crowd.map(site.get, ["/?sort=name"] * CROWD)]
    assert site.drawn == ["/"]
    assert len({answer.text for answer in answers}) == 1
