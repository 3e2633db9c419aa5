"""The current generation: seen within a second in every process, and never an older one."""

import logging
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from app.drawn.current import Current

from tests.browser.serving import Server, run, serving, wait_for
from tests.conftest import DATA_FILE
from tests.drawn.conftest import Site

SHIPPED = DATA_FILE.read_text(encoding="utf-8")
CHANGED = SHIPPED.replace("name: Huawei", "name: Huawei Two")


class Asked:
    """A database that answers what it is told to, an error included."""

    def __init__(self, answer: int | Exception | None) -> None:
        self.answer = answer
        self.times = 0

    def __call__(self) -> int | None:
        self.times += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_number_never_falls_and_outlives_errors(caplog: pytest.LogCaptureFixture) -> None:
    asked = Asked(None)
    current = Current(asked)
    seen = []
    with caplog.at_level(logging.ERROR):
        for answer in (None, 3, 2, OSError("gone"), OSError("gone"), None, 4):
            asked.answer = answer
            current.look()
            seen.append(current.known)
    assert seen == [None, 3, 3, 3, 3, 3, 4]
    assert [record.message for record in caplog.records] == [
        "The database cannot tell which generation is current"
    ]


def test_it_is_asked_until_it_is_closed_and_known_no_more() -> None:
    asked = Asked(1)
    current = Current(asked)
    current.open()
    assert current.known == 1
    asked.answer = 2
    wait_for(lambda: current.known == 2, "the new number is seen", 5)
    current.close()
    before = asked.times
    time.sleep(0.6)
    assert asked.times == before
    assert current.known is None


def test_requests_do_not_ask_the_database(site: Site) -> None:
    site.get("/about")
    site.once.current.close()
    asked = Asked(1)
    site.once.current = Current(asked)
    site.once.current.open()
    for _ in range(200):
        site.get("/about")
    site.once.current.close()
    assert len(site.drawn) == 1
    assert asked.times < 50


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[list[Server]]:
    """Two processes that serve one database and watch nothing."""
    (tmp_path / "companies.yaml").write_text(SHIPPED, encoding="utf-8")
    with ExitStack() as opened:
        yield [
            opened.enter_context(
                serving(tmp_path, "--data", tmp_path / "companies.yaml", watch="false")
            )
            for _ in range(2)
        ]


def heading(server: Server) -> str:
    status, text = server.get("/companies/huawei")
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    assert status == 200
    assert found
    return re.sub(r"<.*?>", "", found[1]).strip()


def test_a_load_is_seen_by_every_process_within_a_second(
    servers: list[Server], tmp_path: Path
) -> None:
    assert [heading(server) for server in servers for _ in range(2)] == ["Huawei"] * 4
    (tmp_path / "companies.yaml").write_text(CHANGED, encoding="utf-8")
    database = f"sqlite:///{tmp_path / 'served.db'}"
    loaded = run("load", tmp_path / "companies.yaml", "--database", database, folder=tmp_path)
    assert loaded.returncode == 0, loaded.stderr
    for server in servers:
        wait_for(lambda server=server: heading(server) == "Huawei Two", "it is seen", 1)  # type: ignore[misc]
    assert [heading(server) for server in servers for _ in range(10)] == ["Huawei Two"] * 20


def test_what_a_page_is_made_of_tells_of_a_newer_generation(site: Site, tmp_path: Path) -> None:
    site.get("/about")
    site.once.current.close()
    site.once.current.known = 1
    (tmp_path / "companies.yaml").write_text(CHANGED, encoding="utf-8")
    database = f"sqlite:///{tmp_path / 'site.db'}"
    assert run("load", "companies.yaml", "--database", database, folder=tmp_path).returncode == 0
    assert "Huawei Two" in site.get("/companies/huawei").text
    assert site.once.memory.generation == 2
    site.get("/about")
    assert site.drawn == ["/about", "/companies/huawei", "/about"]
