"""What each measure means, and the rules by which this site reads, filters and ranks."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.dependencies import Config, Snap
from app.pages.rendering import Pages
from app.profiles.measures import Catalogue, Measure
from app.profiles.notation import domain_words, examples

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A measure in plain words."""

    measure: Measure
    domain: str
    formula: str | None


@router.get("/about", response_class=HTMLResponse)
def show_about(snapshot: Snap, pages: Pages, settings: Config) -> HTMLResponse:
    catalogue = snapshot.edition.catalogue
    return pages.page(
        "about",
        snapshot.edition,
        here="/about",
        meanings=[_meaning(measure, catalogue) for measure in catalogue],
        examples=examples(catalogue["revenue"]),
        kept=settings.keep_generations,
    )


def _meaning(measure: Measure, catalogue: Catalogue) -> Meaning:
    formula = None
    if measure.quotient:
        parts = (measure.quotient.top, measure.quotient.bottom)
        formula = " ÷ ".join(catalogue[key].label for key in parts)
    return Meaning(measure, domain_words(measure), formula)
