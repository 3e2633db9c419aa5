"""Kills loads at random moments, and checks that the database then holds one whole version.

    python -m benchmarks.kills --engine sqlite --kills 200
    python -m benchmarks.kills --url postgresql+psycopg://loader@db1/empty --kills 20

Two data sets are loaded in turn into one database. Each load is killed, half of them at any moment
of it and half in its last third, where a version is published; by chance all its processes at once,
as in a loss of power, or the loading process alone, as for want of memory. After each kill
an export by a new process must be that of one of the two data sets, and so must every answer that
a server of the same database gives meanwhile. Ends with status 1 where one is not.
"""

import argparse
import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPException
from itertools import cycle
from pathlib import Path
from random import Random
from shutil import rmtree
from tempfile import mkdtemp
from threading import Event, Thread
from time import monotonic, perf_counter, sleep

from benchmarks import population
from benchmarks.asking import Client, Incomplete, Refused
from benchmarks.engines import NAMES, Database, empty_database
from benchmarks.processes import Failed, Running, run, serving
from benchmarks.programs import AFTER, Program
from benchmarks.site import UNDRAWN
from tests.browser.serving import environment

KILLS, COMPANIES = 200, 3_000
LATE = 2 / 3
"""The part of a load after which half of the kills fall."""
SLOWER = 1.02
"""How much longer the next load may take than thought, since loads that are killed do not tell."""
FORMS = ("companies.csv", "figures.csv")
"""Exports that together hold all that was loaded."""
QUESTIONS = (
    *("/api/companies?size=200&sort=-revenue", "/api/companies?revenue_min=10M&employees_min=50"),
    *("/api/companies?country=Germany&sort=name", "/api/companies?industry=Software"),
    *("/api/companies?q=b", "/api/sources"),
)
"""What a server is asked: orders, ranges, facets and a search, which no export needs."""
LIMIT = 600.0
"""Seconds for a load or an export."""
READING = 0.1
"""Seconds between two questions to the server."""
DYING = 20.0
"""Seconds within which the helpers of a killed load must have ended."""


