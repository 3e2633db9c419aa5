"""One company's profile: its figures with their notes, where it stands, and what is said of it."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ..dependencies import Carried, Config, Snap
from ..links import company_url, compare_url, profile_url
from ..profiles.company import About, Company
from ..profiles.filter import CompanyFilter
from ..store.profiles import get_company
from ..store.rankings import Rankings
from ..store.snapshot import Edition, Snapshot
from .amounts_in import amounts_in
from .charted import Choice
from .linked_data import describe, organization
from .neighbours import surroundings_of
from .rankings import FEW, ranking
from .rendering import Pages
from .research import STATING, research_of
from .sayings import said_of, sources_of
from .scatter_views import CARD
from .scatters import scatter_view
from .shown import Figures
from .standing import Ranks, hint
from .years import over_years

router = APIRouter(include_in_schema=False)
RANKED_HERE = ("revenue", "employees")
"""The measures by which all companies are ranked on a profile."""


@router.get("/companies/{slug}", response_class=HTMLResponse)
def show_profile(
    snapshot: Snap, slug: str, asked: Carried, pages: Pages, settings: Config
) -> HTMLResponse:
    company, edition = get_company(snapshot, slug), snapshot.edition
    address = f"{pages.origin}{company_url(slug)}"
    figures = Figures(company, edition, f"{pages.origin}{company_url(slug, edition.chosen)}")
    view = _words(company, edition) | _numbers(snapshot, figures, asked)
    view["amounts"] = amounts_in(
        edition, lambda chosen: profile_url(slug, asked.but(currency=chosen))
    )
    view["organization"] = organization(company, address)
    view["report"] = report_url(settings.report_address, company)
    return pages.page("profile", edition, here="/", **view)


def report_url(address: str, company: Company) -> str | None:
    """Where an error in this profile is reported, or None where no address is set."""
    if not address or address.startswith(("http://", "https://")):
        return address or None
    subject = quote(f"Sourcebook: error in the profile of {company.name} ({company.slug})")
    return f"mailto:{quote(address, safe='@')}?subject={subject}"


def _words(company: Company, edition: Edition) -> dict[str, Any]:
    """Who the company is, and what is said of it."""
    return {
        "company": company,
        "description": describe(company, edition.catalogue),
        "initial": company.name[:1],
        "places": said_of(company, About.PLACE, edition),
        "activities": said_of(company, About.ACTIVITY, edition),
        "highlights": said_of(company, About.HIGHLIGHT, edition),
        "notes": said_of(company, About.NOTE, edition),
        "sources": tuple(sources_of(company, edition)),
        "compare": compare_url([company.slug], currency=edition.chosen),
        "json": company_url(company.slug, edition.chosen, ".json"),
    }


def _numbers(snapshot: Snapshot, figures: Figures, asked: CompanyFilter) -> dict[str, Any]:
    """Its figures, where they stand, and the companies that it stands beside."""
    company, own = figures.company, figures.spot()
    everybody = CompanyFilter(currency=snapshot.edition.chosen)
    rankings = Rankings(snapshot)
    ranks = Ranks(rankings, figures)
    leading = ranks.leading()
    return {
        "founded": figures.shown("founded"),
        "leading": leading,
        "hint": hint(company.name, leading),
        "research": research_of(figures, ranks),
        "stating_research": STATING,
        "own": figures.own(),
        "over_years": over_years(company, snapshot.edition),
        "around": surroundings_of(rankings, asked, company, ranks.own),
        "ledger": tuple(figures.ledger()),
        "scatter": scatter_view(
            snapshot, everybody, snapshot.edition.companies, Choice(), layouts=CARD, current=own
        ),
        "rankings": tuple(
            found for key in RANKED_HERE if (found := ranking(snapshot, everybody, key, FEW, own))
        ),
    }
