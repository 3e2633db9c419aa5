"""Reading a large table in several processes: one reads records, others what they say."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue

import msgspec

from . import processes
from .processes import Process
from .profiles.company import Company
from .readers.batches import Batch, BatchReader, Said, Task
from .store.laying import Layer, lay_anew

MOST = 2
"""Processes that read: with one that writes down what they say no more are kept busy."""
AHEAD = 2
"""Batches that wait for each."""

_encode = msgspec.msgpack.Encoder().encode
_task = msgspec.msgpack.Decoder(Task).decode
_batch = msgspec.msgpack.Decoder(Batch).decode
_said = msgspec.msgpack.Decoder(list[Said]).decode


class Apart:
    """Processes that read. See `batches.Elsewhere`."""

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def read(self, task: Task, batches: Iterable[Batch]) -> Iterator[list[Said]]:
        """What the rows of each batch say, batch after batch. Raises ProcessEnded."""
        with ExitStack() as stack:
            idle: SimpleQueue[Process] = SimpleQueue()
            for _ in range(self.processes):
                idle.put(stack.enter_context(Process(__name__, "answer", _encode(task))))
            threads = stack.enter_context(ThreadPoolExecutor(self.processes, "reading apart"))
            waiting: deque[Future[bytes]] = deque()
            for batch in batches:
                waiting.append(threads.submit(_ask, idle, _encode(batch)))
                if len(waiting) > self.processes * AHEAD:
                    yield _said(waiting.popleft().result())
            while waiting:
                yield _said(waiting.popleft().result())

    def pack_anew(self, content: bytes, filed: Company) -> bytes:
        """A packed company with slug and facets of another."""
        return lay_anew(content, filed)


def readers() -> Apart | None:
    """As many processes as this machine can keep busy; None where that is one."""
    told = hasattr(os, "sched_getaffinity")  # On Linux a process may have fewer than there are.
    cores = len(os.sched_getaffinity(0)) if told else os.cpu_count() or 1
    processes = min(cores, MOST)
    return Apart(processes) if processes > 1 else None


def _ask(idle: "SimpleQueue[Process]", asked: bytes) -> bytes:
    process = idle.get()
    try:
        process.tell(asked)
        return process.answer()
    finally:
        idle.put(process)


def answer() -> None:
    """Be a process that reads, until there is no more to read."""
    messages = processes.asked()
    if (first := next(messages, None)) is None:
        return
    reader = BatchReader(_task(first), lambda head: Layer(head).lay_up)
    for message in messages:
        processes.answer(_encode(reader.read(_batch(message))))
