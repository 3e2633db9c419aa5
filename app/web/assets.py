"""The files of `static/`: read once, made as small as they get, served from memory."""

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
PACKED = ("text/css", "text/javascript", "text/plain", "image/svg+xml")
"""What packing makes smaller; a font is packed as it is."""
BARE = {
    "text/css": lambda text: re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL),
    "text/javascript": rjsmin.jsmin,
}
"""What takes comments out, which are for whoever reads the files here. Of the blanks in styles
packing leaves next to nothing, and minifiers of styles were seen to join `.a :is(b)`.
"""


class Encoded(Struct, frozen=True):
    """The bytes of a file in one encoding, and the tag of just these bytes (RFC 9110, 8.8.3)."""

    body: bytes
    etag: str


class Asset(Struct, frozen=True):
    """A file in every encoding it is offered in, the best first; `identity` is always there."""

    media_type: str
    encoded: Mapping[str, Encoded]


class Assets:
    """Answers with the files of a folder; one asked for by a digest (`v=`) never changes."""

    def __init__(self, folder: Path) -> None:
        self.assets = {path.name: _asset(path) for path in folder.iterdir() if path.is_file()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request below the folder's address. Raises HTTPException where no file is."""
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
    if media_type in BARE:
        plain = BARE[media_type](plain.decode()).encode()
    bodies = {"identity": plain}
    if media_type in PACKED:
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
