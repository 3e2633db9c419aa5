"""The tables of one version of the data set. `docs/database.md` describes them for people.

A version is a database of its own, so no table has a version column. Companies are numbered `n`
from 0 in the order of their slugs. `figure` is the truth; `listing` repeats the bounds of each
headline figure, one row a company and view, for everything that compares companies.

Bounds in `listing` are in *half steps*, so that one comparison covers open and closed ends: a
closed bound b is 2b, an open lower bound 2b + 1, an open upper bound 2b - 1, an infinite end is
±INFINITE, and NULL means that there is no comparable figure.
"""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    FromClause,
    Index,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Select,
    Table,
    Text,
    case,
    cast,
    null,
    select,
)
from sqlalchemy.schema import CreateTable

from ..profiles.figure import State
from ..profiles.interval import MAX_BOUND
from ..profiles.measures import LISTED, Catalogue, Kind, Measure
from ..profiles.results import OTHER_CURRENCY

INFINITE = 2**63 - 1
"""An infinite end in half steps; with a minus sign, an infinite lower end."""

SortedText = Text().with_variant(Text(collation="C"), "postgresql")
"""Text whose order is that of its code points on every database."""

STATED, DERIVED = State.STATED.value, State.DERIVED.value
IN_OTHER_CURRENCY, NONE_YET = "other currency", "none yet"
NONE_YET_BUT, NOTHING_BUT = "none yet, but another figure", "not reported, but another figure"
STATE_OF = {
    STATED: STATED,
    DERIVED: DERIVED,
    IN_OTHER_CURRENCY: OTHER_CURRENCY,
    NONE_YET: State.NONE.value,
    NONE_YET_BUT: State.NONE.value,
    NOTHING_BUT: State.UNKNOWN.value,
    None: State.UNKNOWN.value,
}
"""The words of `listing`'s state columns, and the state of the headline figure that each stands
for. NULL is a company that reports nothing; the words with "but" say that a figure other than the
headline has a number.
"""


def low_half(bound: int | None, *, is_open: bool) -> int:
    """A lower bound in half steps."""
    return -INFINITE if bound is None else 2 * bound + is_open


def high_half(bound: int | None, *, is_open: bool) -> int:
    """An upper bound in half steps."""
    return INFINITE if bound is None else 2 * bound - is_open


