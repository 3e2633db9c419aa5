"""Loading as the program does it: files in, a new generation out, and again when a file changes."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

from app.errors import AppError
from app.readers.assembly import Told, assemble
from app.readers.inputs import Inputs, gather
from app.store.engine import open_engine
from app.store.load import Progress, prepare, write_generation
from app.store.snapshot import Library

log = logging.getLogger("sourcebook")
SETTLE = 300
"""Milliseconds that a file must rest before it is read again."""


class Loader:
    """Loads files into one database. Two at once are safe: the database lets one wait."""

    def __init__(self, database: str, keep: int) -> None:
        self.engine = open_engine(database, writes=True)
        self.keep = keep
        prepare(self.engine)

    def load(
        self,
        inputs: Inputs,
        *,
        skip_bad_rows: bool = False,
        told: Told = lambda *_: None,
        progress: Progress = lambda _: None,
    ) -> int:
        """Load inputs as a new generation and return its number. Raises DataFaults."""
        now = datetime.now(UTC)
        dataset = assemble(inputs, now.date(), skip_bad_rows=skip_bad_rows, told=told)
        return write_generation(self.engine, dataset, self.keep, now, progress)

    def refresh(self, paths: Sequence[Path]) -> int | None:
        """Load files unless the database holds just these; None then. Raises DataFaults."""
        inputs = gather(paths)
        if Library(self.engine).digest() == inputs.digest():
            return None
        return self.load(inputs)

    def try_refresh(self, paths: Sequence[Path]) -> None:
        """Refresh; files that cannot be loaded are logged and the old data stay."""
        try:
            number = self.refresh(paths)
        except AppError as error:
            # The report says it all; a stack would only hide it.
            log.error("%s; what was loaded before is served on\n%s", error.title, error)  # noqa: TRY400
            return
        if number is not None:
            log.info("Generation %s is served now", number)

    def close(self) -> None:
        """Give the database connections back."""
        self.engine.dispose()


def watched(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files whose change is to be followed: those given, and the tables that they list."""
    try:
        return gather(paths).watched
    except AppError:
        return tuple(paths)


class Watcher:
    """Calls back, on a thread of its own, whenever one of some files has changed."""

    def __init__(self, paths: Sequence[Path], changed: Callable[[], None]) -> None:
        self._paths = {path.resolve() for path in paths}
        self._changed = changed
        self._stop = Event()
        self._thread = Thread(target=self._run, name="watcher", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        # Folders are watched, not files: editors write a new file and rename it over the old.
        folders = {path.parent for path in self._paths if path.parent.is_dir()}
        told = False
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
            if told and not changes:
                continue
            told = True  # Once without a change: it may have come before the watching began.
            try:
                self._changed()
            except Exception:
                log.exception("A changed data file could not be read; watching goes on")

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join(timeout=5)


@contextmanager
def following(database: str, keep: int, paths: Sequence[Path], *, watch: bool) -> Iterator[None]:
    """Have the database hold what the files do, and until the block ends again after a change."""
    loader = Loader(database, keep)
    refresh = partial(loader.try_refresh, paths)
    refresh()
    watcher = Watcher(watched(paths), refresh) if watch else None
    try:
        yield
    finally:
        if watcher:
            watcher.close()
        loader.close()
