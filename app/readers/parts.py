"""What goes into matching and what comes out: values only."""

from enum import StrEnum

from msgspec import Struct

from ..profiles.company import Company


class Part(Struct, frozen=True):
    """One company as one file tells it: the file's number, and the row where it begins."""

    file: int
    row: int
    company: Company


class Reason(StrEnum):
    """Why a person should look at some parts: only those of NAME were matched."""

    NAME = "matched by name alone"
    TWICE = "several companies of one file have this name"
    COUNTRY = "one name, and the countries differ"
    IDENTIFIER = "one name, and the identifiers differ"
    FORM = "one name, and the legal forms differ"
    SHARED = "several companies of one file are told to be this one"


class Seen(Struct, frozen=True):
    """A part as the review names it."""

    file: int
    row: int
    name: str


class Review(Struct, frozen=True):
    """Parts that a person should look at: matched where the reason is NAME, else left apart."""

    reason: Reason
    parts: tuple[Seen, ...]

    @property
    def matched(self) -> bool:
        return self.reason is Reason.NAME


class Matched(Struct, frozen=True):
    """The companies in the order of their first parts, and what is to be reviewed."""

    companies: tuple[Company, ...]
    review: tuple[Review, ...]
