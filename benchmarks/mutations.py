"""How strong the tests are: breaks the code at places drawn by seed, and lists what they notice.

Works in a temporary copy of a commit's tree with an environment of its own; see README.md.
"""

import argparse
import os
import resource
import signal
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final
from xml.etree import ElementTree

from app.settings import ROOT
from benchmarks.breaks import Break, find_breaks


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the program: how many breaks are drawn in it, and where its tests are."""

    folder: str
    quota: int
    tests: Sequence[str]


AREAS: Final = (
    Area("app/store", 20, ("tests/store", "tests/test_loading.py", "tests/api", "tests/pages")),
    Area("app/profiles", 15, ("tests/profiles", "tests/readers", "tests/store", "tests/pages")),
    Area("app/readers", 15, ("tests/readers", "tests/test_cli.py", "tests/test_loading.py")),
    Area("app/pages", 10, ("tests/pages", "tests/api", "tests/test_walkthrough.py")),
)
LEFT_OUT: Final = ("postgres", "hosts", "replica")
"""Modules and tests with one of these in their name need PostgreSQL, which is too slow here."""
TIMES: Final = 5
"""A broken run that takes so many times the processor time of a sound one counts as noticed."""
SPARE: Final = 30
"""Seconds that every run may take beside its tests: starting, importing, collecting."""
NOTHING_TO_RUN: Final = 5
"""What pytest exits with where all tests are left out."""
HANGING: Final = 20
"""As many times the allowed processor time a run may take by the clock."""
MOST_MEMORY: Final = 6 << 30
"""Bytes that a test process may allocate, since a bound may be what is broken."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A break of one module of an area."""

    area: Area
    path: str
    change: Break


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a break was noticed, and by what."""

    noticed: bool
    by: str


@dataclass(frozen=True, slots=True)
class Ran:
    """A run of tests: its exit code, below zero where it was ended, and which failed."""

    code: int
    failed: Sequence[str]

    @property
    def why(self) -> str:
        """Why a run ended in which no test failed."""
        if self.code < 0:
            return f"more than {TIMES} times as long, or ended by signal {-self.code}"
        return f"pytest exit code {self.code}"


def draw(tree: Path, area: Area, seed: int) -> list[Mutant]:
    """The breaks of an area: the same for the same tree and seed, kinds in turn."""
    kinds: dict[str, list[Mutant]] = defaultdict(list)
    for path in sorted((tree / area.folder).rglob("*.py")):
        name = path.relative_to(tree).as_posix()
        if not _left_out(path):
            for change in find_breaks(path.read_text(encoding="utf-8")):
                kinds[change.kind].append(Mutant(area, name, change))
    random = Random(f"{seed} {area.folder}")  # noqa: S311 - repeatable by design
    for kind in sorted(kinds):
        random.shuffle(kinds[kind])
    drawn: list[Mutant] = []
    while len(drawn) < area.quota and any(kinds.values()):
        drawn += [kinds[kind].pop() for kind in sorted(kinds) if kinds[kind]]
    return sorted(drawn[: area.quota], key=lambda one: (one.path, one.change.line))


def list_tests(tree: Path, area: Area) -> list[str]:
    """The test files of an area, those of its own folder first."""
    return [
        file.relative_to(tree).as_posix()
        for place in area.tests
        for file in [tree / place, *sorted((tree / place).rglob("test_*.py"))]
        if file.is_file() and not _left_out(file)
    ]


def _left_out(file: Path) -> bool:
    return any(word in file.stem for word in LEFT_OUT)


def stages(tree: Path, area: Area, path: str) -> list[list[str]]:
    """The test files of an area in the order to run for a module: nearest, its folder, the rest."""
    files = list_tests(tree, area)
    module = path.removesuffix(".py").replace("/", ".")
    package, _, name = module.rpartition(".")
    imports = (f"from {module} import", f"from {package} import {name}")
    nearest = [
        file
        for file in files
        if Path(file).stem == f"test_{name}"
        or any(words in (tree / file).read_text(encoding="utf-8") for words in imports)
    ]
    own = [file for file in files if file.startswith(area.tests[0]) and file not in nearest]
    rest = [file for file in files if file not in {*nearest, *own}]
    return [stage for stage in (nearest, own, rest) if stage]


@dataclass(frozen=True, slots=True)
class Bench:
    """A copy of a commit's tree, and what its tests do there while nothing is broken."""

    tree: Path
    seconds: dict[str, float] = field(default_factory=dict)
    """What each test file takes."""
    unsteady: set[str] = field(default_factory=set)
    """Tests that fail on sound code, as those of processes may on a busy machine: left out."""

    def measure(self, area: Area) -> None:
        """Run the tests of an area on the sound code."""
        report = self.tree / "durations.xml"
        ran = self._pytest(list_tests(self.tree, area), 3600, f"--junitxml={report}")
        self.unsteady.update(ran.failed)
        for case in ElementTree.parse(report).iter("testcase"):  # noqa: S314 - written just now
            module = case.get("classname", "").replace(".", "/") + ".py"
            self.seconds[module] = self.seconds.get(module, 0) + float(case.get("time", 0))

    def judge(self, mutant: Mutant) -> Verdict:
        """Whether any test fails on the broken code that passes on the sound one."""
        for files in stages(self.tree, mutant.area, mutant.path):
            limit = TIMES * (sum(self.seconds.get(one, 0) for one in files) + SPARE)
            while (ran := self._run_broken(mutant, files, limit)).code:
                again = self._pytest(ran.failed, limit) if ran.failed else Ran(0, ())
                if not again.failed:
                    return Verdict(noticed=True, by=" ".join(ran.failed) or ran.why)
                self.unsteady.update(again.failed)
        return Verdict(noticed=False, by="")

    def _run_broken(self, mutant: Mutant, files: Sequence[str], limit: float) -> Ran:
        """Break the code, run the tests until one fails, and mend the code again."""
        file = self.tree / mutant.path
        sound, stamp = file.read_bytes(), file.stat()
        file.write_text(mutant.change.source, encoding="utf-8")
        try:
            return self._pytest(files, limit, "--exitfirst")
        finally:
            file.write_bytes(sound)
            os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    def _pytest(self, tests: Sequence[str], limit: float, *more: str) -> Ran:
        """A run on SQLite of at most so many seconds of processor time."""
        python = self.tree / ".venv" / "bin" / "python"
        options = ("-q", "-p", "no:cacheprovider", "-k", "not postgresql", *more)
        left_out = [f"--deselect={one}" for one in sorted(self.unsteady)]
        with (self.tree / "output.txt").open("w+", encoding="utf-8") as output:
            process = subprocess.Popen(
                [python, "-m", "pytest", *options, *left_out, *tests],
                cwd=self.tree,
                env=_environment(),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: _bound(limit),  # noqa: PLW1509 - this process has no threads
            )
            code = _wait(process, limit * HANGING)
            output.seek(0)
            lines = output.read().splitlines()
        failed = [one for one in lines if one.startswith(("FAILED ", "ERROR "))]
        ids = tuple(one.split(maxsplit=1)[1].split(" - ")[0] for one in failed)
        return Ran(0 if code == NOTHING_TO_RUN else code, ids)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOURCEBOOK_")}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


