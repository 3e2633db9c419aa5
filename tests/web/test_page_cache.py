"""Cached pages: the same bytes as rendered anew, a tag for each encoding, what is never cached."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from anyio import sleep_forever

from tests.site import serve
from tests.web.conftest import Site

PLACES = [
    "/",
    "/?sort=name",
    "/companies/huawei",
    "/compare?c=zte&c=huawei",
    "/charts?x=employees&y=revenue",
    "/charts/scatter.svg",
    "/api/companies",
    "/api/companies/zte",
    "/companies/zte.json",
    "/companies.csv",
    "/companies.xlsx",
    "/sitemap.xml",
    "/robots.txt",
    "/openapi.json",
]
OPEN: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "identity": bytes,
}
TIMED = {"/companies.xlsx"}
"""Files that contain the time at which they were made."""


def raw(site: Site, url: str, encoding: str) -> tuple[bytes, dict[str, str]]:
    """The bytes as they were sent, with the headers."""
    with site.client.stream("GET", url, headers={"Accept-Encoding": encoding}) as answer:
        assert answer.status_code == 200
        return b"".join(answer.iter_raw()), dict(answer.headers)


@pytest.mark.parametrize("url", PLACES)
def test_a_cached_response_equals_a_rendered_one(site: Site, url: str, tmp_path: Path) -> None:
    first, second = site.get(url), site.get(url)
    assert site.rendered == [url.partition("?")[0]]
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    with serve(tmp_path, page_memory=0) as client:  # On the same database.
        anew = client.get(url, headers={"Accept-Encoding": "identity"})
    if url not in TIMED:
        assert second.content == anew.content
    own = {"etag", "cache-control", "content-length"}
    assert {*second.headers.items()} >= {one for one in anew.headers.items() if one[0] not in own}
    assert {*second.headers} == {*anew.headers} | own


@pytest.mark.parametrize("url", ["/", "/companies/huawei", "/api/companies", "/companies.csv"])
def test_each_encoding_has_the_same_content_and_its_own_tag(site: Site, url: str) -> None:
    tags = set()
    plain, _ = raw(site, url, "identity")
    for encoding, opened in OPEN.items():
        for _ in range(2):
            sent, headers = raw(site, url, encoding)
            assert opened(sent) == plain
            assert headers.get("content-encoding", "identity") == encoding
            assert headers["content-length"] == str(len(sent))
            assert "Accept-Encoding" in headers["vary"]
            tags.add(headers["etag"])
    assert len(tags) == 3
    assert all(tag.startswith('"') for tag in tags)
    assert len(site.rendered) == 3


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=0", None),
        ("gzip;q=0, br;q=0.3", "br"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("*;q=0", None),
        ("zstd", None),
        ("", None),
    ],
)
def test_the_encoding_is_negotiated_by_weight(
    site: Site, accepted: str, encoding: str | None
) -> None:
    for _ in range(2):
        _, headers = raw(site, "/about", accepted)
        assert headers.get("content-encoding") == encoding


def test_gzip_gives_the_same_tag_at_any_time(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    _, before = raw(site, "/about", "gzip")
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)
    site.cache.turn_to(site.cache.version + 1)
    site.poller.known = site.cache.version
    _, after = raw(site, "/about", "gzip")
    assert len(site.rendered) == 2
    assert after["etag"] == before["etag"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_known_tag_gets_a_304_with_the_page_headers(site: Site, form: str, method: str) -> None:
    full = site.get("/companies/zte", Accept_Encoding="br")
    known = form.format(full.headers["etag"])
    short = site.get("/companies/zte", method, Accept_Encoding="br", If_None_Match=known)
    assert (short.status_code, short.content) == (304, b"")
    for name in ("etag", "vary", "cache-control", "content-security-policy"):
        assert short.headers[name] == full.headers[name]
    assert short.headers["vary"] == "Cookie, Accept-Encoding"
    assert not {"content-type", "content-encoding", "content-length"} & {*short.headers}
    assert len(site.rendered) == 1


def test_the_first_request_after_a_load_may_get_a_304(site: Site, tmp_path: Path) -> None:
    tag = site.get("/robots.txt").headers["etag"]
    (tmp_path / "next").mkdir()
    with serve(tmp_path / "next", page_memory=1_000_000) as other:
        answer = other.get(
            "/robots.txt", headers={"If-None-Match": tag, "Accept-Encoding": "identity"}
        )
    assert (answer.status_code, answer.headers["etag"]) == (304, tag)


def test_the_tag_of_another_encoding_does_not_match(site: Site) -> None:
    packed = site.get("/about", Accept_Encoding="br").headers["etag"]
    assert site.get("/about", If_None_Match=packed).status_code == 200


@pytest.mark.parametrize("first", ["GET", "HEAD"])
def test_head_gets_the_headers_of_the_page(site: Site, first: str) -> None:
    answers = [site.get("/about", method) for method in (first, "GET", "HEAD")]
    assert len(site.rendered) == 1
    headers = [dict(answer.headers) for answer in answers]
    assert headers[0] == headers[1] == headers[2]
    assert answers[2].content == b""
    assert int(headers[1]["content-length"]) == len(answers[1].content) > 0


def test_each_theme_is_cached_by_itself(site: Site) -> None:
    cookies = ["", "theme=dark", "theme=light", "theme=no", "other=dark", "a=b; theme=dark"]
    for _ in range(2):
        pages = [site.get("/about", **({"Cookie": one} if one else {})) for one in cookies]
        texts = [page.text for page in pages]
        assert len(set(texts[:3])) == 3
        assert texts[3] == texts[4] == texts[0]
        assert texts[5] == texts[1]
        assert all(page.headers["vary"].startswith("Cookie") for page in pages)
    assert len(site.rendered) == 3


def test_pages_that_contain_the_host_are_cached_for_each_host(site: Site) -> None:
    for _ in range(2):
        for host in ("one.example", "two.example"):
            assert f'href="http://{host}/about"' in site.get("/about", Host=host).text
    assert len(site.rendered) == 2


@pytest.mark.parametrize("site", [{"public_url": "https://known.example"}], indirect=True)
def test_with_a_public_address_all_hosts_share_a_page(site: Site) -> None:
    for host in ("one.example", "two.example"):
        assert 'href="https://known.example/about"' in site.get("/about", Host=host).text
    assert len(site.rendered) == 1


@pytest.mark.parametrize("base", ["http://a.example", "https://a.example"])
def test_hsts_is_sent_over_tls_only(site: Site, base: str) -> None:
    for other in ("http://a.example/about", "https://a.example/about", f"{base}/about"):
        answer = site.get(other)
        assert ("strict-transport-security" in answer.headers) == other.startswith("https")


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/companies/huwei", 404),
        ("GET", "/nothing", 404),
        ("GET", "/?revenue_min=lots", 422),
        ("GET", "/api/companies?size=x", 422),
        ("GET", "/theme", 405),
        ("POST", "/about", 405),
        ("OPTIONS", "/about", 405),
    ],
)
def test_probes_and_refusals_are_never_cached(
    site: Site, method: str, url: str, status: int
) -> None:
    for _ in range(2):
        answer = site.get(url, method)
        assert answer.status_code == status
        assert "etag" not in answer.headers
    assert len(site.rendered) == 2
    assert len(site.cache) == 0


def test_static_files_are_not_in_the_page_cache(site: Site) -> None:
    assert "max-age=86400" in site.get("/static/app.css").headers["cache-control"]
    assert len(site.cache) == 0


def test_a_request_with_a_body_bypasses_the_cache(site: Site) -> None:
    site.get("/about")
    answer = site.client.request("GET", "/about", content=b"a body")
    assert (answer.status_code, "etag" in answer.headers) == (200, False)
    assert site.rendered == ["/about", "/about"]


def test_the_choice_of_a_theme_is_not_cached_and_redirects_back(site: Site) -> None:
    for _ in range(2):
        answer = site.client.post("/theme", data={"theme": "dark", "next": "/about"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/about")
        assert "theme=dark" in answer.headers["set-cookie"]
    assert 'data-theme="dark"' in site.client.get("/about").text


@pytest.mark.parametrize("site", [{"page_memory": 4_000}], indirect=True)
@pytest.mark.parametrize("encoding", OPEN)
def test_a_long_response_is_streamed_uncached(site: Site, encoding: str, tmp_path: Path) -> None:
    with serve(tmp_path, page_memory=0) as client:
        whole = client.get("/figures.csv").content
    assert len(whole) > site.cache.largest
    for _ in range(2):
        sent, headers = raw(site, "/figures.csv", encoding)
        assert OPEN[encoding](sent) == whole
        assert ("etag" in headers) == (len(sent) <= site.cache.largest)
    assert "etag" not in raw(site, "/figures.csv", "identity")[1]


@pytest.mark.parametrize("site", [{"page_memory": 300_000}], indirect=True)
def test_the_cache_stays_within_its_limit(site: Site) -> None:
    for number in range(40):
        site.get(f"/about?{number}")
        assert site.cache.size <= 300_000
    assert 2 <= len(site.cache) < 40
    site.get("/about?39")
    assert len(site.rendered) == 40
    site.get("/about?0")
    assert len(site.rendered) == 41


def test_without_a_cache_pages_are_rendered_each_time(tmp_path: Path) -> None:
    with serve(tmp_path, page_memory=0) as client:
        assert "etag" not in client.get("/about").headers
        assert client.app.page_cache is None


def respond(site: Site, url: str, *headers: tuple[str, str]) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body for a request with just these headers, repeated ones included."""
    path, _, query = url.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        "scheme": "http",
        "server": ("testserver", 80),
        "client": ("testclient", 1),
        "state": {},
    }
    sent: list[Any] = []
    body: list[Any] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        return body.pop() if body else await sleep_forever()

    async def send(message: Any) -> None:
        sent.append(message)

    async def run() -> None:
        await site.middleware(scope, receive, send)

    site.client.portal.call(run)  # type: ignore[union-attr]
    headers_sent = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers_sent, b"".join(one.get("body", b"") for one in sent[1:])


