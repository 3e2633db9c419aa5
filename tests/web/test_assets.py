"""The files of `static/`: encodings, tags and ages."""

import gzip

import brotli
import pytest
from fastapi.testclient import TestClient

from app.pages.rendering import STATIC

UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize("name", ["app.css", "app.js", "list.js", "mark.svg"])
@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_packed_file_holds_the_plain_one(six_site: TestClient, name: str, encoding: str) -> None:
    with six_site.stream("GET", f"/static/{name}", headers={"Accept-Encoding": encoding}) as answer:
        raw = b"".join(answer.iter_raw())
    plain = six_site.get(f"/static/{name}", headers={"Accept-Encoding": "identity"}).content
    assert answer.headers["content-encoding"] == encoding
    assert answer.headers["vary"] == "Accept-Encoding"
    assert UNPACK[encoding](raw) == plain
    assert len(raw) < len(plain) or len(plain) < 300


@pytest.mark.parametrize("name", ["app.css", "app.js", "list.js"])
def test_comments_stay_at_home(six_site: TestClient, name: str) -> None:
    served, kept = six_site.get(f"/static/{name}").text, (STATIC / name).read_text("utf-8")
    assert len(served) < 0.99 * len(kept)
    assert "/*" not in served
    assert "\n//" not in served


def test_a_font_is_served_as_it_is(six_site: TestClient) -> None:
    answer = six_site.get("/static/inter.woff2", headers={"Accept-Encoding": "br, gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.content == (STATIC / "inter.woff2").read_bytes()


def test_each_encoding_has_a_tag_of_its_own(six_site: TestClient) -> None:
    tags = {
        encoding: six_site.get("/static/app.css", headers={"Accept-Encoding": encoding}).headers[
            "etag"
        ]
        for encoding in ("br", "gzip", "identity")
    }
    assert len(set(tags.values())) == 3


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_the_file_is_told_so_with_its_headers(six_site: TestClient, form: str) -> None:
    headers = {"Accept-Encoding": "br"}
    full = six_site.get("/static/app.css?v=1", headers=headers)
    known = headers | {"If-None-Match": form.format(full.headers["etag"])}
    short = six_site.get("/static/app.css?v=1", headers=known)
    assert (short.status_code, short.content) == (304, b"")
    for name in ("etag", "vary", "cache-control"):
        assert short.headers[name] == full.headers[name]


def test_a_tag_of_another_encoding_is_not_known(six_site: TestClient) -> None:
    packed = six_site.get("/static/app.css", headers={"Accept-Encoding": "br"})
    known = {"Accept-Encoding": "identity", "If-None-Match": packed.headers["etag"]}
    assert six_site.get("/static/app.css", headers=known).status_code == 200


AGES = [("/static/app.css", "public, max-age=86400"), ("/static/app.css?v=1", "immutable")]


@pytest.mark.parametrize(("address", "age"), AGES)
def test_a_file_asked_for_by_its_digest_never_changes(
    six_site: TestClient, address: str, age: str
) -> None:
    assert six_site.get(address).headers["cache-control"].endswith(age)


@pytest.mark.parametrize("name", ["x", "", "../app/main.py", "%2e%2e/pyproject.toml", "app.css/"])
def test_nothing_else_is_found(six_site: TestClient, name: str) -> None:
    assert six_site.get(f"/static/{name}").status_code == 404


def test_a_file_takes_nothing(six_site: TestClient) -> None:
    answer = six_site.post("/static/app.css")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
