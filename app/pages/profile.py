"""One company's profile: its figures with their notes, what is said of it, and the sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from app.dependencies import Config, Snap
from app.links import company_url, compare_url, list_url, source_url
from app.pages.cells import Cell, make_cell, note_anchor
from app.pages.formatting import write_period
from app.pages.rendering import Pages
from app.profiles.answer import Range
from app.profiles.company import About, Company, Source, Statement
from app.profiles.figure import Figure, State
from app.profiles.filter import CompanyFilter
from app.profiles.measures import BUILT_IN, Measure
from app.store.profiles import get_company
from app.store.snapshot import Edition

router = APIRouter(include_in_schema=False)
LEADING = ("revenue", "employees", "revenue_per_employee", "countries")
RESEARCH = ("rd_staff", "rd_share_staff", "rd_share_revenue")


@dataclass(frozen=True, slots=True)
class Shown:
    """A measure of the company: its headline, when it is from, and every further figure."""

    label: str
    basis: str | None
    cell: Cell
    period: str
    others: tuple["Shown", ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with where it stands."""

    text: str
    claim: bool
    number: int | None
    href: str | None
    locator: str | None


@dataclass(frozen=True, slots=True)
class Sayings:
    """Statements about one thing, and the place where all of them stand, if it is one."""

    said: tuple[Said, ...]
    place: Said | None


@dataclass(frozen=True, slots=True)
class Cited:
    """A source of the page, under the number that its marks bear."""

    number: int
    source: Source
    href: str


@router.get("/companies/{slug}", response_class=HTMLResponse)
def show_profile(snapshot: Snap, slug: str, pages: Pages, settings: Config) -> HTMLResponse:
    company = get_company(snapshot, slug)
    view = _Profile(company, snapshot.edition)
    report = report_url(settings.report_address, company)
    return pages.page("profile", snapshot.edition, here="/", report=report, **view.parts())


def report_url(address: str, company: Company) -> str | None:
    """Where an error in this profile is reported, or None where no address is set."""
    if not address or address.startswith(("http://", "https://")):
        return address or None
    subject = quote(f"Sourcebook: error in the profile of {company.name} ({company.slug})")
    return f"mailto:{quote(address, safe='@')}?subject={subject}"


class _Profile:
    """What the profile's template prints of one company."""

    def __init__(self, company: Company, edition: Edition) -> None:
        self.company, self.edition = company, edition

    def parts(self) -> dict[str, Any]:
        company, catalogue = self.company, self.edition.catalogue
        research = [self._shown(catalogue[key]) for key in RESEARCH]
        stated = {figure.measure for figure in company.figures}
        return {
            "company": company,
            "initial": company.name[:1],
            "founded": self._shown(catalogue["founded"]),
            "places": self._said(About.PLACE),
            "activities": self._said(About.ACTIVITY),
            "highlights": self._said(About.HIGHLIGHT),
            "notes": self._said(About.NOTE),
            "leading": [self._shown(catalogue[key]) for key in LEADING],
            "research": [shown for shown in research if shown.cell.note],
            "stating_research": list_url(CompanyFilter(rd_share=Range(low=0))),
            "own": [self._shown(one) for one in catalogue.own if one.key in stated],
            "ledger": list(self._ledger()),
            "sources": self._sources(),
            "compare": compare_url([company.slug]),
            "json": f"{company_url(company.slug)}.json",
        }

    def _shown(self, measure: Measure) -> Shown:
        first, *others = self.company.all_of(measure.key)
        return self._one(
            first, measure, 0, [self._one(one, measure, n) for n, one in enumerate(others, 1)]
        )

    def _one(
        self, figure: Figure, measure: Measure, position: int, others: Sequence[Shown] = ()
    ) -> Shown:
        anchor = note_anchor(measure.key, position)
        cell = make_cell(figure, measure, self.company.name, self.edition, anchor)
        known = figure.state is not State.UNKNOWN
        period = write_period(figure.period, figure.published) if known else ""
        if figure.derivation and not figure.period:
            period = "worked out"
        return Shown(measure.label, measure.basis, cell, period, tuple(others))

    def _ledger(self) -> Iterator[Shown]:
        """Every figure for the table of sources; of the built-in measures also the unknown."""
        stated = {figure.measure for figure in self.company.figures}
        for measure in self.edition.catalogue:
            if measure in BUILT_IN or measure.key in stated:
                shown = self._shown(measure)
                yield shown
                yield from shown.others

    def _said(self, about: About) -> Sayings:
        """The statements about one thing; where all stand in one place, it is named once."""
        said = tuple(self._statement(statement) for statement in self.company.said(about))
        places = {(one.href, one.locator, one.number) for one in said}
        if len(said) > 1 and len(places) == 1:
            bare = tuple(replace(one, href=None) for one in said)
            return Sayings(bare, said[0])
        return Sayings(said, None)

    def _statement(self, statement: Statement) -> Said:
        number = self.edition.number(statement.source)
        href = source_url(statement.source) if statement.source else None
        return Said(statement.text, statement.claim, number, href, statement.locator)

    def _sources(self) -> list[Cited]:
        company = self.company
        used = {figure.source for figure in company.figures}
        used |= {statement.source for statement in company.statements}
        return [
            Cited(number, source, source_url(source.id))
            for number, source in enumerate(self.edition.sources, 1)
            if source.id in used
        ]
