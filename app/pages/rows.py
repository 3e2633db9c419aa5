"""The rows of the list: each company's figures, and why a row is a maybe."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..charts.ranked import Bar, make_bar, scale_end
from ..links import profile_url
from ..profiles.answer import Answer, answer, best_of
from ..profiles.company import Company
from ..profiles.facets import facet_answer
from ..profiles.figure import Figure
from ..profiles.filter import RD_SHARE, CompanyFilter
from ..profiles.interval import Interval
from ..profiles.measures import RD_SHARES
from ..profiles.results import Counts, Summary
from ..store.versions import Snapshot
from . import wording
from .cells import BAR_CLASSES, Marked, currency_words, make_marked, note_url
from .columns import Column
from .formatting import Magnitude, count_of, magnitude_for

WORDED: Mapping[str, Callable[[Company], tuple[str, ...]]] = {
    "industry": lambda company: company.industries,
    "country": lambda company: (company.country,) if company.country else (),
    "tags": lambda company: company.tags,
}
"""The columns of words; all others hold figures."""
BARRED = ("revenue", "employees")
"""The columns with in-cell bars; each has one zero and one scale."""


class ListedCell(Struct, frozen=True, gc=False):
    """A figure in a row; its mark leads to the note on the profile. `unit` may stand behind it,
    and its `period`, where not all figures are of one.
    """

    cell: Marked
    href: str
    basis: str | None = None
    unit: str = ""
    period: str = ""


class RowCell(Struct, frozen=True, gc=False):
    """What a row says in one column: figures, each on a line, or words. `bar` is the first's."""

    key: str
    label: str
    classes: str
    figures: tuple[ListedCell, ...] = ()
    bar: Bar | None = None
    barred: bool = False
    hue: str = ""
    words: str = ""
    missing: str = ""


class Row(Struct, frozen=True, gc=False):
    """One company of the list. `why` tells what makes it a maybe, or unknown."""

    slug: str
    name: str
    href: str
    detail: str
    cells: tuple[RowCell, ...]
    why: str
    ticked: bool


class Group(Struct, frozen=True, gc=False):
    """Rows of one answer under their heading; the sure ones have none."""

    answer: str
    heading: str | None
    rows: tuple[Row, ...]


