"""The commit before: in a worktree with an environment of its own, made once and then reused."""

import subprocess
from pathlib import Path

import pytest

from benchmarks.processes import Failed
from benchmarks.programs import AFTER, Program, check_out, describe

MAKEFILE = """\
VENV := elsewhere
$(VENV)/.run:
\t@mkdir -p $(VENV)/bin && echo made >> ../made && touch $@
"""


def git(repository: Path, *words: str) -> str:
    who = ("-c", "user.name=Nobody", "-c", "user.email=nobody@localhost")
    command = ["git", "-C", str(repository), *who, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of two commits whose Makefile installs no more than a mark."""
    place = tmp_path / "repository"
    place.mkdir()
    git(place, "init", "--quiet")
    for name in ("first", "second"):
        (place / "Makefile").write_text(MAKEFILE, encoding="utf-8")
        (place / "name").write_text(name, encoding="utf-8")
        git(place, "add", ".")
        git(place, "commit", "--quiet", "-m", name)
    return place


def test_a_commit_is_checked_out_and_installed_once(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "checkouts"
    programs = [check_out("HEAD^", repository, folder) for _ in range(2)]
    assert programs[0] == programs[1] != AFTER
    root = folder / git(repository, "rev-parse", "HEAD^")
    assert programs[0] == Program("before", root, root / ".venv" / "bin" / "python")
    assert (root / "name").read_text(encoding="utf-8") == "first"
    assert (folder / "made").read_text(encoding="utf-8") == "made\n"
    assert describe(programs[0]) == git(repository, "describe", "--always", "HEAD^")
    assert check_out("HEAD", repository, folder).root != root
    assert programs[0].command("load")[1:] == (root / ".venv" / "bin" / "sourcebook", "load")


def test_a_worktree_whose_folder_was_removed_is_made_again(
    repository: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "checkouts"
    root = check_out("HEAD", repository, folder).root
    root.rename(tmp_path / "moved")
    root.mkdir()
    assert (check_out("HEAD", repository, folder).root / "name").exists()


def test_a_worktree_that_was_edited_is_refused(repository: Path, tmp_path: Path) -> None:
    folder = tmp_path / "checkouts"
    (check_out("HEAD", repository, folder).root / "name").write_text("edited", encoding="utf-8")
    with pytest.raises(Failed, match="was edited"):
        check_out("HEAD", repository, folder)


def test_a_commit_that_is_not_there_is_refused(repository: Path, tmp_path: Path) -> None:
    with pytest.raises(Failed, match="single revision"):
        check_out("nowhere", repository, tmp_path / "checkouts")
    assert not (tmp_path / "checkouts").exists()
