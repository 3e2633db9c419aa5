"""What a load says to Citus: which tables are spread over the nodes, and which every node has."""

import re

import pytest
from sqlalchemy import UniqueConstraint
from sqlalchemy.schema import CreateTable

from app.profiles.measures import Catalogue
from app.store.tables import INDEXES, tables_of
from tests.databases import only_postgresql
from tests.store.cast import company, dataset
from tests.store.shelf import Shelf

pytest.importorskip("psycopg")
from app.store.postgresql import distribution

TABLES = tables_of(Catalogue()).metadata.sorted_tables
SPREAD = {table.name for table in TABLES if "n" in table.c}
RECORDED = {
    "SELECT create_distributed_table('sourcebook_7.company', 'n')",
    "SELECT create_distributed_table('sourcebook_7.company_facet', 'n')",
    "SELECT create_distributed_table('sourcebook_7.figure', 'n')",
    "SELECT create_distributed_table('sourcebook_7.former_slug', 'n')",
    "SELECT create_distributed_table('sourcebook_7.listing', 'n')",
    "SELECT create_distributed_table('sourcebook_7.search_term', 'n')",
    "SELECT create_distributed_table('sourcebook_7.statement', 'n')",
    "SELECT create_reference_table('sourcebook_7.extent')",
    "SELECT create_reference_table('sourcebook_7.measure')",
    "SELECT create_reference_table('sourcebook_7.rate')",
    "SELECT create_reference_table('sourcebook_7.remark')",
    "SELECT create_reference_table('sourcebook_7.source')",
    "SELECT create_reference_table('sourcebook_7.version')",
}
STAND_IN = """
CREATE TABLE public.said (statement text);
CREATE FUNCTION public.create_distributed_table(regclass, text) RETURNS void LANGUAGE sql
    AS $$ INSERT INTO public.said VALUES ($1::text || ' by ' || $2) $$;
CREATE FUNCTION public.create_reference_table(regclass) RETURNS void LANGUAGE sql
    AS $$ INSERT INTO public.said VALUES ($1::text) $$;
"""
"""Functions by the names of those of Citus, which note what they are called with."""


def test_the_statements_are_those_recorded() -> None:
    said = list(distribution("sourcebook_7", TABLES))
    assert (set(said), len(said)) == (RECORDED, len(TABLES))


def test_what_is_unique_in_a_spread_table_has_the_number_of_the_company() -> None:
    """Citus refuses it otherwise."""
    for table in TABLES:
        if table.name in SPREAD:
            unique = [one for one in table.constraints if isinstance(one, UniqueConstraint)]
            assert unique == [], table.name
            assert not table.primary_key.c or "n" in table.primary_key.c, table.name
    tables = {table.name for table in TABLES}
    for index in INDEXES:
        assert index.table is not None
        assert index.table.name in tables
        spread = index.table.name in SPREAD
        assert not (index.unique and spread and "n" not in index.columns), index.name


def test_no_table_refers_to_another_or_has_the_database_make_up_a_value() -> None:
    for table in TABLES:
        made = str(CreateTable(table))
        assert not re.search(r"SERIAL|IDENTITY|GENERATED|REFERENCES|nextval|DEFAULT", made), made


@only_postgresql
@pytest.mark.parametrize("there", [True, False])
def test_a_load_says_them_where_the_extension_is(shelf: Shelf, *, there: bool) -> None:
    from psycopg import connect  # noqa: PLC0415 - PostgreSQL may not be there

    with connect(shelf.url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(STAND_IN)
        if there:
            connection.execute(
                "INSERT INTO pg_extension SELECT 4242, 'citus', extowner, extnamespace,"
                " extrelocatable, extversion, NULL, NULL FROM pg_extension LIMIT 1"
            )
        shelf.load(dataset(company("alder")))
        said = {str(one) for (one,) in connection.execute("SELECT statement FROM said")}
    expected = {
        re.sub(r"SELECT .*\('sourcebook_7\.(\w+)'(?:, '(\w+)')?\)", described, one)
        for one in RECORDED
    }
    assert said == (expected if there else set())


def described(found: "re.Match[str]") -> str:
    return f"sourcebook_1.{found[1]}" + (f" by {found[2]}" if found[2] else "")
