"""What is printed once for many pages: no page shows what belongs to another alone."""

from collections.abc import Iterable, Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.pages import range_fields
from app.pages.printed import Printed
from app.settings import Settings
from tests.databases import database_url
from tests.pages.crowd import CROWD
from tests.site import serve_text

ADDRESSES = (
    *(f"/companies/{slug}" for slug in ("c107", "c317", "c100", "c019", "c013")),
    *(f"/companies/c100?{query}" for query in ("sort=name", "industry=pumps", "sort=revenue")),
    *("/", "/?sort=name", "/?unknown=1", "/?maybe=0&revenue_min=1B", "/?lacks=countries"),
    *("/?revenue_min=1B", "/?revenue_max=1B", "/?size=200", "/?cols=revenue&c=c001"),
    *("/?employees_min=wrong", "/charts", "/charts?x=countries", "/charts?revenue_min=1B"),
)
"""Pages that share heaps, cells, ranked rows, histograms and range fields."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("printed")
    with serve_text(folder, CROWD):
        yield database_url(folder)


def drawn(database: str, addresses: Iterable[str]) -> dict[str, bytes]:
    """The pages, drawn one after the other by an application that has drawn nothing yet."""
    range_fields.frame_of.cache_clear()
    app = create_app(Settings(database=database, watch=False, page_memory=0), loads=False)
    with TestClient(app, raise_server_exceptions=False) as client:
        return {address: client.get(address).content for address in addresses}


def test_pages_are_the_same_whatever_was_drawn_before(database: str) -> None:
    before = drawn(database, ADDRESSES)
    assert drawn(database, reversed(ADDRESSES)) == before
    assert drawn(database, (*ADDRESSES, *ADDRESSES)) == before
    assert len(set(before.values())) == len(ADDRESSES)


def test_what_was_printed_is_given_back_and_kept() -> None:
    printed, other = Printed(), Printed()
    assert [printed.keep("<b>5</b>"), printed.text, other.text] == ["<b>5</b>", "<b>5</b>", ""]
