"""Three editions of the EU's R&D Scoreboard as one data set with rates: load time and file size."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import nan
from pathlib import Path

from app.settings import ROOT
from benchmarks.engines import SQLITE
from benchmarks.loading import IN_TURN, load_in_turn
from benchmarks.programs import Program
from benchmarks.report import FAILED, Line, Measured, Row, lines_of
from benchmarks.sample import readable
from benchmarks.site import Site, sites

FOLDER = ROOT.parent / "shared" / "data" / "eu_scoreboard"
"""Where the editions' tables are looked for unless another folder is named."""
EDITIONS = (2015, 2016, 2019)
WHAT = "three Scoreboard editions, rates for two currencies"
EXPORTING = 60.0
"""Seconds within which its companies are exported, to be counted."""
HEAD = """title: Three editions of the Scoreboard
currency: EUR
sources:
  made-up-rates:
    title: Made-up exchange rates
    published: 2019-12-31
currencies: [EUR, USD, CNY]
rates:
"""
RATES = {"USD": 1.1, "CNY": 7.5}
YEARS = range(2013, 2020)


def write(board: Path, folder: Path) -> Path | None:
    """Write the data file of the editions in a folder; None where one of them is absent."""
    tables = [board / f"SB{year}_World2500.csv" for year in EDITIONS]
    if not all(table.exists() for table in tables):
        return None
    rates = (
        f"  - {{pair: EUR/{currency}, year: {year}, rate: {rate}, source: made-up-rates}}\n"
        for currency, rate in RATES.items()
        for year in YEARS
    )
    listed = (
        f"  - {{file: {table}, mapping: {ROOT}/examples/scoreboard-{year}.yaml}}\n"
        for table, year in zip(tables, EDITIONS, strict=True)
    )
    site = folder / "scoreboard.yaml"
    site.write_text(HEAD + "".join(rates) + "tables:\n" + "".join(listed), encoding="utf-8")
    return site


def lines(
    board: Path, folder: Path, engines: Sequence[str], before: Program | None
) -> Iterator[Line]:
    """The lines of the editions' load, or one that says that they are absent. Raises Failed."""
    data = write(board, folder)
    if data is None:
        yield Row(WHAT, 0, "", f"skipped: the editions are not in {board.name}", 0)
        return
    with sites(0, data, folder, engines or (SQLITE,), before) as every:
        loads = load_in_turn(every, IN_TURN if before else 1)
        for site, one in loads.items():
            if one.problem:
                yield Row(f"{WHAT}: load", 0, site.engine, one.problem, nan, outcome=FAILED)
        loaded = [site for site, one in loads.items() if not one.problem]
        companies = _count(loaded[-1]) if loaded else 0
    counted = {replace(site, companies=companies): loads[site] for site in loaded}
    seconds = {
        site: Measured(f"{readable(one.seconds)} s", one.seconds) for site, one in counted.items()
    }
    yield from lines_of(f"{WHAT}: load", seconds)
    sizes = {
        site: Measured(f"{readable(one.bytes / 10**6)} MB", one.bytes)
        for site, one in counted.items()
    }
    yield from lines_of(f"{WHAT}: database", sizes)


def _count(site: Site) -> int:
    """The companies that a site holds: those of several editions are one."""
    file = site.export("companies.csv", EXPORTING)
    with file.open(encoding="utf-8", newline="") as rows:
        return sum(1 for _ in csv.DictReader(rows))
