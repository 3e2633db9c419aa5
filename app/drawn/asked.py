"""What an answer depends on besides the data, read from a request without a router."""

from functools import lru_cache
from typing import NamedTuple

from starlette.requests import Request
from starlette.types import Scope

from ..negotiation import best_encoding
from ..pages.visit import THEME_COOKIE, chosen_theme

NEVER = frozenset({"/healthz", "/readyz", "/theme"})
"""Answers that tell how it is now."""
ASSETS = "/static/"
"""Files that are served from a memory of their own."""
OFFERED = ("br", "gzip", "identity")
"""The encodings of a page, the best first."""
MET = {b"host", b"cookie", b"accept-encoding", b"if-none-match"}
SENDS = {b"content-length", b"transfer-encoding"}
COOKIE = THEME_COOKIE.encode()

Key = tuple[bytes, bytes, bytes, str, str, str]
"""Path and query as sent, host, scheme, theme and encoding: equal keys have equal answers."""


class Asked(NamedTuple):
    """A request that an answer kept before may answer. `tags` is If-None-Match, blank for none."""

    key: Key
    tags: bytes


def read_asked(scope: Scope, *, by_host: bool) -> Asked | None:
    """What a request asks for, or None where its answer is never kept.

    `by_host` is whether pages name the host that they were asked of.
    """
    path: str = scope["path"]
    if scope["method"] not in ("GET", "HEAD") or path in NEVER or path.startswith(ASSETS):
        return None
    met: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in MET:
            # Of two hosts pages are told the first; of the others all count.
            met[name] = value if name not in met else _joined(name, met[name], value)
        elif name in SENDS and value != b"0":
            return None
    if b"host" not in met:
        return None
    host = met[b"host"] if by_host else b""
    encoding = encoding_for(met.get(b"accept-encoding", b""))
    raw = scope.get("raw_path") or path.encode()
    key = (raw, scope["query_string"], host, scope["scheme"], _theme(scope, met), encoding)
    return Asked(key, met.get(b"if-none-match", b""))


def _joined(name: bytes, first: bytes, more: bytes) -> bytes:
    return first if name == b"host" else first + b", " + more


def _theme(scope: Scope, met: dict[bytes, bytes]) -> str:
    return chosen_theme(Request(scope).cookies) if COOKIE in met.get(b"cookie", b"") else ""


@lru_cache(maxsize=256)
def encoding_for(accepted: bytes) -> str:
    """The encoding in which an Accept-Encoding header would have a page."""
    return best_encoding(accepted.decode("latin-1"), OFFERED)
