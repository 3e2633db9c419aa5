"""The site as its readers meet it: an application on data of one's own, pages read as text.

`seen` is what the eye meets: nothing hidden, nothing folded away. `spoken` is what a screen
reader says: nothing that is drawn for the eye alone.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import parse_qs, urlsplit

from fastapi.testclient import TestClient
from httpx2 import Response

from app.main import create_app
from app.settings import Settings
from tests.databases import database_url

DATA = Path(__file__).parent.parent / "data" / "companies.yaml"
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
SILENT = frozenset(("script", "style", "template", "title", "option"))

CAST = """\
title: A small cast
currency: USD
sources:
  gazette: {title: The Gazette, published: 2016-11-21, url: "https://gazette.example/1"}
  almanac: {title: The Almanac, author: Ada}
companies:
"""
"""The head of a data file; companies follow it."""


@contextmanager
def serve(folder: Path, *data: Path, base: str = "http://testserver", **set_: Any) -> Iterator[Any]:
    """A client of the application with these data files; its database lies in the folder.

    Every page is drawn anew, since tests break what it is made of; `page_memory` changes that.
    """
    made = {"database": database_url(folder)} if "database" not in set_ else {}
    fixed: dict[str, Any] = {"watch": False, "page_memory": 0} | made | set_
    settings = Settings(data=data or (DATA,), **fixed)
    app = create_app(settings)
    with TestClient(
        app, base_url=base, follow_redirects=False, raise_server_exceptions=False
    ) as client:
        yield client


@contextmanager
def serve_text(folder: Path, text: str, **set_: Any) -> Iterator[Any]:
    """The same with one data file of this text."""
    path = folder / "cast.yaml"
    path.write_bytes(text.encode())
    with serve(folder, path, **set_) as client:
        yield client


@dataclass(slots=True)
class Node:
    """An element of a page."""

    tag: str
    attrs: Mapping[str, str] = field(default_factory=dict)
    children: "list[Node | str]" = field(default_factory=list)

    def __iter__(self) -> "Iterator[Node]":
        """This element and all within it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child

    def all(self, *tags: str, **attrs: str) -> "list[Node]":
        """Every element of these tags with these attributes; `_` stands for `-`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            one
            for one in self
            if (not tags or one.tag in tags)
            and all(one.attrs.get(name) == value for name, value in wanted.items())
        ]

    def one(self, *tags: str, **attrs: str) -> "Node":
        """The only such element."""
        (only,) = self.all(*tags, **attrs)
        return only

    def get(self, name: str) -> str:
        """An attribute, blank where there is none."""
        return self.attrs.get(name, "")

    @property
    def seen(self) -> str:
        """The text that the eye meets."""
        return _tidy(_texts(self, _unseen))

    @property
    def spoken(self) -> str:
        """The text that is read aloud, what is folded away included."""
        return _tidy(_texts(self, _unspoken))

    @property
    def links(self) -> dict[str, str]:
        """Where the links lead, by their name."""
        return {(one.get("aria-label") or one.seen): one.get("href") for one in self.all("a")}

    @property
    def parts(self) -> "list[Node]":
        """The elements right within this one."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The terms of its definition lists, each with what stands beside it."""
        return [
            (row.parts[0].seen, " ".join(one.seen for one in row.parts if one.tag == "dd"))
            for row in self.all("div")
            if row.parts and row.parts[0].tag == "dt"
        ]


def _unseen(node: Node) -> bool:
    hidden = "hidden" in node.attrs or "popover" in node.attrs
    return hidden or "vh" in node.get("class").split()


def _unspoken(node: Node) -> bool:
    return "hidden" in node.attrs or node.get("aria-hidden") == "true"


def _texts(node: Node, skipped: Any) -> Iterator[str]:
    folded = node.tag == "details" and "open" not in node.attrs and skipped is _unseen
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag in SILENT or skipped(child) or (folded and child.tag != "summary"):
            yield " "
        else:
            spaced = child.tag not in ("a", "b", "bdi", "code", "data", "i", "span", "sup", "time")
            yield " " if spaced else ""
            yield from _texts(child, skipped)
            yield " " if spaced else ""


