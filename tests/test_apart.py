"""Reading apart: several processes make of a table what one makes, and none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Column, Table, select

from app.apart import Apart
from app.errors import DataFaults, Fault
from app.loading import Loader
from app.processes import ProcessEnded
from app.profiles.company import Company, Packed
from app.profiles.remarks import Remark
from app.readers import assembly
from app.readers.batches import Batch, Said, Task
from app.readers.inputs import gather
from app.settings import ROOT
from app.stock_apart import TOGETHER, StockApart
from app.store import tables
from app.store.laying import WIDTHS, Flat, LaidUp, Layer, ToPack, decode, decode_to_pack
from app.store.load import TABLES
from app.store.packing import Layout
from tests.databases import database_url

TODAY = date(2026, 1, 1)
MAPPING = """\
title: Firms
currency: EUR
source: {id: almanac, title: The Almanac, published: 2025-05-02}
company:
  name: Name
  country: Country
  industries: {column: Industry, split: "/"}
  tags: Tags
figures:
  - {measure: revenue, match: 'Sales (?P<period>\\d{4})', times: million, currency: EUR}
  - {measure: employees, column: Staff, period: 2024, missing: [n/a], none: [none yet]}
  - {measure: rd_staff, column: R&D, period: 2024}
"""
HEAD = "Name,Country,Industry,Tags,Sales 2023,Sales 2024,Staff,R&D\n"
ROWS = (
    "Alder,Norway,Rail/Games,,1.5,2,90,30\n"
    "Birch,NORWAY,rail,Listed,,> 10,n/a,\n"
    "Alder,Japan,Games,listed,,,none yet,\n"
    "Élan,Japan,games/Rail,,3,,1200,\n"
    "腾讯,,,,,4,,\n"
    "Alder 2,Norway,,,,5,5,\n"
    "Alder,,,,,,,\n"
)
BAD = "Cedar,Norway,,,x,,many,\n,,,,1,,,\nDogwood,Norway,,,,1,7,\n"
CONTRADICTION = "Elm,Norway,,,,1,7,9\n"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is large, and a batch is a few rows."""
    monkeypatch.setattr(assembly, "LARGE", 0)
    monkeypatch.setattr(assembly, "BATCH", 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "map.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def table(folder: Path, rows: str) -> Path:
    path = folder / "firms.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


Found = tuple[list[tuple[str, int, object]], list[Remark], list[int]]
"""The companies as they are laid up, the remarks, and the rows that were told of."""


def read(path: Path, elsewhere: Apart | None, *, skip: bool = False) -> Found:
    inputs = gather([path], [path.parent / "map.yaml"])
    rows: list[int] = []
    incoming = assembly.assemble(
        inputs,
        TODAY,
        skip_bad_rows=skip,
        told=lambda _name, count, _share: rows.append(count),
        elsewhere=elsewhere,
    )
    if elsewhere:
        assert incoming.packed is not None
        found = [(one.slug, one.figures, decode(one.content)) for one in incoming.packed]
    else:
        lay_up = Layer(incoming.head).lay_up
        companies = list(incoming.companies)
        found = [(one.slug, len(one.figures), decode(lay_up(one))) for one in companies]
    return [(slug, count, told(one)) for slug, count, one in found], list(incoming.remarks), rows


def told(one: LaidUp) -> object:
    """What is laid up, its terms in order: they are a set."""
    to_pack = decode_to_pack(one.to_pack)
    to_pack.terms.sort()
    rows = [flat.unpacked(width) for flat, width in zip(one.rows, WIDTHS, strict=True)]
    return rows, to_pack


def faults(path: Path, elsewhere: Apart | None) -> tuple[Fault, ...]:
    with pytest.raises(DataFaults) as refused:
        read(path, elsewhere)
    return refused.value.faults


@pytest.mark.parametrize("processes", [1, 2])
def test_several_processes_make_what_one_makes(folder: Path, processes: int) -> None:
    path = table(folder, ROWS * 9)
    found = read(path, Apart(processes))
    assert found == read(path, None)
    slugs = [slug for slug, _, _ in found[0]]
    assert slugs[:7] == [
        "alder",
        "birch",
        "alder-2",
        "elan",
        "company-53874092",
        "alder-2-2",
        "alder-3",
    ]
    assert len(set(slugs)) == 63
    assert [one.text for one in found[1]][:1] == ["Industry “Rail”, also written “rail” (9)"]


@pytest.mark.parametrize("rows", [BAD, ROWS + BAD + ROWS, BAD + CONTRADICTION])
def test_rows_at_fault_are_left_out_alike(folder: Path, rows: str) -> None:
    path = table(folder, rows.replace(CONTRADICTION, "") * 5)
    found = read(path, Apart(2), skip=True)
    assert found == read(path, None, skip=True)
    assert sum(one.kind == "left out" for one in found[1]) == 10


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS + BAD + ROWS, id="rows at fault"),
        pytest.param(ROWS + CONTRADICTION + ROWS + CONTRADICTION, id="contradictions"),
        pytest.param(CONTRADICTION + BAD, id="both"),
        pytest.param(ROWS + 'Fir,"Norway\n' + ROWS, id="a quote that is never closed"),
        pytest.param(ROWS + "Fir,a,b,c,1,2,3,4,5\n" + ROWS, id="a cell too many"),
    ],
)
def test_faults_are_told_alike(folder: Path, rows: str) -> None:
    path = table(folder, rows)
    assert faults(path, Apart(2)) == faults(path, None)


