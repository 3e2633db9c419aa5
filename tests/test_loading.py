"""Loading while readers read: a change is followed, a fault is refused, nobody is turned away."""

import logging
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from starlette.testclient import TestClient

from app.loading import Loader
from app.main import create_app
from app.settings import Settings
from app.store.engine import open_engine
from tests.conftest import DATA_FILE

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
    return Settings(database=f"sqlite:///{tmp_path / 'served.db'}", data=(file,))


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings)) as opened:
        time.sleep(0.5)  # The watcher starts on a thread of its own.
        yield opened


def generation(client: TestClient) -> int:
    return int(client.get("/readyz").json()["generation"])


def huawei(client: TestClient) -> str:
    return str(client.get("/api/companies/huawei").json()["name"])


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it does not come to pass"
        time.sleep(0.05)


def test_the_same_files_are_loaded_once(settings: Settings) -> None:
    for _ in range(2):
        with TestClient(create_app(settings)) as client:
            assert generation(client) == 1


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
    assert (generation(client), huawei(client)) == (1, "Huawei")
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
    assert loader.load([other]) == 2
    loader.close()
    assert huawei(client) == "Huawei Two"


def test_a_database_of_another_schema_is_rebuilt_from_the_files(settings: Settings) -> None:
    with TestClient(create_app(settings)):
        pass
    engine = open_engine(settings.database, writes=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sourcebook_schema SET version = 'of old'")
        connection.exec_driver_sql("UPDATE company SET name = 'of old'")
    engine.dispose()
    with TestClient(create_app(settings)) as client:
        assert huawei(client) == "Huawei"


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_as_many_generations_stay_as_are_to_be_kept(settings: Settings, keep: int) -> None:
    loader = Loader(settings.database, keep)
    for _ in range(4):
        loader.load(settings.data)
    with loader.engine.connect() as connection:
        held = connection.exec_driver_sql("SELECT generation FROM generation ORDER BY 1")
        assert [row[0] for row in held] == [1, 2, 3, 4][-keep:]
    loader.close()
