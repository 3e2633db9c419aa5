"""DuckDB: one file a version, stored by column, for hundreds of thousands of companies and more.

Rows have no index: they lie in the order in which they are looked up, and DuckDB skips what cannot
hold a value. The dialect's package is used here alone.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import URL, Column, Connection, Engine, QueuePool, Table, create_engine
from sqlalchemy.exc import DBAPIError

from ..errors import UnusableDatabase
from . import rows, tables, upgrade
from .draft import Draft, Packed
from .limits import CONNECTIONS, OVERFLOW
from .rows import COMPANY_TABLES, columns_of, keys_of
from .tables import Tables

Config: TypeAlias = dict[str, str | bool | int]

TOGETHER = 40_000
"""Companies that are moved into their tables at a time."""
WRITE_MEMORY = "256MB"
"""What DuckDB may keep in memory during a load; sorting uses the disk beyond it."""
_OFFLINE: Config = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
ORDER = {
    rows.LISTING: "year, currency, n",
    tables.company_facet.name: "facet, n",
    tables.search_term.name: "term, n",
}
"""The order of rows that are looked up by more than a company's number."""


class DuckdbFiles:
    """See `files.FileKind`. `memory` is as DuckDB has it (512MB), `threads` 0 means all cores."""

    def __init__(self, memory: str, threads: int) -> None:
        self._config: Config = {
            **_OFFLINE,
            "memory_limit": memory,
            "threads": threads or os.cpu_count() or 1,
            "enable_external_access": False,
            "lock_configuration": True,
        }

    def open_reader(self, path: Path) -> Engine:
        """An engine that reads a version, and neither other files nor the network."""
        return _engine(path, {"read_only": True, "config": self._config})

    @contextmanager
    def write(self, path: Path, number: int) -> Iterator[Draft]:
        """A new file, whose rows come by way of files beside it."""
        config: Config = {**_OFFLINE, "memory_limit": WRITE_MEMORY}
        config["temp_directory"] = str(path.with_name(f"{path.name}.tmp"))
        engine = _engine(path, {"config": config})
        try:
            with (
                engine.connect() as connection,
                closing(_DuckdbDraft(number, connection, path)) as draft,
            ):
                yield draft
                connection.exec_driver_sql("CHECKPOINT")
        except DBAPIError as error:
            raise UnusableDatabase(f"{path}: {error.orig}") from error
        finally:
            engine.dispose()

    def number_of(self, path: Path) -> int | None:
        """See `FileKind`."""
        if not path.stat().st_size:
            return None
        engine = self.open_reader(path)
        try:
            with engine.connect() as connection:
                found = connection.exec_driver_sql(
                    "SELECT table_name FROM duckdb_tables() WHERE NOT internal"
                )
                names = set(found.scalars())
                if not upgrade.is_ours(names):
                    raise upgrade.foreign(names, str(path))
                number = connection.exec_driver_sql("SELECT number FROM version").scalar()
        except DBAPIError as error:
            raise UnusableDatabase(f"{path}: {error.orig}") from error
        finally:
            engine.dispose()
        return int(number or 0)

    def advice(self, path: Path, companies: int) -> str:
        """See `FileKind`."""
        del path, companies
        return ""

    def leftovers(self, path: Path) -> tuple[Path, ...]:
        """See `FileKind`; there has been no older program on DuckDB."""
        del path
        return ()


def _engine(path: Path, arguments: dict[str, Any]) -> Engine:
    return create_engine(
        URL.create("duckdb", database=str(path)),
        connect_args=arguments,
        poolclass=QueuePool,
        pool_size=CONNECTIONS,
        max_overflow=OVERFLOW,
        isolation_level="AUTOCOMMIT",
    )


class _DuckdbDraft:
    """See `draft.Draft`.

    Packed companies are written to a file of JSON Lines, which DuckDB reads and takes apart: ten
    times faster than rows come one by one.
    """

    def __init__(self, number: int, connection: Connection, path: Path) -> None:
        self.number, self.connection = number, connection
        self._path = path.with_name(f"{path.name}.json")
        self._file = self._path.open("wb")
        self._held = 0
        self._tables: Sequence[Table] = ()

    def create(self, tables: Tables) -> None:
        """Create tables without keys, which would be indexes in memory."""
        self._tables = (*COMPANY_TABLES, tables.listing)
        for table in tables.metadata.sorted_tables:
            columns = (
                f'"{column.name}" {self._kind(column)}{"" if column.nullable else " NOT NULL"}'
                for column in table.c
            )
            self._run(f"CREATE TABLE {table.name} ({', '.join(columns)})")
            if table.name in ORDER:
                self._run(f"CREATE TEMP TABLE unsorted_{table.name} AS FROM {table.name}")

    def insert(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        if made := [dict(zip(table.c.keys(), row, strict=True)) for row in rows]:
            self.connection.execute(table.insert(), made)

    def insert_companies(self, companies: Sequence[Packed]) -> None:
        self._file.writelines(b'{"n":%d,%b\n' % (n, content[1:]) for n, content in companies)
        self._held += len(companies)
        if self._held >= TOGETHER:
            self._move()

    def finish(self) -> None:
        if self._held:
            self._move()
        for table, order in ORDER.items():
            self._run(f"INSERT INTO {table} FROM unsorted_{table} ORDER BY {order}")
            self._run(f"DROP TABLE unsorted_{table}")

    def close(self) -> None:
        """Remove the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _move(self) -> None:
        """Move the companies in the file into their tables."""
        self._file.flush()
        columns = ", ".join(f"{table.name}: '{self._rows_of(table)}'" for table in self._tables)
        place = str(self._path).replace("'", "''")
        self._run(
            f"CREATE TEMP TABLE packed AS SELECT * FROM read_json('{place}', "
            f"format = 'newline_delimited', columns = {{n: 'BIGINT', {columns}}})"
        )
        for table in self._tables:
            keys = iter(keys_of(len(columns_of(table))))
            values = ["n" if column.name == "n" else f'one."{next(keys)}"' for column in table.c]
            target = f"unsorted_{table.name}" if table.name in ORDER else table.name
            self._run(
                f"INSERT INTO {target} SELECT {', '.join(values)} FROM "
                f"(SELECT n, unnest({table.name}) AS one FROM packed)"
            )
        self._run("DROP TABLE packed")
        self._file.seek(0)
        self._file.truncate()
        self._held = 0

    def _rows_of(self, table: Table) -> str:
        """The type of a table's rows in a packed company."""
        columns = columns_of(table)
        keys = keys_of(len(columns))
        fields = (f'"{key}" {self._kind(one)}' for key, one in zip(keys, columns, strict=True))
        return f"STRUCT({', '.join(fields)})[]"

    def _kind(self, column: Column[Any]) -> str:
        return column.type.compile(self.connection.dialect)

    def _run(self, statement: str) -> None:
        self.connection.exec_driver_sql(statement)
