"""The scripts that install Debian's packages: locked out or without apt, they say so and go on."""

import os
import subprocess
from pathlib import Path

import pytest

from app.settings import ROOT

WITHOUT = "No thing here: the tests skip. On Debian: sudo apt-get install thing\n"
pytestmark = pytest.mark.skipif(
    not Path("/etc/debian_version").exists(), reason="these scripts install on Debian alone"
)


def install(folder: Path, apt_get: str, *, root: bool = True) -> subprocess.CompletedProcess[str]:
    """Run the script where `apt-get` is this one; what it was told stands in `told`."""
    for name, lines in (("apt-get", apt_get), ("id", f"echo {0 if root else 1000}")):
        stub = folder / name
        stub.write_text(f'#!/bin/sh\necho "$@" >>{folder}/told\n{lines}\n', encoding="utf-8")
        stub.chmod(0o755)
    script = ROOT / "scripts" / "install-package.sh"
    return subprocess.run(  # noqa: S603 - the script under test
        ["/bin/sh", script, "no-such-program", "thing", "the tests", "the tests skip"],
        env={"PATH": f"{folder}:{os.environ['PATH']}", "PAUSE": "0"},
        capture_output=True,
        text=True,
        check=False,
    )


def told(folder: Path) -> list[str]:
    """What apt-get was told."""
    lines = (folder / "told").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line != "-u"]


def test_a_package_is_installed_and_its_lock_waited_for(tmp_path: Path) -> None:
    done = install(tmp_path, "")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Installing Debian's thing for the tests\n"
    assert told(tmp_path) == [
        "-qq -o DPkg::Lock::Timeout=120 update",
        "-qq -o DPkg::Lock::Timeout=120 install -y --no-install-recommends thing",
    ]


def test_a_lock_that_is_never_released_is_told_and_fails_nothing(tmp_path: Path) -> None:
    done = install(tmp_path, 'echo "E: Could not get lock" >&2; exit 100')
    assert done.returncode == 0
    assert done.stdout.endswith(WITHOUT)
    assert done.stderr == "E: Could not get lock\n" * 6
    assert len(told(tmp_path)) == 6


def test_who_may_not_install_is_told_how_to_get_it(tmp_path: Path) -> None:
    done = install(tmp_path, "", root=False)
    assert (done.returncode, done.stdout) == (0, WITHOUT)
    assert told(tmp_path) == []
