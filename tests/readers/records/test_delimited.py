import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import DataFaults
from app.readers.records.findings import MAX_CELL, MAX_COLUMNS
from app.readers.records.lines import MAX_LINE
from app.readers.records.opening import Form, Record, open_records
from tests.readers.records.reading import Row, Shelf, Told

HEAD = b"name,country\n"


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        pytest.param(b"Alder,SE\n", [(2, ("Alder", "SE"))], id="plain"),
        pytest.param(b"Alder,SE", [(2, ("Alder", "SE"))], id="no end of line"),
        pytest.param(b"Alder,SE\r\nBirch,NO\r\n", [(2, ("Alder", "SE")), (3, ("Birch", "NO"))]),
        pytest.param(b"Alder,SE\rBirch,NO\r", [(2, ("Alder", "SE")), (3, ("Birch", "NO"))]),
        pytest.param(b" Alder ,\n", [(2, (" Alder ", ""))], id="blanks stand as they are"),
        pytest.param(b'"Alder, Inc","S ""E"""\n', [(2, ("Alder, Inc", 'S "E"'))], id="quotes"),
        pytest.param(b'5" Disks,SE\n', [(2, ('5" Disks', "SE"))], id="a quote within"),
        pytest.param(
            b'"Al\r\nder",SE\nBirch,NO\n',
            [(2, ("Al\r\nder", "SE")), (4, ("Birch", "NO"))],
            id="a line end within quotes",
        ),
        pytest.param(b"\n \n,\nAlder,SE\n\n", [(5, ("Alder", "SE"))], id="blank lines"),
        pytest.param(b"Alder\n", [(2, ("Alder", None))], id="too few"),
        pytest.param(b"Alder,SE,,\n", [(2, ("Alder", "SE"))], id="too many, but blank"),
        pytest.param(b"Alder,SE\n\x1a", [(2, ("Alder", "SE"))], id="Ctrl-Z"),
        pytest.param(b"Alder,SE\n\x1a\r\n", [(2, ("Alder", "SE"))], id="Ctrl-Z on a line"),
        pytest.param(
            b"\x1a\nAlder,SE\n", [(2, ("\x1a", None)), (3, ("Alder", "SE"))], id="Ctrl-Z within"
        ),
        pytest.param("Älv\u2028,\x85\n".encode(), [(2, ("Älv\u2028", "\x85"))], id="odd line ends"),
        pytest.param(b"", [], id="only a header"),
    ],
)
def test_rows_stand_where_they_begin(shelf: Shelf, content: bytes, rows: list[Row]) -> None:
    table = shelf.read("cast.csv", HEAD + content)
    assert table.columns == ("name", "country")
    assert table.rows == rows
    assert table.told == []


@pytest.mark.parametrize(
    ("content", "rows", "told"),
    [
        pytest.param(
            b"Alder,SE,x\nBirch,NO\n",
            [(3, ("Birch", "NO"))],
            [(2, 3, "3 cells where the header names 2 columns; is a cell with the delimiter in")],
            id="too many",
        ),
        pytest.param(
            b'"Al"der,SE\nBirch,NO\n',
            [(3, ("Birch", "NO"))],
            [(2, 1, "text follows a closing quote")],
            id="a quote not doubled",
        ),
        pytest.param(
            b'"Al\0\nder",SE\nBirch,NO\n',
            [(4, ("Birch", "NO"))],
            [(2, 1, "holds a NUL character")],
            id="NUL",
        ),
        pytest.param(
            b"Alder,%b\nBirch,NO\n" % (b"x" * (MAX_CELL + 1)),
            [(3, ("Birch", "NO"))],
            [(2, 2, "100,001 characters in a cell; at most 100,000 are read")],
            id="long cell",
        ),
        pytest.param(
            b"Alder,%b\nBirch,NO\n" % (b"x" * 200_000),
            [(3, ("Birch", "NO"))],
            [(2, 1, "a cell of more than 100,000 characters")],
            id="longer than csv reads",
        ),
    ],
)
def test_a_row_at_fault_is_told_and_the_next_is_read(
    shelf: Shelf, content: bytes, rows: list[Row], told: list[Told]
) -> None:
    table = shelf.read("cast.csv", HEAD + content)
    assert table.rows == rows
    assert [(row, column) for row, column, _ in table.told] == [found[:2] for found in told]
    for (_, _, message), (_, _, start) in zip(table.told, told, strict=True):
        assert message.startswith(start)


