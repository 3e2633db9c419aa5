"""A bare ASGI application that answers everything with one page: as quick as uvicorn can be.

`python -m benchmarks.rivals.bare PORT FILE`; the file is what `keep` wrote.
"""

import json
import sys
from base64 import b64decode, b64encode
from pathlib import Path

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.asking import Answer

SERVERS_OWN = ("date", "transfer-encoding")
"""Headers that uvicorn writes itself."""


def keep(answer: Answer, file: Path) -> None:
    """Write down an answer, headers and bytes."""
    headers = [pair for pair in answer.headers if pair[0].lower() not in SERVERS_OWN]
    kept = {"headers": headers, "body": b64encode(answer.body).decode()}
    file.write_text(json.dumps(kept), encoding="utf-8")


def bare(file: Path) -> ASGIApp:
    """The application for a kept answer."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    headers = [(name.lower().encode(), value.encode()) for name, value in kept["headers"]]
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    body = {"type": "http.response.body", "body": b64decode(kept["body"])}

    async def answer(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send(start)
        await send(body)

    return answer


def main() -> None:
    """Serve it, without a log of who asked."""
    port, file = sys.argv[1:]
    uvicorn.run(
        bare(Path(file)),
        host="127.0.0.1",
        port=int(port),
        lifespan="off",
        server_header=False,
        access_log=False,
    )


if __name__ == "__main__":
    main()
