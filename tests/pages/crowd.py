"""A made-up crowd of companies, more than a chart draws one by one, and how a link is counted."""

from collections.abc import Iterator

from fastapi.testclient import TestClient

from tests.site import CAST, rows_of

MANY = 340


def _revenue(n: int) -> str:
    if n % 11 == 0:
        return "{none: not before next year}"
    if n % 13 == 0:
        return "null"
    if n % 17 == 0:
        return '"€3B"'
    if n % 19 == 0:
        return '"over $20M"'
    if n % 23 == 0:
        return '"$20M-70M"'
    return f'"${(n * 7919) % 9973 * 10 ** (n % 4)}K"'


def _employees(n: int) -> str:
    if n % 14 == 0:
        return "null"
    if n % 21 == 1:
        return '"more than 300"'
    if n % 29 == 1:
        return '"300-1,000"'
    return str((n * 104_729) % 997 * 10 ** (n % 3))


def _lines() -> Iterator[str]:
    for n in range(MANY):
        fields = [
            f"slug: c{n:03}, name: Company {n}, source: gazette",
            f"industries: [{('pumps', 'valves', 'hoses')[n % 3]}]" if n % 8 else "",
            f"founded: {1900 + n * 37 % 117}" if n % 6 else "",
            f"countries: {n * 31 % 180}" if n % 5 else "",
            f"rd_share_staff: '{n * 13 % 100}%'" if n % 4 == 0 else "",
            f"rd_share_revenue: '{'>' if n % 7 == 0 else ''}{n * 17 % 60}%'" if n % 3 == 0 else "",
            f"revenue: {_revenue(n)}" if _revenue(n) != "null" else "",
            f"employees: {_employees(n)}" if _employees(n) != "null" else "",
        ]
        yield f"  - {{{', '.join(filter(None, fields))}}}"


CROWD = CAST + "\n".join(_lines()) + "\n"


def listed(client: TestClient, href: str) -> list[str]:
    """Every company that a link of ours lists, in its order, read from the CSV of the same list."""
    assert href.startswith(("/?", "/")), href
    return [row["name"] for row in rows_of(client.get(f"/companies.csv{href.removeprefix('/')}"))]