class RowMaker:
    """Makes the rows of a filter's list; `summaries` hold the scales of the bars.

    `shown` are the columns behind the names.
    """

    def __init__(
        self,
        asked: CompanyFilter,
        snapshot: Snapshot,
        summaries: Mapping[str, Summary],
        found: Sequence[tuple[Answer, Company]],
        shown: Sequence[Column],
    ) -> None:
        self.asked, self.summaries, self.found, self.columns = asked, summaries, found, shown
        self.version = snapshot.version
        self.magnitudes = {column.key: self._magnitude(column.key) for column in self.columns}
        self.ends = {key: self._end(key) for key in BARRED}

    def _magnitude(self, key: str) -> Magnitude | None:
        """The one magnitude in which the sums of a column are written, upper bounds among them."""
        measure = self.version.catalogue.get(key)
        if measure is None:
            return None
        figures = (company.headline(key).interval for _, company in self.found)
        bounds = [bound for one in figures if one and (bound := one.low or one.high)]
        return magnitude_for(bounds, measure.kind)

    def groups(self, counts: Counts) -> Iterator[Group]:
        """The rows of a page in their order, those of one answer together."""
        rows = [(answered, self.row(company, answered)) for answered, company in self.found]
        headings = {
            Answer.YES: None,
            Answer.MAYBE: f"{count_of(counts.maybe, 'company', 'companies')} maybe: "
            "what is stated reaches into the range and beyond it",
            Answer.UNKNOWN: f"{wording.unanswered(self.asked).capitalize()}: "
            f"{wording.missing_words(counts, self.asked)}",
        }
        for kind, heading in headings.items():
            if group := tuple(row for answered, row in rows if answered is kind):
                yield Group(kind.word, heading, group)

    def row(self, company: Company, found: Answer) -> Row:
        """One company of the list."""
        founded = company.headline("founded").interval
        year = str(founded.exact) if founded and founded.exact else ""
        return Row(
            slug=company.slug,
            name=company.name,
            href=profile_url(company.slug, self.asked),
            detail=" · ".join(filter(None, (year, company.place))),
            cells=tuple(self._cell(company, column) for column in self.columns),
            why=self._why(company, found),
            ticked=company.slug in self.asked.chosen,
        )

    def _cell(self, company: Company, column: Column) -> RowCell:
        """What a company says in a column."""
        empty = RowCell(column.key, column.label, column.cell)
        if column.key in WORDED:
            words = ", ".join(WORDED[column.key](company))
            return replace(empty, words=words, missing="" if words else f"{column.label} not given")
        if column.key == RD_SHARE:
            shares = tuple(self._shares(company))
            return replace(empty, figures=shares, missing="" if shares else "R&D share not stated")
        figure = company.headline(column.key)
        shown = self._figure(company, figure)
        if column.key in BARRED:
            bar, hue = self._bar(figure), BAR_CLASSES.get(column.key, "")
            return replace(empty, figures=(shown,), bar=bar, barred=True, hue=hue)
        if column.key == "countries":
            known = replace(shown, unit="countries" if figure.known else "")
            return replace(empty, figures=(known, *self._beside(company)))
        return replace(empty, figures=(shown,))

    def _figure(self, company: Company, figure: Figure) -> ListedCell:
        measure = self.version.catalogue[figure.measure]
        magnitude = self.magnitudes.get(measure.key)
        cell = make_marked(figure, measure, company.name, self.version, magnitude)
        href = note_url(company.slug, measure.key, currency=self.version.chosen)
        return ListedCell(cell, href, measure.basis, period=self._period(figure))

    def _period(self, figure: Figure) -> str:
        """Of when a figure is, where the figures of a list may be of several years; and from what
        currency it was converted, or that it was not.
        """
        told = [currency_words(figure, self.version)]
        if figure.period and not self.asked.period and len(self.version.years) > 1:
            told.insert(0, figure.period.label)
        return ", ".join(filter(None, told))

    def _bar(self, figure: Figure) -> Bar | None:
        return make_bar(self._comparable(figure), self.ends[figure.measure])

    def _end(self, key: str) -> int | None:
        one = self.summaries[key]
        return scale_end(one.top, endless=one.endless) if one.top else None

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
            shown = self._figure(company, figure)
            yield replace(shown, unit=f"of {shown.basis}{', which answers' if tells else ''}")

    def _beside(self, company: Company) -> Iterator[ListedCell]:
        """What else is stated of a company's reach where no count of countries is."""
        if company.headline("countries").known:
            return
        for measure in self.version.catalogue.own:
            if measure.beside == "countries" and company.headline(measure.key).known:
                shown = self._figure(company, company.headline(measure.key))
                yield replace(shown, unit=measure.unit)
                return

    def _why(self, company: Company, found: Answer) -> str:
        """The filters that a row meets only maybe, or leaves open, in words."""
        if found is Answer.YES:
            return ""
        named = [
            wording.field_name(self.asked, field, self.version.catalogue)
            for field in self.asked.fields
            if (wanted := self.asked.range(field))
            and best_of(
                answer(self._comparable(company.headline(key)), wanted)
                for key in self.asked.measures_of(field)
            )
            is found
        ]
        named += [
            facet.label
            for facet, chosen in self.asked.facets
            if facet_answer(facet.values(company), chosen) is found
        ]
        return f"{found.word}: {', '.join(named)}" if named else found.word

    def _comparable(self, figure: Figure) -> Interval | None:
        """The interval of a figure, unless it is an amount in another currency."""
        return figure.interval if figure.currency in (None, self.version.currency) else None
