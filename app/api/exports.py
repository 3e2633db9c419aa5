"""Every export there is: the whole list of a filter as a file, in the order of the page.

One description of the columns makes all of them (see `columns`) but companies.json, which has the
shape of the API. None holds more than a part of the list in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from importlib.util import find_spec
from tempfile import TemporaryFile
from typing import IO, Any

from msgspec import Struct

from ..errors import FormatUnavailable
from ..profiles.filter import CompanyFilter
from ..store.versions import Snapshot
from .delimited import write_csv
from .exact import list_pieces, write_lines
from .listed import companies, figures, write_workbook
from .reading import read_all
from .tables import Row, Table

PIECE = 64 * 1024
"""Bytes that are sent at once."""
Write = Callable[[Snapshot, CompanyFilter], Iterator[bytes]]
Tabled = Callable[[Snapshot, CompanyFilter], Table[Any]]


@cache
def installed(library: str) -> bool:
    """Whether a library is there to be imported; while a program runs, none comes or goes."""
    return find_spec(library) is not None


class Format(Struct, frozen=True):
    """A kind of file: its media type, what people call it, and whether it is text.

    `library` is what it needs besides; pip's extra by the name of the ending brings it.
    """

    ending: str
    media: str
    label: str
    text: bool = True
    library: str | None = None


CSV = Format("csv", "text/csv; charset=utf-8", "CSV")
JSON = Format("json", "application/json", "JSON")
LINES = Format("jsonl", "application/jsonl", "JSON Lines")
EXCEL = Format(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", text=False
)
PARQUET = Format("parquet", "application/vnd.apache.parquet", "Parquet", False, "pyarrow")


class Export(Struct, frozen=True):
    """A file of the list: what it is of, its format, what it holds, and how it is written."""

    stem: str
    format: Format
    holds: str
    _write: Write

    @property
    def name(self) -> str:
        """The name of the file, which is its address too."""
        return f"{self.stem}.{self.format.ending}"

    @property
    def offered(self) -> bool:
        """Whether it can be written here."""
        return self.format.library is None or installed(self.format.library)

    def write(self, snapshot: Snapshot, asked: CompanyFilter) -> Iterator[bytes]:
        """The file in pieces. Raises FormatUnavailable where its library is not installed."""
        if not self.offered:
            raise FormatUnavailable(self.name, str(self.format.library), self.format.ending)
        return self._write(snapshot, asked)


def csv_pieces(table: Table[Row]) -> Iterator[bytes]:
    """A table as CSV."""
    return gathered(line.encode() for line in write_csv(table.names, table))


def gathered(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in fewer pieces, each of whole lines."""
    held = bytearray()
    for line in lines:
        held += line
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def through_file(write: Callable[[IO[bytes]], None]) -> Iterator[bytes]:
    """What is written into a file that is gone once it is read, whatever happens in between."""
    file = TemporaryFile()  # noqa: SIM115  Closed by whoever reads it to its end.
    try:
        write(file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return _read(file)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


def _csv(table: Tabled, snapshot: Snapshot, asked: CompanyFilter) -> Iterator[bytes]:
    return csv_pieces(table(snapshot, asked))


def _lines(table: Tabled, snapshot: Snapshot, asked: CompanyFilter) -> Iterator[bytes]:
    return gathered(write_lines(table(snapshot, asked)))


def _parquet(table: Tabled, snapshot: Snapshot, asked: CompanyFilter) -> Iterator[bytes]:
    from .parquet import write_parquet  # noqa: PLC0415  Only where pyarrow is installed.

    return through_file(partial(write_parquet, table(snapshot, asked)))


def _json(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[bytes]:
    return gathered(list_pieces(*read_all(snapshot, asked)))


def _excel(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[bytes]:
    return through_file(partial(write_workbook, snapshot, asked))


SHEETS = "a sheet each of the companies, their sources and their figures"
EXPORTS: tuple[Export, ...] = (
    Export("companies", CSV, "one row per company", partial(_csv, companies)),
    Export("companies", EXCEL, SHEETS, _excel),
    Export("companies", JSON, "the whole list in the shape of /api/companies", _json),
    Export("companies", LINES, "one object per company", partial(_lines, companies)),
    Export("companies", PARQUET, "one row per company", partial(_parquet, companies)),
    Export("figures", CSV, "one row per figure", partial(_csv, figures)),
    Export("figures", LINES, "one object per figure", partial(_lines, figures)),
    Export("figures", PARQUET, "one row per figure", partial(_parquet, figures)),
)
"""Companies first, each kind in the order in which pages offer it."""
ENDINGS = tuple(sorted({f".{one.format.ending}" for one in EXPORTS}))
