"""Progress of a load: a bar on a terminal, elsewhere a plain line every few seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from ..readers.inputs import Told as ReadProgress
from ..store.load import Progress as WriteProgress

LINES_EVERY = 5.0
"""Seconds between two plain lines."""


@contextmanager
def show_progress(console: Console) -> Iterator[tuple[ReadProgress, WriteProgress]]:
    """Callbacks that show on a console how many rows were read, and how many companies written."""
    if console.is_terminal:
        with _Bars(console) as bars:
            yield bars.read, bars.written
    else:
        lines = _Lines(console)
        yield lines.read, lines.written


class _Bars:
    """A progress bar for each table, and one for the companies written."""

    def __init__(self, console: Console) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:,.0f} a second"),
            TimeElapsedColumn(),
        )
        self.progress = Progress(*columns, console=console)
        self.tasks: dict[str, tuple[TaskID, float]] = {}
        self.done = 0

    def __enter__(self) -> "_Bars":
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.progress.stop()

    def read(self, name: str, rows: int, share: float | None) -> None:
        """Show that `rows` rows of a table were read, a `share` of it if that is known."""
        if name not in self.tasks:
            task = self.progress.add_task(name, total=1.0, rows=0, rate=0.0)
            self.tasks[name] = (task, monotonic())
        task, began = self.tasks[name]
        rate = rows / max(monotonic() - began, 1e-3)
        self.progress.update(task, completed=share or 0.0, rows=rows, rate=rate)

    def written(self, companies: int) -> None:
        """Show that `companies` more companies were written."""
        self.done += companies
        self.read("written", self.done, None)


class _Lines:
    """A line every few seconds, for logs and pipes; a short load prints none."""

    def __init__(self, console: Console) -> None:
        self.console, self.last, self.done = console, monotonic(), 0
        self.began: dict[str, float] = {}

    def _line(self, what: str, words: str, rows: int) -> None:
        now = monotonic()
        began = self.began.setdefault(what, now)
        if now - self.last >= LINES_EVERY:
            self.last = now
            rate = rows / max(now - began, 1e-3)
            self.console.print(f"{words}, {rate:,.0f} a second", markup=False)

    def read(self, name: str, rows: int, share: float | None) -> None:
        """Show that `rows` rows of a table were read, a `share` of it if that is known."""
        part = f" ({share:.0%})" if share is not None else ""
        self._line(name, f"{name}: {rows:,} rows{part}", rows)

    def written(self, companies: int) -> None:
        """Show that `companies` more companies were written."""
        self.done += companies
        self._line("written", f"{self.done:,} companies written", self.done)
