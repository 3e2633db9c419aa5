"""A site that keeps what it draws, and what was drawn of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from app.drawn.once import DrawnOnce
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.types import Receive, Scope, Send

from tests.site import serve


@dataclass
class Site:
    """A client of the site, and the addresses that the application itself answered."""

    client: TestClient
    drawn: list[str] = field(default_factory=list)

    @property
    def once(self) -> DrawnOnce:
        """What stands in front of the application."""
        once = self.client.app.once  # type: ignore[attr-defined]
        assert isinstance(once, DrawnOnce)
        return once

    def listen(self) -> None:
        """Note from now on whatever reaches the application."""
        application = self.once.application

        async def noting(scope: Scope, receive: Receive, send: Send) -> None:
            self.drawn.append(scope["path"])
            await application(scope, receive, send)

        self.once.application = noting

    def get(self, url: str, method: str = "GET", **headers: str) -> Response:
        """An answer; `_` in the name of a header stands for `-`. Unsaid, no encoding is taken."""
        said = {"Accept-Encoding": "identity"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.client.request(method, url, headers=said)


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """The six companies behind a memory of pages; a parameter gives further settings."""
    settings: dict[str, Any] = {"page_memory": 4_000_000} | getattr(request, "param", {})
    with serve(tmp_path, **settings) as client:
        opened = Site(client)
        opened.listen()
        yield opened
