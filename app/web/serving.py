"""Serving: one process that does all, or several that serve what their parent loads."""

import logging
import os
import signal
import sys
from contextlib import suppress
from functools import partial
from multiprocessing import parent_process
from threading import Thread

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from ..main import create_app, load_and_follow
from ..settings import Settings
from .request_limits import LimitedHttpProtocol

CONNECTIONS = 800
"""Connections of a process, idle ones included; whoever comes after them is told 503. It fits the
1,024 files that a process may have open by default.
"""
STARTING = 30
"""Seconds within which a worker must answer its parent: on a machine that is busy its start alone
was seen to take more than uvicorn's 5, and it was killed and started anew without end.
"""


def run_server(settings: Settings) -> None:
    """Serve until told to stop; then what is being answered is answered."""
    if settings.workers == 1:
        with suppress(KeyboardInterrupt):  # It is the wish of whoever pressed it.
            uvicorn.Server(_config(settings, create_app(settings))).run()
        return
    config = _config(settings, partial(_worker, settings))
    sockets = [config.bind_socket()]
    with load_and_follow(settings):
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


def _worker(settings: Settings) -> FastAPI:
    log_to_stderr()
    Thread(target=_end_with_parent, daemon=True).start()
    return create_app(settings, loads=False)


def _end_with_parent() -> None:
    """A parent that was killed can tell nobody; its children would hold the port for ever."""
    if parent := parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def log_to_stderr() -> None:
    """Have this process say what it does."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s", stream=sys.stderr)
    logging.getLogger("watchfiles").setLevel(logging.WARNING)
