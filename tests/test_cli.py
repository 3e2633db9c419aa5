"""The real command, as a person runs it: what it says, how it ends, and never a stack."""

import io
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.api import exports
from app.api.exports import EXPORTS, Export
from app.cli import main
from app.main import create_app
from app.settings import Settings
from tests.browser import serving
from tests.conftest import DATA_FILE
from tests.databases import database_url, only_sqlite

FAULTY = """\
title: Faults
surprise: a key nobody knows
sources:
  paper: {title: A paper, published: 2016-11-21, url: "javascript:alert(1)"}
companies:
  - {slug: alder, name: Alder, source: paper, employees: "about 5"}
  - {slug: alder, name: Alder again, source: paper}
  - {slug: birch, name: Birch, source: nowhere}
  - {slug: cedar, name: Cedar, source: paper, employees: "10", rd_staff: "20"}
  - {slug: dogwood, name: Dogwood, source: paper, rd_share_staff: {stated: "120%"}}
  - {slug: elm, name: Elm, source: paper, revenue: {stated: "$1B", period: 2190}}
  - {slug: fir, name: Fir, source: paper, colour: green}
  - {slug: Gorse Bush, name: Gorse, source: paper}
"""


def run(
    *arguments: object, folder: Path | None = None, **settings: object
) -> "subprocess.CompletedProcess[str]":
    """The command within this process, which is faster; what it does not catch fails the test."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["sourcebook", *map(str, arguments)])
        for name, value in settings.items():
            patch.setenv(f"SOURCEBOOK_{name.upper()}", str(value))
        if folder:
            patch.chdir(folder)
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return subprocess.CompletedProcess(["sourcebook"], code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that the command itself has loaded."""
    url = database_url(tmp_path_factory.mktemp("cli"))
    loaded = run("load", DATA_FILE, "--database", url)
    assert loaded.returncode == 0, loaded.stderr
    assert "Version 1 is loaded." in loaded.stdout
    return url


@pytest.fixture(scope="module")
def client(database: str) -> Iterator[TestClient]:
    app = create_app(Settings(database=database, data=(DATA_FILE,), watch=False))
    with TestClient(app) as opened:
        yield opened


def test_a_check_of_the_shipped_file_finds_no_fault() -> None:
    checked = run("check", DATA_FILE)
    assert checked.returncode == 0
    assert checked.stdout.startswith("No fault: 6 companies")


def test_ten_faults_make_ten_lines_and_one_that_closes(tmp_path: Path) -> None:
    file = tmp_path / "faulty.yaml"
    file.write_text(FAULTY, encoding="utf-8")
    checked = serving.run("check", file, folder=tmp_path)  # The installed command itself.
    lines = checked.stderr.splitlines()
    assert checked.returncode == 1
    assert len(lines) == 11, checked.stderr
    assert all(line.startswith(f"{file}:") for line in lines[:10])
    assert lines[10] == "10 faults; nothing was loaded."
    assert "Traceback" not in checked.stderr


@pytest.mark.parametrize("query", ["", "rd_share_min=40", "unknown=1&rd_share_min=40"])
@pytest.mark.parametrize("form", [export.name for export in EXPORTS])
def test_an_export_is_the_download(
    client: TestClient, database: str, form: str, query: str, tmp_path: Path
) -> None:
    output = tmp_path / form
    done = run(
        "export", "--form", form, "--query", query, "--output", output, "--database", database
    )
    assert done.returncode == 0, done.stderr
    answer = client.get(f"/{form}?{query}")
    assert output.read_bytes() == answer.content


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "missing.yaml"),
        ("check", "/"),
        ("load", "missing.yaml", "--database", "sqlite:////tmp/sourcebook-no/such/folder.db"),
        ("load", DATA_FILE, "--database", "nonsense"),
        ("load", DATA_FILE, "--database", "sqlite://"),
        ("serve", "--port", "eighty"),
        ("serve", "--port", "0"),
        ("load", DATA_FILE, "--database", "sqlite:////nowhere/at/all.db"),
        ("export", "--form", "companies.xls"),
        ("nothing",),
    ],
)
def test_a_mistake_is_told_in_words(arguments: tuple[object, ...]) -> None:
    done = run(*arguments)
    assert done.returncode != 0
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_bad_query_is_told_in_words(database: str) -> None:
    done = run("export", "--query", "rd_share_min=lots", "--database", database)
    assert done.returncode != 0
    assert "rd_share_min" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_of_serve_tells_its_options() -> None:
    told = run("serve", "--help")
    for option in ("--host", "--port", "--database", "--data"):
        assert option in told.stdout
    assert told.returncode == 0


