"""Loads the data files into a new version and publishes it, and again when a file changes."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from .errors import AppError, HostLost, UnusableDatabase
from .readers.inputs import Inputs, gather
from .readers.inputs import Told as ReadProgress
from .store.database import DUCKDB_MEMORY, Database, open_database
from .store.load import Progress as WriteProgress
from .store.load import write_version
from .store.versions import Versions, holds_data
from .web.watcher import Watcher

log = logging.getLogger("sourcebook")


class Loader:
    """Loads files into one database. Two loads at once are safe: one waits for the other.

    `memory` and `threads` must be those of the readers in the same process, if there are any:
    DuckDB opens a file once a process, in one way.
    """

    def __init__(
        self,
        database: str,
        keep: int,
        write_database: str = "",
        *,
        memory: str = DUCKDB_MEMORY,
        threads: int = 0,
    ) -> None:
        url = write_database or database
        self.database: Database = open_database(url, memory=memory, threads=threads)
        self.versions = Versions(self.database)
        self.keep = keep
        self._checked = False
        try:
            self._check()
        except UnusableDatabase as error:
            if not holds_data(self.database):
                raise
            log.warning("%s; what it holds is served, and nothing is loaded until then", error)

    def _check(self) -> None:
        if not self._checked:
            self.database.check_writable()
            self._checked = True

    def load(
        self,
        inputs: Inputs,
        *,
        skip_bad_rows: bool = False,
        read: ReadProgress = lambda *_: None,
        written: WriteProgress = lambda _: None,
    ) -> int:
        """Load inputs as a new version and return its number. Raises DataFaults.

        `read` is called with the progress of each table, `written` with companies written since.
        """
        # What reads tables takes half of a start to import, and most starts do not need it.
        from .readers.assembly import assemble  # noqa: PLC0415
        from .reading_pool import reading_pool  # noqa: PLC0415

        self._check()
        now = datetime.now(UTC)
        incoming = assemble(
            inputs, now.date(), skip_bad_rows=skip_bad_rows, told=read, elsewhere=reading_pool()
        )
        number = write_version(self.database, incoming, self.keep, now, written)
        with self.versions.open() as snapshot:
            if advice := self.database.advice(snapshot.version.companies):
                log.warning("%s", advice)
        return number

    def refresh(self, paths: Sequence[Path]) -> int | None:
        """Load files unless the database holds just these, undamaged; None then.

        Raises DataFaults.
        """
        inputs = gather(paths)
        if self.database.is_damaged():
            log.error("The database is not what was written to it; it is rebuilt from its files")
        elif self.versions.digest() == inputs.digest():
            return None
        return self.load(inputs)

    def try_refresh(self, paths: Sequence[Path]) -> bool:
        """Refresh; faults in the files are logged, and the old data stay.

        Returns False if the database could not be written to, so that it is worth another try.
        """
        try:
            number = self.refresh(paths)
        except AppError as error:
            # The message is for the operator; a stack trace would only hide it.
            log.error("%s; what was loaded before is served on\n%s", error.title, error)  # noqa: TRY400
            if not holds_data(self.database):
                log.error("Nothing is there to serve: `sourcebook load FILE…` loads data")  # noqa: TRY400
            return not isinstance(error, UnusableDatabase)
        except HostLost:
            log.error("The database cannot be loaded into just now; it is tried again")  # noqa: TRY400
            return False
        if number is not None:
            log.info("Version %s is served now", number)
        return True

    def close(self) -> None:
        """Close the database connections."""
        self.database.close()


def watched(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The files to watch for changes: those given, and the tables that they list."""
    try:
        return gather(paths).watched
    except AppError:
        return tuple(paths)


@contextmanager
def following(loader: Loader, paths: Sequence[Path], *, watch: bool) -> Iterator[None]:
    """Load the files and, until the block ends, load them again after a change."""
    refresh = partial(loader.try_refresh, paths)
    refresh()
    watcher = Watcher(watched(paths), refresh) if watch else None
    try:
        yield
    finally:
        if watcher:
            watcher.close()
        loader.close()
