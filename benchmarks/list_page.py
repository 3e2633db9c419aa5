"""How long the list's page takes to make: 50 rows and all charts, in this process, when warm."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event

from app.loading import Loader
from app.pages.listing import show_list
from app.pages.rendering import PageMaker, Renderer
from app.profiles.filter import CompanyFilter
from app.readers.inputs import gather
from app.settings import ROOT, Settings
from app.store.versions import Snapshot, reading
from app.web.dependencies import ListRequest
from app.web.request_context import RequestContext
from tests.made_up import made_up

ROUNDS = 200
SIX = ROOT / "data" / "companies.yaml"


class Clock:
    """Adds up the time that passes between starts and stops, in milliseconds."""

    def __init__(self) -> None:
        self.passed = self._since = 0.0

    def start(self, *_: object) -> None:
        self._since = perf_counter()

    def stop(self, *_: object) -> None:
        self.passed += (perf_counter() - self._since) * 1000

    def read(self) -> float:
        """What has passed, and begin anew."""
        passed, self.passed = self.passed, 0.0
        return passed


class TimedRenderer(Renderer):
    """A renderer whose time is taken."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(Settings())
        self.clock = clock

    def text(self, name: str, **view: Any) -> str:
        self.clock.start()
        printed = super().text(name, **view)
        self.clock.stop()
        return printed


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of many rounds."""

    rounds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.rounds)

    @property
    def p95(self) -> float:
        """What 95 of 100 rounds stay below. Needs two rounds."""
        return quantiles(self.rounds, n=20, method="inclusive")[-1]

    def __str__(self) -> str:
        return f"{self.median:.1f}, {self.p95:.1f} ms"


@contextmanager
def loaded(data: Path, folder: Path) -> Iterator[tuple[Snapshot, Clock]]:
    """A snapshot of a data file, and a clock of its statements."""
    url, clock = f"sqlite:///{folder / 'measured.db'}", Clock()
    loader = Loader(url, keep=1)
    loader.load(gather([data]))
    loader.close()
    event.listen(Engine, "before_cursor_execute", clock.start)
    event.listen(Engine, "after_cursor_execute", clock.stop)
    try:
        with reading(url) as versions, versions.open() as snapshot:
            yield snapshot, clock
    finally:
        event.remove(Engine, "before_cursor_execute", clock.start)
        event.remove(Engine, "after_cursor_execute", clock.stop)


def measure(data: Path, rounds: int = ROUNDS) -> Mapping[str, Taken]:
    """The times of the parts of the page and of all of it, in rounds after a few to warm up."""
    printing, whole = Clock(), Clock()
    pages = PageMaker(TimedRenderer(printing), RequestContext("http://localhost", "/", "", ""))
    asked = ListRequest(CompanyFilter(), None)
    taken: dict[str, list[float]] = {"SQL": [], "templates": [], "all": []}
    with TemporaryDirectory() as folder, loaded(data, Path(folder)) as (snapshot, statements):
        for turn in range(-5, rounds):
            whole.start()
            show_list(snapshot, asked, pages)
            whole.stop()
            clocks = zip(taken, (statements, printing, whole), strict=True)
            read = {part: clock.read() for part, clock in clocks}
            for part in taken if turn >= 0 else ():
                taken[part].append(read[part])
    return {part: Taken(tuple(each)) for part, each in taken.items()}


def lines(datasets: Sequence[Path], rounds: int = ROUNDS) -> Iterator[tuple[str, ...]]:
    """The rows of a table: a part, and its median and 95th percentile for each data set."""
    measured = [measure(data, rounds) for data in datasets]
    for part in measured[0]:
        yield (f"list page, {part}: median, 95 %", *(str(each[part]) for each in measured))


def main() -> None:
    """Print the times for the six companies and for 2,500 made-up ones."""
    with TemporaryDirectory() as folder:
        many = Path(folder) / "many.yaml"
        many.write_text(made_up(), encoding="utf-8")
        for part, six, thousands in lines((SIX, many)):
            print(f"{part}: {six} with six companies, {thousands} with 2,500")


if __name__ == "__main__":
    main()
