"""What the table says: medians, bars met and not met, growth, and what did not finish."""

from datetime import UTC, datetime
from math import inf, nan
from pathlib import Path

import pytest

from app.settings import ROOT
from benchmarks import undrawn
from benchmarks.bars import (
    BARS,
    FAR_PAGES,
    FILE,
    LOAD,
    LOAD_MEMORY,
    LOADING,
    MILLION,
    PAGES,
    RANGES,
    RANGES_AGAINST,
    SERVING,
    Bar,
    bars_of,
)
from benchmarks.bench import Request, attempt, read_request
from benchmarks.engines import DUCKDB, SQLITE, FileDatabase
from benchmarks.loading import Loads
from benchmarks.processes import Failed, Finished
from benchmarks.programs import AFTER, Program
from benchmarks.report import (
    Change,
    Measured,
    Row,
    growth_rows,
    lines_of,
    not_measured,
    versus,
    write,
)
from benchmarks.sample import Sample
from benchmarks.site import Site
from benchmarks.throughput import Rate, read_rate

REPORT = """Running 3s test @ http://127.0.0.1:8000/
  Latency Distribution
     50%    1.20ms
     99%    {p99}
  1234 requests in 3.00s, 9.9MB read
{more}Requests/sec:    411.33
"""


def test_times_are_told_by_their_median_and_by_what_99_of_100_keep_to() -> None:
    sample = Sample(tuple(map(float, range(1, 201))), 10)
    assert (sample.median, sample.p99) == (100, 198)
    assert str(sample) == "100 ms, p99 198 ms (200 requests)"


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ((), "not finished within 10 s"),
        ((inf,), "not finished within 10 s"),
        ((2.0, 2.5, inf), "2.5 ms, p99 over 10 s (3 requests)"),
    ],
)
def test_what_did_not_finish_is_told(times: tuple[float, ...], said: str) -> None:
    assert str(Sample(times, 10)) == said


BEFORE = Program("before", Path("/before"), Path("/before/python"))


def site(engine: str = DUCKDB, companies: int = MILLION, program: Program = AFTER) -> Site:
    return Site(companies, Path(), Path(), program, FileDatabase(engine, Path(engine)))


HUNDRED = Sample((*[100.0] * 95, *[310.0] * 5), 10)


@pytest.mark.parametrize(
    ("what", "where", "measured", "cells"),
    [
        (
            RANGES,
            site(),
            Measured.of(HUNDRED),
            [
                ("DuckDB", "median at most 180 ms", str(HUNDRED), "0.56", "yes"),
                ("DuckDB", "p99 at most 300 ms", str(HUNDRED), "1.0", "no"),
            ],
        ),
        (
            RANGES,
            site(SQLITE, 70_000),
            Measured.of(HUNDRED),
            [("SQLite", "median at most 250 ms", str(HUNDRED), "0.40", "yes")],
        ),
        (RANGES, site(SQLITE), Measured.of(HUNDRED), [("SQLite", "", str(HUNDRED), "", "")]),
        (
            RANGES,
            site(SQLITE, 2500),
            Measured.of(Sample((inf,), 10)),
            [("SQLite", "median at most 25 ms", "not finished within 10 s", "", "no")],
        ),
    ],
)
def test_times_are_held_to_each_bar_of_their_size_and_engine(
    what: str, where: Site, measured: Measured, cells: list[tuple[str, ...]]
) -> None:
    lines = [line.cells for line in lines_of(what, {where: measured})]
    assert [line[2:] for line in lines] == cells


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (
            Row("rate", 6, "SQLite", "50/s", 0.5, Bar(0.5, "times", least=True), times=True),
            ("SQLite", "at least 0.5 times", "50/s", "0.50", "yes"),
        ),
        (
            Row("rate", 6, "SQLite", "49/s", 0.49, Bar(0.5, "times", least=True), times=True),
            ("SQLite", "at least 0.5 times", "49/s", "0.49", "no"),
        ),
        (Row("load", 6, "SQLite", "9 s", 3, times=True), ("SQLite", "", "9 s", "3.0", "")),
        (Row("memory", 6, "SQLite", "9 MB", 9), ("SQLite", "", "9 MB", "", "")),
        (
            Row("load", 6, "SQLite", "?", nan, Bar(2, "times"), times=True),
            ("SQLite", "at most 2 times", "?", "", "no"),
        ),
    ],
)
def test_a_row_is_met_or_not(row: Row, cells: tuple[str, ...]) -> None:
    assert row.cells[2:] == cells


def test_this_program_is_compared_with_the_one_before_on_every_engine() -> None:
    old = site(SQLITE, program=BEFORE)
    measured = {
        old: Measured("40 ms", 40),
        site(SQLITE): Measured("30 ms", 30),
        site(DUCKDB): Measured("10 ms", 10),
    }
    lines = list(lines_of("profile", measured))
    assert [line.cells[2] for line in lines if isinstance(line, Row)] == ["SQLite", "DuckDB"]
    changes = [line.cells[2:] for line in lines if isinstance(line, Change)]
    assert changes == [
        ("SQLite", "40 ms", "30 ms", "0.75"),
        ("SQLite → DuckDB", "40 ms", "10 ms", "0.25"),
    ]
    del measured[old]
    assert not any(isinstance(line, Change) for line in lines_of("profile", measured))


