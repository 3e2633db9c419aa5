"""An answer that is kept: its bytes as they go over the wire, and the 304 that may stand for it."""

from collections.abc import Iterable

from msgspec import Struct
from starlette.types import Message, Send

from ..negotiation import knows, tag_of

Header = tuple[bytes, bytes]

AGE = b"public, max-age=0, stale-if-error=86400"
"""Every use is asked for anew, which costs a 304; a proxy may bridge a day of outage."""
OF_THE_BODY = frozenset(
    {b"content-type", b"content-length", b"content-encoding", b"content-disposition"}
)
"""What a 304 leaves out; all else, `Vary` among it, is that of the whole answer."""
OWN = frozenset({b"etag", b"cache-control", b"content-length"})
NOTHING: Message = {"type": "http.response.body", "body": b""}
OVERHEAD = 1500
"""About the bytes that Python needs for an answer besides its headers and body."""


class Kept(Struct, frozen=True):
    """An answer with status 200, of one generation, ready to be sent any number of times."""

    generation: int
    etag: str
    whole: Message
    body: Message
    unchanged: Message
    size: int
    """The bytes that it takes in memory, about."""

    @classmethod
    def of(cls, generation: int, headers: Iterable[Header], body: bytes) -> "Kept":
        """The answer that an application gave with these headers and this body."""
        etag = tag_of(body)
        mine = ((b"etag", etag.encode()), (b"cache-control", AGE))
        shared = (*(one for one in headers if one[0] not in OWN), *mine)
        short = tuple(one for one in shared if one[0] not in OF_THE_BODY)
        return cls(
            generation,
            etag,
            _start(200, (*shared, (b"content-length", str(len(body)).encode()))),
            {"type": "http.response.body", "body": body},
            _start(304, short),
            OVERHEAD + len(body) + sum(len(name) + len(value) for name, value in shared),
        )

    async def answer(self, send: Send, tags: bytes, *, head: bool) -> None:
        """Answer who has `tags` already; HEAD gets the headers alone."""
        if tags and knows(tags.decode("latin-1"), self.etag):
            await send(self.unchanged)
            await send(NOTHING)
            return
        await send(self.whole)
        await send(NOTHING if head else self.body)


def _start(status: int, headers: tuple[Header, ...]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}
