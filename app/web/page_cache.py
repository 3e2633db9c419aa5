"""The page cache: complete responses, kept until a new version of the data is current.

It is in front of the application: a cached page is sent without routing. A page that is being
rendered is rendered once; requests for it that arrive meanwhile wait for that one.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from anyio import Event, sleep
from msgspec import Struct
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .negotiation import best_encoding, knows, tag_of
from .request_context import THEME_COOKIE, chosen_theme

UNCACHED = frozenset({"/healthz", "/readyz", "/theme"})
"""Responses that report the present state."""
ASSETS = "/static/"
"""Files that `assets` keeps in memory."""
OFFERED = ("br", "gzip", "identity")
"""The encodings of a page, the best first."""
LARGEST = 1 << 20
"""Bytes of the longest body that is cached; a longer one is streamed to its client alone."""
OVERHEAD = 1500
"""About the bytes that Python needs for a response besides its headers and body."""
MAX_AGE = b"public, max-age=0, stale-if-error=86400"
"""Clients revalidate at every use, which costs a 304; a proxy may bridge a day of outage."""
POLL = 0.05
"""Seconds between two looks at whether those who wait for a page have all left."""

_READ = {b"host", b"cookie", b"accept-encoding", b"if-none-match"}
_BODY = {b"content-length", b"transfer-encoding"}
_COOKIE = THEME_COOKIE.encode()
_PRIVATE = frozenset({b"set-cookie", b"content-range"})
"""Headers of responses that are for one client, or are not complete."""
_NO_STORE = b"no-store"
_OF_THE_BODY = frozenset(
    {b"content-type", b"content-length", b"content-encoding", b"content-disposition"}
)
"""Headers that a 304 leaves out; it repeats all others, `Vary` among them."""
_OWN = frozenset({b"etag", b"cache-control", b"content-length"})
_EMPTY: Message = {"type": "http.response.body", "body": b""}

Header: TypeAlias = tuple[bytes, bytes]
CacheKey: TypeAlias = tuple[bytes, bytes, bytes, str, str, str]
"""Path and query as sent, host, scheme, theme and encoding: equal keys have equal responses."""


class CachedRequest(NamedTuple):
    """A request that can be answered from the cache. `tags` is its If-None-Match, or blank."""

    key: CacheKey
    tags: bytes


def read_request(scope: Scope, *, by_host: bool) -> CachedRequest | None:
    """The cache key of a request and its tags; None for a request that is never cached.

    `by_host` is whether pages contain the host that they were requested from.
    """
    path: str = scope["path"]
    if scope["method"] not in ("GET", "HEAD") or path in UNCACHED or path.startswith(ASSETS):
        return None
    found: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _READ:
            # The application reads the first Host header, and all values of the others.
            found[name] = value if name not in found else _joined(name, found[name], value)
        elif name in _BODY and value != b"0":
            return None
    if b"host" not in found:
        return None
    host = found[b"host"] if by_host else b""
    encoding = _encoding_for(found.get(b"accept-encoding", b""))
    raw = scope.get("raw_path") or path.encode()
    key = (raw, scope["query_string"], host, scope["scheme"], _theme(scope, found), encoding)
    return CachedRequest(key, found.get(b"if-none-match", b""))


def _joined(name: bytes, first: bytes, more: bytes) -> bytes:
    return first if name == b"host" else first + b", " + more


def _theme(scope: Scope, found: dict[bytes, bytes]) -> str:
    return chosen_theme(Request(scope).cookies) if _COOKIE in found.get(b"cookie", b"") else ""


@lru_cache(maxsize=256)
def _encoding_for(accepted: bytes) -> str:
    return best_encoding(accepted.decode("latin-1"), OFFERED)


class CachedResponse(Struct, frozen=True):
    """A response with status 200 of one version, and the 304 that may be sent instead."""

    version: int
    etag: str
    start: Message
    body: Message
    unchanged: Message
    size: int
    """About the bytes that it takes in memory."""

    @classmethod
    def of(cls, version: int, headers: Iterable[Header], body: bytes) -> "CachedResponse":
        """The response that the application gave with these headers and this body."""
        etag = tag_of(body)
        own = ((b"etag", etag.encode()), (b"cache-control", MAX_AGE))
        shared = (*(one for one in headers if one[0] not in _OWN), *own)
        short = tuple(one for one in shared if one[0] not in _OF_THE_BODY)
        return cls(
            version,
            etag,
            _start(200, (*shared, (b"content-length", str(len(body)).encode()))),
            {"type": "http.response.body", "body": body},
            _start(304, short),
            OVERHEAD + len(body) + sum(len(name) + len(value) for name, value in shared),
        )

    async def send_to(self, send: Send, tags: bytes, *, head: bool) -> None:
        """Send it to a client that has `tags` already; HEAD gets the headers alone."""
        if tags and knows(tags.decode("latin-1"), self.etag):
            await send(self.unchanged)
            await send(_EMPTY)
            return
        await send(self.start)
        await send(_EMPTY if head else self.body)


def _start(status: int, headers: tuple[Header, ...]) -> Message:
    return {"type": "http.response.start", "status": status, "headers": headers}


class UncachedResponse(NamedTuple):
    """A response that is sent to all who waited for it and then forgotten."""

    messages: tuple[Message, ...]

    async def send_to(self, send: Send, _tags: bytes, *, head: bool) -> None:
        """Send it as it is; HEAD gets the headers alone."""
        start, *pieces = self.messages
        await send(start)
        for piece in [_EMPTY] if head else pieces:
            await send(piece)


class PageCache:
    """Responses of one version in at most `limit` bytes, the least recently used dropped first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.largest = min(LARGEST, limit // 4)
        self.version = 0
        self.size = 0
        self._kept: OrderedDict[CacheKey, CachedResponse] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def turn_to(self, version: int) -> None:
        """Drop the pages of older versions; a number that is not newer changes nothing."""
        if version > self.version:
            self.version = version
            self.size = 0
            self._kept.clear()

    def get(self, key: CacheKey) -> CachedResponse | None:
        """The response cached under a key, which is now the most recently used."""
        if (found := self._kept.get(key)) is not None:
            self._kept.move_to_end(key)
        return found

    def keep(self, key: CacheKey, page: CachedResponse) -> None:
        """Cache a response, unless its version is older than that of others here."""
        self.turn_to(page.version)
        if page.version < self.version:
            return
        if (before := self._kept.pop(key, None)) is not None:
            self.size -= _size(key, before)
        self._kept[key] = page
        self.size += _size(key, page)
        while self.size > self.limit:
            self.size -= _size(*self._kept.popitem(last=False))


def _size(key: CacheKey, page: CachedResponse) -> int:
    return page.size + sum(map(len, key))


class ResponseRecorder:
    """Receives the response in place of the server, to share it with the requests that wait for it.

    `done` is set once it is known whether it can be shared. `response` is it then, or None: those
    who waited make theirs each for itself, unless `shared` says that one may do it for all again.
    """

    def __init__(
        self,
        send: Send,
        largest: int,
        finish: Callable[[list[Header], bytes], CachedResponse],
        tags: bytes,
        *,
        head: bool,
    ) -> None:
        self.done = Event()
        self.response: CachedResponse | UncachedResponse | None = None
        self.shared = True
        self._send, self._largest, self._finish = send, largest, finish
        self._tags, self._head = tags, head
        self._held: list[Message] = []
        self._size = 0
        self._waiting: list[Request] = []

    async def wait(self, request: Request) -> None:
        """Let another request for the same page wait until `done`."""
        self._waiting.append(request)
        await self.done.wait()

    def receive_for_all(self, receive: Receive) -> Receive:
        """A `receive` that reports a disconnect only once all who wait have left as well."""

        async def receive_shared() -> Message:
            message = await receive()
            if message["type"] == "http.disconnect":
                while await self._is_awaited():
                    await sleep(POLL)
            return message

        return receive_shared

    async def _is_awaited(self) -> bool:
        return not all([await request.is_disconnected() for request in self._waiting])

    async def record(self, message: Message) -> None:
        """Take a message of the application, and pass on what cannot be shared."""
        if self.response or not self.shared:
            await self._send(message)
            return
        self._held.append(message)
        self._size += len(message.get("body", b""))
        if not _can_be_shared(message) or self._size > self._largest:
            await self._pass_along()
        elif message["type"] == "http.response.body" and not message.get("more_body"):
            self.response = self._completed()
            self.done.set()
            await self.response.send_to(self._send, self._tags, head=self._head)

    def _completed(self) -> CachedResponse | UncachedResponse:
        start, *pieces = self._held
        if start["status"] != 200:
            return UncachedResponse(tuple(self._held))
        body = b"".join(piece.get("body", b"") for piece in pieces)
        return self._finish(start["headers"], body)

    async def _pass_along(self) -> None:
        self.give_up()
        for message in self._held:
            await self._send(message)
        self._held.clear()

    def give_up(self) -> None:
        """Let each of those who wait make the response for itself."""
        self.shared = False
        self._waiting.clear()
        self.done.set()


def _can_be_shared(message: Message) -> bool:
    """Whether a response may go to all who wait for it: a page, or that it cannot be had now.

    If each made its own after a time limit, a slow page would take its time for every one of them.
    """
    if message["type"] == "http.response.start":
        headers = dict(message["headers"])
        passing = headers.get(b"cache-control") == _NO_STORE
        return message["status"] in (200, 503) and not passing and not headers.keys() & _PRIVATE
    return bool(message["type"] == "http.response.body")


class PageCacheMiddleware:
    """Responds from the cache, and has each page rendered once a version.

    `application` gives responses with all their headers; those that stream at length, refuse or
    are for one client go through unchanged. `current` returns the number of the newest version, or
    None if it is not known. `by_host` is whether pages contain the host they were requested from.
    """

    def __init__(
        self,
        application: ASGIApp,
        current: Callable[[], int | None],
        cache: PageCache,
        *,
        by_host: bool,
    ) -> None:
        self.application, self.current = application, current
        self.cache, self.by_host = cache, by_host
        self.pending: dict[tuple[int, CacheKey], ResponseRecorder] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond from the cache, or have the application respond."""
        version = self.current()
        request = None
        if version is not None and scope["type"] == "http":
            request = read_request(scope, by_host=self.by_host)
        if request is None or version is None:
            await self.application(scope, receive, send)
            return
        self.cache.turn_to(version)
        page: CachedResponse | UncachedResponse | None = self.cache.get(request.key)
        if page is None:
            page = await self._wait_or_make(request, scope, receive, send)
        if page:
            await page.send_to(send, request.tags, head=scope["method"] == "HEAD")

    async def _wait_or_make(
        self, request: CachedRequest, scope: Scope, receive: Receive, send: Send
    ) -> CachedResponse | UncachedResponse | None:
        """A response that another request made; None where this one has been sent its own."""
        place = (self.cache.version, request.key)
        while recorder := self.pending.get(place):
            await recorder.wait(Request(scope, receive))
            if recorder.response:
                return recorder.response
            if not recorder.shared:
                await self.application(scope, receive, send)
                return None
        await self._make(place, request.tags, scope, receive, send)
        return None

    async def _make(
        self,
        place: tuple[int, CacheKey],
        tags: bytes,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        known, key = place
        plain = _in_encoding(scope, key[-1])

        def finish(headers: list[Header], body: bytes) -> CachedResponse:
            # A page may be of a newer version than was known, or of an older one by a lagging host.
            version = plain["state"].get("version", known)
            page = CachedResponse.of(version, headers, _without_time(headers, body))
            self.cache.keep(key, page)
            return page

        head = scope["method"] == "HEAD"
        recorder = ResponseRecorder(send, self.cache.largest, finish, tags, head=head)
        self.pending[place] = recorder
        try:
            await self.application(plain, recorder.receive_for_all(receive), recorder.record)
        except Exception:
            recorder.give_up()
            raise
        finally:
            del self.pending[place]
            recorder.done.set()


def _in_encoding(scope: Scope, encoding: str) -> Scope:
    """The request with one accepted encoding alone."""
    headers = [one for one in scope["headers"] if one[0] != b"accept-encoding"]
    headers.append((b"accept-encoding", encoding.encode()))
    return {**scope, "headers": headers, "state": dict(scope.get("state", {}))}


def _without_time(headers: list[Header], body: bytes) -> bytes:
    """Gzip without the time in its bytes 4 to 7, so that equal pages have equal tags."""
    return body[:4] + bytes(4) + body[8:] if (b"content-encoding", b"gzip") in headers else body
