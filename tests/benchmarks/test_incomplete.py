"""Pages that say that something was left out are refused, alone and in a crowd."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from time import sleep

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.pages import listing
from app.settings import ROOT, Settings
from benchmarks.asking import Answer, Client, Crowd, Incomplete, take
from benchmarks.bench import attempt, main
from benchmarks.report import REFUSED, Line, Row
from tests.benchmarks.canned import canned

WORDS = b"<p>Some charts were left out, since this page took longer than 2 seconds.</p>"
WHOLE = b'<p class="left-out">8 may match and are left out.</p>'
"""A list that hides those that may match is whole."""
CACHED = {"Cache-Control": "no-cache"}


@pytest.mark.parametrize(
    ("body", "headers", "incomplete"),
    [
        (WHOLE, CACHED, False),
        (WORDS, CACHED, True),
        (WHOLE, {"cache-control": "no-store"}, True),
    ],
)
def test_a_page_says_in_words_or_by_a_header_that_it_lacks_something(
    body: bytes, headers: Mapping[str, str], incomplete: bool
) -> None:
    assert Answer(body, tuple(headers.items()), 1).is_incomplete is incomplete
    with canned({"/": body}, headers) as (port, _), closing(Client(port)) as client:
        if incomplete:
            with pytest.raises(Incomplete, match="/ says that something was left out"):
                client.ask("/")
        else:
            assert client.ask("/").body == body


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    database = f"sqlite:///{tmp_path / 'site.db'}"
    data = (ROOT / "data" / "companies.yaml",)
    settings = Settings(database=database, data=data, page_memory=0, watch=False)
    with TestClient(create_app(settings)) as opened:
        yield opened


@pytest.mark.parametrize(("seconds", "incomplete"), [(60, False), (-1, True)])
def test_a_real_page_without_time_for_its_charts_is_one(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, seconds: float, incomplete: bool
) -> None:
    monkeypatch.setattr(listing, "PATIENCE", seconds)
    page = client.get("/?revenue_min=10B")
    words, header = Answer(page.content, (), 1), Answer(b"", tuple(page.headers.items()), 1)
    assert (words.is_incomplete, header.is_incomplete) == (incomplete, incomplete)


def test_no_time_is_taken_of_incomplete_pages() -> None:
    with canned({"/": WORDS}) as (port, _), pytest.raises(Incomplete):
        take(port, ["/"] * 9)


def crowd(port: int, asked: Sequence[str]) -> None:
    with Crowd(port, ["/"], 1):
        while not asked:
            sleep(0.01)


def test_a_crowd_that_was_sent_incomplete_pages_says_so_at_the_end() -> None:
    with canned({"/": WHOLE}, CACHED) as (port, asked):
        crowd(port, asked)
    with canned({"/": WORDS}) as (port, asked), pytest.raises(Incomplete):
        crowd(port, asked)


def test_a_refusal_is_a_row_and_ends_the_benchmark_with_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> list[Row]:
        raise Incomplete("/?q=b")

    (row,) = attempt("pages", 2500, refuse)
    assert isinstance(row, Row)
    assert (row.measured, row.outcome) == (
        "refused: /?q=b says that something was left out",
        REFUSED,
    )

    def measure(*_: object) -> Iterator[Line]:
        yield row

    results = tmp_path / "results.md"
    monkeypatch.setattr("benchmarks.bench.measure", measure)
    monkeypatch.setattr("benchmarks.rivals.datasette.installed", lambda: True)
    monkeypatch.setattr("sys.argv", ["bench", "--sizes", "2500", "--output", str(results)])
    with pytest.raises(SystemExit, match="something was left out"):
        main()
    assert "refused: /?q=b" in results.read_text(encoding="utf-8")
