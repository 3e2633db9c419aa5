"""Every engine gives the same pages and files as SQLite, to the last character."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from random import Random
from typing import TypeAlias
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app.profiles.filter import SORT_KEYS
from tests.databases import DUCKDB, POSTGRESQL, database_url
from tests.lengths import examples
from tests.site import CAST, serve_text

pytestmark = pytest.mark.parametrize("database_kind", [DUCKDB, POSTGRESQL], indirect=True)
Both: TypeAlias = tuple[TestClient, TestClient]

NAMES = (
    *("Zebra", "apple", "Apple", "APPLE", "ápple", "Äpfel", "Apfel", "apfel", "Ärger", "Zoë"),
    *("Zoe", "O’Neil", "O'Neil", "Oneil", "O Neil", "_under", "(brackets)", "~tilde", "1 Bee"),
    *("10 Bees", "2 Bees", "Æther", "Aether", "Straße", "Strasse", "STRASSE", "İstanbul"),
    *("Istanbul", "ıstanbul", "istanbul", "Łódź", "Lodz", "Ωmega", "ωmega", "Омега", "омега"),
    *("Ёлка", "Елка", "三菱電機", "三菱", "菱三", "中", "日立", "ひたち", "ヒタチ", "ﾋﾀﾁ"),
    *("삼성전자", "삼성", "ԱԲԳ", "אבג", "العربية", "हिन्दी", "ไทย", "ქართული", "😀 Faces", "𝐁old"),
    *("é", "e\u0301", "ﬁsh", "fish", "½ Half", "a-b", "a b", "ab", "a.b", "A&B", "a_b", "a%b"),
)
"""Names that locales order and compare in ways of their own."""
TAGS = ("Alpha", "alpha", "álpha", "beta", "Ωmega", "三菱", "100%", "a_b")


def _lines(count: int) -> Iterator[str]:
    chance = Random(7)  # noqa: S311 - figures, not secrets
    for n in range(count):
        name = NAMES[n] if n < len(NAMES) else " ".join(chance.sample(NAMES, 2))
        fields = {
            "slug": f"c{chance.randrange(10**6)}-{n}",
            "name": name,
            "source": "gazette",
            "tags": chance.sample(TAGS, chance.randrange(3)),
            "industries": chance.sample(TAGS, chance.randrange(2)),
            "founded": chance.choice((None, 1900, 1900, 1950, 2000 + n % 15)),
            "revenue": chance.choice(
                (None, "$1B", "more than $1B", "$1B to $3B", f"${n + 1}M", "€2B", "up to $5M")
            ),
            "employees": chance.choice((None, "10", "over 10", "10 to 20", f"{n % 40 + 1}")),
            "rd_share_staff": chance.choice((None, None, "10%", ">10%", f"{n % 90}%")),
            "countries": chance.choice((None, "5", "5+", f"{n % 150 + 1}")),
        }
        yield f"  - {json.dumps({key: v for key, v in fields.items() if v}, ensure_ascii=False)}"


DATA = CAST + "\n".join(_lines(260)) + "\n"


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The same data served from SQLite and from another engine."""
    one, other = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    with ExitStack() as opened:
        file = opened.enter_context(serve_text(one, DATA, database=f"sqlite:///{one}/site.db"))
        server = opened.enter_context(serve_text(other, DATA, database=database_url(other)))
        yield file, server


AMOUNTS = st.sampled_from(["", "1", "10", "1M", "5M", "1B", "2B", "3B", "50", "1900", "2000"])
WORDS = st.sampled_from([*NAMES, "a", "ap", "三", "菱", "삼", "o", "zo", "%", "_", "", "c1"])
FIELDS = st.one_of(
    st.tuples(st.just("q"), WORDS),
    st.tuples(st.sampled_from(["industry", "tag"]), st.sampled_from([*TAGS, "none"])),
    st.tuples(
        st.sampled_from(
            [
                *("revenue_min", "revenue_max", "employees_min", "employees_max", "countries_min"),
                *("rd_share_min", "rd_share_max", "founded_min", "founded_max", "countries_max"),
            ]
        ),
        AMOUNTS,
    ),
    st.tuples(st.just("lacks"), st.sampled_from(["revenue", "employees", "founded"])),
    st.tuples(st.just("unknown"), st.just("1")),
    st.tuples(st.just("maybe"), st.just("0")),
    st.tuples(st.just("rd_basis"), st.sampled_from(["staff", "revenue"])),
)
SORTS = st.sampled_from([*SORT_KEYS, *(f"-{key}" for key in SORT_KEYS)])
SIZES = st.sampled_from(["1", "3", "20", "200"])
PAGES = 2
"""How far a list is followed."""


LOADED_AT = re.compile(r'<time datetime="\d{4}-\d\d-\d\dT.*?</time>')
"""When the data were loaded: one after the other."""


def alike(both: Both, address: str) -> str:
    """What both answer to an address; they must not differ in a character."""
    file, server = (client.get(address) for client in both)
    assert file.status_code == server.status_code, address
    assert file.status_code in (200, 422), address  # 1M is no share in percent.
    texts = [LOADED_AT.sub("", answer.text) for answer in (file, server)]
    assert texts[0] == texts[1], address
    return texts[0]


@settings(max_examples=examples(40))
@given(fields=st.lists(FIELDS, max_size=3), sort=SORTS, size=SIZES)
def test_every_question_has_one_answer(
    both: Both, fields: list[tuple[str, str]], sort: str, size: str
) -> None:
    query = urlencode([*fields, ("sort", sort), ("size", size)])
    address = f"/api/companies?{query}"
    for _ in range(PAGES):
        following = json.loads(alike(both, address)).get("next")
        if following is None:
            break
        address = f"/api/companies?{query}&cursor={following}"


@settings(max_examples=6)
@given(fields=st.lists(FIELDS, max_size=2), sort=SORTS)
@pytest.mark.parametrize("path", ["/", "/companies.csv", "/charts", "/figures.csv"])
def test_every_page_and_file_has_one_text(
    both: Both, path: str, fields: list[tuple[str, str]], sort: str
) -> None:
    alike(both, f"{path}?{urlencode([*fields, ('sort', sort)])}")


def test_names_are_in_one_order_whatever_their_script(both: Both) -> None:
    listed = json.loads(alike(both, "/api/companies?sort=name&size=200&unknown=1"))
    assert len(listed["items"]) == 200
    slugs = [one["slug"] for one in listed["items"]]
    for slug in slugs[::20]:
        alike(both, f"/companies/{slug}?sort=name&unknown=1")
        alike(both, f"/api/companies/{slug}")


def test_every_script_is_found_alike(both: Both) -> None:
    for name in NAMES:
        alike(both, f"/api/companies?{urlencode({'q': name, 'unknown': '1'})}")


def test_parquet_is_written_whatever_engine_is_read(both: Both) -> None:
    for client in both:
        answer = client.get("/companies.parquet")
        assert (answer.status_code, answer.content[:4]) == (200, b"PAR1")
