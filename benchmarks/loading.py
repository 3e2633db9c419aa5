"""Loading a table: against sqlite-utils, in memory and on disk."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from benchmarks.bars import FILE, LOAD, LOAD_MEMORY
from benchmarks.processes import Failed, Finished, run
from benchmarks.report import Line, Measured, changes_of, lines_of, versus
from benchmarks.rivals import datasette
from benchmarks.sample import middle, readable
from benchmarks.site import LOADING, Site

IN_TURN = 2
"""Loads of each program where two are compared."""


@dataclass(frozen=True, slots=True)
class Loads:
    """The loads of one site into an empty database each."""

    runs: Sequence[Finished]
    bytes: int
    """What the database takes on disk after the last one."""
    fault: str = ""
    """What the program said when it could not load, in its last line."""

    @property
    def ended(self) -> bool:
        return all(one.ended for one in self.runs)

    @property
    def problem(self) -> str:
        """Why the site cannot be served; blank where it can."""
        return (self.fault and f"failed: {self.fault}") or ("" if self.ended else _time(inf))

    @property
    def seconds(self) -> float:
        """The median; infinite where a load did not end in time."""
        return middle([_seconds(one) for one in self.runs])

    @property
    def memory(self) -> int:
        return max(one.memory for one in self.runs)


def load_in_turn(sites: Sequence[Site], times: int) -> Mapping[Site, Loads]:
    """Load each site so often: each once in turn, then each again."""
    runs: dict[Site, list[Finished]] = {site: [] for site in sites}
    faults = dict[Site, str]()
    for site in [*sites] * times:
        site.database.clear()
        try:
            runs[site].append(site.load())
        except Failed as error:
            faults[site] = (str(error).strip() or "without a word").splitlines()[-1].strip(" │")
    return {
        site: Loads([], 0, faults[site]) if site in faults else Loads(some, site.database.bytes())
        for site, some in runs.items()
    }


def insert(site: Site) -> Finished:
    """Load the same table with sqlite-utils, for Datasette to show. Raises Failed."""
    command = datasette.insert(datasette.database_of(site), site.data.with_name("companies.csv"))
    return run(command, site.folder / "insert.log", LOADING)


def lines(loads: Mapping[Site, Loads], theirs: Finished | None = None) -> Iterator[Line]:
    """The lines of loads that ran before; against sqlite-utils where that ran too."""
    seconds = {site: Measured(_time(one.seconds), one.seconds) for site, one in loads.items()}
    if theirs:
        other = _seconds(theirs)
        against = {
            site: Measured(f"{one.text} against {_time(other)}", versus(one.value, other))
            for site, one in seconds.items()
        }
        yield from lines_of(LOAD, against, times=True, changes=False)
    yield from changes_of("sourcebook load", seconds)
    memory = {site: _memory(one) for site, one in loads.items()}
    yield from lines_of(LOAD_MEMORY, memory)
    sizes = {site: _size(site, one) for site, one in loads.items() if one.ended}
    yield from lines_of(FILE, sizes)


def _seconds(finished: Finished) -> float:
    return finished.seconds if finished.ended else inf


def _time(seconds: float) -> str:
    return f"not finished within {LOADING:.0f} s" if seconds == inf else f"{readable(seconds)} s"


def _memory(loads: Loads) -> Measured:
    held = loads.memory / 10**6
    late = "" if loads.ended else f", when ended after {LOADING:.0f} s"
    return Measured(f"{readable(held)} MB{late}", held)


def _size(site: Site, loads: Loads) -> Measured:
    each = loads.bytes / site.companies
    return Measured(f"{readable(each)} bytes, {readable(loads.bytes / 10**6)} MB in all", each)
