"""Two roles, one that loads and one that reads, set up by the commands of docs/scaling.md."""

import os
import re
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from app.errors import UnusableDatabase
from app.loading import Loader
from app.readers.inputs import gather
from app.settings import ROOT
from app.store.versions import reading
from tests.conftest import DATA_FILE
from tests.databases import only_postgresql, versions_in
from tests.postgres import Postgres, program

pytestmark = only_postgresql
PAGE = (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## One PostgreSQL")[2].partition("\n## ")[0]


@pytest.fixture
def urls(database_server: Postgres) -> Iterator[dict[str, str]]:
    """The settings of the page, once its commands have run."""
    created, statements, settings = re.findall(
        r"^```\w*\n(.*?)^```$", SECTION, re.DOTALL | re.MULTILINE
    )
    place = {"PGHOST": "127.0.0.1", "PGPORT": str(database_server.port), "PGUSER": "postgres"}
    name, *arguments = shlex.split(created)
    psql = [program("psql"), "-v", "ON_ERROR_STOP=1", "sourcebook"]
    for command, said in (([program(name), *arguments], ""), (psql, statements)):
        subprocess.run(  # noqa: S603 - Debian's own programs
            command, env={**os.environ, **place}, input=said, text=True, check=True
        )
    here = settings.replace("@db1/", f"@127.0.0.1:{database_server.port}/")
    yield dict(line.split("=", 1) for line in here.splitlines())
    database_server.execute("DROP DATABASE sourcebook WITH (FORCE)")
    database_server.execute("DROP ROLE loader")
    database_server.execute("DROP ROLE reader")


def test_one_loads_and_the_other_reads_and_may_do_no_more(urls: dict[str, str]) -> None:
    reader, writer = urls["SOURCEBOOK_DATABASE"], urls["SOURCEBOOK_WRITE_DATABASE"]
    with closing(Loader(reader, 1, writer)) as loader:
        for number in (1, 2):
            assert loader.load(gather([DATA_FILE])) == number
            with reading(reader) as versions, versions.open() as snapshot:
                assert (snapshot.version.number, snapshot.version.companies) == (number, 6)
    assert versions_in(writer) == [2]
    with closing(Loader(reader, 1)) as refused, pytest.raises(UnusableDatabase, match="permission"):
        refused.load(gather([DATA_FILE]))
    with psycopg.connect(reader.replace("+psycopg", ""), autocommit=True) as connection:
        for statement in (
            "DELETE FROM sourcebook.current",
            "UPDATE sourcebook_2.company SET name = 'x'",
            "CREATE TABLE sourcebook_2.more (x int)",
            "CREATE SCHEMA sourcebook_3",
            "DROP SCHEMA sourcebook_2 CASCADE",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_a_role_without_the_grant_reads_nothing(
    urls: dict[str, str], database_server: Postgres
) -> None:
    writer = urls["SOURCEBOOK_WRITE_DATABASE"]
    with closing(Loader(writer, 1)) as loader:
        loader.load(gather([DATA_FILE]))
    database_server.execute("CREATE ROLE stranger LOGIN")
    try:
        url = writer.replace("+psycopg", "").replace("loader@", "stranger@")
        with (
            psycopg.connect(url) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute("SELECT * FROM sourcebook_1.company")
    finally:
        database_server.execute("DROP ROLE stranger")
