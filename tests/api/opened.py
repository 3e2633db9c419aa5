"""Exports as their readers open them, every cell as the CSV would write it."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow as pa
from pyarrow import parquet

Rows = list[dict[str, str]]


def written(value: object) -> str:
    """A value as the CSV writes it: digits without an exponent, ISO dates, true and false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if isinstance(value, float):
        value = Decimal(f"{value:.15g}")  # All that Excel keeps.
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    return str(value)


def from_csv(content: bytes) -> Rows:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def from_lines(content: bytes) -> Rows:
    assert content == b"" or content.endswith(b"\n")
    read = [json.loads(line, parse_float=Decimal) for line in content.decode().split("\n")[:-1]]
    return [_written(row) for row in read]


def from_parquet(content: bytes) -> Rows:
    table: pa.Table = parquet.read_table(io.BytesIO(content))
    return [_written(row) for row in table.to_pylist()]


def sheet(content: bytes, name: str) -> Rows:
    """The rows of a sheet, under the names in its first row."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    header, *rows = book[name].iter_rows(values_only=True)
    book.close()
    return [_written(dict(zip(map(str, header), row, strict=True))) for row in rows]


def in_json(content: bytes) -> Iterator[str]:
    """The slugs of the whole list."""
    return (item["slug"] for item in json.loads(content)["items"])


def _written(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: written(value) for name, value in row.items()}


COMPANIES: Mapping[str, Callable[[bytes], Rows]] = {
    "companies.csv": from_csv,
    "companies.jsonl": from_lines,
    "companies.xlsx": lambda content: sheet(content, "Companies"),
    "companies.parquet": from_parquet,
}
FIGURES: Mapping[str, Callable[[bytes], Rows]] = {
    "figures.csv": from_csv,
    "figures.jsonl": from_lines,
    "figures.parquet": from_parquet,
}
EVERY = {**COMPANIES, **FIGURES}
"""The exports of rows, and how each is read."""
