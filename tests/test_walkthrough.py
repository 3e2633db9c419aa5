"""README's way from a CSV to a site: its files, its commands, and what it says came out."""

import csv
import io
import re
import shlex
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from app.cli import app
from app.main import create_app
from app.settings import ROOT, Settings

SECTION = re.compile(r"## From a CSV to a site.*?(?=\n## )", re.DOTALL)
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    found = SECTION.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert found
    return [
        "".join(line.removeprefix(indent) for line in text.splitlines(keepends=True))
        for indent, kind, text in BLOCK.findall(found[0])
        if kind == language
    ]


def run(line: str) -> str:
    """A command of README run; what it sends to a file is written there."""
    command, _, target = line.partition(" > ")
    program, *arguments = shlex.split(command)
    assert program == "sourcebook"
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, (line, result.output)
    if target:
        Path(target).write_text(result.stdout, encoding="utf-8")
    return result.stdout


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that README shows, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    (table,), (data,) = blocks("csv"), blocks("yaml")
    (tmp_path / "turnover.csv").write_text(table, encoding="utf-8")
    (tmp_path / "site.yaml").write_text(data, encoding="utf-8")
    return tmp_path


def test_every_command_of_the_walk_does_what_is_said(folder: Path) -> None:
    lines = [line for text in blocks("sh") for line in text.splitlines()]
    assert [shlex.split(line)[1] for line in lines] == [
        "draft-mapping",
        "check",
        "load",
        "export",
        "serve",
    ]
    printed = [run(line) for line in lines[:-1]]
    assert printed[1].startswith("No fault: 4 companies")
    assert printed[2].startswith("Version 1 is loaded.")
    exported = list(csv.DictReader(io.StringIO(printed[3])))
    assert [(row["slug"], row["answer"]) for row in exported] == [
        ("alder-ag", "yes"),
        ("birch-sa", "yes"),
        ("dogwood-ltd", "maybe"),
    ]
    arguments = shlex.split(lines[-1])
    database, data = arguments[arguments.index("--database") + 1], folder / "site.yaml"
    with TestClient(create_app(Settings(database=database, data=(data,), watch=False))) as site:
        page = site.get("/").text
        assert all(name in page for name in ("Alder AG", "Birch SA", "Cedar Oy", "Dogwood Ltd"))
        shares = {
            slug: site.get(f"/api/companies/{slug}").json()["figures"]["rd_share_revenue"]["state"]
            for slug in ("alder-ag", "birch-sa", "cedar-oy", "dogwood-ltd")
        }
    assert shares == {
        "alder-ag": "derived",
        "birch-sa": "unknown",
        "cedar-oy": "derived",
        "dogwood-ltd": "unknown",
    }