def test_an_export_to_the_terminal_is_the_export_to_a_file(database: str, tmp_path: Path) -> None:
    query = ("--query", "?revenue_min=10B&sort=name", "--database", database)
    shown = run("export", *query)
    run("export", *query, "--output", tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().decode() == shown.stdout
    slugs = [line.partition(",")[0] for line in shown.stdout.splitlines()]
    assert slugs == ["slug", "huawei", "intel", "tencent", "zte"]


@pytest.mark.parametrize("form", ["companies.csv", "companies.xlsx", "figures.parquet"])
def test_an_export_into_a_pipe_is_the_export_to_a_file(
    form: str, database: str, tmp_path: Path
) -> None:
    asked = ("export", "--form", form, "--database", database)
    run(*asked, "--output", tmp_path / form)
    with (tmp_path / "piped").open("wb") as pipe:
        assert serving.start(*asked, folder=tmp_path, output=pipe).wait(60) == 0
    assert (tmp_path / "piped").read_bytes() == (tmp_path / form).read_bytes()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_what_is_no_text_is_not_written_to_a_terminal(
    export: Export, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(io, "StringIO", Terminal)
    done = run("export", "--form", export.name, "--database", database)
    if export.format.text:
        assert (done.returncode, "huawei" in done.stdout) == (0, True)
    else:
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{export.name} is no text" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_format_that_is_not_installed_is_told_in_words(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "installed", lambda _library: False)
    output = tmp_path / "out.parquet"
    done = run("export", "--form", "figures.parquet", "--output", output, "--database", database)
    assert (done.returncode, output.exists()) == (1, False)
    assert "pip install sourcebook[parquet]" in done.stderr


def test_several_files_are_checked_as_one_data_set(tmp_path: Path) -> None:
    more = tmp_path / "more.yaml"
    more.write_text(
        "companies:\n  - {slug: alder, name: Alder, source: collier-2016, employees: 5}\n",
        encoding="utf-8",
    )
    assert run("check", DATA_FILE, more).stdout.startswith("No fault: 7 companies")
    alone = run("check", more)
    assert (alone.returncode, "collier-2016" in alone.stderr) == (1, True)
    twice = run("check", DATA_FILE, DATA_FILE)
    assert "the slug huawei is taken" in twice.stderr


def test_a_refused_load_leaves_what_was_loaded(tmp_path: Path) -> None:
    database = database_url(tmp_path, "cli")
    assert run("load", DATA_FILE, "--database", database).returncode == 0
    before = run("export", "--database", database).stdout
    (tmp_path / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    refused = run("load", tmp_path / "faulty.yaml", "--database", database)
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 11
    assert run("export", "--database", database).stdout == before
    assert "Version 2 is loaded." in run("load", DATA_FILE, "--database", database).stdout


def test_before_a_load_there_is_nothing_to_export(tmp_path: Path) -> None:
    asked = run("export", "--database", database_url(tmp_path, "empty"))
    assert (asked.returncode, asked.stdout) == (1, "")
    assert "No data" in asked.stderr
    assert "sourcebook load" in asked.stderr


@only_sqlite
@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"- a list", b"companies: [", b"\0"])
def test_what_is_no_data_file_is_one_line_and_the_closing(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_bytes(content)
    checked = run("check", tmp_path / "odd.yaml")
    assert checked.returncode == 1
    assert len(checked.stderr.splitlines()) == 2
    assert checked.stderr.startswith(f"{tmp_path / 'odd.yaml'}:")
    assert checked.stderr.endswith("1 fault; nothing was loaded.\n")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("port", "eighty"), ("port", "70000"), ("keep_versions", "0"), ("watch", "perhaps")),
        ("report_address", "javascript:alert(1)"),
    ],
)
def test_a_wrong_setting_is_told_by_name_and_value(name: str, value: str, tmp_path: Path) -> None:
    told = run("serve", folder=tmp_path, **{name: value})
    assert told.returncode == 1
    assert name in told.stderr.lower()
    assert value in told.stderr
    assert "Traceback" not in told.stderr


def test_a_port_in_use_is_told(database: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = serving.run("serve", "--port", port, "--database", database, folder=tmp_path)
    assert told.returncode != 0
    assert "address already in use" in told.stderr
    assert "Traceback" not in told.stderr


@only_sqlite
@pytest.mark.parametrize("place", ["letter.db", "no/such/folder.db"])
def test_serving_an_unusable_database_is_told_in_words(place: str, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear reader, " * 400, encoding="utf-8")
    told = run("serve", "--database", f"sqlite:///{tmp_path / place}", folder=tmp_path)
    assert told.returncode != 0
    assert place in told.stderr
    assert "Traceback" not in told.stderr


@only_sqlite
@pytest.mark.parametrize("url", ["postgresql+nodriver://localhost/x", "mysterydb://localhost/x"])
@pytest.mark.parametrize("command", [("load", DATA_FILE), ("export",), ("serve",)])
def test_a_database_without_a_driver_is_told_in_words(
    command: tuple[object, ...], url: str, tmp_path: Path
) -> None:
    told = run(*command, "--database", url, folder=tmp_path)
    assert told.returncode != 0
    assert url.partition(":")[0].partition("+")[0] in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("place", ["", "no/such/folder.csv"])
def test_an_output_that_cannot_be_written_is_told_in_words(
    place: str, database: str, tmp_path: Path
) -> None:
    told = run("export", "--output", tmp_path / place, "--database", database, folder=tmp_path)
    assert told.returncode != 0
    assert str(tmp_path) in told.stderr
    assert "Traceback" not in told.stderr


def test_an_export_that_is_refused_leaves_the_file_as_it_was(database: str, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("of yesterday", encoding="utf-8")
    bad = ("--query", "revenue_min=lots", "--database", database)
    assert run("export", *bad, "--output", output).returncode == 1
    assert output.read_text(encoding="utf-8") == "of yesterday"
