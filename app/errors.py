"""The errors a person may meet: each carries its data, so that any door can word it.

Nothing here knows of HTTP beyond the status number an error stands for.
"""

from collections.abc import Sequence

from msgspec import Struct


class AppError(Exception):
    """Something the reader or the person who runs the site can act on."""

    status = 500
    title = "Something went wrong"
    retry_after: int | None = None
    """Seconds after which it is worth trying again; None where that would change nothing."""


class Fault(Struct, frozen=True):
    """One fault of a data file: where it stands, what was found, what would be right.

    `line` and `column` count from 1; `line` 0 means the file as a whole.
    """

    file: str
    line: int
    column: int
    company: str | None
    field: str | None
    message: str

    def __str__(self) -> str:
        where = self.file if not self.line else f"{self.file}:{self.line}:{self.column}"
        about = ", ".join(part for part in (self.company, self.field) if part)
        return f"{where}: {about}: {self.message}" if about else f"{where}: {self.message}"


class DataFaults(AppError):
    """Files that cannot be loaded as they are; `faults` lists every fault found."""

    title = "The data were refused"

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class NoData(AppError):
    """Asked before any data set was loaded."""

    status = 503
    title = "No data loaded yet"
    retry_after = 60

    def __init__(self) -> None:
        super().__init__("No data set has been loaded yet.")


class ClientGone(Exception):
    """The client closed its connection before it was answered."""


class QueryInterrupted(Exception):
    """A query was ended before it had its answer: by us, or by the database's time limit."""


class TookTooLong(AppError):
    """The queries of a page took longer than the time limit."""

    status = 503
    title = "That took too long"
    retry_after = 10

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        limit = "1 second" if seconds == 1 else f"{seconds} seconds"
        super().__init__(
            f"The answer was not found within {limit}, so nothing is shown. A filter that admits "
            "fewer companies is quicker; the same may work in a moment, when the site is less busy."
        )


class HostLost(Exception):
    """The connection to a database host was lost; another host, or the same later, may answer."""


class DatabaseAway(AppError):
    """No host of the database could be reached, after all retries."""

    status = 503
    retry_after = 60
    title = "Not to be reached just now"

    def __init__(self) -> None:
        super().__init__("The data cannot be reached just now. Please try again in a minute.")


class UnusableDatabase(AppError):
    """A database that Sourcebook must not write to, or cannot reach."""

    title = "The database cannot be used"


class ReadingEnded(AppError):
    """A process that read a part of a table ended before it was done."""

    title = "The data could not be loaded"

    def __init__(self) -> None:
        super().__init__("a process that read a part of the table ended too soon")


class FieldProblem(Struct, frozen=True):
    """One query field that could not be read: its name, what was given, what is accepted."""

    field: str
    given: str
    accepted: str


class InvalidQuery(AppError):
    """A query with at least one field that cannot be read."""

    status = 422
    title = "That cannot be searched for"

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.field}: {p.accepted}" for p in self.problems))


class Suggestion(Struct, frozen=True):
    """A company offered in place of one that was not found."""

    slug: str
    name: str


class CompanyNotFound(AppError):
    """No company has this slug; `closest` are the nearest names, best first."""

    status = 404
    title = "No such company"

    def __init__(self, slug: str, closest: Sequence[Suggestion] = ()) -> None:
        self.slug = slug
        self.closest = tuple(closest)
        super().__init__(f"No company is filed under “{slug}”.")


class CompanyMoved(AppError):
    """A company that was filed under this slug and is filed under another now."""

    status = 308
    title = "Filed under another name"

    def __init__(self, slug: str, present: str) -> None:
        self.slug = slug
        self.present = present
        super().__init__(f"What was filed under “{slug}” is filed under “{present}”.")


class SourceNotFound(AppError):
    """No source has this id."""

    status = 404
    title = "No such source"

    def __init__(self, source_id: str) -> None:
        self.source_id = source_id
        super().__init__(f"No source is filed under “{source_id}”.")


class FormatUnavailable(AppError):
    """A file in a format that needs a library which is not installed here."""

    status = 501
    title = "Not offered here"

    def __init__(self, name: str, library: str, extra: str) -> None:
        self.name = name
        super().__init__(
            f"{name} needs {library}, which is not installed here; "
            f"pip install sourcebook[{extra}] brings it."
        )
