import json
from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.readers.records.cells import NoCell, cell, plain
from app.readers.records.findings import MAX_CELL, MAX_COLUMNS
from app.readers.records.objects import LOOKED_AT
from app.readers.records.opening import Form
from tests.readers.records.reading import Row, Shelf


def as_list(*items: str) -> bytes:
    return f"[{', '.join(items)}]".encode()


def as_lines(*items: str) -> bytes:
    return "\n".join(items).encode()


Kind: TypeAlias = tuple[str, Callable[..., bytes]]
"""A file's name, and what writes items as such a file."""
KINDS: tuple[Kind, ...] = (("c.json", as_list), ("c.jsonl", as_lines), ("c.ndjson", as_lines))
BOTH = pytest.mark.parametrize("kind", KINDS, ids=[name for name, _ in KINDS])


@BOTH
@pytest.mark.parametrize(
    ("items", "columns", "rows"),
    [
        (['{"a": "x", "b": 1}'], ("a", "b"), [(1, ("x", "1"))]),
        (['{"a": " x "}', '{"b": 2}'], ("a", "b"), [(1, (" x ", None)), (2, (None, "2"))]),
        (['{"a": null, "b": ""}'], ("a", "b"), [(1, (None, ""))]),
        (['{"a": true, "b": false}'], ("a", "b"), [(1, ("true", "false"))]),
        (['{"a": 1.50, "b": 12345678901234567890}'], ("a", "b"), [(1, ("1.50", "1234567890" * 2))]),
        (['{"a": -0.0010}'], ("a",), [(1, ("-0.0010",))]),
        (['{"a": ["x", 1, 2.50, true, null]}'], ("a",), [(1, ("x; 1; 2.50; true",))]),
        (['{"a": []}'], ("a",), [(1, ("",))]),
        (['{" a  b ": 1}'], ("a b",), [(1, ("1",))]),
        (['{"a": "\\u00e9\\n\\ud83d\\ude00"}'], ("a",), [(1, ("é\n😀",))]),
    ],
)
def test_objects_are_rows(
    shelf: Shelf, kind: Kind, items: list[str], columns: tuple[str], rows: list[Row]
) -> None:
    table = shelf.read(kind[0], kind[1](*items))
    assert table.columns == columns
    assert table.rows == rows
    assert table.told == []


@BOTH
@pytest.mark.parametrize(
    ("item", "message"),
    [
        ('{"a": {"x": 1}}', "an object in a cell; right would be text, a number or a list of them"),
        ('{"a": [{}]}', "an object in a cell; right would be text, a number or a list of them"),
        ('{"a": [[1]]}', "a list within a list; right would be a list of texts or numbers"),
        ('{"a": "x\\u0000"}', "holds U+0000, which is no text; take it out"),
        ('{"a": 1, "a": 2}', "the key stands twice; leave one out"),
        ('{"a": 1, " a": 2}', "two keys differ in blanks only; rename one"),
        ('{" ": 1}', "a key is blank; name what it tells"),
        ("[1]", "is no object; right would be {“name”: …} with a key a column"),
        ("5", "is no object; right would be {“name”: …} with a key a column"),
        (f'{{"a": "{"x" * (MAX_CELL + 1)}"}}', "100,001 characters in a cell; at most 100,000"),
    ],
)
def test_a_row_at_fault_is_told_and_the_next_is_read(
    shelf: Shelf, kind: Kind, item: str, message: str
) -> None:
    table = shelf.read(kind[0], kind[1]('{"a": "x"}', item, '{"a": "y"}'))
    assert table.rows == [(1, ("x",)), (3, ("y",))]
    ((row, _, told),) = table.told
    assert (row, told[: len(message)]) == (2, message)


