"""docs/database.md: its queries, word for word, by each engine's own driver."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import duckdb
import pytest

from app.profiles.answer import Range
from app.profiles.company import Dataset
from app.profiles.filter import CompanyFilter
from app.profiles.interval import Interval
from app.profiles.measures import LISTED, Kind
from app.settings import ROOT
from tests.databases import DUCKDB, POSTGRESQL, SQLITE, file_of
from tests.store.cast import at_least, company, dataset, more_than
from tests.store.shelf import Shelf

PAGE = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql\n(.*?);\n```", PAGE, re.DOTALL)
Ask = Callable[[str], list[tuple[Any, ...]]]


def by_driver(shelf: Shelf, kind: str) -> Ask:
    """Asks a loaded database by the driver of its engine alone."""
    url = shelf.url

    def by_sqlite(query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(file_of(url))) as connection:
            return connection.execute(query).fetchall()

    def by_duckdb(query: str) -> list[tuple[Any, ...]]:
        shelf.close()  # A process has a file of DuckDB open in one way.
        with duckdb.connect(str(file_of(url).resolve()), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def by_psycopg(query: str) -> list[tuple[Any, ...]]:
        import psycopg  # noqa: PLC0415 - PostgreSQL may not be there

        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            number = connection.execute("SELECT number FROM sourcebook.current").fetchone()
            assert number is not None
            connection.execute(f"SET search_path = sourcebook_{number[0]}".encode())
            return connection.execute(query.encode()).fetchall()

    return {SQLITE: by_sqlite, DUCKDB: by_duckdb, POSTGRESQL: by_psycopg}[kind]


@pytest.fixture
def ask(six_shelf: Shelf, database_kind: str) -> Ask:
    """Asks the six companies."""
    return by_driver(six_shelf, database_kind)


def test_companies_that_certainly_earn_so_much(ask: Ask) -> None:
    found = [(name, int(low), int(high)) for name, low, high in ask(QUERIES[0])]
    billions = [(name, low / 10**9, high / 10**9) for name, low, high in found]
    assert billions == [
        ("Huawei", 61, 61),
        ("Intel", 55, 55),
        ("Tencent", 15, 15),
        ("ZTE Corporation", 14, 14),
    ]


def test_figures_of_a_source_are_those_of_the_files(ask: Ask, six: Dataset) -> None:
    found = [(slug, measure, as_stated) for slug, measure, as_stated, _ in ask(QUERIES[1])]
    assert found == sorted(
        (one.slug, figure.measure, figure.as_stated)
        for one in six.companies
        for figure in one.figures
        if (figure.source, figure.measure) == ("collier-2016", "employees")
    )
    assert found


def test_the_answers_to_a_range_are_those_of_the_list(ask: Ask, six_shelf: Shelf) -> None:
    counts = six_shelf.counts(CompanyFilter(employees=Range(low=100_000)))
    expected = {{"maybe": "possibly"}.get(key, key): count for key, count in counts.items()}
    assert dict(ask(QUERIES[2])) == expected
    assert len(expected) > 1


def test_the_view_gives_every_figure_in_whole_units(ask: Ask, six: Dataset) -> None:
    for measure in LISTED:
        query = f"SELECT slug, {measure.key}_from, {measure.key}_to FROM companies ORDER BY slug"
        for slug, low, high in ask(query):
            headline = next(one for one in six.companies if one.slug == slug).headline(measure.key)
            known = headline.interval if headline.currency in (None, six.currency) else None
            bounds = (known.low, known.high) if known else (None, None)
            scale = measure.kind.scale
            whole = [None if bound is None else bound / scale for bound in bounds]
            given = [None if bound is None else float(bound) for bound in (low, high)]
            assert given == pytest.approx(whole), (slug, measure.key)
            if measure.kind in (Kind.COUNT, Kind.YEAR):
                assert all(isinstance(bound, int | None) for bound in (low, high))


def test_the_view_gives_the_bounds_of_open_and_endless_figures(
    shelf: Shelf, database_kind: str
) -> None:
    shelf.load(
        dataset(
            company("alder", employees=more_than(4)),
            company("birch", employees=Interval(0, 4, high_open=True)),
            company("cedar", employees=Interval(3, 9, low_open=True, high_open=True)),
            company("dogwood", employees=at_least(7)),
            company("elm"),
        )
    )
    query = "SELECT slug, employees_from, employees_to FROM companies ORDER BY slug"
    assert by_driver(shelf, database_kind)(query) == [
        ("alder", 4, None),
        ("birch", 0, 4),
        ("cedar", 3, 9),
        ("dogwood", 7, None),
        ("elm", None, None),
    ]


def test_every_table_and_column_of_the_page_is_there(ask: Ask) -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE)
    assert len(rows) == 13
    for table, described in rows:
        named = [] if table == "listing" else re.findall(r"`(\w+)`", described.split(" (`")[0])
        for column in named or ["*"]:
            ask(f"SELECT {column} FROM {table} LIMIT 1")
