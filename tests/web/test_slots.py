"""Slots: a slow request holds up only requests of its kind."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Waited
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from anyio import CapacityLimiter, sleep_forever

from tests.site import serve
from tests.web.conftest import Site

WHILE = 0.4
"""Seconds for which a request that must not be answered yet is watched."""


@contextmanager
def filled(client: Any, slots: CapacityLimiter) -> Iterator[None]:
    """Within this block every slot is held by somebody."""
    holders = [object() for _ in range(int(slots.total_tokens))]
    for holder in holders:
        client.portal.call(slots.acquire_on_behalf_of, holder)
    try:
        yield
    finally:
        for holder in holders:
            client.portal.call(slots.release_on_behalf_of, holder)


@pytest.mark.parametrize(
    ("held", "waits", "answered"),
    [
        ("narrowed", "/?revenue_min=1B", ("/", "/?sort=name&country=", "/companies/zte", "/about")),
        ("narrowed", "/companies/zte?employees_min=5", ("/api/companies/zte", "/compare?c=zte")),
        ("narrowed", "/api/companies?q=z", ("/?size=2&sort=-employees", "/companies.csv?q=z")),
        ("pages", "/companies/zte", ("/?q=z", "/companies.csv")),
        ("downloads", "/companies.csv", ("/", "/?q=z")),
    ],
)
def test_a_request_that_waits_for_a_slot_holds_up_no_other_kind(
    tmp_path: Path, held: str, waits: str, answered: tuple[str, ...]
) -> None:
    with serve(tmp_path) as client, ThreadPoolExecutor(1) as aside:
        with filled(client, getattr(client.app.state.slots, held)):
            waiting: Future[Any] = aside.submit(client.get, waits)
            assert [client.get(one).status_code for one in answered] == [200] * len(answered)
            with pytest.raises(Waited):
                waiting.result(WHILE)
        assert waiting.result(20).status_code == 200


NARROWED = "/?revenue_min=1B"


def begin(client: Any, url: str, *, stays: bool) -> "Future[list[Any]]":
    """A complete request, of a client that stays or has left since; the messages it is sent."""
    path, _, query = url.partition("?")
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"testserver")],
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("testclient", 1),
        "state": {},
    }
    messages, sent = [{"type": "http.request", "body": b"", "more_body": False}], list[Any]()

    async def receive() -> Any:
        if not messages and stays:
            await sleep_forever()
        return messages.pop() if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    async def ask() -> list[Any]:
        await client.app(scope, receive, send)
        return sent

    found: Future[list[Any]] = client.portal.start_task_soon(ask)
    return found


def test_no_work_is_started_for_a_client_that_left_while_queued(tmp_path: Path) -> None:
    with serve(tmp_path) as client:
        with filled(client, client.app.state.slots.narrowed):
            gone, there = (begin(client, f"{NARROWED}&size={n}", stays=n == 9) for n in (8, 9))
            assert client.get("/").status_code == 200
        assert [one.result(20)[0]["status"] for one in (gone, there)] == [499, 200]


def test_a_client_gets_the_page_that_another_one_left_while_queued(tmp_path: Path) -> None:
    with serve(tmp_path) as client:
        with filled(client, client.app.state.slots.narrowed):
            gone = begin(client, NARROWED, stays=False)
            there = begin(client, NARROWED, stays=True)
            assert client.get("/").status_code == 200
        assert [one.result(20)[0]["status"] for one in (gone, there)] == [499, 200]
        assert client.get(NARROWED).status_code == 200


def test_a_queued_page_is_made_for_another_who_waits_for_it(site: Site) -> None:
    with filled(site.client, site.client.app.state.slots.narrowed):  # type: ignore[attr-defined]
        gone = begin(site.client, NARROWED, stays=False)
        there = begin(site.client, NARROWED, stays=True)
        assert site.get("/about").status_code == 200
    assert there.result(20)[0]["status"] == 200
    gone.result(20)
    assert site.rendered == ["/", "/about"]
