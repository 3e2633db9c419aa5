"""The tables can be spread over machines by company; nothing they ask of a database forbids it."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Column, MetaData, Table, Text, UniqueConstraint
from sqlalchemy.engine import make_url
from sqlalchemy.schema import CreateIndex, CreateTable

from app.store.tables import metadata

POSTGRESQL, SQLITE = (make_url(f"{name}://").get_dialect()() for name in ("postgresql", "sqlite"))
COMPANY = "slug"
"""The column by which rows are spread: that of the company that they are of."""

SPREAD = {"company", "former_slug", "statement", "figure"}
"""The tables that hold rows of companies, and grow with them."""

WHOLE = {
    *("sourcebook_schema", "current_generation", "generation", "source", "rate", "measure"),
    *("remark", "extent", "block", "facet_value", "facet_block", "text_block", "ranking", "ranked"),
}
"""The tables of which every machine has a copy: a generation's own, and what is packed of all
companies to be read as a whole.
"""

TYPES = {"TEXT", "BIGINT", "BOOLEAN", "BYTEA"}
"""Types that every database of PostgreSQL's kind has."""


def faults(table: Table) -> Iterator[str]:
    """What of a table of companies could not be spread."""
    if COMPANY not in table.primary_key.columns:
        yield "its key lacks the company"
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and COMPANY not in constraint.columns:
            yield "what is unique lacks the company"
    if any(index.unique and COMPANY not in index.columns for index in table.indexes):
        yield "a unique index lacks the company"
    if table.foreign_keys:
        yield "it refers to another table"


def ties(table: Table) -> Iterator[str]:
    """What of any table ties it to one machine."""
    for column in table.columns:
        if column.default or column.server_default or column.identity or column.computed:
            yield f"the database makes up its {column.name}"
    if table._autoincrement_column is not None:
        yield "its numbers are given by a sequence"


def test_every_table_is_spread_or_on_every_machine() -> None:
    assert set(metadata.tables) == SPREAD | WHOLE


@pytest.mark.parametrize("name", sorted(SPREAD))
def test_a_table_of_companies_can_be_spread_by_them(name: str) -> None:
    assert list(faults(metadata.tables[name])) == []


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_no_table_is_tied_to_one_machine(name: str) -> None:
    assert list(ties(metadata.tables[name])) == []


@pytest.mark.parametrize("name", sorted(metadata.tables))
def test_a_table_is_made_of_what_every_such_database_has(name: str) -> None:
    table = metadata.tables[name]
    made = str(CreateTable(table).compile(dialect=POSTGRESQL))
    columns = re.findall(r"^\t(\w+) (\w+)", made, re.MULTILINE)
    assert {kind for column, kind in columns if column not in ("PRIMARY", "UNIQUE")} <= TYPES
    assert not re.search(r"SERIAL|IDENTITY|GENERATED|REFERENCES|nextval|DEFAULT", made)
    for index in table.indexes:
        assert str(CreateIndex(index).compile(dialect=POSTGRESQL))
    assert str(CreateTable(table).compile(dialect=SQLITE))


def test_what_cannot_be_spread_is_told() -> None:
    bad = Table(
        "bad",
        MetaData(),
        Column("id", Text, primary_key=True),
        Column(COMPANY, Text),
        Column("lei", Text, unique=True),
    )
    assert list(faults(bad)) == ["its key lacks the company", "what is unique lacks the company"]
    made_up = Table("made_up", MetaData(), Column("x", Text, server_default="now"))
    assert list(ties(made_up)) == ["the database makes up its x"]
