"""The current version: seen within a second in every process, and never an older one."""

import logging
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from app.web.version_poller import VersionPoller
from tests.browser.serving import Server, run, serving, wait_for
from tests.conftest import DATA_FILE
from tests.web.conftest import Site

SHIPPED = DATA_FILE.read_text(encoding="utf-8")
CHANGED = SHIPPED.replace("name: Huawei", "name: Huawei Two")


class Number:
    """The version number of a database, or an error in place of it."""

    def __init__(self, answer: int | Exception | None) -> None:
        self.answer = answer
        self.times = 0

    def __call__(self) -> int | None:
        self.times += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_number_never_falls_and_outlives_errors(caplog: pytest.LogCaptureFixture) -> None:
    number = Number(None)
    poller = VersionPoller(number)
    seen = []
    with caplog.at_level(logging.ERROR):
        for answer in (None, 3, 2, OSError("gone"), OSError("gone"), None, 4):
            number.answer = answer
            poller.poll()
            seen.append(poller.known)
    assert seen == [None, 3, 3, 3, 3, 3, 4]
    assert [record.message for record in caplog.records] == [
        "The database cannot tell which version is current"
    ]


def test_it_is_asked_until_it_is_closed_and_known_no_more() -> None:
    number = Number(1)
    poller = VersionPoller(number)
    poller.start()
    assert poller.known == 1
    number.answer = 2
    wait_for(lambda: poller.known == 2, "the new number is seen", 5)
    poller.close()
    before = number.times
    time.sleep(0.6)
    assert number.times == before
    assert poller.known is None


def test_requests_do_not_ask_the_database(site: Site) -> None:
    site.get("/about")
    site.poller.close()
    number = Number(1)
    poller = VersionPoller(number)
    site.middleware.current = lambda: poller.known
    poller.poll()
    for _ in range(200):
        site.get("/about")
    assert len(site.rendered) == 1
    assert number.times == 1


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


def test_what_a_page_is_made_of_tells_of_a_newer_version(site: Site, tmp_path: Path) -> None:
    site.get("/about")
    site.poller.close()
    site.poller.known = 1
    (tmp_path / "companies.yaml").write_text(CHANGED, encoding="utf-8")
    database = f"sqlite:///{tmp_path / 'site.db'}"
    assert run("load", "companies.yaml", "--database", database, folder=tmp_path).returncode == 0
    assert "Huawei Two" in site.get("/companies/huawei").text
    assert site.cache.version == 2
    site.get("/about")
    assert site.rendered == ["/about", "/companies/huawei", "/about"]
