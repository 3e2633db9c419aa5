"""Watches data files for changes."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Lock, Thread, Timer

from watchfiles import watch

log = logging.getLogger("sourcebook")
AGAIN = 3
"""Seconds before a load that failed for the database is tried again."""
SETTLE = 300
"""Milliseconds without a change before a file is read again."""


class Watcher:
    """Calls back on a thread whenever one of some files has changed.

    A callback that returns False is called again after AGAIN seconds.
    """

    def __init__(self, paths: Sequence[Path], changed: Callable[[], bool]) -> None:
        self._paths = {path.resolve() for path in paths}
        self._changed = changed
        self._stop = Event()
        self._lock = Lock()
        self._again = Timer(0, self._call)
        self._thread = Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        # Watches folders, since editors write a new file and rename it over the old one.
        folders = {path.parent for path in self._paths if path.parent.is_dir()}
        called = False
        for changes in watch(
            *folders,
            watch_filter=lambda _, name: Path(name) in self._paths,
            debounce=SETTLE,
            step=SETTLE,
            stop_event=self._stop,
            recursive=False,
            raise_interrupt=False,
            rust_timeout=SETTLE,
            yield_on_timeout=True,
        ):
            if called and not changes:
                continue
            called = True  # Once without a change: one may have come before watching began.
            self._call()

    def _call(self) -> None:
        """Call back, and again by a timer if that is wanted: a busy folder gives no pause."""
        with self._lock:
            self._again.cancel()
            try:
                done = self._changed()
            except Exception:
                log.exception("A changed data file could not be read; watching goes on")
                return
            if not done and not self._stop.is_set():
                self._again = Timer(AGAIN, self._call)
                self._again.daemon = True
                self._again.start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._again.cancel()
        self._thread.join(timeout=5)
