"""Addresses to ask for: many of each kind and no two alike, so that no page is drawn twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, product
from math import ceil
from random import Random
from urllib.parse import urlencode

from benchmarks.population import COUNTRIES, HEADER, INDUSTRIES, SEED, rows

SORTS = (
    *("name", "founded", "revenue", "employees", "countries"),
    *("revenue_per_employee", "rd_share_staff", "rd_share_revenue"),
)
RANGED = {
    "revenue": ("Revenue 2024", 10**6),
    "employees": ("Employees", 1),
    "countries": ("Countries", 1),
    "founded": ("Founded", 1),
    "rd_share": ("R&D share", 1),
}
"""Each range field: its column in the table, and what one of the column is in the address."""
SAMPLED = 10_000
"""Rows from which ranges and words are taken; a larger table begins with the same."""
SIZES = range(50, 38, -1)


class Addresses:
    """The addresses of lists of the made-up companies."""

    def __init__(self) -> None:
        sampled = list(rows(SAMPLED))
        self.names = [row[0] for row in sampled]
        self.values = {
            field: sorted(_numbers(row[HEADER.index(column)] for row in sampled))
            for field, (column, _) in RANGED.items()
        }

    def sorted(self) -> Sequence[str]:
        """First pages in each order there is."""
        orders = [f"{sign}{key}" for key in SORTS for sign in ("", "-")]
        return _mixed(_list(sort=sort, size=size) for sort, size in product(orders, SIZES))

    def filtered(self) -> Sequence[str]:
        """First pages with one filter, of every kind."""
        facets = [
            *({"country": one} for one in COUNTRIES[:60]),
            *({"industry": one} for one in INDUSTRIES),
        ]
        ranges = (self.range(field, n / 25) for field in RANGED for n in range(1, 25))
        return _mixed(_list(**asked) for asked in chain(facets, ranges))

    def range(self, field: str, share: float) -> Mapping[str, str]:
        """The filter that about the highest share of those who state a figure pass."""
        return {f"{field}_min": f"{round(self.least(field, share) * RANGED[field][1])}"}

    def least(self, field: str, share: float) -> float:
        """The lowest number of the highest share, in the column's unit."""
        values = self.values[field]
        return values[min(len(values) - 1, ceil((1 - share) * len(values)))]

    def ranges(self) -> Sequence[str]:
        """Lists with two ranges that about a third pass each."""
        pairs = ((self.range("revenue", one), self.range("employees", one)) for one in _thirds())
        return _apart(_list(**revenue, **employees) for revenue, employees in pairs)

    def rival_ranges(self) -> Sequence[str]:
        """The same ranges for Datasette, with two facets and as many rows."""
        return _apart(
            "/companies/plain?"
            + urlencode(
                [
                    ("revenue__gte", self.least("revenue", one)),
                    ("employees__gte", self.least("employees", one)),
                    ("_facet", "country"),
                    ("_facet", "industry"),
                    ("_size", 50),
                ]
            )
            for one in _thirds()
        )

    def searches(self) -> Mapping[str, Sequence[str]]:
        """Lists of what names begin with, and of two signs within Chinese, Japanese or Korean."""
        latin = [name.lower() for name in self.names if name.isascii()]
        asian = [name for name in self.names if ord(name[0]) > 0x2E80]
        letters = sorted({name[0] for name in latin})
        return {
            "one letter": _mixed(_list(q=one, size=size) for one in letters for size in SIZES),
            "two letters": _mixed(_list(q=name[:2]) for name in latin),
            "three letters": _mixed(_list(q=name[:3]) for name in latin),
            "two signs of CJK": _mixed(_list(q=name[2:4]) for name in asian),
            "the beginning of a word": _mixed(_list(q=name.split()[0][:5]) for name in latin),
        }


def compared(slugs: Sequence[str], companies: int = 8, pages: int = 400) -> Sequence[str]:
    """Comparisons of companies drawn by chance."""
    chance = Random(SEED)  # noqa: S311 - which companies, no secrets
    few = [chance.sample(slugs, min(companies, len(slugs))) for _ in range(pages)]
    return _apart(f"/compare?{urlencode([('c', slug) for slug in each])}" for each in few)


def profiles(slugs: Sequence[str]) -> Sequence[str]:
    """Profiles of companies."""
    return _mixed(f"/companies/{slug}" for slug in slugs)


def _thirds() -> Iterator[float]:
    return (0.316 + n / 2000 for n in range(70))


def _numbers(cells: Iterable[str]) -> Iterator[float]:
    """Those that are stated as one number, neither bounds nor ranges."""
    return (float(cell) for cell in cells if cell.replace(".", "", 1).isdigit())


def _list(**asked: object) -> str:
    return f"/?{urlencode(asked)}"


def _apart(addresses: Iterable[str]) -> Sequence[str]:
    return tuple(dict.fromkeys(addresses))


def _mixed(addresses: Iterable[str]) -> Sequence[str]:
    """Each once, in an order drawn by chance and always the same."""
    every = list(_apart(addresses))
    Random(SEED).shuffle(every)  # noqa: S311 - an order, no secret
    return every