@pytest.mark.parametrize("length", [1, MAX_CELL])
def test_a_cell_may_be_as_long_as_the_limit(shelf: Shelf, length: int) -> None:
    table = shelf.read("cast.csv", HEAD + b"Alder," + b"x" * length)
    assert table.rows == [(2, ("Alder", "x" * length))]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", (0, 0, "the file is empty"), id="empty"),
        pytest.param(b" \r\n\x1a", (0, 0, "the file is empty"), id="blank"),
        pytest.param(b",\n", (0, 0, "holds no row with the names of the columns"), id="no names"),
        pytest.param(b"a,b\0\n1,2\n", (1, 1, "holds a NUL character"), id="NUL in the header"),
        pytest.param(b'a,b\n1,"2\n3,4\n', (2, 1, "a quote that is opened here"), id="open quote"),
        pytest.param(
            b'a,b\n1,"2\n' + b"3,4\n" * 50_000, (2, 1, "a cell of more than"), id="open, long"
        ),
        pytest.param(
            b'a,b\n"1"x,"2\n3",4\n', (2, 1, "text follows a closing quote"), id="end unknown"
        ),
        pytest.param(b"a, b,a\n", (1, 3, "the name stands twice; the first is column 1"), id="two"),
        pytest.param(b"a,  A  b,A b\n", (1, 3, "the name stands twice; the first is column 2")),
        pytest.param(b"PK\x03\x04xx", (0, 0, "this is a ZIP archive or an Excel file"), id="zip"),
        pytest.param(
            b",".join(b"c%d" % place for place in range(MAX_COLUMNS + 1)),
            (1, 1, "5,001 columns; at most 5,000 are read"),
            id="columns",
        ),
        pytest.param(
            b"a,b\n" + b"x" * MAX_LINE, (2, 1, "a line of more than 10,000,000"), id="endless line"
        ),
    ],
)
def test_a_file_that_cannot_be_read_on_is_refused(shelf: Shelf, content: bytes, told: Told) -> None:
    *_, (row, column, message) = shelf.refused("cast.csv", content)
    assert (row, column) == told[:2]
    assert message.startswith(told[2])


def test_rows_before_the_break_are_given(shelf: Shelf) -> None:
    path = shelf.folder / "cast.csv"
    path.write_bytes(HEAD + b'Alder,SE\nBirch,"NO\n')
    given_rows: list[Record] = []
    with open_records(path) as records, pytest.raises(DataFaults):
        given_rows.extend(records)
    assert [record.row for record in given_rows] == [2]


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (b" world  rank,\tName ", ("world rank", "Name")),
        (b"a,,c", ("a", "column 2", "c")),
        (b"a,b,,", ("a", "b")),
        (b'"a\r\n b",c', ("a b", "c")),
        ("R&D (€ million),Größe".encode(), ("R&D (€ million)", "Größe")),
    ],
)
def test_columns_have_tidy_names(shelf: Shelf, header: bytes, columns: tuple[str, ...]) -> None:
    assert shelf.read("cast.csv", header + b"\r\n").columns == columns


@pytest.mark.parametrize(
    ("content", "sign"),
    [
        (b"name,country\nAlder,SE\n", ","),
        (b"name;size\nAlder;1,5\nBirch;2,5\n", ";"),
        (b"name\tsize\nAlder\t1,5\n", "\t"),
        (b"name|size\nAlder|1;5\n", "|"),
        (b"name;growth, %;size, t\nAlder;1;2\nBirch;3;4\n", ";"),
        (b'name,tags\nAlder,"a;b;c"\nBirch,"d;e;f"\n', ","),
        (b'"name";"size"\r\n"Al;der";"1,5"\r\n', ";"),
        (b"name\nAlder\n", ","),
        (b"sep=|\nname|size\nAlder|1\n", "|"),
    ],
)
def test_the_delimiter_is_found(shelf: Shelf, content: bytes, sign: str) -> None:
    assert shelf.read("cast.csv", content).form.delimiter == sign


@pytest.mark.parametrize(("asked", "sign"), [(";", ";"), ("tab", "\t"), ("~", "~"), ("pipe", "|")])
def test_the_delimiter_can_be_asked_for(shelf: Shelf, asked: str, sign: str) -> None:
    content = sign.join(["name", "a,b"]) + "\n" + sign.join(["Alder", "1,2"])
    table = shelf.read("cast.csv", content.encode(), Form(delimiter=asked))
    assert table.rows == [(2, ("Alder", "1,2"))]


@pytest.mark.parametrize("asked", ["", ";;", '"', "\n"])
def test_a_delimiter_is_one_sign(shelf: Shelf, asked: str) -> None:
    ((_, _, message),) = shelf.refused("cast.csv", HEAD, Form(delimiter=asked))
    assert "is no delimiter; right would be one sign" in message


def test_a_tsv_is_cut_at_tabs_only(shelf: Shelf) -> None:
    table = shelf.read("cast.tsv", b"name, of it\tb\nAlder, Inc\t2\n")
    assert table.rows == [(2, ("Alder, Inc", "2"))]


def test_the_excel_line_that_names_the_delimiter_is_no_header(shelf: Shelf) -> None:
    table = shelf.read("cast.csv", b"\xef\xbb\xbfsep=;\r\nname;size\r\nAlder;1\r\n")
    assert table.columns == ("name", "size")
    assert table.rows == [(3, ("Alder", "1"))]


def test_the_header_may_stand_lower(shelf: Shelf) -> None:
    content = b'A title with a "quote\n;;\nname;size\nAlder;1\n'
    table = shelf.read("cast.csv", content, Form(header=3))
    assert table.rows == [(4, ("Alder", "1"))]
    ((_, _, message),) = shelf.refused("cast.csv", content, Form(header=0))
    assert message == "the header is row 0; rows are counted from 1"


CELLS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS).filter(lambda row: "".join(row).strip()), max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_csv_writes_is_read_as_it_was(shelf: Shelf, rows: list[tuple[str, str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    table = shelf.read("cast.csv", text.getvalue().encode(), Form(delimiter=","))
    assert [values for _, values in table.rows] == rows
