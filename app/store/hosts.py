"""Where readers read: on any host that is there, and never on one that takes them back in time.

A standby may lag behind the primary, or have been left behind by it. Each process remembers the
newest edition that it has shown. A connection that shows an older one is dropped, and another
asked; then the primary, whose word is final: what it no longer has was lost with the host that
died. Where there is no primary, an older edition is refused rather than shown as new.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, RowMapping
from sqlalchemy.exc import DBAPIError

from ..errors import HostLost
from .engine import is_bare, is_lost

log = logging.getLogger("sourcebook")
Current: TypeAlias = RowMapping | None
Age: TypeAlias = tuple[str, int]

TRIES = 2
"""Connections to hosts of the readers' choice that are asked before the primary."""

MISTRUST = 2
"""Seconds for which the primary alone is asked after others lagged."""


class Hosts:
    """The hosts of one database, for readers. `primary` is None where there is one host only."""

    def __init__(
        self, readers: Engine, primary: Engine | None, current: Callable[[Connection], Current]
    ) -> None:
        self._readers, self._primary, self._current = readers, primary, current
        self._newest: Age = ("", 0)
        self._mistrusted = 0.0
        self._lock = Lock()

    @contextmanager
    def connect(self) -> Iterator[tuple[Connection, Current]]:
        """A connection in a transaction, and the generation that is current in it.

        Raises HostLost where no host answers, or the one that did is lost before the block ends.
        """
        try:
            connection, current = self._newest_there()
            with connection:
                yield connection, current
        except DBAPIError as error:
            if not is_lost(error):
                raise
            raise HostLost from error

    def dispose(self) -> None:
        """Give all connections back."""
        for engine in (self._readers, self._primary):
            if engine is not None:
                engine.dispose()

    def _newest_there(self) -> tuple[Connection, Current]:
        for engine in self._asked():
            if (connection := _connect(engine)) is None:
                continue
            try:
                current = self._current_there(connection)
            except BaseException:
                connection.close()
                raise
            final = engine is self._primary or self._primary is None
            # A standby that has nothing may lag as one that has something older.
            if (current or final) and self._accepts(current, final=final):
                return connection, current
            connection.invalidate()  # So that the next one may be to another host.
            connection.close()
        raise HostLost

    def _current_there(self, connection: Connection) -> Current:
        """What is current on a host; None also where not even the tables have come yet."""
        try:
            return self._current(connection)
        except DBAPIError as error:
            if not is_bare(error):
                raise
            connection.rollback()
            return None

    def _asked(self) -> Iterator[Engine]:
        """The engines to ask, in this order."""
        mistrusted = self._primary is not None and monotonic() < self._mistrusted
        primary = [self._primary] if self._primary else []
        yield from primary if mistrusted else ()
        for _ in range(TRIES):
            yield self._readers
        self._mistrusted = monotonic() + MISTRUST
        yield from () if mistrusted else primary

    def _accepts(self, current: Current, *, final: bool) -> bool:
        age = _age(current)
        with self._lock:
            if age < self._newest and not final:
                return False
            self._newest = age
        return True


def _age(current: Any) -> Age:
    """By when it was loaded: a number may be given again after its generation was lost."""
    return (current["loaded_at"], current["generation"]) if current else ("", 0)


def _connect(engine: Engine) -> Connection | None:
    """A connection, or None where no host gives one: the next that is asked may."""
    try:
        return engine.connect()
    except DBAPIError as error:
        log.warning("No connection to the database: %s", error.orig)
        return None
