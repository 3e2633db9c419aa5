"""Serving: one process that does everything, or several that serve what their parent loads."""

import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from functools import partial
from multiprocessing import parent_process
from threading import Thread

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from ..settings import Settings
from .request_limits import LimitedHttpProtocol

CONNECTIONS = 800
"""Connections of a process, idle ones included; requests on more are answered 503. With the files
of the database they stay below 1,024, which a process may have open by default.
"""
STARTING = 30
"""Seconds within which a worker must answer its parent. On a busy machine its start alone can take
more than uvicorn's 5, after which it would be killed and started again without end.
"""

CreateApp = Callable[..., ASGIApp]
"""Makes the application for settings; with `loads=False` one that loads no data."""
Loading = Callable[[Settings], AbstractContextManager[None]]
"""Loads the data files, and again when they change, until the block ends."""


def run_server(settings: Settings, create_app: CreateApp, loading: Loading) -> None:
    """Serve until a signal ends it; requests in progress are finished then.

    `create_app` must be importable by its name: worker processes import it.
    """
    if settings.workers == 1:
        with suppress(KeyboardInterrupt):  # A stack trace would say nothing to who pressed Ctrl+C.
            uvicorn.Server(_config(settings, create_app(settings))).run()
        return
    config = _config(settings, partial(_worker, settings, create_app))
    sockets = [config.bind_socket()]
    with loading(settings):
        Multiprocess(config, sockets).run()


def _config(settings: Settings, app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        factory=settings.workers > 1,
        workers=settings.workers,
        host=settings.host,
        port=settings.port,
        http=LimitedHttpProtocol,
        server_header=False,
        access_log=settings.access_log,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=STARTING,
    )


def _worker(settings: Settings, create_app: CreateApp) -> ASGIApp:
    log_to_stderr()
    Thread(target=_end_with_parent, daemon=True).start()
    return create_app(settings, loads=False)


def _end_with_parent() -> None:
    """End this process when its parent ends: a killed parent cannot, and the port stays in use."""
    if parent := parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def log_to_stderr() -> None:
    """Write this process's log to the standard error output."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s", stream=sys.stderr)
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
