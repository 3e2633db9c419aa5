"""Which version of the data is current, asked of the database on a thread of its own."""

import logging
from collections.abc import Callable
from threading import Event, Thread

log = logging.getLogger("sourcebook")
INTERVAL = 0.25
"""Seconds from one question to the next."""


class VersionPoller:
    """The newest version that this process has seen; None before the first. It never falls.

    While the database cannot be reached the last answer stands.
    """

    def __init__(self, ask: Callable[[], int | None]) -> None:
        self.known: int | None = None
        self._ask = ask
        self._failing = False
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Ask now, and go on asking."""
        self.poll()
        self._stop.clear()
        self._thread = Thread(target=self._run, name="version poller", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._stop.wait(INTERVAL):
            self.poll()

    def poll(self) -> None:
        """Ask once."""
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
        """Ask no more, and know nothing: what is kept is not answered from here on."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=5)
        self.known = None
