"""Which host to read from: any that answers, and never one that takes readers back in time.

A standby may lag behind the primary, or have been left behind by it. Each process remembers the
newest version that it has shown. A connection that shows an older one is dropped and another host
tried, then the primary, whose word is final: what it no longer has was lost with the host that
died. Without a primary an older version is refused rather than shown as new.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import TypeAlias

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ..errors import HostLost
from .pointer import Current

log = logging.getLogger("sourcebook")
Age: TypeAlias = tuple[str, int]

TRIES = 2
"""Connections to hosts of the readers' choice that are tried before the primary."""

MISTRUST = 2
"""Seconds for which the primary is tried first after others lagged."""


class ReplicaRouter:
    """The hosts of one database, for readers. `is_lost` tells errors that another host may not
    give; `is_bare` those of a host that has no tables yet.
    """

    def __init__(
        self,
        readers: Engine,
        primary: Engine,
        find: Callable[[Connection], Current | None],
        is_lost: Callable[[DBAPIError], bool],
        is_bare: Callable[[DBAPIError], bool],
    ) -> None:
        self._readers, self._primary, self._find = readers, primary, find
        self._is_lost, self._is_bare = is_lost, is_bare
        self._newest: Age = ("", 0)
        self._mistrusted = 0.0
        self._lock = Lock()

    @contextmanager
    def connect(self) -> Iterator[tuple[Connection, Current | None]]:
        """A connection in a transaction, and the version that is current in it.

        Raises HostLost where no host answers, or the one that did is lost before the block ends.
        """
        try:
            connection, current = self._pick()
            with connection:
                yield connection, current
        except DBAPIError as error:
            if not self._is_lost(error):
                raise
            raise HostLost from error

    def dispose(self) -> None:
        """Close all connections."""
        self._readers.dispose()
        self._primary.dispose()

    def _pick(self) -> tuple[Connection, Current | None]:
        for engine in self._candidates():
            if (connection := _connect(engine)) is None:
                continue
            try:
                current = self._current_there(connection)
            except BaseException:
                connection.close()
                raise
            final = engine is self._primary
            # A standby that has nothing may lag just as one that has something older.
            if (current or final) and self._accepts(current, final=final):
                return connection, current
            connection.invalidate()  # So that the next one may be to another host.
            connection.close()
        raise HostLost

    def _current_there(self, connection: Connection) -> Current | None:
        """What is current on a host; None also where not even the tables have arrived yet."""
        try:
            return self._find(connection)
        except DBAPIError as error:
            if not self._is_bare(error):
                raise
            connection.rollback()
            return None

    def _candidates(self) -> Iterator[Engine]:
        """The engines to try, in this order."""
        mistrusted = monotonic() < self._mistrusted
        if mistrusted:
            yield self._primary
        for _ in range(TRIES):
            yield self._readers
        self._mistrusted = monotonic() + MISTRUST
        if not mistrusted:
            yield self._primary

    def _accepts(self, current: Current | None, *, final: bool) -> bool:
        age = (current.loaded_at, current.number) if current else ("", 0)
        with self._lock:
            if age < self._newest and not final:
                return False
            self._newest = age
        return True


def _connect(engine: Engine) -> Connection | None:
    """A connection, or None where no host gives one: the next one tried may."""
    try:
        return engine.connect()
    except DBAPIError as error:
        log.warning("No connection to the database: %s", error.orig)
        return None
