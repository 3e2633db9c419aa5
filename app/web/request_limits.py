"""Limits on the bytes and the time that a request may take to arrive."""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PIECE = 32_768
"""Bytes that are parsed at once."""
MOST = 2 * PIECE
"""Bytes of a request's line and headers: half as many are always accepted, more never."""
ARRIVAL_SECONDS = 10.0
"""Seconds between the first and the last byte of a request, and before the first one."""
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class LimitedHttpProtocol(HttpToolsProtocol):
    """uvicorn's httptools protocol with limits, of which it has none on time and header size."""

    _in_head = False
    _whole = False
    _read = 0
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Start the clock for the first request."""
        super().connection_made(transport)
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clock."""
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse the data piece by piece, and close a connection that exceeds a limit."""
        for begin in range(0, len(data), PIECE):
            if self.transport.is_closing():
                return
            piece = data[begin : begin + PIECE]
            super().data_received(piece)
            self._measure(len(piece))

    def _measure(self, size: int) -> None:
        if self._whole:
            self._disarm()
            return
        self._arm()
        if self._in_head:
            self._read += size
            if self._read > MOST and not self.transport.is_closing():
                self.transport.write(TOO_LARGE)
                self.transport.close()

    def on_message_begin(self) -> None:
        """Count the bytes of a new request."""
        self._in_head, self._whole, self._read = True, False, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Stop counting: a body has another limit."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Mark the request as complete."""
        self._whole = True
        super().on_message_complete()

    def _arm(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(ARRIVAL_SECONDS, self.transport.close)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
