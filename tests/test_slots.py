"""Slots: what takes long holds up nothing but its like."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Waited
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from anyio import CapacityLimiter

from tests.site import serve

WHILE = 0.4
"""Seconds for which a request is watched that must not be answered yet."""


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
def test_what_waits_for_a_slot_holds_up_no_other_kind(
    tmp_path: Path, held: str, waits: str, answered: tuple[str, ...]
) -> None:
    with serve(tmp_path) as client, ThreadPoolExecutor(1) as aside:
        with filled(client, getattr(client.app.state.slots, held)):
            waiting: Future[Any] = aside.submit(client.get, waits)
            assert [client.get(one).status_code for one in answered] == [200] * len(answered)
            with pytest.raises(Waited):
                waiting.result(WHILE)
        assert waiting.result(20).status_code == 200
