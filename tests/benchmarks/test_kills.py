"""Loads that are killed: what is found afterwards is held against both versions."""

import sys
from pathlib import Path
from time import sleep

import pytest

from app.settings import ROOT
from benchmarks import kills
from benchmarks.kills import Reader, Torn, Trial, Version, digest_answer, kill_loads
from benchmarks.processes import Failed
from benchmarks.programs import AFTER, Program
from tests.benchmarks.canned import canned

FEW = 40
ANSWERS = dict.fromkeys(kills.QUESTIONS, b'{"total": 6, "next": "/a"}')


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'site.db'}"


def test_killed_loads_leave_the_old_or_the_new_version(tmp_path: Path) -> None:
    outcome = kill_loads(Trial(url(tmp_path), tmp_path, FEW), kills=2, seed=1)
    assert (outcome.kills, len(outcome.moments)) == (2, 2)
    assert outcome.answers > 0


def test_a_database_of_another_version_is_told(tmp_path: Path) -> None:
    trial = Trial(url(tmp_path), tmp_path, FEW)
    one, other, third = (trial.write(seed) for seed in (1, 2, 3))
    versions = []
    for data in (one, other):
        trial.load(data)
        versions.append(Version(data, trial.digest_exports(), {}))
        assert trial.find(versions) is versions[-1]
    trial.load(third)
    with pytest.raises(Torn, match="neither version"):
        trial.find(versions)


def scripted(folder: Path, script: str) -> Trial:
    """A trial of a program that is this script, whatever its arguments."""
    (folder / "sourcebook").write_text(script, encoding="utf-8")
    python = folder / "python"
    python.symlink_to(sys.executable)
    return Trial("sqlite://", folder, FEW, Program("scripted", ROOT, python))


def test_a_helper_that_outlives_its_load_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kills, "DYING", 0.5)
    script = (
        "import subprocess, sys, time\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "time.sleep(60)\n"
    )
    trial = scripted(tmp_path, script)
    with pytest.raises(Torn, match="1 processes outlived"):
        trial.kill_load(tmp_path, 1.5, everything=False)
    assert trial.kill_load(tmp_path, 1.5, everything=True) is None


def test_a_load_that_ended_before_its_kill_is_known(tmp_path: Path) -> None:
    took = scripted(tmp_path, "").kill_load(tmp_path, 20, everything=True)
    assert took is not None
    assert 0 < took < 20


def test_a_load_that_fails_by_itself_is_told(tmp_path: Path) -> None:
    trial = scripted(tmp_path, "raise SystemExit('no room')")
    with pytest.raises(Failed, match="no room"):
        trial.kill_load(tmp_path, 20, everything=True)


def test_an_export_that_takes_too_long_is_no_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kills, "LIMIT", 0.5)
    trial = scripted(tmp_path, "import time; time.sleep(60)")
    (tmp_path / "companies.csv").write_text("begun", encoding="utf-8")
    with pytest.raises(Failed, match="nothing is known"):
        trial.digest_exports()


def test_parts_of_two_versions_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Trial(url(tmp_path), tmp_path, FEW)
    versions = [
        Version(tmp_path, {form: f"{name} {form}" for form in kills.FORMS}, {}) for name in "ab"
    ]
    mixed = {form: f"{name} {form}" for form, name in zip(kills.FORMS, "ab", strict=True)}
    monkeypatch.setattr(Trial, "digest_exports", lambda _: mixed)
    with pytest.raises(Torn, match="by themselves: none"):
        trial.find(versions)


def test_answers_are_compared_without_their_cursors() -> None:
    bodies = {"/a": b'{"total": 6, "next": "/b"}', "/b": b'{"total": 6}', "/c": b'{"total": 7}'}
    with canned(bodies) as (port, _):
        digests = [digest_answer(port, path) for path in bodies]
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize("fault", [False, True])
def test_a_reader_notes_answers_of_no_version(fault: bool) -> None:
    with canned(ANSWERS) as (port, requested):
        digest = "other" if fault else digest_answer(port, kills.QUESTIONS[0])
        version = Version(Path(), {}, dict.fromkeys(kills.QUESTIONS, digest))
        with Reader(port, [version]) as reader:
            while len(requested) < 4:
                sleep(0.01)
    assert bool(reader.faults) is fault
    assert reader.answers >= 2


def test_what_is_left_behind_is_told(tmp_path: Path) -> None:
    grown = iter([["site.db"], ["site.db", "site.db.part"], ["site.db", "site.db.part"]])
    trial = Trial(url(tmp_path), tmp_path, FEW)
    with pytest.raises(Torn, match=r"site\.db\.part"):
        kill_loads(trial, kills=0, seed=1, parts=lambda: next(grown))


def test_the_program_is_this_checkout_unless_another_is_given(tmp_path: Path) -> None:
    assert Trial(url(tmp_path), tmp_path, FEW).program == AFTER
