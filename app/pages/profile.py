"""One company's profile: its figures with their notes, where it stands, and what is said of it."""

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from ..links import company_url, compare_url, profile_url
from ..profiles.company import About, Company
from ..profiles.filter import CompanyFilter
from ..profiles.version import Version
from ..store.profiles import get_company
from ..store.versions import Snapshot
from ..web.dependencies import CarriedFilter, Config, Snap
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
    snapshot: Snap, slug: str, asked: CarriedFilter, pages: Pages, settings: Config
) -> HTMLResponse:
    company, version = get_company(snapshot, slug), snapshot.version
    address = f"{pages.origin}{company_url(slug)}"
    figures = Figures(company, version, f"{pages.origin}{company_url(slug, version.chosen)}")
    view = _words(company, version) | _numbers(snapshot, figures, asked)
    view["amounts"] = amounts_in(
        version, lambda chosen: profile_url(slug, asked.replace(currency=chosen))
    )
    view["organization"] = organization(company, address)
    view["report"] = report_url(settings.report_address, company)
    return pages.page("profile", version, here="/", **view)


def report_url(address: str, company: Company) -> str | None:
    """Where an error in this profile is reported, or None where no address is set."""
    if not address or address.startswith(("http://", "https://")):
        return address or None
    subject = quote(f"Sourcebook: error in the profile of {company.name} ({company.slug})")
    return f"mailto:{quote(address, safe='@')}?subject={subject}"


def _words(company: Company, version: Version) -> dict[str, Any]:
    """Who the company is, and what is said of it."""
    return {
        "company": company,
        "description": describe(company, version.catalogue),
        "initial": company.name[:1],
        "places": said_of(company, About.PLACE, version),
        "activities": said_of(company, About.ACTIVITY, version),
        "highlights": said_of(company, About.HIGHLIGHT, version),
        "notes": said_of(company, About.NOTE, version),
        "sources": tuple(sources_of(company, version)),
        "compare": compare_url([company.slug], currency=version.chosen),
        "json": company_url(company.slug, version.chosen, ".json"),
    }


def _numbers(snapshot: Snapshot, figures: Figures, asked: CompanyFilter) -> dict[str, Any]:
    """Its figures, where they stand, and the companies that it stands beside."""
    company, own = figures.company, figures.spot()
    everybody = CompanyFilter(currency=snapshot.version.chosen)
    ranks = Ranks(snapshot, figures)
    leading = ranks.leading()
    return {
        "founded": figures.shown("founded"),
        "leading": leading,
        "hint": hint(company.name, leading),
        "research": research_of(figures, ranks),
        "stating_research": STATING,
        "own": figures.own(),
        "over_years": over_years(company, snapshot.version),
        "around": surroundings_of(snapshot, asked, company, ranks.own),
        "ledger": tuple(figures.ledger()),
        "scatter": scatter_view(
            snapshot, everybody, snapshot.version.companies, Choice(), layouts=CARD, current=own
        ),
        "rankings": tuple(
            found for key in RANKED_HERE if (found := ranking(snapshot, everybody, key, FEW, own))
        ),
    }
