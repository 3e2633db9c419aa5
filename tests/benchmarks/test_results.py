"""What the table says: medians, bars met and not met, growth, and what did not finish."""

from datetime import UTC, datetime
from math import inf, nan
from pathlib import Path

import pytest

from benchmarks.bench import Asked, attempt, read_asked
from benchmarks.processes import Failed
from benchmarks.report import Bar, Row, growth_rows, median_row, p99_row, versus, write
from benchmarks.sample import Sample
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
    assert str(sample) == "100 ms, p99 198 ms (200 asked)"


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ((), "not finished within 10 s"),
        ((inf,), "not finished within 10 s"),
        ((2.0, 2.5, inf), "2.5 ms, p99 over 10 s (3 asked)"),
    ],
)
def test_what_did_not_finish_is_told(times: tuple[float, ...], said: str) -> None:
    assert str(Sample(times, 10)) == said


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (
            median_row("list", 1_000_000, Sample((300.0,), 10), Bar(600, "ms")),
            ("at most 600 ms", "300 ms, p99 300 ms (1 asked)", "0.50", "yes"),
        ),
        (
            p99_row("list", 1_000_000, Sample((1.0, 60.0), 10), Bar(50, "ms")),
            ("at most 50 ms", "1.0 ms, p99 60.0 ms (2 asked)", "1.2", "no"),
        ),
        (
            p99_row("list", 1_000_000, Sample((inf,), 10), Bar(50, "ms")),
            ("at most 50 ms", "not finished within 10 s", "", "no"),
        ),
        (
            Row("rate", 6, "50/s", 0.5, Bar(0.5, "times", least=True), times=True),
            ("at least 0.5 times", "50/s", "0.50", "yes"),
        ),
        (
            Row("rate", 6, "49/s", 0.49, Bar(0.5, "times", least=True), times=True),
            ("at least 0.5 times", "49/s", "0.49", "no"),
        ),
        (
            Row("load", 10_000, "9 s", 3, Bar(1.5, "times"), times=True),
            ("", "9 s", "3.0", ""),
        ),
        (Row("memory", 10_000, "9 MB", 9, Bar(200, "MB")), ("", "9 MB", "", "")),
        (
            Row("load", 1_000_000, "?", nan, Bar(2, "times"), times=True),
            (*("at most 2 times", "?"), "", "no"),
        ),
    ],
)
def test_a_row_is_held_to_its_bar_where_that_stands(row: Row, cells: tuple[str, ...]) -> None:
    assert row.cells[2:] == cells


def test_growth_is_from_the_fewest_to_the_most_and_only_of_what_was_had() -> None:
    medians = {"list": {10_000: 2.0, 100_000: 3.0, 1_000_000: 5.0}, "profile": {10_000: 2.0}}
    (row,) = growth_rows(medians | {"late": {10_000: 2.0, 1_000_000: inf}})
    assert (row.what, row.measured, row.value) == (
        "growth from 10,000: list",
        "2.0 → 5.0 ms",
        2.5,
    )


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
    asked = read_asked(["--sizes", "10_000,six", "--only", "pages", "--output", "here.md"])
    assert asked == Asked([6, 10_000], ["pages"], Path("here.md"))
    assert read_asked([]).sizes == [6, 10_000, 100_000, 1_000_000]


@pytest.mark.parametrize("words", [["--sizes", "seven"], ["--sizes", "12"], ["--only", "fun"]])
def test_what_cannot_be_asked_for_ends_in_words(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        read_asked(words)
    assert "apart by commas" in capsys.readouterr().err


def test_a_failure_is_a_row_and_what_was_measured_before_stays() -> None:
    first = Row("first", 6, "1 ms", 1)

    def rows() -> list[Row]:
        raise Failed("Traceback\nno room")

    (failed,) = attempt("pages", 6, rows)
    assert failed.cells[3] == "failed: no room"
    assert list(attempt("pages", 6, lambda: [first])) == [first]


def test_the_file_tells_when_and_on_what_it_was_measured(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    write([Row("list", 6, "1 ms", 1)], file, datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "make bench")
    text = file.read_text(encoding="utf-8")
    assert "2026-01-02 03:04 UTC by `make bench`" in text
    assert "fastapi" in text
    assert "cores" in text
    assert text.endswith("| list | 6 |  | 1 ms |  |  |\n")