class Torn(Exception):
    """A database that holds neither version whole, or a load that left something behind."""


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two data sets: its file, and digests of what must be found of it."""

    data: Path
    exports: Mapping[str, str]
    answers: Mapping[str, str]


@dataclass(slots=True)
class Outcome:
    """What the kills led to."""

    seconds: float
    """How long a load takes now: as the last one did that ended, and a little more by each kill."""
    old: int = 0
    new: int = 0
    in_time: int = 0
    """Loads that ended before they were to be killed; they count as no kill."""
    answers: int = 0
    """Answers of the server meanwhile, each that of one version."""
    moments: list[float] = field(default_factory=list)
    """When each kill fell, as a share of what the load takes."""

    @property
    def kills(self) -> int:
        return self.old + self.new

    def __str__(self) -> str:
        early = sum(moment < LATE for moment in self.moments)
        return (
            f"{self.kills} kills, {early} of them in the first two thirds of a load; one whole "
            f"version after each: the old one {self.old} times, the new one {self.new} times; "
            f"{self.in_time} loads ended before; {self.answers:,} answers meanwhile"
        )


class Trial:
    """Loads of two data sets into one database, killed; and the checks."""

    def __init__(
        self, url: str, folder: Path, companies: int = COMPANIES, program: Program = AFTER
    ) -> None:
        self.url, self.folder, self.program = url, folder, program
        self.companies = companies
        self.log = folder / "log"

    def write(self, seed: int) -> Path:
        """Write a data set, the same for the same seed, and return its data file."""
        own = self.folder / f"data-{seed}"
        own.mkdir(exist_ok=True)
        return population.write(self.companies, own, seed)

    def note(self, data: Path, port: int) -> Version:
        """Load a data set whole, and note what is found of it: by an export, and at a server."""
        self.load(data)
        answers = {path: digest_answer(port, path) for path in QUESTIONS}
        return Version(data, self.digest_exports(), answers)

    def load(self, data: Path) -> float:
        """Load a data set to its end, and return the seconds. Raises Failed, and Torn when late."""
        finished = run(self._loading(data), self.log, LIMIT, self.program.root)
        if not finished.ended:
            raise Torn(f"a load was not done in {LIMIT:.0f} s: something blocks it")
        return finished.seconds

    def _loading(self, data: Path) -> Sequence[object]:
        return self.program.command("load", data, "--database", self.url)

    def kill_load(self, data: Path, moment: float, *, everything: bool) -> float | None:
        """Start a load and kill it after so many seconds; the seconds it took if it ended before.

        Raises Torn where one of its processes outlives it, and Failed where it ended with a fault.
        """
        variables = environment() | {"PYTHONPATH": str(self.program.root)}
        began = perf_counter()
        with self.log.open("ab") as output:
            load = subprocess.Popen(
                [*map(str, self._loading(data))],
                cwd=self.folder,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            with suppress(subprocess.TimeoutExpired):
                load.wait(moment)
        finally:
            took = perf_counter() - began
            ended = load.poll() is not None
            with suppress(ProcessLookupError):
                kill = os.killpg if everything else os.kill
                kill(load.pid, signal.SIGKILL)
            load.wait()
        _await_end(load.pid)
        if ended and load.returncode:
            raise Failed(f"a load failed by itself: {self.log.read_text(encoding='utf-8')[-2000:]}")
        return took if ended else None

    def digest_exports(self) -> Mapping[str, str]:
        """Digests of all that a new process finds in the database, by the form of its export.

        The files stay until the next exports. Raises Failed where one fails or takes too long: what
        it wrote until then would look like a database that is not whole.
        """
        digests = dict[str, str]()
        for form in FORMS:
            file = self.folder / form
            command = self.program.command("export", "--form", form, "--output", file)
            command = (*command, "--database", self.url)
            if not run(command, self.log, LIMIT, self.program.root).ended:
                raise Failed(f"an export was not done in {LIMIT:.0f} s, so nothing is known of it")
            digests[form] = sha256(file.read_bytes()).hexdigest()
        return digests

    def serve(self, data: Path) -> AbstractContextManager[Running]:
        """A server of the database that makes every page anew, with data that it loads at first."""
        command = self.program.command(
            *("serve", "--port", "{port}", "--data", data, "--database", self.url)
        )
        log, settings = self.folder / "serve.log", {"watch": "false", **UNDRAWN}
        return serving(command, "/", log, settings, self.program.root)

    def find(self, versions: Sequence[Version]) -> Version:
        """The version that the database holds. Raises Torn where it is none of these, whole."""
        found = self.digest_exports()
        for version in versions:
            if version.exports == found:
                return version
        strange = [
            form for form in FORMS if found[form] not in {one.exports[form] for one in versions}
        ]
        again = "the same" if self.digest_exports() == found else "other"
        raise Torn(
            f"the exports are together those of neither version (by themselves: "
            f"{', '.join(strange) or 'none'}); a second export found {again}"
        )


def digest_answer(port: int, path: str) -> str:
    """A digest of what a server answers, apart from cursors. Raises Refused."""
    with closing(Client(port)) as client:
        found = json.loads(client.ask(path).body)
    for cursor in ("next", "prev"):
        found.pop(cursor, None)
    return sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


class Reader:
    """A reader who asks a server while loads are killed, and notes what is that of no version."""

    def __init__(self, port: int, versions: Sequence[Version]) -> None:
        self.port, self.versions = port, versions
        self.answers, self.faults, self.stop = 0, list[str](), Event()
        self.thread = Thread(target=self._read, daemon=True)

    def _read(self) -> None:
        for path in cycle(QUESTIONS):
            if self.stop.wait(READING):
                return
            try:
                found = digest_answer(self.port, path)
            except (OSError, HTTPException, Refused, Incomplete) as error:
                self.faults.append(f"{path}: {error!r}")
                continue
            self.answers += 1
            if found not in {one.answers[path] for one in self.versions}:
                self.faults.append(f"{path} was answered with what neither version holds")

    def __enter__(self) -> "Reader":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join(timeout=LIMIT)


def kill_loads(
    trial: Trial, kills: int, seed: int, parts: Callable[[], Sequence[str]] = tuple
) -> Outcome:
    """Kill so many loads into an empty database, and check it after each.

    `parts` names the files or schemas of the database, which must not grow in number. Raises Torn
    where something was lost, is mixed or was left behind, and Failed where a command fails.
    """
    chance = Random(seed)  # noqa: S311 - moments, no secrets
    files = [trial.write(number) for number in (1, 2)]
    with trial.serve(files[0]) as server:
        versions = [trial.note(data, server.port) for data in files]
        if versions[0].exports == versions[1].exports:
            raise ValueError("the two data sets are the same, so nothing can be told apart")
        outcome, usual = Outcome(trial.load(versions[-1].data)), parts()
        with Reader(server.port, versions) as reader:
            current = versions[-1]
            while outcome.kills < kills:
                current = _kill_once(trial, versions, current, outcome, chance)
                if outcome.in_time > 2 * kills + 10:
                    raise Torn("nearly every load ended before it was killed")
                if reader.faults:
                    raise Torn(reader.faults[0])
        for version in versions:  # The database takes whole loads as before.
            trial.load(version.data)
            if trial.find(versions) != version:
                raise Torn("a whole load after the kills did not show")
        if len(parts()) > len(usual):
            raise Torn(f"killed loads left something behind: {', '.join(parts())}")
        outcome.answers = reader.answers
    return outcome


def _kill_once(
    trial: Trial, versions: Sequence[Version], old: Version, outcome: Outcome, chance: Random
) -> Version:
    """Kill the load of the version that is not the current one, and return what is current then."""
    (new,) = (one for one in versions if one is not old)
    share = chance.uniform(LATE if outcome.kills % 2 else 0, 1)
    everything = chance.random() < 0.5
    took = trial.kill_load(new.data, share * outcome.seconds, everything=everything)
    found = trial.find(versions)
    if took:
        outcome.in_time += 1
        outcome.seconds = took
        if found is old:
            raise Torn("a load ended, and its version does not show")
        return found
    outcome.seconds *= SLOWER
    outcome.moments.append(share)
    outcome.old += found is old
    outcome.new += found is new
    return found


def _await_end(group: int) -> None:
    """Wait until no process of a group runs. Raises Torn where one goes on."""
    deadline = monotonic() + DYING
    while alive := [*_running(group)]:
        if monotonic() > deadline:
            for pid in alive:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            raise Torn(f"{len(alive)} processes outlived the load that started them")
        sleep(0.02)


def _running(group: int) -> Iterator[int]:
    """The processes of a group that run, not those that wait to be buried."""
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = status.read_text(encoding="utf-8").rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                yield int(status.parent.name)


@contextmanager
def _database(engine: str, url: str, folder: Path) -> Iterator[tuple[str, Database | None]]:
    """The URL to load into; what is known of the database where it is made here."""
    if url:
        yield url, None
        return
    with empty_database(engine, folder) as database:
        yield database.url, database


def main() -> None:
    """Kill loads, and print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.add_argument("--engine", choices=NAMES, default="sqlite")
    parser.add_argument("--url", default="", help="an empty database to use instead")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--companies", type=int, default=COMPANIES)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    folder = Path(mkdtemp(prefix="sourcebook-kills-"))
    try:
        with _database(given.engine, given.url, folder) as (url, database):
            parts = database.parts if database else tuple
            trial = Trial(url, folder, given.companies)
            outcome = kill_loads(trial, given.kills, given.seed, parts)
    except (Torn, Failed) as error:
        raise SystemExit(f"{error}\nSee the logs and data in {folder}") from error
    rmtree(folder)
    print(f"{given.url or NAMES[given.engine]}: {outcome}")


if __name__ == "__main__":
    main()
