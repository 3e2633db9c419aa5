"""Loading a table: against sqlite-utils, in memory and on disk."""

from collections.abc import Iterator
from math import inf

from benchmarks.processes import Finished, run
from benchmarks.report import Bar, Row, versus
from benchmarks.rivals import datasette
from benchmarks.sample import told
from benchmarks.site import LOADING, Site


def insert(site: Site) -> Finished:
    """Load the same table with sqlite-utils, for Datasette to show. Raises Failed."""
    order = datasette.insert(site.rivals, site.folder / "companies.csv")
    return run(order, site.folder / "insert.log", LOADING)


def rows(site: Site, ours: Finished, theirs: Finished) -> Iterator[Row]:
    """The rows of a load that ran before."""
    ratio = versus(_seconds(ours), _seconds(theirs))
    measured = f"{_told(ours)} against {_told(theirs)}"
    what = "sourcebook load, against sqlite-utils insert"
    yield Row(what, site.companies, measured, ratio, Bar(1.5, "times"), times=True)
    held = ours.memory / 10**6
    measured = f"{told(held)} MB against {told(theirs.memory / 10**6)} MB"
    measured += "" if ours.ended else f", when ended after {LOADING:.0f} s"
    yield Row("most memory of the load", site.companies, measured, held, Bar(400, "MB"))
    if ours.ended:
        size = site.bytes
        measured = f"{told(size / 10**6)} MB, {told(size / site.companies)} bytes a company"
        yield Row("file of the database", site.companies, measured, size)


def _seconds(finished: Finished) -> float:
    return finished.seconds if finished.ended else inf


def _told(finished: Finished) -> str:
    return (
        f"{told(finished.seconds)} s" if finished.ended else f"not finished within {LOADING:.0f} s"
    )
