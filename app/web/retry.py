"""Retries a request on another database host if one was lost before anything was sent."""

from collections.abc import Callable

from anyio import sleep
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import DatabaseAway, HostLost

PAUSES = (0.0, 0.3, 1.0)
"""Seconds before each retry."""


class WatchedSend:
    """Passes messages on to the server, and knows whether there were any."""

    def __init__(self, send: Send) -> None:
        self.begun = False
        self._send = send

    async def __call__(self, message: Message) -> None:
        self.begun = True
        await self._send(message)


class RetryOnHostLoss:
    """Retries a request once a host was lost, unless some of its response was sent.

    Requests only read, so repeating them is safe.
    """

    def __init__(self, app: ASGIApp, refuse: Callable[[Request, Exception], Response]) -> None:
        self.app, self.refuse = app, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond, with retries; after the last one, that the database is away."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        for pause in PAUSES:
            if await self._is_completed(scope, receive, send):
                return None
            await sleep(pause)
        if not await self._is_completed(scope, receive, send):
            refusal = await run_in_threadpool(self.refuse, Request(scope), DatabaseAway())
            await refusal(scope, receive, send)
        return None

    async def _is_completed(self, scope: Scope, receive: Receive, send: Send) -> bool:
        watched = WatchedSend(send)
        try:
            await self.app(dict(scope), receive, watched)
        except HostLost:
            if watched.begun:
                raise
            return False
        return True
