"""Polls the database for its current version, on a thread."""

import logging
from collections.abc import Callable
from threading import Event, Thread

log = logging.getLogger("sourcebook")
INTERVAL = 0.25
"""Seconds between two polls."""


class VersionPoller:
    """`known` is the newest version that this process has seen, or None; it never falls.

    While the database cannot be reached it stays as it is.
    """

    def __init__(self, ask: Callable[[], int | None]) -> None:
        self.known: int | None = None
        self._ask = ask
        self._failing = False
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Poll now, and from now on."""
        self.poll()
        self._stop.clear()
        self._thread = Thread(target=self._run, name="version poller", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._stop.wait(INTERVAL):
            self.poll()

    def poll(self) -> None:
        """Ask the database once."""
        try:
            found = self._ask()
        except Exception:
            if not self._failing:
                log.exception("The database cannot tell which version is current")
            self._failing = True
            return
        self._failing = False
        if found is not None:
            self.known = max(found, self.known or 0)

    def close(self) -> None:
        """Stop polling and forget the version, so that nothing is served from the cache."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)
        self.known = None
