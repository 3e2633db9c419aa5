"""The mappings in `examples/` on the real files, by counts that were taken from the files alone."""

from collections import Counter
from pathlib import Path

import pytest

from app.profiles.company import Company, Identifier
from app.profiles.interval import Interval
from tests.readers.mapping.cast import ROOT, mapping, real_table


def scoreboard(year: int) -> list[Company]:
    found, stream = real_table(f"scoreboard-{year}.yaml", f"eu_scoreboard/SB{year}_World2500.csv")
    companies = [one.company for one in stream]
    assert found.faults == ()
    assert len({one.slug for one in companies}) == len(companies)
    return companies


def stated(companies: list[Company]) -> Counter[str]:
    return Counter(figure.measure for one in companies for figure in one.figures)


def test_the_edition_of_2016() -> None:
    companies = scoreboard(2016)
    assert len(companies) == 2500
    assert len({one.name for one in companies}) == 2499
    assert len({one.country for one in companies}) == 45
    assert len({one.industries for one in companies}) == 38
    assert stated(companies) == {
        "rd_spend": 2500,
        "revenue": 2266,
        "rd_share_revenue": 2266,
        "capex": 2125,
        "operating_profit": 2308,
        "employees": 2031,
    }
    named = [one.slug for one in companies if one.name == "AKER SOLUTIONS"]
    assert named == ["aker-solutions", "aker-solutions-2"]


def test_the_largest_employer_of_2016() -> None:
    most, name = max(
        (figure.interval.low or 0, one.name)
        for one in scoreboard(2016)
        for figure in one.figures
        if figure.measure == "employees" and figure.interval
    )
    assert (most, name) == (610_076, "VOLKSWAGEN")


def test_one_row_of_2016_to_the_last_cent() -> None:
    first = scoreboard(2016)[0]
    assert [(one.measure, one.interval, one.as_stated, one.locator) for one in first.figures] == [
        ("rd_spend", Interval.exactly(1_361_200_000_000), "13,612.0 (€ million)", "row 2"),
        ("revenue", Interval.exactly(21_329_200_000_000), "213,292.0 (€ million)", "row 2"),
        ("rd_share_revenue", Interval.exactly(64 * 10**9), "6.4 (%)", "row 2"),
        ("capex", Interval.exactly(1_321_300_000_000), "13,213.0 (€ million)", "row 2"),
        ("operating_profit", Interval.exactly(-122_800_000_000), "-1,228.0 (€ million)", "row 2"),
        ("employees", Interval.exactly(610_076), "610076", "row 2"),
    ]
    assert {one.period and one.period.label for one in first.figures} == {"2015/16"}


def test_intensities_above_100_percent_of_2016_are_kept() -> None:
    figures = (one for company in scoreboard(2016) for one in company.figures)
    shares = [
        one.interval.low or 0
        for one in figures
        if one.measure == "rd_share_revenue" and one.interval
    ]
    assert max(shares) == 120_997 * 10**10


def test_the_edition_of_2015_without_its_totals() -> None:
    found, stream = real_table("scoreboard-2015.yaml", "eu_scoreboard/SB2015_World2500.csv")
    companies = [one.company for one in stream]
    assert (len(companies), found.skipped) == (2500, 1)
    assert "totals" not in {one.slug for one in companies}
    assert {"lg", "lg-2", "yamaha", "yamaha-2"} <= {one.slug for one in companies}
    assert stated(companies)["employees"] == 2203


def test_the_edition_of_2019() -> None:
    companies = scoreboard(2019)
    assert len(companies) == 2500
    assert stated(companies) == {
        "rd_spend": 2500,
        "revenue": 2432,
        "rd_share_revenue": 2432,
        "capex": 2446,
        "operating_profit": 2482,
        "employees": 2327,
        "market_value": 2265,
    }
    assert companies[0].figures[5].interval == Interval.exactly(98_771)


def test_the_register_of_leis_streams() -> None:
    found, stream = real_table("gleif.yaml", "gleif/gleif_399k.csv.gz")
    count, without_country, not_ascii = 0, 0, 0
    for one in stream:
        count += 1
        without_country += one.company.country is None
        not_ascii += not one.company.name.isascii()
        if count == 1:
            assert one.company.identifiers == (Identifier("lei", "001GPB6A9XPE8XJICC14"),)
            assert one.company.tags == ("FUND",)
    # 17,064 names in the file are not ASCII; in 90 of them only a no-break blank is not.
    assert (count, without_country, not_ascii) == (399_203, 30, 16_974)
    assert found.faults == ()


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem
)
def test_every_example_is_read(path: Path) -> None:
    assert mapping(path.read_text(encoding="utf-8")).source.title
