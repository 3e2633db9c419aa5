"""The wheel: the same program as the checkout, as the package `sourcebook`, with all it needs."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from app.settings import ROOT

FOLDERS = {"app": "", "templates": "templates/", "static": "static/", "data": "data/"}
"""The folders of the checkout that a wheel holds, and where inside the package."""
PROGRAM = """
import sys

sys.path.insert(0, "site")
from fastapi.testclient import TestClient
from sourcebook.main import create_app
from sourcebook.settings import Settings

assert not any(name == "app" or name.startswith("app.") for name in sys.modules)
with TestClient(create_app(Settings(database="sqlite:///wheel.db", watch=False))) as client:
    print(client.get("/").status_code, client.get("/companies/zte").status_code)
    print(client.get("/static/app.css").status_code)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of the tree as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    skipped = shutil.ignore_patterns("__pycache__")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, tree / name, ignore=skipped)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, tree)
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    subprocess.run(  # noqa: S603 - it is this project itself
        [sys.executable, "-m", "pip", "wheel", "--quiet", *options, "-w", str(folder), str(tree)],
        check=True,
    )
    return next(folder.glob("sourcebook-*.whl"))


def test_it_holds_every_file_of_the_program_and_no_other(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    expected = {
        f"sourcebook/{inside}{path.relative_to(ROOT / folder)}"
        for folder, inside in FOLDERS.items()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert held == expected


def test_it_serves_the_six_profiles_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    ran = subprocess.run(  # noqa: S603 - it is this project itself
        [
            sys.executable,
            "-W",
            "ignore",
            "-c",
            PROGRAM,
        ],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.split() == ["200", "200", "200"], ran.stderr
