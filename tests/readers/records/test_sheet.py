import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any, TypeAlias

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from app.readers.records.findings import MAX_COLUMNS
from app.readers.records.opening import Form
from tests.readers.records.reading import Shelf

Rows: TypeAlias = Sequence[Sequence[object]]


def workbook(*rows: Sequence[object], **sheets: Rows) -> bytes:
    """A workbook of one sheet Cast, and others by name."""
    book = openpyxl.Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Cast"
    fill(first, rows)
    for name, more in sheets.items():
        fill(book.create_sheet(name), more)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def fill(sheet: Worksheet, rows: Rows) -> None:
    for row in rows:
        sheet.append(list(row))


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return changed.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("value", "look", "text"),
    [
        ("Alder", None, "Alder"),
        (" Alder ", None, " Alder "),
        ("007", None, "007"),
        (98771.0, None, "98771"),
        (98771, None, "98771"),
        (-0.5, None, "-0.5"),
        (1e21, None, "1000000000000000000000"),
        (1e-7, None, "0.0000001"),
        (13612.25, "#,##0.00", "13612.25"),
        (0.152, "0.0%", "15.2%"),
        (0.5, "0%", "50%"),
        (2, "0%", "200%"),
        (1.1, "0%", "110%"),
        (5, '0" % of sales"', "5"),
        (5, r"0\%", "5"),
        (True, None, "TRUE"),
        (False, None, "FALSE"),
        ("#NUM!", None, "#NUM!"),
        ("#N/A", None, "#N/A"),
        (date(2016, 11, 21), None, "2016-11-21"),
        (datetime(2016, 11, 21), None, "2016-11-21"),  # noqa: DTZ001 -- Excel knows no zones.
        (datetime(2016, 11, 21, 12, 30), None, "2016-11-21T12:30:00"),  # noqa: DTZ001
        (time(12, 30), None, "12:30:00"),
        (None, None, None),
    ],
)
def test_a_cell_is_what_a_person_would_type(
    shelf: Shelf, value: Any, look: str | None, text: str | None
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append(["name", "value"])
    sheet.append(["Alder"])
    cell = sheet.cell(2, 2)
    cell.value = value
    if look:
        cell.number_format = look
    path = shelf.folder / "cast.xlsx"
    book.save(path)
    assert shelf.open(path).rows == [(2, ("Alder", text))]


def test_rows_keep_the_numbers_of_the_sheet(shelf: Shelf) -> None:
    rows: Rows = [["name", " the  size "], ["Alder", 1], [], [None, " "], ["Birch"]]
    table = shelf.read("cast.xlsx", workbook(*rows))
    assert table.columns == ("name", "the size")
    assert table.rows == [(2, ("Alder", "1")), (5, ("Birch", None))]


def test_the_header_may_stand_lower(shelf: Shelf) -> None:
    content = workbook(["A title"], [], ["name", "size"], ["Alder", 1])
    assert shelf.read("cast.xlsx", content, Form(header=3)).rows == [(4, ("Alder", "1"))]


def test_a_cell_beyond_the_header_is_told_and_the_next_row_is_read(shelf: Shelf) -> None:
    content = workbook(["name"], ["Alder", None, "x"], ["Birch", None, " "])
    table = shelf.read("cast.xlsx", content)
    assert table.rows == [(3, ("Birch",))]
    ((row, column, message),) = table.told
    assert (row, column) == (2, 3)
    assert message.startswith("3 cells where the header names 1 columns")


def test_the_sheet_is_the_first_or_the_one_asked_for(shelf: Shelf) -> None:
    content = workbook(["name"], ["Alder"], Trees=[["tree"], ["Birch"]])
    first = shelf.read("cast.xlsx", content)
    assert (first.form.sheet, first.columns) == ("Cast", ("name",))
    assert shelf.read("cast.xlsx", content, Form(sheet="Trees")).columns == ("tree",)
    ((_, _, near),) = shelf.refused("cast.xlsx", content, Form(sheet="Tree"))
    assert near == "there is no sheet Tree; did you mean Trees?"
    ((_, _, far),) = shelf.refused("cast.xlsx", content, Form(sheet="2016"))
    assert far == "there is no sheet 2016; there are Cast, Trees"


def test_what_a_sheet_says_of_its_size_is_not_believed(shelf: Shelf) -> None:
    content = with_part(
        workbook(["name", "size"], ["Alder", 1]),
        SHEET,
        lambda xml: xml.replace(b'ref="A1:B2"', b'ref="A1"'),
    )
    assert b'ref="A1"' in zipfile.ZipFile(io.BytesIO(content)).read(SHEET)
    assert shelf.read("cast.xlsx", content).rows == [(2, ("Alder", "1"))]


LAUGHS = b'<!DOCTYPE x [<!ENTITY a0 "ha">%b]>' % b"".join(
    b'<!ENTITY a%d "%b">' % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 10)
)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"PK\x03\x04 and no more", "this is no Excel workbook (.xlsx)", id="no zip"),
        pytest.param(b"name,size\n", "this is no Excel workbook (.xlsx)", id="CSV"),
        pytest.param(workbook(["name"])[:-100], "this is no Excel workbook (.xlsx)", id="cut"),
        pytest.param(workbook(), "holds no row with the names of the columns", id="empty"),
        pytest.param(
            workbook(["c"] * 5 + [f"c{place}" for place in range(MAX_COLUMNS)]),
            "5,005 columns; at most 5,000 are read",
            id="columns",
        ),
        pytest.param(workbook(["a", "a"]), "the name stands twice", id="names"),
        pytest.param(
            with_part(workbook(["name"], ["Alder"]), SHEET, lambda xml: xml[:-40]),
            "the sheet Cast is broken",
            id="a cut sheet",
        ),
        pytest.param(
            with_part(
                workbook(["name"], ["Alder"]),
                SHEET,
                lambda xml: xml.replace(b'<row r="2"', b'<row r="99999999"'),
            ),
            "more than 1,048,576 rows",
            id="a row far down",
        ),
        pytest.param(
            with_part(
                workbook(["name"], [5]),
                SHEET,
                lambda xml: LAUGHS + xml.replace(b"<v>5</v>", b"<v>&a9;</v>"),
            ),
            "the sheet Cast is broken",
            id="entities",
        ),
    ],
)
def test_a_workbook_that_cannot_be_read_is_refused(
    shelf: Shelf, content: bytes, message: str
) -> None:
    *_, (_, _, told) = shelf.refused("cast.xlsx", content)
    assert message in told


def test_a_workbook_that_is_a_bomb_is_refused(shelf: Shelf) -> None:
    content = io.BytesIO(workbook(["name"]))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", bytes(2**26))
    ((_, _, told),) = shelf.refused("cast.xlsx", content.getvalue())
    assert told.startswith("unpacks to more than 200 times its size")
