"""Measures the running site against others and against its bars, and writes RESULTS.md."""

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
from benchmarks import loading, population, serving, six, throughput, undrawn
from benchmarks.asking import Refused
from benchmarks.processes import Failed
from benchmarks.report import SIX, Row, growth_rows, write
from benchmarks.rivals import datasette
from benchmarks.site import LOADING, Site

PARTS = ("pages", "loading", "serving")
SIZES = ("six", "10000", "100000", "1000000")
RESULTS = Path(__file__).parent / "RESULTS.md"
MISSING = "{} is missing; `make bench` installs it, see benchmarks/README.md"
Medians = dict[str, dict[int, float]]
"""Milliseconds of each kind of page, by the number of companies."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be measured."""

    sizes: Sequence[int]
    parts: Sequence[str]
    output: Path


def read_asked(words: Sequence[str] | None = None) -> Asked:
    """What the command line asks for; ends the program with words where it cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help=f"some of {','.join(SIZES)}")
    parser.add_argument("--only", type=_parts, default=PARTS, help=f"some of {','.join(PARTS)}")
    parser.add_argument("--output", type=Path, default=RESULTS, help="the file that is written")
    given = parser.parse_args(words)
    sizes = sorted(SIX if size == "six" else int(size) for size in given.sizes)
    return Asked(sizes, given.only, given.output)


def _sizes(text: str) -> Sequence[str]:
    sizes = [size.strip().replace("_", "") for size in text.split(",")]
    if not all(size == "six" or (size.isdigit() and int(size) >= 1000) for size in sizes):
        raise argparse.ArgumentTypeError("“six” or numbers from 1000 on, apart by commas")
    return sizes


def _parts(text: str) -> Sequence[str]:
    parts = [part.strip() for part in text.split(",")]
    if not set(parts) <= set(PARTS):
        raise argparse.ArgumentTypeError(f"some of {', '.join(PARTS)}, apart by commas")
    return parts


def measure(asked: Asked) -> Iterator[Row]:
    """All rows, in turn, and at the end the growth from the fewest companies to the most."""
    medians: Medians = defaultdict(dict)
    for size in asked.sizes:
        with TemporaryDirectory(prefix="sourcebook-bench-") as folder:
            rows = partial(_of_size, size, Path(folder), asked.parts, medians)
            yield from attempt("this size", size, rows)
    yield from growth_rows(medians)


def _of_size(size: int, folder: Path, parts: Sequence[str], medians: Medians) -> Iterator[Row]:
    if size == SIX:
        site = Site(SIX, ROOT / "data" / "companies.yaml", folder)
        site.load()
        yield from attempt("pages", SIX, lambda: six.rows(site)) if "pages" in parts else ()
        return
    site = Site(size, population.write(size, folder), folder)
    finished = site.load()
    if set(parts) != {"serving"}:
        inserted = loading.insert(site)
        yield from loading.rows(site, finished, inserted) if "loading" in parts else ()
    for part, make in _loaded(site, medians).items():
        if part in parts and finished.ended:
            yield from attempt(part, size, make)
        elif part in parts:
            yield Row(part, size, f"not loaded within {LOADING:.0f} s", nan)


def _loaded(site: Site, medians: Medians) -> Mapping[str, Callable[[], Iterable[Row]]]:
    def pages() -> Iterator[Row]:
        for row, sample in undrawn.rows(site):
            if sample:
                medians[row.what][site.companies] = sample.median
            yield row

    return {"serving": lambda: serving.rows(site), "pages": pages}


def attempt(part: str, companies: int, make: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """The rows of a part; one row tells of what failed in it, and the others go on."""
    try:
        yield from make()
    except (Failed, Refused, OSError, HTTPException, ValueError) as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[-1]
        yield Row(f"the rest of {part}", companies, f"failed: {said}", nan)


def main() -> None:
    """Measure what is asked for, tell of each row, and write the table."""
    asked = read_asked()
    if not datasette.installed():
        raise SystemExit(MISSING.format("Datasette"))
    if not throughput.installed() and SIX in asked.sizes:
        raise SystemExit(MISSING.format("wrk"))
    now, found = datetime.now(UTC), list[Row]()
    for row in measure(asked):
        print(" | ".join(row.cells), flush=True)
        found.append(row)
    sizes = ",".join("six" if size == SIX else str(size) for size in asked.sizes)
    words = f"make bench SIZES={sizes} ONLY={','.join(asked.parts)}"
    write(found, asked.output, now, words)


if __name__ == "__main__":
    main()
