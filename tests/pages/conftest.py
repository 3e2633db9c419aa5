"""The site on the six companies and on a crowd, only to be read."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.pages.crowd import CROWD
from tests.site import serve, serve_text


@pytest.fixture(scope="session")
def six_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve(tmp_path_factory.mktemp("site")) as client:
        yield client


@pytest.fixture(scope="session")
def crowd_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve_text(tmp_path_factory.mktemp("crowd"), CROWD) as client:
        yield client
