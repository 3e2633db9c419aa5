"""PostgreSQL: a schema a version, on a server or several, of which the primary is written to.

The schema `sourcebook` has one row that names the current version, whose tables are in
`sourcebook_7`, say. Which hosts there are and which readers prefer, the URL says in libpq's own
words (`host`, `target_session_attrs`, `load_balance_hosts`). What it does not say is set here, so
that no reader waits for a host that is dead, frozen or cut off.
"""

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.types.string import StrDumper
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    MetaData,
    Table,
    create_engine,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.ddl import CreateIndex, CreateTable

from ..errors import UnusableDatabase
from . import upgrade
from .draft import Draft, Packed
from .limits import CONNECTIONS, OVERFLOW
from .pointer import Current
from .replicas import ReplicaRouter
from .rows import Unpacker
from .tables import INDEXES, SortedText, Tables, layout

log = logging.getLogger("sourcebook")

SCHEMA = "sourcebook"
"""The schema that names the current version; a load grants what is granted on it."""

UNANSWERED = 2
"""Seconds beyond its time limit after which a reader leaves a server that has said nothing."""

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
"""Options of libpq where the URL does not give them; seconds, the last one in milliseconds."""

ONE_LOAD = 0x50_75_62
"""The advisory lock that a load holds, so that another waits for it."""

DROP_WAIT = "1s"
"""How long a load waits for the readers of an old version; it is left to the next load then."""

NOWHERE = "\ufdd0"
"""A code point that is no character, and in no text."""

UNDEFINED_TABLE, UNDEFINED_SCHEMA = "42P01", "3F000"
PASSING = frozenset(
    ("40001", "40P01", "57P01", "57P02", "57P03", "25006", UNDEFINED_TABLE, UNDEFINED_SCHEMA)
)
"""SQLSTATEs of what may succeed elsewhere or later: conflicts, servers that come and go, and a
version that was dropped after it had been looked up.
"""

_current = Table(
    "current",
    MetaData(schema=SCHEMA),
    Column("name", SortedText, primary_key=True),
    Column("number", BigInteger, nullable=False),
    *(
        Column(name, SortedText, nullable=False)
        for name in ("layout", "digest", "loaded_at", "offered")
    ),
)
_identity = select(_current.c.number, *list(_current.c)[2:])


class ServerVersions:
    """The versions of one database URL. See `database.Database`."""

    def __init__(self, url: URL, seconds: int) -> None:
        self._url = url
        primary = url.update_query_dict({"target_session_attrs": "primary"})
        self._router = ReplicaRouter(
            _reader(url, seconds), _reader(primary, seconds), _find, is_lost, lacks_table
        )

    @contextmanager
    def read(self) -> Iterator[tuple[Connection, Current] | None]:
        """A connection to the current version, and what it is; None where there is none.

        Raises HostLost where no host answers.
        """
        with self._router.connect() as (connection, current):
            if current is None:
                yield None
            else:
                yield _within(connection, current.schema), current

    def current(self) -> Current | None:
        """What the current version is. Raises HostLost where no host answers."""
        with self._router.connect() as (_, current):
            return current

    def advice(self, companies: int) -> str:
        """See `database.Database`."""
        del companies
        return ""

    def close(self) -> None:
        """Close all connections."""
        self._router.dispose()

    def is_damaged(self) -> bool:
        """Never: the server keeps checksums of its own, if it is set up so."""
        return False

    def check_writable(self) -> None:
        """Raises UnusableDatabase where the primary cannot be reached."""
        engine = _writer(self._url)
        try:
            with engine.connect():
                pass
        except DBAPIError as error:
            raise UnusableDatabase(_words(engine, error)) from error
        finally:
            engine.dispose()

    @contextmanager
    def write(self, keep: int) -> Iterator[Draft]:
        """A new version, which is published at the end of the block unless it raises.

        Of two loads one waits. Versions beyond the newest `keep` are dropped afterwards, but for
        those that are still being read. Raises UnusableDatabase where the server refuses.
        """
        engine = _writer(self._url)
        try:
            with engine.begin() as connection:
                old = _old_tables(connection)
                connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
                connection.execute(CreateTable(_current, if_not_exists=True))
                draft = _ServerDraft(_next_number(connection, old=bool(old)), connection)
                yield draft
                _grant(connection, draft.schema)
                _make_current(connection, draft)
            _drop(engine, [f"TABLE IF EXISTS {name}" for name in old])
            _drop(engine, [f"SCHEMA {name} CASCADE" for name in _schemas_beyond(engine, keep)])
        except (DBAPIError, psycopg.Error) as error:
            raise UnusableDatabase(_words(engine, error)) from error
        finally:
            engine.dispose()


