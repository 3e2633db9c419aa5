import gzip
import io
from pathlib import Path

import openpyxl
import pytest

from app.errors import DataFaults
from app.readers.records.findings import MAX_FAULTS
from app.readers.records.opening import Form, Record, open_records
from app.readers.records.packed import MAX_RATIO, UNSUSPICIOUS, is_bomb
from tests.readers.records.reading import Shelf


def workbook() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["a", "b"])
    book.active.append([1, 2])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cast.csv", b"a,b\n1,2\n"),
        ("cast.tsv", b"a\tb\n1\t2\n"),
        ("cast.json", b'[{"a": 1, "b": 2}]'),
        ("cast.jsonl", b'{"a": 1, "b": 2}\n'),
        ("cast.xlsx", workbook()),
    ],
)
def test_every_format_may_be_packed_whatever_it_is_called(
    shelf: Shelf, name: str, content: bytes
) -> None:
    plain = shelf.read(name, content)
    assert [row.values for row in plain.records] == [{"a": "1", "b": "2"}]
    packed = gzip.compress(content)
    for called, given in ((f"{name}.gz", packed), (name, packed), (f"{name}.GZ", content)):
        assert shelf.read(called, given).records == plain.records


def test_a_file_of_several_packed_parts_is_read_whole(shelf: Shelf) -> None:
    content = gzip.compress(b"a\n1\n") + gzip.compress(b"2\n")
    assert shelf.read("cast.csv.gz", content).rows == [(2, ("1",)), (3, ("2",))]


ROWS = b"a\n" + b"".join(b"%d\n" % (number * 7919) for number in range(100_000))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(gzip.compress(ROWS)[:-9], "the gzip ends in the middle", id="cut"),
        pytest.param(gzip.compress(ROWS)[:20], "the gzip ends in the middle", id="cut early"),
        pytest.param(
            gzip.compress(ROWS)[:-8] + bytes(8), "the gzip is broken: CRC check failed", id="sum"
        ),
        pytest.param(gzip.compress(ROWS) + b"x", "the gzip is broken", id="something after"),
        pytest.param(b"\x1f\x8b\x01" + b"x" * 50, "the gzip is broken", id="no gzip"),
    ],
)
@pytest.mark.parametrize("name", ["cast.csv.gz", "cast.json", "cast.jsonl", "cast.xlsx"])
def test_a_broken_gzip_is_refused(shelf: Shelf, name: str, content: bytes, message: str) -> None:
    *_, (_, _, told) = shelf.refused(name, content)
    # Text that is no JSON may be found wrong before the gzip is.
    assert message in told or ("json" in name and "JSON" in told)


def test_what_is_packed_twice_is_told(shelf: Shelf) -> None:
    told = shelf.refused("cast.csv.gz", gzip.compress(gzip.compress(ROWS)))
    assert told == [(0, 0, "this is packed twice; unpack it once")]


def test_the_rows_before_the_cut_are_given_and_its_line_is_told(shelf: Shelf) -> None:
    path = shelf.folder / "cast.csv.gz"
    path.write_bytes(gzip.compress(ROWS)[:-9])
    given: list[Record] = []
    with open_records(path) as records, pytest.raises(DataFaults) as cut:
        given.extend(records)
    assert len(given) > 90_000
    assert cut.value.faults[-1].line == given[-1].row + 1


@pytest.mark.parametrize(
    ("packed", "unpacked", "bomb"),
    [
        (1, UNSUSPICIOUS, False),
        (1, UNSUSPICIOUS + 1, True),
        (UNSUSPICIOUS, UNSUSPICIOUS * MAX_RATIO, False),
        (UNSUSPICIOUS, UNSUSPICIOUS * MAX_RATIO + 1, True),
    ],
)
def test_a_bomb_is_large_and_packed_beyond_reason(packed: int, unpacked: int, bomb: bool) -> None:
    assert is_bomb(packed, unpacked) is bomb


@pytest.mark.parametrize("name", ["cast.csv", "cast.jsonl"])
def test_a_bomb_is_refused(shelf: Shelf, name: str) -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as content:
        content.write(b'{"a": 1}\n')
        for _ in range(UNSUSPICIOUS // 100_000 + 2):
            content.write(b" " * 99_999 + b"\n")
    *_, (_, _, told) = shelf.refused(name, packed.getvalue())
    assert "unpacks to more than 200 times its size" in told


@pytest.mark.parametrize(
    ("name", "form", "message"),
    [
        ("cast.csv", Form(), "there is no such file"),
        ("", Form(format="csv"), "is no file"),
        ("cast.pdf", Form(), "the name does not tell its format; right would be one of csv, tsv"),
        ("cast.csv", Form(format="xml"), "“xml” is no format; right would be one of csv, tsv"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, name: str, form: Form, message: str) -> None:
    with pytest.raises(DataFaults) as refusal, open_records(tmp_path / name, form):
        pass
    (fault,) = refusal.value.faults
    assert (fault.line, fault.message[: len(message)]) == (0, message)


@pytest.mark.parametrize("name", ["cast.csv", "cast.jsonl", "cast.json", "cast.xlsx"])
def test_the_share_grows_to_the_whole(shelf: Shelf, name: str) -> None:
    rows = "".join(f'{{"a": {number}}}\n' for number in range(50_000)).strip()
    listed = f"[{rows}]".replace("\n", ",")
    text = {"cast.csv": rows, "cast.jsonl": rows, "cast.json": listed}.get(name, "")
    path = shelf.folder / name
    path.write_bytes(text.encode() or workbook())
    with open_records(path) as records:
        shares = [records.share, *(records.share for _ in records)]
    known = [share for share in shares if share is not None]
    assert known == sorted(known)
    assert (0 <= known[0] < 1, known[-1]) == (True, 1.0)


def test_faults_are_counted_beyond_those_told(shelf: Shelf) -> None:
    table = shelf.read("cast.csv", b"a\n" + b"1,2\n" * (MAX_FAULTS + 317))
    assert len(table.faults) == MAX_FAULTS + 1
    assert table.faults[-1].message == "and 317 more rows at fault; the first 10,000 are listed"


def test_an_error_of_the_reader_of_records_is_its_own(shelf: Shelf) -> None:
    path = shelf.folder / "cast.csv"
    path.write_bytes(b"a\n1\n")
    with pytest.raises(KeyError), open_records(path) as records:
        next(iter(records)).values["b"]
