"""The site with a page cache, and which of its pages were rendered."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.types import Receive, Scope, Send

from app.web.page_cache import PageCache, PageCacheMiddleware
from app.web.version_poller import VersionPoller
from tests.site import serve


@dataclass
class Site:
    """A client of the site, and the paths that the application itself responded to."""

    client: TestClient
    rendered: list[str] = field(default_factory=list)

    @property
    def middleware(self) -> PageCacheMiddleware:
        """The page cache in front of the application."""
        found = self.client.app.page_cache  # type: ignore[attr-defined]
        assert isinstance(found, PageCacheMiddleware)
        return found

    @property
    def cache(self) -> PageCache:
        """The cached pages."""
        return self.middleware.cache

    @property
    def poller(self) -> VersionPoller:
        """What tells the cache the current version."""
        found = self.client.app.state.poller  # type: ignore[attr-defined]
        assert isinstance(found, VersionPoller)
        return found

    def listen(self) -> None:
        """Record from now on what reaches the application."""
        application = self.middleware.application

        async def recording(scope: Scope, receive: Receive, send: Send) -> None:
            self.rendered.append(scope["path"])
            await application(scope, receive, send)

        self.middleware.application = recording

    def get(self, url: str, method: str = "GET", **headers: str) -> Response:
        """A response; `_` in the name of a header is `-`. By default no encoding is accepted."""
        sent = {"Accept-Encoding": "identity"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return self.client.request(method, url, headers=sent)


@pytest.fixture
def site(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """The six companies behind a page cache; a parameter gives further settings."""
    # A list without its charts is not cached, and a busy machine may be as slow as that.
    monkeypatch.setattr("app.pages.listing.PATIENCE", 600)
    settings: dict[str, Any] = {"page_memory": 4_000_000} | getattr(request, "param", {})
    with serve(tmp_path, **settings) as client:
        opened = Site(client)
        opened.listen()
        yield opened


@pytest.fixture(scope="session")
def six_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The six companies without a page cache, only to be read."""
    with serve(tmp_path_factory.mktemp("site")) as client:
        yield client
