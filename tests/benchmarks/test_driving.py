"""Programs that are driven, for real: ended, their memory read, their pages asked for."""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from math import inf
from pathlib import Path

import pytest

from app.settings import ROOT
from benchmarks.asking import (
    Answer,
    Client,
    Crowd,
    Refused,
    Requests,
    take,
    take_turns,
)
from benchmarks.engines import SQLITE
from benchmarks.processes import Failed, Running, held_alone, python, run, serving
from benchmarks.rivals import bare, datasette
from benchmarks.rivals.plain import COLUMNS
from benchmarks.site import UNDRAWN, Site, sites
from benchmarks.undrawn import walk
from tests.benchmarks.canned import canned

SLOW = "import time; held = bytearray(60_000_000); time.sleep(60)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    data, folder = ROOT / "data" / "companies.yaml", tmp_path_factory.mktemp("six")
    with sites(6, data, folder, [SQLITE], None) as (made,):
        assert made.load().ended
        yield made


@pytest.fixture(scope="module")
def server(site: Site) -> Iterator[Running]:
    with site.serve(UNDRAWN) as running:
        yield running


def asked(server: Running, accepted: str = "identity") -> Answer:
    with closing(Client(server.port)) as client:
        return client.ask("/", accepted)


def test_a_program_that_takes_too_long_is_ended_and_its_memory_known(tmp_path: Path) -> None:
    finished = run([sys.executable, "-c", SLOW], tmp_path / "log", 1.5)
    assert not finished.ended
    assert 60_000_000 < finished.memory < 200_000_000


def test_a_program_that_fails_is_told_in_its_words(tmp_path: Path) -> None:
    with pytest.raises(Failed, match="no such thing"):
        run([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path / "log", 20)


def test_a_server_that_cannot_start_is_told_in_its_words(tmp_path: Path) -> None:
    with (
        pytest.raises(Failed, match="no such place"),
        serving([sys.executable, "-c", "raise SystemExit('no such place')"], "/", tmp_path / "log"),
    ):
        pass


def test_a_site_is_loaded_and_served(site: Site, server: Running) -> None:
    assert site.database.bytes() > 100_000
    assert site.engine == "SQLite"
    assert held_alone(server.pid) > 10_000_000
    assert b"Huawei" in asked(server).body


def test_pages_are_asked_for_once_each_and_refusals_are_told(server: Running) -> None:
    pages = [f"/?size={size}" for size in range(1, 11)]
    assert len(take(server.port, pages).times) == 7
    assert len(take(server.port, pages, most=2).times) == 2
    with pytest.raises(Refused, match="404"):
        take(server.port, ["/companies/nobody"])


def test_servers_are_asked_in_turn_and_each_for_its_own_pages() -> None:
    with canned({"/a": b"", "/b": b""}) as (port, asked):
        pages = {"one": ["/a"] * 6, "other": ["/b"] * 4}
        samples = take_turns({name: Requests(port, paths) for name, paths in pages.items()})
    assert {name: len(one.times) for name, one in samples.items()} == {"one": 3, "other": 1}
    assert asked == ["/a", "/b"] * 4 + ["/a"] * 2


def test_no_server_is_asked_for_longer_than_the_limit() -> None:
    with canned({"/": b""}) as (port, _):
        assert 1 <= len(take(port, ["/"] * 5000, most=5000, limit=0.2).times) < 4990


def test_an_answer_that_takes_too_long_is_one_that_did_not_finish(server: Running) -> None:
    assert take(server.port, ["/"] * 9, limit=0.001).times == (inf,)


def test_the_list_is_walked_by_its_cursors(server: Running) -> None:
    walked = walk(server.port, 0)
    assert (walked.page, list(walked.addresses), walked.arrived) == (1, ["/?size=50"], True)
    assert len(walked.slugs) == 6
    assert walk(server.port, 5).addresses == []


def test_a_crowd_asks_until_it_is_sent_away(server: Running) -> None:
    with Crowd(server.port, ["/", "/?size=2"], 2) as crowd:
        assert take(server.port, ["/about"] * 5).times
    assert not any(thread.is_alive() for thread in crowd.threads)


def test_a_bare_application_answers_with_the_same_bytes_and_headers(
    server: Running, tmp_path: Path
) -> None:
    kept = asked(server, "br")
    bare.keep(kept, tmp_path / "page.json")
    order = python("-m", bare.__name__, "{port}", tmp_path / "page.json")
    with serving(order, "/", tmp_path / "log") as other:
        answer = asked(other)
    assert answer.body == kept.body
    undated = [
        sorted((name.lower(), value) for name, value in one.headers if name.lower() != "date")
        for one in (answer, kept)
    ]
    assert undated[0] == undated[1]


def test_the_usual_application_prints_the_rows(tmp_path: Path) -> None:
    exported, database = tmp_path / "six.csv", tmp_path / "six.db"
    exported.write_text(
        "slug,name,revenue_as_stated,founded\nzte,ZTE,$15B,1985\n", encoding="utf-8"
    )
    datasette.write_six(exported, database)
    order = python("-m", "benchmarks.rivals.plain", "{port}", database)
    with serving(order, "/", tmp_path / "log") as usual:
        page = asked(usual).body.decode()
    assert all(f"<th>{column}</th>" in page for column in COLUMNS)
    assert all(f"<td>{text}</td>" in page for text in ("zte", "ZTE", "$15B", "1985", ""))


def test_datasette_gets_numbers_with_an_index_each(tmp_path: Path) -> None:
    database = tmp_path / "companies.db"
    columns = ("Company", "Country", "Industry", *datasette.FIGURES.values())
    heads = ", ".join(f'"{name}"' for name in columns)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(f"CREATE TABLE companies ({heads})")
        cells = ("Alder", "Chile", "Rail", "> 5.5", "10-20", "", "1990", "> 50 %")
        connection.execute("INSERT INTO companies VALUES (?, ?, ?, ?, ?, ?, ?, ?)", cells)
    datasette.prepare(database)
    with closing(sqlite3.connect(database)) as connection:
        (row,) = connection.execute("SELECT * FROM plain").fetchall()
        indexed = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'index'")
        assert indexed.fetchone() == (8,)
    assert row == ("Alder", "Chile", "Rail", 5.5, 10, None, 1990, 50)