HOST = ("host", "testserver")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        (["gzip;q=0.1", "br"], "br"),
        (["gzip", "br;q=0.5"], "gzip"),
        (["zstd", "gzip"], "gzip"),
        (["gzip", "gzip;q=0"], "identity"),
    ],
)
def test_every_accept_encoding_header_counts(
    site: Site, accepted: list[str], encoding: str
) -> None:
    for _ in range(2):
        headers = (("accept-encoding", one) for one in accepted)
        _, sent, body = respond(site, "/about", HOST, *headers)
        assert sent.get("content-encoding", "identity") == encoding
        assert b"<h1" in OPEN[encoding](body)


@pytest.mark.parametrize("place", [0, 1])
def test_every_if_none_match_header_counts(site: Site, place: int) -> None:
    _, sent, _ = respond(site, "/about", HOST)
    tags = ['"other"']
    tags.insert(place, sent["etag"])
    status, _, body = respond(site, "/about", HOST, *(("if-none-match", tag) for tag in tags))
    assert (status, body) == (304, b"")


def test_of_two_cookie_headers_both_count(site: Site) -> None:
    for cookies in (("theme=dark", "a=b"), ("a=b", "theme=dark")):
        _, _, body = respond(site, "/about", HOST, *(("cookie", one) for one in cookies))
        assert b'data-theme="dark"' in body


def test_of_two_hosts_the_first_is_in_page_and_key(site: Site) -> None:
    one, two, three = "one.example", "two.example", "three.example"
    for first, second in ((one, two), (two, one), (one, three)):
        _, _, body = respond(site, "/about", ("host", first), ("host", second))
        assert f'href="http://{first}/about"'.encode() in body
    assert len(site.rendered) == 2


@pytest.mark.parametrize("site", [{}, {"public_url": "https://known.example"}], indirect=True)
def test_a_request_without_a_host_bypasses_the_cache(site: Site) -> None:
    for _ in range(2):
        status, sent, _ = respond(site, "/about")
        assert (status, "etag" in sent) == (200, False)
    assert len(site.rendered) == 2
    assert len(site.cache) == 0
