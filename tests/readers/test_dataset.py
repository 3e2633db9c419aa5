"""Files into one data set: head, sources, measures, several files, digest."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from app.errors import DataFaults
from app.profiles.company import Place, Source
from app.profiles.interval import Interval
from app.profiles.measures import Kind, Measure
from app.readers.dataset import DataFile, digest, read_dataset
from tests.readers.cast import HEAD, TODAY, dataset, files, with_lines


def test_the_head_describes_the_data_set() -> None:
    found = dataset(
        "title: Pump makers\ndescription: Who makes pumps.\n"
        "classification: ours\ncurrency: EUR\ncompanies: []\n"
    )
    assert (found.title, found.description) == ("Pump makers", "Who makes pumps.")
    assert (found.classification, found.currency) == ("ours", "EUR")
    assert found.companies == ()


def test_the_head_may_be_left_out() -> None:
    found = dataset("companies: []")
    assert (found.title, found.description, found.classification) == ("Companies", "", "")
    assert (found.currency, found.sources, found.catalogue.own) == ("USD", (), ())


def test_a_source_keeps_what_is_known_of_it() -> None:
    found = dataset(
        "sources:\n"
        "  gazette:\n"
        "    title: The Gazette\n"
        "    author: its editors\n"
        "    kind: newspaper\n"
        "    published: 2016-11-21\n"
        "    url: https://example.org/gazette?a=1&b=2\n"
        "    locators: {Front: the first page, Back: the last}\n"
        "  almanac: {title: The Almanac}\n"
    )
    assert found.sources == (
        Source(
            "gazette",
            "The Gazette",
            "its editors",
            "newspaper",
            date(2016, 11, 21),
            "https://example.org/gazette?a=1&b=2",
            (Place("Front", "the first page"), Place("Back", "the last")),
        ),
        Source("almanac", "The Almanac"),
    )


MEASURES = """\
measures:
  pump_sites:
    label: Pump sites
    unit: sites
    help: Where pumps are made.
    words: [plants]
  water_share: {label: Share of water, kind: share, unit: fraction}
"""


def test_a_data_set_declares_measures_of_its_own() -> None:
    sites, share = dataset(MEASURES).catalogue.own
    assert sites == Measure(
        "pump_sites",
        "Pump sites",
        Kind.COUNT,
        "sites",
        "Where pumps are made.",
        words=("sites", "plants"),
        listed=True,
    )
    assert (share.kind, share.help) == (Kind.SHARE, "")


def test_companies_state_the_measures_of_the_data_set() -> None:
    found = dataset(MEASURES + with_lines("pump_sites: 40+ plants", "water_share: 12%"))
    company = found.companies[0]
    assert company.headline("pump_sites").interval == Interval(40, None, high_open=True)
    assert company.headline("water_share").interval == Interval.exactly(12 * 10**10)


def test_several_files_make_one_data_set() -> None:
    head = "title: Pump makers\ncurrency: CAD\n"
    sources = "sources: {gazette: {title: The Gazette}}\n" + MEASURES
    one = "companies: [{slug: birch, name: Birch, source: gazette, pump_sites: 3, revenue: $5}]\n"
    two = "companies: [{slug: alder, name: Alder}]\n"
    found = dataset(one, head + two, sources)
    assert found.title == "Pump makers"
    assert [company.slug for company in found.companies] == ["birch", "alder"]
    assert found.companies[0].headline("pump_sites").interval == Interval.exactly(3)
    assert found.companies[0].headline("revenue").currency == "CAD"


def test_the_companies_stand_in_the_order_of_the_files() -> None:
    one = "companies: [{slug: zinnia, name: Zinnia}, {slug: alder, name: Alder}]"
    two = "companies: [{slug: maple, name: Maple}]"
    assert [one.slug for one in dataset(one, two).companies] == ["zinnia", "alder", "maple"]
    assert [one.slug for one in dataset(two, one).companies] == ["maple", "zinnia", "alder"]


def test_the_same_files_have_the_same_digest_whatever_their_names() -> None:
    one, two = files(HEAD, "companies: []")
    renamed = [DataFile(f"elsewhere/{file.name}", file.content) for file in (one, two)]
    assert digest([one, two]) == digest(renamed)
    assert len(digest([one, two])) == 64


@pytest.mark.parametrize(
    "others",
    [
        pytest.param([b"ab", b"d"], id="another content"),
        pytest.param([b"c", b"ab"], id="another order"),
        pytest.param([b"a", b"bc"], id="another cut"),
        pytest.param([b"abc"], id="one file"),
        pytest.param([b"ab", b"c", b""], id="an empty file more"),
    ],
)
def test_other_files_have_another_digest(others: list[bytes]) -> None:
    first = digest(DataFile("x", content) for content in (b"ab", b"c"))
    assert digest(DataFile("x", content) for content in others) != first


def test_the_digest_is_a_sha_256_of_the_files_digests() -> None:
    inner = hashlib.sha256(b"ab").digest() + hashlib.sha256(b"c").digest()
    found = digest([DataFile("x", b"ab"), DataFile("y", b"c")])
    assert found == hashlib.sha256(inner).hexdigest()


def test_a_data_set_carries_the_digest_of_its_files() -> None:
    given = files(HEAD)
    assert read_dataset(given, TODAY).digest == digest(given)
    assert read_dataset(given, TODAY) == read_dataset(given, TODAY)


def test_a_file_is_read_from_disk_under_its_path(tmp_path: Path) -> None:
    path = tmp_path / "cast.yaml"
    path.write_text(HEAD, encoding="utf-8")
    assert DataFile.read(path) == DataFile(str(path), HEAD.encode())


def test_a_file_that_cannot_be_read_is_one_fault(tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "gone.yaml", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(DataFaults) as refused:
            DataFile.read(path)
        (fault,) = refused.value.faults
        assert (fault.file, fault.line) == (str(path), 0)
        assert reason in str(fault)


@pytest.mark.parametrize(
    ("head", "first"), [("", 20), ("prefer: [almanac]\n", 30), ("prefer: [gazette]\n", 20)]
)
def test_of_several_sources_that_of_the_order_comes_first(head: str, first: int) -> None:
    given = with_lines("employees: ['20', {stated: '30', source: almanac}]")
    (company,) = dataset(head + given).companies
    assert company.headline("employees").interval == Interval.exactly(first)
    assert len(company.all_of("employees")) == 2
