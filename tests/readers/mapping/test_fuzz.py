"""Whatever a mapping or a table holds, the answer is data or a report for people."""

import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from app.errors import DataFaults
from app.readers.dataset import DataFile
from app.readers.mapping.entries import FigureColumnEntry, IdentityEntry, MappingEntry
from app.readers.mapping.headers import read_pattern
from app.readers.mapping.mapping import read_mapping
from app.readers.mapping.table import MappedTable
from app.readers.records.record import Record
from tests.readers.mapping.cast import HEAD, TODAY, mapping

KEYS = [*MappingEntry.model_fields, *FigureColumnEntry.model_fields, *IdentityEntry.model_fields]
SCALARS = st.one_of(
    st.none(),
    st.sampled_from(["revenue", "X", "2015", "1e6", "true", "{row}", "(", "EUR", "", "header"]),
    st.text(max_size=5),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(max_size=3)), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(VALUES)
def test_any_mapping_is_read_or_refused(value: object) -> None:
    with suppress(DataFaults):
        read_mapping(DataFile("map.yaml", json.dumps(value).encode()), TODAY)


@given(st.dictionaries(st.sampled_from(list(FigureColumnEntry.model_fields)), VALUES))
def test_any_figure_is_read_or_refused(entry: dict[str, object]) -> None:
    text = f"{HEAD}figures: [{json.dumps({'measure': 'revenue', 'column': 'X', **entry})}]\n"
    with suppress(DataFaults):
        found = read_mapping(DataFile("map.yaml", text.encode()), TODAY)
        MappedTable(found, ("Name", "Country", "X"), "t.csv")


ENTRIES = (
    "measure: employees, times: thousand",
    "measure: revenue",
    'measure: revenue, times: 1e-3, currency: EUR, numbers: {decimal: ","}',
    "measure: profit, currency: {column: Country}, numbers: {parentheses: true}",
    "measure: rd_share_staff, percent: true, period: {column: Country}",
    "measure: rd_share_revenue, times: 1",
    "measure: founded, none: [none], missing: ['0', '-']",
)
TABLE = mapping(
    HEAD
    + "measures: {profit: {label: Profit, kind: money, unit: money, negative: true}}\nfigures:\n"
    + "".join(f"  - {{column: Value, {entry}}}\n" for entry in ENTRIES)
)
CELLS = st.one_of(
    st.text(max_size=90),
    st.text(alphabet="0123456789.,'()-+<>≥%€$ KMeE\u00a0", max_size=30),
    st.text(alphabet="٠١٢²½Ⅷ１２\x1c\x85\u2028 -+.", max_size=10),
)


@given(CELLS, CELLS, CELLS)
def test_any_row_is_a_company_or_left_out(name: str, country: str, value: str) -> None:
    table = MappedTable(TABLE, ("Name", "Country", "Value"), "t.csv", skip_bad_rows=True)
    record = Record(2, {"Name": name, "Country": country, "Value": value})
    found = list(table.companies([record]))
    assert len(found) + len(table.left_out) == 1
    assert bool(table.left_out) == bool(table.faults)
    for one in table.faults:
        assert one.message.isprintable()


def test_no_pattern_takes_forever() -> None:
    assert read_pattern("(a+)+(a+)+b").match("a" * 5000) is None
