"""README's way from a CSV to a site: every command, in its order, as it stands there."""

import re
import shlex
from pathlib import Path
from textwrap import dedent

import pytest

from app.settings import ROOT
from tests.browser.serving import run, serving

README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## From a CSV to a site in five minutes\n")[2].partition("\n## ")[0]
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> list[str]:
    """The blocks of a kind, in order."""
    return [dedent(found[3]) for found in BLOCK.finditer(SECTION) if found[2] == kind]


def commands() -> list[list[str]]:
    """The words of each command behind the program's name."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [shlex.split(line.removeprefix("sourcebook ")) for line in lines]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the table and the data file, and nothing else."""
    (table,), (site,) = blocks("csv"), blocks("yaml")
    (tmp_path / "turnover.csv").write_text(table, encoding="utf-8")
    (tmp_path / "site.yaml").write_text(site, encoding="utf-8")
    return tmp_path


def test_every_command_does_what_is_told(folder: Path) -> None:
    draft, check, load, export, serve = commands()
    assert draft[-2:] == [">", "turnover.yaml"]
    drafted = run(*draft[:-2], folder=folder)
    (folder / "turnover.yaml").write_text(drafted.stdout, encoding="utf-8")
    checked = run(*check, folder=folder)
    assert "No fault: 4 companies" in checked.stdout, checked.stderr
    assert run(*load, folder=folder).stdout == "Generation 1 is loaded.\n"

    rows = [line.split(",") for line in run(*export, folder=folder).stdout.splitlines()]
    answers = {row[1]: row[rows[0].index("answer")] for row in rows[1:]}
    assert answers == {"Alder AG": "yes", "Birch SA": "yes", "Dogwood Ltd": "maybe"}

    assert serve[0] == "serve"
    with serving(folder, *serve[1:]) as server:
        status, page = server.get("/companies/alder-ag")
    assert status == 200
    assert "17%" in page
