"""The files: the pages' data under the same addresses with another ending."""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from ..web.dependencies import DownloadList, DownloadSnap, Slugs, Snap, Year
from . import exact, reading
from .columns import Listed, company_columns
from .exports import CSV, EXPORTS, JSON, Export, csv_pieces
from .routes import INVALID, PROBLEM
from .tables import Table
from .views import ListView

router = APIRouter(tags=["files"])
UNAVAILABLE: dict[int | str, dict[str, Any]] = {501: {**PROBLEM, "description": "Not offered here"}}


def _download(pieces: Iterator[bytes], name: str, media: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=media, headers=headers)


def _downloads(export: Export) -> Callable[..., Response]:
    """The route of an export."""

    def download(snapshot: DownloadSnap, asked: DownloadList) -> Response:
        pieces = export.write(snapshot, asked.filter)
        return _download(pieces, export.name, export.format.media)

    return download


def _responses(export: Export) -> dict[int | str, dict[str, Any]]:
    """What an export answers, besides problems with the query."""
    content: dict[str, Any] = {export.format.media: {}}
    found: dict[str, Any] = {"description": f"A file: {export.holds}", "content": content}
    if export.format is JSON:
        found["model"] = ListView
    return {200: found, **(UNAVAILABLE if export.format.library else {})}


def _offer(export: Export) -> None:
    """Answer under the export's name, and describe it."""
    router.add_api_route(
        f"/{export.name}",
        _downloads(export),
        name=export.name,
        summary=f"The whole list as {export.format.label}",
        description=f"The whole list of a filter, in its order: {export.holds}.",
        response_class=StreamingResponse,
        responses=_responses(export) | INVALID,
    )


for _export in EXPORTS:
    _offer(_export)


@router.get("/companies/{slug}.json", include_in_schema=False)
def company_json(snapshot: Snap, slug: str) -> Response:
    return exact.answer(reading.read_company(snapshot, slug))


@router.get("/compare.csv", include_in_schema=False)
def download_comparison(snapshot: Snap, slugs: Slugs, year: Year) -> Response:
    compared = map(Listed.of, reading.read_compared(snapshot, slugs, year))
    table = Table(company_columns(snapshot.version.catalogue), compared)
    return _download(csv_pieces(table), "compare.csv", CSV.media)


@router.get("/compare.json", include_in_schema=False)
def comparison_json(snapshot: Snap, slugs: Slugs, year: Year) -> Response:
    return exact.answer(reading.read_comparison(snapshot, slugs, year))
