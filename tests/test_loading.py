"""Loading while readers read: a change is followed, a fault is refused, nobody is turned away."""

import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest
from starlette.testclient import TestClient

from app.loading import Loader
from app.main import create_app
from app.readers.inputs import gather
from app.settings import Settings
from app.store import load
from app.web.watcher import Watcher
from tests.browser.serving import Server, run, serving, start, wait_for
from tests.conftest import DATA_FILE
from tests.databases import database_url, versions_in
from tests.test_cli import FAULTY

SHIPPED = DATA_FILE.read_text(encoding="utf-8")
CHANGED = SHIPPED.replace("name: Huawei", "name: Huawei Two")
PATIENCE = 10


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "companies.yaml"
    path.write_text(SHIPPED, encoding="utf-8")
    return path


@pytest.fixture
def settings(file: Path, tmp_path: Path) -> Settings:
    return Settings(database=database_url(tmp_path, "served"), data=(file,))


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings)) as opened:
        time.sleep(0.5)  # The watcher starts on a thread of its own.
        yield opened


def version(client: TestClient) -> int:
    return int(client.get("/readyz").json()["version"])


def huawei(client: TestClient) -> str:
    return str(client.get("/api/companies/huawei").json()["name"])


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it does not come to pass"
        time.sleep(0.05)


@pytest.mark.parametrize("limits", [{}, {"duckdb_threads": 3, "duckdb_memory": "99MB"}])
def test_the_same_files_are_loaded_once(settings: Settings, limits: dict[str, object]) -> None:
    limited = settings.model_copy(update=limits)
    for _ in range(2):
        with TestClient(create_app(limited)) as client:
            time.sleep(0.5)  # The watcher calls once, too.
            assert (version(client), huawei(client)) == (1, "Huawei")


def test_a_changed_file_is_followed_and_every_reader_is_answered(
    client: TestClient, file: Path
) -> None:
    answers: list[int] = []
    done = Event()

    def ask() -> None:
        while not done.is_set():
            answers.append(client.get("/").status_code)

    reader = Thread(target=ask)
    reader.start()
    try:
        file.write_text(CHANGED, encoding="utf-8")
        until(lambda: huawei(client) == "Huawei Two")
    finally:
        done.set()
        reader.join()
    assert set(answers) == {200}


def test_a_broken_file_is_refused_and_logged_and_mending_it_heals(
    client: TestClient, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "sourcebook"):
        file.write_text("companies: [", encoding="utf-8")
        until(lambda: str(file) in caplog.text)
    assert (version(client), huawei(client)) == (1, "Huawei")
    file.write_text(CHANGED, encoding="utf-8")
    until(lambda: huawei(client) == "Huawei Two")


def test_a_file_replaced_by_a_rename_is_followed(client: TestClient, file: Path) -> None:
    fresh = file.with_name("fresh")
    fresh.write_text(CHANGED, encoding="utf-8")
    fresh.rename(file)
    until(lambda: huawei(client) == "Huawei Two")


def test_a_load_by_another_program_shows_at_once(
    client: TestClient, settings: Settings, tmp_path: Path
) -> None:
    other = tmp_path / "elsewhere" / "other.yaml"
    other.parent.mkdir()
    other.write_text(CHANGED, encoding="utf-8")
    loader = Loader(settings.database, 2)
    assert loader.load(gather([other])) == 2
    loader.close()
    assert huawei(client) == "Huawei Two"


def test_a_database_of_another_layout_is_rebuilt_from_the_files(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    unwatched = settings.model_copy(update={"watch": False})
    with monkeypatch.context() as older:
        older.setattr(load, "layout", lambda: "older")
        with TestClient(create_app(unwatched)) as client:
            assert client.get("/readyz").status_code == 503
    with TestClient(create_app(unwatched)) as client:
        assert (version(client), huawei(client)) == (2, "Huawei")


def written(number: int, companies: int = 0) -> str:
    """The shipped data with a number in every name, and some companies more."""
    text = SHIPPED.replace("    name: ", f"    name: Version{number} ")
    return text + "".join(
        f"  - {{slug: c{n}, name: Version{number} C{n}, source: collier-2016, founded: 1990,"
        f' revenue: "${n + 1}M", employees: {n + 1}, countries: 5}}\n'
        for n in range(companies)
    )


def versions_named(text: str) -> set[str]:
    return set(re.findall(r"Version\d+", text))


def shows(server: Server, number: int) -> bool:
    return f"Version{number} " in server.get("/companies/zte")[1]


def write_anew(file: Path, text: str) -> None:
    """Replace a file as careful editors do."""
    fresh = file.with_suffix(".fresh")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)


@pytest.fixture
def server(file: Path, tmp_path: Path) -> Iterator[Server]:
    """The real server on a file of the test's own."""
    file.write_text(written(1), encoding="utf-8")
    with serving(tmp_path, "--data", file, keep_versions=1) as opened:
        yield opened


