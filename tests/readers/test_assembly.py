"""Data files and tables as one data set: read, matched, worked out, and what is told of it."""

from datetime import date
from pathlib import Path

import pytest

from app.errors import DataFaults
from app.profiles.company import Company, Dataset
from app.profiles.figure import State
from app.readers.assembly import assemble
from app.readers.inputs import gather
from app.settings import ROOT
from tests.readers.cast import whole

TODAY = date(2026, 1, 1)
SCOREBOARD = ROOT.parent / "shared" / "data" / "eu_scoreboard"
MAPPING = """\
currency: EUR
source: {{id: {id}, title: {title}}}
measures:
  rd_spend: {{label: R&D spend, kind: money, unit: money}}
company: {{name: Name, country: Country}}
figures:
  - {{measure: revenue, column: Sales, times: million, currency: EUR, period: {period}}}
  - {{measure: rd_spend, column: R&D, times: million, currency: EUR, period: {period}}}
  - {{measure: employees, column: Staff, period: {period}}}
"""
HEAD = "Name,Country,Sales,R&D,Staff\n"
PROFILES = """\
title: Profiles
currency: USD
sources: {article: {title: An article}}
companies:
  - {slug: alder, name: Alder, source: article, employees: 90, revenue: "$2M"}
"""


class Folder:
    """A folder of files, and the data set that they make."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.write_text(text, encoding="utf-8")
        return path

    def table(self, number: int, rows: str, period: str) -> Path:
        text = MAPPING.format(id=f"book-{number}", title=f"Book {number}", period=period)
        self.write(f"{number}.yaml.map", text)
        return self.write(f"{number}.csv", HEAD + rows)

    def site(self, *numbers: int, more: str = "") -> Path:
        tables = "".join(
            f"  - {{file: {number}.csv, mapping: {number}.yaml.map}}\n" for number in numbers
        )
        return self.write("site.yaml", f"title: Site\ncurrency: EUR\n{more}tables:\n{tables}")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def made(*paths: Path, skip: bool = False) -> Dataset:
    return whole(assemble(gather(paths), TODAY, skip_bad_rows=skip))


def of(dataset: Dataset, slug: str) -> Company:
    return next(company for company in dataset.companies if company.slug == slug)


def told(company: Company, key: str) -> list[tuple[str | None, str]]:
    """The figures of a measure: their periods and forms, the headline first."""
    return [
        (one.period.label if one.period else None, one.as_stated or one.state.value)
        for one in company.all_of(key)
    ]


def test_years_of_several_tables_stand_side_by_side_the_latest_first(folder: Folder) -> None:
    folder.table(1, "Alder,Germany,100,10,50\nBirch,France,7,1,3\n", "2014")
    folder.table(2, "ALDER,Germany,120,,60\n", "2015/16")
    dataset = made(folder.site(1, 2))
    assert [company.slug for company in dataset.companies] == ["alder", "birch"]
    alder = of(dataset, "alder")
    assert alder.years == (2014, 2016)
    assert told(alder, "employees") == [("2015/16", "60"), ("2014", "50")]
    assert told(alder, "rd_spend") == [("2014", "10 (€ million)")]
    assert told(alder.of_year(2014), "revenue") == [("2014", "100 (€ million)")]


def test_the_share_of_revenue_follows_from_what_is_spent_in_the_same_year_alone(
    folder: Folder,
) -> None:
    folder.table(1, "Alder,Germany,100,10,50\n", "2014")
    folder.table(2, "Alder,Germany,200,,60\n", "2015/16")
    (share,) = of(made(folder.site(1, 2)), "alder").all_of("rd_share_revenue")
    assert (share.state, share.period and share.period.label) == (State.DERIVED, "2014")
    assert share.interval
    assert share.interval.exact == 10**11  # A tenth.


def test_profiles_and_tables_are_one_company_by_its_name_and_each_keeps_its_currency(
    folder: Folder,
) -> None:
    folder.table(1, "ALDER,Germany,100,10,50\n", "2014")
    dataset = made(folder.write("profiles.yaml", PROFILES), folder.site(1))
    assert (dataset.title, dataset.currency) == ("Site", "EUR")
    alder = of(dataset, "alder")
    assert (alder.name, alder.aliases, alder.country) == ("Alder", ("ALDER",), "Germany")
    assert [one.currency for one in alder.all_of("revenue")] == ["EUR", "USD"]
    assert told(alder, "employees") == [("2014", "50"), (None, "90")]
    assert [remark.kind for remark in dataset.remarks] == ["matched"]
    assert "1.csv" in dataset.remarks[0].text


@pytest.mark.parametrize(("prefer", "first"), [("", "50"), ("prefer: [book-2]\n", "60")])
def test_of_one_year_the_preferred_source_comes_first(
    folder: Folder, prefer: str, first: str
) -> None:
    folder.table(1, "Alder,Germany,100,10,50\n", "2014")
    folder.table(2, "Alder,Germany,100,10,60\n", "2014")
    alder = of(made(folder.site(1, 2, more=prefer)), "alder")
    assert alder.headline("employees").as_stated == first
    assert len(alder.all_of("employees")) == 2


def test_an_alias_tells_of_another_name(folder: Folder) -> None:
    folder.table(1, "Alder,Germany,1,1,1\n", "2014")
    folder.table(2, "Erle,Germany,2,2,2\n", "2015")
    assert len(made(folder.site(1, 2)).companies) == 2
    named = made(folder.site(1, 2, more="aliases: {Erle: Alder}\n"))
    assert [company.slug for company in named.companies] == ["alder"]


def test_rows_at_fault_refuse_the_load_or_are_left_out_and_told(folder: Folder) -> None:
    folder.table(1, "Alder,Germany,lots,10,50\nBirch,France,7,1,3\n", "2014")
    with pytest.raises(DataFaults, match="lots"):
        made(folder.site(1))
    dataset = made(folder.site(1), skip=True)
    assert [company.slug for company in dataset.companies] == ["birch"]
    assert [(one.kind, "Alder" in one.text) for one in dataset.remarks] == [("left out", True)]


def test_a_source_described_twice_otherwise_is_a_fault(folder: Folder) -> None:
    folder.table(1, "Alder,Germany,1,1,1\n", "2014")
    folder.table(2, "Birch,France,1,1,1\n", "2015")
    mapping = folder.path / "2.yaml.map"
    mapping.write_text(mapping.read_text("utf-8").replace("book-2", "book-1"), "utf-8")
    with pytest.raises(DataFaults, match="book-1 is described otherwise elsewhere"):
        made(folder.site(1, 2))


@pytest.mark.parametrize("name", ["1.csv", "1.yaml.map"])
def test_a_listed_file_that_is_not_there_is_named(folder: Folder, name: str) -> None:
    folder.table(1, "Alder,Germany,1,1,1\n", "2014")
    site = folder.site(1)
    (folder.path / name).unlink()
    with pytest.raises(DataFaults, match=f"{name}: (there is )?[Nn]o such file"):
        made(site)


def test_every_listed_file_is_watched_and_part_of_the_digest(folder: Folder) -> None:
    folder.table(1, "Alder,Germany,1,1,1\n", "2014")
    inputs = gather([folder.site(1)])
    assert [path.name for path in inputs.watched] == ["site.yaml", "1.csv", "1.yaml.map"]
    before = inputs.digest()
    folder.table(1, "Alder,Germany,1,1,2\n", "2014")
    assert gather([folder.site(1)]).digest() != before


def test_tables_and_mappings_pair_in_order(folder: Folder) -> None:
    one, two = folder.table(1, "", "2014"), folder.table(2, "", "2015")
    mappings = [folder.path / "1.yaml.map", folder.path / "2.yaml.map"]
    paired = gather([one, two], mappings).tables
    assert [(table.path.name, Path(table.mapping.name).name) for table in paired] == [
        ("1.csv", "1.yaml.map"),
        ("2.csv", "2.yaml.map"),
    ]
    assert len(gather([one, two], mappings[:1]).tables) == 2
    with pytest.raises(DataFaults, match="1 tables and 2 mappings"):
        gather([one], mappings)


@pytest.mark.skipif(not SCOREBOARD.is_dir(), reason="the Scoreboard's files are not here")
def test_three_editions_and_the_six_profiles_are_one_data_set(folder: Folder) -> None:
    editions = ("2015", "2016", "2019")
    tables = "".join(
        f"  - file: {SCOREBOARD}/SB{year}_World2500.csv\n"
        f"    mapping: {ROOT}/examples/scoreboard-{year}.yaml\n"
        for year in editions
    )
    site = folder.write("site.yaml", f"currency: EUR\ntables:\n{tables}")
    dataset = made(ROOT / "data" / "companies.yaml", site)
    figures = [one for company in dataset.companies for one in company.figures]
    by_source = {f"scoreboard-{year}": 0 for year in editions}
    for company in dataset.companies:
        for source in {one.source for one in company.figures} & by_source.keys():
            by_source[str(source)] += 1
    assert by_source == {"scoreboard-2015": 2500, "scoreboard-2016": 2500, "scoreboard-2019": 2500}
    assert {one.period.end.year for one in figures if one.period} >= {2014, 2016, 2019}
    intel = of(dataset, "intel")
    staff = told(intel, "employees")
    assert ("2015/16", "107300") in staff
    assert (None, "100,000") in staff


def test_values_that_differ_in_capitals_are_one_across_files(folder: Folder) -> None:
    folder.table(1, "Alder,germany,2,1,90\nBirch,Germany,3,1,80\n", "2015")
    oak = "companies:\n  - {slug: oak, name: Oak, country: GERMANY}\n"
    dataset = made(folder.site(1), folder.write("oak.yaml", oak))
    assert {company.country for company in dataset.companies} == {"GERMANY"}
    assert [(one.kind, one.text) for one in dataset.remarks] == [
        ("spelling", "Country “GERMANY”, also written “germany” (1), “Germany” (1)")
    ]


def test_they_are_one_within_a_data_file_too(folder: Folder) -> None:
    names = ("alder", "Poland"), ("birch", "POLAND")
    lines = [f"  - {{slug: {name}, name: {name}, country: {land}}}\n" for name, land in names]
    dataset = made(folder.write("two.yaml", "companies:\n" + "".join(lines)))
    assert [company.country for company in dataset.companies] == ["Poland", "Poland"]
    assert [one.kind for one in dataset.remarks] == ["spelling"]
