"""Remarks: what a person should look at after a load. So many are kept, the rest is counted."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

MOST_REMARKS = 5000
"""Remarks that are kept of one load; the last one counts the rest."""


class Remark(Struct, frozen=True, gc=False):
    """Something of a load that a person should look at: matched, left apart, left out."""

    kind: str
    text: str


class Remarks:
    """Remarks in the order in which they are made; however many, they take little room."""

    def __init__(self, made: Iterable[Remark] = ()) -> None:
        self.kept: list[Remark] = []
        self.more = 0
        self.add(made)

    def add(self, made: Iterable[Remark]) -> None:
        """Keep further ones, or count them where there are enough."""
        for remark in made:
            if len(self.kept) < MOST_REMARKS:
                self.kept.append(remark)
            else:
                self.more += 1

    def join(self, other: "Remarks") -> None:
        """Add those of another, kept or counted."""
        self.add(other.kept)
        self.more += other.more

    def __iter__(self) -> Iterator[Remark]:
        yield from self.kept
        if self.more:
            yield Remark("more", f"and {self.more:,} more of them")
