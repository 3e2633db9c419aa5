"""What is said of a company in words, each with where it stands; and the sources of a page."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from ..links import source_url
from ..profiles.company import About, Company, Source, Statement
from ..profiles.version import Version
from .citing import resting_on


class Said(Struct, frozen=True, gc=False):
    """A statement with where it stands."""

    text: str
    claim: bool
    number: int | None
    href: str | None
    locator: str | None


class Sayings(Struct, frozen=True, gc=False):
    """Statements about one thing, and the place where all of them stand, if it is one."""

    said: tuple[Said, ...]
    place: Said | None


class Cited(Struct, frozen=True, gc=False):
    """A source of the page, under the number that its marks bear."""

    number: int
    source: Source
    href: str


def said_of(company: Company, about: About, version: Version) -> Sayings:
    """The statements about one thing; where all stand in one place, it is named once."""
    said = tuple(_said(statement, version) for statement in company.said(about))
    places = {(one.href, one.locator, one.number) for one in said}
    if len(said) > 1 and len(places) == 1:
        return Sayings(tuple(replace(one, href=None) for one in said), said[0])
    return Sayings(said, None)


def _said(statement: Statement, version: Version) -> Said:
    number = version.source_number(statement.source)
    href = source_url(statement.source) if statement.source else None
    return Said(statement.text, statement.claim, number, href, statement.locator)


def sources_of(company: Company, version: Version) -> Iterator[Cited]:
    """The sources that the company's figures and statements rest on."""
    used = resting_on(company.figures)
    used |= {statement.source for statement in company.statements}
    for number, source in enumerate(version.sources, 1):
        if source.id in used:
            yield Cited(number, source, source_url(source.id))
