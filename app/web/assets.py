"""The files of `static/`: read and compressed at start, served from memory."""

import gzip
import mimetypes
import re
from collections.abc import Mapping
from pathlib import Path

import brotli
import rjsmin
from msgspec import Struct
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from .negotiation import best_encoding, knows, tag_of

YEAR = 31_536_000
DAY = 86_400
COMPRESSED = ("text/css", "text/javascript", "text/plain", "image/svg+xml")
"""Media types that are compressed; fonts are already."""
WITHOUT_COMMENTS = {
    "text/css": lambda text: re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL),
    "text/javascript": rjsmin.jsmin,
}
"""Removes comments by media type. Spaces in styles cost nothing once compressed, and minifiers
of styles were seen to join `.a :is(b)`.
"""


class Encoded(Struct, frozen=True):
    """The bytes of a file in one encoding, and their entity tag (RFC 9110, 8.8.3)."""

    body: bytes
    etag: str


class Asset(Struct, frozen=True):
    """A file in each encoding that is offered, the best first; `identity` is always one."""

    media_type: str
    encoded: Mapping[str, Encoded]


class Assets:
    """Serves the files of a folder; one requested with its digest (`v=`) never changes."""

    def __init__(self, folder: Path) -> None:
        self.assets = {path.name: _asset(path) for path in folder.iterdir() if path.is_file()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to a request below the folder's address. Raises HTTPException without a file."""
        request = Request(scope, receive)
        name = scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/")
        if (asset := self.assets.get(name)) is None:
            raise HTTPException(404)
        if request.method != "GET":
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        await _answer(asset, request)(scope, receive, send)


def _asset(path: Path) -> Asset:
    plain = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type in WITHOUT_COMMENTS:
        plain = WITHOUT_COMMENTS[media_type](plain.decode()).encode()
    bodies = {"identity": plain}
    if media_type in COMPRESSED:
        bodies = {"br": brotli.compress(plain), "gzip": gzip.compress(plain, mtime=0), **bodies}
    return Asset(media_type, {name: Encoded(body, tag_of(body)) for name, body in bodies.items()})


def _answer(asset: Asset, request: Request) -> Response:
    encoding = best_encoding(request.headers.get("accept-encoding", ""), asset.encoded)
    found = asset.encoded[encoding]
    age = f"max-age={YEAR}, immutable" if "v" in request.query_params else f"max-age={DAY}"
    headers = {"ETag": found.etag, "Vary": "Accept-Encoding", "Cache-Control": f"public, {age}"}
    if knows(request.headers.get("if-none-match", ""), found.etag):
        return Response(status_code=304, headers=headers)
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return Response(found.body, headers=headers, media_type=asset.media_type)
