"""What each measure means, and the rules by which this site reads, filters and ranks."""

from collections.abc import Iterable, Iterator

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from msgspec import Struct

from ..profiles.measures import Catalogue, Measure
from ..profiles.notation import domain_words, examples
from ..profiles.remarks import Remark
from ..profiles.version import Version
from ..store.profiles import read_remarks
from ..web.dependencies import Config, Snap
from .formatting import count_of
from .rendering import Pages

router = APIRouter(include_in_schema=False)


class Meaning(Struct, frozen=True, gc=False):
    """A measure in plain words."""

    measure: Measure
    domain: str
    formula: str | None


REMARKS = {
    "matched": (
        "Matched by name alone",
        "Companies of several files taken for one, because nothing but the name tells.",
    ),
    "left apart": (
        "Left apart",
        "Companies of one name that were not taken for one, with the reason.",
    ),
    "spelling": (
        "Written in several ways",
        "Industries, countries and tags that differ in capitals alone are shown as first read.",
    ),
    "left out": ("Left out", "Rows of the tables that could not be read as they stand."),
}
"""What a person should look at after a load: the heading of each kind, and what it means."""


@router.get("/about", response_class=HTMLResponse)
def show_about(snapshot: Snap, pages: Pages, settings: Config) -> HTMLResponse:
    catalogue = snapshot.version.catalogue
    return pages.page(
        "about",
        snapshot.version,
        here="/about",
        meanings=[_meaning(measure, catalogue) for measure in catalogue],
        companies=count_of(snapshot.version.companies, "company", "companies"),
        figures=count_of(snapshot.version.figures, "figure"),
        examples=examples(catalogue["revenue"]),
        sources_in_order=", ".join(_titles(snapshot.version)),
        kept=settings.keep_versions,
        remarks=tuple(_grouped(read_remarks(snapshot))),
    )


def _titles(version: Version) -> Iterator[str]:
    """The sources in the order in which they are preferred."""
    return (f"“{one.title}”" for key in version.prefer if (one := version.source(key)))


def _grouped(remarks: Iterable[Remark]) -> Iterator[tuple[str, str, list[str]]]:
    """The remarks of the load by kind: heading, what it means, and each one's text."""
    by_kind: dict[str, list[str]] = {}
    for remark in remarks:
        by_kind.setdefault(remark.kind, []).append(remark.text)
    for kind, texts in by_kind.items():
        heading, meaning = REMARKS.get(kind, (kind.capitalize(), ""))
        yield f"{heading}: {len(texts):,}", meaning, texts


def _meaning(measure: Measure, catalogue: Catalogue) -> Meaning:
    formula = None
    if quotient := catalogue.quotient_of(measure):
        parts = (quotient.top, quotient.bottom)
        formula = " ÷ ".join(catalogue[key].label for key in parts)
    return Meaning(measure, domain_words(measure), formula)
