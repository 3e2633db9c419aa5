"""Errors for programs, as RFC 9457 problem details."""

from http import HTTPStatus

from fastapi.responses import JSONResponse

from ..errors import AppError, CompanyNotFound, InvalidQuery
from .exports import ENDINGS
from .views import ProblemView

MEDIA_TYPE = "application/problem+json"


def error_problem(error: AppError) -> JSONResponse:
    """An error of ours, with the fields at fault or the closest slugs."""
    problem = ProblemView(title=error.title, status=error.status, detail=str(error))
    if isinstance(error, InvalidQuery):
        fields = [
            {"field": one.field, "given": one.given, "accepted": one.accepted}
            for one in error.problems
        ]
        problem = problem.model_copy(update={"errors": fields})
    if isinstance(error, CompanyNotFound):
        problem = problem.model_copy(update={"closest": [one.slug for one in error.closest]})
    return _answer(problem)


def status_problem(status: int) -> JSONResponse:
    """A bare HTTP status."""
    phrase = HTTPStatus(status).phrase
    return _answer(ProblemView(title=phrase, status=status, detail=HTTPStatus(status).description))


def _answer(problem: ProblemView) -> JSONResponse:
    body = problem.model_dump(exclude_none=True)
    return JSONResponse(body, problem.status, media_type=MEDIA_TYPE)


def for_programs(path: str) -> bool:
    """Whether an address is read by programs: theirs are JSON errors, people's are pages."""
    return path.startswith("/api/") or path.endswith(ENDINGS) or path in PROBES


PROBES = frozenset({"/healthz", "/readyz"})
