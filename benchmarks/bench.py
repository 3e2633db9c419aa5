"""Measures the running site against others, its bars and an earlier commit; writes RESULTS.md."""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException
from math import nan
from pathlib import Path
from tempfile import TemporaryDirectory

from app.settings import ROOT
from benchmarks import loading, population, scoreboard, serving, six, throughput, undrawn
from benchmarks.asking import Incomplete, Refused
from benchmarks.bars import LOADING, PAGES, PARTS, SERVING, SIX
from benchmarks.engines import NAMES, engines_for
from benchmarks.loading import Loads
from benchmarks.processes import Failed
from benchmarks.programs import AFTER, Program, check_out
from benchmarks.report import FAILED, REFUSED, Line, Row, growth_rows, not_measured, write
from benchmarks.rivals import datasette
from benchmarks.site import Site, sites

SIZES = ("six", "2500", "70000", "1000000")
RESULTS = Path(__file__).parent / "RESULTS.md"
MISSING = "{} is missing; `make bench` installs it, see benchmarks/README.md"
Medians = dict[tuple[str, str], dict[int, float]]
"""Milliseconds of each kind of page on each engine, by the number of companies."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be measured."""

    sizes: Sequence[int]
    parts: Sequence[str]
    output: Path
    engines: Sequence[str] = ()
    """Blank for those that are right for each size."""
    before: str = ""
    """The commit to compare with; blank for none."""
    board: Path = scoreboard.FOLDER

    @property
    def command(self) -> str:
        """The words that ask for the same again."""
        sizes = ",".join("six" if size == SIX else str(size) for size in self.sizes)
        words = ["make bench", f"SIZES={sizes}", f"ONLY={','.join(self.parts)}"]
        words += [f"ENGINES={','.join(self.engines)}"] if self.engines else []
        words += [f"BEFORE={self.before}"] if self.before else []
        return " ".join(words)

    def engines_at(self, companies: int) -> Sequence[str]:
        return self.engines or engines_for(companies)


def read_request(words: Sequence[str] | None = None) -> Request:
    """The request of the command line; ends the program with a message where it cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help=f"some of {','.join(SIZES)}")
    parser.add_argument("--only", type=_parts, default=PARTS, help=f"some of {','.join(PARTS)}")
    parser.add_argument("--engines", type=_engines, default=(), help=f"some of {','.join(NAMES)}")
    parser.add_argument("--before", default="", help="a commit that is measured in turn")
    parser.add_argument("--scoreboard", type=Path, default=scoreboard.FOLDER, help="its tables")
    parser.add_argument("--output", type=Path, default=RESULTS, help="the file that is written")
    given = parser.parse_args(words)
    sizes = sorted(SIX if size == "six" else int(size) for size in given.sizes)
    rest = (given.engines, given.before, given.scoreboard.resolve())
    return Request(sizes, given.only, given.output, *rest)


def _sizes(text: str) -> Sequence[str]:
    sizes = [size.strip().replace("_", "") for size in text.split(",")]
    if not all(size == "six" or (size.isdigit() and int(size) >= 1000) for size in sizes):
        raise argparse.ArgumentTypeError("“six” or numbers from 1000 on, separated by commas")
    return sizes


def _some_of(known: Iterable[str], text: str) -> Sequence[str]:
    given = [part.strip() for part in text.split(",")]
    if not set(given) <= set(known):
        raise argparse.ArgumentTypeError(f"some of {', '.join(known)}, separated by commas")
    return given


_parts, _engines = partial(_some_of, PARTS), partial(_some_of, NAMES)


def measure(request: Request, before: Program | None) -> Iterator[Line]:
    """Every line, size by size, and at the end the growth from few companies to many."""
    medians: Medians = defaultdict(dict)
    for size in request.sizes:
        with TemporaryDirectory(prefix="sourcebook-bench-") as folder:
            some = partial(_of_size, size, Path(folder), request, before, medians)
            yield from attempt("this size", size, some)
    if LOADING in request.parts:
        with TemporaryDirectory(prefix="sourcebook-bench-") as folder:
            place = (request.board, Path(folder), request.engines, before)
            yield from attempt("the Scoreboard", 0, lambda: scoreboard.lines(*place))
    yield from growth_rows(medians)


def _of_size(
    size: int, folder: Path, request: Request, before: Program | None, medians: Medians
) -> Iterator[Line]:
    data = ROOT / "data" / "companies.yaml" if size == SIX else population.write(size, folder)
    with sites(size, data, folder, request.engines_at(size), before) as every:
        times = loading.IN_TURN if before and LOADING in request.parts else 1
        loads = loading.load_in_turn(every, times)
        needed = size != SIX and set(request.parts) != {SERVING}
        theirs = loading.insert(every[0]) if needed else None
        yield from _problems(loads)
        if LOADING in request.parts:
            yield from loading.lines({site: one for site, one in loads.items() if one.runs}, theirs)
        loaded = [site for site, one in loads.items() if not one.problem]
        if any(site.program == AFTER for site in loaded):
            for part, make in _loaded(size, loaded, medians).items():
                yield from attempt(part, size, make) if part in request.parts else ()


def _problems(loads: Mapping[Site, Loads]) -> Iterator[Row]:
    for site, one in loads.items():
        if one.problem:
            what = f"sourcebook load, {site.program.name}"
            yield Row(what, site.companies, site.engine, one.problem, nan, outcome=FAILED)


def _loaded(
    size: int, loaded: Sequence[Site], medians: Medians
) -> Mapping[str, Callable[[], Iterable[Line]]]:
    """What makes the lines of each part of loaded sites."""

    def pages() -> Iterator[Line]:
        for line, samples in undrawn.lines(loaded):
            for site, sample in samples.items():
                if site.program == AFTER and isinstance(line, Row):
                    medians[line.what, site.engine][size] = sample.median
            yield line

    if size == SIX:
        return {SERVING: lambda: serving.starts(loaded), PAGES: lambda: six.lines(loaded)}
    return {SERVING: lambda: serving.lines(loaded), PAGES: pages}


def attempt(part: str, companies: int, make: Callable[[], Iterable[Line]]) -> Iterator[Line]:
    """The lines of a part; one row says what failed in it, and the other parts go on."""
    what = f"the rest of {part}"
    try:
        yield from make()
    except Incomplete as error:
        yield Row(what, companies, "", f"refused: {error}", nan, outcome=REFUSED)
    except (Failed, Refused, OSError, HTTPException, ValueError) as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[-1]
        yield Row(what, companies, "", f"failed: {said}", nan, outcome=FAILED)


def main() -> None:
    """Measure what is requested, print each line, and write the tables.

    Ends with status 1 where a page said that something was left out.
    """
    request = read_request()
    if not datasette.installed():
        raise SystemExit(MISSING.format("Datasette"))
    if not throughput.installed() and SIX in request.sizes:
        raise SystemExit(MISSING.format("wrk"))
    try:
        before = check_out(request.before) if request.before else None
    except Failed as error:
        raise SystemExit(f"{request.before}: {error}") from error
    now, found = datetime.now(UTC), list[Line]()
    for line in measure(request, before):
        print(line.printed, flush=True)
        found.append(line)
    found += not_measured(found, request.sizes, request.parts, request.engines)
    write(found, request.output, now, request.command, before)
    refused = [row.measured for row in found if isinstance(row, Row) and row.outcome == REFUSED]
    if refused:
        raise SystemExit("\n".join(refused))


if __name__ == "__main__":
    main()
