"""`docs/mapping.md` keeps its word: its example is read, and every key is named in it."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from app.readers.mapping.entries import (
    FigureColumnEntry,
    FileEntry,
    IdentityEntry,
    MappingEntry,
    NamedSourceEntry,
    NumbersEntry,
    SignedMeasureEntry,
    SkipEntry,
)
from app.readers.mapping.slugs import slug_of
from app.readers.mapping.table import MappedTable
from app.readers.records.record import Record
from tests.readers.mapping.cast import ROOT, mapping

TEXT = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    assert isinstance(found, str)
    return found


def table() -> tuple[tuple[str, ...], Iterator[Record]]:
    columns, *cells = csv.reader(io.StringIO(block("csv")), delimiter=";")
    return tuple(columns), (
        Record(row, dict(zip(columns, one, strict=True))) for row, one in enumerate(cells, start=2)
    )


def test_the_example_reads_its_table() -> None:
    columns, records = table()
    found = MappedTable(mapping(block("yaml")), columns, "pumps.csv")
    companies = [one.company for one in found.companies(records)]
    assert [(one.slug, one.country, one.industries) for one in companies] == [
        ("alder", "France", ("Pumps", "Valves")),
        ("birch", "Italy", ()),
        ("cech", None, ()),
    ]
    stated = [
        [(one.measure, one.as_stated, one.period and one.period.label) for one in company.figures]
        for company in companies
    ]
    assert stated == [
        [
            ("revenue", "1,234.5 (€ million)", "2014"),
            ("revenue", "> 1,300 (€ million)", "2015/16"),
            ("profit", "(250) (€ thousand)", "2015/16"),
            ("rd_share_revenue", "5.5 (%)", "2015"),
            ("employees", "1,200", "2016"),
        ],
        [
            ("revenue", "7 (€ million)", "2015/16"),
            ("profit", "3.5 (CHF thousand)", "2015/16"),
            ("rd_share_revenue", "120 (%)", None),
            ("employees", "40+", "2016"),
        ],
        [],
    ]
    assert companies[0].figures[-1].locator == "row 2, Staff 2016"
    assert (found.skipped, found.unused) == (1, ())


@pytest.mark.parametrize(
    "model",
    [
        FigureColumnEntry,
        FileEntry,
        IdentityEntry,
        MappingEntry,
        NamedSourceEntry,
        NumbersEntry,
        SignedMeasureEntry,
        SkipEntry,
    ],
)
def test_every_key_is_named(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        key = field.alias or name
        assert re.search(rf"`[^`]*\b{key}\b[^`]*`", TEXT), key


def test_the_slugs_named_are_those_made() -> None:
    for name in ("Nestlé S.A.", "Газпром", "腾讯 Music"):
        assert f"`{name}`" in TEXT
        assert f"`{slug_of(name)}`" in TEXT
