"""How requests are read from the wire: quickly, and with bounds on bytes and time."""

from asyncio import TimerHandle, Transport

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PIECE = 32_768
"""Bytes that are parsed at once."""
MOST = 2 * PIECE
"""Bytes of a request's line and headers: half as many always pass, more never do."""
PATIENCE = 10.0
"""Seconds from the first byte of a request to its last, and from a connection to its first."""
TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class LimitedHttpProtocol(HttpToolsProtocol):
    """uvicorn's fast protocol, which of itself waits for ever and holds headers of any length."""

    _in_head = False
    _whole = False
    _read = 0
    _timer: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._arm()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._disarm()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, piece by piece, and end a connection that exceeds the bounds."""
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
        """Count anew."""
        self._in_head, self._whole, self._read = True, False, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Count no more: bodies have a bound of their own."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Be patient again."""
        self._whole = True
        super().on_message_complete()

    def _arm(self) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(PATIENCE, self.transport.close)

    def _disarm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
