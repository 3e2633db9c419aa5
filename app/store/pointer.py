"""Which version is current: the little that is read of it before anything else."""

from msgspec import Struct
from sqlalchemy import Connection, select

from .tables import layout, version


class Current(Struct, frozen=True):
    """The identity of a version. `loaded_at` tells two of one number apart, where one was lost."""

    number: int
    digest: str
    loaded_at: str
    offered: tuple[str, ...]
    schema: str = ""
    """The database schema that holds the tables; blank where a version is a file."""


_IDENTITY = select(
    version.c.number, version.c.digest, version.c.loaded_at, version.c.offered, version.c.layout
)


def read_current(connection: Connection, schema: str = "") -> Current | None:
    """The version that a connection is to; None if its tables are of another layout."""
    row = connection.execute(_IDENTITY).first()
    if row is None or row.layout != layout():
        return None
    return Current(row.number, row.digest, row.loaded_at, tuple(row.offered.split()), schema)
