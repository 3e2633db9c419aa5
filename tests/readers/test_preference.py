"""`prefer`: an order of sources that the files or the mappings describe."""

import pytest

from app.profiles.company import Source
from app.readers.dataset import Declared, read_dataset
from tests.readers.cast import HEAD, TODAY, dataset, faults, files

DESCRIBED = "described are: gazette, almanac"


@pytest.mark.parametrize(
    ("line", "place", "named"),
    [
        ("prefer: gazete\n", (1, 1), "gazete"),
        ("prefer: [almanac, gazete]\n", (1, 19), "gazete"),
        ("prefer:\n  - almanac\n  - gazette\n  - almanack\n", (4, 5), "almanack"),
    ],
)
def test_a_source_that_no_file_describes_is_at_fault_where_it_stands(
    line: str, place: tuple[int, int], named: str
) -> None:
    (fault,) = faults(line + HEAD)
    assert (fault.file, (fault.line, fault.column)) == ("one.yaml", place)
    assert (fault.field, fault.company) == ("prefer", None)
    assert fault.message == f"the source {named} is not described; {DESCRIBED}"


def test_a_source_of_another_file_may_be_preferred_whichever_comes_first() -> None:
    order = "prefer: [almanac, gazette]\ncompanies: []\n"
    assert dataset(order, HEAD).prefer == dataset(HEAD, order).prefer == ("almanac", "gazette")


def test_a_source_of_a_mapping_may_be_preferred() -> None:
    book = Declared("book.yaml", {}, (Source("book", "A book"),), ())
    given = files("prefer: book\n" + HEAD)
    assert read_dataset(given, TODAY, [book]).prefer == ("book",)


def test_what_two_files_prefer_is_one_order() -> None:
    found = dataset("prefer: almanac\n" + HEAD, "prefer: [gazette, almanac]\ncompanies: []\n")
    assert found.prefer == ("almanac", "gazette")
