"""The numbers above the list: totals, medians and who states them, in words. Pure."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from ..profiles.measures import Kind
from ..profiles.results import Summary
from ..profiles.version import Version
from .formatting import write_interval


class Stat(Struct, frozen=True, gc=False):
    """A number over all companies found, with who states it."""

    label: str
    seen: str
    spoken: str
    detail: str = ""


SUMMARISED = ("revenue", "employees", "founded")
"""The measures that are summed up above the list."""
SPANNED = ("founded",)
"""Those of them of which only the least and the greatest are shown."""


def stats(found: int, summaries: Mapping[str, Summary], version: Version) -> Iterator[Stat]:
    """How many were found, and totals and medians over all of them, with who states them."""
    yield Stat("Companies found", f"{found:,}", f"{found:,}")
    for key, one in summaries.items():
        measure = version.catalogue[key]
        of = f"{one.stating:,} of {one.companies:,} {'states' if one.stating == 1 else 'state'} it"
        if measure.kind is Kind.YEAR:
            years = {one.least, one.top} - {None}
            seen = "–".join(str(year) for year in sorted(filter(None, years))) or "—"
            yield Stat(measure.label, seen, seen if years else "not stated", of)
            continue
        if one.total is None or one.median is None:
            seen, spoken = ("—", "not stated") if not one.stating else ("too large", "too large")
            yield Stat(f"{measure.label}, total", seen, spoken, of)
            continue
        currency = version.currency if measure.kind is Kind.MONEY else None
        total = write_interval(one.total, measure, currency)
        median = write_interval(one.median, measure, currency)
        detail = f"median {median.seen} · {of}"
        yield Stat(f"{measure.label}, total", total.seen, total.spoken, detail)
