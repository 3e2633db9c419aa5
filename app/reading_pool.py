"""Reading one large table with several processes: this one reads records, others what they say."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread

from .errors import ReadingEnded
from .profiles.company import Company
from .readers.batches import Batch, BatchReader, Said, Task
from .store.load import packer
from .store.rows import repack

MOST = 2
"""Processes that read: one that writes cannot keep up with more."""
AHEAD = 2
"""Batches that wait for each."""


class ReadingPool:
    """Processes that read. See `readers.batches.Elsewhere`."""

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def read(self, task: Task, batches: Iterable[Batch]) -> Iterator[list[Said]]:
        """What the rows of each batch say, in order. Raises ReadingEnded where a process ends."""
        pool = ProcessPoolExecutor(self.processes, get_context("spawn"), _begin, (task,))
        with pool:
            waiting: deque[Future[list[Said]]] = deque()
            try:
                for batch in batches:
                    waiting.append(pool.submit(_read, batch))
                    if len(waiting) > self.processes * AHEAD:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            except BrokenProcessPool as error:
                raise ReadingEnded from error
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def pack_anew(self, content: bytes, filed: Company) -> bytes:
        """A packed company with slug and facets of another."""
        return repack(content, filed)


def reading_pool() -> ReadingPool | None:
    """As many processes as this machine can keep busy; None where that is one."""
    limited = hasattr(os, "sched_getaffinity")  # On Linux a process may have fewer than there are.
    cores = len(os.sched_getaffinity(0)) if limited else os.cpu_count() or 1
    processes = min(cores, MOST)
    return ReadingPool(processes) if processes > 1 else None


_reader: BatchReader
"""What this process reads with, once it is one of a pool."""


def _begin(task: Task) -> None:
    global _reader  # noqa: PLW0603 - a pool's process has one task
    Thread(target=_end_with_parent, daemon=True).start()
    _reader = BatchReader(task, packer)


def _read(batch: Batch) -> list[Said]:
    return _reader.read(batch)


def _end_with_parent() -> None:
    """A parent that was killed can tell nobody; its pool would wait for work for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