def test_readers_of_the_real_server_never_fail_and_never_see_two_versions(
    server: Server, file: Path
) -> None:
    paths = ("/", "/companies.csv", "/api/companies", "/compare?c=zte&c=intel")
    seen: list[tuple[int, set[str]]] = []
    done = Event()

    def ask(path: str) -> None:
        while not done.is_set():
            status, text = server.get(path)
            seen.append((status, versions_named(text)))

    readers = [Thread(target=ask, args=(path,)) for path in paths]
    for reader in readers:
        reader.start()
    try:
        for number in (2, 3, 4):
            write_anew(file, written(number))
            wait_for(partial(shows, server, number), f"version {number} is served")
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert {status for status, _ in seen} == {200}
    assert {len(found) for _, found in seen} == {1}
    assert set().union(*(found for _, found in seen)) >= {"Version1", "Version2", "Version3"}


def test_the_real_server_reports_ten_faults_and_serves_on(server: Server, file: Path) -> None:
    write_anew(file, FAULTY)
    wait_for(lambda: "served on" in server.said(), "the faults are logged")
    reported = [line for line in server.said().splitlines() if line.startswith(f"{file}:")]
    assert len(reported) == 10
    assert versions_named(server.get("/")[1]) == {"Version1"}
    write_anew(file, written(2))
    wait_for(
        lambda: versions_named(server.get("/")[1]) == {"Version2"}, "the mended file is served"
    )


def test_a_file_that_appears_late_is_loaded(tmp_path: Path) -> None:
    late = tmp_path / "late.yaml"
    with serving(tmp_path, "--data", late, wait=False) as server:
        assert server.get("/readyz")[0] == 503
        assert server.get("/")[0] == 503
        assert "No such file" in server.said()
        wait_for(lambda: appears(late, server), "the late file is served")
        assert server.get("/")[0] == 200


def appears(file: Path, server: Server) -> bool:
    """Write the file again until it is noticed: at first the watcher may not be there yet."""
    write_anew(file, written(1))
    return server.get("/readyz")[0] == 200


def test_a_change_between_the_first_load_and_the_watching_is_followed(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_first = Loader.try_refresh

    def load_and_change(loader: Loader, paths: Sequence[Path]) -> None:
        load_first(loader, paths)
        monkeypatch.setattr(Loader, "try_refresh", load_first)
        file.write_text(CHANGED, encoding="utf-8")

    monkeypatch.setattr(Loader, "try_refresh", load_and_change)
    with TestClient(create_app(settings)) as client:
        wait_for(lambda: huawei(client) == "Huawei Two", "the change is served")


def test_without_watching_a_change_waits_for_the_next_start(settings: Settings, file: Path) -> None:
    unwatched = settings.model_copy(update={"watch": False})
    with TestClient(create_app(unwatched)) as client:
        file.write_text(CHANGED, encoding="utf-8")
        deadline = time.monotonic() + 1.5
        while time.monotonic() < deadline:
            assert huawei(client) == "Huawei"
    with TestClient(create_app(unwatched)) as client:
        assert (version(client), huawei(client)) == (2, "Huawei Two")


def test_the_watcher_calls_for_its_files_only_and_outlives_a_failure(tmp_path: Path) -> None:
    mine, other = tmp_path / "mine.yaml", tmp_path / "other.yaml"
    called = Event()

    def fail() -> bool:
        called.set()
        raise RuntimeError("the reader stumbles")

    def touched(path: Path) -> bool:
        path.write_text(str(time.monotonic()), encoding="utf-8")
        return called.wait(0.05)

    watcher = Watcher([mine], fail)
    try:
        for _ in range(2):
            wait_for(lambda: touched(mine), "the change is told")
            while called.wait(0.7):  # Until the echo of the last change is over.
                called.clear()
        other.write_text("not watched", encoding="utf-8")
        assert not called.wait(0.7)
    finally:
        watcher.close()
    assert not watcher._thread.is_alive()


def test_two_loads_at_once_both_end_well(tmp_path: Path) -> None:
    database = database_url(tmp_path, "both")
    files = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for number, path in enumerate(files, 1):
        path.write_text(written(number, companies=300), encoding="utf-8")
    loads = [start("load", path, "--database", database, folder=tmp_path) for path in files]
    told = [load.communicate(timeout=60) for load in loads]
    assert [load.returncode for load in loads] == [0, 0], told
    assert {out for out, _ in told} == {f"Version {n} is loaded.\n" for n in (1, 2)}
    exported = run("export", "--database", database, folder=tmp_path).stdout
    assert len(versions_named(exported)) == 1
    assert len(exported.splitlines()) == 1 + 306


def test_the_setting_says_how_many_versions_stay(tmp_path: Path) -> None:
    url = database_url(tmp_path, "kept")
    for name in ("keep_versions", "keep_generations", "keep_versions"):
        run("load", DATA_FILE, "--database", url, folder=tmp_path, **{name: 1})
    assert versions_in(url) == [3]


def test_a_load_by_the_command_shows_within_a_second_on_the_real_server(
    server: Server, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "other.yaml"
    other.write_text(written(7), encoding="utf-8")
    loaded = run("load", other, "--database", database_url(tmp_path, "served"), folder=tmp_path)
    assert "Version 2 is loaded." in loaded.stdout
    wait_for(
        lambda: versions_named(server.get("/")[1]) == {"Version7"}, "the load is served", seconds=1
    )
    assert '"version":2' in server.get("/readyz")[1]


def test_the_real_server_starts_again_on_what_it_has(tmp_path: Path) -> None:
    for _ in range(2):
        with serving(tmp_path, "--data", DATA_FILE) as server:
            assert '"version":1' in server.get("/readyz")[1]
    assert server.said().count("is served now") == 1
