"""Ends the queries of a request when its client leaves, or after a time limit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager

from fastapi.concurrency import contextmanager_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import ClientGone, QueryInterrupted, TookTooLong
from ..settings import Settings
from ..store.versions import Snapshot
from .retry import WatchedSend

PAUSE = 0.05
"""Seconds between two interrupts. One that meets no running query is lost, so they are repeated."""


@asynccontextmanager
async def open_interruptible(
    request: Request, opening: AbstractContextManager[Snapshot], *, limited: bool
) -> AsyncIterator[Snapshot]:
    """Opens a snapshot whose queries end when the client leaves and, if `limited`, after the
    setting `query_seconds`.

    Raises ClientGone or TookTooLong once a query was interrupted.
    """
    settings: Settings = request.app.state.settings
    watch = _Watch(request, settings.query_seconds if limited else None)
    try:
        async with contextmanager_in_threadpool(opening) as snapshot, watch.over(snapshot):
            yield snapshot
    except QueryInterrupted as error:
        gone = ClientGone() if watch.client_gone else TookTooLong(settings.query_seconds)
        raise gone from error


class _Watch:
    """Interrupts a snapshot from a task beside the request. `seconds` None is no time limit."""

    def __init__(self, request: Request, seconds: float | None) -> None:
        self.request, self.seconds = request, seconds
        self.client_gone = False

    @asynccontextmanager
    async def over(self, snapshot: Snapshot) -> AsyncIterator[None]:
        """Watches until the block ends; no interrupt is under way after that."""
        task = asyncio.create_task(self._watch(snapshot))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _watch(self, snapshot: Snapshot) -> None:
        try:
            async with asyncio.timeout(self.seconds):
                while (await self.request.receive())["type"] != "http.disconnect":
                    pass
            self.client_gone = True
        except TimeoutError:
            pass
        while True:
            # On a thread, since PostgreSQL is interrupted over a connection to the server.
            call = asyncio.create_task(asyncio.to_thread(snapshot.interrupt))
            try:
                await asyncio.wait([call])
            finally:
                await asyncio.wait([call])  # A late one would hit another request's query.
            await asyncio.sleep(PAUSE)


class AnswerGoneClients:
    """Ends requests whose client left: 499, as nginx logs it, or nothing within an answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, and ends it where ClientGone is raised."""
        watched = WatchedSend(send)
        try:
            await self.app(scope, receive, watched)
        except ClientGone:
            if not watched.begun:
                await Response(status_code=499)(scope, receive, send)
