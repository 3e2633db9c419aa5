"""Retries a request on another database host if one was lost before anything was sent."""

from collections.abc import Callable

from anyio import sleep
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import DatabaseAway, HostLost

PAUSES = (0.0, 0.3, 1.0)
"""Seconds before each further try."""


class RetryOnHostLoss:
    """Has a request answered anew while nothing of its answer has been sent.

    Requests only read, so they may be repeated as often as one likes.
    """

    def __init__(self, app: ASGIApp, refuse: Callable[[Request, Exception], Response]) -> None:
        self.app, self.refuse = app, refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with retries; in the end say that there is no answer now."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        for pause in PAUSES:
            if await self._is_answered(scope, receive, send):
                return None
            await sleep(pause)
        if not await self._is_answered(scope, receive, send):
            refusal = await run_in_threadpool(self.refuse, Request(scope), DatabaseAway())
            await refusal(scope, receive, send)
        return None

    async def _is_answered(self, scope: Scope, receive: Receive, send: Send) -> bool:
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(dict(scope), receive, watched)
        except HostLost:
            if begun:
                raise
            return False
        return True