def low_bound(half: int) -> tuple[int | None, bool]:
    """A lower bound from half steps, and whether it is open."""
    return (None, True) if half == -INFINITE else (half // 2, bool(half % 2))


def high_bound(half: int) -> tuple[int | None, bool]:
    """An upper bound from half steps, and whether it is open."""
    return (None, True) if half == INFINITE else (-(-half // 2), bool(half % 2))


def is_open(half: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a bound in half steps is open, or infinite. By its lowest bit: databases divide much
    more slowly.
    """
    return half.bitwise_and(1) == 1


def wanted_half(bound: int) -> int:
    """A filter's closed bound in half steps; beyond all bounds that figures can have, just so."""
    return 2 * max(-MAX_BOUND - 1, min(MAX_BOUND + 1, bound))


def _text(name: str, *, optional: bool = False, key: bool = False) -> Column[str]:
    return Column(name, SortedText, nullable=optional, primary_key=key)


def _integer(name: str, *, optional: bool = False, key: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional, primary_key=key, autoincrement=False)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


metadata = MetaData()
"""The tables that are alike in every data set."""

version = Table(
    "version",
    metadata,
    _integer("number"),
    _text("layout"),
    _text("digest"),
    _text("loaded_at"),
    _text("title"),
    _text("description"),
    _text("classification"),
    _text("currency"),
    _text("offered"),
    _text("prefer"),
    _text("years"),
    _integer("companies"),
    _integer("figures"),
)

source = Table(
    "source",
    metadata,
    _integer("position", key=True),
    _text("id"),
    _text("title"),
    _text("author", optional=True),
    _text("kind", optional=True),
    _text("published", optional=True),
    _text("url", optional=True),
    _text("places"),
    _integer("figures"),
    _integer("companies"),
)

rate = Table(
    "rate",
    metadata,
    _integer("position", key=True),
    _text("base"),
    _text("quote"),
    _text("value"),
    _text("period"),
    _text("period_end"),
    _flag("yearly"),
    _text("source"),
    _text("locator", optional=True),
)

measure = Table(
    "measure",
    metadata,
    _integer("position", key=True),
    _text("key"),
    _text("label"),
    _text("kind"),
    _text("unit"),
    _text("help"),
    _text("words"),
    _flag("listed"),
    _flag("signed"),
    _text("beside", optional=True),
)
"""The data set's own measures; the built-in ones are the program's."""

company = Table(
    "company",
    metadata,
    _integer("n", key=True),
    _text("slug"),
    _text("name"),
    _text("name_key"),
    _text("aliases"),
    _text("formerly"),
    _text("identifiers"),
    _text("facets"),
)

former_slug = Table("former_slug", metadata, _text("old"), _integer("n"))

statement = Table(
    "statement",
    metadata,
    _integer("n"),
    Column("position", Integer, nullable=False),
    _text("about"),
    _text("text"),
    _flag("claim"),
    _text("source", optional=True),
    _text("locator", optional=True),
)

figure = Table(
    "figure",
    metadata,
    _integer("n"),
    _text("measure"),
    Column("position", Integer, nullable=False),
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
)

company_facet = Table("company_facet", metadata, _text("facet"), _text("value"), _integer("n"))
search_term = Table("search_term", metadata, _text("term"), _integer("n"))

remark = Table("remark", metadata, _integer("position", key=True), _text("kind"), _text("text"))

extent = Table(
    "extent",
    metadata,
    _text("currency"),
    _text("measure"),
    _integer("stating"),
    _integer("least"),
    _integer("greatest"),
    _integer("low"),
    _integer("high"),
    PrimaryKeyConstraint("currency", "measure"),
)

INDEXES = (
    Index("company_slug", company.c.slug),
    Index("company_name", company.c.name_key, company.c.n),
    Index("former_slug_old", former_slug.c.old),
    Index("statement_n", statement.c.n),
    Index("figure_n", figure.c.n),
    Index("figure_source", figure.c.source, figure.c.n),
    Index("company_facet_value", company_facet.c.facet, company_facet.c.value, company_facet.c.n),
    Index("search_term_term", search_term.c.term, search_term.c.n),
)
"""Made once all rows are there, on databases that need them: DuckDB finds rows by their order."""
for _index in INDEXES:
    assert _index.table is not None
    _index.table.indexes.discard(_index)  # So that no table is created with its indexes.


class Tables(Struct, frozen=True):
    """The tables of a data set: `listing` has columns for its own measures, too.

    `of_year` is `listing` once more, to be joined to it.
    """

    metadata: MetaData
    listing: Table
    of_year: FromClause


@lru_cache(maxsize=32)
def tables_for(keys: tuple[str, ...]) -> Tables:
    """The tables of a data set whose filterable measures have these keys."""
    own = MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(own)
    listing = Table(
        "listing",
        own,
        _integer("year"),
        _text("currency"),
        _integer("n"),
        *(column for key in keys for column in _bounds(key)),
        PrimaryKeyConstraint("year", "currency", "n"),
        sqlite_with_rowid=False,  # It is read from end to end, a view at a time.
    )
    return Tables(own, listing, listing.alias("of_year"))


def tables_of(catalogue: Catalogue) -> Tables:
    """The tables of a data set with these measures."""
    return tables_for(tuple(one.key for one in catalogue.listed))


def _bounds(key: str) -> Iterable[Column[Any]]:
    yield _integer(f"{key}_low", optional=True)
    yield _integer(f"{key}_high", optional=True)
    yield _text(f"{key}_state", optional=True)


def companies_view(catalogue: Catalogue) -> Select[Any]:
    """The view `companies`, for people: the latest figures in whole units.

    `KEY_from` and `KEY_to` are the bounds (NULL for an infinite end), `KEY_state` says how they
    are known. Shares are fractions. Whether a bound itself is included stands in `figure`.
    """
    listing = tables_of(catalogue).listing.c
    columns: list[ColumnElement[Any]] = [company.c.slug, company.c.name]
    for one in catalogue.listed:
        low, high = listing[f"{one.key}_low"], listing[f"{one.key}_high"]
        columns += [
            _whole(case((is_open(low), low - 1), else_=low), low == -INFINITE, one).label(
                f"{one.key}_from"
            ),
            _whole(case((is_open(high), high + 1), else_=high), high == INFINITE, one).label(
                f"{one.key}_to"
            ),
            listing[f"{one.key}_state"],
        ]
    joined = company.join(tables_of(catalogue).listing, listing.n == company.c.n)
    latest = (listing.year == 0) & (listing.currency == "")
    return select(*columns).select_from(joined).where(latest)


def _whole(half: ColumnElement[int], infinite: ColumnElement[bool], one: Measure) -> Any:
    """A closed bound from half steps in whole units."""
    divisor = 2 * one.kind.scale
    if one.kind in (Kind.COUNT, Kind.YEAR):
        return case((infinite, null()), else_=cast(half / divisor, BigInteger))
    return case((infinite, null()), else_=cast(half, Numeric(38, 12)) / divisor)


def layout() -> str:
    """A digest of all tables, so that a version of another layout is noticed and rebuilt."""
    tables = tables_for(tuple(one.key for one in LISTED)).metadata.sorted_tables
    definitions = "".join(str(CreateTable(table)) for table in tables)
    return hashlib.sha256(definitions.encode()).hexdigest()[:16]
