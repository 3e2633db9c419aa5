"""What was measured as rows of one table, each held to its bar, and the file that keeps them."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from math import isfinite, nan
from pathlib import Path

from benchmarks.processes import ENVIRONMENT
from benchmarks.sample import Sample, told
from benchmarks.table import table

HEADS = ("what", "companies", "bar", "measured", "ratio", "met")
SIX, BARRED = 6, 1_000_000
"""The numbers of companies at which bars stand."""


@dataclass(frozen=True, slots=True)
class Bar:
    """How much is asked: so much at most, or at least."""

    amount: float
    unit: str
    least: bool = False

    def __str__(self) -> str:
        return f"{'at least' if self.least else 'at most'} {self.amount:g} {self.unit}"

    def met(self, value: float) -> bool:
        return value >= self.amount if self.least else value <= self.amount


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured; a value that is infinite or no number was not had, and meets no bar."""

    what: str
    companies: int
    measured: str
    value: float
    bar: Bar | None = None
    times: bool = False
    """Whether the value is itself a ratio; else the ratio is what it is of the bar."""

    @property
    def cells(self) -> Sequence[str]:
        """The row as texts under HEADS; bars only where they stand."""
        bar = self.bar if self.companies in (SIX, BARRED) else None
        had = isfinite(self.value)
        ratio = self.value if self.times else self.value / bar.amount if bar else None
        return (
            self.what,
            f"{self.companies:,}",
            str(bar or ""),
            self.measured,
            told(ratio) if ratio is not None and had else "",
            ("yes" if had and bar.met(self.value) else "no") if bar else "",
        )


def median_row(what: str, companies: int, sample: Sample, bar: Bar | None = None) -> Row:
    """Times whose median is held to a bar in milliseconds."""
    return Row(what, companies, str(sample), sample.median, bar)


def p99_row(what: str, companies: int, sample: Sample, bar: Bar) -> Row:
    """Times whose 99th percentile is held to a bar in milliseconds."""
    return Row(what, companies, str(sample), sample.p99, bar)


def versus(part: float, whole: float) -> float:
    """How many times one number is another; not a number where one of them was not had."""
    return part / whole if isfinite(part) and isfinite(whole) and whole else nan


def growth_rows(medians: Mapping[str, Mapping[int, float]]) -> Iterator[Row]:
    """How many times longer each kind of page takes with the most companies than with the least."""
    for what, sizes in medians.items():
        few, many = min(sizes), max(sizes)
        ratio = versus(sizes[many], sizes[few])
        if few < many and isfinite(ratio):
            measured = f"{told(sizes[few])} → {told(sizes[many])} ms"
            yield Row(f"growth from {few:,}: {what}", many, measured, ratio, times=True)


def write(rows: Sequence[Row], file: Path, now: datetime, asked: str) -> None:
    """Write the table with what it was measured on."""
    lines = [*_circumstances(now, asked), "", table(HEADS, [row.cells for row in rows]), ""]
    file.write_text("\n".join(["# Results", "", *lines]), encoding="utf-8")


def _circumstances(now: datetime, asked: str) -> Iterator[str]:
    yield f"Measured on {now:%Y-%m-%d %H:%M} UTC by `{asked}`; README.md tells how to read it."
    yield ""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield f"- Machine: {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB of memory,"
    yield f"  {platform.system()} {platform.release()}"
    ours = (f"{name} {version(name)}" for name in ("fastapi", "uvicorn", "sqlalchemy", "jinja2"))
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield f"- Versions: {python}, {', '.join(ours)}, {', '.join(_others())}"
    yield f"- Sourcebook: {_said('git', 'describe', '--always', '--dirty')}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _others() -> Iterator[str]:
    for program in ("datasette", "sqlite-utils"):
        yield f"{program} {_said(str(ENVIRONMENT / program), '--version').split()[-1]}"
    yield " ".join(_said("wrk", "--version").split()[:2])


def _said(*order: str) -> str:
    """What a program says of itself; blank where it is missing."""
    try:
        said = subprocess.run(order, capture_output=True, text=True, check=False, timeout=30)
    except OSError:
        return f"{order[0]} missing"
    return said.stdout.strip()
