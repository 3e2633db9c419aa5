import pytest

from app.errors import DataFaults, Fault
from app.readers.document import MAX_DEPTH, Mark, Value, read_document


def value(text: str) -> Value:
    document = read_document(text.encode(), "cast.yaml")
    assert document.faults == []
    return document.value


def noted(text: str) -> list[tuple[int, int, str]]:
    """Line, column and message of what is refused while reading goes on."""
    document = read_document(text.encode(), "cast.yaml")
    return [(fault.line, fault.column, fault.message) for fault in document.faults]


def broken(content: bytes) -> list[Fault]:
    """What is refused where reading cannot go on."""
    with pytest.raises(DataFaults) as refused:
        read_document(content, "cast.yaml")
    return list(refused.value.faults)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1", {"a": "1"}),
        ("a: NO", {"a": "NO"}),
        ("a: yes", {"a": "yes"}),
        ("a: true", {"a": "true"}),
        ("a: 1.50", {"a": "1.50"}),
        ("a: 0x10", {"a": "0x10"}),
        ("a: 2016-11-21", {"a": "2016-11-21"}),
        ("a: 20,000", {"a": "20,000"}),
        ("a: 1:30", {"a": "1:30"}),
        ("NO: a", {"NO": "a"}),
        ("1: a", {"1": "a"}),
        ("a:", {"a": None}),
        ("a: ~", {"a": None}),
        ("a: null", {"a": None}),
        ("a: Null", {"a": None}),
        ("a: NULL", {"a": None}),
        ("a: nULL", {"a": "nULL"}),
        ("a: ''", {"a": ""}),
        ('a: "null"', {"a": "null"}),
        ("a: '~'", {"a": "~"}),
        ("a: ! null", {"a": None}),
        ("a: [x, 'y', {b: z}]", {"a": ["x", "y", {"b": "z"}]}),
        ("- a\n- - b\n  - c", ["a", ["b", "c"]]),
        ("a: >-\n  two\n  lines", {"a": "two lines"}),
        ("a: |\n  two\n  lines", {"a": "two\nlines"}),
        ("a: 東京 é 😀", {"a": "東京 é 😀"}),
        ("'<<': a", {"<<": "a"}),
        ("a: {}", {"a": {}}),
        ("a: []", {"a": []}),
        ("", None),
        ("# nothing", None),
        ("---\na: 1\n...\n", {"a": "1"}),
    ],
)
def test_a_scalar_stays_the_text_that_was_written(text: str, expected: Value) -> None:
    assert value(text) == expected


def test_a_byte_order_mark_is_read_past() -> None:
    document = read_document(b"\xef\xbb\xbfa: 1\n", "cast.yaml")
    assert document.value == {"a": "1"}
    assert document.mark(("a",)) == Mark(1, 1)


def test_windows_line_ends_are_lines() -> None:
    document = read_document(b"a: 1\r\nb: 2\r\n", "cast.yaml")
    assert document.value == {"a": "1", "b": "2"}
    assert document.mark(("b",)) == Mark(2, 1)


TREE = """\
top: 1
list:
  - x
  - key: deep
    é: [p, q]
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("top",), 1, 1),
        (("list",), 2, 1),
        (("list", 0), 3, 5),
        (("list", 1), 4, 5),
        (("list", 1, "key"), 4, 5),
        (("list", 1, "é"), 5, 5),
        (("list", 1, "é", 1), 5, 12),
        (("list", 7), 2, 1),
        (("list", 1, "nothing", "there"), 4, 5),
        (("nowhere",), 1, 1),
    ],
)
def test_every_part_has_a_place_or_that_of_the_nearest_around_it(
    path: tuple[str | int, ...], line: int, column: int
) -> None:
    assert read_document(TREE.encode(), "cast.yaml").mark(path) == Mark(line, column)


CAST = """\
sources:
  gazette: {title: Gazette}
companies:
  - slug: alder
    revenue: {stated: 5}
  - name: Birch Works
    figures: [1, 2]
  - just text
