"""In front of everything: what was drawn before is answered without asking the application."""

from starlette.types import ASGIApp, Receive, Scope, Send

from .asked import Asked, Key, read_asked
from .current import Current
from .drawing import Drawing
from .kept import Header, Kept
from .memory import PageMemory

GZIP: Header = (b"content-encoding", b"gzip")
Place = tuple[int, Key]
"""A page as it is in one generation."""


class DrawnOnce:
    """Draws each page once a generation; who asks for it meanwhile waits for that one drawing.

    `application` answers with all its headers; what it answers for itself, streams at length or
    refuses goes through as it is. `by_host` is whether pages name the host that they were asked of.
    """

    def __init__(
        self, application: ASGIApp, current: Current, memory: PageMemory, *, by_host: bool
    ) -> None:
        self.application = application
        self.current = current
        self.memory = memory
        self.by_host = by_host
        self.drawings: dict[Place, Drawing] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or have the answer drawn."""
        generation = self.current.known
        asked = None
        if generation is not None and scope["type"] == "http":
            asked = read_asked(scope, by_host=self.by_host)
        if asked is None or generation is None:
            await self.application(scope, receive, send)
            return
        self.memory.turn_to(generation)
        page = self.memory.get(asked.key) or await self._wait_or_draw(asked, scope, receive, send)
        if page:
            await page.answer(send, asked.tags, head=scope["method"] == "HEAD")

    async def _wait_or_draw(
        self, asked: Asked, scope: Scope, receive: Receive, send: Send
    ) -> Kept | None:
        """An answer that somebody else drew meanwhile; None where this request is answered."""
        place = (self.memory.generation, asked.key)
        while drawing := self.drawings.get(place):
            await drawing.landed.wait()
            if drawing.page:
                return drawing.page
            if drawing.alone:
                await self.application(scope, receive, send)
                return None
        await self._draw(place, asked.tags, scope, receive, send)
        return None

    async def _draw(
        self, place: Place, tags: bytes, scope: Scope, receive: Receive, send: Send
    ) -> None:
        known, key = place
        plain = _in_encoding(scope, key[-1])

        def finish(headers: list[Header], body: bytes) -> Kept:
            # A page may come of a newer generation than was known, or of an older by a late copy.
            generation = plain["state"].get("generation", known)
            page = Kept.of(generation, headers, _timeless(headers, body))
            self.memory.keep(key, page)
            return page

        head = scope["method"] == "HEAD"
        drawing = Drawing(send, self.memory.largest, finish, tags, head=head)
        self.drawings[place] = drawing
        try:
            await self.application(plain, receive, drawing.take)
        except Exception:
            drawing.give_up()
            raise
        finally:
            del self.drawings[place]
            drawing.landed.set()


def _in_encoding(scope: Scope, encoding: str) -> Scope:
    """A request that takes one encoding alone."""
    headers = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
    headers.append((b"accept-encoding", encoding.encode()))
    return {**scope, "headers": headers, "state": dict(scope.get("state", {}))}


def _timeless(headers: list[Header], body: bytes) -> bytes:
    """Gzip without the time in its bytes 4 to 7, so that equal pages have equal tags."""
    return body[:4] + bytes(4) + body[8:] if GZIP in headers else body
