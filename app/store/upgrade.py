"""Databases of earlier versions of this program: recognised, replaced once new data are there."""

import sqlite3
from collections.abc import Collection

from ..errors import UnusableDatabase
from .tables import metadata

OLD_TABLES = (
    *("sourcebook_schema", "current_generation", "generation", "source", "rate", "measure"),
    *("company", "former_slug", "statement", "figure", "remark", "extent", "block"),
    *("facet_value", "facet_block", "ranking", "ranked", "text_block"),
    *("company_facet", "search_term", "listing"),
)
"""The tables of the program before versions were databases of their own."""
MARK = "sourcebook_schema"
"""The table that only a database of this program has had."""
NUMBER = "SELECT generation FROM current_generation"


def number_in(opened: sqlite3.Connection, where: str) -> int | None:
    """The version number in a database file, 0 if it holds none. Raises UnusableDatabase if its
    tables are another program's.
    """
    found = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    tables = {str(name) for (name,) in found if not str(name).startswith("sqlite_")}
    if not tables:
        return None
    if is_old(tables):
        number = opened.execute(NUMBER).fetchone()
    elif is_ours(tables):
        number = opened.execute("SELECT number FROM version").fetchone()
    else:
        raise foreign(tables, where)
    return int(number[0]) if number else 0


def is_old(tables: Collection[str]) -> bool:
    """Whether these are the tables of an earlier version of this program, and no others."""
    return MARK in tables and set(tables) <= set(OLD_TABLES)


def is_ours(tables: Collection[str]) -> bool:
    """Whether these are the tables of one version, as it is stored now."""
    return set(tables) == {*metadata.tables, "listing"}


def foreign(tables: Collection[str], where: str) -> UnusableDatabase:
    """The error for a database of another program, which is left as it is."""
    return UnusableDatabase(
        f"{where} holds tables of another program ({', '.join(sorted(tables))}); "
        "give Sourcebook a database of its own"
    )
