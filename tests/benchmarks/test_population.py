"""The made-up table: always the same, skewed, with gaps and bounds, and one the program reads."""

from collections import Counter
from datetime import date
from itertools import islice
from math import log
from pathlib import Path
from statistics import mean, median

import pytest

from app.readers.assembly import assemble
from app.readers.inputs import gather
from benchmarks.population import COUNTRIES, HEADER, INDUSTRIES, rows, write
from tests.readers.cast import whole

MANY = list(rows(20_000))


def column(name: str) -> list[str]:
    return [row[HEADER.index(name)] for row in MANY]


def share(found: int) -> float:
    return found / len(MANY)


def test_the_same_seed_gives_the_same_rows_and_fewer_are_the_first_of_more() -> None:
    assert list(rows(50)) == MANY[:50] != list(rows(50, seed=1))


def test_there_are_200_countries_and_40_industries_and_the_first_are_far_more_frequent() -> None:
    assert (len(set(COUNTRIES)), len(set(INDUSTRIES))) == (200, 40)
    counted = Counter(filter(None, column("Country")))
    assert len(counted) > 190
    assert share(counted[COUNTRIES[0]]) > 0.15
    assert share(counted[COUNTRIES[50]]) < 0.01


def test_about_a_tenth_has_names_in_scripts_without_spaces() -> None:
    asian = [name for name in column("Company") if any(ord(sign) > 0x2E80 for sign in name)]
    assert 0.09 < share(len(asian)) < 0.11
    assert len(set(column("Company"))) > 0.98 * len(MANY)


@pytest.mark.parametrize("name", ["Revenue 2024", "Employees"])
def test_sizes_have_a_heavy_tail(name: str) -> None:
    numbers = [float(cell) for cell in column(name) if cell.replace(".", "", 1).isdigit()]
    assert mean(numbers) > 3 * median(numbers)
    logarithms = [log(number) for number in numbers]
    assert mean(logarithms) == pytest.approx(median(logarithms), abs=0.2)


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        *(("Revenue 2022", 0.09, 0.11), ("Revenue 2023", 0.09, 0.11), ("Revenue 2024", 0.9, 0.94)),
        *(("Employees", 0.86, 0.9), ("Countries", 0.78, 0.82), ("Founded", 0.88, 0.92)),
        *(("R&D share", 0.38, 0.42), ("Country", 0.97, 0.99)),
    ],
)
def test_each_column_has_its_blanks(name: str, least: float, most: float) -> None:
    assert least < share(sum(bool(cell) for cell in column(name))) < most


@pytest.mark.parametrize("name", ["Revenue 2024", "Employees", "Countries", "R&D share"])
def test_some_cells_are_bounds_and_some_are_ranges(name: str) -> None:
    cells = column(name)
    assert any(cell.startswith("> ") for cell in cells)
    assert any("-" in cell for cell in cells)


def test_the_program_reads_every_row(tmp_path: Path) -> None:
    found = whole(assemble(gather([write(300, tmp_path)]), date(2026, 1, 1)))
    assert [company.name for company in found.companies] == [row[0] for row in islice(MANY, 300)]
    years = [len(company.all_of("revenue")) for company in found.companies]
    assert max(years) == 3 > min(years)
    assert found.remarks == ()
