"""The JSON addresses under /api, and the two that tell a supervisor how the process is."""

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from ..errors import NoData
from ..web.dependencies import ApiList, Slugs, Snap, Year
from . import exact, reading
from .views import (
    CompaniesView,
    CompanyView,
    ListView,
    MeasuresView,
    ProblemView,
    SourcesView,
)

PROBLEM: dict[str, Any] = {"model": ProblemView, "content": {"application/problem+json": {}}}
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {**PROBLEM, "description": "No such company"}}
INVALID: dict[int | str, dict[str, Any]] = {422: {**PROBLEM, "description": "A bad field"}}

router = APIRouter(prefix="/api", tags=["data"])
probes = APIRouter(tags=["process"])


@router.get("/companies", responses=INVALID, response_model=ListView)
def list_companies(snapshot: Snap, asked: ApiList) -> Response:
    """Companies that a filter admits: yes first, then maybe, then those without a figure."""
    return exact.answer(reading.read_page(snapshot, asked, "/api/companies"))


@router.get("/companies/{slug}", responses=NOT_FOUND, response_model=CompanyView)
def show_company(snapshot: Snap, slug: str) -> Response:
    """One company with every figure. A former slug leads to the present one."""
    return exact.answer(reading.read_company(snapshot, slug))


@router.get("/compare", responses=NOT_FOUND | INVALID, response_model=CompaniesView)
def compare(snapshot: Snap, slugs: Slugs, year: Year) -> Response:
    """2 to 8 companies side by side, in the order given."""
    return exact.answer(reading.read_comparison(snapshot, slugs, year))


@router.get("/measures", response_model=MeasuresView)
def list_measures(snapshot: Snap) -> Response:
    """What can be said of every company, and how it is worked out."""
    return exact.answer(reading.read_measures(snapshot))


@router.get("/sources", response_model=SourcesView)
def list_sources(snapshot: Snap) -> Response:
    """The sources, and how much rests on each."""
    return exact.answer(reading.read_sources(snapshot))


@probes.get("/healthz")
def healthz() -> dict[str, str]:
    """Whether the process is up. It asks nothing of the database."""
    return {"status": "up"}


@probes.get("/readyz")
def readyz(request: Request) -> JSONResponse:
    """Whether data are loaded, and which version; 503 where there are none."""
    try:
        with request.app.state.versions.open() as snapshot:
            number = snapshot.version.number
            ready = {"status": "ready", "version": number, "generation": number}
            return JSONResponse(ready)
    except NoData:
        return JSONResponse({"status": "no data"}, 503)
