"""Some rows of a table, column by column, as the first draft of a mapping looks at them."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..entries import MAX_TEXT, visible
from ..records.record import Record
from .guesses import TOTALS, column_for, style_of
from .headers import NoPeriodError, read_period
from .numbers import NumberStyle


class Sample(Struct, frozen=True):
    """The columns that a mapping can name, and the cells of some rows without the blank ones.

    `skips` are the column and the text by which rows are no company: totals, rows without a name.
    """

    columns: tuple[str, ...]
    records: tuple[Record, ...]
    name: str
    skips: tuple[tuple[str, str], ...]
    style: NumberStyle

    @classmethod
    def of(cls, columns: Sequence[str], records: Sequence[Record]) -> "Sample":
        """The sample of a table with at least one column that can be named."""
        usable = tuple(column for column in columns if _usable(column))
        name = column_for("name", usable) or _most_telling(usable, records)
        skips = tuple(dict.fromkeys(_skips(usable, records, name)))
        kept = tuple(record for record in records if not _skipped(record, skips))
        cells = (cell for column in usable for cell in _cells(column, kept))
        numbers = [cell for cell in cells if cell[0] in "(-−0123456789"]
        return cls(usable, tuple(records), name, skips, style_of(numbers))

    def cells(self, column: str) -> tuple[str, ...]:
        """The cells of a column that hold something, in rows that are companies."""
        kept = (record for record in self.records if not _skipped(record, self.skips))
        return tuple(_cells(column, kept))

    @property
    def periods(self) -> str | None:
        """The column that dates each row, if there is one."""
        column = column_for("period", self.columns)
        try:
            found = [read_period(cell) for cell in self.cells(column)] if column else []
        except NoPeriodError:
            return None
        return column if found else None


def _usable(column: str) -> bool:
    """Whether a mapping file can name the column."""
    return 0 < len(visible(column)) <= MAX_TEXT


def _most_telling(columns: Sequence[str], records: Sequence[Record]) -> str:
    """The column with the most different texts that hold a letter; the first of several."""

    def telling(column: str) -> int:
        return len({cell for cell in _cells(column, records) if any(map(str.isalpha, cell))})

    return max(columns, key=telling, default="")


def _skips(
    columns: Sequence[str], records: Sequence[Record], name: str
) -> Iterator[tuple[str, str]]:
    for record in records:
        texts = {column: (record.values.get(column) or "").strip() for column in columns}
        worded = [column for column, text in texts.items() if any(map(str.isalpha, text))]
        # A row of totals has no other words; there is a company of the name TOTAL.
        if len(worded) == 1 and texts[worded[0]].lower() in TOTALS:
            yield worded[0], texts[worded[0]]
        elif not texts[name]:
            yield name, ""


def _skipped(record: Record, skips: Sequence[tuple[str, str]]) -> bool:
    return any((record.values.get(column) or "").strip() == text for column, text in skips)


def _cells(column: str, records: Sequence[Record] | Iterator[Record]) -> Iterator[str]:
    cells = ((record.values.get(column) or "").strip() for record in records)
    return (cell for cell in cells if cell)
