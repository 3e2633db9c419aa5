"""The proxies of docs/deploy.md in front of the real server, on loopback."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx2
import pytest

from app.pages.listing import PATIENCE as PATIENCE_OF_A_PAGE
from app.profiles.company import LONGEST_SLUG
from app.profiles.filter import MAX_VALUE, MAX_VALUES
from app.settings import ROOT, Settings
from app.store.versions import CACHE
from app.web.dependencies import DOWNLOADS, MAX_COMPARED, NARROWED, PAGES
from app.web.page_cache import LARGEST
from app.web.request_limits import ARRIVAL_SECONDS, MOST, PIECE
from app.web.serving import CONNECTIONS
from tests.browser.serving import free_port, serving, wait_for

DEPLOY = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
PLACES = "/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin"
PACKAGES = {"nginx": "nginx-light", "caddy": "caddy"}
MAIN = """\
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{documented}
}}
"""


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DEPLOY, re.DOTALL)
    assert found
    return found[1]


def nginx(folder: Path, port: int, server: int) -> list[str]:
    """What starts nginx with the documented configuration, on other ports and without TLS."""
    text = re.sub(r" *ssl_.*\n", "", block("nginx"))
    assert "listen 443 ssl;" in text
    assert "server 127.0.0.1:8000;" in text
    text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{server}")
    text = re.sub(r"(client_(?:header|body)_timeout) 5s", r"\1 1s", text)
    config = folder / "nginx.conf"
    config.write_text(MAIN.format(folder=folder, documented=text), encoding="utf-8")
    return ["-p", str(folder), "-c", str(config), "-e", "stderr"]


def caddy(folder: Path, port: int, server: int) -> list[str]:
    """The same of Caddy, whose options stand first."""
    site, options = re.findall(r"```caddyfile\n(.*?)```", DEPLOY, re.DOTALL)
    assert "companies.example {" in site
    assert "127.0.0.1:8000" in site
    site = site.replace("companies.example {", f"http://127.0.0.1:{port} {{")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{server}")
    options = options.replace("5s", "1s").replace("{\n", "{\n\tadmin off\n\tauto_https off\n", 1)
    config = folder / "Caddyfile"
    config.write_text(options + site, encoding="utf-8")
    return ["run", "--config", str(config), "--adapter", "caddyfile"]


PROXIES = {"nginx": nginx, "caddy": caddy}


@contextmanager
def proxied(name: str, folder: Path) -> Iterator[httpx2.Client]:
    """A client of a proxy in front of the site."""
    program, port = shutil.which(name, path=PLACES), free_port()
    if not program:
        pytest.skip(f"no {name}; on Debian: apt-get install {PACKAGES[name]}")
    with serving(folder, public_url="https://companies.example") as server:
        arguments = [program, *PROXIES[name](folder, port, server.port)]
        home = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, env=home)  # noqa: S603
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
                wait_for(lambda: process.poll() is not None or listens(port), f"{name} starts")
                assert process.poll() is None
                yield client
        finally:
            process.terminate()
            process.wait(timeout=20)


@pytest.fixture(scope="module", params=PROXIES)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[httpx2.Client]:
    with proxied(request.param, tmp_path_factory.mktemp(request.param)) as client:
        yield client


def varying(answer: httpx2.Response) -> set[str]:
    """What an answer varies by; a name may be told twice."""
    return {name.strip() for name in answer.headers["vary"].split(",")}


def listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("url", ["/", "/companies/zte", "/api/companies", "/static/app.css"])
@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_pages_tags_and_encodings_pass_through(
    site: httpx2.Client, url: str, encoding: str
) -> None:
    accepted = {"Accept-Encoding": encoding}
    full = site.get(url, headers=accepted)
    assert full.status_code == 200
    assert full.headers.get("content-encoding", "identity") == encoding
    assert full.headers["etag"].startswith('"')
    short = site.get(url, headers=accepted | {"If-None-Match": full.headers["etag"]})
    assert (short.status_code, short.content) == (304, b"")
    for name in ("etag", "cache-control"):
        assert short.headers[name] == full.headers[name]
    assert varying(short) == varying(full) >= {"Accept-Encoding"}


def test_pages_name_the_public_address_and_no_server(site: httpx2.Client) -> None:
    answer = site.get("/about")
    assert 'href="https://companies.example/about"' in answer.text
    assert answer.headers["server"].lower() in PROXIES
    assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("site", ["nginx"], indirect=True)
@pytest.mark.parametrize(
    ("headers", "status"),
    [({"X-Long": "a" * 10_000}, 200), ({"X-Long": "a" * 20_000}, 400)],
)
def test_headers_are_bounded(site: httpx2.Client, headers: dict[str, str], status: int) -> None:
    assert site.get("/about", headers=headers).status_code == status


def test_a_theme_is_taken_and_a_long_body_is_not(site: httpx2.Client) -> None:
    assert site.post("/theme", data={"theme": "dark", "next": "/"}).status_code == 303
    assert site.post("/theme", content=b"a" * 5000).status_code == 413


def test_slow_headers_end_the_connection_and_hold_up_nobody(site: httpx2.Client) -> None:
    port = site.base_url.port
    assert port
    slow = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(50)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    assert site.get("/about").status_code == 200
    for connection in slow:
        with closing(connection):
            while connection.recv(65536):
                pass


def test_the_unit_names_settings_that_exist() -> None:
    named = re.findall(r"SOURCEBOOK_([A-Z_]+)", DEPLOY)
    assert named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_the_bounds_told_are_those_of_the_program() -> None:
    for told in (
        f"{MOST // 1024} KB; {PIECE // 1024} KB always pass",
        f"{ARRIVAL_SECONDS:.0f} s",
        f"{CONNECTIONS}, then 503",
        f"| {PAGES}, {NARROWED} narrowed by a filter, and {DOWNLOADS} downloads",
        f"not drawn yet, and says so | {PATIENCE_OF_A_PAGE:g} s |",
        f"`SOURCEBOOK_QUERY_SECONDS`, {Settings.model_fields['query_seconds'].default} s, then 503",
        f"| {MAX_VALUES}, each of at most {MAX_VALUE} characters |",
        f"| {MAX_COMPARED}, each of at most {LONGEST_SLUG} characters |",
        f"bytes, none longer than {LARGEST // 2**20} MiB |",
        f"at most {CACHE // 10**6} MB for the results of\nqueries",
    ):
        assert told in DEPLOY
