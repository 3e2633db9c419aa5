"""DuckDB: one file a version, stored by column, for hundreds of thousands of companies and more.

Rows have no index: they lie in the order in which they are looked up, and DuckDB skips what cannot
hold a value. The dialect's package is used here alone.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
from sqlalchemy import URL, Connection, Engine, QueuePool, Table, create_engine
from sqlalchemy.exc import DBAPIError

from ..errors import UnusableDatabase
from . import tables, upgrade
from .draft import Draft
from .limits import CONNECTIONS, OVERFLOW

Config: TypeAlias = dict[str, str | bool | int]

ROW_GROUP = 122_880
"""Rows that DuckDB stores together and skips together."""
WRITE_MEMORY = "256MB"
"""What DuckDB may keep in memory during a load; sorting uses the disk beyond it."""
_OFFLINE: Config = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
SORTED = {tables.search_term.name: "1, 2"}
"""Tables whose rows come unsorted, and the columns by which they are looked up."""
APART = {"listing": 2, tables.company_facet.name: 1}
"""Tables whose rows are read a part at a time, and how many leading columns tell the part."""


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
                return int(connection.exec_driver_sql("SELECT number FROM version").scalar() or 0)
        except DBAPIError as error:
            raise UnusableDatabase(f"{path}: {error.orig}") from error
        finally:
            engine.dispose()

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

    Rows are written as JSON Lines, which DuckDB reads several times faster than it takes rows one
    by one (1.2 against 15 µs a figure).
    """

    def __init__(self, number: int, connection: Connection, path: Path) -> None:
        self.number, self.connection, self.path = number, connection, path
        self._buffers: dict[tuple[str, tuple[Any, ...]], _Buffer] = {}

    def create(self, tables: Sequence[Table]) -> None:
        """Create tables without keys, which would be indexes in memory."""
        for table in tables:
            columns = (
                f'"{column.name}" {column.type.compile(self.connection.dialect)}'
                f"{'' if column.nullable else ' NOT NULL'}"
                for column in table.c
            )
            self.connection.exec_driver_sql(f"CREATE TABLE {table.name} ({', '.join(columns)})")

    def insert(self, table: Table, rows: Iterable[Sequence[Any]]) -> None:
        leading = APART.get(table.name, 0)
        for row in rows:
            part = tuple(row[:leading])
            if (buffer := self._buffers.get((table.name, part))) is None:
                place = self.path.with_name(f"{self.path.name}.{len(self._buffers)}.json")
                buffer = self._buffers[table.name, part] = _Buffer(table, place)
            buffer.add(row)
            if buffer.rows == ROW_GROUP and table.name not in SORTED:
                buffer.move(self.connection)

    def finish(self) -> None:
        for buffer in self._buffers.values():
            buffer.move(self.connection)

    def close(self) -> None:
        """Delete the files by which rows came."""
        for buffer in self._buffers.values():
            buffer.close()


class _Buffer:
    """Rows of a table on their way in."""

    TOGETHER = 2_000

    def __init__(self, table: Table, path: Path) -> None:
        self.table, self.path, self.rows = table, path, 0
        self._keys = [f"c{place}" for place in range(len(table.c))]
        self._encode = msgspec.json.Encoder().encode_lines
        self._held: list[dict[str, Any]] = []
        self._file = path.open("wb")

    def add(self, row: Sequence[Any]) -> None:
        self._held.append(dict(zip(self._keys, row, strict=True)))
        self.rows += 1
        if len(self._held) == self.TOGETHER:
            self._write()

    def _write(self) -> None:
        self._file.write(self._encode(self._held))
        self._held.clear()

    def move(self, connection: Connection) -> None:
        """Move all rows into their table."""
        self._write()
        self._file.flush()
        kinds = (column.type.compile(connection.dialect) for column in self.table.c)
        columns = ", ".join(f"{key}: '{kind}'" for key, kind in zip(self._keys, kinds, strict=True))
        order = f" ORDER BY {SORTED[self.table.name]}" if self.table.name in SORTED else ""
        place = str(self.path).replace("'", "''")
        connection.exec_driver_sql(
            f"INSERT INTO {self.table.name} SELECT * FROM read_json('{place}', "
            f"format = 'newline_delimited', columns = {{{columns}}}){order}"
        )
        self._file.seek(0)
        self._file.truncate()
        self.rows = 0

    def close(self) -> None:
        """Delete the file."""
        with suppress(OSError):  # What a full disk did not take is not wanted any more.
            self._file.close()
        self.path.unlink(missing_ok=True)