def is_lost(error: DBAPIError) -> bool:
    """Whether another connection may do what this one could not."""
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in PASSING


def lacks_table(error: DBAPIError) -> bool:
    """Whether a host lacks the table that names the current version."""
    return getattr(error.orig, "sqlstate", None) in (UNDEFINED_TABLE, UNDEFINED_SCHEMA)


class _ServerDraft:
    """See `draft.Draft`."""

    def __init__(self, number: int, connection: Connection) -> None:
        self.number, self.schema = number, f"{SCHEMA}_{number}"
        connection.exec_driver_sql(f"CREATE SCHEMA {self.schema}")
        self.connection = _within(connection, self.schema)
        self.names: list[str] = []

    def create(self, tables: Tables) -> None:
        self._unpacker = Unpacker(tables.listing)
        created = tables.metadata.sorted_tables
        for table in created:
            self.connection.execute(CreateTable(table))
            self.names.append(table.name)
        found = text("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
        if self.connection.scalar(found):
            for statement in distribution(self.schema, created):
                self.connection.exec_driver_sql(statement)

    def insert(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        cursor = self.connection.connection.cursor()
        columns = ", ".join(f'"{column.name}"' for column in table.c)
        with cursor.copy(f'COPY {self.schema}."{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)

    def insert_companies(self, companies: Sequence[Packed]) -> None:
        for table, rows in self._unpacker.rows(companies):
            self.insert(table, rows)

    def finish(self) -> None:
        for index in INDEXES:
            self.connection.execute(CreateIndex(index))
        for name in self.names:
            self.connection.exec_driver_sql(f'ANALYZE {self.schema}."{name}"')


def distribution(schema: str, tables: Sequence[Table]) -> Iterator[str]:
    """Statements that spread a version over the nodes of Citus: what belongs to a company by its
    number, all else whole on every node.
    """
    for table in tables:
        name = f"{schema}.{table.name}"
        if "n" in table.c:
            yield f"SELECT create_distributed_table('{name}', 'n')"
        else:
            yield f"SELECT create_reference_table('{name}')"


def _within(connection: Connection, schema: str) -> Connection:
    return connection.execution_options(schema_translate_map={None: schema})


def _find(connection: Connection) -> Current | None:
    row = connection.execute(_identity).first()
    if row is None or row.layout != layout():
        return None
    offered = tuple(row.offered.split())
    schema = f"{SCHEMA}_{row.number}"
    return Current(row.number, row.digest, row.loaded_at, offered, schema)


def _old_tables(connection: Connection) -> list[str]:
    """The tables of an earlier version of this program, if there are any; others beside them are
    left alone.
    """
    found = set(inspect(connection).get_table_names())
    return sorted(found & set(upgrade.OLD_TABLES)) if upgrade.MARK in found else []


def _next_number(connection: Connection, *, old: bool) -> int:
    numbers: list[int] = [0, *_numbers(connection), *connection.scalars(select(_current.c.number))]
    if old:
        numbers += connection.exec_driver_sql(upgrade.NUMBER).scalars().all()
    return max(numbers) + 1


def _numbers(connection: Connection) -> list[int]:
    """The numbers of all versions that are there."""
    pattern = re.compile(rf"{SCHEMA}_(\d+)")
    names = connection.exec_driver_sql("SELECT nspname FROM pg_namespace").scalars()
    return sorted(int(found[1]) for name in names if (found := pattern.fullmatch(name)))


def _grant(connection: Connection, schema: str) -> None:
    """Let read a version whoever may use the schema that names the current one."""
    users = connection.exec_driver_sql(
        "SELECT CASE WHEN grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END"
        " FROM pg_namespace, aclexplode(nspacl)"
        f" WHERE nspname = '{SCHEMA}' AND privilege_type = 'USAGE' AND grantee <> nspowner"
    )
    for user in users.scalars().all():
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {user}")
        connection.exec_driver_sql(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {user}")
        connection.exec_driver_sql(f"GRANT SELECT ON {SCHEMA}.current TO {user}")


def _make_current(connection: Connection, draft: _ServerDraft) -> None:
    version = f"{draft.schema}.version"
    connection.exec_driver_sql(f"DELETE FROM {SCHEMA}.current")
    connection.exec_driver_sql(
        f"INSERT INTO {SCHEMA}.current (name, number, layout, digest, loaded_at, offered)"
        f" SELECT 'current', number, layout, digest, loaded_at, offered FROM {version}"
    )


def _schemas_beyond(engine: Engine, keep: int) -> list[str]:
    with engine.connect() as connection:
        return [f"{SCHEMA}_{number}" for number in _numbers(connection)[:-keep]]


def _drop(engine: Engine, names: Iterable[str]) -> None:
    """Drop each in a transaction of its own, unless somebody reads it for longer than a second."""
    for name in names:
        try:
            with engine.begin() as connection:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{DROP_WAIT}'")
                connection.exec_driver_sql(f"DROP {name}")
        except DBAPIError as error:
            log.info("%s is still being read; the next load drops it (%s)", name, error.orig)


def _words(engine: Engine, error: Exception) -> str:
    return f"{engine.url.render_as_string()}: {getattr(error, 'orig', error)}"


def _writer(url: URL) -> Engine:
    """An engine for the primary, which lets one load at a time begin."""
    url = url.update_query_dict({"target_session_attrs": "read-write"})
    engine = _engine(url, WRITING, isolation_level="READ COMMITTED")
    event.listen(engine, "begin", _take_turns)
    return engine


def _reader(url: URL, seconds: int) -> Engine:
    """An engine that only reads. A page asks several questions of one transaction, so that all are
    answered by the same version.
    """
    url = _with_options(url, "default_transaction_read_only=on", f"statement_timeout={seconds}s")
    engine = _engine(url, seconds + UNANSWERED, isolation_level="REPEATABLE READ")
    event.listen(engine, "connect", _accept_any_text)
    return engine


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
    def connect(_dialect: Any, _record: Any, args: Any, options: Any) -> psycopg.Connection[Any]:
        return driven.connect(*args, **options)

    return engine


def _with_options(url: URL, *settings: str) -> URL:
    """The URL with settings of the session; those that it has itself come last and win."""
    given = url.query.get("options", "")
    own = given if isinstance(given, str) else " ".join(given)
    added = " ".join(f"-c {setting}" for setting in settings)
    return url.update_query_dict({"options": f"{added} {own}".strip()})


def _take_turns(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_LOAD})")


def _accept_any_text(connection: Any, _record: Any) -> None:
    """Let readers search for texts with a NUL, which PostgreSQL refuses: they are found nowhere."""

    class AnyText(StrDumper):
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", NOWHERE))

    connection.adapters.register_dumper(str, AnyText)


def _impatient(patience: float) -> type[psycopg.Connection[Any]]:
    """Connections that leave a server which says nothing for so many seconds.

    A frozen server keeps its sockets alive, so that neither its kernel nor ours ever gives up.
    """

    class Impatient(psycopg.Connection[Any]):
        def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
            try:
                return super().wait(gen, interval, patience if timeout is None else timeout)
            except psycopg.OperationalError:
                if self.pgconn.transaction_status == psycopg.pq.TransactionStatus.ACTIVE:
                    self.pgconn.finish()  # What it would still say belongs to no question.
                raise

    return Impatient
