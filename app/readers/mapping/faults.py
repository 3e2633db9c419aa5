"""What is wrong with the rows of a table, gathered by kind so that it stays readable and small.

A kind is a column and what was expected there: a million cells of one kind are one entry.
"""

from collections.abc import Sequence

from msgspec import Struct

from ...errors import Fault

SHOWN = 20
"""Faults of one kind that are told in full."""
_LONGEST = 60


class RowFault(Struct, frozen=True):
    """One cell that cannot be read: where it stands, what it holds, what would be right.

    `expected` is the same for all faults of a kind; what is special to one stands in `found`.
    """

    row: int
    column: str
    found: str
    expected: str
    company: str | None = None

    def __str__(self) -> str:
        return f"{self.found}; right would be {self.expected}"


class FaultGroup(Struct, frozen=True):
    """The faults of one kind: the first of them, and how many there are in all."""

    column: str
    expected: str
    count: int
    shown: tuple[RowFault, ...]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.shown)


class FaultReport:
    """Gathers the faults of rows; keeps at most `SHOWN` of each kind and counts the rest."""

    def __init__(self) -> None:
        self._shown: dict[tuple[str, str], list[RowFault]] = {}
        self._counts: dict[tuple[str, str], int] = {}

    def __bool__(self) -> bool:
        return bool(self._counts)

    def __len__(self) -> int:
        """How many faults were added, shown or not."""
        return sum(self._counts.values())

    def add(self, fault: RowFault) -> None:
        """Count a fault, and keep it where it is one of the first of its kind."""
        kind = (fault.column, fault.expected)
        self._counts[kind] = self._counts.get(kind, 0) + 1
        shown = self._shown.setdefault(kind, [])
        if len(shown) < SHOWN:
            shown.append(fault)

    @property
    def groups(self) -> tuple[FaultGroup, ...]:
        """Every kind of fault, in the order in which they were first met."""
        return tuple(
            FaultGroup(column, expected, count, tuple(self._shown[column, expected]))
            for (column, expected), count in self._counts.items()
        )

    def as_faults(self, file: str, columns: Sequence[str]) -> tuple[Fault, ...]:
        """The report as faults of a file, kind by kind; the last of a kind tells how many more.

        `line` is the row and `column` the place of the column, both counted from 1.
        """
        places = {name: place for place, name in enumerate(columns, start=1)}
        found: list[Fault] = []
        for group in self.groups:
            place = places.get(group.column, 1)
            found += [
                Fault(file, fault.row, place, fault.company, fault.column, str(fault))
                for fault in group.shown
            ]
            if group.more:
                message = f"and {group.more:,} more like this"
                found.append(Fault(file, 0, 0, None, group.column, message))
        return tuple(found)


def quoted(text: str | None) -> str:
    """A cell as a fault shows it: short, and with what cannot be seen made visible."""
    if text is None or not text.strip():
        return "the cell is blank"
    visible = "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)
    return f"“{visible}”" if len(visible) <= _LONGEST else f"“{visible[:_LONGEST]}…”"