def test_a_mapping_that_does_not_fit_is_told_alike(folder: Path) -> None:
    path = table(folder, ROWS)
    path.write_text("Firm\nAlder\n", encoding="utf-8")
    assert faults(path, Apart(2)) == faults(path, None)


class Nobody:
    """Those elsewhere who are never asked."""

    def read(self, task: Task, batches: Iterable[Batch]) -> Iterator[list[Said]]:
        raise AssertionError(task, batches)

    def pack_anew(self, content: bytes, filed: Company) -> bytes:
        raise AssertionError(content, filed)


@pytest.mark.parametrize(
    ("why", "companies"), [("small", 7), ("several rows of a company", 5), ("two tables", 10)]
)
def test_what_one_process_must_or_may_as_well_read_it_reads(
    folder: Path, monkeypatch: pytest.MonkeyPatch, why: str, companies: int
) -> None:
    paths = [table(folder, ROWS)]
    if why == "small":
        monkeypatch.setattr(assembly, "LARGE", 10_000)
    if why == "several rows of a company":
        keyed = MAPPING.replace("name: Name", "name: Name\n  key: Name")
        (folder / "map.yaml").write_text(
            keyed.replace("  country: Country\n", ""), encoding="utf-8"
        )
    if why == "two tables":
        paths *= 2
    inputs = gather(paths, [folder / "map.yaml"])
    incoming = assembly.assemble(inputs, TODAY, elsewhere=Nobody())
    assert incoming.packed is None
    assert len(list(incoming.companies)) == companies


def everything(path: Path, database: str) -> dict[str, list[tuple[object, ...]]]:
    """What a table loaded into a database fills it with, but for when that was."""
    with closing(Loader(database, 1)) as loader:
        loader.load(gather([path], [path.parent / "map.yaml"]))
        with loader.engine.connect() as connection:
            return {
                table.name: [
                    tuple(row)
                    for row in connection.execute(select(*kept(table)).order_by(*table.primary_key))
                ]
                for table in tables.metadata.sorted_tables
            }


def kept(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if column.name != "loaded_at"]


