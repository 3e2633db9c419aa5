"""The site on the six companies, only to be read."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.site import serve


@pytest.fixture(scope="session")
def six_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with serve(tmp_path_factory.mktemp("site")) as client:
        yield client
