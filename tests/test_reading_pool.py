"""Reading with several processes: they read what one does, and none is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.errors import DataFaults, Fault, ReadingEnded
from app.profiles.company import Packed
from app.profiles.remarks import Remark
from app.readers import assembly
from app.readers.inputs import gather
from app.reading_pool import ReadingPool
from app.settings import ROOT
from app.store.load import pack

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
POOL = ReadingPool(2)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every table is large, and a batch is a few rows."""
    monkeypatch.setattr(assembly, "LARGE", 0)
    monkeypatch.setattr(assembly, "BATCH", 20)


def table(folder: Path, rows: str) -> Path:
    (folder / "map.yaml").write_text(MAPPING, encoding="utf-8")
    path = folder / "firms.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


Read = tuple[list[Packed], list[Remark], list[int]]
"""The packed companies, the remarks, and how many rows each report of progress was of."""


def read(path: Path, pool: ReadingPool | None, *, skip: bool = False) -> Read:
    reported: list[int] = []
    incoming = assembly.assemble(
        gather([path], [path.parent / "map.yaml"]),
        TODAY,
        skip_bad_rows=skip,
        told=lambda _name, count, _share: reported.append(count),
        elsewhere=pool,
    )
    assert (incoming.packed is None) == (pool is None)
    packed = list(incoming.packed or pack(incoming.companies, incoming.head))
    return packed, list(incoming.remarks), reported


def faults(path: Path, pool: ReadingPool | None) -> tuple[Fault, ...]:
    with pytest.raises(DataFaults) as refused:
        read(path, pool)
    return refused.value.faults


def test_several_processes_read_what_one_does(tmp_path: Path) -> None:
    path = table(tmp_path, ROWS * 9)
    found = read(path, POOL)
    assert found == read(path, None)
    slugs = [one.slug for one in found[0]]
    assert slugs[:5] == ["alder", "birch", "alder-2", "elan", "company-53874092"]
    assert len(set(slugs)) == 63
    assert [one.text for one in found[1]][:1] == ["Industry “Rail”, also written “rail” (9)"]


def test_rows_at_fault_are_left_out_alike(tmp_path: Path) -> None:
    path = table(tmp_path, (ROWS + BAD + ROWS) * 5)
    found = read(path, POOL, skip=True)
    assert found == read(path, None, skip=True)
    assert sum(one.kind == "left out" for one in found[1]) == 10


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS + BAD + CONTRADICTION + ROWS + CONTRADICTION, id="faults of all kinds"),
        pytest.param(ROWS + 'Fir,"Norway\n' + ROWS, id="a quote that is never closed"),
    ],
)
def test_faults_are_reported_alike(tmp_path: Path, rows: str) -> None:
    path = table(tmp_path, rows)
    assert faults(path, POOL) == faults(path, None)


def children() -> set[int]:
    """The processes that this one has started and that live, but for that of multiprocessing."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return {pid for pid in map(int, listed.split()) if "spawn_main" in command_of(pid)}


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


def begun(folder: Path) -> Iterator[Packed]:
    """A long table that is read in two processes, of which the first company has come."""
    inputs = gather([table(folder, ROWS * 500)], [folder / "map.yaml"])
    packed = assembly.assemble(inputs, TODAY, elsewhere=POOL).packed
    assert packed is not None
    next(packed)
    return packed


def test_a_process_that_is_killed_is_an_error_of_ours_and_leaves_no_other(tmp_path: Path) -> None:
    before = children()
    packed = begun(tmp_path)
    started = children() - before
    assert len(started) == 2
    os.kill(min(started), signal.SIGKILL)
    with pytest.raises(ReadingEnded, match="ended too soon"):
        list(packed)
    assert children() == before


def test_who_stops_reading_leaves_no_process(tmp_path: Path) -> None:
    before = children()
    packed = begun(tmp_path)
    packed.close()  # type: ignore[attr-defined]
    assert children() == before


KILLED = """
import os, sys
from datetime import date
from pathlib import Path
from app.reading_pool import ReadingPool
from app.readers import assembly
from app.readers.inputs import gather

if __name__ == "__main__":
    assembly.LARGE, assembly.BATCH = 0, 2
    inputs = gather([Path(sys.argv[1])], [Path(sys.argv[2])])
    packed = assembly.assemble(inputs, date(2026, 1, 1), elsewhere=ReadingPool(2)).packed
    next(packed)
    print(Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(), flush=True)
    sys.stdin.read()
"""


def test_a_parent_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    path, script = table(tmp_path, ROWS * 50), tmp_path / "killed.py"
    script.write_text(KILLED, encoding="utf-8")
    parent = subprocess.Popen(  # noqa: S603 - it is this program itself
        [sys.executable, str(script), str(path), str(tmp_path / "map.yaml")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with parent:
        assert parent.stdout is not None
        started = [int(pid) for pid in parent.stdout.readline().split()]
        parent.kill()
    assert len(started) >= 2
    deadline = time.monotonic() + 20
    while any(map(command_of, started)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(command_of, started))
