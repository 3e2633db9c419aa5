"""Loading as the program does it: files in, a new generation out, and again when a file changes."""

import gc
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Event, Lock, Thread, Timer

from watchfiles import watch

from .errors import AppError, HostLost, UnusableDatabase
from .readers.inputs import Inputs, Told, gather
from .store.engine import in_words, open_engine
from .store.load import Progress, prepare, write_generation
from .store.snapshot import Library, holds_data
from .store.stock import Stock

log = logging.getLogger("sourcebook")
AGAIN = 3
"""Seconds after which a load that the database did not take is tried again."""
SETTLE = 300
"""Milliseconds that a file must rest before it is read again."""
USUALLY = gc.get_threshold()
"""When the collector of cycles looks."""
SELDOM = 20_000
"""Objects more than before, at which it looks during a load."""


class Loader:
    """Loads files into one database. Two at once are safe: the database lets one wait."""

    def __init__(self, database: str, keep: int, write_database: str = "") -> None:
        self.engine = open_engine(write_database or database, writes=True)
        self.keep = keep
        self._prepared = False
        try:
            self._prepare()
        except UnusableDatabase as error:
            if not holds_data(database):
                raise
            log.warning("%s; what it holds is served, and nothing is loaded until then", error)

    def _prepare(self) -> None:
        if not self._prepared:
            prepare(self.engine)
            self._prepared = True

    def load(
        self,
        inputs: Inputs,
        *,
        skip_bad_rows: bool = False,
        told: Told = lambda *_: None,
        progress: Progress = lambda _: None,
    ) -> int:
        """Load inputs as a new generation and return its number. Raises DataFaults."""
        # Half a start would be spent on what reads tables, which most starts find read.
        from .apart import readers  # noqa: PLC0415
        from .readers.assembly import assemble  # noqa: PLC0415
        from .stock_apart import StockApart  # noqa: PLC0415

        self._prepare()
        now = datetime.now(UTC)
        incoming = assemble(
            inputs, now.date(), skip_bad_rows=skip_bad_rows, told=told, elsewhere=readers()
        )
        with in_words(self.engine), collecting_seldom():
            stocks = StockApart if incoming.packed else Stock
            return write_generation(self.engine, incoming, self.keep, now, progress, stocks=stocks)

    def refresh(self, paths: Sequence[Path]) -> int | None:
        """Load files unless the database holds just these; None then. Raises DataFaults."""
        inputs = gather(paths)
        self._prepare()
        if Library(self.engine).digest() == inputs.digest():
            return None
        return self.load(inputs)

    def try_refresh(self, paths: Sequence[Path]) -> bool:
        """Refresh; files that cannot be loaded are logged and the old data stay.

        Whether nothing is left to be done: False where the database could not be written to.
        """
        try:
            number = self.refresh(paths)
        except AppError as error:
            # The report says it all; a stack would only hide it.
            log.error("%s; what was loaded before is served on\n%s", error.title, error)  # noqa: TRY400
            return not isinstance(error, UnusableDatabase)
        except HostLost:
            log.error("The database cannot be loaded into just now; it is tried again")  # noqa: TRY400
            return False
        if number is not None:
            log.info("Generation %s is served now", number)
        return True

    def close(self) -> None:
        """Give the database connections back."""
        self.engine.dispose()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Have the collector of cycles look less often: of what is made meanwhile nothing has any."""
    gc.set_threshold(SELDOM, *USUALLY[1:])
    try:
        yield
    finally:
        gc.set_threshold(*USUALLY)


def watched(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files whose change is to be followed: those given, and the tables that they list."""
    try:
        return gather(paths).watched
    except AppError:
        return tuple(paths)


class Watcher:
    """Calls back, on a thread of its own, whenever one of some files has changed.

    What is called says False to be called again in a while.
    """

    def __init__(self, paths: Sequence[Path], changed: Callable[[], bool]) -> None:
        self._paths = {path.resolve() for path in paths}
        self._changed = changed
        self._stop = Event()
        self._lock = Lock()
        self._again = Timer(0, self._tell)
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
            self._tell()

    def _tell(self) -> None:
        """Call back; on a clock of its own again, since a busy folder gives no pause."""
        with self._lock:
            self._again.cancel()
            try:
                done = self._changed()
            except Exception:
                log.exception("A changed data file could not be read; watching goes on")
                return
            if not done and not self._stop.is_set():
                self._again = Timer(AGAIN, self._tell)
                self._again.daemon = True
                self._again.start()

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._again.cancel()
        self._thread.join(timeout=5)


@contextmanager
def following(loader: Loader, paths: Sequence[Path], *, watch: bool) -> Iterator[None]:
    """Have the database hold what the files do, and until the block ends again after a change."""
    refresh = partial(loader.try_refresh, paths)
    refresh()
    watcher = Watcher(watched(paths), refresh) if watch else None
    try:
        yield
    finally:
        if watcher:
            watcher.close()
        loader.close()
