"""PostgreSQL servers of the tests' own: made, started, stopped and killed by them, on loopback."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.browser.serving import free_port

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
ABSENT = "no PostgreSQL here; on Debian: apt-get install postgresql"
UNPRIVILEGED = "postgres"
"""Who runs a server where the tests run as root, whom PostgreSQL refuses."""
SWIFT = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")
"""What a server whose data nobody will miss need not do."""
PATIENCE = 20


class Postgres:
    """One server with a folder of its own; its data go when it is removed."""

    def __init__(self, folder: Path | None = None, settings: Sequence[str] = SWIFT) -> None:
        self.folder = folder or _owned_folder()
        self.settings = settings
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def data(self) -> Path:
        """Where the server keeps its data."""
        return self.folder / "data"

    @property
    def host(self) -> str:
        """The host and port as a query of a database URL names them."""
        return f"host=127.0.0.1:{self.port}"

    def url(self, database: str = "postgres") -> str:
        """The URL of one of its databases."""
        return f"postgresql+psycopg://{UNPRIVILEGED}@127.0.0.1:{self.port}/{database}"

    def make(self) -> "Postgres":
        """Lay out the data of a new server."""
        who = ("-A", "trust", "-U", UNPRIVILEGED)
        self._run("initdb", "-D", self.data, *who, "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        return self

    def clone(self) -> "Postgres":
        """A standby of this server, not yet started, that follows it by streaming."""
        standby = Postgres(settings=self.settings)
        source = f"host=127.0.0.1 port={self.port} user={UNPRIVILEGED}"
        how = ("-R", "-X", "stream", "-c", "fast", "--no-sync")
        self._run("pg_basebackup", "-D", standby.data, "-d", source, *how)
        return standby

    def start(self) -> "Postgres":
        """Start, and wait until it answers. It ends with the tests, however they end."""
        options = (f"unix_socket_directories={self.folder}", "listen_addresses=127.0.0.1")
        command = [program("postgres"), "-D", str(self.data), "-p", str(self.port)]
        for option in (*options, *self.settings):
            command += ["-c", option]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - Debian's own programs
                ["/usr/bin/setpriv", *_as_whom(), "--pdeathsig=INT", *command],
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )
        self._wait()
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError:
                assert self._process is not None
                gone = self._process.poll() is not None or time.monotonic() > deadline
                assert not gone, (self.folder / "log").read_text(errors="replace")
                time.sleep(0.02)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Have a statement done outside any transaction."""
        with self._connect(database) as connection:
            connection.execute(statement)

    def ask(self, query: str, database: str = "postgres") -> object:
        """The one value that a query finds."""
        with self._connect(database) as connection:
            row = connection.execute(query).fetchone()
            assert row is not None
            return row[0]

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user=UNPRIVILEGED,
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def await_standby(self, has: str = "replay") -> None:
        """Wait until a standby has all that this server has written: replayed it, or flushed it."""
        there = f"{has}_lsn = pg_current_wal_insert_lsn()"
        behind = f"SELECT count(*) FROM pg_stat_replication WHERE {there}"
        deadline = time.monotonic() + PATIENCE
        while not self.ask(behind):
            assert time.monotonic() < deadline, "the standby does not follow"
            time.sleep(0.02)

    def await_replay(self) -> None:
        """Wait until this standby has replayed all that it has received."""
        done = "SELECT pg_last_wal_replay_lsn() = pg_last_wal_receive_lsn()"
        deadline = time.monotonic() + PATIENCE
        while not self.ask(done):
            assert time.monotonic() < deadline, "the standby does not replay"
            time.sleep(0.02)

    def follow_nobody(self) -> None:
        """Start a server that was killed as a standby of none: it shows what it had for ever."""
        (self.data / "standby.signal").touch()
        self.start()

    def promote(self) -> None:
        """Make a standby the primary, and wait until it is."""
        self.execute("SELECT pg_promote(true, 10)")

    def kill(self) -> None:
        """Let the server die at once, as by a loss of power, its connections with it."""
        self._signal(signal.SIGKILL, self._all())
        self._ended()

    def freeze(self) -> None:
        """Let it neither answer nor end, as a machine that hangs."""
        self._signal(signal.SIGSTOP, self._all())

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT, self._all())

    def stop(self) -> None:
        """End the server, and everything that it holds."""
        if self._process is not None and self._process.poll() is None:
            self.thaw()
            self._process.send_signal(signal.SIGQUIT)
            self._ended()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _ended(self) -> None:
        assert self._process is not None
        self._process.wait(PATIENCE)

    def _all(self) -> list[int]:
        """The server and every process that it started, itself first."""
        assert self._process is not None
        parent = self._process.pid
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
        return [parent, *map(int, children.split())]

    def _signal(self, number: signal.Signals, whom: Sequence[int]) -> None:
        for one in whom:
            try:
                os.kill(one, number)
            except ProcessLookupError:
                continue  # It ended by itself.

    def _run(self, name: str, *arguments: object) -> None:
        command = [program(name), *map(str, arguments)]
        if as_whom := _as_whom():
            command = ["/usr/bin/setpriv", *as_whom, *command]
        done = subprocess.run(  # noqa: S603 - Debian's own programs
            command, cwd=self.folder, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Pair:
    """A primary and its standby."""

    primary: Postgres
    standby: Postgres

    def url(self, query: str) -> str:
        """The URL of the database that both have, the primary named first."""
        hosts = f"{self.primary.host}&{self.standby.host}"
        return f"postgresql+psycopg://postgres@/postgres?{hosts}&{query}"

    def catch_up(self) -> None:
        """Wait until the standby holds what the primary holds."""
        self.primary.await_standby()


def program(name: str) -> str:
    """Where a program of the newest PostgreSQL is."""
    return str(INSTALLED[-1].with_name(name))


def _as_whom() -> list[str]:
    if os.geteuid():
        return []
    group = str(pwd.getpwnam(UNPRIVILEGED).pw_gid)
    return [f"--reuid={UNPRIVILEGED}", f"--regid={group}", "--clear-groups"]


def _owned_folder() -> Path:
    """A folder of the server's user; its path is short, since that of a socket must be."""
    folder = Path(tempfile.mkdtemp(prefix="sourcebook-"))
    if not os.geteuid():
        who = pwd.getpwnam(UNPRIVILEGED)
        os.chown(folder, who.pw_uid, who.pw_gid)
    return folder
