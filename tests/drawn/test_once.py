"""Pages drawn once: the same bytes as drawn anew, tags for each form, and what is never kept."""

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest

from tests.drawn.conftest import Site
from tests.site import serve

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
"""Files that hold the time of their making."""


def raw(site: Site, url: str, encoding: str) -> tuple[bytes, dict[str, str]]:
    """The bytes as they were sent, with the headers."""
    with site.client.stream("GET", url, headers={"Accept-Encoding": encoding}) as answer:
        assert answer.status_code == 200
        return b"".join(answer.iter_raw()), dict(answer.headers)


@pytest.mark.parametrize("url", PLACES)
def test_what_is_kept_is_what_is_drawn(site: Site, url: str, tmp_path: Path) -> None:
    first, second = site.get(url), site.get(url)
    assert site.drawn == [url.partition("?")[0]]
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
def test_each_encoding_holds_the_same_under_a_tag_of_its_own(site: Site, url: str) -> None:
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
    assert len(site.drawn) == 3


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
def test_encodings_are_taken_by_their_weights(
    site: Site, accepted: str, encoding: str | None
) -> None:
    for _ in range(2):
        _, headers = raw(site, "/about", accepted)
        assert headers.get("content-encoding") == encoding


def test_a_packed_page_has_the_same_tag_whenever_it_is_packed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, before = raw(site, "/about", "gzip")
    monkeypatch.setattr("time.time", lambda: 1_000_000_000.0)
    site.once.memory.turn_to(site.once.memory.generation + 1)
    site.once.current.known = site.once.memory.generation
    _, after = raw(site, "/about", "gzip")
    assert len(site.drawn) == 2
    assert after["etag"] == before["etag"]


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_the_page_is_told_so_with_its_headers(site: Site, form: str, method: str) -> None:
    full = site.get("/companies/zte", Accept_Encoding="br")
    known = form.format(full.headers["etag"])
    short = site.get("/companies/zte", method, Accept_Encoding="br", If_None_Match=known)
    assert (short.status_code, short.content) == (304, b"")
    for name in ("etag", "vary", "cache-control", "content-security-policy"):
        assert short.headers[name] == full.headers[name]
    assert short.headers["vary"] == "Cookie, Accept-Encoding"
    assert not {"content-type", "content-encoding", "content-length"} & {*short.headers}
    assert len(site.drawn) == 1


def test_the_first_to_ask_after_a_load_may_have_the_page_already(
    site: Site, tmp_path: Path
) -> None:
    tag = site.get("/robots.txt").headers["etag"]
    (tmp_path / "next").mkdir()
    with serve(tmp_path / "next", page_memory=1_000_000) as other:
        answer = other.get(
            "/robots.txt", headers={"If-None-Match": tag, "Accept-Encoding": "identity"}
        )
    assert (answer.status_code, answer.headers["etag"]) == (304, tag)


def test_a_tag_of_another_encoding_is_not_known(site: Site) -> None:
    packed = site.get("/about", Accept_Encoding="br").headers["etag"]
    assert site.get("/about", If_None_Match=packed).status_code == 200


@pytest.mark.parametrize("first", ["GET", "HEAD"])
def test_a_head_is_the_headers_of_the_page(site: Site, first: str) -> None:
    answers = [site.get("/about", method) for method in (first, "GET", "HEAD")]
    assert len(site.drawn) == 1
    headers = [dict(answer.headers) for answer in answers]
    assert headers[0] == headers[1] == headers[2]
    assert answers[2].content == b""
    assert int(headers[1]["content-length"]) == len(answers[1].content) > 0


def test_each_theme_is_a_page_of_its_own(site: Site) -> None:
    said = ["", "theme=dark", "theme=light", "theme=no", "other=dark", "a=b; theme=dark"]
    for _ in range(2):
        pages = [site.get("/about", **({"Cookie": one} if one else {})) for one in said]
        texts = [page.text for page in pages]
        assert len(set(texts[:3])) == 3
        assert texts[3] == texts[4] == texts[0]
        assert texts[5] == texts[1]
        assert all(page.headers["vary"].startswith("Cookie") for page in pages)
    assert len(site.drawn) == 3


def test_pages_that_name_the_host_are_kept_for_each_host(site: Site) -> None:
    for _ in range(2):
        for host in ("one.example", "two.example"):
            assert f'href="http://{host}/about"' in site.get("/about", Host=host).text
    assert len(site.drawn) == 2


@pytest.mark.parametrize("site", [{"public_url": "https://known.example"}], indirect=True)
def test_with_a_public_address_all_hosts_share_a_page(site: Site) -> None:
    for host in ("one.example", "two.example"):
        assert 'href="https://known.example/about"' in site.get("/about", Host=host).text
    assert len(site.drawn) == 1


@pytest.mark.parametrize("base", ["http://a.example", "https://a.example"])
def test_only_over_tls_is_tls_demanded_for_good(site: Site, base: str) -> None:
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
def test_what_tells_of_now_or_refuses_is_never_kept(
    site: Site, method: str, url: str, status: int
) -> None:
    for _ in range(2):
        answer = site.get(url, method)
        assert answer.status_code == status
        assert "etag" not in answer.headers
    assert len(site.drawn) == 2
    assert len(site.once.memory) == 0


def test_the_files_of_the_site_keep_their_own_tags(site: Site) -> None:
    assert "max-age=86400" in site.get("/static/app.css").headers["cache-control"]
    assert len(site.once.memory) == 0


def test_a_request_with_a_body_passes_through(site: Site) -> None:
    site.get("/about")
    answer = site.client.request("GET", "/about", content=b"a body")
    assert (answer.status_code, "etag" in answer.headers) == (200, False)
    assert site.drawn == ["/about", "/about"]


def test_the_choice_of_a_theme_is_not_kept_and_leads_back(site: Site) -> None:
    for _ in range(2):
        answer = site.client.post("/theme", data={"theme": "dark", "next": "/about"})
        assert (answer.status_code, answer.headers["location"]) == (303, "/about")
        assert "theme=dark" in answer.headers["set-cookie"]
    assert 'data-theme="dark"' in site.client.get("/about").text


@pytest.mark.parametrize("site", [{"page_memory": 4_000}], indirect=True)
@pytest.mark.parametrize("encoding", OPEN)
def test_a_long_answer_goes_on_as_it_would(site: Site, encoding: str, tmp_path: Path) -> None:
    with serve(tmp_path, page_memory=0) as client:
        whole = client.get("/figures.csv").content
    assert len(whole) > site.once.memory.largest
    for _ in range(2):
        sent, headers = raw(site, "/figures.csv", encoding)
        assert OPEN[encoding](sent) == whole
        assert ("etag" in headers) == (len(sent) <= site.once.memory.largest)
    assert "etag" not in raw(site, "/figures.csv", "identity")[1]


@pytest.mark.parametrize("site", [{"page_memory": 300_000}], indirect=True)
def test_the_memory_stays_within_its_bytes(site: Site) -> None:
    for number in range(40):
        site.get(f"/about?{number}")
        assert site.once.memory.size <= 300_000
    assert 2 <= len(site.once.memory) < 40
    site.get("/about?39")
    assert len(site.drawn) == 40
    site.get("/about?0")
    assert len(site.drawn) == 41


def test_without_a_memory_pages_are_drawn_each_time(tmp_path: Path) -> None:
    with serve(tmp_path, page_memory=0) as client:
        assert "etag" not in client.get("/about").headers
        assert client.app.once is None