def test_the_column_of_a_fault_is_named(shelf: Shelf) -> None:
    (fault,) = shelf.read("cast.json", b'[{"a": 1, "b": {}}]').faults
    assert (fault.line, fault.field) == (1, "b")


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ('{"a": 1', 8, "this line is not JSON: Expecting ',' delimiter"),
        ('{"a": 1}}', 9, "this line is not JSON: Extra data"),
        ('{"a": NaN}', 1, "NaN is no JSON; write null where nothing is known"),
        ('{"a": ' + "[" * 100_000, 1, "nested too deep"),
        ('{"a": "\\ud800"}', 1, "holds U+D800, which is no text; take it out"),
        ('{"a": "x\0"}', 1, "holds a NUL character; take it out"),
    ],
)
def test_a_broken_line_is_told_with_its_place(
    shelf: Shelf, line: str, column: int, message: str
) -> None:
    table = shelf.read("cast.jsonl", as_lines('{"a": 1}', "", line, '{"a": 2}'))
    assert table.rows == [(1, ("1",)), (4, ("2",))]
    assert table.told == [(3, column, message)]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1e6", "1e6"),
        ("1.50E+3", "1.50E+3"),
        ("-0", "-0"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_numbers_of_json_lines_keep_their_very_text(shelf: Shelf, number: str, text: str) -> None:
    assert shelf.read("cast.jsonl", b'{"a": %b}' % number.encode()).rows == [(1, (text,))]


@pytest.mark.parametrize(
    ("number", "text"),
    [("1e6", "1000000"), ("1.50E+3", "1500"), ("1e-7", "0.0000001"), ("1e999", "1E+999")],
)
def test_an_exponent_in_a_json_list_is_written_out(shelf: Shelf, number: str, text: str) -> None:
    assert shelf.read("cast.json", b'[{"a": %b}]' % number.encode()).rows == [(1, (text,))]


@given(st.decimals(allow_nan=False, allow_infinity=False, places=5))
def test_a_number_written_out_is_the_same_number(number: Decimal) -> None:
    assert Decimal(plain(number)) == number


@pytest.mark.parametrize(
    ("content", "row", "message"),
    [
        (b'[{"a": 1}, {"a" 2}]', 2, "this is not JSON: parse error: object key and value must"),
        (b'[{"a": 1}, {"a": 2}', 3, "this is not JSON: parse error: premature EOF"),
        (b'[{"a": 1}] x', 2, "this is not JSON: parse error: trailing garbage"),
        (b'[{"a": NaN}]', 1, "this is not JSON: lexical error: invalid char in json text"),
        (b'[{"a": ' + b"9" * 5000 + b"}]", 1, "a number of more than 4,000 digits"),
        (
            b'[{"a": ' + b" " * 60_000 + b"9" * 50_000 + b"}]",
            1,
            "a number of more than 4,000 digits",
        ),
        (b'[{"a": 1e99999999999999999999}]', 1, "this is not JSON: a number that is too large"),
        (b"[]", 0, "holds no record"),
        (b'{"a": 1}', 0, "holds no list at its top; a list of objects is read"),
        (b'{"a": [{"b": 1}]}', 0, "holds no list at its top; right would be under: a"),
        (
            b'{"a": {"b": [{"c": [{"d": 1}]}]}, "e": [1], "f": [{}]}',
            0,
            "holds no list at its top; right would be under: a.b or f",
        ),
        (b"{", 0, "holds no list at its top; and this is not JSON: parse error: premature EOF"),
        (b"name,country\n", 0, "holds no list at its top; and this is not JSON"),
    ],
)
def test_a_list_that_cannot_be_read_on_is_refused(
    shelf: Shelf, content: bytes, row: int, message: str
) -> None:
    *_, (line, _, told) = shelf.refused("cast.json", content)
    assert (line, told[: len(message)]) == (row, message)


def test_the_list_may_stand_under_a_key(shelf: Shelf) -> None:
    content = b'{"meta": {"n": 1}, "data": {"rows": [{"a": 1}, {"a": 2}]}}'
    table = shelf.read("cast.json", content, Form(under="data.rows"))
    assert table.rows == [(1, ("1",)), (2, ("2",))]
    ((_, _, message),) = shelf.refused("cast.json", content, Form(under="data"))
    assert message == "no list with an item stands under data; right would be under: data.rows"


def test_a_column_that_is_met_late_is_added(shelf: Shelf) -> None:
    items = ['{"a": 1}'] * LOOKED_AT + ['{"a": 2, "b": 3}']
    table = shelf.read("cast.jsonl", as_lines(*items))
    assert table.columns == ("a", "b")
    assert table.records[-1].values == {"a": "2", "b": "3"}


def test_a_file_has_so_many_keys(shelf: Shelf) -> None:
    full = json.dumps({f"c{place}": 1 for place in range(MAX_COLUMNS)})
    table = shelf.read("cast.jsonl", as_lines(full, '{"one more": 1}', '{"c0": 2}'))
    assert [row for row, _ in table.rows] == [1, 3]
    assert table.told == [(2, 1, "more than 5,000 different keys in the file")]


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), SCALARS, min_size=1), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_and_lines_tell_the_same(shelf: Shelf, items: list[dict[str, object]]) -> None:
    texts = [json.dumps(item) for item in items]
    listed, lined = shelf.read("c.json", as_list(*texts)), shelf.read("c.jsonl", as_lines(*texts))
    assert (listed.columns, listed.rows) == (lined.columns, lined.rows)
    assert [record.values for record in listed.records] == [
        {name: cell(item.get(name)) for name in listed.columns} for item in items
    ]


def test_a_cell_tells_why_it_is_none() -> None:
    with pytest.raises(NoCell, match="an object in a cell"):
        cell({})
