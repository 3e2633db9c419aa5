"""The tables. Every row of company data carries its generation and its company in its key.

`figure` is the truth; `listing` repeats each headline's bounds for the list: one row a company and
view, which is the latest of each figure (blank) or a year, as stated or in a currency that readers
may choose. Reported is who has any figure of it. A bound of NULL is infinite where the state is
stated or derived, else there is no number. Lacking is who has no number of the measure at all, not
even beside the headline.

`roster` numbers the companies by their slugs; what is asked of all of them lies in blocks, columns
packed in that order: `block` of the listing's measures, `facet_block` of facets, `term_block` of
search terms (see `blocks`).
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

from app.profiles.measures import LISTED, MOST_OWN

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


def _table(
    name: str, *columns: Column[Any], key: tuple[str, ...], clustered: bool = False
) -> Table:
    """A table whose rows belong to a generation; a `clustered` one lies in the order of its key."""
    return Table(
        name,
        metadata,
        _integer("generation"),
        *columns,
        PrimaryKeyConstraint("generation", *key),
        sqlite_with_rowid=not clustered,
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
    key=("slug",),
)

former_slug = _table("former_slug", _text("slug"), _text("old"), key=("slug", "old"))
Index("former_slug_old", former_slug.c.generation, former_slug.c.old)

company_facet = _table(
    "company_facet",
    _text("slug"),
    _text("facet"),
    _text("value"),
    _integer("position"),
    key=("slug", "facet", "value"),
)

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
)
Index("figure_source", figure.c.generation, figure.c.source, figure.c.slug)

search_term = _table(
    "search_term", _text("term"), _text("slug"), key=("term", "slug"), clustered=True
)

FOREIGN = "foreign"
"""The listing's state of a figure in another currency: it is known, but not comparable."""

OWN = tuple(f"own{place}" for place in range(1, MOST_OWN + 1))
"""What the listing calls a data set's own measures, in their order."""


def _listed(key: str, *, optional: bool = False) -> tuple[Column[Any], ...]:
    """The listing's columns of a measure."""
    return (
        _text(f"{key}_state", optional=optional),
        _integer(f"{key}_low", optional=True),
        _integer(f"{key}_high", optional=True),
        _flag(f"{key}_low_open", optional=optional),
        _flag(f"{key}_high_open", optional=optional),
        _flag(f"{key}_lacking", optional=optional),
    )


listing = _table(
    "listing",
    _text("view"),
    _text("slug"),
    _text("name_key"),
    _flag("reported"),
    *(column for listed in LISTED for column in _listed(listed.key)),
    *(column for key in OWN for column in _listed(key, optional=True)),
    key=("view", "slug"),
    clustered=True,  # It is read from end to end.
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

roster = _table(
    "roster",
    _integer("place"),
    _text("slug"),
    _text("name_key"),
    _integer("name_rank"),
    key=("place",),
    clustered=True,
)
Index("roster_slug", roster.c.generation, roster.c.slug, roster.c.place)
Index("roster_name", roster.c.generation, roster.c.name_key, roster.c.name_rank)

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

term_block = _table(
    "term_block",
    _integer("chunk"),
    _text("first"),
    _text("last"),
    _packed("places"),
    _text("terms"),
    key=("chunk",),
)

OF_GENERATION = tuple(
    table for table in metadata.sorted_tables if "generation" in table.c and table is not pointer
)
"""The tables whose rows go when their generation goes."""


def schema_version() -> str:
    """A digest of all tables, so that no change of theirs can be forgotten."""
    definitions = "".join(str(CreateTable(table)) for table in metadata.sorted_tables)
    return hashlib.sha256(definitions.encode()).hexdigest()[:16]