def test_a_load_by_several_processes_stores_what_one_by_one_does(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = table(folder, ROWS * 300)
    monkeypatch.setattr("app.apart.readers", lambda: Apart(2))
    apart = everything(path, database_url(tmp_path, "apart"))
    monkeypatch.setattr("app.apart.readers", lambda: None)
    assert apart == everything(path, database_url(tmp_path, "alone"))
    assert len(apart["company"]) == 2100
    assert {one[1] for one in apart["text_block"]} == {"slug", "name", "term"}


TO_PACK = msgspec.msgpack.encode(ToPack("alder", "alder", ["alder"], [], {"almanac": 3}, b""))


def laid_up(slug: str) -> bytes:
    company, figures = (slug, "Alder", "", "", "", ""), [(slug, *range(16)), (slug, *[None] * 16)]
    rows = [Flat.of([company]), Flat.of([]), Flat.of([]), Flat.of(figures)]
    return msgspec.msgpack.encode(LaidUp(rows, TO_PACK))


LAID_UP = laid_up("alder")
LAYOUT = Layout(["employees"], ["employees"], [])
MANY = TOGETHER * 9 + 1


def test_a_stock_apart_gives_all_back_in_order_with_what_is_packed() -> None:
    slugs = [f"alder-{number:05}" for number in range(MANY)]
    put: list[str] = []
    companies: list[object] = []
    figures: list[object] = []

    def write(count: int, rows: Sequence[Flat]) -> None:
        assert [one.rows for one in rows] == [count, 0, 0, count * 2]
        companies.extend(rows[0].unpacked(WIDTHS[0])[:: WIDTHS[0]])
        figures.extend(rows[3].unpacked(WIDTHS[3])[:: WIDTHS[3]])

    with StockApart(LAYOUT, None) as stock:
        for slug in reversed(slugs):
            stock.add(slug, laid_up(slug))
        resting = stock.give(write, lambda table, _: put.append(table))
    assert companies == slugs
    assert figures == [slug for slug in slugs for _ in range(2)]
    assert resting == {"almanac": (MANY * 3, MANY)}
    assert set(put) == {"block", "text_block", "facet_value", "facet_block"}


def add_many(stock: StockApart) -> None:
    for number in range(100_000):
        stock.add(str(number), LAID_UP)


def test_a_stock_that_ends_too_soon_is_told_and_leaves_no_process() -> None:
    before = set(children())
    with StockApart(LAYOUT, None) as stock:
        os.kill(min(set(children()) - before), signal.SIGKILL)
        with pytest.raises(ProcessEnded, match="ended too soon"):
            add_many(stock)
    assert set(children()) == before


def test_a_stock_that_ends_while_it_gives_is_told_and_leaves_no_process() -> None:
    before = set(children())
    with StockApart(LAYOUT, None) as stock:
        started = min(set(children()) - before)
        add_many(stock)
        with pytest.raises(ProcessEnded, match="ended too soon"):
            stock.give(lambda *_: os.kill(started, signal.SIGKILL), lambda *_: None)
    assert set(children()) == before


def test_a_writer_that_fails_leaves_no_process() -> None:
    before = set(children())

    def fail(*_: object) -> None:
        raise RuntimeError

    with StockApart(LAYOUT, None) as stock:
        add_many(stock)
        with pytest.raises(RuntimeError):
            stock.give(fail, lambda *_: None)
    assert set(children()) == before


def children() -> list[int]:
    """The processes that this one has started and that live."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(pid) for pid in listed.split()]


def begun(folder: Path) -> Iterator[Packed]:
    """A long table that is read in two processes, of which the first company has come."""
    inputs = gather([table(folder, ROWS * 500)], [folder / "map.yaml"])
    incoming = assembly.assemble(inputs, TODAY, elsewhere=Apart(2))
    assert incoming.packed is not None
    next(incoming.packed)
    return incoming.packed


def test_a_process_that_ends_too_soon_is_told_and_leaves_no_other(folder: Path) -> None:
    before = set(children())
    packed = begun(folder)
    started = set(children()) - before
    assert len(started) == 2
    os.kill(min(started), signal.SIGKILL)
    with pytest.raises(ProcessEnded, match="ended too soon"):
        list(packed)
    assert not set(children()) & started


def test_who_stops_reading_leaves_no_process(folder: Path) -> None:
    before = set(children())
    packed = begun(folder)
    packed.close()  # type: ignore[attr-defined]
    assert set(children()) == before


KILLED = """
import sys
from datetime import date
from pathlib import Path
from app.apart import Apart
from app.readers import assembly
from app.readers.inputs import gather
assembly.LARGE, assembly.BATCH = 0, 2
inputs = gather([Path(sys.argv[1])], [Path(sys.argv[2])])
incoming = assembly.assemble(inputs, date(2026, 1, 1), elsewhere=Apart(2))
next(incoming.packed)
from os import getpid
print(Path(f"/proc/self/task/{getpid()}/children").read_text(), flush=True)
sys.stdin.read()
"""


def test_a_parent_that_is_killed_leaves_no_process(folder: Path) -> None:
    path = table(folder, ROWS * 50)
    parent = subprocess.Popen(  # noqa: S603 - it is this program itself
        [sys.executable, "-c", KILLED, str(path), str(folder / "map.yaml")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    with parent:
        assert parent.stdout is not None
        started = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(started) == 2
    deadline = time.monotonic() + 20
    while any(map(lives, started)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(lives, started))


def lives(pid: int) -> bool:
    """Whether a process is there and is no mere entry that nobody asked for."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("rows", [0, 1, 7, 8, 32_767, 32_768, 40_000])
def test_rows_laid_flat_are_put_together_and_unpacked(rows: int) -> None:
    one = Flat.of((number, None) for number in range(rows))
    both = Flat.together([one, Flat.of([("é", -1)]), one])
    numbers = [value for number in range(rows) for value in (number, None)]
    assert both.rows == rows * 2 + 1
    assert both.unpacked(2) == (*numbers, "é", -1, *numbers)


def test_the_widths_are_those_of_the_tables() -> None:
    assert [len(table.c) - 1 for table in TABLES] == list(WIDTHS)
