"""Made-up companies by the million: seeded, with the skew, the gaps and the bounds of real ones."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import exp
from pathlib import Path
from random import Random

from babel import Locale

SEED = 20161121
FIRST = ("US", "CN", "DE", "JP", "GB", "FR", "IN", "IT", "KR", "CA", "BR", "ES", "NL", "CH", "SE")
NONE = ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ")
"""Codes that are no country's."""
NAMES = Locale("en").territories
OTHERS = [code for code in sorted(NAMES) if len(code) == 2 and code not in (*FIRST, *NONE)]
COUNTRIES = tuple(str(NAMES[code]) for code in (*FIRST, *OTHERS))[:200]
INDUSTRIES = (
    *("Software", "Telecommunications", "Semiconductors", "Internet", "Displays", "Energy"),
    *("Medical equipment", "Robotics", "Electronics", "Games", "Banking", "Materials", "Mining"),
    *("Insurance", "Shipping", "Rail", "Aviation", "Automobiles", "Tyres", "Batteries", "Optics"),
    *("Pharmaceuticals", "Biotechnology", "Chemicals", "Paper", "Forestry", "Fishing", "Farming"),
    *("Food", "Beverages", "Textiles", "Clothing", "Furniture", "Retail", "Hotels", "Media"),
    *("Publishing", "Construction", "Real estate", "Water"),
)
LAST = (
    *("Analytics", "Avionics", "Biotech", "Cables", "Ceramics", "Circuits", "Controls", "Devices"),
    *("Dynamics", "Electric", "Engines", "Fibre", "Foods", "Group", "Holding", "Instruments"),
    *("Labs", "Logic", "Machines", "Materials", "Media", "Motors", "Networks", "Optics", "Power"),
    *("Robotics", "Sensors", "Software", "Systems", "Trading", "Works"),
)
FORMS = ("AG", "Corp.", "GmbH", "Inc.", "Ltd", "N.V.", "Oy", "PLC", "S.A.", "S.p.A.")
STARTS = (*"BCDFGHKLMNPRSTVZ", "Br", "Dr")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ö")
ENDS = ("", "l", "n", "r", "s", "x")
PLACES = ("北京", "上海", "深圳", "广州", "杭州", "南京", "東京", "大阪", "서울", "부산")
SIGNS = "华为中兴联想海尔美的格力长虹比亚迪宁德时代腾讯阿里巴京三菱日立东芝松下本田삼성현대기아한화"
TRADES = ("科技", "电子", "银行", "汽车", "能源", "半导体", "電機", "製作所", "전자", "화학")
HEAD = ("Company", "Country", "Industry", "Revenue 2022", "Revenue 2023", "Revenue 2024")
HEADER = (*HEAD, "Employees", "Countries", "Founded", "R&D share")
NUMBERS = HEADER[3:]
"""The columns of figures."""
MAPPING = """title: Made-up companies
currency: EUR
source:
  id: almanac
  title: An Almanac of Made-up Companies
  published: 2025-05-02
locator: row {row}
company:
  name: Company
  country: Country
  industries: Industry
figures:
  - {measure: revenue, match: 'Revenue (?P<period>\\d{4})', times: million, currency: EUR}
  - {measure: employees, column: Employees, period: 2024}
  - {measure: countries, column: Countries, period: 2024}
  - {measure: founded, column: Founded}
  - {measure: rd_share_revenue, column: R&D share, percent: true, period: 2024}
"""
SITE = """title: Made-up companies
currency: EUR
tables:
  - {file: companies.csv, mapping: companies.map.yaml}
"""


@dataclass(frozen=True, slots=True)
class Weighted:
    """Texts of which the first are drawn far more often than the last."""

    texts: tuple[str, ...]
    weights: tuple[float, ...]

    @classmethod
    def falling(cls, texts: tuple[str, ...], power: float) -> "Weighted":
        """Each by its rank: the second is drawn 2 to the power times less often than the first."""
        return cls(texts, tuple(accumulate((n + 1) ** -power for n in range(len(texts)))))

    def draw(self, chance: Random) -> str:
        return chance.choices(self.texts, cum_weights=self.weights)[0]


WHERE, WHAT = Weighted.falling(COUNTRIES, 1.1), Weighted.falling(INDUSTRIES, 0.6)


def rows(companies: int, seed: int = SEED) -> Iterator[tuple[str, ...]]:
    """Rows under HEADER, the same for the same seed; a smaller number has the first of a larger."""
    chance = Random(seed)  # noqa: S311 - figures, not secrets
    for _ in range(companies):
        yield _row(chance)


def write(companies: int, folder: Path, seed: int = SEED) -> Path:
    """Write a table of so many companies and its mapping, and return the data file naming both."""
    with (folder / "companies.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(HEADER)
        table.writerows(rows(companies, seed))
    (folder / "companies.map.yaml").write_text(MAPPING, encoding="utf-8")
    site = folder / "site.yaml"
    site.write_text(SITE, encoding="utf-8")
    return site


def _row(chance: Random) -> tuple[str, ...]:
    name = _asian(chance) if chance.random() < 0.1 else _latin(chance)
    people = round(exp(chance.gauss(4.5, 1.9))) + 1
    revenue = people * exp(chance.gauss(-1.8, 0.8)) + 0.01
    earlier = chance.random() < 0.1
    return (
        name,
        WHERE.draw(chance) if chance.random() < 0.98 else "",
        WHAT.draw(chance) if chance.random() < 0.97 else "",
        f"{revenue * 0.9:.2f}" if earlier else "",
        f"{revenue * 0.95:.2f}" if earlier else "",
        _stated(chance, f"{revenue:.2f}", f"{revenue * 1.4:.2f}", 0.92),
        _stated(chance, str(people), str(people * 2), 0.88),
        _stated(chance, *_reach(chance), 0.8),
        str(2024 - int(chance.triangular(0, 150, 15))) if chance.random() < 0.9 else "",
        _share(chance),
    )


def _stated(chance: Random, number: str, more: str, known: float) -> str:
    """Mostly the number; at times a bound or a range, and blank where it is not known."""
    if chance.random() >= known:
        return ""
    fate = chance.random()
    return f"> {number}" if fate < 0.04 else f"{number}-{more}" if fate < 0.07 else number


def _reach(chance: Random) -> tuple[str, str]:
    count = min(150, 1 + int(exp(chance.gauss(1.0, 1.1))))
    return str(count), str(count + 10)


def _share(chance: Random) -> str:
    percent = min(49.0, round(exp(chance.gauss(1.2, 0.9)), 1))
    if chance.random() >= 0.4:
        return ""
    fate = chance.random()
    return (
        "> 50 %" if fate < 0.02 else f"{percent}-{percent + 5:.1f}" if fate < 0.05 else f"{percent}"
    )


def _latin(chance: Random) -> str:
    count = chance.choice((2, 2, 3))
    word = "".join(chance.choice(STARTS).lower() + chance.choice(VOWELS) for _ in range(count))
    first = (word + chance.choice(ENDS)).capitalize()
    return f"{first} {chance.choice(LAST)} {chance.choice(FORMS)}"


def _asian(chance: Random) -> str:
    signs = "".join(chance.choice(SIGNS) for _ in range(chance.choice((2, 2, 3))))
    return f"{chance.choice(PLACES)}{signs}{chance.choice(TRADES)}"
