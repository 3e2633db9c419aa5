"""Whatever is typed, the list answers: with companies, or with what it would accept."""

from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.profiles.cursor import Cursor
from app.profiles.filter import SORT_KEYS
from app.web.dependencies import ListQuery
from tests.lengths import examples

FIELDS = tuple(ListQuery.model_fields)
LIKELY = st.sampled_from(
    [
        *("", " ", "0", "1", "-1", "10B", "$2e9", "1e99", "40", "12.3456", "NaN", "∞", "٣", "²"),
        *("staff", "revenue", "employees", "mau_qq", "internet", "\x00", "%", "_", "'", '"', "\\"),
        *(f"-{key}" for key in SORT_KEYS),
        *("9" * 30, "x" * 101, "京東", "a" * 100, "\u0301", "\U0001f600", "W10", "e30", "bnVsbA"),
    ]
)
TYPED = st.one_of(LIKELY, st.text(max_size=40))
QUERIES = st.lists(st.tuples(st.sampled_from(FIELDS), TYPED), max_size=6)
CURSORS = st.builds(
    lambda *values: Cursor(*values).text(),
    st.sampled_from(["-revenue", "revenue", "name", "employees", ""]),
    st.integers(-3, 9) | st.integers(-(2**70), 2**70),
    st.none() | st.integers(-(2**70), 2**70) | st.text(max_size=5),
    st.text(max_size=5),
    st.booleans(),
)
PATHS = ["/", "/api/companies", "/companies.csv"]
SHARED = [HealthCheck.function_scoped_fixture]
"""The site is the same for all examples, and only read."""
fuzzed = settings(max_examples=examples(20), suppress_health_check=SHARED)


def encode(pairs: list[tuple[str, str]]) -> str:
    return urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])


@pytest.mark.parametrize("path", PATHS)
@fuzzed
@given(query=QUERIES)
def test_any_text_in_any_field_is_answered_or_refused(
    six_site: TestClient, path: str, query: list[tuple[str, str]]
) -> None:
    answer = six_site.get(f"{path}?{encode(query)}")
    assert answer.status_code in (200, 422), query


@pytest.mark.parametrize("path", PATHS)
@fuzzed
@given(cursor=CURSORS, sort=st.sampled_from(["", "-revenue", "name", "employees"]))
def test_any_cursor_is_answered_or_refused(
    six_site: TestClient, path: str, cursor: str, sort: str
) -> None:
    answer = six_site.get(f"{path}?{encode([('cursor', cursor), ('sort', sort)])}")
    assert answer.status_code in (200, 422), (cursor, sort)


@pytest.mark.parametrize(
    "path", ["/companies/{}", "/api/companies/{}", "/companies/{}.json", "/sources/{}", "/{}"]
)
@settings(max_examples=examples(10), suppress_health_check=SHARED)
@given(text=st.text(min_size=1, max_size=20))
def test_any_address_is_found_or_not(six_site: TestClient, path: str, text: str) -> None:
    typed = urlencode({"": text.encode("utf-8", "surrogatepass")})[1:].replace("+", "%20")
    answer = six_site.get(path.format(typed))
    assert answer.status_code in (200, 307, 404), text


@fuzzed
@given(slugs=st.lists(st.sampled_from(["zte", "intel"]) | st.text(max_size=10), max_size=9))
def test_any_slugs_are_compared_or_refused(six_site: TestClient, slugs: list[str]) -> None:
    answer = six_site.get(f"/compare?{encode([('c', slug) for slug in slugs])}")
    assert answer.status_code in (200, 422), slugs
