"""Versions as files: each a database under a name of its own, behind a link to the current one.

`sourcebook.db`, which the URL names, links to `sourcebook.v7-1c291ca3.db`: version 7, with the
CRC-32 of its content. A load writes beside it and then replaces the link in one step, so that
readers see the old version or the new one, never a part; a version never changes afterwards.
"""

import fcntl
import logging
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

from msgspec import Struct
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ..errors import UnusableDatabase
from .draft import Draft
from .pointer import Current, read_current

log = logging.getLogger("sourcebook")

_UNFINISHED = ".new"
_PIECE = 1 << 20
_TRIES = 3
"""How often the link is followed again when its target was dropped in between."""


class FileKind(Protocol):
    """A database engine whose databases are files."""

    def open_reader(self, path: Path) -> Engine:
        """An engine that reads a version, and can write nothing."""

    def write(self, path: Path, number: int) -> AbstractContextManager[Draft]:
        """A new, empty database; at the end of the block it is complete and closed.

        Raises UnusableDatabase where the engine cannot write, on a full disk, say.
        """

    def number_of(self, path: Path) -> int | None:
        """The version number in a database that the URL names itself, where no link is; None for
        an empty file. Raises UnusableDatabase if another program made it.
        """

    def leftovers(self, path: Path) -> tuple[Path, ...]:
        """Files beside such a database that belong to it."""

    def advice(self, path: Path, companies: int) -> str:
        """See `database.Database`."""


class _Opened(Struct):
    """A version that is open for reading, and how many readers have a connection to it."""

    key: tuple[str, int]
    engine: Engine
    current: Current | None
    readers: int = 0


class FileVersions:
    """The versions of one database URL. See `database.Database`."""

    def __init__(self, path: Path, kind: FileKind, url: str) -> None:
        self.path, self.kind, self.url = path, kind, url
        self._opened: _Opened | None = None
        self._unreadable: tuple[str, int] | None = None
        self._lock = Lock()

    @contextmanager
    def read(self) -> Iterator[tuple[Connection, Current] | None]:
        """A connection to the current version, and what it is; None where there is none, or none
        that can be read: it may be damaged, or stored by another version of the engine.
        """
        opened = self._acquire()
        if opened is None:
            yield None
            return
        try:
            assert opened.current is not None
            with opened.engine.connect() as connection:
                yield connection, opened.current
        finally:
            self._release(opened)

    def current(self) -> Current | None:
        """What the current version is; it costs a look at the link."""
        opened = self._acquire()
        if opened is None:
            return None
        self._release(opened)
        return opened.current

    def advice(self, companies: int) -> str:
        """See `database.Database`."""
        return self.kind.advice(self.path, companies)

    def close(self) -> None:
        """Close the open version."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.engine.dispose()

    def is_damaged(self) -> bool:
        """Whether the current version's content differs from the checksum in its name."""
        found = _Name.of(self.path).parse(_target(self.path))
        if found is None:
            return False  # A copy under the plain name bears no checksum.
        try:
            return found.checksum != _checksum(_target(self.path))
        except FileNotFoundError:
            return True

    @contextmanager
    def write(self, keep: int) -> Iterator[Draft]:
        """A new version, which is published at the end of the block unless it raises.

        Of two loads one waits. Versions beyond the newest `keep` are then deleted. Raises
        UnusableDatabase where the folder cannot be written to.
        """
        try:
            with self._one_load():
                name, plain = _Name.of(self.path), self._plain()
                number = self._next_number(plain)
                unfinished = name.unfinished(number)
                try:
                    with self.kind.write(unfinished, number) as draft:
                        yield draft
                    self._publish(unfinished, name.version(number, _checksum(unfinished)))
                finally:
                    self._remove_unfinished()
                for leftover in self.kind.leftovers(self.path):
                    leftover.unlink(missing_ok=True)
                self._drop_old(keep)
        except (PermissionError, FileNotFoundError) as error:
            raise UnusableDatabase(self._unwritable(error)) from error
        except OSError as error:
            raise UnusableDatabase(f"{self.url}: {error.strerror}") from error

    def _unwritable(self, error: OSError) -> str:
        return (
            f"{self.url}: {error.strerror} in the folder {self.path.parent}. A load writes new "
            "files beside the database; a folder that can only be read can be served, with the "
            "version that it holds"
        )

    def check_writable(self) -> None:
        """Raises UnusableDatabase if another program's database is in the way, or the folder
        cannot be written to.
        """
        self._plain()
        if not self.path.parent.is_dir():
            raise UnusableDatabase(f"{self.url}: there is no folder {self.path.parent}")
        if not os.access(self.path.parent, os.W_OK):
            raise UnusableDatabase(self._unwritable(PermissionError(13, "Permission denied")))

    def _acquire(self) -> _Opened | None:
        """The current version with one reader more; None where there is none to read."""
        for _ in range(_TRIES):
            if (key := _identity(self.path)) is None:
                return None
            with self._lock:
                opened = self._opened
                if opened is not None and opened.key == key:
                    opened.readers += 1
                    return opened
            try:
                return self._open(key)
            except DBAPIError as error:
                if _identity(self.path) != key:
                    continue
                if self._unreadable != key:
                    log.error("%s cannot be read: %s", key[0], error.orig)  # noqa: TRY400
                self._unreadable = key
                return None
        return None

    def _open(self, key: tuple[str, int]) -> _Opened | None:
        engine = self.kind.open_reader(Path(key[0]))
        try:
            with engine.connect() as connection:
                current = read_current(connection)
        except BaseException:
            engine.dispose()
            raise
        if current is None:
            engine.dispose()
            return None
        opened = _Opened(key, engine, current, readers=1)
        with self._lock:
            former, self._opened = self._opened, opened
            unread = former is not None and former.readers == 0
        if former is not None and unread:
            former.engine.dispose()
        return opened

    def _release(self, opened: _Opened) -> None:
        with self._lock:
            opened.readers -= 1
            unread = opened.readers == 0 and opened is not self._opened
        if unread:
            opened.engine.dispose()

    @contextmanager
    def _one_load(self) -> Iterator[None]:
        """Within this block no other load writes here; a killed one holds nothing."""
        path = self.path.with_name(f".{self.path.name}.lock")
        lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _plain(self) -> bool:
        """Whether the URL names a file and no link: a copy, or a database of an older program."""
        if self.path.is_symlink() or not self.path.exists():
            return False
        self.kind.number_of(self.path)
        return True

    def _next_number(self, plain: bool) -> int:
        """One more than any version that is or was here; what a killed load left is removed."""
        name = _Name.of(self.path)
        self._remove_unfinished()
        numbers = [found.number for found, _ in name.versions()]
        numbers.append((self.kind.number_of(self.path) or 0) if plain else 0)
        if (linked := name.parse(_target(self.path))) is not None:
            numbers.append(linked.number)
        return max(numbers) + 1

    def _remove_unfinished(self) -> None:
        name = _Name.of(self.path)
        for left in name.folder.glob(f"{_escaped(name.stem)}.v*{_UNFINISHED}*"):
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()

    def _publish(self, unfinished: Path, final: Path) -> None:
        """Let the URL name a finished version: all of it is on disk before the link moves."""
        _sync(unfinished)
        unfinished.replace(final)
        link = self.path.with_name(f"{self.path.name}{_UNFINISHED}")
        link.unlink(missing_ok=True)
        link.symlink_to(final.name)
        link.replace(self.path)
        _sync(self.path.parent)

    def _drop_old(self, keep: int) -> None:
        versions = sorted(_Name.of(self.path).versions(), key=lambda one: one[0].number)
        for _, path in versions[:-keep]:
            path.unlink(missing_ok=True)