def _bound(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def _wait(process: subprocess.Popen[bytes], seconds: float) -> int:
    """The exit code; below zero where it took too long. Ends what the tests left running."""
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def lay_out(commit: str, folder: Path) -> Bench:
    """The tree of a commit in a folder, with an environment made by its own Makefile."""
    tree = folder / "tree"
    tree.mkdir()
    packed = folder / "tree.tar"
    git = ("git", "-C", str(ROOT), "archive", "--output", str(packed), commit)
    subprocess.run(git, check=True)
    subprocess.run(["tar", "-xf", packed, "-C", tree], check=True)  # noqa: S607 - of the system
    subprocess.run(["make", "--quiet", ".venv/.test"], cwd=tree, check=True)  # noqa: S607
    return Bench(tree)


def rows(bench: Bench, areas: Sequence[Area], seed: int) -> Iterator[tuple[Mutant, Verdict]]:
    """Every break with its verdict."""
    for area in areas:
        drawn = draw(bench.tree, area, seed)
        bench.measure(area)
        for mutant in drawn:
            yield mutant, bench.judge(mutant)


def _cell(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return f"`{line if len(line) <= 70 else line[:69] + '…'}`"


def _print(bench: Bench, areas: Sequence[Area], seed: int) -> None:
    counts: Mapping[str, list[bool]] = defaultdict(list)
    print("| where | kind | before | after | noticed | by |\n|---|---|---|---|---|---|")
    for mutant, verdict in rows(bench, areas, seed):
        change = mutant.change
        counts[mutant.area.folder].append(verdict.noticed)
        cells = (
            *(f"{mutant.path}:{change.line}", change.kind, _cell(change.before)),
            *(_cell(change.after), "yes" if verdict.noticed else "**no**", verdict.by),
        )
        print(f"| {' | '.join(cells)} |", flush=True)
    print()
    for folder, noticed in counts.items():
        print(f"{folder}: {sum(noticed)} of {len(noticed)} noticed")


def main() -> None:
    """Draw, break, run, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutations", description=__doc__)
    parser.add_argument("--commit", default="HEAD", help="whose tree is broken")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other breaks")
    parser.add_argument("--only", help="one area: app/store, app/profiles, app/readers, app/pages")
    given = parser.parse_args()
    areas = [area for area in AREAS if given.only in (None, area.folder)]
    with TemporaryDirectory(prefix="mutations-") as folder:
        _print(lay_out(given.commit, Path(folder)), areas, given.seed)


if __name__ == "__main__":
    main()
