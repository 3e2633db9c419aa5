"""A data set, its database, and the program on it: loaded by a command, served by another."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engines import NAMES, SQLITE, Database, empty_database
from benchmarks.processes import Failed, Finished, Running, run, serving
from benchmarks.programs import AFTER, Program

LOADING = 600.0
"""Seconds within which a load must end."""
UNDRAWN: Mapping[str, object] = {"page_memory": 0}
"""The setting by which no page is cached."""


@dataclass(frozen=True, slots=True)
class Site:
    """A data file of this many companies, loaded by one program into one database."""

    companies: int
    data: Path
    folder: Path
    """Where the logs go."""
    program: Program
    database: Database

    @property
    def engine(self) -> str:
        """The engine's name as it is printed."""
        return NAMES[self.database.engine]

    def load(self) -> Finished:
        """Load the data file. Raises Failed."""
        command = self.program.command("load", self.data, "--database", self.database.url)
        return run(command, self.folder / "load.log", LOADING, self.program.root)

    def serve(self, settings: Mapping[str, object]) -> AbstractContextManager[Running]:
        """The site on a free port, without following its files. Raises Failed."""
        command = self.program.command(
            *("serve", "--port", "{port}", "--data", self.data, "--database", self.database.url)
        )
        log, settings = self.folder / "serve.log", {"watch": "false", **settings}
        return serving(command, "/", log, settings, self.program.root)

    def export(self, form: str, limit: float) -> Path:
        """A file of everything loaded, in one of the program's formats. Raises Failed."""
        file = self.folder / f"exported-{form}"
        command = self.program.command("export", "--form", form, "--output", file)
        database = ("--database", self.database.url)
        if not run(
            [*command, *database], self.folder / "export.log", limit, self.program.root
        ).ended:
            raise Failed(f"the export took more than {limit:.0f} s")
        return file


@contextmanager
def sites(
    companies: int, data: Path, folder: Path, engines: Sequence[str], before: Program | None
) -> Iterator[Sequence[Site]]:
    """One data file for each program and engine, not loaded yet: that before, on SQLite, first."""
    every = [(before, SQLITE)] if before else []
    every += [(AFTER, engine) for engine in engines]
    with ExitStack() as opened:
        found = list[Site]()
        for program, engine in every:
            own = folder / f"{program.name}-{engine}"
            own.mkdir()
            database = opened.enter_context(empty_database(engine, own))
            found.append(Site(companies, data, own, program, database))
        yield found
