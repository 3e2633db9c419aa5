"""A data set, its database, and the real program on it: loaded by a command, served by another."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import Finished, Running, run, serving, sourcebook

LOADING = 600.0
"""Seconds within which a load must end."""
UNDRAWN: Mapping[str, object] = {"page_memory": 0}
"""The setting by which no drawn page is kept."""


@dataclass(frozen=True, slots=True)
class Site:
    """So many companies in a data file, and a folder for all that comes of it."""

    companies: int
    data: Path
    folder: Path

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'site.db'}"

    @property
    def rivals(self) -> Path:
        """The database in which others have the same companies."""
        return self.folder / "companies.db"

    @property
    def bytes(self) -> int:
        """What the database takes on disk."""
        return sum(file.stat().st_size for file in self.folder.glob("site.db*"))

    def load(self) -> Finished:
        """Load the data file. Raises Failed."""
        order = sourcebook("load", self.data, "--database", self.database)
        return run(order, self.folder / "load.log", LOADING)

    def serve(self, settings: Mapping[str, object]) -> AbstractContextManager[Running]:
        """The site on a port of its own, following no files. Raises Failed."""
        order = sourcebook(
            *("serve", "--port", "{port}", "--data", self.data, "--database", self.database)
        )
        return serving(order, "/", self.folder / "serve.log", {"watch": "false", **settings})
