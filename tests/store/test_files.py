"""Versions as files: copied, moved, damaged, refused, on disks that are full or only read."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from fastapi.testclient import TestClient

from app.errors import UnusableDatabase
from app.loading import Loader
from app.main import create_app
from app.profiles.filter import CompanyFilter
from app.readers.inputs import gather
from app.settings import Settings
from app.store.database import open_database
from app.store.versions import Versions
from tests.browser import serving
from tests.conftest import DATA_FILE
from tests.databases import DUCKDB, database_url, file_of, files_beside, only_files, versions_in
from tests.store.cast import company, dataset
from tests.store.shelf import Shelf

pytestmark = only_files
ALDER = dataset(company("alder", employees=5), digest="one")
NEXT = dataset(company("birch"), digest="two")
SET_PRIVILEGES = "/usr/bin/setpriv"
PLAIN_USER = "--bounding-set=-dac_override,-dac_read_search"
"""What takes from root that it may write everywhere."""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return database_url(tmp_path)


@pytest.fixture
def loader(url: str) -> Iterator[Loader]:
    with closing(Loader(url, 2)) as opened:
        yield opened


def digest_at(url: str) -> str | None:
    with closing(Versions(open_database(url))) as versions:
        return versions.digest()


def test_the_url_names_a_link_that_leads_to_the_current_version(shelf: Shelf) -> None:
    for number in (1, 2, 3):
        shelf.load(ALDER)
        link = file_of(shelf.url)
        assert link.is_symlink()
        assert link.readlink().name.startswith(f"shelf.v{number}-")
        assert link.readlink().parent == Path()
    assert files_beside(shelf.url) == []


def test_a_folder_may_move_with_its_database(shelf: Shelf, tmp_path: Path) -> None:
    shelf.load(ALDER)
    shelf.close()
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    for path in (file_of(shelf.url), file_of(shelf.url).resolve()):
        path.rename(before / path.name)
    before.rename(after)
    assert digest_at(database_url(after, "shelf")) == "one"


def test_a_copy_under_the_plain_name_is_served_and_the_next_load_replaces_it(
    shelf: Shelf, tmp_path: Path
) -> None:
    shelf.load(ALDER)
    shelf.load(ALDER)
    (tmp_path / "elsewhere").mkdir()
    copied = database_url(tmp_path / "elsewhere", "copied")
    shutil.copy(file_of(shelf.url), file_of(copied))
    assert not file_of(copied).is_symlink()
    other = Shelf(tmp_path / "elsewhere" / "copied")
    assert other.slugs(CompanyFilter()) == ["alder"]
    assert not other.database.is_damaged()
    assert other.load(NEXT) == 3
    assert (other.versions.digest(), files_beside(copied)) == ("two", [])
    other.close()


@pytest.mark.parametrize("name", ["odd [1]", "50%25", "it's #1", "a b.v1"])
def test_a_name_may_have_any_character(tmp_path: Path, name: str) -> None:
    url = database_url(tmp_path, name)
    with closing(Loader(url, 1)) as loader:
        assert [loader.refresh([DATA_FILE]) for _ in range(2)] == [1, None]
        loader.load(gather([DATA_FILE]))
    assert (versions_in(url), files_beside(url)) == ([2], [])


@pytest.mark.parametrize("damage", [0.0, 0.4, 0.999, "cut off", "deleted"])
def test_a_damaged_file_is_noticed_and_rebuilt(
    url: str, loader: Loader, damage: float | str
) -> None:
    assert [loader.refresh([DATA_FILE]) for _ in range(2)] == [1, None]
    file = file_of(url).resolve()
    content = bytearray(file.read_bytes())
    if isinstance(damage, float):
        content[int(damage * len(content))] ^= 1
    else:
        del content[len(content) // 2 :]
    file.unlink()
    if damage != "deleted":
        file.write_bytes(content)
    with closing(Loader(url, 2)) as again:
        assert again.database.is_damaged()
        assert again.refresh([DATA_FILE]) == 2
        assert not again.database.is_damaged()
        with again.versions.open() as snapshot:
            assert snapshot.version.companies == 6


def test_what_cannot_be_read_at_all_is_no_data_and_is_logged_once(
    shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    shelf.load(ALDER)
    file_of(shelf.url).resolve().write_bytes(b"no database " * 1000)
    with closing(Versions(open_database(shelf.url))) as versions:
        assert [versions.digest() for _ in range(3)] == [None] * 3
    assert caplog.text.count("cannot be read") == 1


def foreign(path: Path, kind: str) -> None:
    """Make a database of another program, which has a table called company."""
    statement = "CREATE TABLE company (id INTEGER); INSERT INTO company VALUES (7)"
    if kind == DUCKDB:
        with duckdb.connect(str(path)) as connection:
            connection.execute(statement)
    else:
        with closing(sqlite3.connect(path)) as made:
            made.executescript(statement)


def test_a_database_of_another_program_is_refused_and_untouched(
    url: str, database_kind: str
) -> None:
    path = file_of(url)
    foreign(path, database_kind)
    before = path.read_bytes()
    with pytest.raises(UnusableDatabase, match=r"tables of another program \(company\)"):
        Loader(url, 2)
    with (
        pytest.raises(UnusableDatabase, match=r"tables of another program"),
        open_database(url).write(2),
    ):
        raise AssertionError
    assert (path.read_bytes(), files_beside(url)) == (before, [])


def test_a_file_that_is_no_database_is_refused_and_untouched(url: str) -> None:
    path = file_of(url)
    path.write_text("Dear reader, this is not a database at all. " * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(UnusableDatabase, match=path.name):
        Loader(url, 2)
    assert path.read_bytes() == before


def test_an_empty_file_is_taken_for_a_new_database(url: str) -> None:
    file_of(url).touch()
    with closing(Loader(url, 2)) as loader:
        assert loader.refresh([DATA_FILE]) == 1


def test_a_folder_that_is_only_read_is_served_and_a_load_says_why_it_cannot(
    url: str, loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader.refresh([DATA_FILE])
    if not os.geteuid():
        prefix = (SET_PRIVILEGES, PLAIN_USER)
        monkeypatch.setattr(serving, "SOURCEBOOK", (*prefix, *serving.SOURCEBOOK))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    tmp_path.chmod(0o555)
    try:
        exported = serving.run("export", "--database", url, folder=elsewhere)
        refused = serving.run("load", DATA_FILE, "--database", url, folder=elsewhere)
        with serving.serving(elsewhere, "--database", url, "--data", DATA_FILE) as server:
            page, said = server.get("/companies/huawei")[0], server.said()
    finally:
        tmp_path.chmod(0o755)
    assert (exported.returncode, len(exported.stdout.splitlines())) == (0, 7)
    assert refused.returncode == 1
    assert "a folder that can only be read can be served" in refused.stderr
    assert page == 200
    assert "what it holds is served" in said
    assert "Traceback" not in refused.stderr + said


def test_a_full_disk_is_told_in_words_and_nothing_is_lost(
    url: str, loader: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader.refresh([DATA_FILE])
    table, mapping = tmp_path / "long.csv", tmp_path / "long.yaml"
    table.write_text("name\n" + "".join(f"Company {n}\n" for n in range(8_000)), encoding="utf-8")
    mapping.write_text(
        "title: Long\nsource: {id: list, title: A List}\ncompany: {name: name}\n", encoding="utf-8"
    )
    before, arguments = digest_at(url), ("load", table, "--mapping", mapping, "--database", url)
    with monkeypatch.context() as small:
        limited = ("/usr/bin/prlimit", "--fsize=300000", *serving.SOURCEBOOK)
        small.setattr(serving, "SOURCEBOOK", limited)
        refused = serving.run(*arguments, folder=tmp_path)
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False), refused.stderr
    assert "cannot be used" in refused.stderr
    assert (digest_at(url), versions_in(url)) == (before, [1])
    assert not [one for one in files_beside(url) if ".new" in one]
    loaded = serving.run(*arguments, folder=tmp_path)
    assert "Version 2 is loaded." in loaded.stdout, loaded.stderr


def test_a_load_of_many_companies_into_sqlite_names_the_faster_engine(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'many.db'}")
    assert database.advice(100_000) == ""
    advice = database.advice(100_001)
    assert f"--database duckdb:///{tmp_path / 'many.duckdb'}" in advice
    assert open_database(f"duckdb:///{tmp_path / 'many.duckdb'}").advice(10**6) == ""


def test_two_servers_read_one_file_and_a_third_a_copy_of_its_version(
    url: str, tmp_path: Path
) -> None:
    path = file_of(url)
    with closing(Loader(url, 2)) as loader:
        loader.load(gather([DATA_FILE]))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(path.resolve(), elsewhere)
    (elsewhere / path.name).symlink_to(path.readlink())
    copy = url.replace(str(path), str(elsewhere / path.name))
    pages = []
    for database in (url, url, copy):
        served = Settings(database=database, data=(DATA_FILE,), watch=False)
        with TestClient(create_app(served, loads=False)) as client:
            pages.append((client.get("/").text, client.get("/readyz").json()["version"]))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0][1] == 1
