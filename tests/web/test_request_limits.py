"""Limits on requests: heads of any length and senders of any slowness meet them."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.web.request_limits import MOST, PIECE, LimitedHttpProtocol
from tests.browser.serving import free_port, wait_for

HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"


async def respond(_scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the length of the body."""
    size, more = 0, True
    while more:
        message = await receive()
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    body = b"%d" % size
    length = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def listening() -> Iterator[int]:
    """A server on a port of its own."""
    port = free_port()
    config = uvicorn.Config(
        respond, port=port, http=LimitedHttpProtocol, lifespan="off", log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_for(lambda: server.started, "the server starts")
        yield port
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with listening() as found:
        yield found


def exchange(port: int, *pieces: bytes) -> bytes:
    """What comes back until the connection ends or an answer with a body is whole."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as connection:
        try:
            for piece in pieces:
                connection.sendall(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = b""
        try:
            while more := connection.recv(65536):
                answer += more
                if b"200 OK" in answer and answer.partition(b"\r\n\r\n")[2]:
                    break
        except ConnectionResetError:
            pass
        return answer


def header(size: int) -> bytes:
    return b"X-Long: " + b"a" * size + b"\r\n"


@pytest.mark.parametrize("size", [10, PIECE - 100, PIECE - len(HEAD) - 20])
def test_a_head_of_fitting_length_passes(port: int, size: int) -> None:
    assert b"200 OK" in exchange(port, HEAD + header(size) + b"\r\n")
    assert b"200 OK" in exchange(port, HEAD, header(size), b"\r\n")


@pytest.mark.parametrize("size", [2 * MOST, 10 * MOST, 100 * MOST])
def test_a_head_of_any_greater_length_is_refused(port: int, size: int) -> None:
    assert b"200 OK" not in exchange(port, HEAD + header(size) + b"\r\n")
    many = header(1000) * (size // 1000)
    assert b"200 OK" not in exchange(port, HEAD + many + b"\r\n")
    address = b"GET /" + b"a" * size + b" HTTP/1.1\r\nHost: x\r\n\r\n"
    assert b"200 OK" not in exchange(port, address)


def test_it_is_said_what_is_too_large(port: int) -> None:
    # No more than is read, so that the answer is not lost with what lies unread.
    answer = exchange(port, HEAD + header(MOST + 1000)[:-2])
    assert answer.startswith(b"HTTP/1.1 431 ")


def test_a_body_is_not_counted_among_the_headers(port: int) -> None:
    body = b"b" * (3 * MOST)
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(body)
    assert exchange(port, head, body).endswith(b"\r\n\r\n%d" % len(body))


def test_several_requests_in_one_piece_are_all_answered(port: int) -> None:
    last = HEAD + b"Connection: close\r\n\r\n"
    with closing(socket.create_connection(("127.0.0.1", port), timeout=10)) as connection:
        connection.sendall((HEAD + b"\r\n") * 3 + last)
        answer = b""
        while more := connection.recv(65536):
            answer += more
    assert answer.count(b"200 OK") == 4


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET",
        HEAD,
        HEAD + b"\r\n" + HEAD,
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nbody",
    ],
)
def test_who_never_ends_a_request_loses_the_connection(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.request_limits.ARRIVAL_SECONDS", 0.2)
    with (
        listening() as port,
        closing(socket.create_connection(("127.0.0.1", port), timeout=4)) as connection,
    ):
        connection.sendall(sent)
        while connection.recv(65536):
            pass


def test_who_sends_byte_by_byte_gains_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.request_limits.ARRIVAL_SECONDS", 0.3)
    with (
        listening() as port,
        closing(socket.create_connection(("127.0.0.1", port), timeout=0.05)) as connection,
    ):
        connection.sendall(HEAD + b"X-Long: ")
        wait_for(lambda: _ended_after(connection, b"a"), "the connection ends", 5)


def _ended_after(connection: socket.socket, sent: bytes) -> bool:
    try:
        connection.sendall(sent)
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except OSError:
        return True
