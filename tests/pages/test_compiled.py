"""Compiled templates are kept from one start to the next."""

import tempfile
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from app.pages.compiled import Compiled


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def kept(folder: Path) -> list[Path]:
    return sorted(folder.rglob("sourcebook-*.cache"))


def printed(source: str, options: str = "usual") -> str:
    """What a template prints in a process of its own, as it were."""
    cache = Compiled.somewhere(options)
    made = Environment(autoescape=True, loader=DictLoader({"page": source}), bytecode_cache=cache)
    return made.get_template("page").render(name="ZTE")


def test_what_was_compiled_is_kept_and_printed_alike(tmp_path: Path) -> None:
    assert printed("{{ name }}!") == "ZTE!"
    (file,) = kept(tmp_path)
    content, written = file.read_bytes(), file.stat().st_mtime_ns
    assert printed("{{ name }}!") == "ZTE!"
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (content, written)
    assert file.parent.stat().st_mode & 0o077 == 0  # Nobody else can put anything there.


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    assert printed("{{ name }}!") == "ZTE!"
    assert printed("{{ name }}?") == "ZTE?"
    assert len(kept(tmp_path)) == 1


def test_what_is_compiled_with_other_options_lies_apart(tmp_path: Path) -> None:
    printed("{{ name }}", "usual")
    printed("{{ name }}", "others")
    assert len(kept(tmp_path)) == 2


def test_a_folder_that_others_can_write_to_is_not_used(tmp_path: Path) -> None:
    printed("{{ name }}!")
    (file,) = kept(tmp_path)
    file.parent.chmod(0o777)
    if Compiled.somewhere("usual"):
        assert file.parent.stat().st_mode & 0o077 == 0  # It was taken back first.
    assert printed("{{ name }}!") == "ZTE!"


def test_without_a_folder_templates_are_printed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Compiled.somewhere("usual")
    assert cache is not None
    monkeypatch.setattr(cache, "directory", str(tmp_path / "gone"))
    loader = DictLoader({"page": "{{ name }}"})
    made = Environment(autoescape=True, loader=loader, bytecode_cache=cache)
    assert made.get_template("page").render(name="ZTE") == "ZTE"
    (tmp_path / "file").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    assert Compiled.somewhere("usual") is None
