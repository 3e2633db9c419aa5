"""Who is filed under which values of a facet, a chunk of companies at a time (see `columns`)."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from sqlalchemy import select

from ..profiles.answer import Answer
from .columns import CHUNK, Chosen, Codes, Numbers, Places
from .snapshot import Snapshot
from .tables import facet_block, facet_value

WIDEST = 8
"""Bytes that a value of a company takes at most."""


class Filed(Struct, frozen=True):
    """The values of the companies of one chunk, by their codes, which are below `values`.

    Where none has several, `codes` has one for each company, `values` for one without any, and
    `places` is None; else `places` says who has each.
    """

    start: int
    companies: int
    values: int
    codes: npt.NDArray[np.unsignedinteger]
    places: Chosen | None = None

    @property
    def stop(self) -> int:
        """The place behind the last."""
        return self.start + self.companies

    @property
    def nbytes(self) -> int:
        """The bytes it takes."""
        return self.codes.nbytes + (0 if self.places is None else self.places.nbytes)

    def answers(self, of_code: Codes, without: Answer) -> Codes:
        """The best of what the codes of each company answer; `without` from one that has none."""
        if self.places is None:
            of_each: Codes = np.append(of_code, np.uint8(without))[self.codes]
            return of_each
        found = np.full(self.companies, without, np.uint8)
        answers = of_code[self.codes]
        for one in np.unique(of_code):  # From the least to the best.
            found[self.places[np.flatnonzero(answers == one)]] = one
        return found

    def count(self, those: Chosen) -> Numbers:
        """How many of some companies, by their places in the chunk, have each value; the last
        number is of those without any.
        """
        if self.places is None:
            return np.bincount(self.codes[those], minlength=self.values + 1)
        listed, stating = np.zeros((2, self.companies), bool)
        listed[those], stating[self.places] = True, True
        codes = self.codes[np.flatnonzero(listed[self.places])]
        counts = np.bincount(codes, minlength=self.values + 1)
        counts[-1] = np.count_nonzero(listed & ~stating)
        return counts


def values_of(snapshot: Snapshot, key: str) -> tuple[str, ...]:
    """The values of a facet by name, as they are coded."""
    held = facet_value.c
    of_facet = select(held.value).where(snapshot.of(facet_value), held.facet == key)

    def read() -> tuple[str, ...]:
        return tuple(snapshot.connection.scalars(of_facet.order_by(held.code)))

    return snapshot.memory.get(("values", key), read)


def codes_of(snapshot: Snapshot, key: str, values: Sequence[str]) -> list[int]:
    """The codes of some values, of which nobody need have any."""
    held = facet_value.c
    named = select(held.code).where(
        snapshot.of(facet_value), held.facet == key, held.value.in_(values)
    )
    return list(snapshot.connection.scalars(named))


def read_filed(snapshot: Snapshot, key: str) -> Iterable[Filed]:
    """Who has which value of a facet, a chunk at a time; those asked for last are kept, as far as
    there is room.
    """
    return snapshot.chunks(("filed", key), WIDEST, lambda: _read(snapshot, key))


def _read(snapshot: Snapshot, key: str) -> Iterator[Filed]:
    values = len(values_of(snapshot, key))
    for start, (places, codes) in enumerate(read_facet(snapshot, key)):
        yield _filed(start * CHUNK, snapshot.edition.companies, values, places, codes)


def _filed(start: int, every: int, values: int, places: Places, codes: Places) -> Filed:
    companies = min(CHUNK, every - start)
    narrow = np.min_scalar_type(values)
    within = places.astype(np.intp) - start
    if np.all(np.diff(within) > 0):
        of_each = np.full(companies, values, narrow)
        of_each[within] = codes
        return Filed(start, companies, values, of_each)
    return Filed(start, companies, values, codes.astype(narrow), within)


def read_facet(snapshot: Snapshot, key: str) -> Iterator[tuple[Places, Places]]:
    """The same as it is written: places, and codes of `facet_value`."""
    of_facet = select(facet_block.c.places, facet_block.c.codes).where(
        snapshot.of(facet_block), facet_block.c.facet == key
    )
    for row in snapshot.connection.execute(of_facet.order_by(facet_block.c.chunk)):
        yield np.frombuffer(row.places, np.uint32), np.frombuffer(row.codes, np.uint32)
