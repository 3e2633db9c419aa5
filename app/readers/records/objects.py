"""Records from objects that name their own cells: what JSON and JSON Lines have in common."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any, Protocol

from .cells import NoCell, Object, cell
from .findings import MAX_CELL, MAX_COLUMNS, Findings, Unreadable
from .header import tidy
from .reading import Reading, Source
from .record import Record

LOOKED_AT = 1000
"""Records by which the columns are known before the first is given."""


class Items(Source, Protocol):
    """The items of a file with their rows; Unreadable where no more can be read."""

    def __iter__(self) -> Iterator[tuple[int, Any]]: ...


class Objects(Reading):
    """The records of a table whose rows name their cells. See `opening.Records`."""

    def __init__(self, items: Items, findings: Findings) -> None:
        super().__init__(items, findings)
        self.source = items
        self._names: dict[str, str] = {}
        self._blank: dict[str, str | None] = {}
        self._later = self._records()
        self._first = list(islice(self._later, LOOKED_AT))
        if not self._first and not findings.count:
            raise findings.stop(0, "holds no record")

    @property
    def columns(self) -> tuple[str, ...]:
        """The keys met so far; one that is first met later than LOOKED_AT is added then."""
        return tuple(self._blank)

    def __iter__(self) -> Iterator[Record]:
        for record in chain(self._first, self._later):
            missing = len(self._blank) - len(record.values)
            yield Record(record.row, {**self._blank, **record.values}) if missing else record
        self.findings.close()

    def _records(self) -> Iterator[Record]:
        try:
            for row, item in self.source:
                if (values := self._values(row, item)) is not None:
                    yield Record(row, values)
        except Unreadable as end:
            raise self.stopped(end) from end

    def _values(self, row: int, item: Any) -> dict[str, str | None] | None:
        """The cells of an item, or None with a fault noted."""
        if not isinstance(item, Object):
            self.findings.add(row, "is no object; right would be {“name”: …} with a key a column")
            return None
        if item.twice is not None:
            self.findings.add(row, "the key stands twice; leave one out", 1, item.twice[:80])
            return None
        texts: dict[str, str | None] = {}
        for key, value in item.items():
            name = self._names.get(key) or tidy(key)
            try:
                self._refuse_name(name, texts)
                texts[name] = cell(value)
            except NoCell as error:
                self.findings.add(row, str(error), 1, name[:80])
                return None
        return texts if self._known(row, item, texts) else None

    def _refuse_name(self, name: str, texts: dict[str, str | None]) -> None:
        """Raise NoCell for a key that names no column of its own."""
        if not name:
            raise NoCell("a key is blank; name what it tells")
        if name in texts:
            raise NoCell("two keys differ in blanks only; rename one")
        if len(name) > MAX_CELL:
            raise NoCell(f"a key of more than {MAX_CELL:,} characters")

    def _known(self, row: int, item: Object, texts: dict[str, str | None]) -> bool:
        """Whether there is room for the columns of an item; those that are new are added."""
        if texts.keys() <= self._blank.keys():
            return True
        if len(texts.keys() | self._blank.keys()) > MAX_COLUMNS:
            self.findings.add(row, f"more than {MAX_COLUMNS:,} different keys in the file")
            return False
        self._blank |= dict.fromkeys(texts)
        self._names |= {key: tidy(key) for key in item}
        return True
