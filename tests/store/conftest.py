"""Small blocks: what is packed is packed a few at a time, so that every test meets their edges."""

from collections.abc import Iterator

import pytest

from app.store import columns, filed, order, packing, ranked, texts, verifying

CHUNK, RANKED, FEW, PART = 3, 2, 1, 4
TEXTS = {texts.SLUG: 2, texts.NAME: 3, texts.TERM: 5}


@pytest.fixture(scope="package", autouse=True)
def small_blocks() -> Iterator[None]:
    """Blocks of a few companies and texts, for all tests of this folder."""
    with pytest.MonkeyPatch.context() as patched:
        for module in (columns, filed, packing, verifying):
            patched.setattr(module, "CHUNK", CHUNK)
        patched.setattr(ranked, "SIZE", RANKED)
        patched.setattr(columns, "FEW", FEW)
        patched.setattr(order, "PART", PART)
        for kind, size in TEXTS.items():
            patched.setitem(texts.SIZES, kind, size)
        yield
