"""The real command, as a person runs it: what it says, how it ends, and never a stack."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.conftest import DATA_FILE

SOURCEBOOK = Path(sys.executable).with_name("sourcebook")
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


def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [str(SOURCEBOOK), *map(str, arguments)]
    return subprocess.run(  # noqa: S603 - the program under test
        command, capture_output=True, text=True, timeout=30, check=False
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that the command itself has loaded."""
    url = f"sqlite:///{tmp_path_factory.mktemp('cli') / 'cli.db'}"
    loaded = run("load", DATA_FILE, "--database", url)
    assert loaded.returncode == 0, loaded.stderr
    assert "Generation 1 is loaded." in loaded.stdout
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
    checked = run("check", file)
    lines = checked.stderr.splitlines()
    assert checked.returncode == 1
    assert len(lines) == 11, checked.stderr
    assert all(line.startswith(f"{file}:") for line in lines[:10])
    assert lines[10] == "10 faults; nothing was loaded."
    assert "Traceback" not in checked.stderr


@pytest.mark.parametrize("query", ["", "rd_share_min=40", "unknown=1&rd_share_min=40"])
@pytest.mark.parametrize("form", ["companies.csv", "figures.csv", "companies.json"])
def test_an_export_is_the_download(
    client: TestClient, database: str, form: str, query: str, tmp_path: Path
) -> None:
    output = tmp_path / form
    done = run(
        "export", "--form", form, "--query", query, "--output", output, "--database", database
    )
    assert done.returncode == 0, done.stderr
    answer = client.get(f"/{form}?{query}")
    if form.endswith(".json"):
        assert json.loads(output.read_text(encoding="utf-8")) == answer.json()
    else:
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
