"""Exports of any length need no more memory than a short one, and ask for rows as they go."""

import io
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO

import pytest

from app.api import parquet
from app.api.columns import FIGURES, Listed, Stated, company_columns
from app.api.delimited import write_csv
from app.api.exact import list_pieces, write_lines
from app.api.exports import PIECE, csv_pieces
from app.api.parquet import write_parquet
from app.api.tables import Column, Table
from app.api.views import ItemView, item_view, list_view
from app.api.workbook import Sheet, open_workbook
from app.profiles.answer import Answer
from app.profiles.company import Company
from app.profiles.figure import Figure, State
from app.profiles.interval import Interval
from app.profiles.measures import BUILT_IN, Catalogue
from app.profiles.results import Counts

MANY = 40_000
"""Rows that fill far more pieces than are asked for."""
MADE = datetime(2026, 7, 1, tzinfo=UTC)


def company(number: int) -> Company:
    figure = Figure(
        "revenue",
        State.STATED,
        Interval.exactly(number),
        "USD",
        published=date(2016, 11, 21),
        as_stated=f"${number}",
        source="gazette",
    )
    return Company(f"c{number}", f"Company {number}", figures=(figure,))


def listed(rows: int) -> Iterator[Listed]:
    return (Listed.of(company(number), Answer.YES) for number in range(rows))


def stated(rows: int) -> Iterator[Stated]:
    for number in range(rows):
        one = company(number)
        yield Stated(one, BUILT_IN[0], one.figures[0], headline=True)


WIDE: tuple[Column[Listed], ...] = company_columns(Catalogue())
Pieces = Callable[[], Iterator[bytes]]


def items() -> Iterator[ItemView]:
    return (item_view(company(n), Answer.YES, Catalogue()) for n in range(MANY))


LONG: dict[str, Pieces] = {
    "companies.csv": lambda: csv_pieces(Table(WIDE, map(Listed.of, map(company, range(MANY))))),
    "companies.jsonl": lambda: write_lines(Table(WIDE, map(Listed.of, map(company, range(MANY))))),
    "companies.json": lambda: list_pieces(list_view(Counts(), (), None, None), items()),
    "figures.csv": lambda: csv_pieces(Table(FIGURES, stated(MANY))),
    "figures.jsonl": lambda: write_lines(Table(FIGURES, stated(MANY))),
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_list_is_written_piece_by_piece(name: str) -> None:
    pieces = LONG[name]()
    assert all(0 < len(next(pieces)) < 2 * PIECE for _ in range(20))


def test_a_line_is_asked_for_when_it_is_written() -> None:
    asked: list[int] = []

    def rows() -> Iterator[list[int]]:
        for number in range(5):
            asked.append(number)
            yield [number]

    lines = write_csv(["n"], rows())
    assert (next(lines), asked) == ("n\r\n", [])
    assert (next(lines), asked) == ("0\r\n", [0])


def in_sheet(rows: int, file: IO[bytes]) -> None:
    table = Table(FIGURES, stated(rows))
    with open_workbook(file, "Many", MADE) as workbook:
        sheet = Sheet(workbook, "Figures", table.columns)
        for cells in table:
            sheet.add(cells)


def in_parquet(rows: int, file: IO[bytes]) -> None:
    write_parquet(Table(WIDE, listed(rows)), file)


def peak(write: Callable[[int, IO[bytes]], None], rows: int, path: Path) -> int:
    """The most bytes of Python that were held while so many rows were written."""
    with path.open("wb") as file:
        tracemalloc.start()
        try:
            write(rows, file)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("write", [in_sheet, in_parquet])
def test_ten_times_the_rows_need_no_more_memory(
    write: Callable[[int, IO[bytes]], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet, "CELLS", 10_000)
    write(10, io.BytesIO())  # What is loaded once and stays is no part of it.
    few, many = (peak(write, rows, tmp_path / f"{rows}") for rows in (200, 2000))
    assert many < 1.5 * few
    assert (tmp_path / "2000").stat().st_size > 4 * (tmp_path / "200").stat().st_size
