"""Columns that there is no room for are read a chunk at a time, whenever they are asked for."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event

from app.profiles.answer import Range
from app.profiles.filter import CompanyFilter
from app.store import snapshot as snapshots
from app.store.distribution import spread_over
from app.store.facets import count_options
from app.store.listing import count_companies, find_page
from app.store.snapshot import Snapshot
from app.store.summary import summarise
from tests.store.cast import at_least, company, dataset, more_than
from tests.store.shelf import Shelf

COMPANIES = [
    company("alder", industries=("pumps",), country="Norway", revenue=5, employees=more_than(2)),
    company("birch", industries=("pumps", "hoses"), country="Sweden", revenue=7),
    company("cedar", industries=("hoses",), revenue=at_least(3), employees=4),
    company("doum", country="Norway", employees=9),
    company("elm", industries=("valves",), country="Sweden", revenue=1, employees=1),
]
QUESTIONS = [
    CompanyFilter(),
    CompanyFilter(revenue=Range(4)),
    CompanyFilter(industry=("pumps",), sort="employees"),
    CompanyFilter(country=("Norway", "-"), employees=Range(None, 4)),
    CompanyFilter(industry=("hoses", "-"), unknown=True),
]


def told(snapshot: Snapshot, asked: CompanyFilter) -> list[object]:
    """All that a list's page asks the store of all companies."""
    return [
        count_companies(snapshot, asked),
        find_page(snapshot, asked, None),
        *(count_options(snapshot, asked, key) for key in ("industry", "country", "tag")),
        spread_over(snapshot, asked, "employees", (1, 3, 5, 9)),
        summarise(snapshot, asked, ("revenue", "employees")),
    ]


@pytest.fixture
def without_room() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(snapshots, "ROOM", 1)
        yield patched


@pytest.mark.parametrize("asked", QUESTIONS)
def test_what_there_is_no_room_for_is_answered_alike(
    shelf: Shelf, without_room: pytest.MonkeyPatch, asked: CompanyFilter
) -> None:
    shelf.load(dataset(*COMPANIES))
    with shelf.open() as snapshot:
        streamed = told(snapshot, asked)
        assert snapshot.columns.held < len(COMPANIES) * 2  # The classes alone.
    without_room.undo()
    shelf.load(dataset(*COMPANIES, digest="d2"))
    with shelf.open() as snapshot:
        assert told(snapshot, asked) == streamed
        assert snapshot.columns.held > len(COMPANIES) * 2


def test_a_column_is_read_once_an_edition(shelf: Shelf) -> None:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        statements.append(statement)

    shelf.load(dataset(*COMPANIES))
    for lowest in (2, 3):
        statements.clear()
        with shelf.open() as snapshot:
            event.listen(snapshot.connection, "before_cursor_execute", note)
            count_companies(snapshot, CompanyFilter(revenue=Range(lowest)))
    assert [one for one in statements if "FROM block" in one] == []
