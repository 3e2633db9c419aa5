"""The files: the pages' data under the same addresses with another ending."""

from collections.abc import Iterable, Iterator

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, StreamingResponse

from app.api import reading
from app.api.sheets import (
    COMPANIES_HEADER,
    FIGURES_HEADER,
    company_row,
    figure_rows,
    write_csv,
)
from app.dependencies import Downloaded, DownloadSnap, Slugs, Snap
from app.profiles.answer import Answer
from app.profiles.company import Company
from app.profiles.filter import CompanyFilter
from app.store.listing import every_line
from app.store.profiles import answered_companies
from app.store.snapshot import Snapshot

router = APIRouter(include_in_schema=False)


def _download(pieces: Iterable[str], name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=headers)


def _answered(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[tuple[Answer, Company]]:
    for lines in every_line(snapshot, asked):
        yield from answered_companies(snapshot, lines)


def companies_csv(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[str]:
    """One row per company that the list shows, in its order."""
    rows = (company_row(company, answer) for answer, company in _answered(snapshot, asked))
    return write_csv(COMPANIES_HEADER, rows)


def figures_csv(snapshot: Snapshot, asked: CompanyFilter) -> Iterator[str]:
    """One row per figure of the same companies."""
    catalogue = snapshot.edition.catalogue
    rows = (row for _, one in _answered(snapshot, asked) for row in figure_rows(one, catalogue))
    return write_csv(FIGURES_HEADER, rows)


@router.get("/companies.csv")
def download_companies(snapshot: DownloadSnap, asked: Downloaded) -> Response:
    return _download(companies_csv(snapshot, asked.filter), "companies.csv")


@router.get("/figures.csv")
def download_figures(snapshot: DownloadSnap, asked: Downloaded) -> Response:
    return _download(figures_csv(snapshot, asked.filter), "figures.csv")


@router.get("/companies.json")
def companies_json(snapshot: DownloadSnap, asked: Downloaded) -> Response:
    whole = reading.read_all(snapshot, asked.filter)
    return JSONResponse(whole.model_dump(mode="json"))


@router.get("/companies/{slug}.json")
def company_json(snapshot: Snap, slug: str) -> Response:
    return JSONResponse(reading.read_company(snapshot, slug).model_dump(mode="json"))


@router.get("/compare.csv")
def download_comparison(snapshot: Snap, slugs: Slugs) -> Response:
    companies = reading.read_compared(snapshot, slugs)
    return _download(
        write_csv(COMPANIES_HEADER, (company_row(one, None) for one in companies)), "compare.csv"
    )


@router.get("/compare.json")
def comparison_json(snapshot: Snap, slugs: Slugs) -> Response:
    return JSONResponse(reading.read_comparison(snapshot, slugs).model_dump(mode="json"))