class _Found(Struct, frozen=True):
    """What the name of a version's file says."""

    number: int
    checksum: str


class _Name(Struct, frozen=True):
    """How the files beside a path are named."""

    folder: Path
    stem: str
    suffix: str

    @classmethod
    def of(cls, path: Path) -> "_Name":
        return cls(path.parent, path.stem, path.suffix)

    def version(self, number: int, checksum: str) -> Path:
        return self.folder / f"{self.stem}.v{number}-{checksum}{self.suffix}"

    def unfinished(self, number: int) -> Path:
        return self.folder / f"{self.stem}.v{number}{self.suffix}{_UNFINISHED}"

    def parse(self, path: Path) -> _Found | None:
        """What a file's name says; None if it is no version of this database."""
        pattern = rf"{re.escape(self.stem)}\.v(\d+)-([0-9a-f]{{8}}){re.escape(self.suffix)}"
        found = re.fullmatch(pattern, path.name)
        return _Found(int(found[1]), found[2]) if found else None

    def versions(self) -> Iterator[tuple[_Found, Path]]:
        for path in self.folder.glob(f"{_escaped(self.stem)}.v*"):
            if found := self.parse(path):
                yield found, path


def _escaped(text: str) -> str:
    """A text as part of a glob pattern."""
    return re.sub(r"([\[*?])", r"[\1]", text)


def _target(path: Path) -> Path:
    """What a link leads to; the path itself where it is none."""
    with suppress(OSError):
        return path.parent / path.readlink()
    return path


def _identity(path: Path) -> tuple[str, int] | None:
    """The file to open, and its inode, which tells a replaced file; None if it is not there."""
    target = _target(path)
    try:
        found = target.stat()
    except OSError:
        return None
    return (str(target), found.st_ino) if found.st_size else None


def _checksum(path: Path) -> str:
    checksum = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            checksum = zlib.crc32(piece, checksum)
    return f"{checksum:08x}"


def _sync(path: Path) -> None:
    """Have what was written to a file or folder reach the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
