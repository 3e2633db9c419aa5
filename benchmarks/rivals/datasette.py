"""Datasette and sqlite-utils, each from an environment of its own, on the same rows."""

import csv
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from benchmarks.processes import ENVIRONMENT
from benchmarks.rivals.plain import COLUMNS
from benchmarks.site import Site

DATASETTE, SQLITE_UTILS = ENVIRONMENT / "datasette", ENVIRONMENT / "sqlite-utils"
NO_LIMITS = ("sql_time_limit_ms", "facet_time_limit_ms")
PREPARED = """CREATE TABLE plain AS SELECT "Company" AS company, "Country" AS country,
"Industry" AS industry, {figures} FROM companies"""
FIGURES = {
    "revenue": "Revenue 2024",
    "employees": "Employees",
    "countries": "Countries",
    "founded": "Founded",
    "rd_share": "R&D share",
}


def installed() -> bool:
    """Whether both are there."""
    return DATASETTE.exists() and SQLITE_UTILS.exists()


def database_of(site: Site) -> Path:
    """The file in which Datasette has the companies of a site's data file."""
    return site.data.with_name("companies.db")


def insert(database: Path, table: Path) -> Sequence[object]:
    """The command that loads a CSV."""
    return (SQLITE_UTILS, "insert", database, "companies", table, "--csv")


def serve(database: Path, *, patient: bool = False) -> Sequence[object]:
    """The command that serves a database that does not change.

    A patient one finishes each facet whatever it takes, and suggests no others.
    """
    order: list[object] = [DATASETTE, "serve", "-i", database, "--port", "{port}"]
    if patient:
        order += [word for name in NO_LIMITS for word in ("--setting", name, "60000")]
        order += ["--setting", "suggest_facets", "off"]
    return order


def write_six(exported: Path, database: Path) -> None:
    """The six rows of a companies.csv as a table of what the list shows."""
    with exported.open(encoding="utf-8", newline="") as file:
        rows = [[_shown(row, column) for column in COLUMNS] for row in csv.DictReader(file)]
    with closing(sqlite3.connect(database)) as connection, connection:
        texts = ", ".join(f"{column} TEXT" for column in COLUMNS[1:])
        connection.execute(f"CREATE TABLE companies (slug TEXT PRIMARY KEY, {texts})")
        places = ", ".join("?" * len(COLUMNS))
        connection.executemany(f"INSERT INTO companies VALUES ({places})", rows)


def _shown(row: dict[str, str], column: str) -> str:
    return row.get(f"{column}_as_stated") or row.get(column, "")


def prepare(database: Path) -> None:
    """Beside the table as it was inserted, one whose figures are numbers, with all columns indexed.

    Of a bound or a range the number is what it begins with.
    """
    figures = ", ".join(_number(column, name) for name, column in FIGURES.items())
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(PREPARED.format(figures=figures))
        for name in ("company", "country", "industry", *FIGURES):
            connection.execute(f"CREATE INDEX plain_{name} ON plain ({name})")


def _number(column: str, name: str) -> str:
    return f"""CAST(nullif(ltrim("{column}", '> '), '') AS REAL) AS {name}"""