def test_bars_that_were_not_measured_are_not_met() -> None:
    at_70_000 = list(not_measured([], [70_000], [PAGES], []))
    assert [(row.engine, row.cells[-1]) for row in at_70_000] == [
        ("SQLite", "no"),
        ("DuckDB", "no"),
    ]
    for found, engines in (([], [DUCKDB]), (at_70_000[:1], [])):
        missing = not_measured(found, [70_000], [PAGES], engines)
        assert [row.engine for row in missing] == ["DuckDB"]
    assert not list(not_measured([], [70_000], [LOADING, SERVING], []))
    at_a_million = not_measured([], [MILLION], [LOADING], [])
    assert [row.what for row in at_a_million] == [FILE, LOAD, LOAD_MEMORY]


def test_each_bar_is_of_something_that_is_measured() -> None:
    barred = {one.what for one in BARS if one.part == PAGES and one.companies == MILLION}
    kinds = {*undrawn.kinds(), FAR_PAGES, RANGES_AGAINST, "profile", "comparison of 8"}
    assert barred == kinds
    assert all(bars_of(one.what, one.companies, one.engine) for one in BARS)


def test_growth_is_from_the_fewest_to_the_most_on_one_engine_and_only_of_what_was_had() -> None:
    medians = {
        ("list", "SQLite"): {2_500: 2.0, 70_000: 3.0, 100_000: 5.0},
        ("list", "DuckDB"): {100_000: 2.0},
        ("late", "SQLite"): {2_500: 2.0, 100_000: inf},
    }
    (row,) = growth_rows(medians)
    assert (row.what, row.engine, row.measured, row.value) == (
        "growth from 2,500: list",
        "SQLite",
        "2.0 → 5.0 ms",
        2.5,
    )


def test_of_several_loads_the_median_time_and_the_most_memory_count() -> None:
    loads = Loads([Finished(3, 7, True), Finished(1, 9, True), Finished(2, 8, True)], 100)
    assert (loads.seconds, loads.memory, loads.problem) == (2, 9, "")
    late = Loads([Finished(600, 9, False)], 0)
    assert (late.seconds, late.problem) == (inf, "not finished within 600 s")
    assert Loads([], 0, "no such engine").problem == "failed: no such engine"


def test_what_was_not_had_is_no_ratio() -> None:
    assert versus(3, 2) == 1.5
    assert all(str(ratio) == "nan" for ratio in (versus(inf, 2), versus(2, inf), versus(2, 0)))


@pytest.mark.parametrize(
    ("told", "milliseconds"), [("500.00us", 0.5), ("7.5ms", 7.5), ("2.00s", 2000)]
)
def test_a_report_of_wrk_is_read(told: str, milliseconds: float) -> None:
    assert read_rate(REPORT.format(p99=told, more="")) == Rate(411.33, milliseconds, 1234)


def test_answers_that_are_no_pages_are_no_rate() -> None:
    with pytest.raises(ValueError, match="not answered with pages"):
        read_rate(REPORT.format(p99="1ms", more="  Non-2xx or 3xx responses: 7\n"))


def test_the_command_line_asks_for_a_part() -> None:
    words = ["--sizes", "10_000,six", "--only", "pages", "--output", "here.md"]
    request = read_request([*words, "--engines", "duckdb", "--before", "778d6df"])
    board = (ROOT.parent / "shared" / "data" / "eu_scoreboard").resolve()
    expected = Request([6, 10_000], ["pages"], Path("here.md"), ["duckdb"], "778d6df", board)
    assert request == expected
    assert request.command == (
        "make bench SIZES=six,10000 ONLY=pages ENGINES=duckdb BEFORE=778d6df"
    )
    assert read_request([]).sizes == [6, 2500, 70_000, 1_000_000]


@pytest.mark.parametrize(
    "words",
    [["--sizes", "seven"], ["--sizes", "12"], ["--only", "fun"], ["--engines", "abacus"]],
)
def test_what_cannot_be_asked_for_ends_in_words(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_request(words)
    assert "separated by commas" in capsys.readouterr().err


def test_a_failure_is_a_row_and_what_was_measured_before_stays() -> None:
    first = Row("first", 6, "SQLite", "1 ms", 1)

    def rows() -> list[Row]:
        raise Failed("Traceback\nno room")

    (failed,) = attempt("pages", 6, rows)
    assert failed.cells[4] == "failed: no room"
    assert list(attempt("pages", 6, lambda: [first])) == [first]


def test_the_file_says_when_and_on_what_it_was_measured(tmp_path: Path) -> None:
    file, when = tmp_path / "RESULTS.md", datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    row = Row("list", 6, "SQLite", "1 ms", 1)
    change = Change("list", 6, "SQLite", "2 ms", "1 ms", 0.5)
    write([row], file, when, "make bench")
    text = file.read_text(encoding="utf-8")
    assert "2026-01-02 03:04 UTC by `make bench`" in text
    assert "fastapi" in text
    assert "cores" in text
    assert text.endswith("| list | 6 | SQLite |  | 1 ms |  |  |\n")
    assert "Before" not in text
    write([row, change], file, when, "make bench", AFTER)
    text = file.read_text(encoding="utf-8")
    assert "- Before: " in text
    assert "| list | 6 | SQLite |  | 1 ms |  |  |\n\n## Before and after\n" in text
    assert text.endswith("| list | 6 | SQLite | 2 ms | 1 ms | 0.50 |\n")