"""


@pytest.mark.parametrize(
    ("path", "line", "company", "field"),
    [
        (("sources", "gazette"), 2, None, "sources.gazette"),
        (("companies",), 3, None, "companies"),
        (("companies", 0), 4, "alder", None),
        (("companies", 0, "revenue"), 5, "alder", "revenue"),
        (("companies", 0, "revenue", "stated"), 5, "alder", "revenue.stated"),
        (("companies", 0, "employees"), 4, "alder", None),
        (("companies", 1, "figures", 1), 7, "Birch Works", "figures"),
        (("companies", 2), 8, None, None),
    ],
)
def test_a_fault_names_file_line_company_and_field(
    path: tuple[str | int, ...], line: int, company: str | None, field: str | None
) -> None:
    fault = read_document(CAST.encode(), "cast.yaml").fault(path, "odd")
    assert (fault.file, fault.line, fault.message) == ("cast.yaml", line, "odd")
    assert (fault.company, fault.field) == (company, field)


@pytest.mark.parametrize(
    ("text", "line", "column", "fragment"),
    [
        pytest.param("a: &x 1\nb: *x", 2, 4, "alias *x is not accepted; write it out", id="alias"),
        pytest.param("- &x 1\n- [*x]", 2, 4, "alias *x", id="alias in a list"),
        pytest.param("a: !!int 1", 1, 4, "tag:yaml.org,2002:int is not accepted", id="tag"),
        pytest.param("a: !own 1", 1, 4, "tag !own is not accepted", id="own tag"),
        pytest.param("a: !!set {b}", 1, 4, "write the plain value", id="tag of a mapping"),
        pytest.param("a: !!python/name:os.x y", 1, 4, "python/name:os.x", id="python tag"),
        pytest.param("x: 1\na:\n  <<: {b: 1}", 3, 3, "merge key << is not", id="merge key"),
        pytest.param(
            "a: 1\nb: 2\na: 3", 3, 1, "key a stands twice; the first is on line 1", id="twice"
        ),
        pytest.param("l:\n  - {a: 1, a: 2}", 2, 12, "the first is on line 2", id="twice in a list"),
        pytest.param("[a]: 1", 1, 1, "a key must be plain text", id="list as key"),
        pytest.param("? {a: 1}\n: 2", 1, 3, "a key must be plain text", id="mapping as key"),
        pytest.param("a: 1\n---\nb: 2", 2, 1, "holds one document", id="two documents"),
    ],
)
def test_what_yaml_has_beyond_plain_values_is_refused(
    text: str, line: int, column: int, fragment: str
) -> None:
    ((at_line, at_column, message),) = noted(text)
    assert (at_line, at_column) == (line, column)
    assert fragment in message


@pytest.mark.parametrize("text", ["!!str a: 1", "!!python/name:os.system a: 1"])
def test_a_tag_of_a_key_is_refused(text: str) -> None:
    ((line, column, message),) = noted(text)
    assert (line, column) == (1, 1)
    assert "tag" in message


def test_reading_goes_on_behind_what_is_refused() -> None:
    text = "a: &x 1\nb: *x\nc: !!int 2\nd: {<<: *x, e: 3}\na: 4\nf: [*x, 5]\n"
    document = read_document(text.encode(), "cast.yaml")
    assert document.value == {"a": "1", "c": "2", "d": {"e": "3"}, "f": ["5"]}
    assert [fault.line for fault in document.faults] == [2, 3, 4, 4, 5, 6]


def test_an_alias_without_an_anchor_is_read_past_too() -> None:
    assert [message for _, _, message in noted("a: *nobody")] == [
        "the alias *nobody is not accepted; write it out"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
    ],
    ids=["lists", "mappings", "block lists", "keys", "block mappings"],
)
def test_deep_nesting_neither_crashes_nor_is_read(text: str) -> None:
    fault = broken(text.encode())[-1]
    assert fault.message == "nested more than 20 levels deep"
    assert (fault.line > 0, fault.column > 0) == (True, True)


def test_nesting_up_to_the_limit_is_read() -> None:
    assert value("[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH) is not None
    (fault,) = broken(b"[" * (MAX_DEPTH + 1) + b"x" + b"]" * (MAX_DEPTH + 1))
    assert (fault.line, fault.column) == (1, MAX_DEPTH + 2)


def test_a_bomb_of_aliases_does_not_grow() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert len(noted("\n".join(levels))) == 29 * 9


def test_what_was_noted_before_deep_nesting_is_reported_with_it() -> None:
    tag, nested = broken(b"a: !own 1\nb: " + b"[" * 30)
    assert (tag.line, nested.line) == (1, 2)


@pytest.mark.parametrize(
    ("content", "line", "column", "fragment"),
    [
        pytest.param(b"a: 1\nb: x\xff\n", 2, 5, "byte 0xff is not UTF-8", id="latin-1"),
        pytest.param("a: ü".encode("latin-1"), 1, 4, "byte 0xfc is not UTF-8", id="umlaut"),
        pytest.param("a: 1".encode("utf-16"), 1, 1, "save the file as UTF-8", id="utf-16"),
        pytest.param(b"a: \xed\xa0\x80", 1, 4, "byte 0xed", id="surrogate"),
        pytest.param(b"a: 1\nb: [1, 2\nc: 3\n", 3, 2, "this is not YAML", id="open list"),
        pytest.param(b"a: 'x\n", 2, 1, "this is not YAML", id="open quote"),
        pytest.param(b"a: 1\n\tb: 2\n", 2, 1, "this is not YAML", id="tab as indent"),
        pytest.param(b"a: b: c", 1, 5, "this is not YAML", id="two colons"),
        pytest.param(b"a: @x", 1, 4, "this is not YAML", id="reserved sign"),
        pytest.param(b"%YAML 9.9\n---\na: 1", 1, 1, "this is not YAML", id="another version"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(
    content: bytes, line: int, column: int, fragment: str
) -> None:
    (fault,) = broken(content)
    assert fragment in fault.message
    assert (fault.file, fault.line, fault.column) == ("cast.yaml", line, column)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x07", "\x1b", "\x7f", "\x81", "\ufeff", "\ufffe", "\uffff"]
)
def test_control_characters_are_refused_with_their_place(sign: str) -> None:
    (fault,) = broken(f"a: 1\nb: é{sign}\n".encode())
    assert f"control character U+{ord(sign):04X} is not accepted" in fault.message
    assert (fault.line, fault.column) == (2, 5)


@pytest.mark.parametrize("sign", ["\t", "\x85", "\xa0", "\u200d", "\ufffd", "😀"])
def test_other_signs_are_text(sign: str) -> None:
    assert value(f'a: "x{sign}y"') is not None


def test_a_wrong_byte_behind_other_letters_is_found_by_characters() -> None:
    (fault,) = broken("é: ü".encode() + b"\xff")
    assert (fault.line, fault.column) == (1, 5)


def test_a_wrong_byte_behind_a_byte_order_mark_is_named() -> None:
    (fault,) = broken(b"\xef\xbb\xbfa: \xff\n")
    assert "byte 0xff" in fault.message
    assert (fault.line, fault.column) == (1, 4)
