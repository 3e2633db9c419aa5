"""The tables. Every row of company data carries its generation and its company in its key.

`figure` is the truth. What is asked of all companies lies in blocks: columns packed in the order of
slugs, in which every company has a place, counted from 0. `block` holds the headlines' bounds, a
column for each measure and view (see `columns`); `ranked` the same by its size (see `ranked`);
`facet_block` who has which value; `text_block` the texts by which companies are found and ordered
(see `texts`).
"""

import hashlib
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)
from sqlalchemy.schema import CreateTable

metadata = MetaData()

Bytes = Text().with_variant(Text(collation="C"), "postgresql")
"""Text whose order is that of its bytes on every database."""


def _text(name: str, *, optional: bool = False) -> Column[str]:
    return Column(name, Bytes, nullable=optional)


def _integer(name: str, *, optional: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional)


def _flag(name: str, *, optional: bool = False) -> Column[bool]:
    return Column(name, Boolean, nullable=optional)


def _packed(name: str) -> Column[bytes]:
    return Column(name, LargeBinary, nullable=False)


def _table(name: str, *columns: Column[Any], key: tuple[str, ...], by_key: bool = False) -> Table:
    """A table whose rows belong to a generation.

    Rows that lie `by_key` lie in its order and need no index beside them, where a database can do
    that: it suits many short rows.
    """
    return Table(
        name,
        metadata,
        _integer("generation"),
        *columns,
        PrimaryKeyConstraint("generation", *key),
        sqlite_with_rowid=not by_key,
    )


CURRENT = "current"
"""The name of the pointer to the generation that is read."""

schema = Table("sourcebook_schema", metadata, Column("version", Bytes, primary_key=True))

pointer = Table(
    "current_generation",
    metadata,
    Column("name", Bytes, primary_key=True),
    _integer("generation"),
)

generation = Table(
    "generation",
    metadata,
    Column("generation", BigInteger, primary_key=True, autoincrement=False),
    _text("digest"),
    _text("loaded_at"),
    _text("title"),
    _text("description"),
    _text("classification"),
    _text("currency"),
    _text("offered"),
    _text("prefer"),
    _integer("companies"),
    _integer("figures"),
)

source = _table(
    "source",
    _text("id"),
    _integer("position"),
    _text("title"),
    _text("author", optional=True),
    _text("kind", optional=True),
    _text("published", optional=True),
    _text("url", optional=True),
    _text("places"),
    _integer("figures"),
    _integer("companies"),
    key=("id",),
)

rate = _table(
    "rate",
    _integer("position"),
    _text("base"),
    _text("quote"),
    _text("value"),
    _text("period"),
    _text("period_end"),
    _flag("yearly"),
    _text("source"),
    _text("locator", optional=True),
    key=("position",),
)

measure = _table(
    "measure",
    _text("key"),
    _integer("position"),
    _text("label"),
    _text("kind"),
    _text("unit"),
    _text("help"),
    _text("words"),
    _flag("listed"),
    _flag("signed"),
    _text("beside", optional=True),
    key=("key",),
)

company = _table(
    "company",
    _text("slug"),
    _text("name"),
    _text("aliases"),
    _text("formerly"),
    _text("identifiers"),
    _text("filed"),
    key=("slug",),
    by_key=True,
)

former_slug = _table("former_slug", _text("slug"), _text("old"), key=("slug", "old"))
Index("former_slug_old", former_slug.c.generation, former_slug.c.old)

statement = _table(
    "statement",
    _text("slug"),
    _integer("position"),
    _text("about"),
    _text("text"),
    _flag("claim"),
    _text("source", optional=True),
    _text("locator", optional=True),
    key=("slug", "position"),
)

figure = _table(
    "figure",
    _text("slug"),
    _text("measure"),
    _integer("position"),
    _text("state"),
    _integer("low", optional=True),
    _integer("high", optional=True),
    _flag("low_open"),
    _flag("high_open"),
    _text("currency", optional=True),
    _text("period", optional=True),
    _text("period_end", optional=True),
    _text("published", optional=True),
    _text("as_stated", optional=True),
    _text("source", optional=True),
    _text("citations"),
    _text("derivation", optional=True),
    _text("note", optional=True),
    key=("slug", "measure", "position"),
    by_key=True,
)
remark = _table("remark", _integer("position"), _text("kind"), _text("text"), key=("position",))

extent = _table(
    "extent",
    _text("currency"),
    _text("measure"),
    _integer("stating"),
    _integer("least"),
    _integer("greatest"),
    _integer("low"),
    _integer("high"),
    key=("currency", "measure"),
)

block = _table(
    "block",
    _text("view"),
    _text("measure"),
    _integer("chunk"),
    _integer("companies"),
    _integer("told"),
    _packed("states"),
    _packed("lows"),
    _packed("wide"),
    _packed("highs"),
    key=("view", "measure", "chunk"),
)

facet_value = _table(
    "facet_value",
    _text("facet"),
    _integer("code"),
    _text("value"),
    _integer("companies"),
    key=("facet", "code"),
)

facet_block = _table(
    "facet_block",
    _text("facet"),
    _integer("chunk"),
    _packed("places"),
    _packed("codes"),
    key=("facet", "chunk"),
)

ranking = _table(
    "ranking",
    _text("view"),
    _text("measure"),
    _integer("stating"),
    _integer("least", optional=True),
    _integer("greatest"),
    _packed("states"),
    _packed("lows"),
    _packed("highs"),
    key=("view", "measure"),
)

ranked = _table(
    "ranked",
    _text("view"),
    _text("measure"),
    _integer("chunk"),
    _integer("last"),
    _integer("last_place"),
    _packed("lows"),
    _packed("places"),
    key=("view", "measure", "chunk"),
)
_ends = ranked.c
Index("ranked_last", _ends.generation, _ends.view, _ends.measure, _ends.last, _ends.last_place)

text_block = _table(
    "text_block",
    _text("kind"),
    _integer("chunk"),
    _text("first"),
    _text("last"),
    _integer("start"),
    _packed("counts"),
    _packed("places"),
    _text("texts"),
    key=("kind", "chunk"),
)
_held = text_block.c
Index("text_block_last", _held.generation, _held.kind, _held.last, _held.first, _held.chunk)

OF_GENERATION = tuple(
    table for table in metadata.sorted_tables if "generation" in table.c and table is not pointer
)
"""The tables whose rows go when their generation goes."""


def schema_version() -> str:
    """A digest of all tables, so that no change of theirs can be forgotten."""
    definitions = "".join(str(CreateTable(table)) for table in metadata.sorted_tables)
    return hashlib.sha256(definitions.encode()).hexdigest()[:16]
