"""The page that documents the API: from the OpenAPI description, with real answers."""

from collections.abc import Callable, Iterator
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from msgspec import Struct

from ..api import exact, reading
from ..api.exports import EXPORTS
from ..api.views import View
from ..links import list_url
from ..profiles.answer import Range
from ..profiles.filter import CompanyFilter
from ..store.profiles import name_companies
from ..store.versions import Snapshot
from ..web.dependencies import ListRequest, Snap
from .rendering import Pages

router = APIRouter(include_in_schema=False)
SHOWN = 2400
"""Characters of an example that are printed."""


class Parameter(Struct, frozen=True, gc=False):
    """A parameter of an address."""

    name: str
    place: str
    description: str
    required: bool


class Endpoint(Struct, frozen=True, gc=False):
    """One address of the API with a call and its real answer."""

    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    example: str
    answer: str
    cut: bool
    errors: tuple[str, ...]


@router.get("/api", response_class=HTMLResponse)
def show_documentation(request: Request, snapshot: Snap, pages: Pages) -> HTMLResponse:
    endpoints = list(_endpoints(request.app.openapi(), snapshot))
    return pages.page(
        "api",
        snapshot.version,
        here="/api",
        endpoints=endpoints,
        files=[one for one in EXPORTS if one.offered],
        base=pages.origin,
    )


def _examples(snapshot: Snapshot) -> dict[str, tuple[str, Callable[[], View]]]:
    """A call of every address, on companies that are there."""
    slugs = tuple(one.slug for one in name_companies(snapshot, 2))
    asked = CompanyFilter(rd_share=Range(low=4 * 10**11), size=1)
    calls: dict[str, tuple[str, Callable[[], View]]] = {
        "/api/companies": (
            list_url(asked, path="/api/companies"),
            lambda: reading.read_page(snapshot, ListRequest(asked, None), "/api/companies"),
        ),
        "/api/measures": ("/api/measures", lambda: reading.read_measures(snapshot)),
        "/api/sources": ("/api/sources", lambda: reading.read_sources(snapshot)),
    }
    if len(slugs) == 2:
        calls["/api/companies/{slug}"] = (
            f"/api/companies/{slugs[0]}",
            lambda: reading.read_company(snapshot, slugs[0]),
        )
        calls["/api/compare"] = (
            f"/api/compare?c={slugs[0]}&c={slugs[1]}",
            lambda: reading.read_comparison(snapshot, slugs, None),
        )
    return calls


def _endpoints(description: dict[str, Any], snapshot: Snapshot) -> Iterator[Endpoint]:
    examples = _examples(snapshot)
    for path, methods in description["paths"].items():
        if path not in examples:
            continue
        operation = methods["get"]
        call, answer = examples[path]
        text = exact.pretty(answer())
        yield Endpoint(
            path,
            operation["description"],
            tuple(map(_parameter, operation.get("parameters", ()))),
            call,
            text[:SHOWN],
            len(text) > SHOWN,
            tuple(
                f"{status} {response['description']}"
                for status, response in operation["responses"].items()
                if status != "200"
            ),
        )


def _parameter(described: dict[str, Any]) -> Parameter:
    return Parameter(
        described["name"],
        described["in"],
        described.get("description", ""),
        described.get("required", False),
    )