def _tidy(texts: Iterator[str]) -> str:
    return " ".join("".join(texts).replace("\u202f", " ").replace("\u00a0", " ").split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Node("page")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Node:
    """A page. Every element must be closed in its order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is not closed"
    return reader.root


def open_page(client: TestClient, url: str, status: int = 200) -> Node:
    """A page of the site."""
    answer = client.get(url)
    assert answer.status_code == status, answer.text[:500]
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    return read(answer.text)


def main(page: Node) -> Node:
    """The page without its frame."""
    return page.one("main")


def scripts(page: Node) -> list[Node]:
    """The scripts that a browser would run; a block of linked data is none."""
    return [one for one in page.all("script") if one.get("type") != "application/ld+json"]


Cells: TypeAlias = dict[str, Node]


def table(page: Node) -> dict[str, Cells]:
    """The rows of the only table by the name of their row, their cells by that of the column."""
    only = page.one("table")
    head = only.one("thead")
    names = [cell.get("aria-label") or cell.spoken for cell in head.all("th", "td")]
    rows: dict[str, Cells] = {}
    for row in only.all("tr"):
        if not row.all("th", scope="row"):
            continue
        title = row.one("th", scope="row")
        cells = [one for one in row.children if isinstance(one, Node)]
        rows[title.all("a")[0].seen if title.all("a") else title.seen] = dict(
            zip(names, cells, strict=True)
        )
    return rows


def groups(page: Node) -> list[tuple[str, list[str]]]:
    """The companies of the list under their headings; those that answer yes have none."""
    found: list[tuple[str, list[str]]] = []
    for row in page.one("table").all("tr"):
        if heading := row.all("th", scope="rowgroup"):
            found.append((heading[0].seen, []))
        elif names := row.all("th", scope="row"):
            if not found:
                found.append(("", []))
            found[-1][1].append(names[0].all("a")[0].seen)
    return found


def names(page: Node) -> list[str]:
    """The companies of the list, in its order."""
    return [name for _, listed in groups(page) for name in listed] if page.all("table") else []


def chips(page: Node) -> dict[str, str]:
    """The active filters as they are worded, each with the address without it."""
    lists = page.all("ul", aria_label="Active filters")
    return lists[0].links if lists else {}


def stats(page: Node) -> dict[str, str]:
    """What stands above the list: totals and medians by their names."""
    return dict(main(page).one("dl").pairs)


def note(page: Node, label: str, which: int = 0) -> list[tuple[str, str]]:
    """The note that the mark so named opens; `which` of several by that name."""
    notes = [one for one in page.all("details") if one.all("summary")[0].spoken == label]
    return notes[which].pairs


def fields(page: Node) -> dict[str, list[str]]:
    """What the filter form holds as it stands: what would be sent, blanks included."""
    form = page.one("form", aria_label="Filter companies")
    held: dict[str, list[str]] = {}
    for one in form.all("input"):
        if not one.get("name"):
            continue  # A slider: the text fields are what is sent.
        if one.get("type") not in ("checkbox", "radio") or "checked" in one.attrs:
            held.setdefault(one.get("name"), []).append(one.get("value"))
    for menu in form.all("select"):
        chosen = [o.get("value") for o in menu.all("option") if "selected" in o.attrs]
        held[menu.get("name")] = chosen or [menu.all("option")[0].get("value")]
    return held


def filled(page: Node) -> dict[str, list[str]]:
    """What the filter form holds that is not blank."""
    return {
        name: given for name, values in fields(page).items() if (given := [*filter(None, values)])
    }


def query_of(url: str) -> dict[str, list[str]]:
    """The query of an address."""
    return parse_qs(urlsplit(url).query, keep_blank_values=True)


def rows_of(answer: Response) -> list[dict[str, str]]:
    """The rows of a CSV file, by the names in its first line."""
    assert answer.status_code == 200, answer.text[:500]
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))
