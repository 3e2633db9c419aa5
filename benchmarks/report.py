"""What was measured, as rows held to their bars and as changes, and the file that keeps them."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from math import isfinite, nan
from pathlib import Path

from benchmarks.bars import BARS, Bar, bars_of
from benchmarks.engines import NAMES
from benchmarks.processes import ENVIRONMENT
from benchmarks.programs import AFTER, Program, describe
from benchmarks.sample import Sample, readable
from benchmarks.site import Site
from benchmarks.table import table

HEADS = ("what", "companies", "engine", "bar", "measured", "ratio", "met")
CHANGE_HEADS = ("what", "companies", "engine", "before", "after", "ratio")
NOT_MEASURED = "not measured"
FAILED, REFUSED = "failed", "refused"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured; a value that is infinite or no number was not had, and meets no bar."""

    what: str
    companies: int
    engine: str
    measured: str
    value: float
    bar: Bar | None = None
    times: bool = False
    """Whether the value is itself a ratio; else the ratio is what it is of the bar."""
    outcome: str = ""
    """FAILED or REFUSED where nothing was measured."""

    @property
    def cells(self) -> Sequence[str]:
        """The row as texts under HEADS."""
        bar, had = self.bar, isfinite(self.value)
        ratio = self.value if self.times else self.value / bar.amount if bar else None
        return (
            self.what,
            f"{self.companies:,}",
            self.engine,
            str(bar or ""),
            self.measured,
            readable(ratio) if ratio is not None and had else "",
            ("yes" if had and bar.met(self.value) else "no") if bar else "",
        )

    @property
    def printed(self) -> str:
        """The row as a line of the terminal."""
        return " | ".join(self.cells)


@dataclass(frozen=True, slots=True)
class Change:
    """One thing measured of this program and of the one before, in turn."""

    what: str
    companies: int
    engine: str
    before: str
    after: str
    ratio: float
    """How many times the measure before the measure after is."""

    @property
    def cells(self) -> Sequence[str]:
        """The change as texts under CHANGE_HEADS."""
        ratio = readable(self.ratio) if isfinite(self.ratio) else ""
        return (
            self.what,
            f"{self.companies:,}",
            self.engine,
            self.before,
            self.after,
            ratio,
        )

    @property
    def printed(self) -> str:
        """The change as a line of the terminal."""
        cells = self.cells
        return " | ".join((*cells[:3], f"before {cells[3]}", f"after {cells[4]}", cells[5]))


Line = Row | Change
"""A line of one of the two tables."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One thing measured on one site: in words, and as numbers that bars and ratios need."""

    text: str
    value: float
    sample: Sample | None = None
    """The times of which a bar takes the median or the 99th percentile."""

    @classmethod
    def of(cls, sample: Sample) -> "Measured":
        return cls(str(sample), sample.median, sample)


def lines_of(
    what: str, measured: Mapping[Site, Measured], *, times: bool = False, changes: bool = True
) -> Iterator[Line]:
    """A row for each bar of this program's sites, or one where there is none, and the changes."""
    for site, one in measured.items():
        if site.program == AFTER:
            yield from _rows(what, site, one, times=times)
    if changes:
        yield from changes_of(what, measured)


def _rows(what: str, site: Site, one: Measured, *, times: bool) -> Iterator[Row]:
    bars = bars_of(what, site.companies, site.engine)
    for bar in bars or (None,):
        share = bar.share if bar else None
        value = one.sample.quantile(share) if one.sample and share else one.value
        yield Row(what, site.companies, site.engine, one.text, value, bar, times)


def changes_of(what: str, measured: Mapping[Site, Measured]) -> Iterator[Change]:
    """Each of this program's sites against that of the program before, where there is one."""
    before = [site for site in measured if site.program != AFTER]
    for old, new in product(before, measured):
        if new.program != AFTER:
            continue
        texts = (measured[old].text, measured[new].text)
        ratio = versus(measured[new].value, measured[old].value)
        same = old.engine == new.engine
        engines = new.engine if same else f"{old.engine} → {new.engine}"
        yield Change(what, new.companies, engines, *texts, ratio)


def not_measured(
    found: Iterable[Line], sizes: Sequence[int], parts: Sequence[str], engines: Sequence[str]
) -> Iterator[Row]:
    """The bars that this run should have measured and did not, as bars that are not met."""
    held = {(row.what, row.companies, row.engine) for row in found if isinstance(row, Row)}
    names = [NAMES[engine] for engine in engines or NAMES]
    for one in BARS:
        due = one.companies in sizes and one.part in parts and one.engine in names
        if due and (one.what, one.companies, one.engine) not in held:
            yield Row(one.what, one.companies, one.engine, NOT_MEASURED, nan, one.bar)


def versus(part: float, whole: float) -> float:
    """How many times one number is another; not a number where one of them was not had."""
    return part / whole if isfinite(part) and isfinite(whole) and whole else nan


def growth_rows(medians: Mapping[tuple[str, str], Mapping[int, float]]) -> Iterator[Row]:
    """How many times longer each kind of page takes with the most companies than with the fewest.

    By the kind of page and the engine.
    """
    for (what, engine), sizes in medians.items():
        few, many = min(sizes), max(sizes)
        ratio = versus(sizes[many], sizes[few])
        if few < many and isfinite(ratio):
            measured = f"{readable(sizes[few])} → {readable(sizes[many])} ms"
            yield Row(f"growth from {few:,}: {what}", many, engine, measured, ratio, times=True)


def write(
    lines: Sequence[Line], file: Path, now: datetime, command: str, before: Program | None = None
) -> None:
    """Write the tables with the circumstances of the measurement."""
    rows = [line.cells for line in lines if isinstance(line, Row)]
    changes = [line.cells for line in lines if isinstance(line, Change)]
    text = ["# Results", "", *_circumstances(now, command, before), "", table(HEADS, rows), ""]
    if before:
        text += ["## Before and after", "", table(CHANGE_HEADS, changes), ""]
    file.write_text("\n".join(text), encoding="utf-8")


def _circumstances(now: datetime, command: str, before: Program | None) -> Iterator[str]:
    yield f"Measured on {now:%Y-%m-%d %H:%M} UTC by `{command}`; README.md tells how to read it."
    yield ""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    yield f"- Machine: {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB of memory,"
    yield f"  {platform.system()} {platform.release()}"
    ours = ("fastapi", "uvicorn", "sqlalchemy", "jinja2", "duckdb")
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    yield f"- Versions: {python}, {', '.join((*_installed(ours), *_others()))}"
    yield f"- Sourcebook: {describe(AFTER)}"
    if before:
        yield f"- Before: {describe(before)}"


def _installed(names: Iterable[str]) -> Iterator[str]:
    """The versions of those packages that are installed."""
    for name in names:
        with suppress(PackageNotFoundError):
            yield f"{name} {version(name)}"


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
