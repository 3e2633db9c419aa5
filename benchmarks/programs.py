"""The programs that are compared: this checkout, and another commit of it."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from app.settings import ROOT
from benchmarks.processes import Failed

CHECKOUTS = Path(__file__).parent / ".tools" / "before"
"""Worktrees of other commits, each with an environment of its own. Git ignores the folder."""


@dataclass(frozen=True, slots=True)
class Program:
    """A checkout of Sourcebook, and the interpreter of its environment."""

    name: str
    root: Path
    python: Path

    def command(self, *arguments: object) -> Sequence[object]:
        """The command line that runs its `sourcebook`."""
        return (self.python, self.python.with_name("sourcebook"), *arguments)


AFTER = Program("after", ROOT, Path(sys.executable))
"""This checkout as it is, with changes that are not committed."""


def check_out(revision: str, repository: Path = ROOT, folder: Path = CHECKOUTS) -> Program:
    """A commit in a worktree of its own, with the environment that its Makefile installs.

    Both are made once and reused for the same commit. Raises Failed where the revision is unknown,
    where the worktree was edited by hand, and where the environment cannot be installed.
    """
    commit = _run("git", "-C", repository, "rev-parse", "--verify", f"{revision}^{{commit}}")
    tree = folder / commit
    if not _is_checkout(tree, commit):
        rmtree(tree, ignore_errors=True)
        _run("git", "-C", repository, "worktree", "add", "--force", "--detach", tree, commit)
    if _run("git", "-C", tree, "status", "--porcelain", "--untracked-files=no"):
        raise Failed(f"{tree} was edited, so it is not {revision} any more: remove the folder")
    environment = tree / ".venv"
    _run("make", "--silent", "-C", tree, "VENV=.venv", ".venv/.run")
    return Program("before", tree, environment / "bin" / "python")


def describe(program: Program) -> str:
    """The commit of a program, and whether the files differ from it."""
    return _run("git", "-C", program.root, "describe", "--always", "--dirty")


def _is_checkout(tree: Path, commit: str) -> bool:
    """Whether a folder is a worktree of its own at this commit, not just a folder of ours."""
    if not (tree / ".git").exists():
        return False
    try:
        return _run("git", "-C", tree, "rev-parse", "HEAD") == commit
    except Failed:
        return False


def _run(*command: object) -> str:
    """What a command prints. Raises Failed with its error message."""
    done = subprocess.run([*map(str, command)], check=False, capture_output=True, text=True)
    if done.returncode:
        raise Failed((done.stderr or done.stdout).strip())
    return done.stdout.strip()
