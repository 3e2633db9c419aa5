"""The application: its parts, its routes and its error handlers."""

import logging
import os
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, ExitStack, asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from .api import files, routes
from .api.exports import EXPORTS
from .api.problems import error_problem, for_programs, status_problem
from .errors import AppError, CompanyMoved
from .loading import Loader, following
from .pages import (
    about,
    chart_files,
    charts,
    compare,
    documentation,
    listing,
    profile,
    sitemap,
    sources,
    theme,
)
from .pages.failures import error_page, status_page
from .pages.rendering import STATIC, Renderer
from .settings import Settings, renamed_in_use
from .store.database import Database, open_database
from .store.versions import Versions
from .web.assets import Assets
from .web.dependencies import Slots
from .web.interruption import AnswerGoneClients
from .web.page_cache import PageCache, PageCacheMiddleware
from .web.retry import RetryOnHostLoss
from .web.security_headers import SecureHeaders
from .web.version_poller import VersionPoller

log = logging.getLogger("sourcebook")

ROUTERS = (
    files.router,  # Before the pages: an ending is no part of a slug.
    routes.router,
    routes.probes,
    listing.router,
    profile.router,
    compare.router,
    charts.router,
    chart_files.router,
    sources.router,
    about.router,
    documentation.router,
    sitemap.router,
    theme.router,
)
"""Every route, in the order in which they are matched."""


class Application(FastAPI):
    """FastAPI with security headers on every response, behind the page cache."""

    page_cache: PageCacheMiddleware | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond from the page cache if possible; a request through FastAPI takes far longer."""
        await (self.page_cache or self.answer)(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond without the page cache."""
        await super().__call__(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        return SecureHeaders(super().build_middleware_stack())

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document without FastAPI's model of a 422: ours are problem details."""
        if self.openapi_schema is None:
            described = super().openapi()
            for methods in described["paths"].values():
                for operation in methods.values():
                    if "HTTPValidationError" in str(operation["responses"].get("422")):
                        del operation["responses"]["422"]
            for unused in ("HTTPValidationError", "ValidationError"):
                described["components"]["schemas"].pop(unused, None)
        return super().openapi()


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the data files, and again when they change, unless another process does that."""
    settings: Settings = app.state.settings
    poller: VersionPoller = app.state.poller
    with ExitStack() as opened:
        opened.callback(app.state.versions.close)
        if app.state.loads:
            opened.enter_context(load_and_follow(settings))
        if settings.page_memory:
            poller.start()
            opened.callback(poller.close)
        yield


def load_and_follow(settings: Settings) -> AbstractContextManager[None]:
    """Load the data files and, until the block ends, load them again after a change."""
    for remark in renamed_in_use():
        log.warning("%s", remark)
    loader = Loader(
        settings.database,
        settings.keep_versions,
        settings.write_database,
        memory=settings.duckdb_memory,
        threads=duckdb_threads(settings),
    )
    return following(loader, settings.data, watch=settings.watch)


def database_of(settings: Settings) -> Database:
    """The database that pages are served from."""
    return open_database(
        settings.database,
        seconds=settings.query_seconds,
        memory=settings.duckdb_memory,
        threads=duckdb_threads(settings),
    )


def duckdb_threads(settings: Settings) -> int:
    """Threads of DuckDB in one serving process."""
    return settings.duckdb_threads or max(1, (os.cpu_count() or 1) // settings.workers)


def create_app(settings: Settings | None = None, *, loads: bool = True) -> FastAPI:
    """The application for settings, by default those of the environment.

    With `loads=False` it serves what another process loads into the same database.
    """
    settings = settings or Settings()
    app = Application(
        title="Sourcebook",
        version="1",
        summary="Company profiles: every figure an interval with its source.",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.loads = loads
    app.state.versions = Versions(database_of(settings))
    app.state.poller = poller = VersionPoller(app.state.versions.number)
    if settings.page_memory:
        cache, by_host = PageCache(settings.page_memory), not settings.public_url
        app.page_cache = PageCacheMiddleware(
            app.answer, lambda: poller.known, cache, by_host=by_host
        )
    app.state.renderer = Renderer(settings)
    app.state.slots = Slots()
    for media in {one.format.media for one in EXPORTS if one.format.text}:
        add_compress_type(media.partition(";")[0])
    app.add_middleware(AnswerGoneClients)
    app.add_middleware(RetryOnHostLoss, refuse=answer_error)
    # Brotli at 6 is about a tenth smaller than gzip or zstd, and as fast, on pages like ours.
    app.add_middleware(CompressMiddleware, zstd=False, brotli_quality=6, gzip_level=6)
    app.mount("/static", Assets(STATIC), name="static")
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(CompanyMoved, answer_moved)
    app.add_exception_handler(AppError, answer_error)
    app.add_exception_handler(HTTPException, answer_status)
    app.add_exception_handler(RequestValidationError, answer_status)
    app.add_exception_handler(Exception, answer_status)
    return app


def answer_moved(request: Request, error: Exception) -> Response:
    """Redirects to the same address with the present slug: page, file or API, with its query."""
    assert isinstance(error, CompanyMoved)
    folder, _, last = request.url.path.rpartition("/")
    ending = last.removeprefix(error.slug)
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{folder}/{error.present}{ending}{query}", 308)


def answer_error(request: Request, error: Exception) -> Response:
    """Responds to an AppError: with a page for people, problem details for programs."""
    assert isinstance(error, AppError)
    programs = for_programs(request.url.path)
    answer: Response = error_problem(error) if programs else error_page(request, error)
    if error.retry_after is not None:
        answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def answer_status(request: Request, error: Exception) -> Response:
    """Responds to any other error by its status; its details are in the log only."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    status = 422 if isinstance(error, RequestValidationError) else status
    programs = for_programs(request.url.path)
    answer: Response = status_problem(status) if programs else status_page(request, status)
    if isinstance(error, HTTPException) and error.headers:
        answer.headers.update(error.headers)  # A 405 names what is allowed.
    return answer
