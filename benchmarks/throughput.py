"""How many pages a second a server gives, by Debian's wrk in a process of its own."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.sample import middle

Key = TypeVar("Key")
ROUNDS, SECONDS, CONNECTIONS = 3, 3, 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Rate:
    """Pages a second, and the milliseconds that 99 of 100 of them kept to."""

    rate: float
    p99: float
    answers: int


def installed() -> bool:
    """Whether wrk is there."""
    return shutil.which("wrk") is not None


def drive(url: str, encoding: str, seconds: int = SECONDS) -> Rate:
    """One round. Raises ValueError where an answer was no page."""
    order = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s", "--latency"]
    order += ["-H", f"Accept-Encoding: {encoding}", url]
    told = subprocess.run(order, check=True, capture_output=True, text=True, timeout=seconds + 30)
    return read_rate(told.stdout)


def drive_each(urls: Mapping[Key, str], encoding: str) -> Mapping[Key, Rate]:
    """The median of some rounds for each server; they take turns, to have the same luck."""
    for url in urls.values():
        drive(url, encoding, seconds=1)
    rounds = [{name: drive(url, encoding) for name, url in urls.items()} for _ in range(ROUNDS)]
    return {name: _median([each[name] for each in rounds]) for name in urls}


def read_rate(report: str) -> Rate:
    """What a report of wrk says. Raises ValueError where an answer was no page."""
    rate = re.search(r"Requests/sec: +([\d.]+)", report)
    p99 = re.search(r"99% +([\d.]+)(us|ms|s)", report)
    answers = re.search(r"(\d+) requests in", report)
    if not (rate and p99 and answers) or "Non-2xx" in report or float(rate[1]) == 0:
        raise ValueError(f"wrk was not answered with pages:\n{report}")
    return Rate(float(rate[1]), float(p99[1]) * UNITS[p99[2]], int(answers[1]))


def _median(rates: list[Rate]) -> Rate:
    return Rate(
        middle([one.rate for one in rates]),
        middle([one.p99 for one in rates]),
        sum(one.answers for one in rates),
    )
