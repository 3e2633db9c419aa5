"""Companies made of bounds, for the store alone: no file, no notation."""

from collections.abc import Sequence
from typing import TypeAlias

from app.profiles.company import Company, Dataset, Identifier, Source, Statement
from app.profiles.figure import Figure, State
from app.profiles.headline import complete
from app.profiles.interval import Interval
from app.profiles.measures import Catalogue, Kind, Measure

PERCENT = 10**10
BASES = Measure("bases", "Bases", Kind.COUNT, "bases", "Sites.")
CATALOGUE = Catalogue((BASES,))
NONE = "none yet"
"""Stands for a figure that is said not to exist yet."""

Known: TypeAlias = "int | str | Interval | None"


def figure(measure: str, known: int | str | Interval, currency: str = "USD") -> Figure:
    """A stated figure, or one that is none yet."""
    kind = CATALOGUE[measure].kind
    if isinstance(known, str):
        return Figure(measure, State.NONE, as_stated=known)
    interval = known if isinstance(known, Interval) else Interval.exactly(known)
    return Figure(
        measure,
        State.STATED,
        interval,
        currency if kind is Kind.MONEY else None,
        as_stated=str(known),
    )


def company(
    slug: str,
    *,
    name: str = "",
    aliases: Sequence[str] = (),
    industries: Sequence[str] = (),
    country: str | None = None,
    tags: Sequence[str] = (),
    identifiers: Sequence[Identifier] = (),
    formerly: Sequence[str] = (),
    statements: Sequence[Statement] = (),
    currency: str = "USD",
    **known: Known,
) -> Company:
    """A company with one stated figure for each measure that is given."""
    stated = [
        figure(measure, value, currency) for measure, value in known.items() if value is not None
    ]
    return Company(
        slug=slug,
        name=name or slug.title(),
        aliases=tuple(aliases),
        formerly=tuple(formerly),
        industries=tuple(industries),
        country=country,
        tags=tuple(tags),
        identifiers=tuple(identifiers),
        statements=tuple(statements),
        figures=complete(stated, CATALOGUE),
    )


def dataset(*companies: Company, sources: Sequence[Source] = (), digest: str = "d1") -> Dataset:
    """A data set of these companies."""
    return Dataset(
        title="Cast",
        companies=companies,
        sources=tuple(sources),
        catalogue=CATALOGUE,
        digest=digest,
    )


def more_than(low: int, high: int | None = None) -> Interval:
    """(low, high]"""
    return Interval(low, high, low_open=True, high_open=high is None)


def at_least(low: int) -> Interval:
    """[low, ∞)"""
    return Interval.at_least(low)
