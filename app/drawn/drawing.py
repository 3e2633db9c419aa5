"""An answer while it is drawn: collected if it can be kept, passed along if not."""

from collections.abc import Callable

from anyio import Event
from starlette.types import Message, Send

from .kept import Header, Kept

Finish = Callable[[list[Header], bytes], Kept]
TIED = frozenset({b"set-cookie", b"content-range"})
"""Headers of answers that are for one reader, or not the whole."""
PASSING = b"no-store"
"""The Cache-Control of an answer that may be another the next time."""


class Drawing:
    """One drawing of an answer, for whoever began it and those who wait for the same.

    `landed` is set once it is known what comes of it: `page` is then the answer; or, where there
    is none, `alone` tells whether those who wait should no more wait for each other.
    """

    def __init__(
        self, send: Send, largest: int, finish: Finish, tags: bytes, *, head: bool
    ) -> None:
        self.landed = Event()
        self.page: Kept | None = None
        self.alone = False
        self._send, self._largest, self._finish = send, largest, finish
        self._tags, self._head = tags, head
        self._held: list[Message] = []
        self._size = 0

    async def take(self, message: Message) -> None:
        """Take a message of the application, in the place of the server."""
        if self.alone or self.page:
            await self._send(message)
            return
        self._held.append(message)
        self._size += len(message.get("body", b""))
        if not self._keepable(message) or self._size > self._largest:
            await self._pass_along()
        elif message["type"] == "http.response.body" and not message.get("more_body"):
            start, *pieces = self._held
            body = b"".join(piece.get("body", b"") for piece in pieces)
            self.page = self._finish(start["headers"], body)
            self.landed.set()
            await self.page.answer(self._send, self._tags, head=self._head)

    def _keepable(self, message: Message) -> bool:
        if message["type"] == "http.response.start":
            told = dict(message["headers"])
            passing = told.get(b"cache-control") == PASSING
            return bool(message["status"] == 200 and not passing and not told.keys() & TIED)
        return bool(message["type"] == "http.response.body")

    async def _pass_along(self) -> None:
        self.give_up()
        for message in self._held:
            await self._send(message)
        self._held.clear()

    def give_up(self) -> None:
        """Let those who wait draw for themselves."""
        self.alone = True
        self.landed.set()
