"""The workbook: numbers under their formats, text as text, and what Excel cannot hold."""

import io
import tempfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.api import workbook
from app.api.tables import Cell, Column, Holds, Quantity
from app.api.workbook import CUT, MOST_TEXT, Sheet, fitting, open_workbook, pattern, significant
from app.profiles.interval import INT64_MAX
from app.profiles.measures import Kind

MADE = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
COLUMN: Column[Any] = Column("cell", Holds.TEXT, lambda row: row)


def book(cells: Sequence[Cell]) -> Any:
    """A workbook with these cells one below the other, as it is opened."""
    file = io.BytesIO()
    with open_workbook(file, "A title", MADE) as written:
        sheet = Sheet(written, "Cells", [COLUMN])
        for cell in cells:
            sheet.add([cell])
    return openpyxl.load_workbook(io.BytesIO(file.getvalue()), rich_text=False)


CELLS: list[tuple[Cell, object, str, str]] = [
    ("=1+1", "=1+1", "s", "General"),
    ("0012", "0012", "s", "General"),
    ("https://example.org", "https://example.org", "s", "General"),
    ("<r><t>x</t></r>", "<r><t>x</t></r>", "s", "General"),
    (True, True, "b", "General"),
    (None, None, "n", "General"),
    (7, 7, "n", "General"),
    (date(2016, 11, 21), datetime.fromisoformat("2016-11-21"), "d", "yyyy-mm-dd"),
    (date(1900, 2, 28), "1900-02-28", "s", "General"),
    (date(1895, 2, 3), "1895-02-03", "s", "General"),
    (Quantity(170_000, Kind.COUNT), 170_000, "n", "#,##0"),
    (Quantity(1987, Kind.YEAR), 1987, "n", "0"),
    (Quantity(6_100_000_000_000, Kind.MONEY, "USD"), 61_000_000_000, "n", "[$USD] #,##0"),
    (Quantity(35_882_353, Kind.MONEY, "EUR"), 358_823.53, "n", "[$EUR] #,##0.00"),
    (Quantity(447_058_823_529, Kind.SHARE), 0.447058823529, "n", "0.0##%"),
    (Quantity(10**17 - 1, Kind.MONEY, "USD"), "999999999999999.99", "s", "General"),
    (Quantity(10**15 - 1, Kind.MONEY, "USD"), 9999999999999.99, "n", "[$USD] #,##0.00"),
    (Quantity(INT64_MAX, Kind.COUNT), "9223372036854775807", "s", "General"),
    (Quantity(9 * 10**18, Kind.COUNT), 9 * 10**18, "n", "#,##0"),
]


def test_a_cell_is_what_it_holds_under_its_format() -> None:
    (sheet,) = book([cell for cell, *_ in CELLS])
    found = [(c.value, c.data_type, c.number_format) for (c,) in sheet.iter_rows(min_row=2)]
    assert found == [(value, kind, shown) for _, value, kind, shown in CELLS]


def test_a_workbook_tells_its_title_and_when_its_data_were_loaded() -> None:
    opened = book([])
    assert opened.properties.title == "A title"
    assert opened.properties.created == MADE.replace(tzinfo=None)
    assert opened["Cells"].freeze_panes == "C2"


@pytest.mark.parametrize(
    ("quantity", "digits"),
    [
        (Quantity(0, Kind.COUNT), 0),
        (Quantity(6_100_000_000_000, Kind.MONEY), 2),
        (Quantity(35_882_353, Kind.MONEY), 8),
        (Quantity(5, Kind.SHARE), 1),
        (Quantity(INT64_MAX, Kind.MONEY), 19),
    ],
)
def test_digits_are_counted_without_the_zeros_around_them(quantity: Quantity, digits: int) -> None:
    assert significant(quantity) == digits


@given(st.integers(0, INT64_MAX), st.sampled_from(Kind))
def test_what_is_written_as_a_number_keeps_all_its_digits(ticks: int, kind: Kind) -> None:
    quantity = Quantity(ticks, kind)
    if significant(quantity) <= 15:
        kept = f"{float(f'{float(quantity.decimal):.16G}'):.15g}"  # As Excel reads and shows it.
        assert float(kept) == float(quantity.decimal)
        assert quantity.decimal == type(quantity.decimal)(kept)


def test_money_without_a_currency_is_a_plain_number() -> None:
    assert pattern(Quantity(100, Kind.MONEY)) == "#,##0"


@pytest.mark.parametrize("letter", ["a", "ß", "😀"])
def test_a_text_that_no_cell_holds_is_cut_and_says_so(letter: str) -> None:
    units = len(letter.encode("utf-16-le")) // 2
    most = letter * (MOST_TEXT // units)
    assert fitting(most) == most
    cut = fitting(most + letter * 2)
    assert cut.endswith(letter + CUT)
    assert MOST_TEXT - units < len(cut.encode("utf-16-le")) // 2 <= MOST_TEXT
    (sheet,) = book([most + letter * 2])
    assert sheet["A2"].value == cut


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    opened = book([f"row {n}" for n in range(5)])
    found = {sheet.title: [row[0] for row in sheet.values] for sheet in opened}
    assert found == {
        "Cells": ["cell", "row 0", "row 1"],
        "Cells 2": ["cell", "row 2", "row 3"],
        "Cells 3": ["cell", "row 4"],
    }


def test_nothing_stays_of_a_workbook_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fail() -> None:
        with open_workbook(io.BytesIO(), "A title", MADE) as written:
            Sheet(written, "Cells", [COLUMN]).add(["half"])
            assert list(tmp_path.iterdir())
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fail()
    assert not list(tmp_path.iterdir())
