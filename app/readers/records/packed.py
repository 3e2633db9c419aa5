"""The bytes of a file as they come, unpacked where they are gzip, whatever the file is called."""

import gzip
import io
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, cast

from .findings import Unreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

SAMPLE = 256 * 1024
"""Bytes of a file that are looked at to find out its form."""
MAX_RATIO = 200
"""How many times its packed size a file may have; tables reach 5 to 30, bombs about 1,000."""
UNSUSPICIOUS = 64 * 1024 * 1024
"""Bytes that may be unpacked from anything: a small file of blanks is no bomb."""
_GZIP = b"\x1f\x8b"
_STRANGERS = {
    b"PK\x03\x04": "a ZIP archive or an Excel file; name the format xlsx if it is one",
    b"\xd0\xcf\x11\xe0": "an old (.xls) or encrypted Excel file; save it as plain .xlsx or as CSV",
    b"PAR1": "a Parquet file; save it as CSV or JSON Lines",
    b"%PDF": "a PDF; a table is needed",
    b"SQLi": "a SQLite database; save its table as CSV",
    _GZIP: "packed twice; unpack it once",
}


def is_bomb(packed: int, unpacked: int) -> bool:
    """Whether so many bytes from so few are what no honest table gives."""
    return unpacked > UNSUSPICIOUS and unpacked > MAX_RATIO * packed


def refuse_bomb(packed: int, unpacked: int) -> None:
    """Raise Unreadable for a file that unpacks to what no honest table gives."""
    if is_bomb(packed, unpacked):
        times = f"more than {MAX_RATIO} times its size"
        raise Unreadable(f"unpacks to {times}, which no table does; unpack it and look at it")


class Packed(io.RawIOBase):
    """A file's bytes, unpacked as they are read. Raises Unreadable where they cannot be had."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        if not path.is_file():
            raise Unreadable("is no file" if path.exists() else "there is no such file", 0)
        self.file = path.open("rb", buffering=0)
        self.size = os.fstat(self.file.fileno()).st_size
        self.gzip = self.file.read(len(_GZIP)) == _GZIP
        self.file.seek(0)
        self.source = gzip.GzipFile(fileobj=self.file) if self.gzip else self.file
        self.given = 0

    @property
    def share(self) -> float | None:
        """The part of the file on disk that was read, 0 to 1."""
        if self.file.closed or not self.size:
            return None
        return min(1.0, self.file.tell() / self.size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer).cast("B")
        try:
            data = self.source.read(len(view)) or b""
        except EOFError as error:
            raise Unreadable("the gzip ends in the middle; fetch the file once more") from error
        except (OSError, zlib.error) as error:
            kind = "the gzip is broken" if self.gzip else "cannot be read"
            raise Unreadable(f"{kind}: {error}") from error
        view[: len(data)] = data
        self.given += len(data)
        if self.gzip:
            refuse_bomb(self.file.tell(), self.given)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self.source.close()
            self.file.close()
        super().close()


def open_bytes(path: Path) -> io.BufferedReader:
    """The file's bytes with a buffer. Raises OSError and Unreadable."""
    return io.BufferedReader(Packed(path), 64 * 1024)


def is_packed(content: io.BufferedReader) -> bool:
    """Whether an opened file is gzip."""
    return cast("Packed", content.raw).gzip


def read_sample(path: Path) -> bytes:
    """The first SAMPLE bytes of a file that is to be text; Unreadable where they are not."""
    with open_bytes(path) as content:
        sample = content.read(SAMPLE)
    for start, kind in _STRANGERS.items():
        if sample.startswith(start):
            raise Unreadable(f"this is {kind}", 0)
    if not sample.strip(b"\r\n\t \x1a"):
        raise Unreadable("the file is empty", 0)
    return sample
