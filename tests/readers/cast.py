"""Data files of a small cast, and the reading of them."""

from datetime import date
from typing import TypeAlias

import pytest

from app.errors import DataFaults, Fault
from app.profiles.company import Company, Dataset, Head, Incoming
from app.profiles.figure import Figure
from app.readers.dataset import DataFile, read_dataset

TODAY = date(2026, 7, 1)
HEAD = """\
sources:
  gazette: {title: The Gazette, published: 2016-11-21}
  almanac: {title: The Almanac}
companies:
  - slug: alder
    name: Alder
    source: gazette
    locator: page 1
"""
"""A head and a company to which lines are added; the first of them is line 9."""

Told: TypeAlias = tuple[int, str | None, str]
"""Line, company and message of a fault."""


def files(*texts: str) -> list[DataFile]:
    """Data files named one.yaml, two.yaml and so on."""
    names = ("one.yaml", "two.yaml", "three.yaml")
    return [DataFile(name, text.encode()) for name, text in zip(names, texts, strict=False)]


def dataset(*texts: str) -> Dataset:
    """The data set that files make together."""
    return read_dataset(files(*texts), TODAY)


def faults(*texts: str) -> list[Fault]:
    """Everything that is wrong with files."""
    with pytest.raises(DataFaults) as refused:
        dataset(*texts)
    return list(refused.value.faults)


def told(*texts: str) -> list[Told]:
    """Everything that is wrong with files, in short."""
    return [(fault.line, fault.company, fault.message) for fault in faults(*texts)]


def with_lines(*lines: str) -> str:
    """The head, and lines of the company alder."""
    return HEAD + "".join(f"    {line}\n" for line in lines)


def company(*lines: str) -> Company:
    """The company alder with some lines more."""
    (only,) = dataset(with_lines(*lines)).companies
    return only


def figure(measure: str, *lines: str) -> Figure:
    """The headline of a measure of alder."""
    return company(*lines).headline(measure)


def whole(incoming: Incoming) -> Dataset:
    """A data set once it is all there."""
    given = {name: getattr(incoming.head, name) for name in Head.__struct_fields__}
    companies = tuple(incoming.companies)
    return Dataset(**given, companies=companies, remarks=tuple(incoming.remarks))
