"""PostgreSQL: a server or several, of which a reader takes any and a writer the primary.

Which hosts there are, and which of them readers prefer, the URL says in libpq's own words
(`host`, `target_session_attrs`, `load_balance_hosts`). What it does not say is set here, so that
no reader waits for a host that is dead, frozen or cut off.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from .pool import CONNECTIONS, OVERFLOW

if TYPE_CHECKING:
    from psycopg import Connection as Driven

READING = 8
"""Seconds after which the server gives up a reader's statement."""

UNANSWERED = READING + 2
"""Seconds after which a reader leaves a server that has said nothing."""

WRITING = 900
"""Seconds after which a load leaves a server that has not finished one statement."""

RECYCLED = 300
"""Seconds after which a connection is made anew, so that readers return to a repaired host."""

CONNECTING: Mapping[str, object] = {
    "connect_timeout": 2,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "application_name": "sourcebook",
}
"""What is told to libpq where the URL does not say otherwise; seconds, the last one in ms."""

ONE_LOAD = 0x50_75_62
"""The lock that a load holds, so that another waits for it."""

NOWHERE = "\ufdd0"
"""A code point that is no character, and in no text."""

PASSING = frozenset(("40001", "40P01", "57P01", "57P02", "57P03", "25006"))
"""SQLSTATEs of what may succeed elsewhere or later: conflicts, and servers that come and go."""

UNDEFINED_TABLE = "42P01"


def open_server(url: URL, writes: bool) -> Engine:
    """An engine for a server or several; one that writes connects to the primary alone."""
    if writes:
        url = url.update_query_dict({"target_session_attrs": "read-write"})
        engine = _engine(url, WRITING, isolation_level="READ COMMITTED")
        event.listen(engine, "begin", _take_turns)
        return engine
    # Pages ask several questions, all of which must be answered by the same generation.
    url = _with_options(url, "default_transaction_read_only=on", f"statement_timeout={READING}s")
    engine = _engine(url, UNANSWERED, isolation_level="REPEATABLE READ")
    event.listen(engine, "connect", _ask_any_text)
    return engine


def open_primary(url: URL) -> Engine:
    """A reading engine that connects to the primary alone, which is never behind."""
    return open_server(url.update_query_dict({"target_session_attrs": "primary"}), writes=False)


def put_rows(
    connection: Connection, table: Table, generation: int, values: tuple[Any, ...]
) -> None:
    """Write rows of a generation, their values in the order of the table's columns behind it, by
    COPY.
    """
    quoted = connection.dialect.identifier_preparer.format_table(table)
    cursor, width = connection.connection.cursor(), len(table.c) - 1
    with cursor.copy(f"COPY {quoted} FROM STDIN") as copy:
        for at in range(0, len(values), width):
            copy.write_row((generation, *values[at : at + width]))


def is_passing(error: DBAPIError) -> bool:
    """Whether an error is one of a server that comes or goes, or of others at work."""
    return getattr(error.orig, "sqlstate", None) in PASSING


def lacks_table(error: DBAPIError) -> bool:
    """Whether a table that was asked for is not there."""
    return getattr(error.orig, "sqlstate", None) == UNDEFINED_TABLE


def _engine(url: URL, patience: float, isolation_level: Any) -> Engine:
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=OVERFLOW,
        pool_pre_ping=True,
        pool_recycle=RECYCLED,
        isolation_level=isolation_level,
        connect_args={name: v for name, v in CONNECTING.items() if name not in url.query},
    )
    driven = _impatient(patience)

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, args: Any, options: Any) -> "Driven[Any]":
        return driven.connect(*args, **options)

    return engine


def _with_options(url: URL, *settings: str) -> URL:
    """The URL with settings of the session; those that it has itself come last and win."""
    given = url.query.get("options", "")
    own = given if isinstance(given, str) else " ".join(given)
    told = " ".join(f"-c {setting}" for setting in settings)
    return url.update_query_dict({"options": f"{told} {own}".strip()})


def _take_turns(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_LOAD})")


def _ask_any_text(connection: Any, _record: Any) -> None:
    """Let readers ask for texts with a NUL, which PostgreSQL refuses: they are found nowhere."""
    from psycopg.types.string import StrDumper  # noqa: PLC0415 - it is an extra

    class AnyText(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", NOWHERE))

    connection.adapters.register_dumper(str, AnyText)


def _impatient(patience: float) -> "type[Driven[Any]]":
    """Connections that leave a server which says nothing for so many seconds.

    A frozen server keeps its sockets alive, so that neither its kernel nor ours ever gives up.
    """
    from psycopg import Connection, OperationalError, pq  # noqa: PLC0415 - it is an extra

    class Impatient(Connection[Any]):
        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval, patience if timeout is None else timeout)
            except OperationalError:
                if self.pgconn.transaction_status == pq.TransactionStatus.ACTIVE:
                    self.pgconn.finish()  # What it would still say belongs to no question.
                raise

    return Impatient
