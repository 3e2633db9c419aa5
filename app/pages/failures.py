"""The pages of what went wrong, for people: what it was, and where to go from here."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

from fastapi import Request
from fastapi.responses import HTMLResponse

from ..errors import AppError, CompanyNotFound, HostLost, InvalidQuery, NoData, Suggestion
from ..links import company_url
from ..store.profiles import closest_names
from ..store.versions import Snapshot, Versions
from .listing import refused_list
from .rendering import pages_for

WORDS: Mapping[int, tuple[str, str]] = {
    404: ("No such page", "There is nothing under this address."),
    403: ("Not from elsewhere", "Only the pages of this site may ask for that."),
    405: ("That cannot be done here", "This address does not take such a request."),
    413: ("Too much at once", "What was sent is longer than this address takes."),
    500: ("Something went wrong", "The fault is ours. It was logged."),
}


def error_page(request: Request, error: AppError) -> HTMLResponse:
    """The page for an error of ours; for a refused filter the form as it was typed."""
    pages = pages_for(request)
    with ExitStack() as stack:
        snapshot = _snapshot(request, stack)
        if isinstance(error, InvalidQuery) and request.url.path == "/" and snapshot:
            typed = {key: request.query_params.getlist(key) for key in request.query_params}
            return refused_list(snapshot, typed, error.problems, pages)
        closest = error.closest if isinstance(error, CompanyNotFound) else ()
        problems = error.problems if isinstance(error, InvalidQuery) else ()
        return pages.page(
            "error",
            snapshot.version if snapshot else None,
            status=error.status,
            heading=error.title,
            message=str(error) if not problems else "",
            problems=problems,
            closest=_links(closest),
        )


def status_page(request: Request, status: int) -> HTMLResponse:
    """The page for a bare HTTP status; a mistyped address gets the closest names."""
    pages = pages_for(request)
    heading, message = WORDS.get(status, ("That did not work", "The request was refused."))
    with ExitStack() as stack:
        snapshot = _snapshot(request, stack) if status != 500 else None
        closest: Sequence[Suggestion] = ()
        if snapshot and status == 404:
            last = request.url.path.rstrip("/").rpartition("/")[2]
            closest = closest_names(snapshot, last.replace("-", " ")[:100])
        return pages.page(
            "error",
            snapshot.version if snapshot else None,
            status=status,
            heading=heading,
            message=message,
            problems=(),
            closest=_links(closest),
        )


def _snapshot(request: Request, stack: ExitStack) -> Snapshot | None:
    versions: Versions = request.app.state.versions
    try:
        return stack.enter_context(versions.open())
    except (NoData, HostLost):
        return None


def _links(closest: Sequence[Suggestion]) -> list[tuple[str, str]]:
    return [(company_url(one.slug), one.name) for one in closest]
