"""The rows of the list: each company's figures, and why a row is a maybe. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.charts.ranked import Bar, make_bar, scale_end
from app.links import company_url
from app.pages import wording
from app.pages.cells import Cell, make_cell, note_url
from app.pages.formatting import count_of
from app.profiles.answer import Answer, answer, best_of
from app.profiles.company import Company
from app.profiles.figure import Figure
from app.profiles.filter import RANGES, RD_SHARE, CompanyFilter
from app.profiles.interval import Interval
from app.profiles.measures import RD_SHARES
from app.store.listing import Counts
from app.store.snapshot import Edition
from app.store.summary import Summary

BARRED = ("revenue", "employees")
"""The columns with in-cell bars; each has one zero and one scale."""


@dataclass(frozen=True, slots=True)
class ListedCell:
    """A figure in a row; its mark leads to the note on the profile."""

    cell: Cell
    href: str
    bar: Bar | None = None
    basis: str | None = None
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure that stands in for one not stated, with what it counts."""

    shown: ListedCell
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """One company of the list. `why` tells what makes it a maybe, or unknown."""

    slug: str
    name: str
    href: str
    detail: str
    cells: Mapping[str, ListedCell]
    shares: tuple[ListedCell, ...]
    beside: Beside | None
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one answer under their heading; the sure ones have none."""

    answer: str
    heading: str | None
    rows: tuple[Row, ...]


class RowMaker:
    """Makes the rows of a filter's list; `summaries` hold the scales of the bars."""

    def __init__(
        self, asked: CompanyFilter, edition: Edition, summaries: Mapping[str, Summary]
    ) -> None:
        self.asked, self.edition, self.summaries = asked, edition, summaries

    def groups(self, found: Sequence[tuple[Answer, Company]], counts: Counts) -> Iterator[Group]:
        """The rows of a page in their order, those of one answer together."""
        rows = [(answered, self.row(company, answered)) for answered, company in found]
        headings = {
            Answer.YES: None,
            Answer.MAYBE: f"{count_of(counts.maybe, 'company', 'companies')} maybe: "
            "what is stated reaches into the range and beyond it",
            Answer.UNKNOWN: f"Without a figure: {wording.missing_words(counts)}",
        }
        for kind, heading in headings.items():
            if group := tuple(row for answered, row in rows if answered is kind):
                yield Group(kind.word, heading, group)

    def row(self, company: Company, found: Answer) -> Row:
        """One company of the list."""
        founded = company.headline("founded").interval
        year = str(founded.exact) if founded and founded.exact else ""
        places = company.place or ""
        keys = ("revenue", "employees", "revenue_per_employee", "countries")
        cells = {key: self._cell(company, company.headline(key)) for key in keys}
        return Row(
            slug=company.slug,
            name=company.name,
            href=company_url(company.slug),
            detail=" · ".join(filter(None, (year, places))),
            cells=cells,
            shares=tuple(self._shares(company)),
            beside=self._beside(company),
            why=self._why(company, found),
        )

    def _cell(self, company: Company, figure: Figure) -> ListedCell:
        measure = self.edition.catalogue[figure.measure]
        cell = make_cell(figure, measure, company.name, self.edition, "")
        bar = None
        if figure.measure in BARRED:
            one = self.summaries[figure.measure]
            end = scale_end(one.top, endless=one.endless) if one.top else None
            bar = make_bar(self._comparable(figure), end)
        return ListedCell(cell, note_url(company.slug, measure.key), bar, measure.basis)

    def _shares(self, company: Company) -> Iterator[ListedCell]:
        """The R&D shares that are known, on the basis that answered first."""
        wanted = self.asked.rd_share
        asked = self.asked.measures_of(RD_SHARE)
        known = [figure for key in RD_SHARES.values() if (figure := company.headline(key)).known]
        answers = {figure.measure: answer(figure.interval, wanted) for figure in known}
        best = best_of(answers[key] for key in asked if key in answers)
        known.sort(key=lambda figure: answers[figure.measure] is not best)
        for figure in known:
            is_best = figure.measure in asked and answers[figure.measure] is best
            tells = bool(wanted) and is_best and len(known) > 1
            yield replace(self._cell(company, figure), answers=tells)

    def _beside(self, company: Company) -> Beside | None:
        """What else is stated of a company's reach where no count of countries is."""
        if company.headline("countries").known:
            return None
        for measure in self.edition.catalogue.own:
            if measure.beside == "countries" and company.headline(measure.key).known:
                cell = self._cell(company, company.headline(measure.key))
                return Beside(cell, measure.unit)
        return None

    def _why(self, company: Company, found: Answer) -> str:
        """The filters that a row meets only maybe, or leaves open, in words."""
        if found is Answer.YES:
            return ""
        named = [
            wording.field_name(self.asked, field)
            for field in RANGES
            if (wanted := self.asked.range(field))
            and best_of(
                answer(self._comparable(company.headline(key)), wanted)
                for key in self.asked.measures_of(field)
            )
            is found
        ]
        return f"{found.word}: {', '.join(named)}" if named else found.word

    def _comparable(self, figure: Figure) -> Interval | None:
        """The interval of a figure, unless it is an amount in another currency."""
        return figure.interval if figure.currency in (None, self.edition.currency) else None
