import codecs

import pytest

from app.readers.records.opening import Form
from tests.readers.records.reading import Shelf

TEXT = "name,country\r\nMüller & Söhne,Österreich\r\nÉtablissements Dupré,Frankreich\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        pytest.param(TEXT.encode(), "utf-8-sig", id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig", id="UTF-8 with a mark"),
        pytest.param(codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16", id="UTF-16, little"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16", id="UTF-16, big"),
        pytest.param(codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32", id="UTF-32"),
        pytest.param(TEXT.encode("cp1252"), "cp1252", id="Windows"),
    ],
)
def test_the_encoding_is_found(shelf: Shelf, content: bytes, encoding: str) -> None:
    table = shelf.read("cast.csv", content)
    assert table.form.encoding == encoding
    assert table.columns == ("name", "country")
    assert table.rows[0] == (2, ("Müller & Söhne", "Österreich"))


@pytest.mark.parametrize("encoding", ["gb18030", "shift_jis"])
def test_east_asian_encodings_are_found(shelf: Shelf, encoding: str) -> None:
    text = "名前,国\n株式会社日立製作所,日本\nトヨタ自動車,日本\n日本電信電話,日本\n"
    table = shelf.read("cast.csv", text.encode("shift_jis"))
    assert table.rows[0] == (2, ("株式会社日立製作所", "日本"))
    asked = shelf.read("cast.csv", text.encode(encoding), Form(encoding=encoding))
    assert asked.rows == table.rows


@pytest.mark.parametrize("name", ["cast.csv", "cast.jsonl"])
def test_a_line_in_another_encoding_is_told_and_left_out(shelf: Shelf, name: str) -> None:
    lines = {
        "cast.csv": ["name", "Alder", "Söhne", "Birch"],
        "cast.jsonl": ["\n"] + [f'{{"name": "{text}"}}' for text in ("Alder", "Söhne", "Birch")],
    }
    long = [line * 40_000 if line == "\n" else line for line in lines[name]]
    table = shelf.read(name, "\n".join(long).encode("cp1252"), Form(encoding="utf-8"))
    start = table.rows[0][0]
    assert [row for row, _ in table.rows] == [start, start + 2]
    expected = "the byte 0xf6 is not UTF-8; save the file as UTF-8 or name its encoding"
    assert table.told == [(start + 1, 1, expected)]


def test_what_is_wrong_after_the_sample_is_told_too(shelf: Shelf) -> None:
    content = b"name\n" + b"Alder\n" * 100_000 + "Söhne\n".encode("cp1252") + b"Birch\n"
    table = shelf.read("cast.csv", content)
    assert [(line, column) for line, column, _ in table.told] == [(100_002, 1)]
    assert table.rows[-1] == (100_003, ("Birch",))


def test_a_character_on_the_edge_of_the_sample_is_no_fault(shelf: Shelf) -> None:
    for shift in range(4):
        content = b"name\n" + b"x" * shift + "€\n".encode() * 100_000
        table = shelf.read("cast.csv", content)
        assert (table.form.encoding, table.told) == ("utf-8-sig", [])


@pytest.mark.parametrize("name", ["cast.csv", "cast.json", "cast.jsonl"])
def test_bytes_of_half_a_character_end_utf16(shelf: Shelf, name: str) -> None:
    row = {"cast.csv": "a\nAlder\n", "cast.json": '[{"a":1}]', "cast.jsonl": '{"a":1}\n'}[name]
    content = codecs.BOM_UTF16_LE + row.encode("utf-16-le") + b"\x00\xd8\x41\x00"
    *_, (_, _, message) = shelf.refused(name, content)
    assert "is not utf-16" in message


@pytest.mark.parametrize("asked", ["utf-99", "rot13", "hex", ""])
def test_an_encoding_nobody_knows_is_refused(shelf: Shelf, asked: str) -> None:
    ((_, _, message),) = shelf.refused("cast.csv", TEXT.encode(), Form(encoding=asked))
    assert message.startswith(f"“{asked}” is no encoding of text; right would be utf-8")


def test_utf16_without_a_mark_is_refused_unless_named(shelf: Shelf) -> None:
    content = TEXT.encode("utf-16-le")
    ((_, _, message),) = shelf.refused("cast.csv", content)
    assert (
        message == "holds NUL bytes, as UTF-16 without a mark does; name its encoding, as utf-16-le"
    )
    named = shelf.read("cast.csv", content, Form(encoding="utf-16-le"))
    assert named.rows[0] == (2, ("Müller & Söhne", "Österreich"))
