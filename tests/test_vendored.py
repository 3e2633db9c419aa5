"""What was made by others is listed in vendor.toml: package, version, licence, and every file."""

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.settings import ROOT

ASSETS: list[dict[str, Any]] = tomllib.loads((ROOT / "vendor.toml").read_text(encoding="utf-8"))[
    "asset"
]
FOLDERS = ("static", "templates/icons", "tests/browser/vendor")
OURS = {f"static/{name}" for name in ("app.css", "app.js", "list.js", "mark.svg")}
PERMISSIVE = {"ISC", "MIT", "MPL-2.0", "OFL-1.1", "0BSD", "Apache-2.0", "BSD-3-Clause"}
OPENINGS = {"OFL-1.1": "SIL Open Font License", "ISC": "ISC License", "MPL-2.0": "Mozilla Public"}
"""Words by which the text of a licence is known."""


def listed() -> dict[str, str]:
    """Every listed file with its SHA-256."""
    return {path: digest for asset in ASSETS for path, digest in asset["files"].items()}


def present(folder: str) -> Iterator[str]:
    for path in sorted((ROOT / folder).rglob("*")):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_that_is_not_ours_is_listed(folder: str) -> None:
    found = set(present(folder))
    assert len(found) > 2
    assert found - OURS - set(listed()) == set()


@pytest.mark.parametrize("path", sorted(listed()))
def test_every_listed_file_is_there_as_it_was_taken(path: str) -> None:
    assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == listed()[path]


def test_no_file_is_listed_twice_or_is_ours() -> None:
    every = [path for asset in ASSETS for path in asset["files"]]
    assert len(every) == len(set(every))
    assert OURS.isdisjoint(every)


@pytest.mark.parametrize("asset", ASSETS, ids=lambda asset: str(asset["package"]))
class TestAsset:
    def test_it_names_one_package_of_one_version(self, asset: dict[str, Any]) -> None:
        assert re.fullmatch(r"(@[a-z0-9-]+/)?[a-z0-9.-]+", asset["package"])
        assert re.fullmatch(r"\d+\.\d+\.\d+", asset["version"])

    def test_its_integrity_is_a_sha512(self, asset: dict[str, Any]) -> None:
        kind, _, digest = asset["integrity"].partition("-")
        assert kind == "sha512"
        assert len(base64.b64decode(digest, validate=True)) == 64

    def test_its_licence_lies_in_the_tree_and_is_the_one_named(self, asset: dict[str, Any]) -> None:
        assert asset["license"] in PERMISSIVE
        assert asset["license_file"] in asset["files"]
        text = (ROOT / asset["license_file"]).read_text(encoding="utf-8")
        assert OPENINGS[asset["license"]].lower() in text[:500].lower()

    def test_its_name_and_licence_are_told_to_readers_of_the_readme(
        self, asset: dict[str, Any]
    ) -> None:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        assert "vendor.toml" in readme
        shipped = [path for path in asset["files"] if not path.startswith("tests/")]
        assert not shipped or asset["license"] in readme


@pytest.mark.parametrize(
    "path",
    sorted(Path(ROOT / "templates" / "icons").glob("*.svg")),
    ids=lambda path: str(path.stem),
)
def test_an_icon_is_one_drawing_of_the_named_version(path: Path) -> None:
    drawing = path.read_text(encoding="utf-8")
    assert drawing.startswith("<!-- @license lucide-static v1.62.0 - ISC -->\n<svg")
    assert f"lucide-{path.stem}" in drawing
    assert not re.search(r"<script|\son\w+=|style=|href=", drawing)
